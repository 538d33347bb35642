"""The page of `course app`, started as a person would, in a course folder of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.server import serving

ROOT = Path(__file__).parents[2]
TRAINING_SECONDS = 900
WAIT_SECONDS = 600


@contextmanager
def course_app(folder: Path, cache: Path) -> Iterator[str]:
    """Run `course app` in an empty folder, with that folder for its weights; gives the page's address."""
    shutil.copy(ROOT / "course.yml", folder)
    shutil.copytree(ROOT / "source", folder / "source", dirs_exist_ok=True)
    run = "from autograder.cli import app; app()"
    with serving(
        "course app",
        lambda port: [sys.executable, "-c", run, "app", "--no-browser", "--port", str(port)],
        "_stcore/health",
        folder,
        {"DIVNET_CACHE": str(cache)},
    ) as address:
        yield address


def open_page(page: Page, address: str) -> None:
    """Load the page and wait until the models are ready, trained if need be."""
    page.goto(address)
    page.get_by_text("Who are they?").wait_for(timeout=TRAINING_SECONDS * 1000)
    settle(page)


def ask(page: Page, a: str, b: str) -> None:
    """Type both numbers, as a visitor would."""
    for label, text in (("a, the number to divide", a), ("b, the divisor", b)):
        field = page.get_by_label(label)
        field.fill(text)
        field.press("Enter")
        page.wait_for_timeout(300)
    settle(page)


def wait_for_chart(page: Page, words: str) -> None:
    """Wait until the picture's text twin begins with these words."""
    chart = page.get_by_test_id("stImage").locator(f"img[alt^='{words}']")
    chart.wait_for(timeout=WAIT_SECONDS * 1000)


def settle(page: Page) -> None:
    """Wait until Streamlit has drawn what follows from the last touch."""
    page.wait_for_timeout(300)  # until it has begun
    page.wait_for_function(
        "document.querySelector('[data-test-script-state]')?.dataset.testScriptState !== 'running'"
    )
    page.wait_for_function("!document.querySelector('[data-stale=true]')")


def answers(page: Page) -> dict[str, list[str]]:
    """The first table, row by row: the cells after the name."""
    rows = page.get_by_test_id("stTable").first.locator("tbody tr").all()
    cells = [row.locator("th, td").all_inner_texts() for row in rows]
    return {name.strip(): [text.strip() for text in others] for name, *others in cells}
