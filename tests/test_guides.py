"""The conversations in the guides are real: each guide is played from its first line to its last.

What stands in a block ```` ```thoại ```` is played as a transcript; a line of it that the reader need not see stands in
a comment ``<!-- thoại: … -->``.
"""

import re
from pathlib import Path

import pytest

from tests.conftest import Copies
from tests.play import played

DOCS = Path(__file__).parent.parent / "docs"
GUIDES = sorted(path for path in DOCS.glob("huong-dan-*.md") if "```thoại" in path.read_text())
_TALK = re.compile(r"^```thoại\n(.*?)^```|<!-- thoại: (.*?) -->", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
@pytest.mark.parametrize("profile", ["full", "bare"])
def test_it_happens_as_the_guide_tells(guide: Path, profile: str, copies: Copies, tmp_path: Path) -> None:
    talk = [found.group(1) or found.group(2) for found in _TALK.finditer(guide.read_text())]
    assert talk
    transcript = tmp_path / f"{guide.stem}.txt"
    transcript.write_text("\n".join(talk))
    played(transcript, "sqlite", profile, copies)
