"""Voice messages as they arrive: good once their container was looked at, or refused."""

from uuid import UUID

from campaigns.ids import Id
from storage.attachments import Attachments
from storage.original_rows import RecordingRow
from storage.scribe import Scribe


class Recordings(Attachments[RecordingRow]):
    """Questions about recordings."""

    def __init__(self, scribe: Scribe) -> None:
        super().__init__(scribe, RecordingRow)

    def arrived(self, account: Id, recording: Id, kind: str, seconds: int | None) -> None:
        """A good recording of an account, so long, in that container; its bytes are kept under this id."""
        row = RecordingRow(id=recording, account_id=account, state="good", arrived_at=self._scribe.now)
        row.kind, row.seconds = kind, seconds
        self._session.add(row)
        self._session.flush()

    def fetched(self, recording: Id, kind: str, seconds: int | None) -> None:
        """Its bytes are kept under its id now, and are good."""
        row = self._row(recording)
        row.state, row.source, row.kind, row.seconds = "good", None, kind, seconds

    def kind(self, recording: UUID) -> str:
        """The container of a good recording."""
        kind = self._row(recording).kind
        assert kind is not None
        return kind
