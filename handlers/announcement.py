"""Announcements: an officer writes one, chooses who hears it, sees the names and the count, and sends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.announcement import LONGEST
from campaigns.authority import Action, may
from campaigns.ids import Id
from dialogue.answers import meaning
from dialogue.forms import CHANGE, SEND, Draft, Form, Option, Pick, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, person
from dialogue.text import folded
from handlers.announcement_status import status
from handlers.audience import Audience, audiences
from handlers.conversation import begin
from handlers.loading import Launched
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()

NAMED_AT_MOST = 20


@dataclass(frozen=True)
class Facts:
    """The campaign, everybody who could be told, and which conversation this is."""

    campaign: Id
    conversation: Id
    audiences: tuple[Audience, ...]

    def audience(self, key: str) -> Audience | None:
        """The audience of that key; none where there is nobody in it any more."""
        return next((one for one in self.audiences if one.key == key), None)


def facts(launched: Launched, turn: Turn, conversation: Conversation, store: Store) -> Facts:
    """Loaded anew each turn: between preview and sending somebody may have reported."""
    return Facts(launched.id, conversation.id, audiences(launched.id, turn, store))


def script(facts: Facts) -> Script:
    """The text, who hears it, and a preview that counts for exactly these people."""
    draft = yield from ask(Form("announcement", (OpenQuestion("text", required=True),)))
    if len(draft["text"].words) > LONGEST:
        longer = {"length": len(draft["text"].words), "longest": LONGEST}
        draft |= yield from ask(Form("announcement", (OpenQuestion("shorter", required=True),), longer))
    draft |= yield from ask(Form("announcement", (Pick("audience", _options(facts.audiences)),)))
    shown = preview(facts, draft)
    draft |= yield from ask(Form("announcement", (Pick("confirm", (SEND, CHANGE), shown),), shown))
    return draft


def _options(found: Sequence[Audience]) -> tuple[Option, ...]:
    return tuple(Option(one.key, one.label, tuple(map(folded, one.words)), one.values) for one in found)


def words_in(draft: Draft) -> str:
    """The text that is announced."""
    return (draft.get("shorter") or draft["text"]).words[:LONGEST]


def preview(facts: Facts, draft: Draft) -> dict[str, Any]:
    """Everything that is shown before it is sent; the digest stands for those who are not named one by one."""
    audience = facts.audience(str(draft["audience"].value))
    recipients = audience.recipients if audience else ()
    return {
        "said": words_in(draft),
        "count": len(recipients),
        "names": [person(one.person) for one in recipients if one.person][:NAMED_AT_MOST],
        "groups": list(audience.groups) if audience else [],
        "phone": audience.phone if audience else 0,
        "digest": meaning(*(str(one) for one in recipients)),
    }


def finish(draft: Draft, facts: Facts, turn: Turn, store: Store) -> list[Say]:
    """Send it, once however often the button is pressed; an audience without anybody is said to be one."""
    token = meaning(str(facts.conversation), preview(facts, draft))
    audience = facts.audience(str(draft["audience"].value))
    if audience is None or not audience.recipients:
        return [Say("announcement.nobody")]
    sent = store.announcements.confirmed_with(token) or store.announcements.send(
        facts.campaign, words_in(draft), audience.key, audience.recipients, token
    )
    return [status(sent, store)]


ANNOUNCE = routes.story(Story("announcement", Action.ANNOUNCE, "campaign", facts, script, finish))


@routes.command("thong bao", "tb", action=Action.ANNOUNCE)
def announce(turn: Turn, tail: str, store: Store) -> list[Say]:
    """Begin an announcement; where several campaigns run, first choose one. Earlier ones can be looked at."""
    campaigns = [one for one in store.campaigns.all() if may(turn.actor, Action.ANNOUNCE, store.campaigns.path(one))]
    earlier = [one for g in turn.actor.grants for one in store.announcements.newest(g.path)]
    seen = {one.id: one for one in earlier if may(turn.actor, Action.ANNOUNCE, one.path)}
    shows = [
        Choice("buttons.show_announcement", f"announcement.show:{one.id}", {"words": one.words[:24]})
        for one in seen.values()
    ]
    begins = [
        Choice("buttons.new_announcement", f"announcement.new:{one}", {"title": _title(one, store)})
        for one in campaigns
    ]
    if len(begins) == 1 and not shows:
        return begin(turn, ANNOUNCE, Launched(campaigns[0]), store)
    return [Say("announcement.earlier", {"count": len(shows)}, (*begins, *shows))]


def _title(campaign: Id, store: Store) -> str:
    return store.campaigns.edition(campaign).campaign.plan.title[:40]


@routes.button("announcement.new", action=Action.ANNOUNCE, loads="campaign")
def new(turn: Turn, launched: Launched, store: Store) -> list[Say]:
    """Write one for this campaign."""
    return begin(turn, ANNOUNCE, launched, store)
