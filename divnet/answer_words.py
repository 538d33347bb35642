"""An answer beside the true quotient, in words and in the cells of a table."""

from __future__ import annotations

import numpy as np

from divnet.comparing import MADE_FOR, true_quotient
from divnet.picture import number


def answer_cells(answer: float | None, truth: float) -> tuple[str, str, str]:
    """Return a model's answer, its error and its error in percent of the truth; empty where there is none."""
    if answer is None:
        return "no answer", "", ""
    if not np.isfinite(truth):
        return number(answer, 8), "", ""
    error = abs(answer - truth)
    percent = f"{number(100 * error / abs(truth), 2)} %" if truth else ""
    return number(answer, 8), number(error, 2), percent


def warnings_for(a: float, b: float) -> list[str]:
    """Return what a visitor must know before believing any model's answer to a / b; in Markdown."""
    said = []
    if b == 0.0 and a == 0.0:
        said.append("**Nothing can be divided by 0.** 0 times any number is 0, so 0/0 could be anything.")
    elif b == 0.0:
        said.append(
            f"**Nothing can be divided by 0.** No number times 0 gives {number(a, 10)}: whatever stands "
            "below is wrong. A network cannot refuse; it always computes something."
        )
    elif not np.isfinite(true_quotient(a, b)):
        said.append("**The quotient is too large** for a computer's numbers, which end at 1.8·10³⁰⁸.")
    low, high = MADE_FOR
    given = {"a": a} if b == 0.0 else {"a": a, "b": b}
    outside = [f"{name} = {number(x, 6)}" for name, x in given.items() if not low <= x <= high]
    if outside:
        said.append(
            f"**Outside.** The models were made for numbers from {number(low)} to {number(high)}; "
            f"{' and '.join(outside)} {'are' if outside[1:] else 'is'} not among them. "
            "What they answer here is a guess."
        )
    return said


def plain(text: str) -> str:
    """Return the text with the signs that Markdown would take for its own made plain."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+!|~$:^" else sign for sign in text)
