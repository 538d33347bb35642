"""What is tried in exercise ``multiply-weights``: weights with which the same network gives a·b/1000."""

from __future__ import annotations

from autograder.kinds.nine_numbers import NineNumbers

ALLOWED = 1e-3
"""The relative error that the exercise allows, on all of [1, 19.99]²."""

PROBE = NineNumbers(
    target=lambda a, b: a * b / 1000, truth="a·b/1000 is", criterion="a·b/1000", relative=ALLOWED
)
