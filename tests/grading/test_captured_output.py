"""Outputs are collected in linear time, cut at the limit and said; what a score hangs on is kept."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.inside import captured_output
from autograder.grading.inside.captured_output import Outputs
from autograder.grading.notebooks.outputs import in_short
from autograder.grading.run.running import Run, _outputs, run_notebook
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox.probing import best_level
from autograder.processes.forking import LIGHT

MOST = 100_000
CUT = "[what this cell put out beyond 0.1 MB is left out]"
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["line", "no"]}
RESULT = {
    "output_type": "execute_result",
    "data": {"text/plain": "2.5"},
    "metadata": {},
    "execution_count": 1,
}


def shown(text: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {}}


def many_writes(outputs: Outputs, times: int) -> None:
    for number in range(times):
        outputs.write("stdout", f"line {number}")
        outputs.write("stdout", "\n")


def one_long_write(outputs: Outputs, times: int) -> None:
    outputs.write("stdout", "x" * 10 * times)


def carriage_returns(outputs: Outputs, times: int) -> None:
    for number in range(times):
        outputs.write("stderr", f"\r{number}")
        outputs.write("stdout", f"\r{number}")


def both_streams_in_turn(outputs: Outputs, times: int) -> None:
    for _ in range(times):
        outputs.write("stdout", "o")
        outputs.write("stderr", "e")


def displays(outputs: Outputs, times: int) -> None:
    for number in range(times):
        outputs.add(shown(str(number)))
    outputs.add(shown("x" * 10 * times))


def control_characters(outputs: Outputs, times: int) -> None:
    for _ in range(times):
        outputs.write("stdout", "\x00\x1b\ud800")


FLOODS = [
    *(many_writes, one_long_write, carriage_returns),
    *(both_streams_in_turn, displays, control_characters),
]


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_cut_at_the_limit_said_once_and_the_error_after_it_is_kept(flood: Any):
    outputs = Outputs(MOST)
    flood(outputs, 60_000)
    outputs.add(RESULT)
    outputs.add(ERROR)
    kept = outputs.kept
    assert kept[-2:] == [RESULT, ERROR]
    text = json.dumps(kept)
    assert text.count(json.dumps(CUT)[1:-1]) == 1
    assert len(text) < 2 * MOST + 3 * captured_output.RESERVE


@pytest.mark.parametrize("flood", FLOODS)
def test_ten_times_the_output_takes_no_more_than_a_few_times_ten_times_the_processor(flood: Any):
    """In quadratic time it would be a hundred times; where nothing is cut, all of it is kept."""

    def seconds(times: int) -> float:
        outputs = Outputs(10**9)
        before = time.process_time()
        flood(outputs, times)
        assert outputs.kept
        return time.process_time() - before

    seconds(5000)
    assert seconds(50_000) < 40 * max(seconds(5000), 0.02)


def test_what_decides_a_score_is_kept_when_it_is_too_long_itself():
    outputs = Outputs(MOST)
    outputs.add({**ERROR, "evalue": "x" * 10**6, "traceback": ["y" * 10**6] * 10})
    outputs.write("stderr", "z" * 10**6)
    [error, *others] = outputs.kept
    assert error["ename"] == "ValueError"
    assert len(json.dumps(error)) < captured_output.RESERVE
    assert {output["name"] for output in others} == {"stdout", "stderr"}


def test_an_output_that_is_no_json_is_told_and_one_that_changes_later_stays_as_it_was():
    outputs = Outputs(MOST)
    outputs.add({"output_type": "display_data", "data": {"text/plain": object()}, "metadata": {}})
    assert outputs.kept[0]["text"] == captured_output.NOT_STORED
    data = {"application/json": [1]}
    outputs.add({"output_type": "display_data", "data": data, "metadata": {}})
    data["application/json"] = data  # type: ignore[assignment]
    json.dumps(outputs.kept)


def test_what_is_cleared_makes_room_and_waits_for_what_comes_in_its_place():
    outputs = Outputs(MOST)
    for number in range(30_000):
        outputs.clear(wait=True)
        outputs.write("stdout", f"{number}\n")
    outputs.clear(wait=True)
    assert [output["text"] for output in outputs.kept] == ["29999\n"]
    outputs.clear()
    assert outputs.kept == []


def test_the_host_keeps_its_own_limit_and_what_a_score_hangs_on():
    cell = new_code_cell("x")
    run = Run(new_notebook(cells=[cell]), output_bytes=1000, output_left=10_000)
    sent = [{"output_type": "stream", "name": "stdout", "text": "x" * 10**6}, RESULT, ERROR]
    kept = _outputs(sent * 3, cell, run)
    assert [output.output_type for output in kept] == ["stream", *("execute_result", "error") * 3]
    run.output_left = 0
    kept = _outputs(sent * 3, cell, run)
    assert [output.output_type for output in kept] == ["stream", "execute_result", "error"]
    assert in_short(kept[1]).data == {"text/plain": "2.5"}  # type: ignore[union-attr]


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")
def test_60000_prints_are_graded_in_under_five_seconds_of_processor_time(tmp_path: Path):  # noqa: ARG001
    if (level := best_level()) is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    source = "for number in range(60_000):\n    print('line', number)\n"
    cells = [new_code_cell(source), new_code_cell("import time; print(time.process_time())")]
    with WarmParent(level, modules=LIGHT) as parent:
        before = time.process_time()
        run = run_notebook(parent, new_notebook(cells=cells), cell_seconds=60)
        ours = time.process_time() - before
    assert run.lost is None
    assert run.stopped == []
    [printed] = cells[0].outputs
    assert printed.text.count("\n") == 60_000
    assert ours + float(cells[1].outputs[0].text) < 5
