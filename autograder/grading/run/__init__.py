"""One hand-in in the sandbox, seen from outside: its warm parent, its child, and what it came to."""
