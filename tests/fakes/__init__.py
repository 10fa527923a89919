"""Vendors played over real HTTP on this machine, as strict as they are."""
