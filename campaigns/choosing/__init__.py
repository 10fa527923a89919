"""An officer's choices in an officer's words: days, hours, figures, reminders. What cannot be taken is told why."""

from campaigns.choosing.days import read_end, read_start, read_waves
from campaigns.choosing.figures import read_figures
from campaigns.choosing.hours import read_hours
from campaigns.choosing.kinds import Group, read_kinds
from campaigns.choosing.steps import read_steps

__all__ = [
    "Group",
    "read_end",
    "read_figures",
    "read_hours",
    "read_kinds",
    "read_start",
    "read_steps",
    "read_waves",
]
