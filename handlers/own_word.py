"""What who takes part in their own name says afterwards: another task, "XONG" when done, and coming back."""

from dataclasses import dataclass
from uuid import UUID

from campaigns.authority import Action
from campaigns.calendar import local_day
from campaigns.edition import Edition
from campaigns.ids import Id
from campaigns.participant import LONGEST_TASK, Participant
from campaigns.registration import State, Step
from dialogue.answers import PHOTOS, TEXT
from dialogue.forms import Draft, Form, Photos, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.routes import Routes, Story
from dialogue.say import Choice, Say, unit
from handlers.conversation import begin
from handlers.entry_questions import NONE
from handlers.own_name import shown_participant, task_in
from handlers.turn import Turn
from storage.conversations import Conversation
from storage.store import Store

routes = Routes()


@dataclass(frozen=True)
class OwnFacts:
    """Whose task or words are asked."""

    participant: Participant
    edition: Edition


def own_facts(participant: Participant, turn: Turn, conversation: Conversation, store: Store) -> OwnFacts:
    """Loaded anew each turn."""
    return OwnFacts(participant, store.campaigns.edition(participant.campaign))


def task_script(facts: OwnFacts) -> Script:
    """One thing is asked."""
    values = {**shown_participant(facts.participant), "unit": unit(facts.participant.unit)}
    question = OpenQuestion("task", required=True, options=(NONE,), text="other_task")
    return (yield from ask(Form("own_name", (question,), values)))


def task_finish(draft: Draft, facts: OwnFacts, turn: Turn, store: Store) -> list[Say]:
    """Another task, of a participant that is the actor's own."""
    if not facts.participant.is_of(turn.actor.person) or facts.participant.state is not State.CONFIRMED:
        return [Say("help.not_yours")]
    task = task_in(draft)
    store.participants.change_task(facts.participant, task)
    return [Say("own_name.task_changed", {**shown_participant(facts.participant), "task": task})]


TASK = routes.story(Story("own_task", Action.ENTER, "participant", own_facts, task_script, task_finish))


@routes.button("participant.task", action=Action.ENTER, loads="participant")
def change_task(turn: Turn, participant: Participant, store: Store) -> list[Say]:
    """Choose something else to do."""
    mine = participant.is_of(turn.actor.person) and participant.state is State.CONFIRMED
    return begin(turn, TASK, participant, store) if mine else [Say("help.not_yours")]


@routes.button("participant.return", action=Action.ENTER, loads="participant")
def come_back(turn: Turn, participant: Participant, store: Store) -> list[Say]:
    """Take part again, before the last day."""
    last = store.campaigns.edition(participant.campaign).choices.last_day_to_register()
    if not participant.is_of(turn.actor.person):
        return [Say("help.not_yours")]
    back = store.participants.step(participant, Step.REGISTER) if local_day(turn.now) <= last else None
    return [Say("own_name.back", shown_participant(back)) if back else Say("help.old_button")]


@routes.command("xong", "xong roi", "da xong", "lam xong", action=Action.ENTER, tail=True)
def done(turn: Turn, tail: str, store: Store) -> list[Say]:
    """One word when done; words behind it are kept as well."""
    people = store.participants.of_person(turn.actor.person) if turn.actor.person else []
    mine = [one for one in people if one.takes_part]
    still = [one for one in mine if one.state is State.CONFIRMED]
    if len(still) > 1:
        choices = tuple(
            Choice("buttons.participant", f"participant.done:{one.id}", shown_participant(one)) for one in still
        )
        return [Say("own_name.which_done", {}, choices)]
    if still:
        return _done(turn, still[0], tail, store)
    return [Say("own_name.done_already", shown_participant(mine[-1])) if mine else Say("own_name.nothing_to_finish")]


@routes.button("participant.done", action=Action.ENTER, loads="participant")
def done_with(turn: Turn, participant: Participant, store: Store) -> list[Say]:
    """One of several is done."""
    if not participant.is_of(turn.actor.person):
        return [Say("help.not_yours")]
    if participant.state is not State.CONFIRMED:
        return [Say("own_name.done_already", shown_participant(participant))]
    return _done(turn, participant, "", store)


def _done(turn: Turn, participant: Participant, words: str, store: Store) -> list[Say]:
    """Kept and thanked at once; then, if they like, a sentence or a photo."""
    finished = store.participants.step(participant, Step.FINISH)
    assert finished is not None
    thanks = Say("own_name.thanks", shown_participant(finished))
    if words:
        store.participants.tell(finished, words[:LONGEST_TASK], None)
        return [thanks]
    return [thanks, *begin(turn, TELL, finished, store)]


def tell_script(facts: OwnFacts) -> Script:
    """A sentence, a photo, or nothing."""
    question = OpenQuestion("tell", required=True, options=(NONE,))
    return (yield from ask(Form("own_name", (question, Photos("photo", 1)), shown_participant(facts.participant))))


def tell_finish(draft: Draft, facts: OwnFacts, turn: Turn, store: Store) -> list[Say]:
    """Keep what was told."""
    if not facts.participant.is_of(turn.actor.person):
        return [Say("help.not_yours")]
    photo = draft.get("photo")
    words = draft["tell"].words[:LONGEST_TASK] if draft["tell"].how == TEXT else None
    shown = Id(UUID(photo.value[0])) if photo and photo.how == PHOTOS else None
    store.participants.tell(facts.participant, words, shown)
    return [Say("own_name.told", shown_participant(facts.participant))] if words or shown else [Say("own_name.well")]


TELL = routes.story(Story("own_tell", Action.ENTER, "participant", own_facts, tell_script, tell_finish))
