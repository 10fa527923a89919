"""A period as texts name it: tuần 18, tháng 5, quý III, đợt 1."""

from typing import Any

from campaigns.calendar import Period


def named(period: Period) -> dict[str, Any]:
    """What a text needs to name a period and its days."""
    return {
        "kind": str(period.kind),
        "number": period.number,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }
