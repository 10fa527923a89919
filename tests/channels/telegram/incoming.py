"""What comes from Telegram, and what the program keeps of it."""

from sqlmodel import col, select

from bot.app import App
from bot.bell import Bell
from bot.channels.line import Receiver
from bot.channels.telegram.line import TelegramLine, Webhook
from bot.clock import Clock
from bot.outbox import inline
from storage.database import Database
from storage.machine_rows import ConversationRow, InboxRow
from storage.rows import AccountRow
from tests.channels.telegram.stage import TelegramStage
from tests.fakes.telegram.world import Chat
from tests.stage import BOT


def comes(stage: TelegramStage, *, run: bool = True) -> list[str]:
    """A new program asks Telegram what happened, and works; what that showed anybody."""
    before = stage.shown()
    app, database = stage.program()
    try:
        stage.polls(app)
        if run:
            stage._play(app)
    finally:
        database.close()
    return [message.text for message in stage.shown() if message not in before]


def settles(stage: TelegramStage) -> list[str]:
    """What comes, and what that showed anybody in the next two seconds."""
    before = stage.shown()
    comes(stage)
    stage.passes(seconds=2)
    return [message.text for message in stage.shown() if message not in before]


def rows(stage: TelegramStage) -> list[tuple[str, str, int]]:
    """Kind, words and number of photos of all that is stored."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = session.exec(select(InboxRow).order_by(col(InboxRow.id)))
        stored = [(row.kind, row.content["text"], len(row.content["photos"])) for row in found]
    database.close()
    return stored


def handled(stage: TelegramStage) -> set[str]:
    """What became of all that was stored."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = {row.state for row in session.exec(select(InboxRow))}
    database.close()
    return found


def answers(stage: TelegramStage) -> list[tuple[bool, dict[str, object]]]:
    """Where every conversation stands, open or not."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = [(row.open, row.answers) for row in session.exec(select(ConversationRow))]
    database.close()
    return found


def gone(stage: TelegramStage, chat: Chat) -> bool:
    """Whether a chat counts as out of reach."""
    database = Database(stage.url)
    with database.transaction() as session:
        row = session.exec(select(AccountRow).where(AccountRow.chat == str(chat.id))).one()
        found = row.gone_at is not None
    database.close()
    return found


def accounts(stage: TelegramStage) -> list[str]:
    """The addresses of all chats."""
    database = Database(stage.url)
    with database.transaction() as session:
        found = [row.chat for row in session.exec(select(AccountRow))]
    database.close()
    return found


def line(stage: TelegramStage, app: App) -> tuple[TelegramLine, Receiver]:
    """A whole line with a webhook."""
    made = TelegramLine(
        stage.fake.token, stage.fake.url, stage.folder, Webhook("http://127.0.0.1:1", "a-secret-of-ours")
    )
    made.bot = BOT
    return made, Receiver(app.inbox, Clock(machine=lambda: stage.now), inline, Bell(), app.database)
