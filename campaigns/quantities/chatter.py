"""Words around a figure: those that change nothing, and those that change what it means."""

from collections.abc import Iterable
from functools import lru_cache

from campaigns.quantities.number_words import NUMBER_WORDS, is_word
from campaigns.quantities.spelling import Tokens, spells, tokens

KIN = ("em", "anh", "chị", "bác", "cô", "chú", "cháu", "ông")
BEFORE = (
    "dạ",
    "vâng",
    "thưa",
    "ạ",
    "ơi",
    "được",
    "đã",
    "có",
    "là",
    "làm",
    "đạt",
    "mới được",
    "chỉ được",
    "chỉ có",
    "thì",
    "vẫn",
    "đúng",
    "báo cáo",
    "thực hiện",
    "kết quả",
    "rồi",
    "ok",
    ";",
    ":",
    "=",
    ",",
    ".",
    '"',
    "“",
)
AFTER = (
    "rồi",
    "ạ",
    "nhé",
    "nha",
    "nhen",
    "nghen",
    "nghe",
    "đó",
    "đấy",
    "thôi",
    "ơi",
    "luôn",
    "xong",
    "được",
    "chẵn",
    "tròn",
    "cảm ơn",
    "cám ơn",
    "cảm ơn xã",
    "xã ơi",
    "xã nhé",
    "xã ạ",
    "dạ",
    "vâng",
    "ok",
    ",",
    ".",
    "!",
    "…",
    ";",
    '"',
    "”",
)
ABOUT = (
    "khoảng",
    "khoảng chừng",
    "độ",
    "độ chừng",
    "chừng",
    "ước",
    "ước đạt",
    "ước tính",
    "ước chừng",
    "ước khoảng",
    "áng chừng",
    "xấp xỉ",
    "hơn",
    "gần",
    "ngót",
    "non",
    "trên dưới",
    "tầm",
    "tầm khoảng",
    "cỡ",
    "~",
    "≈",
)
LESS = (
    "không",
    "ko",
    "k",
    "chưa",
    "giảm",
    "thiếu",
    "hụt",
    "mất",
    "trừ",
    "bị",
    "hỏng",
    "chết",
    "hư",
    "ngập",
    "sai",
    "gấp",
    "lần",
)
RELATIVE = ("thêm", "tăng", "còn", "nữa", "dưới", "trên", "vượt", "quá", "hơn", "tối đa", "tối thiểu", "ít nhất")
COMPARED = ("+", "<", ">", "≥", "≤", "±")
TO = ("-", "~", "đến", "tới", "hoặc", "hay", "…")
VAGUE = ("một chút", "một ít", "một số", "một vài", "vài", "mấy", "nhiều", "ít", "dăm", "chút", "hàng", "bao nhiêu")
NONE = ("không", "ko", "k", "kh", "khg", "hông", "hổng", "hong", "hok", "chẳng", "chả")
OF_NONE = (
    "có",
    "phát sinh",
    "phát sinh gì",
    "thêm",
    "gì",
    "gì cả",
    "gì hết",
    "nào",
    "nào cả",
    "nào hết",
    "ai",
    "ai cả",
)
OF_TIME = ("tháng", "ngày", "mùng", "mồng", "quý", "tuần", "thứ")  # before a number
SLANG = {"củ": 1_000_000, "chai": 1_000_000, "tỏi": 1_000_000_000}
CLOUDED = frozenset({"cỡ"})  # too much like other words when the marks are missing


@lru_cache(maxsize=1024)
def phrase(words: str) -> tuple[str, ...]:
    """The tokens of a phrase of a table."""
    return tuple(token.text for token in tokens(words))


def phrase_end(said: Tokens, at: int, words: str) -> int:
    """Where a phrase that begins at ``at`` ends, 0 where it does not stand there."""
    parts = phrase(words)
    here = said[at : at + len(parts)]
    if len(here) < len(parts) or (words in CLOUDED and here[0].text != words):
        return 0
    return at + len(parts) if all(spells(t.text, part) for t, part in zip(here, parts, strict=True)) else 0


def ends_of(said: Tokens, at: int, phrases: Iterable[str]) -> set[int]:
    """Where any of these phrases ends that begins at ``at``."""
    return {end for words in phrases if (end := phrase_end(said, at, words)) and not _torn(said, end)}


def reached(said: Tokens, start: int, phrases: Iterable[str]) -> set[int]:
    """All places to which a chain of these phrases and forms of address can lead from ``start``, itself among them."""
    found, open_ = {start}, [start]
    while open_:
        at = open_.pop()
        ends = (ends_of(said, at, phrases) | ({at + 1} if _addresses(said, at) else set())) - found
        found |= ends
        open_.extend(ends)
    return found


def _torn(said: Tokens, at: int) -> bool:
    """Whether a sign before ``at`` belongs to the number there: ",5" is not 5."""
    return at < len(said) and said[at].is_number and said[at].glued and said[at - 1].text in ",."


def _addresses(said: Tokens, at: int) -> bool:
    """Whether somebody is addressed here: "em 12", "12 bác", "bác ơi", but "anh Ba" and "hai bác" are people."""
    if not is_word(said, at, *KIN):
        return False
    after = at + 1 < len(said) and is_word(said, at + 1, *NUMBER_WORDS)
    before = at > 0 and is_word(said, at - 1, *NUMBER_WORDS)
    return not after and not before


def holds(said: Tokens, words: Iterable[str]) -> bool:
    """Whether any of these phrases stands anywhere."""
    listed = tuple(words)
    return any(phrase_end(said, at, each) for at in range(len(said)) for each in listed)
