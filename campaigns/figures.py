"""Figures are integers of ten-thousandths, so that sums are exact on every database."""

from decimal import ROUND_HALF_UP, Decimal

SCALE = 10_000


def scaled(number: Decimal | int | str) -> int:
    """The stored amount of a number: ``scaled("12.5") == 125000``. Digits past the fourth are rounded half up."""
    return int((Decimal(number) * SCALE).to_integral_value(ROUND_HALF_UP))


def plain(amount: int) -> Decimal:
    """The number that a stored amount stands for, without trailing zeros."""
    return Decimal(amount) / SCALE


def written(amount: int) -> str:
    """An amount as people write it here: ``written(scaled("9007.4")) == "9.007,4"``."""
    whole, rest = divmod(abs(amount), SCALE)
    grouped = f"{whole:,}".replace(",", ".")
    decimals = f"{rest:04d}".rstrip("0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"
