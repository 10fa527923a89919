"""The choice below a screen by which what it shows is had as a file."""

from campaigns.document import Kind
from campaigns.ids import Id
from dialogue.say import Choice


def offered(kind: Kind, subject: Id) -> Choice:
    """Offered as a button only: where there are none, the text says what to type."""
    return Choice(f"buttons.document_{kind}", f"document.{kind}:{subject}", typed=True)
