"""What is remembered: rows, the questions the program asks of them, and their migrations."""
