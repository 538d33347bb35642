"""What a graded cell asks `check` about: its own exercise, or one that nobody here can judge."""

from __future__ import annotations

import io
import tokenize
from ast import literal_eval
from contextlib import suppress

from nbformat.notebooknode import NotebookNode

from autograder.course_file import nearest
from autograder.exercises import EXERCISES
from autograder.grading.notebooks.points import is_check

NO_TEXT = "…"


def unjudgeable(cell: NotebookNode) -> str:
    """Why the points of a graded code cell cannot be told from what it checks; nothing where they can.

    A teacher's own tests check nothing. A `check` that is not judged would do nothing, and its cell would be
    right for everyone.
    """
    name = cell.metadata.nbgrader["grade_id"]
    for exercise in checks_in(cell.source):
        if exercise == NO_TEXT:
            return f'the graded cell {name} calls check without an exercise\'s name: write check("{name}", …)'
        if exercise not in EXERCISES:
            meant = nearest(exercise, EXERCISES)
            hint = f" (did you mean {meant}?)" if meant else ""
            return f'the graded cell {name} calls check("{exercise}", …), which is not known here{hint}'
        if exercise != name:
            return (
                f'the graded cell {name} calls check("{exercise}", …), another exercise: its grade_id must '
                f"be {exercise}, and no other check stand in it"
            )
    if name in checks_in(cell.source) and not is_check(cell):
        return f'the graded cell {name} must call check("{name}", …) at the beginning of a line'
    return ""


def checks_in(source: str) -> list[str]:
    """The exercises that a cell calls `check` for, in order; ``NO_TEXT`` for one that is not named there."""
    before, words = ["", ""], words_in(source)
    found = []
    for number, word in enumerate(words):
        own = before[-1] == "def" or (before[-1] == "." and before[-2] != "autograder")
        if word == "check" and not own and words[number + 1 : number + 2] == ["("]:
            found.append(_text(next(iter(words[number + 2 :]), "")))
        before = [before[-1], word]
    return found


def words_in(source: str) -> list[str]:
    """The tokens of a cell, as far as it is Python; without comments and white space."""
    words = []
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in (tokenize.NAME, tokenize.OP, tokenize.STRING, tokenize.NUMBER):
                words.append(token.string)
    return words


def _text(word: str) -> str:
    try:
        text = literal_eval(word)
    except (ValueError, SyntaxError):
        return NO_TEXT
    return text if isinstance(text, str) else NO_TEXT
