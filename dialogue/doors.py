"""The ways into the program that are open, as values: a name, and links that bring a code along."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Door:
    """One way in. ``person`` and ``group`` are links with ``{code}`` in them; no group link where it has no groups."""

    name: str
    person: str
    group: str = ""

    def to(self, code: str, *, group: bool = False) -> dict[str, str] | None:
        """Its name and its link with this code, for a text; none where it does not lead there."""
        link = self.group if group else self.person
        return {"name": self.name, "link": link.replace("{code}", code)} if link else None


def links(doors: tuple[Door, ...], code: str, *, group: bool = False) -> list[dict[str, str]]:
    """The links of all doors that lead there."""
    return [found for door in doors if (found := door.to(code, group=group))]
