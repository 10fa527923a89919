"""What people can do, one file per story. Handlers return what to say; they never send."""
