"""Words that people answer with, folded (lower case, no marks). What the program says is elsewhere."""

SAME = frozenset(
    {
        "nhu cu",
        "y cu",
        "nhu tuan truoc",
        "nhu ky truoc",
        "nhu truoc",
        "van vay",
        "van the",
        "van nhu cu",
        "khong thay doi",
        "ko thay doi",
        "khong doi",
        "ko doi",
        "khong co gi moi",
        "ko co gi moi",
        "k co gi moi",
        "chua co gi moi",
    }
)
NOTHING = frozenset(
    {"khong", "ko", "k", "kg", "hong", "hok", "khong co", "ko co", "k co", "khong co gi", "ko co gi"}
) | {
    "khong phat sinh",
    "ko phat sinh",
    "kps",
    "khong phat sinh gi",
    "khong a",
    "khong co a",
}
UNKNOWN = frozenset({"?", "??", "chua ro", "khong ro", "ko ro", "chua biet", "khong biet", "ko biet", "k biet"}) | {
    "chua dem",
    "chua nam duoc",
    "chua nam",
    "chua co so",
}
COURTESY = frozenset({"ok", "oke", "okay", "okie", "da", "vang", "u", "uh", "uhm", "da vang", "vang a", "da a"}) | {
    "ok em",
    "ok chau",
    "ok a",
    "cam on",
    "cam on xa",
    "cam on em",
    "cam on chau",
    "cam on nhieu",
    "thanks",
    "tks",
    "biet roi",
    "roi",
    "hihi",
    "haha",
}
FRIENDLY_SIGNS = frozenset("👍👌🙏❤😊😄😁🙂🌹💐🎉")


def is_courtesy(words: str) -> bool:
    """Whether folded words are only thanks, a yes in passing, or a friendly sign: no answer to anything."""
    left = "".join(c for c in words if c not in FRIENDLY_SIGNS).rstrip("! .~")
    return left in COURTESY if left else bool(words)


GREETING = frozenset(
    {"da", "thua", "chao", "xa", "em", "chau", "anh", "chi", "bao", "cao", "lang", "thon", "bac", "co"}
)
RIGHT = frozenset({"dung", "dung roi", "dung vay", "phai", "phai roi", "chinh xac", "chuan"})
BACK = frozenset({"quay lai", "lui", "lui lai", "tro lai"})

# Said as two words, so a message cut at its spaces keeps them together.
ANSWERS_OF_TWO = frozenset(words for words in SAME | NOTHING | UNKNOWN if " " in words)
ANSWERS_OF_ONE = frozenset(words for words in SAME | NOTHING | UNKNOWN if " " not in words)

# Units that are no everyday word as well, whichever way they are spelled here: "can 2 xe đá" weighs nothing.
PLAIN_UNITS = frozenset({"kg", "ha", "m", "km", "m2", "m²", "hecta", "tr", "triệu", "tỷ", "tỉ", "%"}) | {
    "tấn",
    "tạ",
    "yến",
    "sào",
    "mẫu",
    "mét",
    "hộ",
    "khẩu",
    "cây",
    "lít",
    "người",
}
