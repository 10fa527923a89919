"""How often which kinds of units report, in an officer's words: "trường mỗi tháng", "mọi nơi mỗi tuần"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from campaigns.campaign import CadenceKind
from campaigns.choosing.naming import EVERYBODY, known_names, names_said
from campaigns.edition import TILED, Cadence
from campaigns.proposal import standard
from campaigns.target import Sort
from campaigns.wrong import Wrong

PACES = {
    "moi tuan": CadenceKind.WEEK,
    "moi thang": CadenceKind.MONTH,
    "moi quy": CadenceKind.QUARTER,
    "moi dot": CadenceKind.WAVE,
    "mot lan": CadenceKind.CAMPAIGN,
}
_ALWAYS = (*TILED, CadenceKind.CAMPAIGN)  # waves have to be there already
_PACE = re.compile(rf"(?:(chi|rieng) )?(.+?) (?:bao )?(?:het )?({'|'.join(PACES)})(?: cuoi phong trao)?")


def read_pace(said: str, cadences: Sequence[Cadence], sorts: Sequence[Sort]) -> tuple[Cadence, ...] | Wrong | None:
    """The cadences with some units reporting in another way, from bare words; none where these are of something else.

    They get a cadence of their own, so that its hours are theirs alone, and owe no other.
    """
    found = _PACE.fullmatch(re.sub(r"\bhang\b", "moi", said))
    if found is None:
        return None
    sign, named, pace = found.groups()
    kind, known = PACES[pace], known_names(sorts)
    own = next((one for one in cadences if one.kind is kind), standard(kind) if kind in _ALWAYS else None)
    names = names_said(named, known)
    if own is None:
        return Wrong("no_waves")
    if re.fullmatch(EVERYBODY, named) and not sign:
        return (replace(own, who=None, but=()),)
    if names is None:
        return Wrong("no_such_kind", f"{known[0]} mỗi tháng", ", ".join(known)) if known else Wrong("hours_not_read")
    others = (_without(one, names) for one in cadences)
    return *(one for one in others if any(one.concerns(sort.names) for sort in sorts)), replace(
        own, who=names, but=(), since=None
    )


def _without(cadence: Cadence, names: tuple[str, ...]) -> Cadence:
    if cadence.who is None:
        return replace(cadence, but=tuple(dict.fromkeys((*cadence.but, *names))))
    who = tuple(name for name in cadence.who if name not in names)
    return replace(cadence, who=who, but=cadence.but if who != cadence.who else (*cadence.but, *names))
