"""Take the pictures of README.md: `.venv/bin/python -m tests.browser.screenshots [FOLDER [PICTURE …]]`.

Each one is a real JupyterLab in a real Chromium, with a slider moved or a check run.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Locator, Page

from tests.browser.choice import any_of
from tests.browser.conftest import ROOT, copy_of_the_lessons
from tests.browser.course_app import ask, course_app, open_page
from tests.browser.jupyter import Notebook, browser_page, jupyterlab
from tests.browser.test_jupyterlab import TEN_MILLION, open_unit, sources

README_PICTURES = ROOT / "docs" / "pictures"


def network_lab(page: Page, address: str) -> Locator:
    """The network lab of unit 02 after a few presses of an arrow key on its first slider."""
    return _lab(page, address, "02-divide-by-hand", "network()", presses=3)


def activation_lab(page: Page, address: str) -> Locator:
    return _lab(page, address, "02-divide-by-hand", "activation_curve()", presses=1)


def neurons_lab(page: Page, address: str) -> Locator:
    return _lab(page, address, "01-warm-up", "neurons_by_hand()", presses=3)


def training_lab(page: Page, address: str) -> Locator:
    return _lab(page, address, "01-warm-up", "train_live()", presses=2)


def failing_check(page: Page, address: str) -> Locator:
    """The check of the activation on the listing's misprint."""
    return _check(open_unit(page, address, "02-divide-by-hand"), "activation", TEN_MILLION)


def passing_check(page: Page, address: str) -> Locator:
    """The check of the sigmoid on its solution."""
    unit = "01-warm-up"
    return _check(open_unit(page, address, unit), "sigmoid", sources(unit, "solutions")["sigmoid-answer"])


def compare_lab(page: Page, address: str) -> Locator:
    """The lab of unit 09, which trains the course's models if they are not kept yet."""
    return _lab(page, address, "09-presenting", "compare_lab()", presses=3)


PICTURES = {
    "network-lab": network_lab,
    "activation-lab": activation_lab,
    "neurons-lab": neurons_lab,
    "training-lab": training_lab,
    "failing-check": failing_check,
    "passing-check": passing_check,
    "compare-lab": compare_lab,
}
# What is typed on the page of `course app`, the heading that follows, and how much of the page is shown.
PAGE_PICTURES = {
    "course-app": ("20", "5", "20 / 5 = 4", 1310),
    "course-app-zero": ("7", "0", "7 / 0 has no answer", 1480),
    "course-app-far": ("1e9", "2", "/ 2 = 500", 1390),
}


def _lab(page: Page, address: str, unit: str, call: str, presses: int) -> Locator:
    cell_id = next(id_ for id_, source in sources(unit).items() if source.endswith(call))
    notebook = open_unit(page, address, unit)
    notebook.run(cell_id)
    cell = notebook.cell(cell_id)
    cell.locator(".jp-OutputArea img").first.wait_for()
    cell.locator("[role=slider]").first.focus()
    for _ in range(presses):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(400)
    notebook.show(cell_id)
    return cell.locator(".jp-OutputArea")


def _check(notebook: Notebook, exercise: str, answer: str) -> Locator:
    notebook.run("imports")
    notebook.write(f"{exercise}-answer", answer)
    notebook.run(f"{exercise}-answer")
    notebook.run(exercise)
    notebook.show(exercise)
    return notebook.cell(exercise).locator(".jp-OutputArea").first


def main(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.", file_okay=False)] = README_PICTURES,
    names: Annotated[list[str] | None, any_of([*PICTURES, *PAGE_PICTURES])] = None,
) -> None:
    """Write a PNG of each, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        _page_pictures(folder, Path(scratch), [name for name in names or () if name in PAGE_PICTURES])
        names = [name for name in names or () if name in PICTURES]
        if not names:
            return
        course = Path(scratch, "course")
        course.mkdir()
        with jupyterlab(copy_of_the_lessons(course), Path(scratch, "settings")) as address:
            for name in names:
                with browser_page(width=1200, height=1250) as page:
                    PICTURES[name](page, address).screenshot(path=folder / f"{name}.png")
                    print(folder / f"{name}.png")


def _page_pictures(folder: Path, scratch: Path, names: list[str]) -> None:
    """Take the pictures of `course app`, in one start of it."""
    if not names:
        return
    (scratch / "page").mkdir()
    with course_app(scratch / "page", scratch / "weights") as address:
        for name in names:
            *numbers, heading, height = PAGE_PICTURES[name]
            with browser_page(width=1100, height=height) as page:
                open_page(page, address)
                ask(page, *numbers)
                page.get_by_role("heading", name=heading).wait_for()
                page.wait_for_timeout(3000)
                page.screenshot(path=folder / f"{name}.png")
                print(folder / f"{name}.png")


if __name__ == "__main__":
    typer.run(main)
