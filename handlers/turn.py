"""One turn: who wrote what, where, when. Everything a handler may look at besides the store."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.authority import Actor
from campaigns.people import Account
from dialogue.capabilities import Capabilities
from dialogue.doors import Door
from dialogue.incoming import Incoming


@dataclass(frozen=True)
class Turn:
    """``now`` is campaign time. The actor's grants were read in this same unit of work.

    ``doors`` are the ways into the program that are open, for whoever is given a code to hand on.
    """

    account: Account
    actor: Actor
    capabilities: Capabilities
    incoming: Incoming
    now: datetime
    doors: tuple[Door, ...] = ()
