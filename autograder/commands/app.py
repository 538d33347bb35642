"""`course app`: the page on which anyone can try the course's models, in a browser on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import QUIET_TENSORFLOW
from autograder.commands.lab import port_is_free
from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course

SETTINGS = {
    "browser.gatherUsageStats": "false",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.base": "light",
    "theme.primaryColor": "#0072B2",
}


def open_app(course: Course, port: int | None = None, browser: bool = True) -> int:
    """Run the page until it is stopped; return its exit status. Raises CourseError where it cannot start."""
    if port is not None and not port_is_free(port):
        raise CourseError(
            f"Port {port} is taken by another program. Next: course app, which finds a free one."
        )
    environment = {**os.environ, **QUIET_TENSORFLOW, "DIVNET_MODELS": str(course.root / "work")}
    command = app_command(port, browser)
    if os.name == "posix":  # Streamlit takes this process's place: what stops one stops the other
        os.chdir(course.root)
        os.execve(sys.executable, command, environment)
    process = subprocess.Popen(command, cwd=course.root, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # Streamlit has it too, and stops


def app_command(port: int | None, browser: bool) -> list[str]:
    """Return the command that serves divnet/app.py, found by name: nothing of divnet is imported here."""
    settings = {**SETTINGS, "server.headless": str(not browser).lower()}
    if port is not None:
        settings["server.port"] = str(port)
    flags = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "streamlit", "run", str(_page()), *flags]


def _page() -> Path:
    found = find_spec("divnet")
    for folder in (found.submodule_search_locations or []) if found else []:
        if (page := Path(folder) / "app.py").is_file():
            return page
    raise CourseError("The package divnet is not installed. Next: course doctor")
