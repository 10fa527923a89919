"""Looking at a Zalo bot the way Zalo sees it: its settings, its token, its webhook, its month, a message on its way."""

from collections.abc import AsyncIterator
from typing import Any

from bot.channels.zalo.client import Client, Failure, QuotaGone, Refused
from bot.channels.zalo.line import path_of
from bot.channels.zalo.setup import bot_of, secret_fits
from bot.clock import Clock
from bot.doctor import Finding
from campaigns.quota import forecast, month_of
from config.settings import Settings
from config.texts import Texts
from storage.database import Database
from storage.migrate import migrate
from storage.store import Store

FROM_CLOUDFLARE = ("webhook.http.403",)
TOO_OFTEN = 426


def settings_found(settings: Settings) -> list[Finding]:
    """What the settings say about the bot, without asking anybody."""
    if settings.zalo_token is None:
        return [Finding("doctor.zalo_no_token", fine=False)]
    bot = bot_of(settings.zalo_token)
    if bot is None:
        return [Finding("doctor.zalo_token_shape", fine=False)]
    found = [Finding("doctor.zalo_token", fine=True, values={"digits": bot.partition("-")[2]})]
    if settings.zalo_secret is None:
        return [*found, Finding("doctor.zalo_polls", fine=True)]
    if not secret_fits(settings.zalo_secret):
        found.append(Finding("doctor.zalo_secret_shape", fine=False))
    if not settings.public_url.startswith("https://"):
        found.append(Finding("doctor.zalo_no_address", fine=False))
    return found


def month_found(settings: Settings) -> list[Finding]:
    """What the ledger says of this month, where the program has run here before."""
    if settings.zalo_token is None or not (bot := bot_of(settings.zalo_token)):
        return []
    if settings.database is None and not (settings.data / "thidua.db").exists():
        return []
    database, now = Database(settings.database_url("thidua")), Clock().now().machine
    migrate(database)
    try:
        with database.transaction() as session:
            quotas = Store.reading(session).quotas
            spent, used_up = quotas.spent(bot, month_of(now)), quotas.used_up_until(bot, now) is not None
    finally:
        database.close()
    values = {"spent": spent, "messages": settings.zalo_messages, "foreseen": forecast(spent, now)}
    return [Finding("doctor.zalo_quota_gone" if used_up else "doctor.zalo_month", fine=not used_up, values=values)]


async def looked(settings: Settings, chat: str | None = None) -> AsyncIterator[Finding]:
    """Everything there is to find, in the order in which it must be put right; stops where going on is of no use."""
    found = settings_found(settings)
    for finding in found:
        yield finding
    if not all(finding.fine for finding in found) or settings.zalo_token is None:
        return
    client = Client(settings.zalo_token, settings.zalo_host)
    try:
        async for finding in _asked(client, settings, chat):
            yield finding
    finally:
        await client.close()


async def _asked(client: Client, settings: Settings, chat: str | None) -> AsyncIterator[Finding]:
    who = await _who(client)
    yield who
    if not who.fine:
        return
    yield Finding("doctor.zalo_groups", fine=True, values={"may": who.values["may_join_groups"]})
    async for finding in _webhook(client, settings):
        yield finding
    if chat:
        yield await _test_message(client, chat)


async def _who(client: Client) -> Finding:
    try:
        said = await client.call("getMe")
    except Refused as refused:
        text = "doctor.zalo_token_refused" if refused.code == 401 else "doctor.zalo_refused"
        return Finding(text, fine=False, values=_told(refused))
    except Failure:
        return Finding("doctor.zalo_not_reached", fine=False)
    name = said.get("account_name", "") if isinstance(said, dict) else ""
    may = bool(isinstance(said, dict) and said.get("can_join_groups"))
    return Finding("doctor.zalo_known", fine=True, values={"name": name, "may_join_groups": may})


async def _webhook(client: Client, settings: Settings) -> AsyncIterator[Finding]:
    """Whether Zalo calls where we listen, and what it hears when it does."""
    if settings.zalo_secret is None or settings.zalo_token is None:
        return
    ours = settings.public_url.rstrip("/") + path_of(bot_of(settings.zalo_token) or "")
    try:
        info = await client.call("getWebhookInfo")
        url = info.get("url", "") if isinstance(info, dict) else ""
        if url != ours:
            yield Finding("doctor.zalo_other_webhook", fine=False, values={"url": url, "ours": ours})
            return
        yield Finding("doctor.zalo_webhook", fine=True, values={"url": url})
        yield _verified(await client.call("testWebhook"))
    except Refused as refused:
        text = "doctor.zalo_tested_often" if refused.code == TOO_OFTEN else "doctor.zalo_refused"
        yield Finding(text, fine=refused.code == TOO_OFTEN, values=_told(refused))
    except Failure:
        yield Finding("doctor.zalo_not_reached", fine=False)


def _verified(said: Any) -> Finding:
    """What Zalo heard when it called us; a 403 before our door is a guard that does not like Zalo's Java."""
    said = said if isinstance(said, dict) else {}
    outcome, status = str(said.get("outcome", "")), said.get("status_code")
    if said.get("ok"):
        return Finding("doctor.zalo_calls", fine=True, values={"milliseconds": said.get("latency_ms", 0)})
    text = "doctor.zalo_cloudflare" if outcome in FROM_CLOUDFLARE else "doctor.zalo_cannot_call"
    return Finding(text, fine=False, values={"outcome": outcome, "status": status})


async def _test_message(client: Client, chat: str) -> Finding:
    try:
        await client.call("sendMessage", {"chat_id": chat, "text": Texts().plain("doctor.zalo_test_message", {})})
    except Refused as refused:
        return Finding("doctor.zalo_refused", fine=False, values=_told(refused))
    except QuotaGone:
        return Finding("doctor.zalo_quota_gone", fine=False)
    except Failure:
        return Finding("doctor.zalo_not_reached", fine=False)
    return Finding("doctor.zalo_test_sent", fine=True)


def _told(refused: Refused) -> dict[str, Any]:
    return {"code": refused.code, "words": refused.description}
