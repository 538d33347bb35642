"""Right answers are right whatever a notebook left on; where a setting may be why not, that is said."""

from __future__ import annotations

import decimal
import sys
import warnings
from collections.abc import Iterator

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course import Course
from autograder.grading.run.running import run_notebook
from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox.probing import best_level
from autograder.judging import draw, judge
from autograder.observers import observe
from autograder.observers.settings import kept_settings
from autograder.processes.forking import HEAVY
from autograder.verdict import UNREADABLE, Status
from tests.grading.jailed import ROOT

UNITS = (
    "02-divide-by-hand",
    "03-baseline",
    "04-tensorflow-activation",
    "06-custom-gradient",
    "07-hand-set-weights",
)
TF = "import tensorflow as tf; tf."
SETTINGS = {
    "numerics": f"{TF}debugging.enable_check_numerics()",
    "no eager": f"{TF}compat.v1.disable_eager_execution()",
    "TensorFlow 1": f"{TF}compat.v1.disable_v2_behavior()",
    "eager functions": f"{TF}config.run_functions_eagerly(True)",
    "NumPy in TensorFlow": f"{TF}experimental.numpy.experimental_enable_numpy_behavior(prefer_float32=True)",
    "64 digits": "import keras; keras.config.set_floatx('float64')",
    "16 digits": "import keras; keras.config.set_floatx('float16')",
    "mixed precision": "import keras; keras.mixed_precision.set_global_policy('mixed_float16')",
    "epsilon": "import keras; keras.config.set_epsilon(0.1)",
    "seeds": "import keras; keras.utils.set_random_seed(0)",
    "errors of NumPy": "import numpy as np; np.seterr(all='raise')",
    "printing": "import numpy as np; np.set_printoptions(precision=2, legacy='1.13')",
    "warnings": "import warnings; warnings.simplefilter('error')",
    "decimals": "import decimal as d; d.getcontext().prec = 2; d.getcontext().traps[d.Inexact] = True",
    "little recursion": "import sys; sys.setrecursionlimit(120)",
    "no garbage": "import gc; gc.disable()",
    "logging": "import logging; logging.basicConfig(level=logging.DEBUG)",
    "pictures": "import matplotlib.pyplot as plt; plt.rcParams['text.usetex'] = True",
}


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    if (level := best_level()) is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    with WarmParent(level, modules=HEAVY) as started:
        yield started


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_right_answer_is_right_whatever_the_notebook_left_on(parent: WarmParent, setting: str):
    course = Course.load(ROOT)
    cells = [new_code_cell(SETTINGS[setting])]
    for unit in UNITS:
        solved = nbformat.read(course.solution(unit), as_version=4).cells
        cells += [new_code_cell(c.source, metadata=c.metadata) for c in solved if c.cell_type == "code"]
    run = run_notebook(parent, new_notebook(cells=cells), cell_seconds=60)
    assert not [output for output in cells[0].outputs if output.output_type == "error"]
    assert run.lost is None
    assert len(run.verdicts) >= 9
    assert {name: v.message for name, v in run.verdicts.items() if v.status is not Status.RIGHT} == {}


def test_what_the_notebook_set_is_as_python_starts_with_it_and_put_back_afterwards():
    decimals, errors, depth = decimal.getcontext().copy(), np.geterr(), sys.getrecursionlimit()
    try:
        decimal.getcontext().prec = 2
        np.seterr(all="raise")
        sys.setrecursionlimit(500)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with kept_settings():
                assert decimal.getcontext().prec == 28
                assert np.geterr() == {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
                assert sys.getrecursionlimit() == 1000
                warnings.warn("not an error", stacklevel=1)
            with pytest.raises(UserWarning):
                warnings.warn("an error", stacklevel=1)
        assert decimal.getcontext().prec == 2
        assert set(np.geterr().values()) == {"raise"}
        assert sys.getrecursionlimit() == 500
    finally:
        decimal.setcontext(decimals)
        np.seterr(**errors)
        sys.setrecursionlimit(depth)


def test_of_keras_and_tensorflow_it_is_told_which_were_found_and_they_are_put_back():
    import keras
    import tensorflow as tf

    keras.config.set_floatx("float64")
    tf.debugging.enable_check_numerics()
    try:
        with kept_settings() as found:
            assert set(found) == {"floatx", "numerics"}
            assert keras.config.floatx() == "float32"
            assert np.isnan(tf.math.log(-1.0).numpy())
        assert keras.config.floatx() == "float64"
        with pytest.raises(tf.errors.InvalidArgumentError):
            tf.math.log(-1.0)
        with kept_settings() as found:
            pass
        assert set(found) == {"floatx", "numerics"}
    finally:
        keras.config.set_floatx("float32")
        tf.debugging.disable_check_numerics()
    with kept_settings() as found:
        assert found == []


def test_a_wrong_answer_under_such_a_setting_is_told_what_can_be_the_reason_and_no_mistake_is_named():
    request = draw("sigmoid", 0)
    evidence = observe(request, lambda x: 1 / (1 + np.exp(x)))
    named = judge("sigmoid", request, evidence)
    assert named.misconception is not None
    verdict = judge("sigmoid", request, {**evidence, "settings": ["eager"]})
    assert (verdict.status, verdict.score, verdict.misconception) == (Status.WRONG, named.score, None)
    assert verdict.message.startswith(
        "Your notebook has switched eager execution off (tf.compat.v1.disable_eager"
    )
    assert "restart the kernel" in verdict.message
    forged = judge("sigmoid", request, {**evidence, "settings": [["eager"], "<b>", 3]})
    assert (forged.misconception, forged.score) == (UNREADABLE, 0.0)
    right = observe(request, lambda x: 1 / (1 + np.exp(-x)))
    assert judge("sigmoid", request, {**right, "settings": ["eager"]}).status is Status.RIGHT
