"""The secrets that browsers hold: a name, a long piece of chance, and the program's mark that it gave it out itself.

What carries no mark of ours opens nothing, so nobody can put a secret of their own making into another's browser. The
name tells what a browser keeps unsent; it stays when the secret is renewed.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode


class Issuer:
    """Gives out secrets and knows its own again, also after a restart and in another process with the same key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def new(self) -> str:
        """A new secret under a new name."""
        return self._marked(secrets.token_hex(6), secrets.token_urlsafe(32))

    def is_ours(self, secret: str) -> bool:
        """Whether the program gave this secret out."""
        name, _, rest = secret.partition(".")
        return hmac.compare_digest(self._marked(name, rest.partition(".")[0]), secret)

    def after(self, secret: str, message: str) -> str:
        """The secret that follows another once ``message`` was taken: the same however often it is asked for."""
        return self._marked(secret.partition(".")[0], self._mark("after", secret, message))

    def elsewhere(self, secret: str, message: str) -> str:
        """As ``after``, under another name: what was left unsent before belongs to somebody else."""
        return self._marked(self._mark("name", secret, message)[:12], self._mark("elsewhere", secret, message))

    def _marked(self, name: str, chance: str) -> str:
        return f"{name}.{chance}.{self._mark('issued', name, chance)}"

    def _mark(self, *parts: str) -> str:
        made = hmac.digest(self._key, "\n".join(parts).encode("utf-8", "replace"), "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")


def chat_name(secret: str) -> str:
    """What the page keeps its unsent things under: tells browsers apart and opens nothing."""
    return hashlib.sha256(secret.partition(".")[0].encode("utf-8", "replace")).hexdigest()[:12]
