"""Whatever officers, heads and neighbours do in whatever order: no group hears a name without that person's yes."""

from random import Random

import pytest

from campaigns import highlight as rules
from campaigns.highlight import State, Step
from dialogue.say import Choice
from handlers import highlights
from tests.conftest import Copies
from tests.stage import Stage

ORDERS = 6
NAMES = ("Blĕnh", "Krŏng")
GROUP = "Nhóm xã"
ACTS = ("_agrees", "_agrees", "_posts", "_posts", "_posts", "_withdraws", "_refuses", "_declines")


def prepared(copies: Copies, kind: str) -> str:
    """A group is linked, and two people who can be asked were told of."""
    stage = Stage(copies.copy(kind), copies.invitations)
    stage.joins("Hyưh", "Hà", *NAMES)
    stage.says("Hà", "nhóm")
    stage.presses("Hà", "Thêm nhóm")
    stage.presses("Hà", "Người tốt, việc tốt")
    code = stage.says("Hà", "Nhóm xã")[-1].split(": ")[1][:9]
    stage.says(GROUP, f"@xã {code}")
    for name, place in zip(NAMES, ("Kon Bla", "Đăk Tơ"), strict=True):
        for words in ("nêu gương", name, "nơi khác", place, "Sửa cầu treo", "hôm qua", "người lớn", "đồng ý"):
            stage.says("Hyưh", words)
    return stage.url


class Order:
    """A random order of acts; what each person has said is kept apart from the program."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.chance = Random(seed)
        self.yes: dict[str, bool] = dict.fromkeys(NAMES, False)
        self.posted = 0

    def acts(self) -> None:
        """Somebody does something, and what the group has heard is checked."""
        getattr(self, self.chance.choice(ACTS))()
        shown = [text for text in self.stage.screen(GROUP) if "Người tốt, việc tốt" in text and "Sửa cầu" in text]
        self.posted += bool(shown)
        for name in NAMES:
            assert self.yes[name] or not [text for text in shown if name in text], f"{name} is named without a yes"

    def _agrees(self) -> None:
        name = self.chance.choice(NAMES)
        self.stage.says(name, "gương")
        if "đồng ý để xã nêu tên" in self.stage.screen(name)[-1]:
            self.stage.says(name, "đồng ý không ảnh")
            self.yes[name] = True

    def _refuses(self) -> None:
        name = self.chance.choice(NAMES)
        self.stage.says(name, "gương")
        if "đồng ý để xã nêu tên" in self.stage.screen(name)[-1]:
            self.stage.says(name, "không")

    def _withdraws(self) -> None:
        name = self.chance.choice(NAMES)
        self.stage.says(name, "rút lại")
        self.yes[name] = False

    def _posts(self) -> None:
        self._presses("Đăng")

    def _declines(self) -> None:
        self._presses("Cảm ơn, không đăng")

    def _presses(self, label: str) -> None:
        """The officer opens one, and presses even a button of an older screen."""
        self.stage.says("Hà", "gương")
        of = self.stage.recorder.screen("Hà")[-1].parcel.buttons
        if of:
            self.stage.presses_data("Hà", self.chance.choice(of).data)
        labels = {b.label: b.data for m in self.stage.recorder.screen("Hà")[-3:] for b in m.parcel.buttons}
        if label in labels:
            self.stage.presses_data("Hà", labels[label])


def plays(copies: Copies, seed: int) -> int:
    """Play one order; how often anything was posted."""
    url = copies.of("sqlite", "two were told of", prepared)
    order = Order(Stage(url, copies.invitations), seed)
    for _ in range(14):
        order.acts()
    copies.drop(url)
    return order.posted


@pytest.mark.parametrize("part", range(2))
def test_no_group_hears_a_name_without_a_yes(copies: Copies, part: int) -> None:
    assert sum(plays(copies, seed) for seed in range(part, ORDERS, 2)) > 0, "nothing was ever posted"


def test_it_would_notice_a_post_without_a_yes(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules.TRANSITIONS, (State.NOMINATED, Step.APPROVE), State.APPROVED)
    choices = highlights._choices

    def also_post(highlight: rules.Highlight) -> object:
        post = Choice("buttons.highlight_post", f"highlight.post:{highlight.id}:{highlight.revision}")
        return (*choices(highlight), *([post] if highlight.state is State.NOMINATED else []))

    monkeypatch.setattr(highlights, "_choices", also_post)
    monkeypatch.setattr(highlights, "MAY_BE_POSTED", (State.NOMINATED, State.CONSENTED))
    with pytest.raises(AssertionError, match="without a yes"):
        sum(plays(copies, seed) for seed in range(ORDERS))
