"""A small client of the Zalo Bot API.

Zalo answers HTTP 200 also where it refuses, so what happened is read from the body; every failure is a type of its own.
The token stands in the address of each call: no failure carries an address, so none can tell it.
"""

import json
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    TCPConnector,
)
from pydantic import SecretStr

SECONDS = 30.0
TO_CONNECT = 10.0
ASKED_BEFORE = (500, 504)  # answers of a front door that may have passed the call on; others have not


class Failure(Exception):
    """Zalo did not do what was asked."""


class NotReached(Failure):
    """There was no connection, so nothing was accepted."""


class Down(Failure):
    """A page or an error stood before Zalo (502, 503, HTML): nothing was accepted."""


class CutOff(Failure):
    """Sent, but no answer that says anything: nobody knows whether it was accepted."""


class Idle(Failure):
    """Nothing within the time asked for (408): how a poll ends when nobody wrote."""


class QuotaGone(Failure):
    """The month's messages are used up (429)."""


class Refused(Failure):
    """Zalo read it and said no: its code and its words."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description


class Client:
    """Calls one bot's methods."""

    def __init__(self, token: SecretStr, host: str, seconds: float = SECONDS) -> None:
        self._token = token
        self._host = host.rstrip("/")
        self._seconds = seconds
        self._session: ClientSession | None = None

    async def call(self, method: str, fields: dict[str, Any] | None = None, seconds: float | None = None) -> Any:
        """What Zalo says the method came to. Raises a Failure, and nothing else."""
        timeout = ClientTimeout(total=seconds or self._seconds, sock_connect=TO_CONNECT)
        try:
            async with self._open().post(
                f"{self._host}/bot{self._token.get_secret_value()}/{method}",
                json=fields or {},
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                status, body = answer.status, await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError):
            raise NotReached from None
        except (TimeoutError, ClientError, OSError):
            raise CutOff from None
        return self._result(status, body)

    def _open(self) -> ClientSession:
        """A connection of its own for each call: a kept one may be dead, and then nobody knows what it carried."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=TCPConnector(force_close=True))
        return self._session

    async def fetch(self, address: str, at_most: int) -> tuple[int, bytes]:
        """The status and the content of a photo's address, cut off one byte beyond ``at_most``. Raises a Failure."""
        try:
            async with self._open().get(address, timeout=ClientTimeout(total=60, sock_connect=TO_CONNECT)) as answer:
                content = b""
                async for piece in answer.content.iter_chunked(65_536):
                    content += piece
                    if len(content) > at_most:
                        break
                return answer.status, content
        except (TimeoutError, ClientError, OSError, ValueError):
            raise NotReached from None

    def _result(self, status: int, body: bytes) -> Any:
        said = _json_of(body)
        if said is None or not isinstance(said.get("ok"), bool):
            raise CutOff if status in ASKED_BEFORE or (status < 300 and not _is_page(body)) else Down
        if said["ok"]:
            return said.get("result")
        raise self._failure(said)

    def _failure(self, said: dict[str, Any]) -> Failure:
        code = said.get("error_code", said.get("errorCode", 0))
        code = code if isinstance(code, int) else 0
        if code == 408:
            return Idle()
        if code == 429:
            return QuotaGone()
        words = str(said.get("description", ""))[:200]
        return Refused(code, words.replace(self._token.get_secret_value(), "…"))

    async def close(self) -> None:
        """Let go of what is open; a later call opens it anew."""
        if self._session is not None:
            await self._session.close()


def _json_of(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _is_page(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"
