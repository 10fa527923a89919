"""What Zalo takes and what it refuses, written down once: the shapes of calls, of events, and of answers."""

import re
from typing import Any

KNOWN_STYLES = (
    {"b", "i", "u", "s", "f_13", "f_15", "f_18", "f_20", "lst_1", "lst_2"}
    | {f"ind_{n}" for n in range(1, 6)}
    | {"c_050a19", "c_15a85f", "c_f7b503", "c_f27806", "c_db342e"}
)
FIELDS = {
    "getMe": set[str](),
    "getUpdates": {"timeout"},
    "setWebhook": {"url", "secret_token"},
    "deleteWebhook": set[str](),
    "getWebhookInfo": set[str](),
    "testWebhook": set[str](),
    "sendMessage": {"chat_id", "text", "parse_mode", "text_styles"},
    "sendPhoto": {"chat_id", "photo", "caption"},
    "sendSticker": {"chat_id", "sticker"},
    "sendVoice": {"chat_id", "voice_url"},
    "sendChatAction": {"chat_id", "action"},
}
SENDS = ("sendMessage", "sendPhoto", "sendSticker", "sendVoice")
LONGEST = 2_000
OUTSIDE = re.compile(r"https://(?!localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)[^/\s]+")


class No(Exception):
    """What Zalo says no to, in its own numbers. Sent with HTTP 200."""

    def __init__(self, code: int, description: str, spelled: str = "error_code") -> None:
        super().__init__(code, description)
        self.answer = {"ok": False, "description": description, spelled: code}


def check(method: str, fields: dict[str, Any]) -> None:
    """Raises No for whatever the method does not take."""
    if method not in FIELDS:
        raise No(404, "Not Found")
    strange = fields.keys() - FIELDS[method]
    if strange:
        raise No(400, f"Bad request: unknown {sorted(strange)}")
    if method in SENDS and not isinstance(fields.get("chat_id"), str):
        raise No(400, "Bad request: chat_id")
    if method in _CHECKS:
        _CHECKS[method](fields)


def _check_message(fields: dict[str, Any]) -> None:
    _check_text(fields.get("text"), "text")
    _check_styles(fields)


def _check_photo(fields: dict[str, Any]) -> None:
    if not re.match(r"https?://", str(fields.get("photo"))):
        raise No(400, "Bad request: photo is no public URL")
    if "caption" in fields:
        _check_text(fields["caption"], "caption")


def _check_text(text: Any, name: str) -> None:
    if not isinstance(text, str) or not 1 <= units(text) <= LONGEST or not text.strip():
        raise No(400, f"Bad request: {name} must have 1 to {LONGEST} characters")


def _check_styles(fields: dict[str, Any]) -> None:
    if fields.get("parse_mode", "html") not in ("markdown", "html"):
        raise No(400, "Bad request: parse_mode")
    styles, encoded = fields.get("text_styles", []), fields["text"].encode("utf-16-le")
    if not isinstance(styles, list):
        raise No(400, "Bad request: text_styles")
    for style in styles:
        _check_style(style, encoded)


def _check_style(style: Any, encoded: bytes) -> None:
    if not isinstance(style, dict) or style.keys() != {"start", "len", "st"}:
        raise No(400, "Bad request: a style has start, len and st")
    start, length, marks = style["start"], style["len"], style["st"]
    if type(start) is not int or type(length) is not int or start < 0 or length < 1:
        raise No(400, "Bad request: a style's place")
    if (start + length) * 2 > len(encoded) or _splits(encoded, start) or _splits(encoded, start + length):
        raise No(400, "Bad request: a style beyond its text")
    if not isinstance(marks, list) or not marks or not set(marks) <= KNOWN_STYLES:
        raise No(400, "Bad request: st")


def _splits(encoded: bytes, at: int) -> bool:
    """Whether a place lies within a character that takes two units."""
    return 0xDC00 <= int.from_bytes(encoded[at * 2 : at * 2 + 2], "little") <= 0xDFFF


def _check_webhook(fields: dict[str, Any]) -> None:
    if not OUTSIDE.match(str(fields.get("url"))):
        raise No(400, "Bad request: url must be a public https address")
    if not isinstance(fields.get("secret_token"), str) or not 8 <= len(fields["secret_token"]) <= 256:
        raise No(400, "Bad request: secret_token must have 8 to 256 characters")


_CHECKS = {"sendMessage": _check_message, "sendPhoto": _check_photo, "setWebhook": _check_webhook}


def units(text: str) -> int:
    """How long a text is for Zalo."""
    return len(text.encode("utf-16-le")) // 2


def event(name: str, chat: str, number: str, at: int, *, group: bool = False, **fields: Any) -> dict[str, Any]:
    """An event as Zalo's calls carry it: flat."""
    sender = chat if not group else "f" * 20
    message = {
        "message_id": number,
        "date": at,
        "from": {"id": sender, "display_name": "Ted", "is_bot": False},
        "chat": {"id": chat, "chat_type": "GROUP" if group else "PRIVATE"},
        **fields,
    }
    return {"event_name": f"message.{name}.received", "message": message}
