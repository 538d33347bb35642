"""From a comparison to a verdict: smallest failing input, region, shape of the gap, a named mistake."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.curves import telling_apart, without_number
from autograder.exercise import Exercise, Mistake
from autograder.kinds.comparison import Comparison, Entry
from autograder.verdict import Picture, Row, Status, Verdict

ROWS = 5
FEW = 4
"""So many parts are too many to be named."""

RAISED = "The end of that line says what went wrong: start there."


def decide(exercise: Exercise[Any], comparison: Comparison, mistake: Mistake[Any] | None) -> Verdict:
    """The verdict; ``mistake`` is the one that the answer shows, if any."""
    criteria, picture, answer = tuple(comparison.criteria), comparison.picture, exercise.answer
    if comparison.right:
        said = tuple(comparison.remarks)
        return Verdict(
            exercise.id, Status.RIGHT, 1.0, exercise.praise, criteria=criteria, remarks=said, picture=picture
        )
    hint = exercise.fallback_hint
    wrong = sorted(comparison.wrong, key=lambda e: e.rank)
    remarks = list(comparison.remarks)
    if wrong:
        sentences = [difference(wrong[0], answer, comparison.truth)]
        if mistake is None and all(e.shown.startswith("raises ") for e in wrong):
            hint = RAISED
        if mistake is None:
            sentences += [pattern(wrong, comparison), hint]
        shown = {e.shown for e in wrong}
        remarks += [
            f"Besides, {p.where} it {p.said}." for p in comparison.problems[:1] if p.what not in shown
        ]
    elif comparison.problems:
        first = comparison.problems[0]
        sentences = [f"{first.where[0].upper()}{first.where[1:]} your {answer} {first.said}."]
        if mistake is None:
            sentences.append(RAISED if first.what.startswith("raises ") else hint)
    else:
        sentences = [] if mistake else [hint]
    if mistake is not None:
        sentences += [mistake.shows, mistake.hint]
    table = rows(wrong) or tuple(Row(p.where, p.what, p.expected, "") for p in comparison.problems[:ROWS])
    return Verdict(
        exercise.id,
        Status.WRONG,
        min(comparison.score, 0.99),
        " ".join(s for s in sentences if s),
        mistake.id if mistake else None,
        criteria,
        table,
        tuple(remarks),
        picture if picture is not None and telling(picture) else None,
        cause(answer, mistake) if mistake else "",
    )


def cause(answer: str, mistake: Mistake[Any]) -> str:
    """What that student probably did, as the end of a sentence."""
    return f"your `{answer}` {mistake.did.rstrip('.')}."


def rows(wrong: Sequence[Entry]) -> tuple[Row, ...]:
    """The first failing inputs, each once; one is enough where no call gives a number, for one reason."""
    if len({e.shown for e in wrong}) == 1 and all(e.problem for e in wrong):
        wrong = wrong[:1]
    return tuple(dict.fromkeys(map(row, wrong)))[:ROWS]


def telling(picture: Picture) -> bool:
    """Whether the picture of a wrong answer shows a curve, and where it is wrong."""
    drawn = any(y is not None for y in picture.yours)
    return drawn and bool(picture.wrong or without_number(picture))


def difference(entry: Entry, answer: str, truth: str) -> str:
    """ "At x = 0.5 your activation gives 0.962784; the formula gives 0.893709.\""""
    yours, expected = pair(entry)
    where = ", ".join(filter(None, (entry.where, entry.call)))
    start = f"At {where}" if entry.x is not None else f"For {where}"
    if entry.problem:
        return f"{start} your {answer} {entry.shown}; {truth} {expected}."
    of = f"{entry.of} = " if entry.of else ""
    return f"{start} your {answer} gives {of}{yours}; {truth} {expected}."


def pair(entry: Entry) -> tuple[str, str]:
    """Both numbers in as many digits as their gap needs, six at least, and never more than the dtype has."""
    right = entry.expected + 0.0  # −0.0 + 0.0 is 0.0
    digits = telling_apart(entry.yours, right)
    yours, expected = f"{entry.yours:.{digits}g}", f"{right:.{digits}g}"
    if not entry.problem and len(entry.shown) < len(yours):
        yours = entry.shown
    return _said(yours), expected


def row(entry: Entry) -> Row:
    gap = entry.yours - entry.expected
    if entry.problem:
        text = "" if math.isfinite(gap) else "no number"
    else:
        text = f"{gap:+.3g}" if math.isfinite(gap) else "not a finite number"
    where, call = (entry.of, entry.where) if entry.of else (entry.where, entry.call)
    shown = entry.shown if entry.problem else _said(entry.shown)
    return Row(where, shown, _as_long_as(entry), text, call)


def _said(number: str) -> str:
    return number.replace("nan", "NaN").replace("inf", "infinity")


def _as_long_as(entry: Entry) -> str:
    """The right number in as many digits as the answer gave, and in enough to tell the two apart."""
    right = entry.expected + 0.0  # −0.0 + 0.0 is 0.0
    whole = repr(right).removesuffix(".0")
    if entry.problem:
        return whole
    given = len(entry.shown.partition("e")[0].lstrip("-0.").replace(".", ""))
    return min(whole, f"{right:.{max(given, telling_apart(entry.yours, right))}g}", key=len)


def pattern(wrong: Sequence[Entry], comparison: Comparison) -> str:
    """Where the answer is wrong, and what its gap looks like there."""
    return " ".join(s for s in (region(wrong, comparison), gap(wrong)) if s)


def region(wrong: Sequence[Entry], comparison: Comparison) -> str:
    """ "It is wrong only for x > 15.\""""
    judged = comparison.entries
    if len(wrong) == len(judged) > 1:
        return "It is wrong everywhere."
    bad_parts = {e.part for e in wrong}
    whole = all(e.part not in bad_parts for e in judged if e.right)
    labels = [comparison.branches.get(p, p) for p in dict.fromkeys(e.part for e in judged) if p in bad_parts]
    if whole and len(bad_parts) < len({e.part for e in judged}):
        return f"It is wrong only for {_and(labels)}, and there everywhere."
    xs = sorted({e.x for e in wrong if e.x is not None})
    if not xs:
        are = "is" if len(wrong) == 1 else "are"
        few = len(bad_parts) < len({e.part for e in judged}) and len(labels) < FEW
        more = f", {'' if len(wrong) == 1 else 'all '}in {_and(labels)}." if few else "."
        return f"{len(wrong)} of {len(judged)} numbers {are} wrong{more}"
    if len(xs) == 1:
        return f"It is wrong only at x = {xs[0]!r}."
    inside = [e for e in judged if e.x is not None and xs[0] <= e.x <= xs[-1]]
    if all(not e.right for e in inside):
        return f"It is wrong from about x = {xs[0]:.4g} to {xs[-1]:.4g} and right elsewhere."
    return f"It is wrong at {len(xs)} of the {len({e.x for e in judged})} points tried."


def gap(wrong: Sequence[Entry]) -> str:
    """The shape of the gap: not a number, a sign, a constant factor, a constant difference."""
    yours, expected = np.array([e.yours for e in wrong]), np.array([e.expected for e in wrong])
    if all(e.problem for e in wrong):
        return ""
    if not np.any(np.isfinite(yours)):
        return "What it gives there is no finite number."
    if len(wrong) < 3 or not np.all(np.isfinite(yours)) or np.any(expected == 0):
        return ""
    ratio, shift = yours / expected, yours - expected
    if _constant(ratio):
        if math.isclose(ratio[0], -1.0, rel_tol=1e-6):
            return "Its size is right, its sign is not."
        if ratio[0] == 0:
            return "It gives 0 there."
        return f"It is {np.median(ratio):.6g} times the right value at each of them."
    if _constant(shift):
        return f"It differs from the right value by {np.median(shift):+.6g} at each of them."
    return "It gives the same number at each of them." if _constant(yours) else ""


def _constant(values: np.ndarray) -> bool:
    return bool(np.ptp(values) <= 1e-6 * np.max(np.abs(values)))


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def early(exercise: str, answer: str, evidence: dict[str, Any]) -> Verdict | None:
    """The verdict on an answer that cannot be compared: not begun, no function, out of time."""

    def wrong(message: str, misconception: str | None = None) -> Verdict:
        return Verdict(exercise, Status.WRONG, 0.0, message, misconception)

    if evidence["kind"] == "stub" or _not_implemented(evidence):
        message = f"Not attempted yet: write {answer} in the cell above, run it, then run this check again."
        return Verdict(exercise, Status.NOT_ATTEMPTED, 0.0, message)
    if evidence["kind"] == "no-framework":
        message = (
            "Neither PyTorch nor JAX is installed here, so there are no tensors to try your "
            f"{answer} with. Install one: pip install torch, or pip install jax."
        )
        return Verdict(exercise, Status.NOT_ATTEMPTED, 0.0, message)
    stopped = evidence["stopped"]
    if stopped and stopped["why"] == "time":
        message = (
            f"Your {answer} had not finished when its {stopped['seconds']:g} seconds were up; a right one "
            "needs some thousandths of a second. Is there a loop whose condition never becomes false?"
        )
        return wrong(message, "never-ends")
    if stopped and stopped["why"] == "died":
        message = (
            f"Your {answer} ended the whole Python process ({stopped['how']}) instead of giving a result. "
            "Is there an exit() or a recursion without end in it?"
        )
        return wrong(message, "ends-process")
    if stopped and stopped["why"] == "interrupted":
        return wrong(
            f"Your {answer} was interrupted before it gave a result. Run the check again when you like."
        )
    if stopped:
        message = f"Your {answer} could not be looked at ({stopped.get('error', stopped['why'])})."
        return wrong(f"{message} Is it a plain function or array of this notebook?")
    if evidence["kind"] == "not-callable":
        message = (
            f"Your {answer} is of type {evidence['type']}, expected a function. "
            f"Did a line like {answer} = … replace it?"
        )
        return wrong(message, "not-a-function")
    records = list(evidence["calls"].values())
    called = [r for r in records if "left" not in r]  # where something is left behind, that counts
    gives = [r["result"] for r in called if not _for_want_of_a_result(r)]
    if gives and all(g is not None and g["kind"] in ("none", "stub") for g in gives):
        message = (
            f"Your {answer} gives nothing back (None) whatever it is called with. Is its last line a return, "
            "and does what stands behind return have a value? A call of print has none."
        )
        return wrong(message, "no-return")
    return None


def _for_want_of_a_result(record: dict[str, Any]) -> bool:
    """Whether the call raised because something was None: an answer that was called with its own result."""
    return bool(record["error"]) and "None" in record["error"]["message"]


def _not_implemented(evidence: dict[str, Any]) -> bool:
    records = list(evidence["calls"].values())
    return bool(records) and all(r["error"] and r["error"]["type"] == "NotImplementedError" for r in records)
