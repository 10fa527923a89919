"""Telegram, on aiogram's session, types, methods and failures; imported only where a Telegram bot is set up."""
