"""The tiny HTML that texts are written in (b, i, em, br), parsed once into spans that channels encode their own way."""

from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Span:
    """A run of characters of one style; a line break is a newline in the text. ``urgent``: somebody must see to it."""

    text: str
    bold: bool = False
    italic: bool = False
    urgent: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.spans: list[Span] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if attrs or tag not in {"b", "i", "em", "br"}:
            raise ValueError(f"texts are written with b, i, em and br alone, not <{tag}>")
        if tag == "br":
            self.handle_data("\n")
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            raise ValueError(f"</{tag}> closes nothing")
        self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        self.spans.append(Span(data, "b" in self.open, "i" in self.open, "em" in self.open))


def spans(tiny_html: str) -> tuple[Span, ...]:
    """The spans of a rendered text. Raises ValueError for any other tag: user text must have been escaped."""
    reader = _Reader()
    reader.feed(tiny_html)
    reader.close()
    return tuple(reader.spans)


def plain_text(tiny_html: str) -> str:
    """The text without its styles."""
    return "".join(span.text for span in spans(tiny_html))
