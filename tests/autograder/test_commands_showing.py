"""What is printed of a student's is to be seen, and tells the terminal nothing."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from autograder.cli import app
from autograder.commands import showing
from autograder.commands.grade import show
from autograder.commands.visible import HIDDEN, MOST, visible, visible_json
from autograder.commands.watching import watching
from autograder.grading import Outcome, Progress, Result

PACKAGE = Path(__file__).parents[2] / "autograder"
CLIPBOARD = "\x1b]52;c;ZXZpbA==\x07"
STEERING = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u200b\u200e\u202e\u2066\u2028\u2029\ufeff\u00ad\U000e0041\ud800",
    CLIPBOARD,
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "one line\r\n  ✓ graded  mallory: 11/11",
]
PRINTS = re.compile(r"(?<!\w)print\(|\.echo\(|\.secho\(|(?<!\w)Console\(|\bstd(out|err)\.write\(")
MAY_PRINT = {
    "commands/showing.py",
    "commands/watching.py",
    "card.py",  # a report, in the session of the one who wrote the answer
    "building/warm_kernels.py",  # a process of its own tells its parent
    "exercises/page.py",  # pages of the repository, made by hand
    "building/glossary.py",
    "reference_values.py",
    "grading/sandbox/__main__.py",
}


def steers(printed: str) -> list[str]:
    return [sign for sign in printed if sign != "\n" and unicodedata.category(sign) in HIDDEN]


@pytest.mark.parametrize("text", STEERING, ids=ascii)
def test_what_steers_a_terminal_is_shown_sign_by_sign(text: str):
    shown = visible(f"a{text}b")
    assert steers(shown) == []
    assert "\n" not in shown
    assert len(shown) == len(text) + 2
    assert visible(shown) == shown


def test_letters_of_every_writing_stay_and_a_long_line_is_cut():
    assert visible("Åsa, 李, 🙂 ½ é [red]") == "Åsa, 李, 🙂 ½ é [red]"
    assert len(visible("x" * 10_000_000)) == MOST


def test_json_is_to_be_seen_and_says_the_same_to_a_program():
    data = {"".join(STEERING): ["✓ ½", *STEERING]}
    assert steers(visible_json(data)) == []
    assert json.loads(visible_json(data)) == data
    assert "✓ ½" in visible_json(data)


def hostile(student: str = "ada") -> Result:
    reason = f"crashed: the cell that starts with `{''.join(STEERING)}[/]`"
    return Result(
        student, "02", Outcome.CRASHED, reason, {"a": (None, 1.0)}, remarks=("".join(STEERING), "[/red]")
    )


def test_no_table_line_error_or_progress_steers_the_terminal(capsys: pytest.CaptureFixture[str]):
    results = [hostile("".join(STEERING)), hostile("[/bold]")]
    show(results)
    showing.print_table("".join(STEERING), ["[/]", *STEERING[:3]], [["[/]", Text(CLIPBOARD), CLIPBOARD, "x"]])
    showing.print_lines(*STEERING, Text(CLIPBOARD, style="red"))
    showing.print_error("".join(STEERING))
    showing.print_json([result.as_json() for result in results])
    with showing.progress_bar("Feedback") as step:
        step(0, 1, f"{CLIPBOARD}[/]")
    printed = capsys.readouterr()
    assert steers(printed.out) == []
    assert printed.err.endswith("\n")
    assert steers(re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", printed.err)) == []
    assert "forged" not in printed.out
    assert not re.search(r"^  ✓ graded  mallory", printed.out, re.MULTILINE)


@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_steers_the_terminal_while_grading(terminal: bool):
    file = io.StringIO()
    console = Console(file=file, width=200, force_terminal=terminal, color_system="truecolor")
    one = hostile(f"eve{CLIPBOARD}[/]")
    with watching(console) as watch:
        watch(Progress("02", 2, 1, last=one, at_work=(f"{CLIPBOARD}[/]",), sandbox="x"))
    printed = file.getvalue()
    assert "␛]52;c;" in printed
    assert "\x1b]52" not in printed
    assert "\x1b[2J" not in printed
    assert "\x9b" not in printed


@pytest.mark.parametrize(
    "words",
    [
        ["check", f"{CLIPBOARD}.ipynb"],
        ["collect", f"{CLIPBOARD}.zip"],
        ["check", f"--{CLIPBOARD}"],
        [CLIPBOARD],
    ],
)
def test_an_error_names_a_file_and_does_not_steer(words: list[str], small_course: Path, monkeypatch):
    monkeypatch.chdir(small_course)
    said = CliRunner().invoke(app, words)
    assert said.exit_code != 0
    assert "]52;c;" in said.stdout + said.stderr
    assert steers(said.stdout + said.stderr) == []


def test_nobody_else_prints():
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if PRINTS.search(line.split("#")[0]) and not line.lstrip().startswith(("code = ", "print(probe("))
    }
    assert found <= MAY_PRINT
