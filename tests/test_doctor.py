"""`thidua doctor`, as somebody who installs the program meets it."""

import pytest
from typer.testing import CliRunner

from bot.__main__ import app


def doctor(bot: str, monkeypatch: pytest.MonkeyPatch, **environment: str) -> tuple[int, str]:
    """How the command ends and what it prints."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    ended = CliRunner().invoke(app, ["doctor", bot])
    return ended.exit_code, ended.output


def test_it_says_where_a_zalo_bots_token_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = doctor("zalo", monkeypatch)
    assert code == 1
    assert "[ CHƯA ] Chưa có mã của bot Zalo" in told


def test_it_never_prints_the_secret_half_of_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for token in ("4711:very-secret", "very-secret"):
        _, told = doctor("zalo", monkeypatch, THIDUA_ZALO_TOKEN=token)
        assert "very-secret" not in told
