"""The doctor finds what is missing and says how to mend it."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder.commands import doctor, lab, packages
from autograder.course import Course


def look(finding: doctor.Finding) -> tuple[bool, str]:
    return finding.ok, finding.found


def test_only_what_this_machine_needs_is_read_from_the_lock():
    lock = (
        "# made by uv\nnumpy==2.4.6\n    # via keras\nkeras==3.15.1 ; python_version > '3'\n"
        "winonly==1.0 ; sys_platform == 'no-such-platform'\n"
    )
    assert list(packages.pins(lock)) == [("numpy", "2.4.6"), ("keras", "3.15.1")]


def test_a_package_of_another_version_or_missing_is_named(
    mini_course: Course, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(packages, "needed", lambda _: {"no-such-package"})
    lock = mini_course.root / "requirements.lock"
    lock.write_text("numpy==0.1\nno-such-package==1.0\n")
    ok, found = look(doctor._packages(mini_course.root))
    assert not ok
    assert "not 0.1" in found
    assert "no-such-package missing, not 1.0" in found


def test_what_only_developers_need_may_be_missing(mini_course: Course):
    lock = mini_course.root / "requirements.lock"
    lock.write_text(f"numpy=={version('numpy')}\nno-such-package==1.0\n")
    assert look(doctor._packages(mini_course.root)) == (True, "1 packages as locked")
    assert {"numpy", "nbgrader", "distributed", "psycopg", "traitlets"} <= packages.needed()
    assert not {"ruff", "mypy", "hypothesis"} & packages.needed()


def test_a_missing_lesson_or_course_is_named(mini_course: Course, tmp_path: Path):
    assert doctor._course(mini_course.root).ok
    mini_course.lesson("02-later").unlink()
    finding = doctor._course(mini_course.root)
    assert (finding.ok, finding.found, finding.mend) == (False, "no lesson of 02-later", "course build")
    assert not doctor._course(tmp_path).ok


def test_a_missing_kernel_and_a_broken_tensorflow_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    def missing(*_: object) -> None:
        raise NoSuchKernel("python3")

    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", missing)
    assert look(doctor._kernel(tmp_path)) == (False, "missing")
    (tmp_path / "tensorflow.py").write_text("raise ImportError('broken here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert look(doctor._tensorflow(tmp_path)) == (False, "ImportError: broken here")


def test_a_taken_port_is_said_and_none_free_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(lab, "port_is_free", lambda port: port == doctor.PORT + 1)
    assert look(doctor._port(tmp_path)) == (True, "8888 is taken, 8889 is free")
    monkeypatch.setattr(lab, "port_is_free", lambda _: False)
    assert not doctor._port(tmp_path).ok


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_folder_that_cannot_be_written_and_a_full_disk_are_errors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    assert "permission denied" in doctor._folder(tmp_path).found
    monkeypatch.setattr(doctor, "MIN_DISK_MB", 10**12)
    assert not doctor._disk(tmp_path).ok
    assert doctor._disk(tmp_path).mend


def test_a_machine_without_a_sandbox_is_told_what_to_allow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from autograder.grading.sandbox import probing

    monkeypatch.setattr(probing, "probe", lambda level: probing.Probe(level, f"{level} is forbidden"))
    finding = doctor._sandbox(tmp_path)
    assert not finding.ok
    assert "namespaces is forbidden; landlock is forbidden" in finding.found
    assert "--unsafe" in finding.mend
    monkeypatch.setattr(
        probing, "probe", lambda level: probing.Probe(level, "" if level == "landlock" else "no")
    )
    assert doctor._sandbox(tmp_path).found.startswith("sandbox of level landlock")


def test_a_student_is_told_of_nothing_that_only_teachers_need(
    mini_course: Course, monkeypatch: pytest.MonkeyPatch
):
    shutil.rmtree(mini_course.root / "source")
    mini_course.lesson("02-later").unlink()
    finding = doctor._course(mini_course.root)
    assert (finding.ok, finding.found) == (True, f"1 of 2 units in {mini_course.root}")
    assert {"numpy", "nbgrader"} <= packages.needed(())
    assert not {"distributed", "psycopg"} & packages.needed(())
    assert doctor._packages(mini_course.root).found.endswith("packages as the course asks for them")
    (mini_course.root / "requirements.txt").write_text("./learning_to_divide-99-py3-none-any.whl\n")
    (mini_course.root / "requirements.lock").write_text("no-such-package==1.0\nanother==1.0\n")
    monkeypatch.setattr(packages, "needed", lambda extras: {"no-such-package", *extras})
    finding = doctor._packages(mini_course.root)
    assert finding.found == "no-such-package missing, not 1.0"
    assert finding.mend.endswith("-m pip install -r requirements.txt")
    monkeypatch.setattr(doctor, "_tensorflow", doctor._python)
    assert not any("sandbox" in finding.what for finding in doctor.examine(mini_course.root))
    assert doctor._course(mini_course.root).mend == finding.mend
