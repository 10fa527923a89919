"""Pictures and papers, opened again and looked at."""
