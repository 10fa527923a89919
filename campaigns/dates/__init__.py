"""Reading days as people here write them: a day or a span, a question back, a refusal, or nothing; never a guess."""

from campaigns.dates.reader import LONGEST, read_date
from campaigns.dates.reading import AskBack, Day, Limit, Nothing, Reading, Refused, Why

__all__ = ["LONGEST", "AskBack", "Day", "Limit", "Nothing", "Reading", "Refused", "Why", "read_date"]
