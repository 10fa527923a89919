"""Keeping what arrived aside as a file, so that it survives a power cut."""

import os
from pathlib import Path


def keep_aside(path: Path, content: bytes) -> None:
    """Write it through to the disk; once this returns it may be named in the database."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
