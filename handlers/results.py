"""Results: how far a campaign's targets have come, from what was taken in; for officers and leaders."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from campaigns.authority import Action, Actor, may
from campaigns.calendar import local_day
from campaigns.consolidation import Consolidated, Part, consolidated
from campaigns.document import Kind
from campaigns.edition import Edition
from campaigns.ids import Id
from campaigns.progress import progress, so_far
from campaigns.registration import Baseline, Registration
from campaigns.target import Asking, Gather, Holder, Target
from campaigns.target import Kind as TargetKind
from dialogue.routes import Routes
from dialogue.say import Say, unit
from handlers.offering import offered
from handlers.turn import Turn
from storage.reports import Approved
from storage.store import Store

routes = Routes()


@routes.command("ket qua", "chi tieu", "tien do", action=Action.SEE_BOARD)
def show_results(turn: Turn, tail: str, store: Store) -> list[Say]:
    """What was taken in so far of every target that units are asked about, with who is missing in it."""
    says = [_results(campaign, turn, store) for campaign in store.campaigns.all()]
    return [say for say in says if say is not None] or [Say("results.nothing")]


def _results(campaign: Id, turn: Turn, store: Store) -> Say | None:
    """None where nothing of this campaign is the actor's to see."""
    rows = results_in(campaign, turn.actor, store)
    if rows is None:
        return None
    counted = [row for row in rows if row["units"]]
    values = {"title": store.campaigns.edition(campaign).campaign.plan.title, "rows": counted, "of": len(rows)}
    return Say("results.results", values, (offered(Kind.RESULTS, campaign),) if counted else ())


def results_in(campaign: Id, actor: Actor, store: Store) -> list[dict[str, Any]] | None:
    """How far every target is that units are asked about; none where nothing of it is the actor's to see."""
    seen = [one for one in store.campaigns.topmost(campaign) if may(actor, Action.SEE_BOARD, one.path)]
    if not seen:
        return None
    edition = store.campaigns.edition(campaign)
    asked = [a for a in edition.choices.askings if a.holder is Holder.UNIT and a.measure]
    known = _Known(store.many.approved(seen, local_day(store.now)), store.many.baselines(seen))
    return [_row(asking, edition, [one for one in seen if asking.concerns(one.names)], known) for asking in asked]


class _Known(NamedTuple):
    """What was taken in of each registration, and where its figures stood before."""

    approved: Mapping[Id, list[Approved]]
    baselines: Mapping[Id, Mapping[str, Baseline]]


def _row(asking: Asking, edition: Edition, registrations: Sequence[Registration], known: _Known) -> dict[str, Any]:
    target = edition.campaign.target(asking.target)
    kind = asking.kind or target.kind
    whole = consolidated(asking.gather, [_part(asking, kind, one, known) for one in registrations])
    return {
        "target": target.key,
        "name": target.name,
        "label": asking.label,
        "amount": whole.amount,
        "measure": "%" if asking.gather is Gather.RATIO else asking.measure,
        "estimate": whole.estimate,
        "units": len(whole.included),
        "missing": [unit(missed) for missed in whole.missing],
        **_towards_the_goal(target, asking, whole),
    }


def _part(asking: Asking, kind: TargetKind, registration: Registration, known: _Known) -> Part:
    figures = [figure for figure in known.approved.get(registration.id, []) if figure.item == asking.target]
    own = known.baselines.get(registration.id, {}).get(asking.target)
    amount = so_far(kind, [figure.amount for figure in figures])
    return Part(registration.unit, amount, of=own.goal if own else None, estimate=any(f.estimate for f in figures))


def _towards_the_goal(target: Target, asking: Asking, whole: Consolidated) -> dict[str, Any]:
    """Nothing where the figure counts something else than the goal does (households, where the goal is a share)."""
    same = asking.gather is Gather.RATIO or asking.measure == target.measure
    if whole.amount is None or target.goal is None or not same:
        return {"goal": None, "goal_to": None, "comparator": None, "met": None, "share": None}
    found = progress(target.goal, whole.amount, target.direction, target.comparator, target.goal_to)
    told = {"goal": target.goal, "goal_to": target.goal_to, "comparator": str(target.comparator)}
    return {**told, "met": found.met, "share": found.share}
