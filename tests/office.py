"""An office that has launched nothing yet: two officers, a leader, villages with their heads, an allied body."""

from itertools import count
from random import Random

from bot.channels.recorder.channel import Recorder
from campaigns.authority import Role
from campaigns.ids import Id
from dialogue.capabilities import PROFILES
from storage.migrate import migrate
from storage.store import Store
from tests.conftest import Copies
from tests.stage import BOT, LAUNCHED, LO_KU, Stage, on_offer, opened

ON_THE_LIST = "UBND xã Lơ Ku: phong trào thi đua thực hiện thắng lợi nhiệm vụ phát triển k…"
ANSWERS = ("29/4/2022 đến 2/6/2022", "tuần", "đồng ý", "đồng ý", "đồng ý")


def office(copies: Copies, kind: str = "sqlite", profile: str = "full") -> Stage:
    """The stage on a fresh copy; chats are named after people: Mai, Vân, Lực, Hyưh, Blĕnh, Tâm, Nga (allied)."""
    return Stage(copies.of(kind, "an office", _made), [], profile, LO_KU)


def _made(copies: Copies, kind: str) -> str:
    url = copies.empty(kind)
    database = opened(url)
    migrate(database)
    with database.transaction() as session:
        store = Store(session, LAUNCHED, Random(3), BOT)
        store.campaigns.offer(on_offer())
        commune = store.roster.add_unit("xã", "Lơ Ku")
        for name, role in (("Mai", Role.OFFICER), ("Vân", Role.OFFICER), ("Lực", Role.LEADER)):
            _joins(store, name, role, commune.id)
        for roster, (what, name, head) in enumerate(
            (("làng", "Tơ Bla", "Hyưh"), ("làng", "Kon Bla", "Blĕnh"), ("trường", "Tiểu học", "Tâm")), 1
        ):
            place = store.roster.add_unit(what, name, above=commune, roster=roster)
            _joins(store, head, Role.REPORTER, place.id)
        allied = store.roster.add_unit("Mặt trận", "Tổ quốc", above=commune, roster=9, allied=True)
        _joins(store, "Nga", Role.REPORTER, allied.id)
    database.close()
    return url


def _joins(store: Store, name: str, role: Role, unit: Id) -> None:
    person = store.roster.add_person(f"Đinh {name}", name, "cô", "0905 000 101")
    store.roster.give_role(person.id, role, unit)
    opened_ = store.invitations.opened_by(store.invitations.invite(person.id))
    assert opened_
    store.invitations.join(store.people.account_in(BOT, name), opened_, "test")


def ready(copies: Copies, kind: str = "sqlite", *, way: str = "Ghi tên luôn") -> Stage:
    """The stage where Mai has answered everything, with what is on the screens; her next press launches."""
    name = f"ready {kind} {way}"

    def made(copies: Copies, kind: str) -> str:
        stage = office(copies, kind)
        at_the_last_step(stage, way=way)
        copies.screens[name] = stage.shown()
        return stage.url

    stage = Stage(copies.of(kind, name, made), [], "full", LO_KU)
    stage.recorder = Recorder(PROFILES["full"], delivered=list(copies.screens[name]))
    stage.events = count(1000)
    return stage


def at_the_last_step(stage: Stage, who: str = "Mai", *, way: str = "Ghi tên luôn") -> None:
    """Somebody has answered everything and has seen the form; the next press launches."""
    stage.says(who, "phát động")
    stage.presses(who, ON_THE_LIST)
    for words in ANSWERS:
        stage.says(who, words)
    stage.presses(who, way)
    stage.presses(who, "Xem tiếp")
