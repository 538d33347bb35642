"""Right and wrong answers to exercise ``compare-models``."""

import contextlib
import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("compare-models")


def quotient(model, a, b):
    return 100 * float(np.ravel(model(np.array([[a, b]])))[0])


@MUTANTS.right
def loop(models, a, b):
    results = {}
    for name, model in models.items():
        try:
            value = quotient(model, a, b)
            results[name] = None if math.isnan(value) else value
        except Exception:
            results[name] = None
    return results


@MUTANTS.right
def comprehension(models, a, b):
    def one(model):
        with contextlib.suppress(Exception):
            value = np.asarray(model(np.array([[a, b]]))).item() * 100
            return value if value == value else None
        return None

    return {name: one(model) for name, model in models.items()}


@MUTANTS.right
def predicts_with_keras(models, a, b):
    x = np.array([[a, b]], dtype="float32")
    results = dict.fromkeys(models)
    for name in models:
        model = models[name]
        try:
            y = model.predict(x, verbose=0) if hasattr(model, "predict") else model(x)
        except BaseException:
            continue
        y = np.asarray(y, dtype=float).reshape(-1)[0]
        if not np.isnan(y):
            results[name] = y * 100
    return results


@MUTANTS.right
def numpys_own_numbers(models, a, b):
    results = {}
    for name, model in models.items():
        try:
            value = np.float32(np.squeeze(model(np.array([[a, b]])))) * 100
            results[name] = None if np.isnan(value).any() else value
        except Exception:
            results[name] = None
    return results


@MUTANTS.right
def tensors(models, a, b):
    import tensorflow as tf

    results = {}
    for name, model in models.items():
        try:
            value = tf.squeeze(tf.convert_to_tensor(model(np.array([[a, b]])))) * 100
            results[name] = None if bool(tf.math.is_nan(value)) else value
        except Exception:
            results[name] = None
    return results


@MUTANTS.right
def three_pairs_at_once(models, a, b):
    x = np.array([[a, b], [1.0, 1.0], [b, a]])

    def one(model):
        try:
            value = float(np.asarray(model(x)).ravel()[0])
        except Exception:
            return None
        return None if math.isnan(value) else value * 100

    return dict(zip(models, map(one, models.values()), strict=True))


def comparison(
    *, scale=100, pair=lambda a, b: np.array([[a, b]]), errors=Exception, failed=None, nan=None, call=None
):
    """An answer that is right but for what is exchanged."""

    def compare_models(models, a, b):
        results = {}
        for name, model in models.items():
            try:
                y = call(model, a, b) if call else model(pair(a, b))
                value = scale * float(np.ravel(y)[0])
                results[name] = nan if math.isnan(value) and nan != "keep" else value
            except errors:
                results[name] = failed
        return results

    return compare_models


def wrong(name, misconception, score, **how):
    MUTANTS.wrong_value(name, comparison(**how), misconception, score)


wrong("one_axis", "row-without-table", 0, pair=lambda a, b: np.array([a, b]))
wrong("one_axis_caught_nothing", "row-without-table", 0, pair=lambda a, b: np.array([a, b]), errors=OSError)
wrong("column", "column-of-inputs", 0, pair=lambda a, b: np.array([[a], [b]]))
wrong("nested_list", "list-of-lists", 0, pair=lambda a, b: [[a, b]])
wrong("only_value_errors", "catches-some-errors", 0, errors=ValueError)
wrong("some_errors", "catches-some-errors", 0, errors=(ValueError, ArithmeticError))
wrong("catches_nothing", "one-spoils-all", 0, errors=OSError)
wrong("keeps_nan", "keeps-nan", 2 / 3, nan="keep")
wrong("keeps_nan_and_forgets_hundred", "forgets-hundred", 0, scale=1, nan="keep")
wrong("raises_and_forgets_hundred", "forgets-hundred", 0, scale=1, errors=OSError)
wrong("failures_as_nan", "failure-as-something", 2 / 3, failed=math.nan, nan=math.nan)
wrong("failures_as_zero", "failure-as-something", 2 / 3, failed=0.0, nan=0.0)
wrong("failures_as_word", "failure-as-something", 2 / 3, failed="failed", nan="failed")
wrong(
    "predicts_always",
    "predicts-with-functions",
    2 / 3,
    call=lambda m, a, b: m.predict(np.array([[a, b]]), verbose=0),
)
wrong(
    "predicts_and_raises",
    "predicts-with-functions",
    0,
    errors=OSError,
    call=lambda m, a, b: m.predict(np.array([[a, b]]), verbose=0),
)
wrong("two_numbers", "two-arguments", 0, call=lambda m, a, b: m(a, b), errors=OSError)
wrong("always_a_over_b", "not-asked", 0, call=lambda m, a, b: m(np.array([[a, b]])) * 0 + a / b / 100)


def after(name, misconception, score, change):
    MUTANTS.wrong_value(name, lambda models, a, b: change(loop(models, a, b)), misconception, score)


after("skips", "leaves-failures-out", 2 / 3, lambda found: {n: v for n, v in found.items() if v is not None})
after("two_decimals", "cuts-decimals", 0, lambda found: {n: v and round(v, 2) for n, v in found.items()})
after("whole", "cuts-decimals", 0, lambda found: {n: v and int(v) for n, v in found.items()})
after("a_list", "no-dict", 0, lambda found: list(found.values()))
after("pairs", "no-dict", 0, lambda found: list(found.items()))
after("numbered", "other-names", 0, lambda found: dict(enumerate(found.values())))
after("no_return", "no-return", 0, lambda _: None)
after("times_ten", None, 0, lambda found: {n: v and 10 * v for n, v in found.items()})


after("times_ten_thousand", "hundred-twice", 0, lambda found: {n: v and 100 * v for n, v in found.items()})
after("or_none", "drops-zero", 2 / 3, lambda found: {n: v or None for n, v in found.items()})
after(
    "positive",
    "drops-negative",
    2 / 3,
    lambda found: {n: v if v and v > 0 else None for n, v in found.items()},
)
after("texts", "text-for-number", 0, lambda found: {n: v if v is None else f"{v}" for n, v in found.items()})
after(
    "rows",
    "array-for-number",
    0,
    lambda found: {n: v if v is None else np.array([v]) for n, v in found.items()},
)


def swallowing(name, misconception, score, number):
    """What ``number`` makes of a model's array; whatever it raises is caught."""

    def compare_models(models, a, b):
        results = {}
        for key, model in models.items():
            try:
                value = 100 * float(number(model(np.array([[a, b]]))))
            except Exception:
                value = math.nan
            results[key] = None if math.isnan(value) else value
        return results

    MUTANTS.wrong_value(name, compare_models, misconception, score)


swallowing("two_indices", "none-for-flat", 2 / 3, lambda y: y[0][0])
swallowing("numpy_of_all", "none-for-functions", 2 / 3, lambda y: np.ravel(y.numpy())[0])
swallowing("lists", "none-for-some", 1 / 3, lambda y: y.tolist()[0][0])
swallowing("misspelt", "none-for-all", 0, lambda y: y.quotient)


@MUTANTS.wrong("array-for-number")
def arrays_of_one(models, a, b):
    results = {}
    for name, model in models.items():
        try:
            value = np.asarray(model(np.array([[a, b]]))) * 100
            results[name] = None if np.isnan(value).any() else value
        except Exception:
            results[name] = None
    return results


@MUTANTS.wrong("fixed-pair")
def twenty_by_five(models, a, b):  # noqa: ARG001
    return loop(models, 20.0, 5.0)


@MUTANTS.wrong("error-not-quotient")
def errors(models, a, b):
    return {name: v if v is None else abs(v - a / b) for name, v in loop(models, a, b).items()}


@MUTANTS.wrong("one-for-all", 1 / 3)
def the_first_for_all(models, a, b):
    found = loop(models, a, b)
    first = next((v for v in found.values() if v is not None), None)
    return {name: v if v is None else first for name, v in found.items()}


@MUTANTS.wrong(None, None)
def the_best_alone(models, a, b):
    found = {name: v for name, v in loop(models, a, b).items() if v is not None}
    best = min(found, key=lambda name: abs(found[name] - a / b), default=None)
    return {} if best is None else {best: found[best]}


@MUTANTS.wrong("first-model-only")
def return_in_the_loop(models, a, b):
    for name, model in models.items():
        return {name: quotient(model, a, b)}
    return {}


@MUTANTS.wrong("tries-once-for-all")
def returns_at_the_first_failure(models, a, b):
    results = {}
    for name, model in models.items():
        try:
            results[name] = quotient(model, a, b)
        except Exception:
            return None
    return results


@MUTANTS.wrong("isnan-of-none")
def isnan_of_none(models, a, b):
    results = {}
    for name, model in models.items():
        try:
            value = quotient(model, a, b)
        except Exception:
            value = None
        results[name] = None if np.isnan(value) else value
    return results


@MUTANTS.wrong("unpacks-no-pair")
def without_items(models, a, b):
    return {name: quotient(model, a, b) for name, model in models}


@MUTANTS.wrong("one-spoils-all")
def no_try(models, a, b):
    return {name: quotient(model, a, b) for name, model in models.items()}


@MUTANTS.wrong("tries-once-for-all", 1 / 3)
def try_around_the_loop(models, a, b):
    results = dict.fromkeys(models)
    with contextlib.suppress(Exception):
        for name, model in models.items():
            results[name] = quotient(model, a, b)
    return results


@MUTANTS.wrong("tries-once-for-all")
def breaks_off(models, a, b):
    results = {}
    for name, model in models.items():
        try:
            results[name] = quotient(model, a, b)
        except Exception:
            results[name] = None
            break
    return results


@MUTANTS.wrong("changes-the-dict", 1 / 2)
def results_into_models(models, a, b):
    models.update(loop(models, a, b))
    return models


@MUTANTS.wrong("changes-the-dict", 1 / 3)
def throws_failures_out(models, a, b):
    results = loop(models, a, b)
    for name, value in results.items():
        if value is None:
            del models[name]
    return {name: results[name] for name in models}


@MUTANTS.wrong("keras-left-out", 2 / 3)
def only_functions(models, a, b):
    results = loop(models, a, b)
    return {name: None if hasattr(models[name], "layers") else value for name, value in results.items()}


@MUTANTS.wrong("last-model-only", 0)
def new_dict_each_time(models, a, b):
    results = {}
    for name, model in models.items():
        results = loop({name: model}, a, b)
    return results


@MUTANTS.wrong("more-names", 5 / 6)
def adds_the_true_quotient(models, a, b):
    return {**loop(models, a, b), "true": a / b}


@MUTANTS.wrong("more-names", 5 / 6)
def adds_it_to_some_models(models, a, b):
    return {**loop(models, a, b), **({"true": a / b} if models else {})}


@MUTANTS.wrong(None)
def times_ten_and_keeps_nan(models, a, b):
    return {name: None if v is None else 10 * v for name, v in comparison(nan="keep")(models, a, b).items()}


@MUTANTS.wrong(None, 5 / 6)
def cannot_do_nothing(models, a, b):
    return {name: loop(models, a, b)[name] for name in [*models, next(iter(models))]}


@MUTANTS.wrong(None)
def broken(models, a, b):
    return models.items(a, b)


MUTANTS.wrong_value("a dict", {"by hand": 4.0}, "not-a-function")
