"""The store: all the questions the program asks, in one unit of work."""

from datetime import UTC, datetime
from random import Random

from sqlmodel import Session

from campaigns.ids import Id
from storage.announcements import Announcements
from storage.bots import Bots
from storage.campaigns import Campaigns
from storage.changes import Changes
from storage.conversations import Conversations
from storage.documents import Documents
from storage.groups import Groups
from storage.highlights import Highlights
from storage.invitations import Invitations
from storage.many import Many
from storage.obligations import Obligations
from storage.offices import Offices
from storage.originals import Originals
from storage.pairings import Pairings
from storage.participants import Participants
from storage.people import People
from storage.photos import Photos
from storage.quotas import Quotas
from storage.recordings import Recordings
from storage.registrations import Registrations
from storage.reminders import Reminders
from storage.replanning import Replanning
from storage.reports import Reports
from storage.requests import Requests
from storage.roster import Roster
from storage.scribe import Scribe
from storage.unsent import Unsent

LONG_AFTER = datetime(9000, 1, 1, tzinfo=UTC)


class Store:
    """One unit of work at one moment. Whatever is changed is noted in the journal in the same transaction."""

    def __init__(self, session: Session, now: datetime, chance: Random, bot: str = "") -> None:
        self.scribe = Scribe(session, now, chance, bot)
        self.people = People(self.scribe)
        self.roster = Roster(self.scribe)
        self.invitations = Invitations(self.scribe)
        self.campaigns = Campaigns(self.scribe)
        self.registrations = Registrations(self.scribe)
        self.participants = Participants(self.scribe)
        self.changes = Changes(self.scribe)
        self.obligations = Obligations(self.scribe)
        self.replanning = Replanning(self.scribe)
        self.reminders = Reminders(self.scribe)
        self.many = Many(self.scribe)
        self.unsent = Unsent(self.scribe)
        self.reports = Reports(self.scribe)
        self.groups = Groups(self.scribe)
        self.bots = Bots(self.scribe)
        self.announcements = Announcements(self.scribe)
        self.highlights = Highlights(self.scribe)
        self.offices = Offices(self.scribe)
        self.requests = Requests(self.scribe)
        self.conversations = Conversations(self.scribe)
        self.photos = Photos(self.scribe)
        self.pairings = Pairings(self.scribe)
        self.quotas = Quotas(self.scribe)
        self.recordings = Recordings(self.scribe)
        self.documents = Documents(self.scribe)
        self.originals = Originals(self.scribe)

    @classmethod
    def reading(cls, session: Session, now: datetime = LONG_AFTER) -> "Store":
        """A store for questions alone. Without a moment every role has ended, so it answers for nobody's authority."""
        return cls(session, now, Random(0))

    @property
    def now(self) -> datetime:
        """The moment of this unit of work, in campaign time."""
        return self.scribe.now

    def acts(self, person: Id | None) -> None:
        """From here on changes are made by this person."""
        self.scribe.by = person
