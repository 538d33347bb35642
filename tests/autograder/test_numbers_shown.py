"""No report shows a number that a student cannot get by calling the function as the table says."""

from __future__ import annotations

import math
import re
import warnings
from importlib import import_module

import numpy as np
import pytest

from autograder.exercises import EXERCISES
from autograder.judging import draw, grade

SEEDS = (1, 2)
NUMBER = r"[-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|inf|nan|infinity|NaN)"
ELSEWHERE = {"start-weights", "numeric-slope"}
"""Whose tables show trainings, and functions that are drawn."""

PLAIN = [e for e in EXERCISES if draw(e, 0)["observer"] == "function" and e not in ELSEWHERE]
"""The exercises whose answer is called with arguments that a table can show."""

IN_ORDER = {"dw": 0, "db": 1, "dv": 2, "w": 0, "b": 1, "v": 2, "x": 0, "y": 1}
"""Which of several results a name stands for."""


def arguments_of(where: str) -> tuple[list, str]:
    """The arguments that a row of a table was called with, and which number of the result it shows."""
    found = re.fullmatch(r"(.*): (\w+(?:\[[\d, ]*\])?)", where)
    text, place = (found[1], found[2]) if found else (where, "")
    given = eval(f"dict({text})", {"np": np, "dict": dict})
    return [np.array(value) if isinstance(value, list) else value for value in given.values()], place


def called(answer, where: str) -> tuple[float, str]:
    """What the answer gives when called as the row says, and the dtype it comes in."""
    arguments, place = arguments_of(where)
    if where.startswith("x = ") and isinstance(arguments[0], float) and len(arguments) == 1:
        try:
            result = np.asarray(answer(np.array(arguments)))
            return float(result.ravel()[0]), str(result.dtype)
        except Exception:  # an answer for single numbers
            pass
    result = answer(*arguments)
    name, _, index = place.partition("[")
    if name in IN_ORDER:
        result = result[IN_ORDER[name]]
    array = np.asarray(result)
    if index:
        array = array[tuple(int(i) for i in index.rstrip("]").split(","))]
    return float(array.ravel()[0]), str(array.dtype)


@pytest.mark.parametrize("exercise", PLAIN)
def test_each_number_in_a_table_and_its_message_is_what_the_call_gives(exercise):
    compared = 0
    for wrong in import_module(f"tests.answers.{exercise.replace('-', '_')}").MUTANTS.wrongs:
        for seed in SEEDS:
            verdict = grade(exercise, wrong.answer, seed=seed)
            for row in verdict.table:
                where = f"{row.call}: {row.where}" if row.call else row.where
                if not re.fullmatch(NUMBER, row.yours) or " = " not in where:
                    continue
                with warnings.catch_warnings(), np.errstate(all="ignore"):
                    warnings.simplefilter("ignore")
                    seen, dtype = called(wrong.answer, where)
                # Long arrays and arrays of one round an exponential differently, by an ulp or two.
                ulps = 4 * np.finfo(dtype if dtype.startswith("float") else "float64").eps
                shown = float(row.yours)
                assert math.isclose(shown, seen, rel_tol=float(ulps)) or (shown != shown and seen != seen), (
                    f"{wrong.name}, {where}: shown {row.yours}, called {seen!r}"
                )
                compared += 1
            said = re.search(rf" gives (?:\S+ = )?({NUMBER}); the (?:formula|network)", verdict.message)
            if said and re.fullmatch(NUMBER, verdict.table[0].yours):
                first = float(verdict.table[0].yours)
                assert float(said[1]) == pytest.approx(first, rel=1e-5, nan_ok=True), wrong.name
    assert compared >= 20
