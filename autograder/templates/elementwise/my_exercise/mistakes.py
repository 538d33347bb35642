"""Mistakes with a name in exercise ``my-exercise``; the first that fits is told."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.kinds.elementwise_mistakes import elementwise_form

MISTAKES = (
    Mistake(
        "doubles",
        did="computes 2x",
        tempting="a 2 is a 2, small or large",
        shows="It is a straight line; the right one is a curve.",
        hint="What does the small 2 do with x?",
        wrong=lambda x: 2 * x,
    ),
    Mistake(
        "sign-kept",
        did="keeps the sign of x",
        tempting="one wants the curve to go on downwards",
        shows="It is right for x > 0, and has the wrong sign for x < 0.",
        hint="What is minus times minus?",
        wrong=lambda x: x * abs(x),
    ),
    *elementwise_form(),
)
