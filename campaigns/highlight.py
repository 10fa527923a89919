"""Good people, good deeds (người tốt, việc tốt): nominated, agreed to, approved, posted; and taken down again."""

import re
from dataclasses import dataclass
from enum import StrEnum

from campaigns.ids import Id

LONGEST_DEED = 600  # characters that still fit on a card
LONGEST_WHEN = 80
WORDING = "highlight-1"  # what people agree to; a changed text is a new wording


class State(StrEnum):
    """Where a highlight stands. Nobody is named in a group before CONSENTED; WITHDRAWN and DECLINED are final."""

    NOMINATED = "nominated"
    CONSENTED = "consented"
    APPROVED = "approved"
    POSTED = "posted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves a highlight: the person AGREEs or WITHDRAWs, the officer APPROVEs or DECLINEs; the program POSTs what
    was approved or, where it cannot, HOLDs it for the officer; after other words it ASKs the person AGAIN."""

    AGREE = "agree"
    APPROVE = "approve"
    POST = "post"
    HOLD = "hold"
    ASK_AGAIN = "ask_again"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.NOMINATED, Step.AGREE): State.CONSENTED,
    (State.NOMINATED, Step.DECLINE): State.DECLINED,
    (State.NOMINATED, Step.WITHDRAW): State.WITHDRAWN,
    (State.CONSENTED, Step.AGREE): State.CONSENTED,
    (State.CONSENTED, Step.ASK_AGAIN): State.NOMINATED,
    (State.CONSENTED, Step.APPROVE): State.APPROVED,
    (State.CONSENTED, Step.DECLINE): State.DECLINED,
    (State.CONSENTED, Step.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Step.POST): State.POSTED,
    (State.APPROVED, Step.HOLD): State.CONSENTED,
    (State.APPROVED, Step.WITHDRAW): State.WITHDRAWN,
    (State.POSTED, Step.WITHDRAW): State.WITHDRAWN,
}


def moved(state: State, step: Step) -> State | None:
    """The state after a step, none where the table has no such move."""
    return TRANSITIONS.get((state, step))


class Heard(StrEnum):
    """How a yes was heard: from the person in their own chat, spoken to whoever wrote it down, or signed on paper."""

    SELF = "self"
    SPOKEN = "spoken"
    PAPER = "paper"


@dataclass(frozen=True)
class Guardian:
    """Who said yes for a child beside the child itself, and what they are to it ("mẹ")."""

    person: Id
    relation: str


@dataclass(frozen=True)
class Yes:
    """A yes to the story, and to the photo where ``photo``: two purposes. For a child it is the child's and that of
    its ``guardian``; a signed ``paper`` is kept as a photo for officers' eyes."""

    heard: Heard
    photo: bool
    paper: Id | None = None
    guardian: Guardian | None = None

    def counts_for(self, *, child: bool) -> bool:
        """Whether it is enough: a child's needs a guardian by name, one on paper its paper."""
        return (self.guardian is not None or not child) and (self.paper is not None) == (self.heard is Heard.PAPER)


@dataclass(frozen=True)
class Highlight:
    """A deed worth showing, with the yes there is to it and who heard that."""

    id: Id
    campaign: Id
    unit: Id
    path: str
    person: Id
    by: Id
    deed: str
    when: str
    state: State
    revision: int
    child: bool = False
    photo: Id | None = None
    yes: Yes | None = None
    heard_by: Id | None = None
    card: Id | None = None

    @property
    def told(self) -> str:
        """Everything that was told in words of one's own."""
        return f"{self.deed}\n{self.when}"

    @property
    def shown_photo(self) -> Id | None:
        """The photo that may be shown."""
        return self.photo if self.yes and self.yes.photo else None


# What is nobody's business in public: sensitive data of the law on personal data (91/2025/QH15), and what shames.
SENSITIVE = {
    "nghèo": "ngheo",
    "nợ nần": "no nan",
    "bệnh": "benh",
    "ung thư": "ung thu",
    "hiv": "hiv",
    "tâm thần": "tam than",
    "khuyết tật": "khuyet tat",
    "nghiện": "nghien",
    "dân tộc": "dan toc",
    "ba na": "",
    "bahnar": "bahnar",
    "gia rai": "gia rai",
    "jrai": "jrai",
    "ê đê": "",
    "xơ đăng": "xo dang",
    "mường": "",
    "khmer": "khmer",
    "h'mông": "h'mong",
    "mồ côi": "mo coi",
    "đạo": "",
    "công giáo": "cong giao",
    "tin lành": "tin lanh",
    "phật tử": "phat tu",
    "tôn giáo": "ton giao",
    "tiền án": "tien an",
    "cải tạo": "cai tao",
}
HOUSE = ("số nhà", "so nha")
ALLEYS = ("ngõ", "ngách", "hẻm", "kiệt")  # these with a number after them
_ADDRESS = re.compile(rf"(?<!\w)(?:{'|'.join(HOUSE)}|(?:{'|'.join(ALLEYS)})(?: số)? \d+)(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(?:\+84|0)[\d .\-]{8,}\d")


def sensitive(words: str) -> list[str]:
    """The words in a text that tell of poverty, illness, ethnicity, religion or a record; also typed without marks,
    where that is no other word ("đạo" without marks may be anything)."""
    lower = words.lower()
    return [word for word, bare in SENSITIVE.items() if _stands(word, lower) or (bare and _stands(bare, lower))]


def _stands(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){word}(?!\w)", text) is not None


def tells_a_number(words: str) -> bool:
    """Whether a telephone number stands in a text."""
    return _NUMBER.search(words) is not None


def tells_an_address(words: str) -> bool:
    """Whether somebody's door stands in a text: a house number or an alley. Villages and roads are public."""
    return _ADDRESS.search(words) is not None
