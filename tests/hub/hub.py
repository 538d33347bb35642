"""A real JupyterHub for the time of a test, with users of this machine who are made for it and removed.

Its environment lies on top of the one that the tests run in: only JupyterHub is installed, and its proxy.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.server import START_SECONDS, serving

SITE = sysconfig.get_path("purelib")
BASE = f"import site; site.addsitedir({SITE!r})"
CONFIG = """
c = get_config()
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = {users!r}
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookies"
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{folder}/node_modules/.bin/configurable-http-proxy"]
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.Spawner.cmd = ["{folder}/env/bin/jupyterhub-singleuser"]
c.Spawner.start_timeout = c.Spawner.http_timeout = {seconds}
c.JupyterHub.services = [{{"name": "test", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [{{
    "name": "test", "services": ["test"],
    "scopes": ["admin:users", "admin:servers", "tokens"],
}}]
"""
TOKEN = "a-token-of-the-test"


@dataclass
class Person:
    """A user of the machine and of the hub."""

    login: str
    home: Path
    python: Path
    address: str = ""
    token: str = ""

    def owns(self, folder: Path) -> None:
        """Make all in there this user's."""
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, self.login, self.login)

    def ask(self, path: str, method: str = "GET", of: Person | None = None, **data: Any) -> Any:
        """What this user's server, or somebody else's, answers."""
        return _ask(f"{self.address}/user/{(of or self).login}/{path}", self.token, method, data)

    def run(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """What a command answers in a terminal of this user; Python's modules, such as ``-m nbgrader``."""
        return _run_as(self.login, [str(self.python), *words], cwd or self.home, self.home)

    def course(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A ``course`` command in the course's folder."""
        return self.run("-c", "from autograder.cli import app; app()", *words, cwd=self.home / "course")


@dataclass
class Hub:
    folder: Path
    people: dict[str, Person]

    @property
    def settings(self) -> Path:
        """What JupyterHub's users share, as /etc/jupyter elsewhere."""
        return self.folder / "env/etc/jupyter"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start the hub, and a server for each."""
        hub_port, proxy_port = _free_port(), _free_port()
        text = CONFIG.format(
            users={person.login for person in self.people.values()},
            folder=self.folder,
            hub_port=hub_port,
            proxy_port=proxy_port,
            seconds=START_SECONDS,
            token=TOKEN,
        )
        config = self.folder / "jupyterhub_config.py"
        config.write_text(text, encoding="utf-8")
        program = [str(self.folder / "env/bin/jupyterhub"), "-f", str(config)]
        env = {"PYTHONWARNINGS": "ignore"}
        with serving(
            "JupyterHub", lambda port: [*program, f"--port={port}"], "hub/api", self.folder, env
        ) as address:
            api = f"{address}/hub/api/users"
            for person in self.people.values():
                person.address = address
                person.token = _ask(f"{api}/{person.login}/tokens", TOKEN, "POST")["token"]
                _ask(f"{api}/{person.login}/server", TOKEN, "POST")
            for person in self.people.values():
                _wait_for(lambda url=f"{api}/{person.login}": _ask(url, TOKEN)["servers"][""]["ready"])
            try:
                yield
            finally:
                for person in self.people.values():
                    _ask(f"{api}/{person.login}/server", TOKEN, "DELETE")


@contextmanager
def hub_of(*names: str) -> Iterator[Hub]:
    """A hub for these, not running yet; what it takes to the last file and user is removed at the end."""
    python = _needed()
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="course-hub-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        _install(python, folder)
        for part in ("etc", "share"):
            there = Path(sys.prefix) / part / "jupyter"
            shutil.copytree(
                there, folder / "env" / part / "jupyter", copy_function=os.symlink, dirs_exist_ok=True
            )
        people = {}
        for name in names:
            login = f"{name}-{os.getpid()}"
            home = folder / "home" / login
            home.parent.mkdir(exist_ok=True)
            _done(["useradd", "--create-home", f"--home-dir={home}", "--shell=/bin/bash", login])
            stack.callback(_remove, login)
            home.chmod(0o700)
            people[name] = Person(login, home, folder / "env/bin/python")
        yield Hub(folder, people)


def _needed() -> str:
    """A Python that every user may run; skips where something is missing, fails where that is required."""
    missing = [name for name in ("useradd", "userdel", "npm", "node") if not shutil.which(name)]
    python = None
    if sys.platform != "linux" or os.geteuid() != 0:
        why = "only root of a Linux machine can make users"
    elif missing:
        why = f"there is no {missing[0]}"
    elif (python := _python_of_everyone()) is None:
        why = f"other users cannot run Python 3.{sys.version_info[1]} with the packages of {sys.prefix}"
    else:
        return python
    if os.environ.get("COURSE_TEST_HUB") == "required":
        pytest.fail(f"No JupyterHub, but COURSE_TEST_HUB=required: {why}.")
    pytest.skip(f"NOT TESTED with a JupyterHub: {why}.")


def _python_of_everyone() -> str | None:
    name = f"python3.{sys.version_info[1]}"
    found = [os.path.realpath(sys.executable), shutil.which(name, path="/usr/local/bin:/usr/bin")]
    ask = f"{BASE}; import venv, nbgrader, autograder"
    for python in filter(None, found):
        with suppress(OSError):
            if _run_as("nobody", [python, "-c", ask], Path("/"), Path("/")).returncode == 0:
                return python
    return None


def _install(python: str, folder: Path) -> None:
    env = folder / "env"
    _done([python, "-m", "venv", "--without-pip", str(env)])
    [site] = env.glob("lib/python*/site-packages")
    below = site / "below.pth"
    below.write_text(f"{BASE}\n", encoding="utf-8")
    alembic = env / "bin/alembic"  # which nbgrader starts by name
    alembic.write_text(f"#!{env}/bin/python\nfrom alembic.config import main\nmain()\n", encoding="utf-8")
    alembic.chmod(0o755)
    commands = (
        [str(env / "bin/python"), "-m", "pip", "install", "--quiet", "jupyterhub"],
        ["npm", "install", "--no-fund", "--no-audit", f"--prefix={folder}", "configurable-http-proxy"],
    )
    for command in commands:
        if (run := subprocess.run(command, capture_output=True, text=True)).returncode:
            said = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
            pytest.skip(f"NOT TESTED with a JupyterHub: {command[-1]} cannot be installed: {said}")
    below.unlink()  # which hand-ins are not run with: from now on, links (pip would remove what they lead to)
    for package in Path(SITE).iterdir():
        with suppress(FileExistsError):
            (site / package.name).symlink_to(package)


def _run_as(login: str, command: Sequence[str], cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    user = pwd.getpwnam(login)
    env = {"HOME": str(home), "USER": login, "LOGNAME": login, "PATH": os.defpath, "LANG": "C.UTF-8"}
    who: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, **who)


def _remove(login: str) -> None:
    """Remove a user, and end what still runs as that."""
    user = pwd.getpwnam(login).pw_uid
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.stat().st_uid == user:
                os.kill(int(process.name), signal.SIGKILL)
    _done(["userdel", "--force", login])


def _ask(url: str, token: str, method: str = "GET", data: Any = None) -> Any:
    body = None if method == "GET" else json.dumps(data or {}).encode()
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
        content = answer.read().decode()
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content


def _wait_for(ready: Any) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise RuntimeError(f"A server of the hub did not start within {START_SECONDS} s.")
        time.sleep(0.5)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _done(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
