"""One JupyterLab and one Chromium for all browser tests, on a copy of the lessons."""

import shutil
from pathlib import Path

import pytest

from tests.browser.jupyter import browser_page, jupyterlab, need_chromium

ROOT = Path(__file__).parents[2]


def copy_of_the_lessons(folder: Path) -> Path:
    """A course folder with the lessons in ``work/``, where a student's own copy would be."""
    shutil.copy(ROOT / "course.yml", folder)
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    shutil.copytree(ROOT / "lessons", folder / "work")
    return folder / "work"


@pytest.fixture(scope="session")
def lab_address(tmp_path_factory):
    need_chromium()
    folder = tmp_path_factory.mktemp("course")
    with jupyterlab(copy_of_the_lessons(folder), tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture
def page(request, tmp_path):
    with browser_page() as page:
        failed_before = request.session.testsfailed
        yield page
        if request.session.testsfailed > failed_before:
            page.screenshot(path=tmp_path / "page.png")
            print(f"What the page looked like: {tmp_path / 'page.png'}")
