"""`course app` starts Streamlit on the page, quietly, and says in a sentence where it cannot."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.commands.app import SETTINGS, app_command, open_app
from autograder.course import Course, CourseError

ROOT = Path(__file__).parents[2]


def test_a_port_in_use_is_refused_with_what_to_do(mini_course: Course):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(CourseError, match=rf"Port {port} is taken .* Next: course app"):
            open_app(mini_course, port)


def test_the_command_runs_the_page_of_the_course_on_the_port_that_was_asked_for():
    command = app_command(8765, browser=False)
    assert command[:4] == [sys.executable, "-m", "streamlit", "run"]
    assert Path(command[4]) == ROOT / "divnet" / "app.py"
    assert "--server.port=8765" in command
    assert "--server.headless=true" in command
    assert not any(flag.startswith("--server.port") for flag in app_command(None, browser=True))


def test_streamlit_knows_every_setting_and_sends_nothing_home():
    from streamlit.config import get_config_options

    assert set(SETTINGS) <= set(get_config_options())
    assert SETTINGS["browser.gatherUsageStats"] == "false"
    assert SETTINGS["server.address"] == "127.0.0.1"


def test_nothing_of_divnet_is_imported_to_start_it():
    code = (
        "import sys; from autograder.commands.app import app_command; app_command(None, True); "
        "print([m for m in sys.modules if m.split('.')[0] in ('divnet', 'streamlit', 'tensorflow')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
