"""The three forms of a unit: the canonical source, and the lesson and the solution made from it."""
