"""What is handed on outside the chat: pictures and, later, papers. Values in, bytes out; no database, no network."""
