"""The roster: adding units, people and their roles."""

from campaigns.authority import Role
from campaigns.ids import Id
from campaigns.people import Person, Unit
from storage.people import person_value
from storage.rows import PersonRow, RoleRow, UnitRow
from storage.scribe import Scribe


class Roster:
    """Changes to the roster."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._session = scribe.session

    def add_unit(
        self, kind: str, name: str, *, above: Unit | None = None, roster: int = 0, allied: bool = False
    ) -> Unit:
        """Add a unit below another, or a new root of the forest. ``allied`` bodies help (phối hợp), owing nothing."""
        identifier = self._scribe.new_id()
        path = f"{above.path if above else '/'}{identifier}/"
        row = UnitRow(id=identifier, parent_id=above.id if above else None, path=path, kind=kind, name=name)
        row.roster, row.allied = roster, allied
        self._session.add(row)
        self._session.flush()
        self._scribe.note("add", "unit", identifier)
        return Unit(identifier, path, kind, name, allied)

    def add_person(self, name: str, called: str, address: str, phone: str | None = None) -> Person:
        """Add somebody."""
        row = PersonRow(id=self._scribe.new_id(), name=name, called=called, address=address, phone=phone)
        self._session.add(row)
        self._session.flush()
        self._scribe.note("add", "person", row.id)
        return person_value(row)

    def give_role(self, person: Id, role: Role, unit: Id) -> None:
        """Give a role over a unit, from now on."""
        row = RoleRow(id=self._scribe.new_id(), person_id=person, unit_id=unit, role=role, since=self._scribe.now)
        self._session.add(row)
        self._session.flush()
        self._scribe.note("give_role", "role", row.id, after={"role": role, "unit": str(unit)}, for_person=person)
