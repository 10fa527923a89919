"""Zalo's bots: no buttons, no edits, no files, 2,000 characters, a month's quota."""
