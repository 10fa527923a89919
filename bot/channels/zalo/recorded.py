"""Zalo without Zalo: the real rendering, and a recorder instead of the send."""

from dataclasses import dataclass
from datetime import datetime

from bot.channels.channel import Outcome, Parcel, Rejected
from bot.channels.recorder.channel import Recorder
from bot.channels.zalo.render import parts_of, styles_of


@dataclass
class RecordedZalo(Recorder):
    """What a bot of Zalo's would have sent, call by call."""

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """As the channel's own."""
        return parts_of(parcel, linking=True)

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Record it; nothing that has neither words nor a picture is ever sent."""
        styles_of(parcel.spans)
        if not parcel.text.strip() and not parcel.photos:
            return Rejected("nothing to show")
        return await super().send(parcel, now)
