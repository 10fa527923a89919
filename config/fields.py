"""What the fields of a written file may hold, and each the one way of writing it."""

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Annotated, LiteralString, TypeVar, cast, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from campaigns.figures import scaled
from campaigns.month import Month, When
from config.written import Code, Fault, Written, read

T = TypeVar("T")
FieldsT = TypeVar("FieldsT", bound="Fields")


class Fields(BaseModel):
    """Fields of a file; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_min_length=1)


def read_fields(file: Path, fields: type[FieldsT]) -> tuple[FieldsT, Written]:
    """The fields of a file and where they stand. Raises CampaignFileError for the first thing that is wrong."""
    written = read(file)
    try:
        return fields.model_validate(written.data), written
    except ValidationError as wrong:
        raise written.first(map(_fault, wrong.errors())) from None


def _as_written(pattern: str, code: LiteralString, make: Callable[[str], T]) -> BeforeValidator:
    """Takes exactly one way of writing a value, so that no other is ever misread."""

    def made(value: object) -> T:
        try:
            if isinstance(value, str) and re.fullmatch(pattern, value):
                return make(value)
        except ValueError:
            pass
        raise PydanticCustomError(code, code)

    return BeforeValidator(made)


# "3.994" is 3994 to who writes it here and 3.994 to a computer: three digits after the only point are refused.
Amount = Annotated[int, _as_written(r"-?\d+(\.\d{1,2}|\.\d{4})?", "not_a_number", scaled)]
Count = Annotated[int, _as_written(r"\d{1,6}", "not_a_number", int)]
Offset = Annotated[int, _as_written(r"-?\d{1,3}", "not_a_number", int)]
Day = Annotated[date, _as_written(r"\d{4}-\d\d-\d\d", "not_a_date", date.fromisoformat)]


def _when(text: str) -> When:
    if text.count("-") == 2:
        return date.fromisoformat(text)
    first = date.fromisoformat(f"{text}-01")
    return Month(first.year, first.month)


# A day, or a month where the plan names no day.
DayOrMonth = Annotated[When, _as_written(r"\d{4}-\d\d(-\d\d)?", "not_a_date", _when)]
Clock = Annotated[time, _as_written(r"\d\d:\d\d", "not_a_time", time.fromisoformat)]
Phone = Annotated[str, _as_written(r"0\d{3} \d{3} \d{3}", "not_a_phone", str)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

_CODES: dict[str, Code] = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "enum": "not_a_choice",
    "literal_error": "not_a_choice",
    "bool_parsing": "not_yes_or_no",
    "bool_type": "not_yes_or_no",
    "string_type": "not_text",
    "string_too_short": "not_text",
    "string_pattern_mismatch": "not_a_key",
    "tuple_type": "not_a_list",
    "model_type": "not_fields",
    "dict_type": "not_fields",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}


def _fault(error: ErrorDetails) -> Fault:
    kind, found = error["type"], error["input"]
    code = cast(Code, kind) if kind in get_args(Code) else _CODES.get(kind, "not_understood")
    field = tuple(part for part in error["loc"] if part != "[key]")
    shown = str(field[-1]) if code == "unknown_field" else found if isinstance(found, str) else ""
    return Fault(field, code, shown)
