"""Following an announcement: a stage on which only so many messages go out until more time has passed."""

from dataclasses import dataclass
from random import Random

from bot.app import App
from campaigns.authority import Role
from handlers.join import NOTICE
from storage.store import Store
from tests.stage import BOT, Stage, opened

WORDS = "Chiều nay họp ở nhà rông xã, 14 giờ."
STATUS = "Thông báo «Chiều nay"


@dataclass
class SlowStage(Stage):
    """A stage whose network takes ``allowed`` more messages, and then none until it is told otherwise."""

    allowed: int = 1_000_000

    async def _sends(self, app: App) -> bool:
        if self.allowed == 0 or not await app.outbox.send_next(self.clock):
            return False
        self.allowed -= 1
        return True

    def takes(self, messages: int, *, after: float) -> None:
        """So many seconds later the network takes so many messages."""
        self.allowed = messages
        self.passes(seconds=after)


def many_heads(stage: Stage, heads: int, bot: str = BOT) -> None:
    """So many more people who can be told, in a chat each."""
    database = opened(stage.url)
    with database.transaction() as session:
        store = Store(session, stage.now, Random(1), bot)
        unit = store.campaigns.registrations(store.campaigns.all()[0])[0].unit
        for number in range(heads):
            person = store.roster.add_person(f"Người {number}", f"N{number}", "bác")
            store.roster.give_role(person.id, Role.REPORTER, unit)
            code = store.invitations.opened_by(store.invitations.invite(person.id))
            assert code
            store.invitations.join(store.people.account_in(bot, stage.address(f"N{number}")), code, NOTICE)
    database.close()


def announces(stage: Stage) -> None:
    """Hà, an officer, sends an announcement to everybody; she sees the status at once."""
    for words in ("thông báo", WORDS, "tất cả"):
        stage.says("Hà", words)
    if isinstance(stage, SlowStage):
        stage.allowed = 1
    stage.says("Hà", "gửi")


def statuses(stage: Stage) -> list[str]:
    """What Hà sees of it, oldest first."""
    return [text for text in stage.screen("Hà") if STATUS in text]
