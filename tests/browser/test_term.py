"""A term in the browser: a teacher marks in formgrader, an answer comes again, a student reads the feedback.

What can be seen is what this is about, and whether axe-core finds it fit for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from autograder.commands.feedback import feedback
from tests.browser.jupyter import jupyterlab, need_chromium
from tests.grading.desk import Desk
from tests.grading.parity_class import RIGHT, UNIT, WRITTEN

pytestmark = pytest.mark.browser
ANSWER = """Because $\\frac{a}{b} = e^{\\ln a - \\ln b}$.

| x | y |
|---|---|
| 1 | 2 |

<details><summary>More</summary>Folded.</details>"""
ANSWERED = {**RIGHT, **WRITTEN, "why": ANSWER}
NAMES = {"ada": ("Åsa", "O'Neil"), "bo": (None, None), "wei": ("", "王伟")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A class of three: one with a name in two parts, one with none, one with a name of one word."""
    need_chromium()
    desk = Desk(tmp_path_factory.mktemp("term") / "course")
    desk.settings("time_zone: UTC", "time_zone: Europe/Stockholm")
    for student, (first, last) in NAMES.items():
        desk.hand_in(ANSWERED, student=student)
        with desk.gradebook() as book:
            book.update_or_create_student(student, first_name=first, last_name=last)
    return desk


@pytest.fixture(scope="module")
def formgrader(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with jupyterlab(desk.course.root, tmp_path_factory.mktemp("settings")) as address:
        yield f"{address}/formgrader"


@pytest.fixture(autouse=True)
def asked(page: Page) -> list[str]:
    """What pages ask for."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or worse."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def open_hand_in(page: Page, formgrader: str, student: str) -> None:
    page.goto(f"{formgrader}/gradebook/{UNIT}/{UNIT}")
    page.get_by_text("Show All Names").click()
    page.locator("a.name-shown", has_text=student).click()
    expect(page.locator("#why")).to_have_class("score tabbable needs_manual_grade")


def test_a_mark_with_a_comment_is_asked_about_when_the_answer_changes_and_read_by_the_student(
    page: Page, formgrader: str, desk: Desk, asked: list[str]
):
    open_hand_in(page, formgrader, "O'Neil, Åsa")
    answer = page.locator(".nbgrader_cell", has=page.locator("#why"))
    expect(answer.locator("math mfrac")).to_be_visible()
    expect(answer.get_by_text("waits for your points")).to_be_visible()
    assert serious(page) == []
    with page.expect_response(lambda response: "/api/grade/" in response.url):
        page.locator("#why").fill("1.5")
        page.locator("#why").press("Tab")
    with page.expect_response(lambda response: "/api/comment/" in response.url):
        page.locator("#why-comment").fill("Good, and $e^x$?")
        page.locator("#why-comment").press("Escape")
    expect(answer.get_by_text("waits for your points")).to_be_hidden()

    feedback(desk.course, UNIT)
    path = desk.course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    assert read_by_a_student(page, path, asked) == "1.5 of 2"

    desk.hand_in({**ANSWERED, "why": "Since it is so."})
    open_hand_in(page, formgrader, "O'Neil, Åsa")
    expect(answer.get_by_text("does it still fit?")).to_be_visible()
    expect(page.locator("#why")).to_have_value("1.5")
    expect(page.locator("#why-comment")).to_have_value("Good, and $e^x$?")
    assert serious(page) == []
    feedback(desk.course, UNIT)
    assert read_by_a_student(page, path, asked) == "1.5 of 2 may change: your answer is newer than this mark"

    open_hand_in(page, formgrader, "O'Neil, Åsa")
    with page.expect_response(lambda response: "/api/grade/" in response.url):
        answer.get_by_role("button", name="It still fits").click()
    expect(answer.get_by_text("does it still fit?")).to_be_hidden()
    assert desk.grades()["why"]["needs_manual_grade"] is False


def read_by_a_student(page: Page, path: Path, asked: list[str]) -> str:
    """Open ada's page and look around in it; what its overview says of the question."""
    asked.clear()
    page.goto(path.as_uri())
    expect(page.locator("header")).to_contain_text("Åsa O'Neil")
    expect(page.locator("header")).to_contain_text("Handed in: Monday 1 February 2027, 13:00 CET")
    expect(page.locator(".comment", has_text="Good, and").locator("math")).to_be_visible()
    overview = page.locator("nav tr", has=page.locator("a[href='#why']"))
    expect(overview).to_contain_text("with a comment")
    assert page.locator("nav").get_by_text("Everything: sigmoid").count() == 1
    assert page.get_by_text("Run All stops").count() == page.get_by_text("Test cell").count() == 0
    assert page.locator("script").count() == 0
    assert {address for address in asked if not address.startswith("data:")} == {path.as_uri()}
    assert serious(page) == []
    return " ".join(overview.locator("td").nth(1).inner_text().split())


@pytest.mark.parametrize(
    "where, shown",
    [
        ("manage_assignments", "2027-02-05 18:00:00 CET"),
        (f"manage_submissions/{UNIT}", "2027-02-01 13:00:00 CET"),
        ("manage_students", "王伟"),
        ("manage_students/bo", UNIT),
        (f"manage_students/bo/{UNIT}", UNIT),
        ("gradebook", UNIT),
        (f"gradebook/{UNIT}", UNIT),
        (f"gradebook/{UNIT}/{UNIT}", "Submission #1"),
    ],
)
def test_lists_show_names_and_the_courses_time_to_everyone(
    page: Page, formgrader: str, asked: list[str], where: str, shown: str
):
    page.goto(f"{formgrader}/{where}")
    expect(page.locator("#main-table").get_by_text(shown).first).to_be_visible()
    if (names := page.get_by_text("Show All Names")).count():
        names.click()
    if where.startswith("manage_sub") or where in ("manage_students", f"gradebook/{UNIT}/{UNIT}"):
        named = page.locator("#main-table a:visible").filter(has_text="O'Neil, Åsa")
        expect(named).to_be_visible()
        assert {"bo", "王伟"} <= set(page.locator("#main-table a:visible").all_inner_texts())
    assert "None" not in page.locator("main").inner_text()
    assert serious(page) == []
    assert [address for address in asked if not address.startswith((formgrader, "data:"))] == []
