"""What `course grade` shows: while it works, on a terminal or in a pipe, and at the end of a large class."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from autograder.commands.grade import show, stopped
from autograder.commands.watching import watching
from autograder.grading import Outcome, Progress, Result

UNIT = "02-divide-by-hand"


def made_up(number: int, status: Outcome = Outcome.GRADED, reason: str = "") -> Result:
    scores = {"divide": (2.0, 2.0), "activation-slope": (1.5, 3.0), "why": (None, 1.0)}
    return Result(f"student-{number:03}", UNIT, status, reason, scores, {"divide": "plain-division"})


def test_a_class_of_a_hundred_is_a_line_each_and_the_rest_in_a_few(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "80")
    odd = {17: (Outcome.CRASHED, "its process ended"), 50: (Outcome.SUSPICIOUS, "it sent no evidence")}
    show([made_up(number, *odd.get(number, ())) for number in range(1, 101)], unchanged={UNIT: 40})
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if re.match(r" student-\d{3} ", line)]) == 100
    after = lines[1 + max(i for i, line in enumerate(lines) if line.startswith(" student-100")) :]
    assert len(after) <= 20
    assert "  divide: plain-division 100" in after
    assert "  ↯ crashed  student-017: its process ended" in after
    assert "  ⚑ suspicious  student-050: it sent no evidence" in after
    assert "100 hand-ins: 98 ✓ graded, 1 ↯ crashed, 1 ⚑ suspicious (40 unchanged, not run again)" in after


def seen(**console: object) -> str:
    """What a run of three looks like on such a console."""
    file = io.StringIO()
    with watching(Console(file=file, width=100, **console)) as watch:  # type: ignore[arg-type]
        watch(Progress(UNIT, total=3, done=1, unchanged=1, at_work=("bo", "cy"), sandbox="no sandbox"))
        watch(Progress(UNIT, total=3, done=2, unchanged=1, at_work=("cy",), last=made_up(2)))
        file.write("\n--- the view, drawn once more ---\n")
    return file.getvalue()


def test_a_pipe_and_a_dumb_terminal_get_plain_lines(monkeypatch: pytest.MonkeyPatch):
    piped = seen()
    monkeypatch.setenv("TERM", "dumb")
    assert piped == seen(force_terminal=True)
    assert "\x1b" not in piped
    assert piped.splitlines()[:2] == [
        f"{UNIT}: 3 hand-ins, 1 unchanged since they were graded; no sandbox",
        "2/3: ✓ graded student-002 3.5/6",
    ]


def test_a_terminal_gets_a_view_of_who_is_graded_and_of_the_last_results(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    view = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen(force_terminal=True))
    assert "2/3" in view
    assert "1 unchanged since they were graded; no sandbox" in view
    assert "now: cy" in view
    assert re.search(r"✓ graded +student-002 +3\.5/6", view)


def test_what_is_said_after_ctrl_c_fits_how_it_was_graded():
    half = [Progress(UNIT, total=40, done=20)]
    assert stopped(half).endswith("the same command goes on with the others.")
    assert stopped(half, anew=True).endswith("the same command grades them again, and the others.")
    assert stopped([]) == "Stopped before anything was graded. Next: course grade"
