"""Channels, one folder each: receive, render, send. Only here is it known which channel one is on."""
