"""The bibliography: every entry has a year and names units that there are, in order; README leads to it."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.course import Course

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/bibliography.md").read_text(encoding="utf-8")
NUMBERS = {unit.id[:2] for unit in Course.load(ROOT).units}


def entries(section: str) -> list[str]:
    return [" ".join(entry.split()) for entry in re.split(r"^- ", section, flags=re.MULTILINE)[1:]]


SECTIONS = {part.splitlines()[0]: entries(part) for part in TEXT.split("\n## ")[1:]}


def test_every_entry_says_for_which_units_it_is():
    for entry in (e for section in SECTIONS.values() for e in section):
        (units,) = re.findall(r"\*(?:Units? ([\d, ]+)|All units)\.\*$", entry) or [None]
        assert units is not None, entry
        named = re.findall(r"\d+", units)
        assert named == sorted(set(named)) and set(named) <= NUMBERS, entry


def test_every_unit_has_sources():
    named = set(re.findall(r"\d\d", " ".join(re.findall(r"\*Units? ([\d,\s]+)\.\*", TEXT))))
    assert named == NUMBERS


def test_every_work_has_authors_a_year_and_a_place_and_stands_in_its_order():
    for name, section in SECTIONS.items():
        if name != "The origin":
            for entry in section:
                assert re.match(r"[^()]+ \((?:19|20)\d\d\)\. ", entry), entry
                assert re.search(r"\)\. .*\*[^*]+\*", entry), entry
            assert section == sorted(section), name


def test_the_two_decks_stand_first_with_their_dates():
    assert [re.findall(r"\d+ \w+ \d{4}", entry) for entry in SECTIONS["The origin"]] == [
        ["21 April 2022"],
        ["28 July 2021"],
    ]


def test_readme_leads_to_the_glossary_and_the_bibliography():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/glossary.md)" in readme and "(docs/bibliography.md)" in readme
