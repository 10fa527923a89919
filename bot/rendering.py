"""From what is to be said to what is shown: ids become names, texts are rendered, choices become buttons or numbers."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from uuid import UUID

from sqlmodel import Session

from bot.channels.channel import Button, File, Parcel
from campaigns.ids import Id
from campaigns.people import Person, Unit
from config.texts import Texts
from dialogue.capabilities import Capabilities
from dialogue.say import SHARE_PHONE, Choice, Lane
from dialogue.spans import spans
from storage.machine_rows import OutboxRow
from storage.people import account_value, names
from storage.rows import AccountRow


def packed_choices(choices: tuple[Choice, ...]) -> list[dict[str, Any]]:
    """Choices as plain data."""
    return [{"label": c.label, "data": c.data, "values": dict(c.values), "typed": c.typed} for c in choices]


class Renderer:
    """Renders messages for one bot's abilities, with names as they are now."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def parcel(self, row: OutboxRow, session: Session, abilities: Capabilities) -> Parcel:
        """The message as it will be sent. Raises what the texts raise: a wrong template is a fault of the program."""
        account = account_value(session.get_one(AccountRow, row.account_id))
        html, buttons = self.shown(row.text, row.content, row.choices, account.person, session, abilities)
        if row.repeated:
            html += "<br>" + self._texts.render("dialogue.repeated", {})
        assert row.id is not None
        return Parcel(
            outbox=row.id,
            account=account.id,
            chat=account.chat,
            name=row.text,
            spans=spans(html),
            buttons=buttons,
            photos=tuple(Id(UUID(photo)) for photo in row.photos),
            edits=row.edits if abilities.edits or (abilities.renews and row.lane == Lane.BULK) else None,
            repeated=row.repeated,
            replaceable=row.slot is not None,
            qr=row.content.get("qr", ""),
            recordings=tuple(Id(UUID(recording)) for recording in row.recordings),
            documents=tuple(File(Id(UUID(one["id"])), one["name"]) for one in row.documents),
        )

    def shown(
        self,
        text: str,
        values: Mapping[str, Any],
        choices: list[dict[str, Any]],
        reader: Id | None,
        session: Session,
        abilities: Capabilities,
    ) -> tuple[str, tuple[Button, ...]]:
        """The tiny HTML of a text for its reader, and its buttons; without buttons the choices are numbered lines."""
        found = _Names(session, [values, *(choice["values"] for choice in choices)], reader)
        about = {"you": found.reader, "buttons": abilities.buttons, "plays": abilities.plays}
        html = self._texts.render(text, {**found.resolve(values), **about})
        labels = [self._texts.render(c["label"], found.resolve(c["values"])) for c in choices]
        if abilities.buttons:
            shown = [one for one in zip(labels, choices, strict=True) if _can(one[1], abilities)]
            return html, tuple(Button(_unescaped(label), c["data"], c["label"]) for label, c in shown)
        numbered = [label for label, choice in zip(labels, choices, strict=True) if not choice["typed"]]
        return html + "".join(f"<br>{n}. {label}" for n, label in enumerate(numbered, 1)), ()

    def labels(self, choices: list[dict[str, Any]], session: Session) -> tuple[str, ...]:
        """What stood behind the numbers of a menu, with names as they are now."""
        found = _Names(session, [choice["values"] for choice in choices], None)
        return tuple(_unescaped(self._texts.render(c["label"], found.resolve(c["values"]))) for c in choices)


def _can(choice: Mapping[str, Any], abilities: Capabilities) -> bool:
    return abilities.shares_phone or choice["data"] != SHARE_PHONE


def _unescaped(html: str) -> str:
    return "".join(span.text for span in spans(html))


class _Names:
    """The names that some values refer to."""

    def __init__(self, session: Session, values: list[Mapping[str, Any]], reader: Id | None) -> None:
        references = [reference for value in values for reference in _references(value)]
        people = {UUID(r["id"]) for r in references if r["$"] == "person"} | ({reader} if reader else set())
        units = {UUID(r["id"]) for r in references if r["$"] == "unit"}
        self._people, self._units = names(session, people, units)
        self.reader = self._people.get(str(reader))

    def resolve(self, value: Any) -> Any:
        """The value with every reference replaced by whom or what it refers to."""
        if isinstance(value, Mapping):
            return self._named(value) if "$" in value else {k: self.resolve(v) for k, v in value.items()}
        return [self.resolve(one) for one in value] if isinstance(value, list) else value

    def _named(self, reference: Mapping[str, str]) -> Person | Unit:
        return self._people[reference["id"]] if reference["$"] == "person" else self._units[reference["id"]]


def _references(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, Mapping):
        if "$" in value:
            yield value
        else:
            for inner in value.values():
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def tiny_html(parcel_spans: tuple[Any, ...]) -> str:
    """Spans as escaped HTML of b, i, em and br, for a channel that speaks HTML."""
    return "".join(_span_html(span) for span in parcel_spans)


def _span_html(span: Any) -> str:
    html = escape(span.text).replace("\n", "<br>")
    html = f"<b>{html}</b>" if span.bold and html else html
    html = f"<em>{html}</em>" if span.urgent and html else html
    return f"<i>{html}</i>" if span.italic and html else html
