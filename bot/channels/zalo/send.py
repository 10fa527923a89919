"""Sending to Zalo: one call a part, and what became of it in the house's own words. Vendor codes end here."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels.channel import QUOTA, Outcome, Parcel, Paused, Rejected, Retry, Sent, Unknown, Unreachable
from bot.channels.zalo.client import Client, CutOff, Down, Failure, Idle, NotReached, QuotaGone, Refused
from bot.channels.zalo.render import parts_of, styles_of
from bot.links import Links
from campaigns.quota import end_of_month
from config.texts import Texts
from dialogue.capabilities import Capabilities
from dialogue.spans import Span

log = structlog.get_logger()

FOR_A_PHOTO = 150.0  # Zalo fetches it from us before it answers
NO_CONNECTION, OUTAGE, WRONG_TOKEN = timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=10)
AGAIN = 60.0


class ZaloChannel:
    """One bot of Zalo's."""

    def __init__(self, client: Client, links: Links, texts: Texts, capabilities: Capabilities) -> None:
        self.capabilities = capabilities
        self._client = client
        self._links = links
        self._texts = texts

    @property
    def _had_from(self) -> str:
        """What is said of a file: where it is had from, or that it is not had from here."""
        return "page.link_document" if self._links.address else "page.link_nowhere"

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """As many calls as it needs; photos only where Zalo can fetch them from us."""
        reached = bool(self._links.address)
        return parts_of(parcel if reached else replace(parcel, photos=()), linking=reached)

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Send one part, or say why not."""
        try:
            said = await self._photo(parcel, now) if parcel.photos else await self._words(parcel, now)
        except Failure as failure:
            log.warning("not sent", outbox=parcel.outbox, failure=type(failure).__name__, told=failure.args)
            return outcome_of(failure, now)
        return Sent(str(said.get("message_id", "")) if isinstance(said, dict) else "")

    async def _words(self, parcel: Parcel, now: datetime) -> object:
        spans = self._whole(parcel, now)
        fields = {"chat_id": parcel.chat, "text": "".join(span.text for span in spans)}
        styles = styles_of(spans)
        return await self._client.call("sendMessage", fields | ({"text_styles": styles} if styles else {}))

    async def _photo(self, parcel: Parcel, now: datetime) -> object:
        """A photo with the words below it. Where Zalo will not have the picture, the words go without it, and a picture
        alone is left out: what it belongs to has arrived, and its menu must be answered."""
        fields = {"chat_id": parcel.chat, "photo": self._links.photo(parcel.photos[0], now)}
        caption = "".join(span.text for span in self._whole(parcel, now))
        try:
            return await self._client.call(
                "sendPhoto", fields | ({"caption": caption} if caption else {}), seconds=FOR_A_PHOTO
            )
        except Refused as refused:
            if refused.code != 400:
                raise
            log.warning("sent without its photo", outbox=parcel.outbox, told=refused.description)
            return await self._words(parcel, now) if caption else None

    def _whole(self, parcel: Parcel, now: datetime) -> tuple[Span, ...]:
        links = [("page.link_listen", self._links.recording(one, now)) for one in parcel.recordings]
        links += [(self._had_from, self._links.document(one.id, now)) for one in parcel.documents]
        if parcel.linked:
            links.append(("page.link_rest", self._links.message(parcel.outbox, now)))
        said = [Span("\n" + self._texts.plain(text, {"address": address})) for text, address in links]
        return (*parcel.spans, *said)


def outcome_of(failure: Failure, now: datetime) -> Outcome:
    """What a failure means for the message and for the bot."""
    match failure:
        case NotReached():
            return Paused(now + NO_CONNECTION, "no connection")
        case Down():
            return Paused(now + OUTAGE, "outage")
        case QuotaGone():
            return Paused(end_of_month(now), QUOTA)
        case Refused(code=401):
            return Paused(now + WRONG_TOKEN, "token")
        case Refused(code=403):  # Zalo's own label for it is "Internal server error"
            return Retry(AGAIN)
        case Refused(code=404):
            return Unreachable()
        case Refused(code=code):
            return Rejected(f"zalo {code}")
        case CutOff() | Idle() | _:
            return Unknown()
