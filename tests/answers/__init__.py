"""Answers with a known verdict, a module for each exercise.

A check that rejects one of the right answers, accepts one of the wrong ones or misnames it makes the tests
fail.
"""

from autograder.answers import Mutants, Wrong

__all__ = ["Mutants", "Wrong"]
