"""A real JupyterLab in a real Chromium, driven as a person would: open, run, drag, type."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.server import serving

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
]
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell in the page, not those in view only
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
CELL_SECONDS = 600


def chromium() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def need_chromium() -> None:
    """Skip the test where no browser is installed; fail it where one is required, as in CI."""
    if chromium() is not None:
        return
    if os.environ.get("COURSE_TEST_BROWSER") == "required":
        pytest.fail("No Chromium, but COURSE_TEST_BROWSER=required: install Debian's package chromium.")
    pytest.skip("NOT TESTED in a browser: no Chromium or Chrome is installed.")


@contextmanager
def jupyterlab(folder: Path, settings: Path) -> Iterator[str]:
    """Serve `folder` by JupyterLab on a free port of this machine; gives the server's address."""
    for name, values in SETTINGS.items():
        file = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))

    def command(port: int) -> list[str]:
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
            *(f"--port={port}", "--ServerApp.port_retries=0"),
            *("--IdentityProvider.token=", "--expose-app-in-browser"),
            *("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
            f"--ServerApp.root_dir={folder}",
        ]

    with serving("JupyterLab", command, "api", folder, {"JUPYTERLAB_SETTINGS_DIR": str(settings)}) as address:
        yield address


@contextmanager
def browser_page(width: int = 1400, height: int = 1000) -> Iterator[Page]:
    """A fresh page in headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        try:
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1.5)
            page.set_default_timeout(CELL_SECONDS * 1000)
            yield page
        finally:
            browser.close()


class Notebook:
    """One notebook open in JupyterLab; cells are named by their ids."""

    def __init__(self, page: Page, address: str, path: str) -> None:
        self.page = page
        page.goto(f"{address}/lab/tree/{path}?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_function(_IS_READY)
        page.evaluate("window.jupyterapp.shell.collapseLeft()")
        self._cell_numbers = {cell: n for n, cell in enumerate(page.evaluate(_CELL_IDS))}

    def cell(self, cell_id: str):
        """The cell's element in the page."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self._cell_numbers[cell_id])

    def write(self, cell_id: str, source: str) -> None:
        """Replace the cell's text, as if typed."""
        self.page.evaluate(_WRITE, [self._cell_numbers[cell_id], source])

    def run(self, cell_id: str) -> None:
        """Run one cell and wait until the kernel has finished with it."""
        self.page.evaluate(_RUN, self._cell_numbers[cell_id])

    def select(self, cell_id: str) -> None:
        """Make the cell the one that the keyboard speaks to, in command mode."""
        self.page.evaluate(_SELECT, self._cell_numbers[cell_id])

    def run_all(self) -> None:
        """JupyterLab's Run All; returns when it has run through or stopped at an error."""
        self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def executed(self) -> list[str]:
        """Ids of the code cells that have run."""
        return self.page.evaluate(_EXECUTED)

    def show(self, cell_id: str) -> None:
        """Scroll the cell to the top of the window."""
        self.cell(cell_id).evaluate("e => e.scrollIntoView({block: 'start'})")
        self.page.wait_for_timeout(300)


_IS_READY = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
_CONTENT = "window.jupyterapp.shell.currentWidget.content"
_CELLS = f"[...{_CONTENT}.model.cells]"
_CELL_IDS = f"{_CELLS}.map(c => c.id)"
_EXECUTED = f"{_CELLS}.filter(c => c.type === 'code' && c.executionCount != null).map(c => c.id)"
_WRITE = f"([n, text]) => {{ {_CONTENT}.widgets[n].model.sharedModel.setSource(text) }}"
_SELECT = f"""async n => {{
    {_CONTENT}.activeCellIndex = n;
    await window.jupyterapp.commands.execute('notebook:enter-command-mode');
    {_CONTENT}.activate();
}}"""
_RUN = f"""async n => {{
    {_CONTENT}.activeCellIndex = n;
    await window.jupyterapp.commands.execute('notebook:run-cell');
}}"""
