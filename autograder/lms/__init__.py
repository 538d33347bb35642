"""Learning platforms and nbgrader's exchange: how each lists a class, and how it names what was handed in."""
