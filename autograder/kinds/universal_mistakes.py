"""Mistakes of no exercise in particular: a result that changes from call to call, or is of another sort."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.kinds.calls import arguments_of, written
from autograder.kinds.verdict_text import cause
from autograder.verdict import Row, Status, Verdict

DEPENDS_ON_ORDER = Mistake[Evidence](
    "depends-on-order",
    did="gives another result when it is called again with the same arguments",
    tempting="a counter, a random number or a list outside the function is at hand",
    shows="Called again with the same arguments, it gives another result.",
    hint="So it looks at something besides its arguments: which name in it changes from call to call?",
    fits=lambda evidence: evidence["unsteady"] is not None,
)

LAZY = {"generator", "map", "filter", "zip", "coroutine", "async_generator", "enumerate", "reversed"}

TEXTS = {"str", "bytes", "str_"}
FUNCTIONS = {"function", "method", "builtin_function_or_method", "ufunc", "partial"}


def all_give(kinds: Collection[str]) -> Callable[[Evidence], bool]:
    """Fits where every call gives something of these types."""
    return lambda evidence: set(_types(evidence)) <= set(kinds) and bool(_types(evidence))


def gives_several(evidence: Evidence) -> bool:
    """Fits where every call gives a tuple of as many items, whatever the size of what it was called with."""
    results = [record["result"] or {} for record in evidence["calls"].values()]
    tuples = [r for r in results if r.get("type") == "tuple" and len(r.get("shape", ())) > 0]
    sizes, shapes = {r["shape"][0] for r in tuples}, {tuple(r["shape"][1:]) for r in tuples}
    return len(tuples) == len(results) and len(sizes) == 1 and min(sizes) > 1 and len(shapes) > 1


LAZY_RESULT = Mistake[Evidence](
    "lazy-result",
    did="gives a promise of numbers instead of the numbers",
    tempting="yield, map and ( … for … ) look as if they gave a list",
    shows="What it gives hands out numbers one at a time, when somebody asks, and only once.",
    hint="What has to be written around it, or in place of yield, so that all the numbers are there at once?",
    fits=lambda evidence: bool(set(_types(evidence)) & LAZY),
)

OTHER_SORTS = (
    LAZY_RESULT,
    Mistake[Evidence](
        "gives-text",
        did="gives a text back",
        tempting="an f-string shows a result nicely",
        shows="A text can be read, but not computed with.",
        hint="What stands in your text? That alone is to come back: text belongs into print.",
        fits=all_give(TEXTS),
    ),
    Mistake[Evidence](
        "gives-function",
        did="gives a function back",
        tempting="a name without its brackets looks like its result",
        shows="What comes back is a function that nobody has called.",
        hint="Are the brackets missing that call it, in your last line?",
        fits=all_give(FUNCTIONS),
    ),
    Mistake[Evidence](
        "gives-class",
        did="gives a class back",
        tempting="a name without its brackets looks like what it makes",
        shows="What comes back is a class, not something that was made with it.",
        hint="Are the brackets missing that make something of it, in your last line?",
        fits=all_give({"type", "ABCMeta"}),
    ),
    Mistake[Evidence](
        "gives-several",
        did="gives several results in a tuple",
        tempting="a comma after the return makes a tuple, and value and slope sit side by side",
        shows="One result was asked for; several come back, with commas between.",
        hint="Which of them is asked for?",
        fits=gives_several,
    ),
)
UNIVERSAL = (DEPENDS_ON_ORDER, *OTHER_SORTS)

LEFT_ON = {
    "eager": "switched eager execution off (tf.compat.v1.disable_eager_execution or disable_v2_behavior)",
    "numerics": "had TensorFlow check every number (tf.debugging.enable_check_numerics)",
    "floatx": "changed the number of digits that Keras computes with (set_floatx)",
    "precision": "changed the number of digits that Keras computes with (its global dtype policy)",
}
"""Settings of a notebook that what was made under them keeps, by the name that an observer has for each."""

LONG = 100
"""Most characters of a call that are worth showing."""


def with_universal_mistakes(verdict: Verdict, answer: str, inputs: Inputs, evidence: Evidence) -> Verdict:
    """The verdict, or a better one where evidence shows one of these mistakes."""
    if evidence["stopped"] or verdict.status is Status.NOT_ATTEMPTED:
        return verdict
    verdict = _steady(verdict, answer, inputs, evidence)
    mistake = next((m for m in OTHER_SORTS if m.fits and m.fits(evidence)), None)
    if mistake is None or verdict.misconception is not None:
        return verdict
    message = f"Your {answer} gives a {_types(evidence)[0]}. {mistake.shows} {mistake.hint}"
    return replace(verdict, message=message, misconception=mistake.id, cause=cause(answer, mistake))


def with_settings(verdict: Verdict, evidence: Evidence) -> Verdict:
    """The verdict; one on an answer that is wrong names no mistake where a setting may have made it so."""
    left_on = [LEFT_ON[name] for name in LEFT_ON if name in evidence["settings"]]
    if verdict.status is not Status.WRONG or not left_on:
        return verdict
    said = (
        f"Your notebook has {' and '.join(left_on)}, and what is made after such a line keeps it: this alone "
        "can make a right answer fail. Take the line out, restart the kernel and run all cells again."
    )
    return replace(verdict, message=f"{said} What was seen: {verdict.message}", misconception=None, cause="")


def _types(evidence: Evidence) -> list[str]:
    """Of what each call gave back: its type, "" where it raised or gave nothing."""
    results = [record["result"] or {} for record in evidence["calls"].values()]
    return [str(r.get("type", "")) for r in results]


def _steady(verdict: Verdict, answer: str, inputs: Inputs, evidence: Evidence) -> Verdict:
    """The verdict, unless calls came out otherwise when made again: then nothing else can be said of it.

    No number is shown, since the next call would give another one.
    """
    if evidence["unsteady"] is None:
        return verdict
    wanted = next(c for c in inputs["calls"] if c["id"] == evidence["unsteady"])
    where = written(arguments_of(wanted))
    where = where if len(where) <= LONG else "the same arguments"
    said = f"Called twice with {where} your {answer} gives two different results."
    return replace(
        verdict,
        status=Status.WRONG,
        score=0.0,
        message=f"{said} {DEPENDS_ON_ORDER.hint}",
        misconception=DEPENDS_ON_ORDER.id,
        cause=cause(answer, DEPENDS_ON_ORDER),
        criteria=(),
        table=(Row(where, "two different results", "the same each time", ""),),
        remarks=(),
        picture=None,
    )
