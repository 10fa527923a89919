"""Which bots the program serves; one that was taken away keeps its people, should it come back."""

from collections.abc import Collection

from sqlmodel import col, select, update

from storage.machine_rows import BotRow
from storage.rows import AccountRow
from storage.scribe import Scribe


class Bots:
    """Questions about bots."""

    def __init__(self, scribe: Scribe) -> None:
        self._session = scribe.session

    def serve(self, served: Collection[str]) -> None:
        """From now on these are served and no others: nobody is written to where nothing goes out."""
        known = set(self._session.exec(select(BotRow.key)))
        met = set(self._session.exec(select(AccountRow.bot).distinct()))
        self._session.add_all(BotRow(key=bot) for bot in sorted((met | set(served)) - known))
        self._session.flush()
        self._session.exec(update(BotRow).values(served=col(BotRow.key).in_(served)))
