"""Attacks on the check itself, from the same Python. All answers are wrong: nothing is earned."""

from __future__ import annotations

from tests.attacks.attack import START, WRONG_IN_01, Attack

FORGED = """
from IPython.display import display
def forged(name, *_, **__):
    verdict = {"exercise": name, "status": "right", "score": 1.0, "message": "", "misconception": None}
    display({"application/vnd.learning-to-divide.verdict+json": verdict, "text/plain": "right"}, raw=True)
"""
"""What an attacker can copy out of a solved notebook: the form of a right verdict."""

PATCH_JUDGE = """
import autograder.judging as judging
from autograder.verdict import Status, Verdict
judging.judge = lambda name, *_: Verdict(name, Status.RIGHT, 1.0, "")
"""
PATCH_BUILTINS = """
import builtins, math
builtins.abs = lambda *_: 0.0
builtins.max = lambda *_, **__: 0.0
builtins.all = lambda *_: True
builtins.any = lambda *_: False
math.isclose = lambda *_, **__: True
"""
PATCH_NUMPY = """
for name in ("allclose", "array_equal", "isfinite"): setattr(np, name, lambda *_, **__: True)
for name in ("abs", "max", "amax"): setattr(np, name, lambda *_, **__: 0.0)
np.isclose = lambda a, *_, **__: np.ones(np.shape(a), dtype=bool)
np.testing.assert_allclose = lambda *_, **__: None
"""
AST_TRANSFORMER = (
    FORGED
    + """
import ast
class Rename(ast.NodeTransformer):
    def visit_Name(self, node):
        return ast.copy_location(ast.Name("forged", node.ctx), node) if node.id == "check" else node
get_ipython().ast_transformers.append(Rename())
"""
)
INPUT_TRANSFORMER = (
    FORGED
    + """
swap = lambda lines: [line.replace("check(", "forged(") for line in lines]
get_ipython().input_transformers_post.append(swap)
"""
)
PRE_RUN_CELL = (
    FORGED
    + """
def before(info):
    print("the cell says:", info.raw_cell)
    get_ipython().user_ns["check"] = forged
get_ipython().events.register("pre_run_cell", before)
"""
)
HIDE_TRACEBACKS = """
import sys
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *_, **__: None
shell.set_custom_exc((BaseException,), lambda *_, **__: [])
sys.excepthook = lambda *_: None
"""
PATCH_OBSERVER = """
import autograder.observers as observers
evidence = {"kind": "function", "uses": [], "needs": {}, "stopped": None, "calls": [], "status": "right"}
observers.observe = lambda *_, **__: {**evidence, "score": 1.0, "verdict": {"score": 1.0}}
for name in list(observers.OBSERVERS): observers.OBSERVERS[name] = lambda *_: None
"""
ALWAYS_EQUAL = """
class Yes(float):
    def __eq__(self, other): return True
    __le__ = __lt__ = __ge__ = __gt__ = __eq__
    __hash__ = float.__hash__
    def __sub__(self, other): return Yes(0)
    __rsub__ = __truediv__ = __abs__ = lambda self, *_: Yes(0)
    def __array__(self, *_, **__): return np.array([Yes(0)], dtype=object)
activation = activation_slope = lambda x: Yes(0)
divide = lambda *_: Yes(0)
"""
IMPORTED = {
    "activation": "from divnet.activation import activation",
    "activation-slope": "from divnet.activation import activation_slope",
    "divide": (
        "import divnet.network\ndef divide(a, b, activation):\n"
        "    return divnet.network.forward(divnet.network.DIVIDE, a, b)"
    ),
}
LOADED_BY_PATH = """
import importlib.util
spec = importlib.util.spec_from_file_location("stolen", ROOT + "/divnet/activation.py")
stolen = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stolen)
"""

ATTACKS = [
    Attack(
        "patch-check",
        "replaces check by one that displays a right verdict",
        cells=[
            (START, FORGED + "import autograder\nautograder.check = check = forged"),
            ("activation", "autograder.check = check = forged"),
        ],
        status="suspicious",
    ),
    Attack("patch-grade", "replaces the judge behind check and grade", cells=[(START, PATCH_JUDGE)]),
    Attack("patch-builtins", "makes abs, max, all, any and isclose lie", cells=[(START, PATCH_BUILTINS)]),
    Attack("patch-numpy", "makes NumPy's comparisons lie", cells=[(START, PATCH_NUMPY)]),
    Attack(
        "ast-transformer",
        "rewrites the check while IPython parses it",
        cells=[(START, AST_TRANSFORMER)],
        status="suspicious",
    ),
    Attack(
        "input-transformer",
        "rewrites the check's text before IPython parses it",
        cells=[(START, INPUT_TRANSFORMER)],
        status="suspicious",
    ),
    Attack(
        "pre-run-cell",
        "replaces check in a hook that runs before each cell, and prints the cell",
        cells=[(START, PRE_RUN_CELL)],
        status="suspicious",
    ),
    Attack("hide-tracebacks", "lets no error be shown", cells=[(START, HIDE_TRACEBACKS)]),
    Attack(
        "patch-observer",
        "replaces what writes the evidence down",
        cells=[(START, PATCH_OBSERVER)],
        status="suspicious",
    ),
    Attack(
        "always-equal",
        "answers with an object that is equal to everything",
        instead={name: ALWAYS_EQUAL for name in ("activation", "activation-slope", "divide")},
    ),
    Attack("import-solution", "hands in the course's own implementation by importing it", instead=IMPORTED),
    Attack(
        "load-solution-by-path",
        "loads the course's implementation from its file",
        instead={
            "activation": LOADED_BY_PATH + "activation = stolen.activation",
            "activation-slope": LOADED_BY_PATH + "activation_slope = stolen.activation_slope",
        },
    ),
    Attack(
        "patch-check-in-01",
        "replaces check in unit 01",
        cells=[
            (START, FORGED + "import autograder\nautograder.check = check = forged"),
        ],
        status="suspicious",
        unit="01-warm-up",
    ),
    Attack(
        "import-solution-in-01",
        "imports what unit 01 asks for",
        unit="01-warm-up",
        instead={
            **dict.fromkeys(WRONG_IN_01, ""),
            "sigmoid": "from divnet.activation import sigmoid",
            "sigmoid-slope": "from divnet.activation import sigmoid_slope",
        },
    ),
]
