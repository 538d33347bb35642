"""What comes in may be anything; what goes on to grading is a notebook with the lesson's graded cells."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.grading.handins.intake import BrokenHandin, parse, read_bytes, read_handin, repair
from autograder.grading.inside.frames import read_json
from autograder.grading.notebooks.graded_cells import answer_cells, type_in, unfinished
from tests.autograder.conftest import RIGHT


def ids(notebook: nbformat.NotebookNode) -> list[str]:
    return [c.metadata["nbgrader"]["grade_id"] for c in notebook.cells if "nbgrader" in c.metadata]


def parsed(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return parse(nbformat.writes(notebook).encode())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b'{"cells": [', "broken JSON"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"\xff{", "UTF-8"),
        (b"PK\x03\x04", "zip"),
        (b"<!DOCTYPE html>", "web page"),
        (b'{"cells": [], "cells": []}', "'cells' twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": {"\\ud800": 1, "\\udfff": 2}}', "'\\?' twice"),
        (b"[" + b"[]," * 600_000 + b"1]", "more than the 1000000 values"),
        (b'{"a": ' + b"9" * 5000 + b"}", "thousands of digits"),
        (b"[]", "format 4"),
        (b'{"nbformat": 3, "worksheets": []}', "format is 3"),
        (b'{"nbformat": 4}', "no list of cells"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [1]}', "cell 1 is a number"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}', "type of cell 1 is nothing"),
    ],
)
def test_what_is_no_notebook_is_said_in_one_sentence(content: bytes, reason: str):
    with pytest.raises(BrokenHandin, match=reason) as raised:
        parse(content)
    assert "\n" not in str(raised.value)


def test_an_untouched_hand_in_needs_no_repair(lesson: nbformat.NotebookNode):
    typed = type_in(lesson, RIGHT)
    repaired, said = repair(parsed(typed), lesson)
    assert said == []
    assert repaired.cells == typed.cells


def test_of_a_duplicated_answer_the_last_one_counts(lesson: nbformat.NotebookNode):
    notebook = type_in(lesson, RIGHT)
    first = nbformat.from_dict({**notebook.cells[2], "id": "first", "source": "first = 1"})
    notebook.cells.insert(2, first)
    repaired, said = repair(parsed(notebook), lesson)
    assert "nbgrader" not in repaired.cells[2].metadata
    assert repaired.cells[3].source == RIGHT["double"]
    assert said == ["double-answer was there more than once: the last one counts"]


def test_a_deleted_check_goes_back_after_its_answer_and_a_deleted_answer_does_not(
    lesson: nbformat.NotebookNode,
):
    notebook = type_in(lesson, RIGHT)
    notebook.cells = [c for c in notebook.cells if c.get("id") not in ("double", "triple-answer")]
    repaired, said = repair(parsed(notebook), lesson)
    assert ids(repaired) == ["double-answer", "double", "triple", "why"]
    assert said == ["double was missing: put back", "triple-answer is missing"]


def test_points_schema_and_tags_of_a_graded_cell_are_the_lessons(lesson: nbformat.NotebookNode):
    notebook = type_in(lesson, RIGHT)
    notebook.cells[3].metadata = {"tags": ["tutorial"], "nbgrader": {"grade_id": "double", "points": 99}}
    repaired, _ = repair(parsed(notebook), lesson)
    assert repaired.cells[3].metadata == lesson.cells[3].metadata


def test_a_graded_cell_that_became_text_is_code_again(lesson: nbformat.NotebookNode):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    cell = data["cells"][2]
    data["cells"][2] = {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")}
    data["cells"][2]["cell_type"] = "markdown"
    repaired, _ = repair(parse(json.dumps(data).encode()), lesson)
    assert (repaired.cells[2].cell_type, repaired.cells[2].source) == ("code", RIGHT["double"])


@pytest.mark.parametrize("meta", [None, 7, [], {"grade_id": 7}, {"grade_id": []}, {"grade": True}])
def test_strange_grading_metadata_is_dropped(lesson: nbformat.NotebookNode, meta: object):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    data["cells"][0]["metadata"]["nbgrader"] = meta
    repaired, _ = repair(parse(json.dumps(data).encode()), lesson)
    assert "nbgrader" not in repaired.cells[0].metadata


def test_of_grading_metadata_only_what_nbgrader_writes_is_kept(lesson: nbformat.NotebookNode):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    deep: list[object] = []
    for _ in range(800):
        deep = [deep]
    data["cells"][0]["metadata"]["nbgrader"] = {"grade_id": "x", "points": 3, "deep": deep, "long": "x" * 999}
    assert parse(json.dumps(data).encode()).cells[0].metadata["nbgrader"] == {"grade_id": "x", "points": 3}


def test_a_tag_that_is_there_twice_is_kept_once(lesson: nbformat.NotebookNode):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    data["cells"][0]["metadata"]["tags"] = ["b", "a", "b", 3]
    assert parse(json.dumps(data).encode()).cells[0].metadata["tags"] == ["b", "a"]


def test_a_cell_that_is_there_a_hundred_times_is_said_once(lesson: nbformat.NotebookNode):
    notebook = type_in(lesson, RIGHT)
    notebook.cells += [nbformat.from_dict({**notebook.cells[2], "id": f"again-{n}"}) for n in range(100)]
    assert repair(parsed(notebook), lesson)[1][0].startswith("double-answer was there more than once")
    assert len(repair(parsed(notebook), lesson)[1]) < 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d"', "?"),
        (r'"\ude00\ud83d"', "??"),
        (r'"\uD83D\ud83d\uDE00"', "?😀"),
        (r'"\ud83d\ude00\ude00"', "😀?"),
        (r'"\\ud800"', r"\ud800"),
        (r'"\\\ud800"', "\\?"),
        (r'["[{\"", "]\\"]', ['[{"', "]\\"]),
    ],
)
def test_half_of_a_surrogate_pair_is_a_question_mark_and_nothing_else_is(text: str, value: object):
    assert read_json(text.encode()) == value


def test_cells_with_equal_or_no_ids_become_distinct(lesson: nbformat.NotebookNode):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    del data["cells"][0]["id"]
    data["cells"][1]["id"] = data["cells"][2]["id"]
    repaired, _ = repair(parse(json.dumps(data).encode()), lesson)
    assert len({cell["id"] for cell in repaired.cells}) == len(repaired.cells)


def test_a_graded_cell_whose_name_was_lost_is_known_by_its_id(lesson: nbformat.NotebookNode):
    notebook = type_in(lesson, RIGHT)
    for cell in notebook.cells:
        cell.metadata = {}
    repaired, said = repair(parsed(notebook), lesson)
    assert (repaired.cells, said) == (type_in(lesson, RIGHT).cells, [])


def test_names_exchanged_between_code_and_text_go_back(lesson: nbformat.NotebookNode):
    handed_in = type_in(lesson, RIGHT)
    answers = [c for c in handed_in.cells if c.metadata.get("nbgrader", {}).get("solution")]
    code = next(cell for cell in answers if cell.cell_type == "code")
    text = next(cell for cell in answers if cell.cell_type == "markdown")
    wanted = {cell.id: (cell.cell_type, cell.source) for cell in answers}
    one, other = code.metadata.nbgrader, text.metadata.nbgrader
    one.grade_id, other.grade_id = other.grade_id, one.grade_id
    repaired, _ = repair(parse(nbformat.writes(handed_in).encode()), lesson)
    assert ids(repaired) == ids(lesson)
    assert {c.id: (c.cell_type, c.source) for c in repaired.cells if c.id in wanted} == wanted


def test_a_check_before_its_answer_or_an_earlier_one_goes_behind_it(lesson: nbformat.NotebookNode):
    notebook = type_in(lesson, RIGHT)
    places = {cell["id"]: cell for cell in notebook.cells}
    order = ["double", "triple-answer", "triple", "double-answer", "why", "title", "set-up"]
    notebook.cells = [places[name] for name in order]
    repaired, said = repair(parsed(notebook), lesson)
    assert ids(repaired) == ["triple-answer", "double-answer", "double", "triple", "why"]
    assert len(said) == 2


def test_a_question_put_back_does_not_look_as_handed_out(lesson: nbformat.NotebookNode):
    notebook = type_in(lesson, RIGHT)
    notebook.cells = [cell for cell in notebook.cells if cell["id"] != "why"]
    repaired, _ = repair(parsed(notebook), lesson)
    assert "missing from the hand-in" in answer_cells(repaired)["why"].source
    assert unfinished(repaired, lesson) == []


def test_outputs_and_what_grading_does_not_need_are_not_even_looked_at(lesson: nbformat.NotebookNode):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    data["metadata"] = {"kernelspec": {"name": "bash"}, "language_info": {"pygments_lexer": "<script>"}}
    for cell in data["cells"]:
        cell |= {"outputs": [7], "execution_count": "x", "attachments": 3, "extra": [[]]}
    repaired, said = repair(parse(json.dumps(data | {"nbformat_minor": "many"}).encode()), lesson)
    assert (repaired.metadata, repaired.cells, said) == (lesson.metadata, type_in(lesson, RIGHT).cells, [])


def test_pictures_pasted_into_an_answer_stay(lesson: nbformat.NotebookNode):
    data = json.loads(nbformat.writes(type_in(lesson, RIGHT)))
    picture = {"curve.png": {"image/png": "aGVsbG8=", "text/html": "<script>"}}
    data["cells"][-1]["attachments"] = picture | {"odd": 3}
    repaired, _ = repair(parse(json.dumps(data).encode()), lesson)
    assert repaired.cells[-1]["attachments"] == {"curve.png": {"image/png": "aGVsbG8="}}


def test_a_file_too_large_is_not_read(tmp_path: Path):
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(BrokenHandin, match="larger"):
        read_bytes(tmp_path / "big", limit=10)


def test_a_notebook_of_another_name_is_said_to_be_there(tmp_path: Path):
    (tmp_path / "ada" / "02").mkdir(parents=True)
    with pytest.raises(BrokenHandin, match=r"no 02.ipynb; there is nothing"):
        read_handin(tmp_path, "ada", "02")
    with pytest.raises(BrokenHandin, match=r"cannot be read: no such file"):
        read_handin(tmp_path, "bo", "02")
    (tmp_path / "ada" / "02" / "Untitled.ipynb").touch()
    with pytest.raises(BrokenHandin, match=r"there is 'Untitled.ipynb'"):
        read_handin(tmp_path, "ada", "02")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise there")
def test_a_link_or_a_pipe_is_not_followed(tmp_path: Path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BrokenHandin, match="a link"):
        read_bytes(tmp_path / "link")
    with pytest.raises(BrokenHandin, match="not a regular file"):
        read_bytes(tmp_path / "pipe")


def test_typing_in_leaves_the_lesson_as_it_is_and_knows_its_exercises(lesson: nbformat.NotebookNode):
    before = nbformat.writes(lesson)
    assert unfinished(lesson, lesson) == ["double", "triple", "why"]
    assert unfinished(type_in(lesson, RIGHT), lesson) == ["why"]
    assert nbformat.writes(lesson) == before
    with pytest.raises(KeyError, match="no answer cell for 'half'"):
        type_in(lesson, {"half": ""})
