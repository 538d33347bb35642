"""The three forms of a unit: the canonical source, and the lesson and the solution made from it."""

import autograder.grading  # noqa: F401  before nbformat: it spares nbformat a second
