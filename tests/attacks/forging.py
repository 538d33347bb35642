"""Attacks on what goes from the sandbox to the judge: evidence, frames, displayed verdicts."""

from __future__ import annotations

from tests.attacks.attack import START, Attack
from tests.attacks.checks import FORGED

CHANNEL = """
import json, os, socket, stat, time
def channels():
    found = []
    for number in range(3, 512):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode): found.append(socket.socket(fileno=os.dup(number)))
        except OSError: pass
    return found
def frame(message):
    data = message if isinstance(message, bytes) else json.dumps(message).encode()
    return len(data).to_bytes(4, "big") + data
def send(*messages):
    for channel in channels(): channel.sendall(b"".join(map(frame, messages)))
"""
BLANK = '{"kind": "function", "uses": [], "needs": {}, "stopped": None, "calls": []}'
VERDICT = '{"exercise": "activation", "status": "right", "score": 1.0, "message": ""}'
SHOWN = f'{{"output_type": "display_data", "data": {{"application/vnd.learning-to-divide.verdict+json": {VERDICT}}}, "metadata": {{}}}}'  # noqa: E501


def answering(*lines: str) -> dict[str, str]:
    """An activation that does this once, when it is observed, and then answers wrongly."""
    body = "\n".join(f"        {line}" for line in lines)
    return {
        "activation": CHANNEL
        + f"done = []\ndef activation(x):\n    if not done:\n        done.append(1)\n{body}\n    return 0 * x"
    }


PATCH_LIMIT = """
import sys
outputs = getattr(sys.stdout, "_outputs", None)
if outputs is not None: outputs.most_bytes = 10**12
print("flood" * 5_000_000)
"""
DRIP = "\n".join([
    "for channel in channels():",
    "    channel.sendall((1_000_000).to_bytes(4, 'big'))",
    "    for _ in range(120):",
    "        channel.sendall(b' '); time.sleep(1)",
])  # fmt: skip
LIE_ABOUT_SIZE = '{**blank, "calls": [{"result": {"kind": "numbers", "shape": [10**12], "values": [1]}}] * 9}'

ATTACKS = [
    Attack(
        "display-verdict",
        "displays a right verdict in its own cell and while it is observed",
        instead={"activation": FORGED + "def activation(x):\n    forged('activation')\n    return 0 * x"},
        cells=[(START, FORGED + "forged('activation')"), ("activation", FORGED + "forged('activation')")],
        status="suspicious",
    ),
    Attack(
        "result-number",
        "makes the check's cell show the number that nbgrader takes for points",
        cells=[
            (START, "import autograder\nautograder.check = check = lambda *_: 3"),
            ("activation", "check = lambda *_: 3.0"),
        ],
    ),
    Attack(
        "frames-verdict",
        "writes a right verdict to the channel, as output and as message",
        cells=[(START, CHANNEL + f"send({{'outputs': [{SHOWN}]}}, {{'verdict': {VERDICT}}})")],
        status="suspicious",
    ),
    Attack(
        "frames-evidence",
        "writes evidence without one call to the channel while it is observed",
        instead=answering(f"send({{'evidence': {BLANK}}})"),
        status="suspicious",
    ),
    Attack(
        "frames-lie",
        "sends evidence whose arrays claim to have 10¹² numbers",
        instead=answering(f"blank = {BLANK}", f"send({{'evidence': {LIE_ABOUT_SIZE}}})"),
        status="suspicious",
    ),
    Attack(
        "frames-ahead",
        "answers for cells that were not run yet, so that all messages are one too early",
        cells=[(START, CHANNEL + "send({'outputs': []}, {'outputs': []}, {'ready': True})")],
        status="suspicious",
    ),
    Attack(
        "frames-replay",
        "gives the evidence of one exercise for another",
        cells=[
            (
                START,
                "import autograder.observers as o\nkept = []\ntrue = o.observe\n"
                "def replay(*a, **k):\n    kept.append(true(*a, **k))\n    return kept[0]\n"
                "o.observe = replay",
            ),
        ],
        status="suspicious",
    ),
    Attack(
        "frames-flood",
        "asks ten thousand times to be judged",
        instead=answering(f"send(*[{{'ready': True}}, {{'evidence': {BLANK}}}] * 10_000)"),
        status="suspicious",
    ),
    Attack(
        "frames-huge",
        "announces a message of 4 GB",
        cells=[(START, CHANNEL + "for c in channels(): c.sendall(b'\\xff' * 4 + bytes(1000))")],
        status="suspicious",
    ),
    Attack(
        "frames-garbage",
        "sends what is not JSON",
        cells=[(START, CHANNEL + "send(bytes(range(256)))")],
        status="suspicious",
    ),
    Attack(
        "frames-nested",
        "sends JSON nested a hundred thousand deep",
        cells=[(START, CHANNEL + "send(b'{\"outputs\":' + b'[' * 100_000 + b']' * 100_000 + b'}')")],
        status="suspicious",
    ),
    Attack(
        "frames-drip",
        "sends a long message a byte a second, so that no wait is ever too long",
        cells=[(START, CHANNEL + DRIP)],
        status="suspicious",
    ),
    Attack(
        "frames-output",
        "lifts the limit on its own output and puts out 25 MB in each of eight cells",
        answers="right",
        cells=[(START, PATCH_LIMIT)] * 8,
        status="graded or partly graded or timed out",
    ),
]
