"""The rules of emulation campaigns: values and pure functions, no clock, no database, no network."""
