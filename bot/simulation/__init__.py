"""A campaign played by a fixed cast in virtual time, and counted by what reached people."""

from bot.simulation.play import simulate
from bot.simulation.telling import as_text

__all__ = ["as_text", "simulate"]
