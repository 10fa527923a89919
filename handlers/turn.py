"""One turn: who wrote what, where, when. Everything a handler may look at besides the store."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.authority import Actor
from campaigns.people import Account
from dialogue.capabilities import Capabilities
from dialogue.incoming import Incoming


@dataclass(frozen=True)
class Turn:
    """``now`` is campaign time. The actor's grants were read in this same unit of work."""

    account: Account
    actor: Actor
    capabilities: Capabilities
    incoming: Incoming
    now: datetime
