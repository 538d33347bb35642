"""Temporary folders do not pile up where processes are killed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.processes.own_folder import OwnFolder

MAKE_AND_WAIT = """
from autograder.processes.own_folder import OwnFolder
print(OwnFolder("own-").path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def _a_temporary_folder_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def test_a_folder_of_a_living_process_stays_and_that_of_a_killed_one_goes():
    with subprocess.Popen(
        [sys.executable, "-c", MAKE_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        OwnFolder("own-").remove()
        assert theirs.is_dir()
        other.kill()
    ours = OwnFolder("own-")
    assert not theirs.exists() and ours.path.is_dir()
    ours.remove()
    ours.remove()
    assert not ours.path.exists()


def test_a_folder_that_nobody_owns_yet_is_left_alone(tmp_path):
    being_made = tmp_path / "own-being-made"
    being_made.mkdir()
    OwnFolder("own-").remove()
    assert being_made.is_dir()
