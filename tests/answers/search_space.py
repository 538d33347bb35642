"""Right and wrong answers to exercise ``search-space``."""

from collections import OrderedDict
from itertools import product
from types import MappingProxyType

import numpy as np

from . import Mutants

MUTANTS = Mutants("search-space")

BATCHES, DROPOUTS, EPOCHS = [1, 4, 16, 32, 64], [0, 0.0001, 0.0002, 0.0005], [90, 240]
NAMES = ["rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"]


def space(**changed):
    return {"batch_size": BATCHES, "dropout": DROPOUTS, "epochs": EPOCHS, "optimizer": NAMES} | changed


MUTANTS.right_value("lists", space())
MUTANTS.right_value("tuples", {k: tuple(v) for k, v in space().items()})
MUTANTS.right_value("another_order", {k: sorted(v, reverse=True) for k, v in reversed(space().items())})
MUTANTS.right_value("sets", {k: set(v) for k, v in space().items()})
MUTANTS.right_value("arrays", {k: np.array(v) for k, v in space().items()})
MUTANTS.right_value("float32", space(dropout=np.array(DROPOUTS, dtype=np.float32)))
MUTANTS.right_value("range_and_powers", space(epochs=range(90, 241, 150), dropout=[0.0, 1e-4, 2e-4, 5e-4]))
MUTANTS.right_value(
    "classes_names", space(optimizer=["RMSprop", "Ftrl", "Nadam", "Adam", "SGD", "Adadelta", "Adamax"])
)
MUTANTS.right_value("numpy_integers", space(batch_size=[np.int64(b) for b in BATCHES]))
MUTANTS.right_value("ordered", OrderedDict(space()))
MUTANTS.right_value("read_only", MappingProxyType(space()))
MUTANTS.right_value("dict_keys", space(optimizer=dict.fromkeys(NAMES).keys()))

FOUR, THREE, TWO = 0.8, 0.6, 0.4


@MUTANTS.wrong("function-not-dict")
def a_function():
    return space()


MUTANTS.wrong_value(
    "all_trials", [dict(zip(space(), t, strict=True)) for t in product(*space().values())], "not-a-dict"
)
MUTANTS.wrong_value("pairs", list(space().items()), "not-a-dict")
MUTANTS.wrong_value(
    "best", space(batch_size=[4], dropout=[0.0005], epochs=[240], optimizer=["nadam"]), "best-only"
)
MUTANTS.wrong_value(
    "best_bare", {"batch_size": 4, "dropout": 0.0005, "epochs": 240, "optimizer": "nadam"}, "best-only"
)
british = space()
british["optimiser"] = british.pop("optimizer")
MUTANTS.wrong_value("british", british, "renamed-key", THREE)
MUTANTS.wrong_value(
    "plural", {f"{k}s" if k == "dropout" else k: v for k, v in space().items()}, "renamed-key", THREE
)
MUTANTS.wrong_value("capitals", {k.upper(): v for k, v in space().items()}, "renamed-key")
MUTANTS.wrong_value("learning_rate", space(learning_rate=[0.001]), "extra-key", FOUR)
MUTANTS.wrong_value("hidden_units", space(units=[2, 4]), "extra-key", FOUR)
MUTANTS.wrong_value("no_epochs", {k: v for k, v in space().items() if k != "epochs"}, "missing-key", FOUR)
MUTANTS.wrong_value("bare_epochs", space(epochs=90), "no-list", FOUR)
MUTANTS.wrong_value("one_string", space(optimizer=", ".join(NAMES)), "no-list", FOUR)
MUTANTS.wrong_value("dict_inside", space(dropout={0: 0.0001}), "no-list", FOUR)
MUTANTS.wrong_value("column", space(batch_size=np.array([BATCHES]).T), "no-list", FOUR)
MUTANTS.wrong_value("texts", space(batch_size=[str(b) for b in BATCHES]), "text-for-numbers", FOUR)
MUTANTS.wrong_value("classes", space(optimizer=[type(n, (), {}) for n in NAMES]), "optimizer-objects", FOUR)
MUTANTS.wrong_value("objects", space(optimizer=[object() for _ in NAMES]), "other-values", FOUR)
MUTANTS.wrong_value("adam_twice", space(optimizer=[*NAMES, "Adam"]), "twice", FOUR)
MUTANTS.wrong_value("one_twice", space(batch_size=[1, *BATCHES]), "twice", FOUR)
MUTANTS.wrong_value("whole_range", space(epochs=range(90, 241)), "filled-up", FOUR)
MUTANTS.wrong_value("open_range", space(epochs=list(range(90, 240, 30))), "filled-up", FOUR)
MUTANTS.wrong_value("powers_of_two", space(batch_size=[2**i for i in range(7)]), "all-powers-of-two", FOUR)
MUTANTS.wrong_value("thousandths", space(dropout=[0, 0.001, 0.002, 0.005]), "dropout-scale", FOUR)
MUTANTS.wrong_value("per_cent", space(dropout=[0, 0.01, 0.02, 0.05]), "dropout-scale", FOUR)
MUTANTS.wrong_value("adamw", space(optimizer=[*NAMES[:-1], "adamw"]), "other-optimizers", FOUR)
MUTANTS.wrong_value("misspelt", space(optimizer=[*NAMES[1:], "rms_prop"]), "other-optimizers", FOUR)
MUTANTS.wrong_value("six_names", space(optimizer=NAMES[:-1]), "too-few-optimizers", FOUR)
MUTANTS.wrong_value("no_16", space(batch_size=[1, 4, 32, 64]), "too-few-numbers", FOUR)
MUTANTS.wrong_value("only_90", space(epochs=[90]), "too-few-numbers", FOUR)
MUTANTS.wrong_value("decimals", space(batch_size=np.array(BATCHES, dtype=float)), "decimals-for-counts", FOUR)
MUTANTS.wrong_value("decimal_epochs", space(epochs=[90.0, 240.0]), "decimals-for-counts", FOUR)
MUTANTS.wrong_value(
    "no_16_six_names", space(batch_size=[1, 4, 32, 64], optimizer=NAMES[:-1]), "too-few-optimizers", THREE
)
MUTANTS.wrong_value("other_batches", space(batch_size=[10, 20, 50, 100]), "other-values", FOUR)
MUTANTS.wrong_value("other_epochs", space(epochs=[50, 100]), "other-values", FOUR)
MUTANTS.wrong_value("empty", {}, "missing-key")
MUTANTS.wrong_value("the_number_of_trials", 280, "not-a-dict")
MUTANTS.wrong_value("a_text", str(space()), "not-a-dict")
MUTANTS.wrong_value("nan", space(dropout=[0, 0.0001, 0.0002, float("nan")]), "other-values", FOUR)
MUTANTS.wrong_value(
    "epochs_and_dropout_swapped", space(epochs=DROPOUTS, dropout=[90, 240]), "list-of-another-key", THREE
)
MUTANTS.wrong_value("set_of_keys", set(space()), "set-not-dict")
MUTANTS.wrong_value("counts", {k: len(v) for k, v in space().items()}, "counts-for-lists")
MUTANTS.wrong_value("brackets_twice", space(batch_size=[BATCHES]), "list-in-list", FOUR)
MUTANTS.wrong_value("one_zero_missing", space(dropout=[0, 0.0001, 0.0002, 0.005]), "dropout-scale", FOUR)
MUTANTS.wrong_value("epochs_204", space(epochs=[90, 204]), "other-values", FOUR)
MUTANTS.wrong_value("eight_for_sixteen", space(batch_size=[1, 4, 8, 32, 64]), "all-powers-of-two", FOUR)
MUTANTS.wrong_value("none_for_zero", space(dropout=[None, *DROPOUTS[1:]]), "other-values", FOUR)
MUTANTS.wrong_value("empty_lists", {k: [] for k in space()}, None)
MUTANTS.wrong_value("truths", space(epochs=[True, False]), "other-values", FOUR)
