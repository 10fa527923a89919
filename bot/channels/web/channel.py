"""Showing messages in the web chat: an entry in the chat's own memory, and a bell for the browsers that listen."""

from datetime import datetime

from bot.bell import Bell
from bot.channels.channel import Outcome, Parcel, Sent
from bot.outbox import Work
from dialogue.capabilities import Capabilities
from storage import chat
from storage.database import Database
from storage.store import Store

# Showing an entry twice shows it once, so whatever was cut off is simply shown again. A press is shown as words of the
# person's own, so the next question stands below it: nothing above is replaced but what renews itself.
WEB = Capabilities(
    buttons=True, edits=False, files=True, text_limit=100_000, lease=15, repeatable=True, plays=True, renews=True
)


class WebChannel:
    """The bot's own web chat. A closed browser finds the message when it is opened again."""

    capabilities = WEB

    def __init__(self, database: Database, bell: Bell, work: Work) -> None:
        self._database = database
        self._bell = bell
        self._work = work

    def parts(self, parcel: Parcel) -> tuple[Parcel, ...]:
        """Always one: a page is as long as it needs to be."""
        return (parcel,)

    async def send(self, parcel: Parcel, now: datetime) -> Outcome:
        """Show it. Always arrives, as the chat's memory is the database itself."""
        external = await self._work(self._show, parcel, now)
        self._bell.ring()
        return Sent(external)

    def _show(self, parcel: Parcel, now: datetime) -> str:
        with self._database.transaction() as session:
            Store.reading(session).people.lock_account(parcel.account)  # what a chat shows is numbered in order
            return chat.show_sent(session, parcel.account, parcel.outbox, now, parcel.edits)
