"""What a teacher sees of grading a class of six: the table, the page of the class, formgrader, feedback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner
from typer.testing import Result as Said

from autograder.cli import app
from autograder.course import Course
from autograder.grading import Outcome
from autograder.grading.notebooks.graded_cells import answer_cells
from tests.browser.jupyter import browser_page, jupyterlab, need_chromium
from tests.grading.pages import squeezed, text_of
from tests.grading.small_class import UNIT, make_course, the_class

STATUSES = {
    "ada": "graded",
    "bo": "graded",
    "cy": "graded",
    "dee": "partly graded",
    "eve": "timed out",
    "fay": "broken",
}
MARK, COMMENT = 1.5, "Say which branch the constant stands in."


@dataclass
class Taught:
    """A course whose grading was stopped by Ctrl-C after the first result, and then run to its end."""

    course: Course
    status_when_stopped: int
    said_when_stopped: str
    left_over: list[str]
    graded: Said

    def run(self, *words: str) -> Said:
        """A `course` command in the course's folder."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.course.root)
            return CliRunner().invoke(app, list(words))

    def results(self) -> dict[str, dict]:
        return {one["student"]: one for one in json.loads(self.run("grade", UNIT, "--json").stdout)}


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Taught:
    folder = tmp_path_factory.mktemp("taught")
    course = make_course(folder / "course", the_class())
    status, said, left_over = _stopped_after_the_first_result(course.root, folder / "temporary")
    made = Taught(course, status, said, left_over, Said.__new__(Said))
    made.graded = made.run("grade", UNIT)
    return made


def _stopped_after_the_first_result(root: Path, temporary: Path) -> tuple[int, str, list[str]]:
    """Exit status, stderr, and what is left over by then: processes, and files in the temporary folder."""
    temporary.mkdir()
    command = [sys.executable, "-c", "from autograder.cli import app; app()", "grade", UNIT, "--jobs", "1"]
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stderr is not None
        said = []
        for line in run.stderr:
            said.append(line)
            if line.startswith("1/"):
                os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all that run in it
    alive = [name for name in _command_lines() if str(temporary) in name]
    return run.returncode, "".join(said), [*alive, *(path.name for path in temporary.iterdir())]


def _command_lines() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue


def test_ctrl_c_is_answered_in_one_sentence_and_leaves_nothing_behind(taught: Taught):
    assert taught.status_when_stopped == 130
    last = taught.said_when_stopped.strip().splitlines()[-1]
    assert re.fullmatch(
        rf"Stopped: [1-4] of 6 hand-ins of {UNIT} are graded and saved; "
        r"the same command goes on with the others\.",
        last,
    )
    assert "Traceback" not in taught.said_when_stopped
    assert taught.left_over == []


def test_the_next_run_goes_on_and_counts_what_it_need_not_run_again(taught: Taught):
    saved = int(taught.said_when_stopped.split("Stopped: ")[1].split()[0])
    assert f"6 hand-ins, {saved} unchanged since they were graded; sandbox of level " in taught.graded.stderr
    assert f"({saved} unchanged, not run again)" in taught.graded.stdout
    assert len(re.findall(r"^\d/6", taught.graded.stderr, re.MULTILINE)) == 6 - saved


def test_the_table_has_every_status_in_words_with_its_reason_and_what_to_do(taught: Taught):
    said = taught.graded.stdout
    assert taught.graded.exit_code == 1
    for student, status in STATUSES.items():
        assert re.search(rf"^ {student} .*{status}", said, re.MULTILINE)
    assert re.search(r"dee: crashed: the cell that starts with `import os` .*; open: divide, multiply-", said)
    assert re.search(r"eve: .* did not end in time", said)
    assert re.search(r"fay: the file is broken JSON", said)
    for status in (Outcome.PARTLY_GRADED, Outcome.TIMED_OUT, Outcome.BROKEN):
        assert f"→ {status}: {status.advice}." in said
    assert "6 hand-ins: 3 ✓ graded, 1 ◐ partly graded, 1 ◷ timed out, 1 ✗ broken" in said


def test_a_late_penalty_stands_in_the_table_and_in_the_json(taught: Taught):
    bo = taught.results()["bo"]
    reached = sum(score["score"] or 0 for score in bo["scores"].values())
    assert bo["late_penalty"] == pytest.approx(0.3 * reached)  # three days begun at 10 %
    assert bo["total"] == pytest.approx(0.7 * reached)
    [row] = re.findall(r"^ bo .*$", taught.graded.stdout, re.MULTILINE)
    assert f"−{bo['late_penalty']:g}" in row


def test_the_page_of_the_class_works_without_a_network_and_has_words_for_its_charts(taught: Taught):
    run = taught.run("report", UNIT)
    assert run.exit_code == 0
    page = (taught.course.root / "report" / f"{UNIT}.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)\s*=|@import|url\(", page)
    for chart in re.findall(r"<svg.*?>", page):
        assert 'role="img"' in chart
        assert len(re.search(r'aria-label="([^"]+)"', chart).group(1)) > 20  # type: ignore[union-attr]
    assert "log10" in page
    assert all(status in page for status in STATUSES.values())
    [found] = json.loads(taught.run("report", UNIT, "--json").stdout)
    assert found["statuses"] == {"graded": 3, "partly graded": 1, "timed out": 1, "broken": 1}


@pytest.fixture(scope="module")
def marked(taught: Taught, tmp_path_factory: pytest.TempPathFactory) -> Taught:
    """The same after a teacher has opened formgrader, and marked what ada wrote."""
    need_chromium()
    pictures = tmp_path_factory.mktemp("pictures")
    with (
        jupyterlab(taught.course.root, tmp_path_factory.mktemp("settings")) as address,
        browser_page() as page,
    ):
        page.goto(f"{address}/formgrader/gradebook/{UNIT}/{UNIT}")
        page.get_by_role("link", name="Submission #1").wait_for()
        assert page.get_by_role("link", name=re.compile(r"Submission #\d")).count() == 6
        page.screenshot(path=pictures / "submissions.png")
        page.get_by_role("button", name="Show All Names").click()
        page.get_by_role("link", name="ada").click()
        page.locator("#which-constant").wait_for()
        # from here on it hears what is typed
        page.wait_for_function("formgrader.grades.loaded && formgrader.comments.loaded")
        assert page.get_by_text("3.0 of 3 points").or_(page.get_by_text("3 of 3 points")).count() >= 1
        for field, text in (("which-constant", str(MARK)), ("which-constant-comment", COMMENT)):
            with page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
                page.locator(f"#{field}").fill(text)
                page.locator(f"#{field}").blur()
            assert saved.value.ok
        page.screenshot(path=pictures / "submission.png", full_page=True)
    print(f"What formgrader looked like: {pictures}")
    return taught


@pytest.mark.browser
def test_a_mark_given_in_formgrader_counts_and_survives_grading_again(marked: Taught):
    before = marked.results()["ada"]
    assert before["scores"]["which-constant"]["score"] == MARK
    handed_in = marked.course.root / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    notebook = nbformat.read(handed_in, as_version=4)
    answer_cells(notebook)["divide"].source += "\n# looked over once more"
    nbformat.write(notebook, handed_in)
    again = marked.run("grade", UNIT)
    assert "(5 unchanged, not run again)" in again.stdout
    assert marked.results()["ada"]["scores"] == before["scores"]


@pytest.mark.browser
def test_feedback_carries_the_mark_the_comment_and_the_report_with_its_picture(marked: Taught):
    pages = _feedback(marked)
    assert COMMENT in pages["ada"]
    wrong = pages["bo"]
    assert "log10" in wrong
    assert "data:image/png;base64" in wrong
    assert re.search(r"<img[^>]+alt=\"[^\"]{20,}\"", wrong)
    assert "could not be graded" in pages["fay"]


def test_feedback_shows_no_solution_no_marker_and_no_code_of_the_judge(taught: Taught):
    """Of those who did not write it themselves: bo, whose answers are wrong, and cy, who stopped early."""
    solved = nbformat.read(Path(__file__).parents[2] / "solutions" / UNIT / f"{UNIT}.ipynb", as_version=4)
    pages = _feedback(taught)
    for student in ("bo", "cy"):
        own = (taught.course.root / "submitted" / student / UNIT / f"{UNIT}.ipynb").read_text(
            encoding="utf-8"
        )
        shown = text_of(pages[student])
        secrets = {
            line.strip()
            for cell in answer_cells(solved).values()
            for line in cell.source.splitlines()
            if len(line.strip()) > 15 and json.dumps(line.strip())[1:-1] not in own
        }
        assert len(secrets) > 5
        assert [line for line in secrets if squeezed(line) in shown] == []
        for word in (
            "BEGIN SOLUTION",
            "HIDDEN TESTS",
            "autograder.exercises",
            "autograder.judging",
            "evidence",
        ):
            assert squeezed(word) not in shown


def _feedback(taught: Taught) -> dict[str, str]:
    folder = taught.course.root / "feedback"
    if not folder.is_dir() or not all((folder / student).is_dir() for student in STATUSES):
        assert taught.run("feedback", UNIT).exit_code == 0
    return {
        student: (folder / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
        for student in STATUSES
    }
