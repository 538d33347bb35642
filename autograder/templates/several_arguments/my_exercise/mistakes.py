"""Mistakes with a name in exercise ``my-exercise``; the first that fits is told."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Mistake

MISTAKES: tuple[Mistake[Any], ...] = (
    Mistake(
        "other-way-round",
        did="gives each number the other one's weight",
        tempting="weight and 1 − weight are quickly mixed up",
        shows="With equal weights it is right; otherwise it is as far from the middle, on the other side.",
        hint="Which of the two numbers should come out for a weight of 1?",
        wrong=lambda a, b, weight: (1 - weight) * a + weight * b,
    ),
    Mistake(
        "same-weight",
        did="gives both numbers the same weight",
        tempting="there is one weight only",
        shows="It is right where the weight is 0.5.",
        hint="What should come out for two equal numbers?",
        wrong=lambda a, b, weight: weight * a + weight * b,
    ),
)
