"""The house as it stands, and for every rule a sample that breaks it."""

import re
from collections.abc import Callable

import pytest

from tests.architecture.house import (
    ROOT,
    banned_name,
    function_lengths,
    lock_faults,
    platform_tests,
    program,
    sizes,
    sources,
    spoken_vietnamese,
)

LOCKS = ("requirements.lock", "requirements-test.lock")
PIN = "aiohttp==3.14.5 \\\n    --hash=sha256:00ff\n"


def faults_of(rule: Callable[[str, str], list[str]]) -> str:
    return "\n".join(fault for path in program() for fault in rule(path.as_posix(), (ROOT / path).read_text("utf-8")))


def test_it_says_nothing_in_vietnamese_outside_the_texts() -> None:
    faults = faults_of(spoken_vietnamese)
    assert not faults, faults


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("handlers/join.py", "def greet(): return 'Chào bác'"),
        ("bot/app.py", "APOLOGY = f'{1} lỗi'"),
        ("dialogue/words.py", "HELP = 'Bác gõ số rồi gửi'"),
        ("campaigns/measure.py", "def unit(): return {'ha': ('một héc ta ruộng lúa',)}"),
        ("storage/rows.py", "match 1:\n    case 'đã gửi': pass"),
    ],
)
def test_it_finds_spoken_vietnamese(path: str, source: str) -> None:
    assert spoken_vietnamese(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("dialogue/words.py", "NOTHING = {'không phát sinh', 'như cũ', 'không có gì thêm'}"),
        ("handlers/join.py", "def greet():\n    'Greets a head (trưởng thôn, xóm, làng, ấp, tổ dân phố) by name.'"),
        ("handlers/join.py", "WIDTH = '2 × 3 – about 5 µm… “so”'"),
    ],
)
def test_it_leaves_words_glossary_and_signs_alone(path: str, source: str) -> None:
    assert not spoken_vietnamese(path, source)


def test_it_asks_for_no_platform_outside_the_channels() -> None:
    faults = faults_of(platform_tests)
    assert not faults, faults


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("handlers/report.py", "PLAIN = {'zalo': 2000}"),
        ("storage/people.py", "KIND = 'Telegram'"),
        ("bot/outbox.py", "def late(bot): return bot.channel == 'web'"),
        ("bot/outbox.py", "def late(bot): return bot.channel in ('zalo', 'web')"),
        ("bot/outbox.py", "def late(bot): return bot.channel is Channel.TELEGRAM"),
        ("bot/turns.py", "match bot.channel:\n    case 'zalo': pass"),
        ("bot/turns.py", "match bot.channel:\n    case Channel.ZALO: pass"),
        ("bot/turns.py", "def ours(bot): return bot.name.startswith('zalo')"),
        ("config/settings.py", "def paced(bot): return 'recorder' != bot"),
    ],
)
def test_it_finds_a_test_for_a_platform(path: str, source: str) -> None:
    assert platform_tests(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/channels/zalo/send.py", "def ours(bot): return bot.channel == 'zalo'"),
        ("bot/app.py", "def channel(bot): return Web() if bot.channel == 'web' else None"),
        ("bot/demo.py", "def bot(): return Bot(channel='web')"),
        ("dialogue/say.py", "'Zalo, telegram and web each render this their own way.'"),
        ("handlers/board.py", "from aiohttp import web\nrunner = web.AppRunner"),
    ],
)
def test_it_lets_channels_and_assembly_know_their_platform(path: str, source: str) -> None:
    assert not platform_tests(path, source)


def test_it_names_every_file_for_its_story() -> None:
    assert not [fault for path in sources() for fault in banned_name(path.as_posix())]


@pytest.mark.parametrize("path", ["bot/utils.py", "storage/base.py", "handlers/common/join.py", "tests/helpers.py"])
def test_it_finds_a_name_that_says_nothing(path: str) -> None:
    assert banned_name(path)


def test_it_lets_a_name_hold_a_banned_word() -> None:
    assert not banned_name("storage/database.py")


@pytest.mark.parametrize("name", LOCKS)
def test_it_locks_names_versions_and_hashes_only(name: str) -> None:
    assert not lock_faults((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "aiohttp==3.14.5\n",
        PIN + "jinja2==3.1.6\n",
        PIN + "# from a mirror, file:///srv/packages\n",
        "--index" + "-url somewhere\n" + PIN,
        PIN + "    # via -r /srv/project/pyproject.toml\n",
        "aiohttp @ " + "https:" + "//host/aiohttp.whl \\\n    --hash=sha256:00ff\n",
        "-e .\n" + PIN,
    ],
)
def test_it_finds_a_lock_with_more_or_less_than_that(text: str) -> None:
    assert lock_faults(text)


def test_it_tests_what_it_runs() -> None:
    run, test = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE)) for name in LOCKS)
    assert run < test


def test_it_measures_functions_without_their_docstrings() -> None:
    source = 'def one():\n    """Says.\n\n    More.\n    """\n    return 1\n\n\nasync def two():\n    pass\n'
    assert function_lengths(source) == [2, 2]
    assert "functions: median" in sizes()
