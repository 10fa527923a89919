"""The same small bot on the usual libraries, as their own guides write it."""

WORK = 0.05  # seconds that a handler takes
