"""Conversations as values: what came in, what to say, questions, forms, scripts, routes. No input or output."""
