"""Groups that follow a campaign: linked by a code typed in them, each for one purpose."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from campaigns.ids import Id

CODE_VALID_FOR = timedelta(days=2)


class GroupPurpose(StrEnum):
    """What a group hears: announcements, or good people and good deeds."""

    ANNOUNCEMENTS = "announcements"
    EXAMPLES = "examples"


@dataclass(frozen=True)
class Group:
    """A linked group. ``account`` is where its messages go, ``path`` the unit whose campaign it follows."""

    id: Id
    account: Id
    campaign: Id
    path: str
    purpose: GroupPurpose
    name: str
