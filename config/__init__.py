"""What can be changed without reading Python: settings, campaigns, rehearsals, and what the program says."""
