"""The fields of a rehearsal's file, each as it may be written."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from campaigns.campaign import CadenceKind
from campaigns.measure import Region
from campaigns.rehearsal import Address, Way
from campaigns.target import Gather, Holder, Kind, Rhythm
from config.fields import Amount, Clock, Count, Day, Fields, Key, Offset, Phone


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class MomentFields(Fields):
    days: Count
    at: Clock


class CadenceFields(Fields):
    kind: CadenceKind
    begins: Weekday = Weekday.MONDAY
    who: tuple[str, ...] | None = None
    deadline: Key | None = None
    on: tuple[Day, ...] = ()
    ask: MomentFields
    due: MomentFields
    close: MomentFields


class WaveFields(Fields):
    name: str
    start: Day
    end: Day


class AskingFields(Fields):
    target: str
    holder: Holder
    rhythm: Rhythm
    season: tuple[Day, Day] | None = None
    asked: str | None = None
    label: str
    words: tuple[str, ...] = ()
    measure: str | None = None
    kind: Kind | None = None
    rank: Count = 0
    who: tuple[str, ...] | None = None
    gather: Gather = Gather.SUM


class StepFields(Fields):
    key: Key
    days: Offset = 0
    at: Clock | None = None
    hours: Offset = 0


class RegisteringFields(Fields):
    until: Day | None = None
    officer_confirms: bool = False


class ChoicesFields(Fields):
    start: Day
    end: Day
    figures_at_most: Annotated[Count, Field(ge=1, le=3)] = 3
    cadences: tuple[CadenceFields, ...]
    waves: tuple[WaveFields, ...] = ()
    askings: tuple[AskingFields, ...] = ()
    reminders: tuple[StepFields, ...] = ()
    registering: RegisteringFields = RegisteringFields()
    clusters: dict[Key, str] = Field({})


class PersonFields(Fields):
    name: str
    called: str
    address: Address
    phone: Phone
    way: Way = Way.ONLINE
    position: str | None = None


class UndertakingFields(Fields):
    key: Key
    label: str
    asked: str
    words: tuple[str, ...] = ()
    measure: str
    goal: Amount | None = None


class UnitFields(Fields):
    key: Key
    name: str
    kind: str
    cluster: Key | None = None
    within: Key | None = None
    allied: bool = False
    head: PersonFields
    undertakings: tuple[UndertakingFields, ...] = ()
    previous: dict[str, Amount] = Field({})
    allocations: dict[str, Amount] = Field({})


class IssuerFields(Fields):
    name: str
    kind: str
    within: str
    region: Region | None = None


class RehearsalFields(Fields):
    campaign: str
    choices: ChoicesFields
    issuer: IssuerFields
    officer: PersonFields
    chairman: PersonFields
    units: tuple[UnitFields, ...]
