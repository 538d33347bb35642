"""What is handed in: whose it is, when it came, and which files belong to it."""
