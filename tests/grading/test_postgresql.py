"""The gradebook on a real PostgreSQL server, which the tests start for themselves and end."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from ruamel.yaml import YAML

from autograder.commands.build import register
from autograder.commands.demo import make_scratch_course, take_in
from autograder.commands.feedback import feedback
from autograder.course import Course, CourseError
from autograder.grading import Progress, Result, grade_unit
from autograder.grading.gradebook.class_report import class_report
from autograder.grading.gradebook.gradebook import gradebook_of
from autograder.grading.handins.sample_class import Sample, read_class
from autograder.grading.nbgrader_inside import at_work

ROOT = Path(__file__).parents[2]
UNIT = "02-divide-by-hand"
STUDENTS = ("student-01", "student-06", "student-09", "student-12")
SAMPLES = [s for s in read_class(ROOT / "tests/class") if s.unit == UNIT and s.student in STUDENTS]
SPY, HONEST = "student-06", "student-01"
MARK = 1.5
SECRET = "s3cret/of:the+teacher"
IN_THE_ADDRESS = SECRET.replace("/", "%2F").replace(":", "%3A").replace("+", "%2B")
SPYING = """
import os, socket
for where in (("127.0.0.1", PORT), "FOLDER/.s.PGSQL.PORT"):
    try:
        family = socket.AF_UNIX if isinstance(where, str) else socket.AF_INET
        socket.socket(family).connect(where)
        print("reached the server")
    except OSError as error:
        print("stopped:", error)
for path in ("FOLDER", "/proc/self/environ", "/proc/1/environ"):
    try:
        print(os.listdir(path) if os.path.isdir(path) else open(path).read())
    except OSError as error:
        print("stopped:", error)
print(dict(os.environ))
"""


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    def address(self, database: str = "teacher", password: str | None = IN_THE_ADDRESS) -> str:
        login = "teacher" if password is None else f"teacher:{password}"
        return f"postgresql+psycopg://{login}@127.0.0.1:{self.port}/{database}"

    def ask(self, question: str, *values: Any) -> list[Any]:
        import psycopg

        login = {"host": "127.0.0.1", "port": self.port, "user": "teacher", "password": SECRET}
        with psycopg.connect(**login, dbname="teacher", autocommit=True) as connection:
            cursor = connection.execute(question, values)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []


def programs() -> Path:
    """Debian keeps the server's programs out of PATH."""
    found = [
        *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        Path(shutil.which("initdb") or "/none/initdb"),
    ]
    if not found[0].is_file():
        if os.environ.get("COURSE_TEST_POSTGRESQL") == "required":
            pytest.fail(
                "No PostgreSQL, but COURSE_TEST_POSTGRESQL=required: install Debian's package postgresql."
            )
        pytest.skip("NOT TESTED with PostgreSQL: no server is installed.")
    return found[0].parent


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on a free port of the loopback; as nobody where root tests, for as root it will not run."""
    bin_folder = programs()
    with socket.socket() as free, tempfile.TemporaryDirectory(prefix="course-gradebook-") as name:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        folder = Path(name)
        (folder / "password").write_text(SECRET, encoding="ascii")
        user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
            for path in (folder, folder / "password"):
                shutil.chown(path, "nobody")
        plain = {
            **user,
            "cwd": folder,
            "stdout": subprocess.DEVNULL,
            "env": {"LC_ALL": "C", "PATH": "/usr/bin"},
        }
        login = ["--username=teacher", f"--pwfile={folder / 'password'}", "--auth=scram-sha-256"]
        make = [bin_folder / "initdb", folder / "data", *login, "--encoding=UTF8", "--no-sync"]
        subprocess.run(make, check=True, **plain)
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": name, "fsync": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        free.close()
        process = subprocess.Popen(
            [bin_folder / "postgres", "-D", folder / "data", "-p", str(port), *options],
            stderr=subprocess.DEVNULL,
            **plain,
        )
        try:
            made = Server(process, folder, port)
            _until_it_answers(made)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PGPASSFILE", _password_file(folder))  # in place of ~/.pgpass
                yield made
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _password_file(folder: Path) -> str:
    file = folder / "pgpass"
    file.write_text("*:*:*:teacher:" + SECRET.replace(":", "\\:"), encoding="ascii")
    file.chmod(0o600)
    return str(file)


def _until_it_answers(server: Server) -> None:
    import psycopg

    for _ in range(600):
        try:
            login = {"host": "127.0.0.1", "port": server.port, "user": "teacher", "password": SECRET}
            with psycopg.connect(**login, dbname="postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE teacher")
                return
        except psycopg.OperationalError:
            assert server.process.poll() is None, "the server ended"
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def with_gradebook(course: Course, address: str) -> Course:
    """The course with this address in its course.yml."""
    yaml = YAML()
    settings = yaml.load(course.root / "course.yml")
    settings["grading"]["gradebook"] = address
    yaml.dump(settings, course.root / "course.yml")
    return Course.load(course.root)


@dataclass
class Graded:
    course: Course
    cut_off: str
    entered_before: int
    results: dict[str, Result]


@pytest.fixture(scope="module")
def graded(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The class graded in two runs: after the first result of the first, the server ends the connection.

    Before the second, a person marks that first one, grading forgets that it was graded, and the password
    leaves course.yml.
    """
    course = make_scratch_course(Course.load(ROOT), tmp_path_factory.mktemp("postgresql") / "demo")
    course = with_gradebook(course, server.address())
    take_in(course, SAMPLES)
    _let_one_spy(course, server)
    register(course, UNIT)
    entered = "SELECT count(*) FROM grade WHERE auto_score IS NOT NULL"
    steps = 0

    def cut_off(_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == 2:  # one result is in
            server.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND datname = 'teacher'"
            )

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", SECRET)
        with pytest.raises(CourseError) as told:
            grade_unit(course, UNIT, on_progress=cut_off, jobs=1)
        before = server.ask(entered)[0][0]
        with in_the_gradebook(course) as gradebook:
            gradebook.find_grade("which-constant", UNIT, UNIT, HONEST).manual_score = MARK
            gradebook.db.commit()
        (course.root / ".grading" / UNIT / f"{HONEST}.json").unlink()
        course = with_gradebook(course, server.address(password=None))
        results = {result.student: result for result in grade_unit(course, UNIT, jobs=1)}
    return Graded(course, str(told.value), before, results)


def _let_one_spy(course: Course, server: Server) -> None:
    path = course.root / "submitted" / SPY / UNIT / f"{UNIT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    source = SPYING.replace("PORT", str(server.port)).replace("FOLDER", str(server.folder))
    notebook.cells.insert(1, new_code_cell(source, id="spying"))
    nbformat.write(notebook, path)


def in_the_gradebook(course: Course) -> Any:
    return gradebook_of(course)


def test_a_connection_that_is_cut_is_one_sentence_and_the_next_run_goes_on(graded: Graded):
    assert re.fullmatch(
        r"The gradebook refuses: [^\n]+\. Next: [^\n]+; what is graded already stays\.", graded.cut_off
    )
    assert SECRET not in graded.cut_off
    assert graded.entered_before > 0
    assert set(graded.results) == set(STUDENTS)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.student)
def test_the_scores_are_those_of_the_table_and_a_mark_by_hand_stays(graded: Graded, sample: Sample):
    if sample.student == HONEST:
        sample = replace(sample, scores={**sample.scores, "which-constant": MARK})
    assert sample.differences(graded.results[sample.student]) == []
    assert not (graded.course.root / "gradebook.db").exists()


def test_student_code_neither_reaches_the_server_nor_knows_of_it(graded: Graded):
    page = graded.course.root / "autograded" / SPY / UNIT / f"{UNIT}.ipynb"
    [said] = [
        output["text"]
        for cell in nbformat.read(page, as_version=4).cells
        if cell.get("id") == "spying"
        for output in cell.outputs
    ]
    assert said.startswith("stopped: ")
    assert "COURSE_GRADING" in said  # it came to its last line, which shows the environment
    for secret in ("reached", SECRET, IN_THE_ADDRESS, "PGPASSWORD", "postgresql"):
        assert secret not in said


def test_unchanged_work_is_not_run_again(graded: Graded):
    steps: list[Progress] = []
    again = grade_unit(graded.course, UNIT, on_progress=steps.append)
    assert {step.unchanged for step in steps} == {len(STUDENTS)}
    assert {result.student: result for result in again} == graded.results


def test_report_feedback_and_what_formgrader_asks_work(graded: Graded):
    assert class_report(graded.course, UNIT).students == len(STUDENTS)
    pages = feedback(graded.course, UNIT).pages
    assert len(pages) == len(STUDENTS)
    with at_work(), in_the_gradebook(graded.course) as gradebook:
        rows = {row["student"]: row for row in gradebook.submission_dicts(UNIT)}
        assert rows[SPY]["score"] == graded.results[SPY].total
        assert len(gradebook.notebook_submission_dicts(UNIT, UNIT)) == len(STUDENTS)
        assert len(gradebook.student_dicts()) == len(STUDENTS)
        assert gradebook.average_assignment_score(UNIT) > 0


KILLED = """
import os, signal, sys
import nbformat
from sqlalchemy import event
from autograder.course import Course
from autograder.grading.nbgrader_inside import read_config
from autograder.grading.results import Outcome
from autograder.grading.engine.task import Task, not_graded
from autograder.grading.gradebook.writer import Writer
course, unit, student = Course.load(sys.argv[1]), *sys.argv[2:]
text = course.lesson(unit).read_text()
lesson = nbformat.reads(text, as_version=4)
writer = Writer(course, unit, read_config(course), lesson, course.root / ".scratch")
sent = []
engine = writer._book.engine
event.listen(engine, "after_cursor_execute", lambda _, cursor, statement, *rest: sent.append(statement))

def die(connection):
    if any(statement.startswith("UPDATE grade") for statement in sent):
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(engine, "commit", die)
writer.enter(not_graded(Task(unit, student, text, None), Outcome.FAILED, "nothing"), None)
"""


def test_a_kill_just_before_the_commit_leaves_the_gradebook_as_it_was(graded: Graded, server: Server):
    every_grade = "SELECT id, auto_score, manual_score, needs_manual_grade FROM grade ORDER BY id"
    before = server.ask(every_grade)
    program = [sys.executable, "-c", KILLED, graded.course.root, UNIT, HONEST]
    assert subprocess.run(program, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert server.ask(every_grade) == before


def broken_address(kind: str, server: Server) -> str:
    return {
        "another password": server.address(password="another-one"),
        "no such database": server.address(database="nobodys"),
        "no server": f"postgresql+psycopg://teacher:{IN_THE_ADDRESS}@127.0.0.1:1/teacher",
        "no driver": f"postgresql+psycopg2://teacher:{IN_THE_ADDRESS}@127.0.0.1:{server.port}/teacher",
        "no such driver": f"postgresql+nonsense://teacher:{IN_THE_ADDRESS}@127.0.0.1/teacher",
        "no port": f"postgresql+psycopg://teacher:{IN_THE_ADDRESS}@127.0.0.1:port/teacher",
    }[kind]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("another password", r"at 127.0.0.1:\d+/teacher cannot be opened: .*password authentication failed"),
        ("no such database", r"at 127.0.0.1:\d+/nobodys cannot be opened: .*\"nobodys\" does not exist"),
        ("no server", r"at 127.0.0.1:1/teacher cannot be opened: .*[Cc]onnection refused"),
        ("no driver", r"needs a driver that is not installed \(.*psycopg2.*pip install 'psycopg\[binary\]'"),
        ("no such driver", "has an address that leads nowhere"),
        ("no port", "has an address that leads nowhere"),
    ],
)
def test_a_gradebook_that_cannot_be_opened_is_one_sentence_without_the_password(
    server: Server, kind: str, said: str, small_course: Path
):
    settings = f'grading:\n  gradebook: "{broken_address(kind, server)}"\n'
    with (small_course / "course.yml").open("a", encoding="utf-8") as file:
        file.write(settings)
    course = Course.load(small_course)
    handed_in = small_course / "submitted/ada/01-double/01-double.ipynb"
    handed_in.parent.mkdir(parents=True)
    shutil.copy(course.source("01-double"), handed_in)
    for attempt in (grade_unit, register):
        with pytest.raises(CourseError, match=f"^The gradebook (of course.yml )?{said}") as told:
            attempt(course, "01-double")
        message = str(told.value)
        assert "Next: " in message
        assert "\n" not in message
        for secret in (SECRET, IN_THE_ADDRESS, "another-one"):
            assert secret not in message


@pytest.mark.parametrize("address", [f"postgres://t:{SECRET}@h/d", f"postgresql://t:{SECRET}@x@h/d"])
def test_a_password_in_a_wrong_address_is_not_shown(address: str, small_course: Path):
    with (small_course / "course.yml").open("a", encoding="utf-8") as file:
        file.write(f'grading:\n  gradebook: "{address}"\n')
    with pytest.raises(CourseError, match=r"key grading\.gradebook: found") as told:
        Course.load(small_course)
    assert SECRET not in str(told.value)
