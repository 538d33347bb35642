"""The `course` command. Each subcommand imports what it needs when it runs, so that `--help` is quick."""

from __future__ import annotations

import atexit
import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

atexit.register(gc.freeze)  # see `processes.garbage.keep_all`


class _OneSentence(TyperGroup):
    """An error that a user can cause is one sentence and exit status 1, never a traceback.

    `course` is called as it is typed: in what is printed, in usage lines, in examples.
    """

    def main(self, args: Any = None, prog_name: str | None = None, *more: Any, **settings: Any) -> Any:
        from autograder.commands import typed

        typed.subcommands_are(self.commands)
        return super().main(args, prog_name or typed.course(), *more, **settings)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        from autograder.commands.typed import as_typed

        if (command := super().get_command(ctx, cmd_name)) is not None and command.epilog:
            command.epilog = as_typed(command.epilog)
        return command

    def invoke(self, ctx: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal that has no ✓ shows a ?
        try:
            return super().invoke(ctx)
        except Exception as error:
            from autograder.commands.showing import print_error
            from autograder.commands.visible import visible

            if (sentence := _sentence(error)) is None:
                if isinstance(getattr(error, "message", None), str):  # typer's own, of a word that was typed
                    error.message = visible(error.message)  # type: ignore[attr-defined]
                raise
            print_error(sentence)
            raise typer.Exit(1) from None


def _sentence(error: Exception) -> str | None:
    """What to tell a user; None where the fault is ours, and where typer itself has the answer."""
    from autograder.course_file import CourseError

    if isinstance(error, CourseError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}. Next: course doctor"
    return None


class Target(StrEnum):
    """What takes grades: an LMS, or a kind of table."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


app = typer.Typer(
    cls=_OneSentence,
    help="Learning to divide: build the course, study it, hand in, grade.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

new = typer.Typer(
    cls=_OneSentence, help="Make an exercise or a unit of your own, from a template.", no_args_is_help=True
)
app.add_typer(new, name="new")

UnitName = Annotated[str, typer.Argument(metavar="UNIT", help="A unit's id, as in course.yml.")]
AnyUnit = Annotated[str | None, typer.Argument(metavar="UNIT", help="A unit's id; left out: all.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of a table.")]


@app.command(epilog="Example: course build 02-divide-by-hand")
def build(
    units: Annotated[list[str] | None, typer.Argument(metavar="UNITS", help="Left out: all units.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say what is stale.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also what has not changed.")] = False,
) -> None:
    """Make lessons/ and solutions/ from source/."""
    from autograder.commands.build import build
    from autograder.commands.showing import print_lines, progress_bar

    course = _course()
    with progress_bar("Building") as step:
        report = build(course, units, check=check, force=force, on_progress=step)
    print_lines(*(f"wrote {path}" for path in report.written), *report.differences)
    print_lines(f"{len(report.executed)} built, {len(report.unchanged)} unchanged.")
    _exit(report.ok)


@new.command("course", epilog="Example: course new course ~/smooth --title 'Smooth steps'")
def new_course(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    title: Annotated[str | None, typer.Option(help="Left out: made from the folder's name.")] = None,
) -> None:
    """Make a course of your own in a folder of its own, with one unit."""
    from autograder.commands import typed
    from autograder.commands.new import new_course
    from autograder.commands.showing import print_lines

    written = new_course(folder, title)
    command = f"{typed.course(folder)} new exercise ID --kind elementwise --unit 01-first"
    print_lines(*(f"wrote {path}" for path in written), f"Next: cd {folder}, then {command}")


@new.command("exercise", epilog="Example: course new exercise softplus --kind elementwise --unit 10-smooth")
def new_exercise(
    exercise: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and hyphens.")],
    kind: Annotated[str, typer.Option(help="elementwise, or several-arguments.")],
    unit: Annotated[str, typer.Option(help="The unit whose notebook gets its cells.")],
    title: Annotated[str | None, typer.Option(help="Left out: made from the id.")] = None,
) -> None:
    """Make an exercise of your own: its folder, its answers, and its cells at the end of a unit's source."""
    from autograder.commands.new import new_exercise
    from autograder.commands.showing import print_lines

    written = new_exercise(_course(), exercise, kind, unit, title)
    print_lines(*(f"wrote {path}" for path in written), f"Next: course try {exercise}")


@new.command("unit", epilog="Example: course new unit 10-smooth --title 'Smooth a corner'")
def new_unit(
    unit: Annotated[str, typer.Argument(metavar="ID", help="Names its folder and its notebook.")],
    title: Annotated[str | None, typer.Option(help="A verb phrase.")] = None,
) -> None:
    """Make a unit of your own: its entry in course.yml, and a source that builds."""
    from autograder.commands.new import new_unit
    from autograder.commands.showing import print_lines

    written = new_unit(_course(), unit, title)
    print_lines(*(f"wrote {path}" for path in written), f"Next: course build {unit}")


@app.command("try", epilog="Example: course try softplus")
def try_exercise(
    exercise: Annotated[str, typer.Argument(metavar="ID", help="An exercise.")], json: Json = False
) -> None:
    """Try an exercise: its right and wrong answers, and answers made from its mistakes; say what survives.

    Exit status: 0 each was judged as it must be; 1 one was not.
    """
    from autograder.commands.showing import print_json, print_lines, print_table
    from autograder.commands.trying import COLUMNS, summary, try_out

    tried, unseen = try_out(_course(), exercise)
    if json:
        print_json([one.as_json() for one in tried])
    else:
        print_table(exercise, COLUMNS, [one.as_row() for one in tried])
        print_lines(*summary(tried, unseen))
    _exit(all(one.ok for one in tried))


@app.command(epilog="Example: course release")
def release(
    units: Annotated[list[str] | None, typer.Argument(metavar="UNITS", help="Left out: all units.")] = None,
    json: Json = False,
) -> None:
    """Make the zip for students, in release/: lessons, and what it takes to run them; no solutions."""
    from autograder.commands.release import as_text, release
    from autograder.commands.showing import print_json, print_lines, progress_bar

    with progress_bar("Checking") as step:
        released = release(_course(), units, on_progress=step)
    if json:
        print_json(released.as_json())
    else:
        print_lines(*as_text(released))


@app.command(epilog="Example: course lab --port 8899")
def lab(
    port: Annotated[int | None, typer.Option(help="Left out: the first free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
    newer: Annotated[
        Path | None, typer.Option("--from", metavar="ZIP", help="Your teacher's newer zip, taken in first.")
    ] = None,
) -> None:
    """Study: JupyterLab on your own copy of the lessons, in work/."""
    from autograder.commands.given import begin, older_checks, take_in
    from autograder.commands.lab import lay_out, open_lab
    from autograder.commands.showing import print_lines

    course = take_in(_course(), newer) if newer else begin(Path.cwd())
    print_lines(*lay_out(course), *filter(None, [older_checks(course)]))
    raise typer.Exit(open_lab(course, port, browser=not no_browser))


@app.command("app", epilog="Example: course app --port 8501")
def app_page(
    port: Annotated[int | None, typer.Option(help="Left out: the first free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
) -> None:
    """Try all models of the course on two numbers of your own, in the browser."""
    from autograder.commands.app import open_app

    raise typer.Exit(open_app(_course(), port, browser=not no_browser))


@app.command(epilog="Example: course submit 01-warm-up --name ada")
def submit(
    unit: UnitName,
    name: Annotated[str | None, typer.Option(help="Your name; left out: your login.")] = None,
    notebook: Annotated[
        str | None, typer.Option(help="Which one, where a newer lesson lies beside yours.")
    ] = None,
) -> None:
    """Pack your notebook of a unit, with a receipt, for your teacher."""
    from autograder.commands.showing import ask, can_ask, print_lines
    from autograder.commands.submit import as_text, submit, which

    course = _course()
    chosen = which(course, unit, notebook, ask if can_ask() else None)
    print_lines(*as_text(*submit(course, unit, name, chosen), chosen).splitlines())


@app.command(epilog="Example: course collect ~/Downloads/handins.zip")
def collect(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders, archives, notebooks; left out: handins/.")
    ] = None,
    assign: Annotated[
        list[str] | None, typer.Option(metavar="FILE=STUDENT", help="Whose a file is; may be repeated.")
    ] = None,
    received: Annotated[
        str | None, typer.Option(metavar="'DATE TIME'", help="When all of it was handed in.")
    ] = None,
    json: Json = False,
) -> None:
    """Take hand-ins into submitted/, where nbgrader looks for them.

    Whose nobody can tell is asked in whose.csv: fill in the column student, and collect again.
    """
    from collections import Counter

    from autograder.commands.showing import print_error, print_json, print_lines, print_table
    from autograder.grading.handins.collecting import collect
    from autograder.roster import Roster

    course = _course()
    entries = collect(course, paths or [course.root / "handins"], assign or (), received)
    if json:
        print_json([entry.as_json() for entry in entries])
    elif entries:
        columns = ("hand-in", "student", "unit", "what", "handed in", "note")
        shown = Roster.load(course.root).shown
        rows = [
            (e.where, shown(e.student) if e.student else "?", e.unit or "?", str(e.fate), e.handed_in, e.note)
            for e in entries
        ]
        print_table("Hand-ins", columns, rows)
        fates = Counter(str(entry.fate) for entry in entries)
        print_lines(", ".join(f"{count} {fate}" for fate, count in fates.items()) + ".")
    else:
        print_error("There is no hand-in in there.")
    _exit(bool(entries) and all(entry.ok for entry in entries))


@app.command(epilog="Example: course extend ada 02-divide-by-hand 2027-02-21")
def extend(
    student: Annotated[str | None, typer.Argument(help="Who; left out: all extensions are listed.")] = None,
    unit: Annotated[str | None, typer.Argument(help="A unit's id, as in course.yml.")] = None,
    until: Annotated[str | None, typer.Argument(help="A day, or 'DAY TIME', in the course's zone.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the extension back.")] = False,
) -> None:
    """Give one student longer for a unit; kept in extensions.csv. Penalties follow without grading again."""
    from autograder.commands.extend import COLUMNS, extend, listed
    from autograder.commands.showing import print_lines, print_table

    course = _course()
    if student and unit:
        print_lines(extend(course, student, unit, until, remove=remove))
    elif student:
        raise typer.BadParameter("for which unit?")
    else:
        print_table("Extensions", COLUMNS, listed(course))


@app.command(epilog="Example: course history ada 02-divide-by-hand")
def history(
    student: Annotated[str, typer.Argument(help="Who.")], unit: AnyUnit = None, json: Json = False
) -> None:
    """What a student handed in, when, how late, and which one counts."""
    from autograder.commands.history import COLUMNS, rows
    from autograder.commands.showing import print_json, print_table

    found, handed_in = rows(_course(), student, unit)
    if json:
        print_json([row.as_json() for row in handed_in])
    else:
        print_table(found, COLUMNS, [row.as_row() for row in handed_in])


@app.command(epilog="Example: course roster ~/Downloads/participants.csv")
def roster(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILES", help="Lists of the class; left out: shows it.")
    ] = None,
    json: Json = False,
) -> None:
    """Read the class from Moodle's or Canvas's list, or from any CSV with names; or show who is in it.

    Exit status: 0 all is clear; 1 a person must decide something, which is told in a line.
    """
    from autograder.commands.roster import COLUMNS, read, rows, summary
    from autograder.commands.showing import print_json, print_lines, print_table

    course = _course()
    if files:
        done = read(course, files)
        print_lines(*done.questions, done.sentence)
        _exit(not done.questions)
    if json:
        print_json([row.as_json() for row in rows(course)])
        return
    print_table("The class", COLUMNS, [row.as_row() for row in rows(course)])
    print_lines(*summary(course))


@app.command(epilog="Example: course check 01-warm-up")
def check(
    notebook: Annotated[str | None, typer.Argument(metavar="NOTEBOOK|UNIT", help="A file or a unit.")] = None,
    json: Json = False,
) -> None:
    """Run a lesson as grading will, and say the verdict on each exercise."""
    from autograder.commands.check import COLUMNS, check, find_notebook, warning
    from autograder.commands.showing import print_error, print_json, print_lines, print_table, progress_bar

    course = _course()
    path = find_notebook(course, notebook)
    if warned := warning(course, path):
        print_error(warned)
    with progress_bar("Running the cells") as step:
        report = check(course, path, on_progress=step)
    if json:
        print_json([exercise.as_json() for exercise in report.exercises])
    else:
        print_table(path.name, COLUMNS, [exercise.as_row() for exercise in report.exercises])
        print_lines(*report.notes)
    _exit(report.ok)


@app.command(epilog="Example: course grade 02-divide-by-hand --student ada --json")
def grade(
    unit: AnyUnit = None,
    student: Annotated[list[str] | None, typer.Option(help="Only this one; may be repeated.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes side by side. Left out: one a core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="A dask.distributed cluster, tcp://host:8786.")
    ] = None,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Without a sandbox: student code runs as you.")
    ] = False,
    json: Json = False,
) -> None:
    """Grade what was collected: scores by exercise, failures with their reasons, mistakes with their names.

    What has not changed since it was graded is not run again; a run that was stopped goes on where it was.

    Exit status: 0 all was run to its end; 1 something needs a look, or nothing could be graded; 130 Ctrl-C.
    """
    from autograder.commands.grade import all_went_well, grade, show, stopped
    from autograder.commands.roster import missing
    from autograder.commands.showing import print_error, print_json
    from autograder.commands.watching import watching
    from autograder.grading import in_nbgraders_way
    from autograder.roster import Roster

    course = _course()
    how = {"jobs": jobs, "scheduler": scheduler, "unsafe": unsafe}
    with watching() as watcher:
        try:
            results = grade(course, unit, student, on_progress=watcher, **how)
        except KeyboardInterrupt:
            results = None
    if results is None:
        print_error(stopped(list(watcher.units.values()), anew=unsafe and in_nbgraders_way()))
        raise typer.Exit(130)
    if json:
        print_json([result.as_json() for result in results])
    else:
        units = {result.unit for result in results}
        show(
            results,
            unchanged={unit: seen.unchanged for unit, seen in watcher.units.items()},
            roster=Roster.load(course.root),
            absent={} if student else {unit: missing(course, unit) for unit in units},
        )
    _exit(all_went_well(results))


@app.command(epilog="Example: course report 02-divide-by-hand --json")
def report(
    unit: AnyUnit = None,
    term: Annotated[bool, typer.Option("--term", help="All units together, by exercise.")] = False,
    json: Json = False,
) -> None:
    """How the class did: scores, right answers, the mistakes that many made; a page in report/."""
    from autograder.commands.report import reports, show, write_page
    from autograder.commands.showing import print_json, print_lines

    course = _course()
    if term:
        if unit:
            raise typer.BadParameter("--term is about all units: leave the unit out.")
        from autograder.commands.term_page import show_term, write_term_page
        from autograder.grading.gradebook.term_report import term_report

        whole = term_report(course)
        if json:
            print_json(whole.as_json())
            return
        show_term(course, whole)
        print_lines(f"Page: {write_term_page(course, whole)}")
        return
    found = reports(course, unit)
    if json:
        print_json([one.as_json() for one in found])
        return
    for one in found:
        show(course, one)
        print_lines(f"Page: {write_page(course, one)}", "")


@app.command(epilog="Example: course feedback 01-warm-up")
def feedback(unit: AnyUnit = None) -> None:
    """Write nbgrader's feedback pages for everyone graded, into feedback/.

    Exit status: 0 everyone has a page; 1 one could not be written, which is told in a line.
    """
    from autograder.commands.feedback import feedback
    from autograder.commands.showing import print_lines, progress_bar

    course = _course()
    with progress_bar("Feedback") as step:
        written = feedback(course, unit, on_progress=step)
    print_lines(*written.failed, f"Wrote {len(written.pages)} pages into {course.root / 'feedback'}.")
    _exit(not written.failed)


@app.command(
    "export", epilog="Example: course export 02-divide-by-hand --to moodle --into ~/Downloads/Grades.csv"
)
def export_grades(
    unit: AnyUnit = None,
    *,
    to: Annotated[Target, typer.Option(help="What takes the grades.")],
    into: Annotated[
        Path | None, typer.Option(help="The worksheet that you downloaded; it stays as it is.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(help="Canvas: the assignment, where no column is called like the unit.")
    ] = None,
    feedback: Annotated[bool, typer.Option(help="With a zip of feedback pages.")] = True,
    json: Json = False,
) -> None:
    """Give grades back: fill the worksheet of Moodle or Canvas, or write a table, into export/.

    Exit status: 0 everyone who handed in has a grade in it; 1 one does not, or a row is nobody's.
    """
    from autograder.commands.export import export_to_lms, show
    from autograder.commands.export_table import export_table
    from autograder.commands.showing import print_json, progress_bar
    from autograder.course_file import CourseError

    course = _course()
    if to in (Target.MOODLE, Target.CANVAS):
        with progress_bar("Feedback") as step:
            exported = export_to_lms(course, unit, to, into, column, feedback, step)
    elif into or column:
        raise CourseError(f"--into and --column are for moodle and canvas. Next: course export --to {to}")
    else:
        exported = export_table(course, unit, to)
    if json:
        print_json(exported.as_json())
    else:
        show(exported)
    _exit(exported.ok)


@app.command(epilog="Example: course demo")
def demo() -> None:
    """See it all once: build, collect a sample class, grade it, write feedback, in demo/."""
    from autograder.commands.demo import demo
    from autograder.commands.showing import progress_bar
    from autograder.commands.watching import watching

    _exit(demo(_course(), progress_bar, watching).ok)


@app.command(epilog="Example: course doctor --json")
def doctor(json: Json = False) -> None:
    """Say what is missing on this machine, and how to mend it."""
    from autograder.commands.doctor import COLUMNS, examine
    from autograder.commands.showing import print_json, print_table, progress_bar

    with progress_bar("Looking at") as step:
        findings = examine(Path.cwd(), on_progress=step)
    if json:
        print_json([finding.as_json() for finding in findings])
    else:
        print_table("Doctor", COLUMNS, [finding.as_row() for finding in findings])
    _exit(all(finding.ok or not finding.needed for finding in findings))


def _course() -> Any:
    from autograder.course import find_course

    return find_course()


def _exit(ok: bool) -> None:
    raise typer.Exit(0 if ok else 1)
