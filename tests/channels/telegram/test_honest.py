"""What the fake holds against a call: every name that either of the two clients would not know."""

from typing import Any

from tests.fakes.telegram.honest import call_faults

SAID = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private", "first_name": "Hyưh"}, "text": "một"}
ASKED = {"chat_id": "1", "text": "một"}


def complaints(**more: Any) -> list[str]:
    """What is wrong with a message that has this besides."""
    return call_faults("sendMessage", {**ASKED, **more}, SAID)


def test_it_finds_nothing_wrong_with_a_call_that_both_clients_know() -> None:
    assert complaints(parse_mode="HTML") == []


def test_it_knows_a_wrong_name_however_long_it_is() -> None:
    assert complaints(parse_modes="x") == ["sendMessage: nobody knows the parameter parse_modes"]
    assert complaints(link_preview_option="{}") == ["sendMessage: nobody knows the parameter link_preview_option"]


def test_it_takes_a_file_only_where_something_points_to_it() -> None:
    album = [{"type": "photo", "media": "attach://attached0"}, {"type": "photo", "media": "attach://Jx7_k-3dWq"}]
    given = {"chat_id": "1", "media": str(album).replace("'", '"'), "attached0": b"one", "Jx7_k-3dWq": b"two"}
    assert call_faults("sendMediaGroup", given, [SAID, SAID]) == []
    unasked = call_faults("sendMediaGroup", given | {"attached2": b"three"}, [SAID, SAID])
    assert unasked == ["sendMediaGroup: nobody knows the parameter attached2"]


def test_it_takes_no_words_for_a_file() -> None:
    words = complaints(caption="attach://parse_modes", parse_modes="x")
    assert "sendMessage: nobody knows the parameter parse_modes" in words
