"""A source notebook has one form: whoever saved it, with whatever editor, the bytes are the same."""

from __future__ import annotations

import json
import random

import pytest

from autograder.building.canonical import canonical_text
from autograder.course import CourseError


@pytest.fixture
def source(small_course):
    return small_course / "source/01-double/01-double.ipynb"


def change(source, edit):
    """Let ``edit`` change the notebook's data in place, and store it."""
    data = json.loads(source.read_text(encoding="utf-8"))
    edit(data)
    source.write_text(json.dumps(data), encoding="utf-8")
    return data


def canonical(source):
    return json.loads(canonical_text(source))


def test_the_canonical_form_is_stable(source):
    text = canonical_text(source)
    source.write_text(text, encoding="utf-8")
    assert canonical_text(source) == text
    assert text.endswith("}\n")


def test_nothing_that_the_author_wrote_is_lost(source):
    def edit(data):
        data["cells"][0]["attachments"] = {"a.png": {"image/png": "AAAA"}}
        data["cells"][4]["metadata"]["course"] = {"kept": True}
        data["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}

    before = change(source, edit)
    after = canonical(source)
    assert ["".join(c["source"]) for c in after["cells"]] == [c["source"] for c in before["cells"]]
    assert [c["cell_type"] for c in after["cells"]] == [c["cell_type"] for c in before["cells"]]
    assert after["cells"][0]["attachments"] == {"a.png": {"image/png": "AAAA"}}
    assert after["cells"][4]["metadata"] == {"tags": ["tutorial"], "course": {"kept": True}}
    assert after["metadata"]["jupytext"] == {"formats": "ipynb,py:percent"}


def test_outputs_counts_and_what_editors_leave_are_gone(source):
    clean = canonical_text(source)

    def edit(data):
        data["cells"][1].update(
            execution_count=7, outputs=[{"output_type": "stream", "name": "stdout", "text": "x"}]
        )
        data["cells"][1]["metadata"] = {
            "scrolled": True,
            "collapsed": False,
            "execution": {"iopub": 1},
            "tags": [],
        }
        data["cells"][2]["metadata"].update(deletable=False, editable=True)
        data["cells"][2]["metadata"]["nbgrader"].update(checksum="f00", cell_type="code")
        data["cells"][3]["metadata"]["nbgrader"]["points"] = 2.0
        data["cells"][4]["metadata"]["nbgrader"] = {"grade": False, "locked": False, "solution": False}
        data["metadata"]["kernelspec"]["display_name"] = "my own"
        data["metadata"]["language_info"] = {"name": "python"}
        data["metadata"]["widgets"] = {}

    change(source, edit)
    assert canonical_text(source) == clean


def test_a_graded_cells_id_is_its_grade_id(source):
    change(source, lambda data: [cell.update(id=f"{n:08x}") for n, cell in enumerate(data["cells"])])
    ids = [cell["id"] for cell in canonical(source)["cells"]]
    assert ids == [
        "double-a-number",
        "def-try-out-answer",
        "double-answer",
        "double",
        "print-double-21-9",
        "why",
    ]


def test_a_readable_id_is_kept_and_never_given_twice(source):
    change(source, lambda data: [cell.update(id="double") for cell in data["cells"]])
    ids = [cell["id"] for cell in canonical(source)["cells"]]
    assert ids == ["double-2", "double-3", "double-answer", "double", "double-4", "why"]


@pytest.mark.parametrize("minor", [2, 4, 5])
def test_a_notebook_without_cell_ids_gets_them(source, minor):
    def edit(data):
        data["nbformat_minor"] = minor
        for cell in data["cells"]:
            del cell["id"]

    change(source, edit)
    ids = [cell["id"] for cell in canonical(source)["cells"]]
    assert len(set(ids)) == 6
    assert ids[0] == "double-a-number"


def test_the_order_of_keys_and_the_split_of_lines_do_not_matter(source):
    clean = canonical_text(source)
    random.seed(1)

    def shuffled(value):
        if isinstance(value, dict):
            items = [(key, shuffled(inner)) for key, inner in value.items()]
            random.shuffle(items)
            return dict(items)
        return [shuffled(inner) for inner in value] if isinstance(value, list) else value

    data = shuffled(json.loads(clean))
    data["cells"][0]["source"] = "".join(data["cells"][0]["source"])
    source.write_text(json.dumps(data, indent=4), encoding="utf-8")
    assert canonical_text(source) == clean


def test_a_grade_id_that_stands_twice_is_refused_with_both_cells(source):
    change(source, lambda data: data["cells"].append(data["cells"][3]))
    with pytest.raises(CourseError, match="cells 4 and 7 both have the grade_id 'double'"):
        canonical_text(source)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{\n  broken", "line 2: this is no notebook"),
        ("[]", "no notebook of format 4"),
        ('{"nbformat": 3, "worksheets": []}', "no notebook of format 4"),
        ("", "line 1: this is no notebook"),
    ],
)
def test_what_is_no_notebook_is_said_to_be_none(source, content, said):
    source.write_text(content, encoding="utf-8")
    with pytest.raises(CourseError, match=said):
        canonical_text(source)
