"""What a unit is asked on registering, and how its answers are read: tasks, works one by one, the day of the pledge."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.calendar import local_day
from campaigns.edition import Edition
from campaigns.entry import Chosen, Invited, Offered, chosen, offered, signed_on
from campaigns.ids import Id
from campaigns.measure import MEASURES
from campaigns.registration import Entry, Registration, Undertaking
from campaigns.work_words import Unread, read_work
from dialogue.answers import CHOICE, Answer
from dialogue.forms import Draft, Form, Option, Photos, Script, ask
from dialogue.forms import Story as OpenQuestion
from dialogue.say import person, unit
from storage.store import Store

SAID_AT_MOST = 60

NONE = Option("none", "buttons.no_task", ("khong", "ko", "khong co"))
ENOUGH = Option(
    "enough", "buttons.enough", ("du roi", "thoi du roi", "thoi, du roi", "thoi", "du", "het", "khong", "xong")
)
NOT_SIGNED = Option("not_signed", "buttons.not_signed", ("chua", "chua ky", "khong", "ko"))


@dataclass(frozen=True)
class Facts:
    """The registration, the edition it is for, and what the plan invites such a unit to; perhaps said by phone."""

    registration: Registration
    edition: Edition
    invited: Invited
    by_phone: bool = False
    head: Id | None = None

    @property
    def offered(self) -> Offered:
        """What it may choose among."""
        return offered(self.edition.campaign, self.edition.choices, self.registration.names)

    @property
    def about(self) -> dict[str, Any]:
        """What every text of registering may name."""
        choices = self.edition.choices
        return {
            **about_campaign(self.edition),
            "unit": unit(self.registration.unit),
            "head": person(self.head) if self.head else None,
            "until": choices.last_day_to_register().isoformat(),
            "tasks": self.invited.tasks,
            "works": self.invited.works,
            "pledge": self.invited.pledge,
            "at_least": self.invited.quota.at_least,
            "at_most": self.invited.quota.at_most,
            "limited": self.invited.limited,
            "allied": self.registration.allied,
            "by_phone": self.by_phone,
        }


def about_campaign(edition: Edition) -> dict[str, Any]:
    """A campaign's title and days, as texts show them."""
    choices = edition.choices
    days = {"start": choices.start.isoformat(), "end": choices.end.isoformat()}
    return {"title": edition.campaign.plan.title, **days}


def asked_tasks(facts: Facts) -> Script:
    """Headings and targets by number or a task in words of one's own, where the plan lets units choose."""
    draft: Draft = {}
    if facts.invited.tasks is None:
        return draft
    tries, said = 0, ""
    while tries == 0 or chosen_in(draft, facts) is None:
        values = {**facts.about, **shown_offer(facts), "said": said}
        question = OpenQuestion(f"tasks_{tries}", required=True, options=(NONE,), text="tasks")
        draft |= yield from ask(Form("registration", (question,), values))
        said = _last_said(draft)
        tries += 1
    return draft


def shown_offer(facts: Facts) -> dict[str, Any]:
    """What may be chosen, as texts show it."""
    return {"areas": list(facts.offered.areas), "offered": [one.name for one in facts.offered.targets]}


def chosen_in(draft: Draft, facts: Facts) -> Chosen | None:
    """What was chosen last; nothing where nobody was asked or wanted to, none where it was not offered."""
    said = [one for key, one in draft.items() if key.startswith("tasks_")]
    if not said or is_option(said[-1], NONE) or said[-1].value is None:
        return Chosen(())
    return chosen(said[-1].words, facts.offered)


def asked_works(facts: Facts) -> Script:
    """Works one by one until there are enough; what cannot be read is asked again with an example."""
    draft: Draft = {}
    tries, told, enough = 0, "", facts.invited.works is None
    while not enough and facts.invited.quota.has_room(len(works_in(draft))):
        values = {**facts.about, "named": shown_works(works_in(draft)), "why": told, "said": _last_said(draft)}
        question = OpenQuestion(f"work_{tries}", required=True, options=(ENOUGH,), text="work")
        draft |= yield from ask(Form("registration", (question,), values))
        answer = draft[f"work_{tries}"]
        enough = is_option(answer, ENOUGH) and (
            told == "fewer" or not facts.invited.quota.missing(len(works_in(draft)))
        )
        told = "fewer" if is_option(answer, ENOUGH) else _why(answer, draft)
        tries += 1
    return draft


def is_option(answer: Answer, option: Option) -> bool:
    """Whether an answer is that option."""
    return answer.how == CHOICE and answer.value == option.key


def _last_said(draft: Draft) -> str:
    return list(draft.values())[-1].words[:SAID_AT_MOST] if draft else ""


def _why(answer: Answer, draft: Draft) -> str:
    """Why the words are no work; nothing where they are one."""
    before = works_in({key: one for key, one in draft.items() if one is not answer})
    read = read_work(answer.words, before)
    return str(read.why) if isinstance(read, Unread) else ""


def works_in(draft: Draft) -> tuple[Undertaking, ...]:
    """The works that were named, in order."""
    named: list[Undertaking] = []
    for key, answer in draft.items():
        if key.startswith("work_") and not is_option(answer, ENOUGH):
            read = read_work(answer.words, named)
            named += [read] if isinstance(read, Undertaking) else []
    return tuple(named)


def asked_pledge(facts: Facts) -> Script:
    """The day on which the paper was signed, and a photo of it; the program records it and never signs."""
    draft: Draft = {}
    if facts.invited.pledge is None:
        return draft
    tries, said = 0, ""
    while tries == 0 or (signed_in(draft) is None and not is_option(draft[f"pledge_{tries - 1}"], NOT_SIGNED)):
        question = OpenQuestion(f"pledge_{tries}", required=True, options=(NOT_SIGNED,), text="sign")
        values = {**facts.about, "said": said}
        draft |= yield from ask(Form("registration", (question, Photos(f"paper_{tries}", 1)), values))
        said = draft[f"pledge_{tries}"].words[:SAID_AT_MOST]
        tries += 1
    return draft


def signed_in(draft: Draft) -> Any:
    """The day that was said; none where the paper is not signed."""
    said = [one for key, one in draft.items() if key.startswith("pledge_") and not is_option(one, NOT_SIGNED)]
    days = [signed_on(one.words, local_day(datetime.fromisoformat(one.said_at))) for one in said]
    return next((day for day in days if day), None)


def entry_in(draft: Draft, facts: Facts) -> Entry:
    """All that was said, as it will be kept."""
    choice = chosen_in(draft, facts) or Chosen(())
    photos = [photo for key, one in draft.items() if key.startswith("paper_") for photo in one.value]
    signed = signed_in(draft)
    return Entry(
        works=works_in(draft),
        tasks=choice.tasks,
        targets=choice.targets,
        pledge_signed_on=signed,
        pledge_photo=Id(UUID(photos[-1])) if photos and signed else None,
    )


def shown_works(works: tuple[Undertaking, ...]) -> list[dict[str, Any]]:
    """Works as texts show them, amounts in ten-thousandths."""
    return [{"label": one.label, "goal": one.goal, "measure": MEASURES[one.measure].name} for one in works]


def shown_entry(entry: Entry, facts: Facts) -> dict[str, Any]:
    """What is registered, as every text shows it."""
    return {
        "chosen": list(entry.tasks),
        "aims": [one.label for one in entry.targets],
        "named": shown_works(entry.works),
        "signed": entry.pledge_signed_on.isoformat() if entry.pledge_signed_on else None,
        "paper": entry.pledge_photo is not None,
        "fewer": facts.invited.quota.missing(len(entry.works)) if facts.invited.works else 0,
    }


def entry_of(registration: Registration, store: Store) -> Entry:
    """What is registered now."""
    named = store.campaigns.undertakings(registration.id)
    works, targets = ([one for one in named if one.of_the_plan is of_the_plan] for of_the_plan in (False, True))
    signed, paper = registration.pledge_signed_on, registration.pledge_photo
    return Entry(tuple(works), registration.tasks, tuple(targets), signed, paper)
