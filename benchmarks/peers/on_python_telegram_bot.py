"""A bot on python-telegram-bot's own polling: works a moment, then answers."""

import asyncio
import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.peers import WORK


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """What a handler usually does."""
    assert update.message
    await asyncio.sleep(WORK)
    await update.message.reply_text(f"đã nhận: {update.message.text}")


def main() -> None:
    """Poll until killed."""
    api = os.environ["THIDUA_TELEGRAM_API"]
    made = Application.builder().token(os.environ["THIDUA_TELEGRAM_TOKEN"]).base_url(f"{api}/bot").build()
    made.add_handler(MessageHandler(filters.TEXT, answer))
    made.run_polling()


if __name__ == "__main__":
    main()
