"""Students' answers to "compare-models": check("compare-models", answer), answer = function(models, a, b) -> dict."""

import math

import numpy as np


# ---------------------------------------------------------------- right

def right_plain(models, a, b):
    quotients = {}
    for name, model in models.items():
        try:
            output = np.asarray(model(np.array([[a, b]], dtype=float)))
            quotient = 100 * float(output.ravel()[0])
        except Exception as error:
            print(name, error)
            quotient = None
        if quotient is not None and np.isnan(quotient):
            quotient = None
        quotients[name] = quotient
    return quotients


def ask(model, a, b):
    """One model's quotient, or None."""
    try:
        answer = model(np.array([[float(a), float(b)]]))
        value = float(np.squeeze(np.array(answer))) * 100
    except Exception:
        return None
    if math.isnan(value):
        return None
    return value


def right_helper_and_comprehension(models, a, b):
    return {name: ask(model, a, b) for name, model in models.items()}


def right_none_first(models, a, b):
    result = dict.fromkeys(models)  # None for everybody
    for name in models:
        try:
            q = np.reshape(models[name](np.array([[a, b]], dtype="float64")), (-1,))[0] * 100
            if q == q:
                result[name] = float(q)
        except Exception:
            pass
    return result


def right_raise_on_nan(models, a, b):
    out = {}
    for name, model in models.items():
        try:
            h = np.asarray(model(np.array([[1.0 * a, 1.0 * b]]))).flatten()
            if np.isnan(h).any():
                raise ValueError("NaN")
            out[name] = h.item() * 100.0
        except Exception as problem:
            print("no answer from", name, "-", problem)
            out[name] = None
    return out


def right_predict_for_keras(models, a, b):
    found = {}
    for name in models.keys():
        model = models[name]
        pair = np.array([[a, b]], float)
        try:
            if hasattr(model, "predict"):
                y = model.predict(pair, verbose=0)
            else:
                y = model(pair)
            y = np.asarray(y, dtype=float).reshape(1)
        except Exception:
            found[name] = None
            continue
        found[name] = None if np.isnan(y[0]) else float(y[0] / 0.01)
    return found


def right_else(models, a, b):
    names, values = [], []
    for name, model in models.items():
        names.append(name)
        try:
            out = model(np.stack([[a], [b]], axis=1).astype(np.float64))
            percent = np.array(out).max()  # there is only one
        except Exception:
            values.append(None)
        else:
            values.append(None if np.isnan(percent) else float(percent * 100))
    return dict(zip(names, values))


# ---------------------------------------------------------------- wrong

def wrong_try_around_all(models, a, b):
    found = {}
    try:
        for name, model in models.items():
            found[name] = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
    except Exception:
        found[name] = None
    return found


def wrong_equals_nan(models, a, b):
    nan = float("nan")
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            if value == nan:
                value = None
        except Exception:
            value = None
        found[name] = value
    return found


def wrong_nan_not_thought_of(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            found[name] = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
        except Exception:
            found[name] = None
    return found


def wrong_hundredths(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_divided_by_100(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0]) / 100
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_overwrites_models(models, a, b):
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            models[name] = None if np.isnan(value) else value
        except Exception:
            models[name] = None
    return models


def wrong_left_out(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
        except Exception:
            continue
        if np.isnan(value):
            continue
        found[name] = value
    return found


def wrong_zero_is_false(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
        except Exception:
            value = None
        if not value or np.isnan(value):
            value = None
        found[name] = value
    return found


def wrong_negative_refused(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found[name] = value if value >= 0 else None
        except Exception:
            found[name] = None
    return found


def wrong_array(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * np.asarray(model(np.array([[a, b]], dtype=float)))
            found[name] = None if np.isnan(value).any() else value
        except Exception:
            found[name] = None
    return found


def wrong_double_index(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(model(np.array([[a, b]], dtype=float))[0][0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_single_index(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * model(np.array([[a, b]], dtype=float))[0]
            found[name] = None if math.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_flat_pair(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([a, b]))).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_list_for_array(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model([[a, b]])).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_column(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a], [b]]))).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_b_first(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[b, a]], dtype=float))).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_return_in_loop(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
        return found


def wrong_predict_only(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(model.predict(np.array([[a, b]], dtype=float), verbose=0)[0, 0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_value_error_only(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except (ValueError, AttributeError):
            found[name] = None
    return found


def wrong_old_value(models, a, b):
    found = {}
    value = None
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
        except Exception as error:
            print(name, "failed:", error)
        found[name] = None if value is None or np.isnan(value) else value
    return found


def wrong_list(models, a, b):
    quotients = []
    for model in models.values():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            quotients.append(None if np.isnan(value) else value)
        except Exception:
            quotients.append(None)
    return quotients


def wrong_text(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found[name] = "no answer" if np.isnan(value) else value
        except Exception:
            found[name] = "no answer"
    return found


def wrong_name_as_text(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found["name"] = None if np.isnan(value) else value
        except Exception:
            found["name"] = None
    return found


def wrong_truth(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            model(np.array([[a, b]], dtype=float))
            found[name] = a / b
        except Exception:
            found[name] = None
    return found


def wrong_print(models, a, b):
    for name, model in models.items():
        try:
            print(name, 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0]))
        except Exception:
            print(name, None)


def wrong_rounded(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = 100 * float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0])
            found[name] = None if np.isnan(value) else round(value, 1)
        except Exception:
            found[name] = None
    return found


def wrong_hides_name_error(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            pair = np.array([[a, b]], dtype=float)
            value = 100 * float(np.asarray(models(pair)).ravel()[0])
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_team(models, a, b):
    pair = np.array([[a, b]])
    return {
        "exact": float(100 * models["exact"](pair)[0, 0]),
        "broken": None,
        "constant": float(100 * models["constant"](pair)[0, 0]),
    }


def wrong_int(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = float(np.asarray(model(np.array([[a, b]], dtype=int))).ravel()[0]) * 100
            found[name] = None if np.isnan(value) else value
        except Exception:
            found[name] = None
    return found


def wrong_is_nan_string(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0]) * 100
        except Exception:
            value = None
        found[name] = value if value is not None and value is not np.nan else None
    return found


def wrong_too_large(models, a, b):
    found = {}
    for name, model in models.items():
        try:
            value = float(np.asarray(model(np.array([[a, b]], dtype=float))).ravel()[0]) * 100
            found[name] = value if abs(value - a / b) < 1 else None
        except Exception:
            found[name] = None
    return found


CASES = [
    ("try inside the loop, ravel", right_plain, "right", ""),
    ("helper and a dict comprehension", right_helper_and_comprehension, "right", ""),
    ("fromkeys, q == q", right_none_first, "right", ""),
    ("NaN raised as ValueError", right_raise_on_nan, "right", ""),
    ("predict for Keras models", right_predict_for_keras, "right", ""),
    ("two lists and zip, try else", right_else, "right", ""),
    ("try around the loop", wrong_try_around_all, "wrong", "try goes around all models: those after the failing one are not asked"),
    ("value == nan", wrong_equals_nan, "wrong", "value == nan is never true: NaN stays"),
    ("NaN forgotten", wrong_nan_not_thought_of, "wrong", "NaN is returned as NaN, not None"),
    ("hundredths", wrong_hundredths, "wrong", "not multiplied by 100"),
    ("/ 100", wrong_divided_by_100, "wrong", "divided by 100 in place of multiplied"),
    ("models overwritten", wrong_overwrites_models, "wrong", "writes the quotients into the dict of models"),
    ("failing ones left out", wrong_left_out, "wrong", "failing models are missing in the result, no None"),
    ("not value", wrong_zero_is_false, "wrong", "a quotient of 0 becomes None (not value)"),
    ("negative ones refused", wrong_negative_refused, "wrong", "negative quotients become None"),
    ("arrays", wrong_array, "wrong", "quotients are arrays, no plain numbers"),
    ("[0][0]", wrong_double_index, "wrong", "[0][0] fails for outputs of shape (n,): None for them"),
    ("[0]", wrong_single_index, "wrong", "[0] gives arrays or tensors (or None) for outputs of shape (n, 1)"),
    ("np.array([a, b])", wrong_flat_pair, "wrong", "input of shape (2,), not (1, 2)"),
    ("list in place of an array", wrong_list_for_array, "wrong", "hands a list over: x[:, :1] fails"),
    ("column", wrong_column, "wrong", "input of shape (2, 1): a and b as two rows"),
    ("b, a", wrong_b_first, "wrong", "a and b swapped"),
    ("return in the loop", wrong_return_in_loop, "wrong", "return stands in the loop: only the first model"),
    ("predict only", wrong_predict_only, "wrong", "functions have no predict: all None"),
    ("only two kinds of exception", wrong_value_error_only, "wrong", "catches ValueError and AttributeError only: another one stops all"),
    ("old value", wrong_old_value, "wrong", "after an exception the quotient of the model before is written"),
    ("list", wrong_list, "wrong", "returns a list, no dict"),
    ("text", wrong_text, "wrong", "'no answer' in place of None"),
    ("'name'", wrong_name_as_text, "wrong", "key 'name' as a text: every model overwrites the one before"),
    ("truth", wrong_truth, "wrong", "returns a/b, not what the model says"),
    ("print", wrong_print, "wrong", "prints, returns nothing"),
    ("rounded", wrong_rounded, "wrong", "rounds to one decimal"),
    ("models(pair)", wrong_hides_name_error, "wrong", "calls models, the dict, in place of model; except hides it: all None"),
    ("team hard-coded", wrong_team, "wrong", "three names of the example hard-coded"),
    ("whole numbers", wrong_int, "wrong", "dtype=int cuts the decimals off"),
    ("is not np.nan", wrong_is_nan_string, "wrong", "'is not np.nan' compares objects: NaN stays"),
    ("bad ones refused", wrong_too_large, "wrong", "answers that are off by more than 1 become None"),
]


TRUE_NAMES = {
    "try around the loop": "tries-once-for-all",
    "value == nan": "keeps-nan",
    "NaN forgotten": "keeps-nan",
    "hundredths": "forgets-hundred",
    "/ 100": "hundredth-of-it",
    "models overwritten": "changes-the-dict",
    "failing ones left out": "leaves-failures-out",
    "not value": "drops-zero",
    "negative ones refused": "drops-negative",
    "arrays": "array-for-number",
    "[0][0]": "none-for-flat",
    "[0]": "none-for-some",
    "np.array([a, b])": "row-without-table",
    "list in place of an array": "list-of-lists",
    "column": "column-of-inputs",
    "b, a": "pair-swapped",
    "return in the loop": "first-model-only",
    "predict only": "predicts-with-functions",
    "only two kinds of exception": "catches-some-errors",
    "old value": "failure-as-something",
    "list": "no-dict",
    "text": "failure-as-something",
    "'name'": "other-names",
    "truth": "not-asked",
    "print": "no-return",
    "rounded": "cuts-decimals",
    "models(pair)": "none-for-all",
    "whole numbers": "inputs-whole",
    "is not np.nan": "keeps-nan",
    "bad ones refused": "none-for-some",
}
