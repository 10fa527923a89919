"""The running program: channels in, channels out, the clock. Knows everyone, decides nothing."""
