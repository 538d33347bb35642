"""docs/security.md says what is true: promises, names of tests, and the table of attacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.grading.sandbox import Level
from tests.attacks.catalogue import ATTACKS
from tests.attacks.page import PAGE, page
from tests.attacks.stock import tried

TESTS = Path(__file__).parents[1]
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("level", list(Level))
def test_every_promise_of_a_level_stands_on_the_page(level: Level):
    for promise in level.promises:
        assert f"- {promise}" in TEXT


def test_the_page_promises_of_a_level_no_more_than_it_does():
    parts = TEXT.split("## What is promised")[1].split("And of grading as a whole")[0]
    promises = {
        re.sub(r"\s*\(`test_.*", "", item, flags=re.DOTALL).strip() for item in parts.split("\n- ")[1:]
    }
    promises = {re.sub(r"\n\nLevel .*", "", text, flags=re.DOTALL) for text in promises}
    assert promises == {promise for level in Level for promise in level.promises}


def test_every_test_that_the_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", TEXT)) - {"test_attacks"}
    code = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    assert len(named) > 10
    assert [name for name in sorted(named) if f"def {name}(" not in code] == []


def test_the_table_is_the_one_that_the_attacks_make():
    assert page(TEXT) == TEXT, "Next: python -m tests.attacks.page"


def test_what_stock_nbgrader_did_is_noted_of_attacks_that_there_are():
    assert set(tried()) <= {attack.name for attack in ATTACKS}
    assert len([said for said in tried().values() if not said.startswith("not ")]) >= 15
