"""A rehearsal: a campaign with an invented commune, in which one may be anybody, watch a week, turn the clock forward."""

from bot.rehearsal.beginning import start
from bot.rehearsal.rehearsing import Busy, Person, Rehearsed, Rehearsing

__all__ = ["Busy", "Person", "Rehearsed", "Rehearsing", "start"]
