"""Answers of people who knew the lessons alone: how often is the judge right, and how often silent?

A module for each exercise has CASES: name, answer, "right" or "wrong", and the true mistake in words. They
are kept as they were written.
"""
