"""Names of people and places as they are typed: with a word of address or a kind before them."""

from dataclasses import dataclass

from campaigns.phones import Phone, read_phone

ADDRESSES = ("bác", "ông", "bà", "chú", "cô", "anh", "chị", "em", "cháu", "thầy")
RELATIONS = (
    "người giám hộ",
    "ông nội",
    "bà nội",
    "ông ngoại",
    "bà ngoại",
    "bố",
    "ba",
    "cha",
    "mẹ",
    "má",
    "ông",
    "bà",
    "bác",
    "chú",
    "cô",
    "dì",
    "cậu",
    "anh",
    "chị",
)
_IS = ("là ", "cháu là ", "tên ")
ROOT_KINDS = {"xa": "xã", "phuong": "phường", "dac-khu": "đặc khu", "huyen": "huyện", "so": "sở"}
UNIT_KINDS = (
    "tổ dân phố",
    "làng",
    "thôn",
    "xóm",
    "ấp",
    "bản",
    "buôn",
    "khu",
    "xã",
    "phường",
    "thị trấn",
    "trường",
    "phòng",
    "ban",
    "trạm",
    "công ty",
    "hợp tác xã",
)
SHOP_KIND = "cơ sở"  # a shop or firm that registers in its own name, below a village
LONGEST = 60
UNSAID = "anh/chị"  # how somebody is addressed as long as nobody said how


@dataclass(frozen=True)
class Named:
    """A person's name as typed; ``called`` is what they are greeted by, ``address`` how (empty where not said)."""

    name: str
    called: str
    address: str


def read_name(words: str) -> Named:
    """ "cô Nguyễn Thị Hà" is Nguyễn Thị Hà, greeted "cô Hà". A name alone has no address."""
    name = " ".join(words.split())[:LONGEST]
    first, _, rest = name.partition(" ")
    address, name = (first.lower(), rest) if rest and first.lower() in ADDRESSES else ("", name)
    return Named(name, name.split()[-1] if name else "", address)


def read_guardian(words: str) -> tuple[str, Named] | None:
    """What somebody is to a child, and their name: "mẹ Y Hlan", "mẹ cháu là bà Y Hlan". None where one is missing."""
    said = " ".join(words.split())
    relation = next((one for one in RELATIONS if said.lower().startswith(f"{one} ")), None)
    if relation is None:
        return None
    name = said[len(relation) + 1 :]
    for word in _IS:
        name = name[len(word) :] if name.lower().startswith(word) else name
    return (relation, read_name(name)) if name.strip() else None


def read_unit(words: str) -> tuple[str, str] | None:
    """Kind and name of a unit: "làng Tơ Bla". None where no kind is said or no name follows."""
    said = " ".join(words.split())[:LONGEST]
    for kind in UNIT_KINDS:
        if said.lower().startswith(f"{kind} ") and said[len(kind) + 1 :].strip():
            return kind, said[len(kind) + 1 :].strip()
    return None


def shown_phone(words: str) -> str | None:
    """The one telephone number in an answer, as people read it; none where there is not exactly one."""
    read = read_phone(words)
    return read.shown if isinstance(read, Phone) else None
