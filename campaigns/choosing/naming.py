"""Which kinds of units are meant, in an officer's words: "làng, cơ quan", "mọi nơi"."""

import re
from collections.abc import Iterable

from campaigns.choosing.wording import bare
from campaigns.target import Sort

EVERYBODY = "(?:moi|tat ca(?: cac)?|cac) noi"
_APART = r"(?:, ?| va | )"


def known_names(sorts: Iterable[Sort]) -> tuple[str, ...]:
    """What units of these sorts are called, each name once: by kind, then by cluster."""
    there = tuple(sorts)
    return tuple(filter(None, dict.fromkeys((*(one.kind for one in there), *(one.cluster for one in there)))))


def names_said(words: str, known: Iterable[str]) -> tuple[str, ...] | None:
    """The names that bare words list, as they are spelt; none where they say anything else.

    Of names that sound alike the first is meant: a kind ("phòng") rather than a cluster ("phong").
    """
    spelt = {_said(name): name for name in reversed(tuple(known))}
    one = "|".join(re.escape(name) for name in sorted(spelt, key=len, reverse=True))
    if not spelt or not re.fullmatch(rf"(?:{one})(?:{_APART}(?:{one}))*", words):
        return None
    return tuple(dict.fromkeys(spelt[name] for name in re.findall(rf"(?<!\w)(?:{one})(?!\w)", words)))


def all_but(names: tuple[str, ...], sorts: Iterable[Sort]) -> tuple[str, ...]:
    """What exactly the units go by that have none of these names; a name that they share with others is left out."""
    there = tuple(sorts)
    out = {name for one in there if not one.names.isdisjoint(names) for name in one.names}
    return tuple(name for name in known_names(one for one in there if one.names.isdisjoint(names)) if name not in out)


def _said(name: str) -> str:
    """Clusters are named by keys ("xa-phuong") or by words."""
    return bare(name.replace("-", " "))
