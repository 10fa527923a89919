"""Who has no Telegram bot pays nothing for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.lines import NotSafe, lines
from config.settings import Settings

ROOT = Path(__file__).parents[3]
TOKEN = "424242:AAFakeFakeFakeFakeFakeFakeFakeFake000"
LOOKS = """
import sys
import bot.__main__, bot.lines
from config.settings import Settings
assert bot.lines.lines(Settings()) == []
print(sorted(name for name in sys.modules if name.split(".")[0] in ("aiogram", "telegram")))
"""


def test_it_imports_no_telegram_library_where_no_bot_is_set_up() -> None:
    ended = subprocess.run([sys.executable, "-c", LOOKS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_it_is_known_by_the_number_in_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKEN", TOKEN)
    assert [line.bot for line in lines(Settings())] == ["telegram-424242"]


def test_it_is_not_called_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.example")
    with pytest.raises(NotSafe, match="telegram_no_secret"):
        lines(Settings())


@pytest.mark.parametrize("given", ["hello", f" {TOKEN}", TOKEN.replace(":", "")])
def test_it_refuses_a_token_of_another_shape_without_saying_it(
    given: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKEN", given)
    monkeypatch.setattr("bot.__main__.keep_secrets", lambda: None)  # for a whole process; it must hold without
    monkeypatch.setattr(sys, "argv", ["thidua", "run"])
    with pytest.raises(SystemExit) as refused:
        main()
    assert "THIDUA_TELEGRAM_TOKEN=…" in str(refused.value)
    assert given.strip() not in str(refused.value) + "".join(capfd.readouterr())
