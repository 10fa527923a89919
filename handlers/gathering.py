"""A parent's report, proposed from what was taken in of the units below it; who is missing is named."""

from collections.abc import Mapping, Sequence

from campaigns.consolidation import Part, consolidated
from campaigns.edition import Edition
from campaigns.ids import Id
from campaigns.obligation import Obligation
from campaigns.progress import so_far
from campaigns.registration import Registration
from campaigns.target import Asking, Gather, Kind
from dialogue.forms import Gathered
from storage.reports import Approved
from storage.store import Store


def gathered(obligation: Obligation, edition: Edition, asked: Sequence[Asking], store: Store) -> dict[str, Gathered]:
    """For each figure what the units below come to, by target; nothing for who has nobody below."""
    below = store.campaigns.below(obligation.campaign, obligation.path)
    if not below or not asked:
        return {}
    known = store.many.approved(below, obligation.period.end)
    found = {a.target: _proposal(a, edition, below, known, obligation) for a in asked}
    return {target: proposal for target, proposal in found.items() if proposal is not None}


def _proposal(
    asking: Asking,
    edition: Edition,
    below: Sequence[Registration],
    known: Mapping[Id, list[Approved]],
    obligation: Obligation,
) -> Gathered | None:
    kind = asking.kind or edition.campaign.target(asking.target).kind
    asked = [one for one in below if asking.concerns(one.names)]
    parts = [
        _part(one, kind, [a for a in known.get(one.id, []) if a.item == asking.target], obligation) for one in asked
    ]
    way = Gather.SUM if asking.gather is Gather.RATIO else asking.gather  # counts are asked, the ratio is worked out
    whole = consolidated(way, parts)
    return None if whole.amount is None else Gathered(whole.amount, len(whole.included), whole.missing)


def _part(one: Registration, kind: Kind, approved: list[Approved], obligation: Obligation) -> Part:
    """What one unit says for the parent's period: what was new in it, or where it stands at its end."""
    if kind is Kind.IN_PERIOD:
        approved = [figure for figure in approved if figure.start >= obligation.period.start]
    return Part(one.unit, so_far(kind, [figure.amount for figure in approved]))
