"""A rehearsal: a campaign tried out with an invented commune, before real people are asked anything."""

from dataclasses import dataclass
from enum import StrEnum

from campaigns.edition import Choices
from campaigns.measure import Region
from campaigns.registration import Baseline, Undertaking
from campaigns.target import Names, Sort


class Way(StrEnum):
    """How somebody is reached: by the web chat, or only by a call."""

    ONLINE = "online"
    PHONE = "phone"


class Address(StrEnum):
    """How a person is spoken to (cách xưng hô)."""

    BAC = "bác"
    ONG = "ông"
    BA = "bà"
    CHU = "chú"
    CO = "cô"
    ANH = "anh"
    CHI = "chị"


@dataclass(frozen=True)
class RehearsalPerson:
    """``called`` is the part of the name used in a greeting, ``address`` how to say it (xưng hô): "bác", "Hyưh"."""

    name: str
    called: str
    address: Address
    phone: str
    way: Way = Way.ONLINE
    position: str = ""


@dataclass(frozen=True)
class RehearsalUnit:
    """A unit that takes part. ``kind`` is what people call it ("làng", "trường"), ``cluster`` how the choices name it.

    ``within`` is the key of the unit that gathers its reports, none for the issuer itself. ``baselines`` hold, for the
    unit's undertakings first and then for targets, the last known figure and the unit's own goal (for a target: its
    share of the whole).
    """

    key: str
    name: str
    kind: str
    head: RehearsalPerson
    undertakings: tuple[Undertaking, ...]
    baselines: tuple[Baseline, ...]
    cluster: str = ""
    within: str | None = None
    allied: bool = False

    @property
    def names(self) -> Names:
        """What the choices may call it by."""
        return Sort(self.kind, self.cluster).names


@dataclass(frozen=True)
class Issuer:
    """The unit that issues the campaign. Where ``region`` is none, a "sào" has no known size and is asked about."""

    name: str
    kind: str
    within: str
    region: Region | None


@dataclass(frozen=True)
class Rehearsal:
    """Everything that makes a campaign playable; ``campaign`` is its slug."""

    campaign: str
    choices: Choices
    issuer: Issuer
    officer: RehearsalPerson
    chairman: RehearsalPerson
    units: tuple[RehearsalUnit, ...]
