"""Reading a screen as a person does: nothing but the words and buttons that reached them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.channels.recorder.channel import Delivered
from dialogue.text import folded

NUMBER = r"-?\d[\d.]*(?:,\d+)?"
_PERIOD = re.compile(r"\b(tuan \d+|thang \d+|quy iv|quy i{1,3}|dot \d+|ca dot thi dua|den ngay \d+/\d+)\b")
_RECEIPT = re.compile(r"\bso (\d+-\d+)")
_QUESTION = re.compile(rf"^(\d)\. [^\n]*?(?:\(lan truoc ({NUMBER})[^\n]*\))?$", re.MULTILINE)
_STILL = re.compile(rf"^con (\d)\. [^\n]*?(?:\(lan truoc ({NUMBER})[^\n]*\))?$", re.MULTILINE)
_STEP = re.compile(r"\((\d)/(\d)\)")
_LAST = re.compile(rf"lan truoc ({NUMBER})")
_SHOWN = re.compile(
    rf"^(\d)\. [^:\n]+: (?:khoang |nhu cu, |khong phat sinh \(van )?({NUMBER}|chua ro|khong)", re.MULTILINE
)


def number(text: str) -> Decimal:
    """A figure as it is written here: ``number("9.007,4") == Decimal("9007.4")``."""
    return Decimal(text.replace(".", "").replace(",", "."))


@dataclass(frozen=True)
class Screen:
    """One message as its reader understands it."""

    message: Delivered

    @property
    def words(self) -> str:
        """The words without marks, line by line."""
        return "\n".join(folded(line) for line in self.message.text.split("\n"))

    def says(self, *words: str) -> bool:
        """Whether all of these stand on it."""
        return all(each in self.words for each in words)

    @property
    def period(self) -> str | None:
        """The period it speaks of, in the words people use ("tuan 18", "quy iii")."""
        found = _PERIOD.search(self.words)
        return found.group(1) if found else None

    @property
    def receipt(self) -> str | None:
        """The receipt's number on it."""
        found = _RECEIPT.search(self.words)
        return found.group(1) if found else None

    def asked(self) -> dict[int, Decimal | None]:
        """The figures of a whole form by their number, with the last value in sight; the open question is not one."""
        found = {int(n): number(last) if last else None for n, last in _QUESTION.findall(self.words)}
        return {n: last for n, last in found.items() if n < max(found)}

    def still_asked(self) -> dict[int, Decimal | None]:
        """The figures that are still missing."""
        return {int(n): number(last) if last else None for n, last in _STILL.findall(self.words)}

    def step(self) -> tuple[int, int] | None:
        """Which question of how many is on the screen."""
        found = _STEP.search(self.words)
        return (int(found.group(1)), int(found.group(2))) if found else None

    def last_value(self) -> Decimal | None:
        """The last value in sight."""
        found = _LAST.search(self.words)
        return number(found.group(1)) if found else None

    def shown_figures(self) -> dict[int, Decimal | None]:
        """The numbered figures of a report as an officer reads it; none where the number is not known."""
        found = _SHOWN.findall(self.words)
        return {int(n): number(value) if value[:1].isdigit() else None for n, value in found}

    def button(self, label: str) -> str | None:
        """What the button of that label carries."""
        return next((b.data for b in self.message.parcel.buttons if b.label == label), None)

    def first_button(self) -> str | None:
        """What the first button carries."""
        return next((b.data for b in self.message.parcel.buttons), None)

    def also_owed(self) -> str | None:
        """The period of another form that a receipt offers."""
        line = next((line for line in self.words.split("\n") if line.startswith("con tin ")), "")
        found = _PERIOD.search(line)
        return found.group(1) if found else None
