"""The recording channel: what reached whom, for simulation and tests."""
