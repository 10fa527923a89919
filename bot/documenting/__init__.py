"""Making the files that were asked for, outside any turn; each comes as an answer to the chat that asked."""

from bot.documenting.documenting import Documenting

__all__ = ["Documenting"]
