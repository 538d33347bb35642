"""Attacks with made-up evidence: right at all that never changes, and silent about what was drawn."""

from __future__ import annotations

from autograder.exercises.activation.probe import PROBE as ACTIVATION
from autograder.exercises.sigmoid.probe import PROBE as SIGMOID
from tests.attacks.attack import START, Attack

FIXED = sorted({x for probe in (SIGMOID, ACTIVATION) for x in (*probe.edge_points, *probe.examples)})
"""Where every answer is tried each time."""

FORGE = (
    f"FIXED = {FIXED}"
    + """
import autograder.observers as observers
from autograder.observers import observe

def sigma(x): return 1 / (1 + np.exp(-x))
def middle(x): return 0.03 * np.log(1e6 * np.maximum(x, 0) + 1) + 0.5
def tail(x): return 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)
def bend(x): return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1), middle(np.minimum(x, 15)))
RIGHT = {
    "sigmoid": sigma,
    "sigmoid_slope": lambda x: sigma(x) * (1 - sigma(x)),
    "activation": lambda x: np.where(x <= 15, bend(x), tail(x)),
}
RAISED = {"type": "ValueError", "message": "", "line": None}

def record(**how): return {"result": None, "error": None, "warnings": [], "changed": [], **how}
def numbers(values, shape=None, dtype="float64"):
    shape = [len(values)] if shape is None else shape
    return {"kind": "numbers", "type": "ndarray", "dtype": dtype, "shape": shape, "values": values}
def blank(request):
    nothing = {"uses": [], "needs": {}, "apart": None, "stopped": None, "unsteady": None, "settings": []}
    return {"kind": request["observer"], **nothing}
def known(request, answer):
    # the evidence of a right answer: all in it that was not drawn anew can be had beforehand
    name = getattr(answer, "__name__", "")
    return observe(request, RIGHT.get(name, answer))
def forge(change, known=known):
    def forged(request, answer, **how):
        evidence = known(request, answer)
        return change(request, evidence) or evidence
    observers.observe = forged
def each(change):
    # change every record of every call
    def of_all(request, evidence):
        for wanted in request["inputs"].get("calls", []):
            calls = evidence["calls"]
            if evidence["kind"] == "function": change(wanted, calls[wanted["id"]], calls)
    forge(of_all)
def at_points(change):
    # change what belongs to the drawn points
    each(lambda wanted, found, calls: change(wanted, found, calls) if wanted["id"] == "points" else None)
def xs(wanted): return wanted["arguments"][0]["array"]["values"]
def plain(x): return x in FIXED
"""
)


def canned(name: str, tries: str, source: str, *, status: str = "suspicious", unit: str = "") -> Attack:
    """An attack on every exercise of the unit, none of which has a right answer."""
    of = {"unit": unit} if unit else {}
    return Attack(f"canned-{name}", tries, cells=[(START, FORGE + source)], status=status, **of)


RAISED_ONE_BY_ONE = (
    "def raised(wanted, found, calls):\n"
    "    ones = [record(result=numbers([float(y)], [])) if plain(x) else record(error=RAISED)\n"
    "            for x, y in zip(xs(wanted), found['result']['values'])]\n"
    "    calls['points'] = record(error=RAISED, each=ones)\n"
    "at_points(raised)"
)
"""Right values at the fixed points, and an error at each drawn one."""

IN_01 = "01-warm-up"
ATTACKS = [
    canned(
        "left-out",
        "leaves out the one call whose inputs were drawn",
        "at_points(lambda wanted, found, calls: calls.pop('points') and None)",
    ),
    canned(
        "left-out-in-01",
        "leaves out all calls but the fixed examples",
        "forge(lambda request, e: {**e, 'calls': {n: c for n, c in e.get('calls', {}).items() if n < 'c'}})",
        unit=IN_01,
    ),
    canned(
        "raised",
        "says that the drawn points raised, without trying one by one",
        "at_points(lambda wanted, found, calls: calls.update(points=record(error=RAISED)))",
    ),
    canned(
        "raised-one-by-one",
        "gives right values at the fixed points, and says that each drawn one raised",
        RAISED_ONE_BY_ONE,
        status="graded",
    ),
    canned(
        "raised-one-by-one-in-01",
        "the same in unit 01",
        RAISED_ONE_BY_ONE,
        status="graded",
        unit=IN_01,
    ),
    canned(
        "none-at-points",
        "says that nothing came back for the drawn points, one by one",
        "at_points(lambda wanted, found, calls: calls.update(points=record(\n"
        "    result={'kind': 'none'}, each=[record(result={'kind': 'none'}) for _ in xs(wanted)])))",
        status="graded",
    ),
    canned(
        "other-array-at-points",
        "gives one right number for the drawn array, and nothing one by one",
        "at_points(lambda wanted, found, calls: calls.update(points=record(result=numbers([0.5]))))",
    ),
    canned(
        "fewer-one-by-one",
        "gives the fixed points one by one, and fewer than were asked for",
        "at_points(lambda wanted, found, calls: calls.update(points=record(error=RAISED, each=[\n"
        "    record(result=numbers([float(y)], [])) for x, y in zip(xs(wanted), found['result']['values'])\n"
        "    if plain(x)])))",
    ),
    canned(
        "empty-one-by-one",
        "says that the drawn array was tried one by one, with no number in it",
        "at_points(lambda wanted, found, calls: calls.update(points=record(error=RAISED, each=[])))",
        unit=IN_01,
    ),
    canned(
        "fixed-points",
        "is right at each fixed point, and gives ½ at each drawn one",
        "at_points(lambda wanted, found, calls: found['result'].update(values=[\n"
        "    y if plain(x) else 0.5 for x, y in zip(xs(wanted), found['result']['values'])]))",
        status="graded",
    ),
    canned(
        "not-a-number",
        "gives NaN at the drawn points",
        "at_points(lambda wanted, found, calls: found['result'].update(values=[\n"
        "    y if plain(x) else 'nan' for x, y in zip(xs(wanted), found['result']['values'])]))",
        status="graded",
    ),
    canned(
        "bare-infinity",
        "gives an infinity that JSON has not",
        "at_points(lambda wanted, found, calls: found['result'].update(values=[float('inf')]))",
    ),
    canned(
        "huge-shape",
        "claims arrays of 10¹² numbers",
        "huge = record(result=numbers([1.0], [10**12]))\n"
        "each(lambda wanted, found, calls: calls.update({wanted['id']: huge}))",
    ),
    canned(
        "empty-arrays",
        "gives empty arrays, in which no number is wrong",
        "each(lambda wanted, found, calls: calls.update({wanted['id']: record(result=numbers([], [0]))}))",
    ),
    canned(
        "too-large",
        "says of each result that it was too large to be written down",
        "huge = {'kind': 'size', 'type': 'ndarray', 'shape': [30_000]}\n"
        "each(lambda wanted, found, calls: calls.update({wanted['id']: record(result=huge)}))",
        unit=IN_01,
    ),
    canned(
        "groups",
        "gives groups of results where one result was asked for",
        "group = {'kind': 'group', 'items': [numbers([0.5], [])] * 3}\n"
        "each(lambda wanted, found, calls: calls.update({wanted['id']: record(result=group)}))",
    ),
    canned(
        "short-groups",
        "gives groups of one where a gradient has three parts",
        "def short(request, evidence):\n"
        "    for wanted in request['inputs'].get('calls', []):\n"
        "        one = record(result={'kind': 'group', 'items': [numbers([0.5])]})\n"
        "        if wanted.get('results') == 3: evidence['calls'][wanted['id']] = one\n"
        "forge(short, observe)",
        unit=IN_01,
    ),
    canned(
        "whole-floats",
        "calls floats whole numbers",
        "three = record(result=numbers([3.0], [], 'int64'))\n"
        "each(lambda wanted, found, calls: calls.update({wanted['id']: three}))",
        unit=IN_01,
    ),
    canned(
        "result-and-error",
        "says of each call that it raised, and gives its result besides",
        "each(lambda wanted, found, calls: found.update(error=RAISED))",
    ),
    canned(
        "neither",
        "says of each call neither what came back nor what was raised",
        "each(lambda wanted, found, calls: calls.update({wanted['id']: record()}))",
    ),
    canned(
        "renamed",
        "gives a drawn call the name of one that nobody asked for",
        "at_points(lambda wanted, found, calls: calls.update(more=calls.pop('points')))",
    ),
    canned(
        "more-calls",
        "answers a call that nobody asked for besides",
        "each(lambda wanted, found, calls: calls.update(more=record(result=numbers([0.5]))))",
    ),
    canned(
        "own-inputs",
        "answers at inputs of its own",
        "def own(request, evidence):\n"
        "    if request['observer'] == 'function':\n"
        "        calls = {c['id']: record(result=numbers([0.5] * 9)) for c in request['inputs']['calls']}\n"
        "        more = {'tensors': None, 'inputs': request['inputs'], 'score': 1.0}\n"
        "        return {**blank(request), **more, 'calls': calls}\n"
        "forge(own)",
    ),
    canned(
        "no-calls",
        "answers that nothing was asked",
        "forge(lambda request, evidence: {**blank(request), 'tensors': None, 'calls': {}})",
    ),
    canned(
        "stub",
        "says that nothing was written yet",
        "forge(lambda request, evidence: {**blank(request), 'kind': 'stub'})",
        status="graded",
    ),
    canned(
        "interrupted",
        "says that it was interrupted after all had been right",
        "forge(lambda request, evidence: {**evidence, 'stopped': {'why': 'interrupted'}})",
        status="graded",
    ),
    canned(
        "needs",
        "brings along evidence about answers that were not asked about",
        "forge(lambda request, e: {**e, 'uses': ['judge'], 'needs': {'judge': {'kind': 'right'}}})",
    ),
    canned(
        "weights-of-another-form",
        "gives weights as texts, huge integers and truth values",
        "def odd(request, evidence):\n"
        "    if request['observer'] == 'value':\n"
        "        items = [numbers([True, 10**400, '1', None], [2, 2]), *[numbers([1])] * 3]\n"
        "        return {**evidence, 'value': record(result={'kind': 'group', 'items': items})}\n"
        "forge(odd, observe)",
    ),
    canned(
        "nested",
        "nests lists in lists in place of numbers",
        "each(lambda wanted, found, calls: calls.update({wanted['id']: record(result=numbers([[[0.5]]]))}))",
    ),
    canned(
        "twenty-megabytes",
        "sends twenty megabytes of evidence",
        "forge(lambda request, evidence: {**evidence, 'calls': [[]] * 5_000_000})",
    ),
    canned(
        "long-texts",
        "sends errors whose text has a million characters",
        "each(lambda wanted, found, calls: calls.update(\n"
        "    {wanted['id']: record(error={**RAISED, 'message': 'x' * 300_000})}))",
        unit=IN_01,
    ),
    canned(
        "names-twice",
        "writes each call twice into the same JSON object, first wrong and then right",
        "import json\n"
        "dumps = json.dumps\n"
        'once, twice = \'"calls": {\', \'"calls": {}, "calls": {\'\n'
        "json.dumps = lambda data, **how: dumps(data, **how).replace(once, twice)",
    ),
]
