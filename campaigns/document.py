"""Files made for whoever asks: reports of a period, results for a report upwards, invitations, the card of a deed."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from campaigns.authority import Action
from campaigns.ids import Id

KEPT_FOR = timedelta(days=3)  # a file holds names, so it is on the disk no longer than it takes to fetch it


class Kind(StrEnum):
    """What a file holds."""

    REPORTS = "reports"
    RESULTS = "results"
    INVITATIONS = "invitations"
    CARD = "card"


ENDINGS = {Kind.REPORTS: "xlsx", Kind.RESULTS: "docx", Kind.INVITATIONS: "pdf", Kind.CARD: "jpg"}
ACTIONS = {
    Kind.REPORTS: Action.SEE_BOARD,
    Kind.RESULTS: Action.SEE_BOARD,
    Kind.INVITATIONS: Action.MANAGE_PEOPLE,
    Kind.CARD: Action.DECIDE_HIGHLIGHT,
}


@dataclass(frozen=True)
class Document:
    """A file that was asked for.

    ``subject`` is the campaign or the highlight it is about, or the unit whose people are invited. ``account`` gets it.
    ``name`` is what the file is called there, once it is made.
    """

    id: Id
    kind: Kind
    subject: Id
    account: Id
    attempt: int = 0
    name: str = ""

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return ENDINGS[self.kind]
