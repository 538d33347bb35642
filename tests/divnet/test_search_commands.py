"""`python -m divnet.search`: help with examples, tables, and every user error in one sentence."""

import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from divnet.search import finished_search
from divnet.search.commands import app
from divnet.search.finished import read_table, write_table

SMALL = ["--batch-size", "64", "--dropout", "0,0.0005", "--epochs", "1", "--optimizer", "sgd"]


@pytest.fixture(autouse=True)
def no_training(monkeypatch):
    from divnet.search import trial

    result = trial.Result(0.25, 1.0, [0.0] * 9)
    monkeypatch.setattr("divnet.search.workers.run_training", lambda *_: result)
    monkeypatch.setenv("COLUMNS", "120")


def call(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize("command", [[], ["run"], ["show"]])
def test_help_has_an_example_for_each_command(command):
    shown = call(*command, "--help")
    assert shown.exit_code == 0
    assert not command or "python -m divnet.search " + command[0] in " ".join(shown.output.split())


def test_run_trains_the_given_values_and_prints_the_best(tmp_path):
    done = call("run", tmp_path / "small.db", *SMALL, "--starts", "2")
    assert done.exit_code == 0 and "4 of 4 trials, 4 s of computing" in done.output
    assert len(re.findall(r"0\.250000", done.output)) == 4


def test_run_goes_on(tmp_path):
    first = call("run", tmp_path / "small.db", *SMALL, "--at-most", "1")
    assert "1 of 2 trials" in first.output
    assert "2 of 2 trials" in call("run", tmp_path / "small.db", *SMALL).output


def test_show_writes_a_table_that_can_be_read_back(tmp_path):
    call("run", tmp_path / "small.db", *SMALL)
    assert call("show", tmp_path / "small.db", "--csv", tmp_path / "small.csv").exit_code == 0
    table = read_table(tmp_path / "small.csv")
    assert [(trial.seed, trial.configuration.dropout, trial.error) for trial in table] == [
        (0, 0.0, 0.25),
        (1, 0.0005, 0.25),
    ]


def test_show_without_a_file_shows_the_finished_search():
    shown = call("show", "--best", "3")
    assert shown.exit_code == 0 and "280 of 280 trials" in shown.output
    assert "Importance for being in the best tenth: batch_size" in shown.output


def test_the_shipped_table_is_written_as_it_is_read(tmp_path):
    write_table(finished_search(), tmp_path / "grid.csv")
    assert read_table(tmp_path / "grid.csv") == finished_search()


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["run", "{}/a.db", "--epochs", "ninety"], "--epochs ninety; expected whole numbers with commas"),
        (["run", "{}/a.db", "--dropout", "0,1"], "dropout has 1.0; expected shares from 0 to below 1"),
        (["run", "{}/a.db", "--optimizer", "adamw"], "optimizer has 'adamw'; expected rmsprop"),
        (["run", "{}/nowhere/a.db"], "there is no folder"),
        (["show", "{}/nothing.db"], "there is no such file"),
        (["show", "{}"], "there is no such file"),
    ],
)
def test_a_mistake_is_one_sentence_and_status_1(arguments, words, tmp_path):
    failed = call(*(argument.format(tmp_path) for argument in arguments))
    assert failed.exit_code == 1 and words in failed.stderr
    assert failed.stderr.count("\n") == 1 and failed.stdout == ""


def test_help_and_import_are_light():
    python = (
        "import sys, divnet.search.commands; "
        "assert not {'tensorflow', 'keras', 'optuna', 'sqlalchemy', 'matplotlib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", python], check=True)
