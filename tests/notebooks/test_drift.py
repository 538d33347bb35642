"""What counts as drift: any byte but those of an output, and there what a reader would notice."""

from __future__ import annotations

import json

import pytest

from autograder.building.drift import folder_differences, notebook_differences, same_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the same", "the same"),
        ("loss: 0.02142", "loss: 0.02144"),  # a training on another processor
        ("[0.5, -1.25e+01]", "[0.501, -1.251e+01]"),
        ("−0.5", "-0.5"),
        ("2.8e-10", "3.1e-10"),  # what rounding left over
        ("a step of 2.8·10⁻¹⁰", "a step of 3.1·10⁻¹⁰"),
        ("0.0", "4.4e-16"),
        ("[[ 2.1e-01  1.2e-18]", "[[ 2.1e-01 -1.1e-17]"),  # NumPy leaves room for a sign
        ("took 21.6 s, then 3 ms/step", "took 9 s, then 0.7 ms/step"),
        ("72 times faster", "410 times faster"),
        ("about 72 × faster", "about 9 × faster"),
        ('<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,BBBB">'),
    ],
)
def test_outputs_that_say_the_same_agree(one, other):
    assert same_text(one, other)
    assert same_text(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("right", "wrong"),
        ("loss: 0.0214", "loss: 0.03"),
        ("0.5", "-0.5"),
        ("1e-10", "-1e-10"),
        ("1.9e-08", "9.9e-11"),
        ("a step of 2.8·10⁻⁸", "a step of 2.8·10⁻¹⁰"),
        ("3·10⁵", "3·10⁴"),
        ("0.0", "1e-9"),
        ("[1, 2]", "[1, 2, 3]"),
        ("3 points", "4 points"),
        ("3 of 3", "2 of 3"),
        ("x1 = 5", "x2 = 5"),
    ],
)
def test_outputs_that_say_something_else_differ(one, other):
    assert not same_text(one, other)
    assert not same_text(other, one)


def stored(path, outputs, source="1 + 1", extra=None):
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": extra or {}}
    cell |= {"outputs": outputs, "source": [source]}
    path.parent.mkdir(exist_ok=True)
    data = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def shown(**data):
    return [
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {f"{k[:5]}/{k[5:]}": v for k, v in data.items()},
        }
    ]


@pytest.mark.parametrize(
    ("new", "old", "said"),
    [
        ({"outputs": shown(imagepng="AA")}, {"outputs": shown(imagepng="BB")}, None),
        ({"outputs": shown(imagepng="AA")}, {"outputs": shown(textplain="BB")}, "its output"),
        ({"outputs": shown(imagepng="AA")}, {"outputs": []}, "its output"),
        ({"outputs": shown(textplain=["1.00"])}, {"outputs": shown(textplain=["1.01"])}, None),
        ({"outputs": shown(textplain=["1.0"])}, {"outputs": shown(textplain=["2.0"])}, "its output"),
        ({"outputs": []}, {"outputs": [], "source": "1 + 2"}, "source or metadata"),
        ({"outputs": []}, {"outputs": [], "extra": {"tags": ["x"]}}, "source or metadata"),
    ],
)
def test_a_solved_notebook_is_compared_cell_by_cell(tmp_path, new, old, said):
    found = notebook_differences(stored(tmp_path / "new.ipynb", **new), stored(tmp_path / "old.ipynb", **old))
    assert found == [] if said is None else len(found) == 1 and said in found[0]


def test_a_missing_cell_is_drift(tmp_path):
    new, old = (stored(tmp_path / f"{name}.ipynb", []) for name in ("new", "old"))
    data = json.loads(old.read_text(encoding="utf-8"))
    data["cells"].clear()
    old.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert notebook_differences(new, old) == ["cell 'a': source or metadata is another"]


def test_another_layout_of_the_same_notebook_is_drift(tmp_path):
    new, old = (stored(tmp_path / f"{name}.ipynb", []) for name in ("new", "old"))
    old.write_text(json.dumps(json.loads(old.read_text(encoding="utf-8"))), encoding="utf-8")
    assert notebook_differences(new, old) == ["its form or metadata is another"]


def test_missing_and_extra_files_are_drift_and_editors_leavings_are_not(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    stored(new / "a.ipynb", [])
    (old / ".ipynb_checkpoints").mkdir(parents=True)
    (old / ".ipynb_checkpoints/a-checkpoint.ipynb").write_text("")
    (old / "b.txt").write_text("")
    assert folder_differences(new, old, "lessons/x") == [
        "lessons/x/a.ipynb is missing",
        "lessons/x/b.txt is not made by the build",
    ]


def test_in_a_lesson_every_byte_counts(tmp_path):
    stored(tmp_path / "new/a.ipynb", shown(imagepng="AA"))
    stored(tmp_path / "old/a.ipynb", shown(imagepng="BB"))
    assert folder_differences(tmp_path / "new", tmp_path / "old", "x") == [
        "x/a.ipynb is not what source/ gives"
    ]
    assert folder_differences(tmp_path / "new", tmp_path / "old", "x", outputs=True) == []
