"""A message too long for one call goes in parts that a reader would not mind, and nothing of it is lost."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.channel import Button, Parcel
from bot.channels.parts import in_parts, utf16
from campaigns.ids import Id
from dialogue.spans import Span

PHOTO = Id(UUID(int=7))
WORDS = st.text(alphabet="aáđ ở.!?\n,🌾x", max_size=300)
SPANS = st.lists(st.builds(Span, WORDS, st.booleans(), st.booleans()), max_size=6)


def parcel(*spans: Span, edits: str | None = None) -> Parcel:
    """A message with a button and a photo."""
    return Parcel(1, Id(UUID(int=1)), "chat", "name", spans, (Button("Gửi", "x"),), (PHOTO,), edits, repeated=False)


def styled(parts: tuple[Parcel, ...]) -> list[tuple[str, bool, bool]]:
    """Every letter with its style, in order, white space left out."""
    return [(c, s.bold, s.italic) for part in parts for s in part.spans for c in s.text if not c.isspace()]


@given(SPANS, st.integers(min_value=2, max_value=120))
def test_it_keeps_every_letter_and_its_style_in_parts_that_fit(spans: list[Span], limit: int) -> None:
    whole = parcel(*spans)
    parts = in_parts(whole, limit)
    assert styled(parts) == styled((whole,))
    assert all(utf16(part.text) <= limit for part in parts)
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(part.text.strip() for part in parts[:-1])


def test_it_cuts_at_a_line_before_a_sentence_before_a_word() -> None:
    lines = parcel(Span("một hai ba. bốn\nnăm sáu bảy tám chín"))
    assert [part.text for part in in_parts(lines, 20)] == ["một hai ba. bốn", "năm sáu bảy tám chín"]
    sentences = parcel(Span("một hai ba. bốn năm sáu bảy tám"))
    assert [part.text for part in in_parts(sentences, 20)] == ["một hai ba.", "bốn năm sáu bảy tám"]
    words = parcel(Span("một hai ba bốn năm sáu"))
    assert [part.text for part in in_parts(words, 12)] == ["một hai ba", "bốn năm sáu"]


def test_it_replaces_a_message_with_its_first_part_and_adds_the_others() -> None:
    parts = in_parts(parcel(Span("một hai ba bốn năm sáu"), edits="5"), 12)
    assert [part.edits for part in parts] == ["5", None]
    assert [part.photos for part in parts] == [(), (PHOTO,)]
