"""A Bot API server over real HTTP: Telegram's updates, methods, limits and errors, and people who use it.

As strict as the real one, and where that is not known stricter. ``honest`` checks everything that goes in and out
against the types of aiogram and of python-telegram-bot.
"""

from tests.fakes.telegram.server import FakeTelegram

__all__ = ["FakeTelegram"]
