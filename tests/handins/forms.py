"""Hand-ins in the forms in which they arrive, each with what must become of it.

Written after public sources of Moodle, Canvas and nbgrader, and after what mail, browsers and people make.
No real person's name or work is in them.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.grading.handins.receipts import pack, write_receipt
from autograder.roster import Student

U, V = "02-divide-by-hand", "04-tensorflow-activation"
NOON = datetime(2026, 2, 18, 12, tzinfo=UTC)
MOODLE = "COURSE-Hand-in 2-51234.zip"
NFD = unicodedata.normalize("NFD", "Jürgen Groß")

CLASS = (
    Student(
        "ada", "Ada A", "ada@school.test", {"moodle": ("12345",), "canvas": ("12345",), "login": ("aada",)}
    ),
    Student("bo", "Bo B", "bo@school.test", {"login": ("bbo",)}),
    Student("asa", "Åsa Öberg", "asa@school.test"),
    Student("jurgen", "Jürgen Groß", "juergen@school.test"),
    Student("pat", "Pat O'Neil"),
    Student("wei", "王伟", "wang.wei@school.test"),
    Student("kim1", "Alex Kim", "a1@school.test", {"moodle": ("777",), "canvas": ("777",)}),
    Student("kim2", "Alex Kim", "a2@school.test", {"moodle": ("778",), "canvas": ("778",)}),
)

Files = Mapping[str, Any]
"""By name: a text, which is a notebook of that text; a mapping, which is a zip of these; or bytes."""


@dataclass(frozen=True)
class Form:
    """``runs`` are collected one after the other, the folder or the one archive of each.

    ``taken`` says by student which text counts then, ``asked`` how many are asked about; ``said`` is in a
    note of the last run, ``ok`` where nobody needs to look. Without ``roster`` any name is a student's.
    """

    name: str
    runs: tuple[Files, ...]
    taken: Mapping[str, str | bytes] = field(default_factory=dict)
    asked: int = 0
    said: str = ""
    ok: bool = True
    roster: bool = True
    assign: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """By student, the file data.csv."""


def notebook(text: str, graded_in: str = "") -> bytes:
    """A notebook of a text; ``graded_in`` is the unit whose graded cell that is."""
    plain = {
        "grade": True,
        "locked": False,
        "points": 1,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    metadata = {"nbgrader": {**plain, "grade_id": f"which-{graded_in}"}} if graded_in else {}
    cells = [{"cell_type": "markdown", "metadata": metadata, "source": text}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 2}).encode()


def slip(student: str, text: str, unit: str = U, hour: int = 12) -> bytes:
    """What `course submit` packs."""
    content = notebook(text)
    receipt = write_receipt(unit, student, content, NOON.replace(hour=hour))
    with tempfile.TemporaryDirectory() as folder:
        pack(Path(folder) / "handin.zip", content, receipt)
        return (Path(folder) / "handin.zip").read_bytes()


def zipped(files: Files, hour: int = 12) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 2, 18, hour, 0, 0)), as_bytes(content, hour))
    return box.getvalue()


def as_bytes(content: Any, hour: int = 12) -> bytes:
    if isinstance(content, str):
        return notebook(content)
    return content if isinstance(content, bytes) else zipped(content, hour)


def lay(folder: Path, files: Files, hour: int) -> Path:
    """The files in a folder; of a single zip, that."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(content, hour))
        moment = NOON.replace(hour=hour).timestamp()
        os.utime(path, (moment, moment))
    [first, *others] = files
    return folder / first if first.endswith(".zip") and "/" not in first and not others else folder


def moodle(name: str, number: int, file: str = f"{U}.ipynb", end: str = "_/") -> str:
    return f"{name}_{number}_assignsubmission_file{end}{file}"


FROM_MAKE = (
    Form(
        "01 work folders zipped",
        ({f"{one}.zip": {f"work/{U}/{U}.ipynb": one} for one in ("ada", "bo")},),
        {"ada": "ada", "bo": "bo"},
    ),
    Form(
        "02 JupyterLab's duplicate",
        ({f"{one}/{U}-Copy1.ipynb": one for one in ("ada", "bo")},),
        {"ada": "ada", "bo": "bo"},
    ),
    Form(
        "02b a browser's duplicate",
        ({f"{one}/{U} (1).ipynb": one for one in ("ada", "bo")},),
        {"ada": "ada", "bo": "bo"},
    ),
    Form(
        "03 a login that all share, through Moodle",
        (
            {
                MOODLE: {
                    moodle("Ada A", 12345, f"handin-{U}-jovyan.zip"): slip("jovyan", "ada"),
                    moodle("Bo B", 12346, f"handin-{U}-jovyan.zip"): slip("jovyan", "bo", hour=13),
                }
            },
        ),
        {"ada": "ada", "bo": "bo"},
    ),
    Form(
        "03b a login that all share, alone",
        ({f"handin-{U}-jovyan.zip": slip("jovyan", "ada")},),
        asked=1,
        said="jovyan is a login that many share",
        ok=False,
    ),
    Form(
        "04 Moodle, with and without a trailing _",
        ({MOODLE: {moodle("Ada A", 12345): "ada", moodle("Bo B", 12346, end="/"): "bo"}},),
        {"ada": "ada", "bo": "bo"},
    ),
    Form("04b Moodle, flat", ({MOODLE: {moodle("Ada A", 12345, end="_"): "ada"}},), {"ada": "ada"}),
    Form(
        "05 Canvas, late, then again under other numbers",
        (
            {"submissions.zip": {f"aada_LATE_12345_67890_{U}.ipynb": "ada"}},
            {"submissions.zip": {f"aada_12345_68333_{U}-1.ipynb": "ada again"}},
        ),
        {"ada": "ada again"},
    ),
    Form(
        "05b Canvas's suffix on a receipt",
        ({f"handin-{U}-ada-1.zip": slip("ada", "ada")},),
        {"ada": "ada"},
    ),
    Form(
        "06 Blackboard, two attempts",
        (
            {
                f"gradebook_{U}.zip": {
                    f"{U}_aada_attempt_2026-02-18-{hour}-03-22_{U}.ipynb": f"ada {hour}" for hour in (16, 14)
                }
                | {f"{U}_aada_attempt_2026-02-18-16-03-22.txt": b"Name: Ada A (aada)"}
            },
        ),
        {"ada": "ada 16"},
    ),
    Form(
        "07 names in any script",
        ({f"{name}/{U}.ipynb": name for name in ("Åsa Öberg", NFD, "Pat O'Neil", "王伟")},),
        {"asa": "Åsa Öberg", "jurgen": NFD, "pat": "Pat O'Neil", "wei": "王伟"},
    ),
    Form(
        "10 nbgrader's folders, with its time",
        ({f"ada/{U}/{U}.ipynb": "ada", f"ada/{U}/timestamp.txt": b"2026-01-24 14:03:22.123456 UTC\n"},),
        {"ada": "ada"},
    ),
)
OWN = (
    Form(
        "two names alike, told apart by Moodle's numbers",
        ({MOODLE: {moodle("Alex Kim", 777): "one", moodle("Alex Kim", 778): "two"}},),
        {"kim1": "one", "kim2": "two"},
    ),
    Form(
        "two names alike, and a number that nobody has yet",
        ({MOODLE: {moodle("Alex Kim", 900): "which?", moodle("Bo B", 901): "bo"}},),
        {"bo": "bo"},
        asked=1,
        said="Alex Kim (moodle 900) can be Alex Kim (kim1) or Alex Kim (kim2)",
        ok=False,
    ),
    Form(
        "the same, assigned, and kept for the number when it comes again",
        (
            {MOODLE: {moodle("Alex Kim", 900): "which?", moodle("Bo B", 901): "bo"}},
            {MOODLE: {moodle("Alex Kim", 900): "again", moodle("Bo B", 901): "bo"}},
        ),
        {"bo": "bo", "kim2": "again"},
        assign=("moodle 900=kim2",),
    ),
    Form(
        "Moodle, by groups, names as Moodle cleans them, last name first",
        (
            {
                MOODLE: {
                    moodle("Group 1-Pat ONeil", 1): "pat",
                    moodle("Öberg Åsa", 2): "asa",
                    moodle("王伟", 3): "wei",
                    moodle(NFD, 4): "jurgen",
                }
            },
        ),
        {"pat": "pat", "asa": "asa", "wei": "wei", "jurgen": "jurgen"},
    ),
    Form(
        "Moodle, marked blindly",
        ({MOODLE: {moodle("Participant", 12345): "ada", moodle("Participant", 99999): "who?"}},),
        {"ada": "ada"},
        asked=1,
        said="'(moodle 99999)' is not on the roster",
        ok=False,
    ),
    Form(
        "Canvas, names in any script, one who is not in the class",
        (
            {
                "submissions.zip": {
                    f"öbergåsa_21_9001_{U}.ipynb": "asa",
                    f"oneilpat_22_9002_{U}.ipynb": "pat",
                    f"王伟_23_9003_{U}.ipynb": "wei",
                    f"großjürgen_24_9004_{U}.ipynb": "jurgen",
                    f"kimalex_LATE_778_9005_{U}-2.ipynb": "kim2",
                    f"strangera_99_9006_{U}.ipynb": "?",
                }
            },
        ),
        {"asa": "asa", "pat": "pat", "wei": "wei", "jurgen": "jurgen", "kim2": "kim2"},
        asked=1,
        said="'strangera (canvas 99)' is not on the roster",
        ok=False,
    ),
    Form(
        "the exchange, two hand-ins of one, one whose login all share",
        (
            {
                f"inbound/aada+{U}+2026-02-17 10:00:00.000000 UTC+AbC-_9/{U}.ipynb": "ada first",
                f"inbound/aada+{U}+2026-02-18 10:00:00.000000 UTC+zzzz/{U}.ipynb": "ada second",
                f"inbound/bbo+{U}+2026-02-18 10_00_00.000000 UTC/{U}.ipynb": "bo",
                f"inbound/jovyan+{U}+2026-02-18 10:00:00.000000 UTC/{U}.ipynb": "who?",
            },
        ),
        {"ada": "ada second", "bo": "bo"},
        asked=1,
        said="jovyan is a login that many share",
        ok=False,
    ),
    Form(
        "mail attachments as people name them",
        (
            {
                f"ada_{U}_final.ipynb": "ada",
                f"Kopie von {U}-bo.ipynb": "bo",
                f"Öberg, Åsa - {U} (2).ipynb": "asa",
                f"{U} Pat O'Neil v2.ipynb": "pat",
                "Jürgen Groß - Hand-in 2.ipynb": notebook("jurgen", U),
                f"wang.wei@school.test/{U} - Copy.ipynb": "wei",
            },
        ),
        {"ada": "ada", "bo": "bo", "asa": "asa", "pat": "pat", "wei": "wei", "jurgen": notebook("jurgen", U)},
    ),
    Form(
        "the whole course zipped: what lies in work/ counts",
        (
            {
                "ada.zip": {
                    f"learning-to-divide-main/{folder}/{unit}/{unit}.ipynb": notebook(
                        f"{folder} {unit}", unit
                    )
                    for folder in ("lessons", "solutions", "source")
                    for unit in (U, V)
                }
                | {f"learning-to-divide-main/work/{U}/{U}.ipynb": "ada"},
                "bo.zip": {f"course/lessons/{U}/{U}.ipynb": "bo wrote in lessons/"},
            },
        ),
        {"ada": "ada", "bo": "bo wrote in lessons/"},
    ),
    Form(
        "a solution of another year is nobody's work",
        ({"ada.zip": {f"course/solutions/{U}/{U}.ipynb": "solved in 2025"}, "bo.ipynb": b"x"},),
        said="it lies where the course keeps its own",
        ok=False,
    ),
    Form(
        "a receipt of somebody else in what Moodle says is Ada's",
        (
            {
                MOODLE: {
                    moodle("Ada A", 12345, f"handin-{U}-bo.zip"): slip("bo", "bo's"),
                    moodle("Åsa Öberg", 12347, f"handin-{U}-asa.zip"): slip("Asa-Oberg", "asa"),
                }
            },
        ),
        {"ada": "bo's", "asa": "asa"},
        said="its receipt says bo",
        ok=False,
    ),
    Form(
        "two origins of one in one run: nothing is replaced",
        (
            {f"ada/{U}.ipynb": "before"},
            {f"ada/{U}.ipynb": "one", f"{U}-Ada A.ipynb": "two", f"bo/{U}.ipynb": "bo"},
        ),
        {"ada": "before", "bo": "bo"},
        said="came as ada's, and they differ: neither is taken",
        ok=False,
    ),
    Form(
        "two origins of one, the same work",
        ({f"ada/{U}.ipynb": "one", f"{U}-Ada A.ipynb": "one"},),
        {"ada": "one"},
    ),
    Form(
        "a stranger's zip with Ada's name inside",
        ({"Peter H.zip": {f"ada/{U}.ipynb": "forged"}, f"bo/{U}.ipynb": "bo"},),
        {"bo": "bo"},
        asked=1,
        said="'Peter H' is not on the roster",
        ok=False,
    ),
    Form(
        "Moodle's name forged inside a zip that is Bo's",
        ({"bo.zip": {moodle("Ada A", 12345): "bo's own"}, f"asa/{U}.ipynb": "asa"},),
        {"bo": "bo's own", "asa": "asa"},
        said="further in it says Ada A",
        ok=False,
    ),
    Form(
        "Moodle's zip beside others in handins/",
        (
            {
                MOODLE: {moodle("Ada A", 12345): "ada", moodle("Bo B", 12346): "bo"},
                "asa.zip": {f"{U}.ipynb": "asa"},
            },
        ),
        {"ada": "ada", "bo": "bo", "asa": "asa"},
    ),
    Form(
        "Moodle again, in a zip of another name",
        (
            {MOODLE: {moodle("Ada A", 12345): "first", moodle("Bo B", 12346): "bo"}},
            {"week 2.zip": {moodle("Ada A", 12345): "second", moodle("Bo B", 12346): "bo"}},
        ),
        {"ada": "second", "bo": "bo"},
    ),
    Form(
        "a folder for each week, by last name and first",
        ({f"week 2/Öberg_Åsa/{U}.ipynb": "asa", f"week 2/A_Ada/{U}.ipynb": "ada"},),
        {"asa": "asa", "ada": "ada"},
    ),
    Form(
        "files beside the notebooks, where a platform packs all into one folder",
        (
            {
                "submissions.zip": {
                    f"aada_LATE_12345_67890_{U}.ipynb": "ada",
                    "aada_LATE_12345_67891_data.csv": b"ada's",
                    f"bbo_12346_67892_{U}.ipynb": "bo",
                    "bbo_12346_67893_data.csv": b"bo's",
                }
            },
        ),
        {"ada": "ada", "bo": "bo"},
        beside={"ada": b"ada's", "bo": b"bo's"},
    ),
    Form(
        "names that say no unit: its graded cells say it",
        (
            {
                MOODLE: {
                    moodle("Ada A", 12345, "Homework.ipynb"): notebook("ada", U),
                    moodle("Bo B", 12346, "Untitled1.ipynb"): notebook("bo", V),
                    moodle("王伟", 12347, "x.ipynb"): "of no unit",
                }
            },
        ),
        {"ada": notebook("ada", U)},
        said="which unit?",
        ok=False,
    ),
    Form(
        "nobody's name: asked, then filled in by hand",
        ({"Untitled1.zip": {f"{U}.ipynb": "ada"}}, {"Untitled1.zip": {f"{U}.ipynb": "ada"}}),
        {"ada": "ada"},
        assign=("Untitled1.zip=Ada A",),
    ),
)
WITHOUT_A_ROSTER = (
    Form(
        "Moodle, without a roster",
        ({MOODLE: {moodle("Ada A", 12345): "ada", moodle("Åsa Öberg", 12346, end="_"): "asa"}},),
        {"Ada-A": "ada", "Asa-Oberg": "asa"},
        roster=False,
    ),
    Form(
        "Canvas, without a roster, again under other numbers",
        (
            {"submissions.zip": {f"aada_LATE_12345_67890_{U}.ipynb": "ada"}},
            {"submissions (1).zip": {f"aada_12345_68333_{U}-1.ipynb": "ada again"}},
        ),
        {"aada": "ada again"},
        roster=False,
    ),
    Form(
        "names, without a roster: of Bö and Bo it would make one",
        ({f"{name}/{U}.ipynb": name for name in ("Åsa Öberg", NFD, "王伟", "jovyan", "Bö", "Bo", "ed.x")},),
        {"Bo": "Bo", "ed.x": "ed.x"},
        asked=5,
        said="'Bö' cannot be a student's name here",
        ok=False,
        roster=False,
    ),
    Form(
        "a name in any letters around what course submit packed, without a roster",
        ({"Åsa Öberg.zip": {f"{U}.zip": slip("Asa-Oberg", "asa")}, "王伟.zip": slip("wei", "wei")},),
        {"Asa-Oberg": "asa", "wei": "wei"},
        roster=False,
    ),
    Form(
        "Blackboard and the exchange, without a roster",
        (
            {
                f"{U}_aada_attempt_2026-02-18-14-03-22_{U}.ipynb": "ada",
                f"bbo+{U}+2026-02-18 10:00:00.000000 UTC+zz/{U}.ipynb": "bo",
            },
        ),
        {"aada": "ada", "bbo": "bo"},
        roster=False,
    ),
    Form(
        "two who would be written alike, one after the other, without a roster",
        ({MOODLE: {moodle("Bö B", 11): "first"}}, {MOODLE: {moodle("Bo B", 12): "of another"}}),
        {"Bo-B": "first"},
        said="who has one here that came in moodle 11",
        ok=False,
        roster=False,
    ),
    Form(
        "two of one name, without a roster",
        ({MOODLE: {moodle("Alex Kim", 777): "one", moodle("Alex Kim", 778): "two"}},),
        said="Alex Kim (moodle 777) and Alex Kim (moodle 778) came as Alex-Kim's, and they differ",
        ok=False,
        roster=False,
    ),
)
FORMS = (*FROM_MAKE, *OWN, *WITHOUT_A_ROSTER)
