"""Every number in the prose of unit 05 is computed again, from the finished search or the unit's answers."""

import math
from collections import Counter
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from divnet.search import (
    SPACE,
    Configuration,
    Plan,
    best,
    finished_search,
    finished_seed_spread,
    importance,
    search,
)

UNIT = Path(__file__).parents[2] / "source/05-search/05-search.ipynb"
NOTEBOOK = nbformat.read(UNIT, as_version=4)
PROSE = "\n\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
CODE = {cell.id: cell.source for cell in NOTEBOOK.cells if cell.cell_type == "code"}

GRID = finished_search()
WINNER = min(GRID, key=lambda trial: trial.error)
DECKS_BEST = Configuration(4, 0.0005, 240, "nadam")
PLAIN = Configuration(32, 0.0, 90, "adam")


def says(*sentences: str) -> None:
    for sentence in sentences:
        assert sentence in PROSE, sentence


def errors(**wanted) -> np.ndarray:
    """The errors of the grid's trials with these settings, in order."""
    return np.array(
        [t.error for t in GRID if all(getattr(t.configuration, k) == v for k, v in wanted.items())]
    )


@cache
def starts() -> dict[Configuration, np.ndarray]:
    """The errors of each configuration's twenty new starts."""
    found: dict[Configuration, list[float]] = {}
    for trial in finished_seed_spread():
        found.setdefault(trial.configuration, []).append(trial.error)
    return {configuration: np.array(values) for configuration, values in found.items()}


@cache
def answers():
    """What the unit's own solutions define."""
    names = {"math": math}
    for cell_id, source in CODE.items():
        if cell_id.endswith("-answer"):
            exec(source, names)
    return names


@cache
def square():
    """a/b/100 for all a and b of 1.00 … 9.99 in hundredths."""
    axis = np.arange(100, 1000) / 100
    a, b = np.meshgrid(axis, axis)
    return a / b / 100


# Trials and steps.


def test_the_solutions_are_the_deck_s_grid_and_its_steps():
    space, steps = answers()["search_space"], answers()["training_steps"]
    assert {name: tuple(values) for name, values in space.items()} == SPACE
    assert math.prod(map(len, space.values())) == 280
    by_hand = sum(steps(12_000, c.batch_size, c.epochs) for c, _ in Plan().trainings())
    assert by_hand == Plan().steps() == 150_732_120
    says("280 ways to train", "All together it is 150 732 120 steps")


def test_the_small_space_has_six_trials():
    names: dict = {}
    exec(CODE_WITH["small = {"], names)
    assert len(names["trials"]) == 6 and list(names["small"]) == list(SPACE)
    assert [len(values) for values in names["small"].values()] == [2, 1, 1, 3]
    says("2 · 1 · 1 · 3 = 6", "and it would be 24", "did the four that were missing")


def test_the_table_of_steps():
    steps = answers()["training_steps"]
    rows = [(12_000, 4, 90, 270_000), (12_000, 64, 90, 16_920), (10, 4, 3, 9)]
    for points, batch_size, epochs, expected in rows:
        assert steps(points, batch_size, epochs) == expected
        shown = [f"{n:,}".replace(",", " ") for n in (points, batch_size, epochs, expected)]
        says(f"| {' | '.join(shown)} |")
    assert (12_000 // 64, 187 * 64, 12_000 - 187 * 64, steps(12_000, 64, 1)) == (187, 11_968, 32, 188)
    says("187 batches of 64 use 11 968 points. The 32 that are left", "number 188")


def test_batch_size_1_takes_most_steps():
    ones = 28 * 12_000 * (90 + 240)
    assert len(SPACE["dropout"]) * len(SPACE["optimizer"]) == 28
    assert f"{ones:,}".replace(",", " ") == "110 880 000" and f"{ones / 150_732_120:.0%}" == "74%"
    says("batch size 1 alone takes 110 880 000 of them: 74 %")


def test_hours_and_minutes():
    hours = 150_732_120 * 0.00074 / 3600
    seconds = sum(trial.cpu_seconds for trial in GRID)
    assert round(hours) == 31
    says(
        "31 hours, and how to avoid them",
        f"about {1e6 * seconds / 150_732_120:.0f} millionths of a second",
        f"{seconds / 60:.0f} minutes of computing",
    )


def test_dropout_in_a_batch_of_4():
    share = 1 - (1 - 0.0005) ** 8
    assert round(1 / share) == 250
    assert [round(usual / 0.0005) for usual in (0.2, 0.5)] == [400, 1000]
    says("About one step in 250", "0.2 to 0.5 is usual, which is 400 to 1000 times more")


# A search that can be stopped.


def test_the_cells_that_search_do_two_trials_and_then_the_rest(tmp_path, monkeypatch, capsys):
    from divnet.search import trial

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("divnet.search.workers.run_training", lambda *_: trial.Result(0.1, 0.1, [0.0] * 9))
    names: dict = {}
    for part in ("small = {", "at_most=2", "sorted(trial.seed"):
        exec(CODE_WITH[part], names)
    said = ["2 trials finished", "6 trials finished", "seeds: [0, 1, 2, 3, 4, 5]"]
    assert capsys.readouterr().out.splitlines()[1:] == said
    with pytest.raises(ValueError, match="another search"):
        search("my-search.db", names["small"], starts=3)
    says('`search("my-search.db", small, starts=3)` refuses')


# The finished search.


def test_the_baselines_of_this_data():
    zero, median = square().mean(), np.abs(square() - np.median(square())).mean()
    assert square().size == 810_000
    says(
        "all 810 000 divisions",
        f"always 0 would have an error of {zero:.4f}, always the median {median:.4f}",
        f"| always 0 | {zero:.4f} |",
        f"| always the median | {median:.4f} |",
    )


def test_what_there_is_to_find_in_the_lab():
    zero = square().mean()
    bad = Counter(t.configuration.optimizer for t in GRID if t.error > zero)
    good = Counter(t.configuration.optimizer for t in GRID if t.error < 0.001)
    assert set(bad) == {"ftrl", "adadelta"} and set(good) == {"adam", "nadam"}
    medians = {name: np.median(errors(optimizer=name)) for name in SPACE["optimizer"]}
    assert set(sorted(medians, key=medians.__getitem__)[-2:]) == set(bad)
    says(
        f"{bad.total()} of the 280 trials are worse than an answer of always 0: {bad['ftrl']} with Ftrl and "
        f"{bad['adadelta']} with Adadelta",
        f"Only {good.total()} trials come below 0.001, {good['adam']} with Adam and "
        f"{good['nadam']} with Nadam",
    )
    four = errors(batch_size=4, epochs=240, optimizer="nadam")
    listed = [f"{error:.4f}" for error in four]
    assert four.argmin() == 0
    says(
        f"the four errors are {', '.join(listed[:3])} and {listed[3]}",
        f"These four lie apart by a factor of {four.max() / four.min():.1f}",
    )
    adadelta = errors(batch_size=16, epochs=240, optimizer="adadelta")
    factors = [values.max() / values.min() for values in starts().values()]
    says(
        f"batch size 16 and 240 epochs give a factor of {adadelta.max() / adadelta.min():.0f}",
        f"lie apart by factors of {min(factors):.1f} to {max(factors):.1f}",
    )


def test_no_other_four_of_adam_s_kind_lie_so_far_apart():
    found = {
        (b, e, o): errors(batch_size=b, epochs=e, optimizer=o)
        for b in SPACE["batch_size"]
        for e in SPACE["epochs"]
        for o in SPACE["optimizer"]
    }
    factors = {key: values.max() / values.min() for key, values in found.items()}
    assert max(factors, key=factors.__getitem__) == (16, 240, "adadelta")
    of_adam = {key: factor for key, factor in factors.items() if "adam" in key[2]}
    assert max(of_adam, key=of_adam.__getitem__) == (4, 240, "nadam")


def test_importance_and_the_best_tenth():
    shares = {name: f"{100 * share:.0f} %" for name, share in importance(GRID).items()}
    top = [trial.configuration for trial in best(GRID, 28)]
    used = Counter(configuration.optimizer for configuration in top)
    assert set(used) == {"adam", "nadam", "adamax", "rmsprop"}
    assert {configuration.dropout for configuration in top} == set(SPACE["dropout"])
    says(
        f"The optimiser has a share of {shares['optimizer']}, the number of epochs {shares['epochs']}, "
        f"the batch size {shares['batch_size']}, the dropout {shares['dropout']}.",
        f"{used['adam']} with Adam, {used['nadam']} with Nadam, {used['adamax']} with Adamax and "
        f"{used['rmsprop']} with RMSprop",
        f"{sum(c.epochs == 240 for c in top)} of them trained for 240 epochs",
        f"the optimiser matters, {shares['optimizer']} of the importance",
    )


def test_pairs_with_and_without_dropout():
    without, with_it = errors(dropout=0.0), errors(dropout=0.0005)
    better, worse = (with_it < without).sum(), (with_it > without).sum()
    assert len(without) == 70 and round(math.sqrt(70) / 2) == 4
    assert abs(better - 35) <= 2 * 4.2  # as a coin might fall
    says(
        f"With dropout the error is smaller in {better} pairs, without it in {worse}",
        "35 of 70 would be expected, give or take 4",
        f"made {better} of 70 pairs better and {worse} worse",
    )


# The winner, twenty times.


def test_the_winner_s_curse():
    again, first_three = starts()[WINNER.configuration], list(starts())[:3]
    median = np.median(again)
    below = {configuration: int((values < 0.001).sum()) for configuration, values in starts().items()}
    assert len(starts()) == 5 and all(len(values) == 20 for values in starts().values())
    assert [trial.configuration for trial in best(GRID, 3)] == first_three
    says(
        f"the winner's error in the grid was {WINNER.error:.5f}",
        f"the winner's median is {median:.4f}, {median / WINNER.error:.0f} times its error in the grid",
        f"Only {below[WINNER.configuration]} of its twenty starts come below 0.001",
        f"the others lie between {again[again > 0.001].min():.4f} and {again.max():.4f}",
        f"have {below[first_three[1]]} and {below[first_three[2]]} such starts, the deck's best has "
        f"{below[DECKS_BEST]}.",
        f"reach the good one from {sum(below.values()) - below[PLAIN]} of 80 starts",
        f"one of them had {max(below.values())} and another {below[first_three[2]]} is still within luck",
        f"Their median of {np.median(starts()[PLAIN]):.4f} is as good, but {below[PLAIN]} of twenty",
    )


def test_the_two_heaps_leave_a_gap():
    everything = np.concatenate(list(starts().values()))
    assert not ((everything > 0.0006) & (everything < 0.0013)).any()
    assert np.median(everything[everything < 0.001]) == pytest.approx(0.0004, abs=0.00005)
    says("with errors near 0.0004")


def test_what_is_within_luck_and_what_is_not():
    below = [int((values < 0.001).sum()) for values in starts().values()]
    assert below[-2:] == [6, 0]
    in_one_row = 2 * math.comb(20, 6) / math.comb(40, 6)
    assert round(1 / in_one_row) == 50
    says("about once in 50 times")
    most, least = max(below), min(below[:4])  # of twenty each: Fisher's exact test, two-sided
    total = most + least
    as_far = sum(
        math.comb(20, k) * math.comb(20, total - k)
        for k in range(total + 1)
        if abs(2 * k - total) >= most - least
    )
    assert as_far / math.comb(40, total) > 0.1
    assert (PLAIN.steps(), DECKS_BEST.steps()) == (33_750, 720_000)
    says("the plain settings train for 33 750 steps, the deck's best for 720 000")


def test_the_solution_s_and_the_summary_s_numbers():
    (in_grid,) = errors(batch_size=4, dropout=0.0005, epochs=240, optimizer="nadam")
    deck, plain = starts()[DECKS_BEST], starts()[PLAIN]
    says(
        f"The deck's best has an error of {in_grid:.4f} in our grid, and over twenty starts it goes from "
        f"{deck.min():.4f} to {deck.max():.4f}, with a median of {np.median(deck):.4f}",
        f"no dropout has a median of {np.median(plain):.4f}, too",
        f"| the middle one of the 280 trials | {np.median(errors()):.4f} |",
        f"| the winner in the grid ({WINNER.configuration}) | {WINNER.error:.5f} |",
        f"| the same from twenty new starts, median | {np.median(starts()[WINNER.configuration]):.4f} |",
        f"| the deck's best in the grid | {in_grid:.4f} |",
        f"| the same from twenty new starts, median | {np.median(deck):.4f} |",
        f"twenty starts, median | {np.median(plain):.4f} |",
    )


class _Containing(dict):
    """A cell's source by some characters that only it contains."""

    def __missing__(self, part: str) -> str:
        (found,) = [source for source in CODE.values() if part in source]
        return found


CODE_WITH = _Containing()
