"""Answers of people who knew the lessons alone: how often is the judge right, silent, or wrong?

A module for each exercise has CASES: name, answer, "right" or "wrong", and the true mistake in words. They
are kept as they were written. TRUE_NAMES has, for answers that the judge gave a name, that name (or those, of
several seeds), if a person has read the message beside the answer and found each sentence of it true.
"""
