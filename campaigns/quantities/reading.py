"""What reading a quantity may come to: a value, a question back, a refusal with a reason, or "nothing"."""

from dataclasses import dataclass
from enum import StrEnum

from campaigns.measure import Measure


class Why(StrEnum):
    """Why something is asked back or refused. Of the questions only DOT_DECIMAL may be settled without asking."""

    # asked back
    DOT_DECIMAL = "dot_decimal"  # "3.5": a decimal comma was meant, almost surely
    COMMA_THOUSANDS = "comma_thousands"  # "1,500": 1,5 or 1500
    SPACED = "spaced"  # "1 250": one number or two answers
    RANGE = "range"  # "6,5-7", "từ 5 đến 7"
    SEVERAL = "several"  # "12 13", "12 ha nhưng ngập 3 ha"
    NOT_YET = "not_yet"  # "chưa có": none so far, or not counted yet
    REGION = "region"  # "5 sào" where the size of a sào is not known
    SLANG = "slang"  # "12 củ"
    OUT_OF = "out_of"  # "150/300" where m of n is not asked
    TOO_FINE = "too_fine"  # more than four decimals
    RELATIVE = "relative"  # "thêm 3", "còn 3", "không được 12"
    EXTRA = "extra"  # one number among words that are not understood
    ODD_DIGITS = "odd_digits"  # "012", "1O", "12,"
    UNCLEAR = "unclear"  # words that stand for two numbers: "hai trăm năm", "1tr234"
    HALF = "half"  # "nửa" of what?
    # refused
    EMPTY = "empty"
    NO_NUMBER = "no_number"
    UNREADABLE = "unreadable"  # "1e5", foreign digits, "1.2500.3"
    NEGATIVE = "negative"
    OTHER_MEASURE = "other_measure"  # "5 kg" for hectares
    NOT_WHOLE = "not_whole"  # "2,5 con"
    TOO_BIG = "too_big"
    TOO_LONG = "too_long"
    DATE = "date"
    PHONE = "phone"
    VAGUE = "vague"  # "vài chục"


@dataclass(frozen=True)
class Value:
    """A figure. ``amount`` is in ten-thousandths of ``measure``, which is the asked one; ``said`` is as typed."""

    amount: int
    measure: Measure
    said: str
    estimate: bool = False


@dataclass(frozen=True)
class AskBack:
    """More than one meaning is possible. ``suggestions`` are the likely ones, the likeliest first; may be empty."""

    why: Why
    suggestions: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Refused:
    """No figure. ``example`` is a number as one may write it for this measure ("12,5"); data, not a sentence."""

    why: Why
    example: str


@dataclass(frozen=True)
class Nothing:
    """ "Không", "không phát sinh": said to be nothing. It is not the figure 0, which people write as 0."""


Reading = Value | AskBack | Refused | Nothing
