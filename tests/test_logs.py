"""No log holds a token, whoever writes it and at whatever level."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import structlog
import telegram
from telegram.request import HTTPXRequest

from bot.logs import covered, keep_secrets
from tests.fakes.telegram import FakeTelegram
from tests.listening import everything_logged

ROOT = Path(__file__).parent.parent
SECRET = "AAFakeFakeFakeFakeFakeFakeFakeFake000"
TOKEN = f"424242:{SECRET}"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Everything that is logged, at every level, by everybody."""
    factory = logging.getLogRecordFactory()
    keep_secrets()
    with everything_logged(("", "httpx", "httpcore", "telegram", "aiogram", "asyncio")) as out:
        yield out
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"file/bot{TOKEN.replace(':', '%3A')}/photos/1.jpg",
        f"bot-api.zaloplatforms.com/bot123456789:{SECRET}/getUpdates",
        repr({"token": TOKEN}),
    ],
)
def test_it_covers_the_secret_half(text: str) -> None:
    assert SECRET not in covered(text)


@pytest.mark.parametrize("text", ["18:30 5/5/2022", "1: 150 2: 43", "http://127.0.0.1:8080/", "số 18-01 12345:67"])
def test_it_leaves_other_words_alone(text: str) -> None:
    assert covered(text) == text


def test_it_shows_no_token_of_another_client_at_any_level(written: StringIO) -> None:
    with FakeTelegram(token=TOKEN) as fake:

        async def writes() -> None:
            bot = telegram.Bot(TOKEN, f"{fake.url}/bot", request=HTTPXRequest(), get_updates_request=HTTPXRequest())
            async with bot:
                with pytest.raises(telegram.error.TelegramError):
                    await bot.send_message(5, "một")

        asyncio.run(writes())
    assert "sendMessage" in written.getvalue()
    assert SECRET not in written.getvalue()


def test_it_shows_no_token_of_what_is_raised(written: StringIO) -> None:
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        logging.getLogger("anybody").exception("failed for %s", TOKEN)
        structlog.get_logger().exception("failed", address=f"bot{TOKEN}")
    assert written.getvalue().count("424242:…") >= 4
    assert SECRET not in written.getvalue()


def test_it_shows_no_token_when_the_program_dies() -> None:
    died = f"from bot.logs import keep_secrets; keep_secrets(); raise ValueError('bot{TOKEN}')"
    ended = subprocess.run([sys.executable, "-c", died], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "ValueError: bot424242:…" in ended.stderr
    assert SECRET not in ended.stderr


def test_it_shows_no_token_when_a_command_dies() -> None:
    """Typer puts a hook of its own in the place of the one that covers."""
    died = (
        "import sys, bot.__main__ as command; sys.argv = ['thidua', 'run']\n"
        f"def dies(): raise ValueError('bot{TOKEN}')\n"
        "command.Settings = dies; command.main()"
    )
    ended = subprocess.run([sys.executable, "-c", died], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "ValueError: bot424242:…" in ended.stderr
    assert SECRET not in ended.stderr + ended.stdout
