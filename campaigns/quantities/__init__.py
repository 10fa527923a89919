"""Reading quantities as people here write them: a value, a question back, a refusal, or nothing; never a guess."""

from campaigns.quantities.reader import continues_quantity, quantity_end, read, starts_quantity
from campaigns.quantities.reading import AskBack, Nothing, Reading, Refused, Value, Why

__all__ = [
    "AskBack",
    "Nothing",
    "Reading",
    "Refused",
    "Value",
    "Why",
    "continues_quantity",
    "quantity_end",
    "read",
    "starts_quantity",
]
