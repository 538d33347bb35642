"""Mistakes that an exception tells by itself, in whatever exercise: the same one from every call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.exercise import Evidence, Mistake
from autograder.kinds.comparison import problem_of
from autograder.kinds.verdict_text import cause
from autograder.verdict import Status, Verdict

Error = dict[str, Any]
A_NUMBER = r"'(int|float|numpy\.(float|int)\d+|numpy\.ndarray)' object is not callable"


def _says(kind: str, pattern: str = "") -> Any:
    def fits(error: Error) -> bool:
        return error["type"] in kind.split() and re.search(pattern, error["message"]) is not None

    return fits


BY_ITS_ERROR = (
    Mistake[Error](
        "unknown-name",
        did="uses a name that Python does not know",
        tempting="a letter, or the np. before it, is quickly lost",
        shows="Python does not know that name.",
        hint="Is it spelt as where it was made, made before it is used, and does it need an np. before it?",
        fits=_says("NameError UnboundLocalError"),
    ),
    Mistake[Error](
        "caret-for-power",
        did="writes ^ for a power",
        tempting="many calculators write powers so",
        shows="In Python ^ is no power.",
        hint="Which two characters raise a number to a power?",
        fits=_says("TypeError", r"for \^|bitwise_xor"),
    ),
    Mistake[Error](
        "calls-a-number",
        did="calls a number as if it were a function",
        tempting="on paper no × stands between a number and a bracket",
        shows="Something that is a number stands before a bracket, and Python takes that for a call.",
        hint="Is a * or / missing before a bracket, or did a function's name come to stand for a number?",
        fits=_says("TypeError", A_NUMBER),
    ),
    Mistake[Error](
        "computes-with-function",
        did="computes with a function itself, not with what it gives",
        tempting="a name without its brackets looks like its result",
        shows="A function stands where what it gives belongs.",
        hint="Behind which name are the brackets missing that call it?",
        fits=_says(
            "TypeError", r"operand type.*'(function|method|type|builtin_function_or_method|numpy.ufunc)'"
        ),
    ),
    Mistake[Error](
        "computes-with-none",
        did="computes with something that is None",
        tempting="a function without a return, and print, give None",
        shows="Something in it is None: no number, but what a function without a return gives.",
        hint="Which of the functions that you call gives nothing back?",
        fits=_says("TypeError", r"operand type.*'NoneType'"),
    ),
    Mistake[Error](
        "computes-with-list",
        did="computes with a list, a tuple or a text as if it were a number or an array",
        tempting="lists and arrays print alike",
        shows="A list, a tuple or a text stands where a number or an array is needed.",
        hint="Which name holds it? Take its items one by one, or make an array of it.",
        fits=_says(
            "TypeError", r"operand type.*'(list|tuple|str|dict)'|can't multiply sequence|can only concatenate"
        ),
    ),
    Mistake[Error](
        "other-arguments",
        did="asks for other arguments than it is called with",
        tempting="what else is needed looks like an argument",
        shows="It is called with other arguments than it asks for.",
        hint="Which arguments does the exercise name? Where must all else come from?",
        fits=lambda error: (
            error.get("line", 0) is None
            and _says("TypeError", r"positional argument|required keyword-only argument")(error)
        ),
    ),
    Mistake[Error](
        "unknown-attribute",
        did="asks something for what it does not have, after a dot",
        tempting="names differ from library to library",
        shows="What stands before the dot has nothing of the name that stands after it.",
        hint="What is it called in the documentation?",
        fits=_says("AttributeError"),
    ),
    Mistake[Error](
        "calls-itself",
        did="calls itself again and again",
        tempting="a function and a value in it have the same name",
        shows="It calls itself, and that call does so again, without end.",
        hint="Which line in it uses the function's own name?",
        fits=_says("RecursionError"),
    ),
)
SURE = {"unknown-name"}
"""Nothing else that an answer shows can be truer than these."""


def with_error_mistakes(verdict: Verdict, answer: str, evidence: Evidence) -> Verdict:
    """The verdict, with this name where every call ends in the same kind of error, and that has one."""
    raised = [_raised(record) for record in evidence["calls"].values()]
    errors = [error for _, error in raised if error is not None]
    if verdict.status is not Status.WRONG or len(errors) != len(raised) or len(_kinds(errors)) != 1:
        return verdict
    whose, first = raised[0][0], errors[0]
    fitting = (m for m in BY_ITS_ERROR if m.fits and all(map(m.fits, errors)))
    mistake = next(fitting, None)
    if mistake is None or (verdict.misconception and mistake.id not in SURE):
        return verdict
    said = f"{whose} {answer} {problem_of(first)}. {mistake.shows} {mistake.hint}"
    return replace(verdict, message=said, misconception=mistake.id, cause=cause(answer, mistake))


def _kinds(errors: Sequence[Error]) -> set[str]:
    return {error["type"] for error in errors}


def _raised(record: dict[str, Any]) -> tuple[str, Error | None]:
    """What a call raised, or else the model that came back, or each of its losses; and whose it was."""
    model = record.get("model") or {}
    losses = [loss["error"] for loss in model.get("losses", ())]
    if record["error"] is not None:
        return "Your", record["error"]
    if model.get("error") is not None:
        return "The model of your", model["error"]
    return "The loss of your", losses[0] if losses and all(losses) else None
