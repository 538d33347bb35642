"""Students' answers to "search-space": check("search-space", answer), answer = a dict of lists."""

from copy import deepcopy

# ---------------------------------------------------------------- right

as_in_table = {
    "batch_size": [1, 4, 16, 32, 64],
    "dropout": [0, 0.0001, 0.0002, 0.0005],
    "epochs": [90, 240],
    "optimizer": ["rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"],
}

capitals_and_other_order = {
    "optimizer": ["SGD", "Adam", "Adamax", "Nadam", "RMSprop", "Ftrl", "Adadelta"],
    "epochs": [240, 90],
    "dropout": [0.0005, 0.0002, 0.0001, 0.0],
    "batch_size": [64, 32, 16, 4, 1],
}

by_dict_call = dict(
    batch_size=[4**0, 4**1, 4**2, 32, 4**3],
    dropout=[0.0, 1e-4, 2e-4, 5e-4],
    epochs=[90, 240],
    optimizer="rmsprop ftrl nadam adam sgd adadelta adamax".split(),
)

filled_step_by_step = {}
filled_step_by_step["batch_size"] = [1, 4] + [16 * k for k in (1, 2, 4)]
filled_step_by_step["dropout"] = [n / 10000 for n in (0, 1, 2, 5)]
filled_step_by_step["epochs"] = list((90, 240))
filled_step_by_step["optimizer"] = sorted(
    ["rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"]
)

zipped = dict(
    zip(
        ["batch_size", "dropout", "epochs", "optimizer"],
        [
            [1, 4, 16, 32, 64],
            [0.0, 0.0001, 0.0002, 0.0005],
            [90, 240],
            ["RMSPROP", "FTRL", "NADAM", "ADAM", "SGD", "ADADELTA", "ADAMAX"],
        ],
    )
)

mixed_case = deepcopy(as_in_table)
mixed_case["optimizer"] = ["RMSprop", "FTRL", "nadam", "Adam", "sgd", "AdaDelta", "adamax"]


# ---------------------------------------------------------------- wrong

def changed(**new):
    space = deepcopy(as_in_table)
    space.update(new)
    return space


def without(key):
    space = deepcopy(as_in_table)
    del space[key]
    return space


def renamed(old, new):
    return {(new if key == old else key): deepcopy(value) for key, value in as_in_table.items()}


counts = {key: len(values) for key, values in as_in_table.items()}


CASES = [
    ("as in the table", as_in_table, "right", ""),
    ("capitals, other order", capitals_and_other_order, "right", ""),
    ("dict() with powers and split", by_dict_call, "right", ""),
    ("filled key by key", filled_step_by_step, "right", ""),
    ("dict of zip, all capitals", zipped, "right", ""),
    ("capitals mixed", mixed_case, "right", ""),
    ("the small example", {"batch_size": [32, 64], "dropout": [0.0], "epochs": [3], "optimizer": ["sgd", "adam", "nadam"]},
     "wrong", "copied the small space of the lesson, not the deck's"),
    ("batch size 8 too", changed(batch_size=[1, 4, 8, 16, 32, 64]), "wrong", "an additional batch size of 8"),
    ("batch size 2 for 4", changed(batch_size=[1, 2, 16, 32, 64]), "wrong", "batch size 2 in place of 4"),
    ("batch sizes as a range", changed(batch_size=list(range(1, 65))), "wrong", "all batch sizes from 1 to 64, not the five of the table"),
    ("dropout ten times too large", changed(dropout=[0, 0.001, 0.002, 0.005]), "wrong", "one zero missing in each dropout"),
    ("dropout without 0", changed(dropout=[0.0001, 0.0002, 0.0005]), "wrong", "forgot the dropout 0"),
    ("dropout in percent", changed(dropout=[0, 0.01, 0.02, 0.05]), "wrong", "dropouts in percent, not as shares"),
    ("dropouts with decimal comma", changed(dropout=[0, 0, 1, 0, 2, 0, 5]), "wrong", "decimal commas: the dropouts have fallen to pieces"),
    ("dropouts evenly spaced", changed(dropout=[0, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005]), "wrong", "0.0003 and 0.0004 are not in the table"),
    ("epochs between", changed(epochs=list(range(90, 241, 10))), "wrong", "all tens from 90 to 240, not only the two"),
    ("epochs 90 only", changed(epochs=[90]), "wrong", "240 epochs are missing"),
    ("epochs 24", changed(epochs=[90, 24]), "wrong", "typing mistake: 24 in place of 240"),
    ("numbers as texts", changed(batch_size=["1", "4", "16", "32", "64"]), "wrong", "batch sizes are texts, not numbers"),
    ("adagrad for adadelta", changed(optimizer=["rmsprop", "ftrl", "nadam", "adam", "sgd", "adagrad", "adamax"]), "wrong", "adagrad in place of adadelta"),
    ("optimiser typed wrongly", changed(optimizer=["rmsprob", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"]), "wrong", "typing mistake: rmsprob"),
    ("ftrl and adadelta left out", changed(optimizer=["rmsprop", "nadam", "adam", "sgd", "adamax"]), "wrong", "only five optimisers, left out the bad ones"),
    ("adam twice", changed(optimizer=["rmsprop", "ftrl", "adam", "adam", "sgd", "adadelta", "adamax"]), "wrong", "adam twice, nadam missing"),
    ("a comma forgotten", changed(optimizer=["rmsprop", "ftrl", "nadam" "adam", "sgd", "adadelta", "adamax"]), "wrong", "a comma is missing: Python joins two texts to 'nadamadam'"),
    ("one text for all optimisers", changed(optimizer="rmsprop, ftrl, nadam, adam, sgd, adadelta, adamax"), "wrong", "one long text, not a list of texts"),
    ("list with one text", changed(optimizer=["rmsprop, ftrl, nadam, adam, sgd, adadelta, adamax"]), "wrong", "quotes around the whole list: a list with a single text"),
    ("key with a blank", renamed("batch_size", "batch size"), "wrong", "key 'batch size' in place of 'batch_size'"),
    ("British key", renamed("optimizer", "optimiser"), "wrong", "key 'optimiser' in place of 'optimizer'"),
    ("epoch", renamed("epochs", "epoch"), "wrong", "key 'epoch' in place of 'epochs'"),
    ("no dropout", without("dropout"), "wrong", "the key dropout is missing: only three hyperparameters"),
    ("lists without keys", list(as_in_table.values()), "wrong", "a list of lists, no dict"),
    ("counts", counts, "wrong", "the number of values in place of the values"),
    ("a single trial", {"batch_size": 4, "dropout": 0.0005, "epochs": 240, "optimizer": "nadam"}, "wrong", "one trial (the deck's best), no lists"),
    ("tuple of dicts", ({"batch_size": [1, 4, 16, 32, 64]}, {"dropout": [0, 0.0001, 0.0002, 0.0005]}, {"epochs": [90, 240]},
     {"optimizer": ["rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"]}), "wrong", "four dicts in a tuple, not one dict"),
    ("learning rate too", changed(learning_rate=[0.001, 0.01]), "wrong", "a key learning_rate that the deck did not vary"),
    ("values shifted", {"batch_size": [90, 240], "dropout": [0, 0.0001, 0.0002, 0.0005], "epochs": [1, 4, 16, 32, 64],
     "optimizer": ["rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"]}, "wrong", "values of batch_size and epochs swapped"),
    ("set with the keys", {"batch_size", "dropout", "epochs", "optimizer"}, "wrong", "a set of the four names, without values"),
]


TRUE_NAMES = {
    "the small example": "other-values",
    "batch size 8 too": "all-powers-of-two",
    "batch size 2 for 4": "all-powers-of-two",
    "batch sizes as a range": "other-values",
    "dropout ten times too large": "dropout-scale",
    "dropout without 0": "no-dropout-of-zero",
    "dropout in percent": "dropout-scale",
    "dropouts with decimal comma": "twice",
    "dropouts evenly spaced": "other-values",
    "epochs between": "filled-up",
    "epochs 90 only": "too-few-numbers",
    "epochs 24": "other-values",
    "numbers as texts": "text-for-numbers",
    "adagrad for adadelta": "other-optimizers",
    "optimiser typed wrongly": "other-optimizers",
    "ftrl and adadelta left out": "too-few-optimizers",
    "adam twice": "twice",
    "a comma forgotten": "other-optimizers",
    "one text for all optimisers": "no-list",
    "list with one text": "other-optimizers",
    "key with a blank": "renamed-key",
    "British key": "renamed-key",
    "epoch": "renamed-key",
    "no dropout": "missing-key",
    "lists without keys": "not-a-dict",
    "counts": "counts-for-lists",
    "a single trial": "best-only",
    "tuple of dicts": "not-a-dict",
    "learning rate too": "extra-key",
    "values shifted": "list-of-another-key",
    "set with the keys": "set-not-dict",
}
