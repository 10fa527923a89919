"""Invitations to be printed: a slip for each who is not in yet."""

from collections.abc import Sequence

from campaigns.people import Unit
from config.texts import Texts
from documents.invitations import Slip, Way, printed
from handlers.documents import Invited


def invitations(found: Sequence[Invited], home: Unit, texts: Texts) -> bytes:
    """A PDF of A4 pages."""
    return printed([_slip(one, home, texts) for one in found])


def _slip(one: Invited, home: Unit, texts: Texts) -> Slip:
    def said(name: str, **values: object) -> str:
        return texts.plain(f"document.slip_{name}", values)

    return Slip(
        head=said("head", home=home),
        name=said("name", person=one.person),
        place=said("place", unit=one.unit),
        how=said("how", ways=one.ways),
        code=one.code,
        foot=said("foot"),
        ways=tuple(Way(way["name"], way["link"]) for way in one.ways),
    )
