"""What the program says: one Jinja2 file per story, one macro per text, strict, autoescaped to a tiny HTML."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Macro

from campaigns.calendar import LOCAL
from campaigns.figures import written

TEXTS = Path(__file__).parent / "texts"


class UnknownText(Exception):
    """A text was named that no file has."""


class Texts:
    """Texts of one language. A macro takes by name just the values it needs; whatever it lacks is an error.

    ``voice`` is how the program speaks of itself: the kind of the unit that runs it, a commune's where none is given.
    """

    def __init__(self, language: str = "vi", voice: str | None = None) -> None:
        self._environment = _environment(language, voice)

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """The text ``file.macro`` with these values: b, i, em and br alone, everything else escaped.

        Raises UnknownText, and jinja2's UndefinedError for a value that the macro needs and did not get.
        """
        macro = self._macro(name)
        given = {argument: values[argument] for argument in macro.arguments if argument in values}
        return _lines(macro(**given))

    def plain(self, name: str, values: Mapping[str, Any]) -> str:
        """The text without marks: what stands on paper and pictures."""
        return unescape(self.render(name, values).replace("<br>", "\n"))

    def has(self, name: str) -> bool:
        """Whether there is such a text."""
        file, _, macro = name.partition(".")
        return isinstance(getattr(self._file(file), macro, None), Macro)

    def _macro(self, name: str) -> Macro:
        file, _, macro = name.partition(".")
        found = getattr(self._file(file), macro, None)
        if not isinstance(found, Macro):
            raise UnknownText(name)
        return found

    def _file(self, file: str) -> Any:
        return self._environment.get_template(f"{file}.j2").module


class _Compiled(FileSystemBytecodeCache):
    """Texts as they were compiled by an earlier process: a start takes a second less. Only ever a help.

    Each stands under a checksum of its source, in a folder that is its owner's alone.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(Exception):  # whatever is wrong with it, the text is compiled anew
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> _Compiled | None:
    """None where there is no such folder to be had."""
    with suppress(OSError, RuntimeError):
        return _Compiled()
    return None


@cache
def _environment(language: str, voice: str | None) -> Environment:
    """Templates are compiled once, however many programs are put together in a process."""
    environment = Environment(
        loader=FileSystemLoader(TEXTS / language),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_compiled(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"so": written, "local": _local, "hoa": _capitalised, "gon": _shortened}
    environment.globals["xa"] = voice or str(environment.get_template("words.j2").module.voice())  # type: ignore[attr-defined]
    return environment


def _lines(rendered: str) -> str:
    """Lines of the source are lines of the text; blank ones and indents are the writer's own."""
    lines = (" ".join(line.split()) for line in str(rendered).splitlines())
    return "<br>".join(line for line in lines if line).replace("<br><br>", "<br>")


def _local(moment: str | datetime) -> datetime:
    """A moment (or a day) in local time."""
    value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return value.astimezone(LOCAL) if value.tzinfo else value


def _shortened(text: str, longest: int) -> str:
    """The text, or as many whole words of it as fit, without a dash or comma that leads nowhere."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" -–,;:(«") + "…"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
