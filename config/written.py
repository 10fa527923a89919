"""Reads YAML files that people write as plain text with its lines, and says where something is wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

FieldPath = tuple[str | int, ...]
Code = Literal[
    "not_readable",
    "not_yaml",
    "twice",
    "missing",
    "unknown_field",
    "not_wanted",
    "not_a_choice",
    "not_yes_or_no",
    "not_text",
    "not_a_key",
    "not_a_list",
    "not_fields",
    "not_a_number",
    "not_a_date",
    "not_a_time",
    "not_a_phone",
    "not_understood",
    "out_of_range",
    "unknown_parent",
    "unknown_area",
    "unknown_measure",
    "unknown_target",
    "done_or_not",
    "more_than_all",
    "not_to_confirm",
    "ends_before_start",
    "moments_out_of_order",
    "other_campaign",
    "not_asked",
    "never_asked",
    "asks_percentage",
    "too_many_figures",
    "not_wanted_here",
    "less_than_goal",
    "unknown_cluster",
    "unknown_unit",
    "unknown_deadline",
    "deadline_not_planned",
    "no_waves",
]
_ABSENT = ("missing", "not_asked", "not_to_confirm", "deadline_not_planned")


@dataclass(frozen=True)
class Fault:
    """Something wrong at a field; ``code`` names the text about it in ``campaign_file.j2``."""

    field: FieldPath
    code: Code
    found: str = ""


class CampaignFileError(Exception):
    """A file that cannot be used: where, what (``code``, a text in ``campaign_file.j2``), and how it would be right.

    ``line`` counts from 1, and so do the places in lists: ``targets[3].goal`` is the third target's.
    """

    def __init__(self, file: Path, line: int, fault: Fault) -> None:
        self.file, self.line, self.code = file, line, fault.code
        self.field = _spelled(fault.field)
        self.found = fault.found[:60]
        self.example = _EXAMPLES.get(next((str(p) for p in reversed(fault.field) if isinstance(p, str)), ""), "")
        super().__init__(f"{file}:{line}: {self.field}: {self.code}")

    @property
    def values(self) -> dict[str, str | int]:
        """What every text about it is given."""
        return {
            "file": self.file.name,
            "line": self.line,
            "field": self.field,
            "found": self.found,
            "example": self.example,
        }


@dataclass(frozen=True)
class Written:
    """What a file says, all of it text, and the line that each field stands on."""

    file: Path
    data: Any
    lines: dict[FieldPath, int]

    def line(self, field: FieldPath) -> int:
        """The line of a field, of what surrounds it where the field itself is missing."""
        while field and field not in self.lines:
            field = field[:-1]
        return self.lines.get(field, 1)

    def first(self, faults: Iterable[Fault]) -> CampaignFileError:
        """The error about the fault that stands first in the file; raises ValueError where there is none.

        What is absent comes last: most often it is there under a misspelled name, which is what should be told.
        """
        fault = min(faults, key=lambda fault: (fault.code in _ABSENT, self.line(fault.field)))
        return CampaignFileError(self.file, self.line(fault.field), fault)


class _Loader(yaml.SafeLoader):
    """Every value is text until its field says what it is: no "no" that is false, no 16:00 that is 960."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}


def read(file: Path) -> Written:
    """What the file says. Raises CampaignFileError where it is no readable YAML or says a field twice."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise CampaignFileError(file, 1, Fault((), "not_readable")) from None
    try:
        root = yaml.compose(text, _Loader)
    except (yaml.YAMLError, RecursionError) as wrong:
        raise CampaignFileError(file, _line_of(wrong, text), Fault((), "not_yaml")) from None
    walk = _Walk(file, text, {})
    return Written(file, walk.value(root, ()), walk.lines)


def _line_of(wrong: Exception, text: str) -> int:
    mark = getattr(wrong, "problem_mark", None)
    return _line_at(mark.index if mark else getattr(wrong, "position", 0), text)


def _line_at(index: int, text: str) -> int:
    """The line as editors count; the marks' own count takes U+2028 and the like for line ends."""
    return text.count("\n", 0, index) + 1


@dataclass(frozen=True)
class _Walk:
    file: Path
    text: str
    lines: dict[FieldPath, int]

    def value(self, node: yaml.Node | None, at: FieldPath) -> Any:
        """What a node says, with the line of every field in it kept."""
        if node is not None:
            self.lines.setdefault(at, _line_at(node.start_mark.index, self.text))
        if isinstance(node, yaml.MappingNode):
            return {key: self.value(child, (*at, key)) for key, child in self._pairs(node, at)}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*at, place)) for place, child in enumerate(node.value)]
        return _text(node)

    def _pairs(self, node: yaml.MappingNode, at: FieldPath) -> Iterator[tuple[str, yaml.Node]]:
        for key_node, child in node.value:
            key, line = str(key_node.value), _line_at(key_node.start_mark.index, self.text)
            if (*at, key) in self.lines:
                raise CampaignFileError(self.file, line, Fault((*at, key), "twice", key))
            self.lines[*at, key] = line
            yield key, child


def _text(node: yaml.Node | None) -> str | None:
    """An unquoted nothing, ``null`` or ``~`` is none; quoted they are what they say."""
    if not isinstance(node, yaml.ScalarNode) or (node.style is None and node.value in ("", "null", "~")):
        return None
    return node.value if isinstance(node.value, str) else None


def _spelled(field: FieldPath) -> str:
    parts = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in field)
    return parts.removeprefix(".")


_EXAMPLES = {
    "goal": "9007.4",
    "previous": "41.5",
    "allocations": "gieo-trong: 462",
    "date": "2022-03-07",
    "start": "2022-04-29",
    "end": "2022-06-02",
    "season": "[2022-04-15, 2022-09-30]",
    "at": '"18:30"',
    "phone": "0905 000 101",
    "key": "gieo-trong",
    "slug": "lo-ku-2022",
    "measure": "ha",
    "comparator": '"<"',
    "comparator_stated": "true",
    "direction": "up",
    "kind": "running_total",
    "holder": "village",
    "rhythm": "week",
    "begins": "friday",
    "criteria": "[1, 15]",
    "out_of": "19",
    "to_confirm": "[start, end, cadence]",
    "goal_to": "3",
    "when": "2020-06",
    "limit": "before",
    "cadence": "quarter",
    "kinds": "[launch, publicity]",
    "who": "[xa, truong]",
    "within": "phong-gd",
    "cluster": "xa",
    "on": "[2022-05-20]",
    "deadline": "trien-khai",
}
