"""Words that cannot be taken for an answer: why, and an example that can."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """``why`` names the text that says it; ``about`` is what that text may name besides."""

    why: str
    example: str = ""
    about: str = ""
