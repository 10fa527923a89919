"""A bot on aiogram's own polling: works a moment, then answers."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.peers import WORK


async def answer(message: Message) -> None:
    """What a handler usually does."""
    await asyncio.sleep(WORK)
    await message.answer(f"đã nhận: {message.text}")


async def main() -> None:
    """Poll until killed."""
    server = TelegramAPIServer.from_base(os.environ["THIDUA_TELEGRAM_API"])
    bot = Bot(os.environ["THIDUA_TELEGRAM_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
