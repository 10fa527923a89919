"""A rehearsal: a campaign with an invented commune, to be watched, played in, and turned forward."""

from bot.rehearsal.beginning import start_again
from bot.rehearsal.rehearsing import Busy, Person, Rehearsed, Rehearsing

__all__ = ["Busy", "Person", "Rehearsed", "Rehearsing", "start_again"]
