"""What a student calls in a notebook: check, hint, solution, progress.

``check`` shows a report and stops a Run All with one friendly line where the answer is not right yet.
"""

from __future__ import annotations

import ast
import json
import linecache
import os
import re
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from autograder.card import SLATE, card, paragraph, show, tidy
from autograder.cell_history import follow, not_begun, shell
from autograder.overview import overview
from autograder.records import course_root, read_records, record_hint, record_verdict
from autograder.report import mimebundle
from autograder.verdict import Status, Verdict

_hints_seen: dict[str, int] = {}


class CheckFailed(Exception):
    """An answer is not right yet. In a notebook it shows as its one line, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(exercise_id: str, answer: Any, *, seed: int | None = None) -> None:
    """Check an answer, show the report, and raise ``CheckFailed`` unless it is right.

    Each call draws fresh probes; ``seed`` fixes them. An exercise that is judged when it is handed in is not
    judged here, which is said; nor is an answer whose cell has an error that kept it from running. A
    ``ValueError`` means that there is no such exercise.
    """
    from autograder.exercises import exercise
    from autograder.judging import grade

    if _is_judged_later(exercise_id):
        return
    name = exercise(exercise_id).answer
    if error := not_begun(name):
        told = (
            f"The cell of your `{name}` could not be run: it ends in a {error}. What `{name}` is now is not"
        )
        _show_note(
            "not checked", exercise_id, [f"{told} what stands there. Mend that cell and run it first."]
        )
        raise CheckFailed(
            f"✗ Run All stops here: the cell of your `{name}` has a {error}. Mend it, run on from there."
        )
    verdict = grade(exercise_id, answer, seed=seed)
    show(mimebundle(verdict, record_verdict(verdict)))
    if verdict.status is not Status.RIGHT:
        raise CheckFailed(stop_line(verdict))


def hint(exercise_id: str = "") -> None:
    """Show the next of an exercise's three hints below those before; a mistake's own is in the report."""
    from autograder.exercises import exercise

    if _is_judged_later(exercise_id) or _is_unknown("hint", exercise_id):
        return
    steps = exercise(exercise_id).hints
    seen, notes = _hints_seen.get(exercise_id, 0), []
    if seen < len(steps):
        _hints_seen[exercise_id] = seen = seen + 1
        notes = record_hint(exercise_id)
    more = seen < len(steps)
    ask = f'`hint("{exercise_id}")`' if more else f'`solution("{exercise_id}")`'
    then = f"{ask} gives the next hint." if more else f"That was the last one: {ask} shows the solution."
    _show_note(f"hint {seen} of {len(steps)}", exercise_id, [*steps[:seen], then, *notes])


def solution(exercise_id: str = "") -> None:
    """Show the answer from the solved notebook, or say kindly that the course comes without."""
    source = _solved(exercise_id)
    if source is None:
        if _is_judged_later(exercise_id) or _is_unknown("solution", exercise_id):
            return
        text = "This course comes without solutions. The hints go a long way, and so does your teacher."
        _show_note("no solution here", exercise_id, [text, f'`hint("{exercise_id}")` gives a hint.'])
        return
    cell_type, text = source
    fence = "`" * (1 + max(map(len, re.findall("`{3,}", text)), default=2))
    code = f"{fence}python\n{text}\n{fence}" if cell_type == "code" else text
    show({"text/markdown": f"**Solution of `{exercise_id}`**\n\n{code}", "text/plain": text})


def progress() -> None:
    """Show how far you have come, unit by unit."""
    show(overview(_units_offered(), *read_records()))


def stop_line(verdict: Verdict) -> str:
    """The one line with which an answer that is not right ends its cell."""
    name = verdict.exercise
    if verdict.status is Status.NOT_ATTEMPTED:
        return (
            f"○ Run All stops here: `{name}` waits for your answer. Write it above, then run on from there."
        )
    icon, so_far = ("◐", "only partly right") if verdict.score > 0 else ("✗", "not right yet")
    return (
        f"{icon} Run All stops here: `{name}` is {so_far}. Read the report, mend it above, run on from there."
    )


def _units_offered() -> Mapping[str, Sequence[str]]:
    """The exercises of the course's units that are judged here, in its order; outside one, all there are."""
    from autograder.course import find_course
    from autograder.course_file import CourseError
    from autograder.exercises import EXERCISES
    from autograder.notebook_checks import judged_here

    try:
        units = judged_here(find_course())
    except CourseError:
        units = {}
    return {unit: checks for unit, checks in units.items() if checks} or {"exercises": list(EXERCISES)}


def _is_judged_later(exercise_id: str) -> bool:
    """Is it an exercise that is judged only when it is handed in? Then that is shown."""
    from autograder.exercises import EXERCISES
    from autograder.notebook_checks import judged_when_handed_in

    if exercise_id in EXERCISES or not judged_when_handed_in(exercise_id):
        return False
    _show_note("judged when handed in", exercise_id, ["This one is judged when you hand it in."])
    return True


def _is_unknown(asked: str, exercise_id: str) -> bool:
    """Is there no exercise of that id? Then that is shown, with the id that was most likely meant."""
    from autograder.course_file import nearest
    from autograder.exercises import EXERCISES

    if exercise_id in EXERCISES:
        return False
    ids = list(EXERCISES)
    meant = nearest(str(exercise_id), ids) if exercise_id else None
    said = f"There is no exercise `{exercise_id}`." if exercise_id else "Which exercise?"
    ask = (
        f'Did you mean `{asked}("{meant}")`?'
        if meant
        else f'`progress()` lists them; ask like `{asked}("{ids[0]}")`.'
    )
    _show_note(f"no {asked} yet", str(exercise_id), [f"{said} {ask}"])
    return True


def _show_note(heading: str, exercise_id: str, texts: Sequence[str]) -> None:
    plain = "\n".join(tidy(text).replace("`", "") for text in texts)
    show(
        {
            "text/html": card(SLATE, "✎", heading, exercise_id, "".join(map(paragraph, texts))),
            "text/plain": f"✎ {exercise_id}, {heading}: {plain}",
        }
    )


def _solved(exercise_id: str) -> tuple[str, str] | None:
    """Type and source of the answer's cell in the solved notebooks of this course, if it ships them."""
    root = course_root()
    if root is None or os.environ.get("COURSE_GRADING"):
        return None
    for path in sorted((root / "solutions").glob("*/*.ipynb")):
        try:
            cells = json.loads(path.read_bytes())["cells"]
            for cell in cells:
                grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
                # A question answered in words has no check cell of its own: its id is the answer's.
                if grade_id == f"{exercise_id}-answer" or (
                    grade_id == exercise_id and cell["cell_type"] == "markdown"
                ):
                    return cell["cell_type"], "".join(cell["source"]).strip()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # one broken notebook does not hide the others
    return None


def _missing_answer(shell: Any, error: NameError, trace: TracebackType | None) -> str | None:
    """The friendly line for ``check("id", name)`` without a ``name``; None for any other error."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_locals is not shell.user_ns:
        return None  # it happened inside a function
    source = "".join(linecache.getlines(trace.tb_frame.f_code.co_filename))
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(ast.Name("check"), [ast.Constant(str()), ast.Name(name)]):
                if name == error.name and name not in shell.user_ns:
                    return f"○ Run All stops here: there is no `{name}` yet. Run the cell above, then run on."
    return None


def _on_name_error(shell: Any, kind: type, value: NameError, trace: Any, tb_offset: Any = None) -> None:
    try:
        line = _missing_answer(shell, value, trace)
    except (SyntaxError, ValueError):  # a cell that is not plain Python, with magics for example
        line = None
    if line is not None:
        value._render_traceback_ = lambda: [line]  # type: ignore[attr-defined]
    shell.showtraceback((kind, value, trace), tb_offset=tb_offset, running_compiled_code=True)


def _install() -> None:
    """In IPython, let a check whose answer was never run say so in one line, unless another hook is there."""
    running = shell()
    if running is not None and getattr(running, "custom_exceptions", None) == ():
        running.set_custom_exc((NameError,), _on_name_error)


_install()
follow()
