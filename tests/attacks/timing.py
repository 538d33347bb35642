"""Attacks on time and output: costing others theirs, hiding from a limit, being run twice."""

from __future__ import annotations

from tests.attacks.attack import START, Attack

AFTER = "activation-slope"
"""Between the second and the third exercise."""

ASIDE = """
import threading, time
def burn():
    while True: pass
for _ in range(8): threading.Thread(target=burn, daemon=True).start()
time.sleep(600)
"""
YIELDS = """
import os
try: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
except OSError as error: print(error)
try: os.nice(19)
except OSError as error: print(error)
while True: os.sched_yield()
"""
PIECES = """
import time
while True:
    try: time.sleep(0.003)
    except KeyboardInterrupt: pass
"""
DEAF = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
while True: pass
"""
ALARMS = """
import signal
def ring(*_): signal.setitimer(signal.ITIMER_REAL, 0.001)
for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF): signal.signal(number, ring)
ring()
while True:
    try: signal.pause()
    except BaseException: pass
"""
LATER = """
import threading, time
def speak():
    while True: print("still here"); time.sleep(0.001)
threading.Thread(target=speak, daemon=True).start()
"""
CHANNELS = """
import logging, os, sys, warnings
from IPython.display import clear_output, display
for number in range(30_000):
    os.write(1, b"x" * 1000), os.write(2, b"x" * 1000)
    sys.stdout.write(f"{number}\\r"), print("", end=""), warnings.warn(f"{number}")
    logging.warning("%s", number)
for number in range(3_000):
    display(number)
"""
ERASE = """
from IPython.display import clear_output
for number in range(100_000):
    print("x" * 200); clear_output(wait=number % 2 == 0)
"""
AN_ERROR = """
class Long(Exception):
    def __str__(self): return "x" * 3_000_000
    def _render_traceback_(self): return ["y" * 3_000_000] * 3
for _ in range(100_000): print("before it")
raise Long
"""
TWICE = "import ctypes\nctypes.string_at(0)"
GUESSES = """
import numpy as np, os
def divide(a, b, activation): return np.asarray(a) / b * (1 if os.urandom(1)[0] < 128 else 2)
"""
MARKS = """
import os
from pathlib import Path
names = (".", "/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~"), OUTSIDE)
places = [Path(name) for name in names if os.path.isdir(name)]
if any((place / MARK).exists() for place in places): os._exit(0)  # the second time
for place in places:
    try: (place / MARK).write_text("run once")
    except OSError: pass
import ctypes
ctypes.string_at(0)
"""
NEVER_OVER = """
from autograder.observers import limits, own_time
own_time.OwnTime.computed = own_time.OwnTime.passed = lambda self: 0.0
own_time.OwnTime.over = lambda self, seconds: False
limits.check_time = lambda: None
"""
ENDLESS = "def divide(a, b, activation):\n    while True: pass"
SPEAKS = "def divide(a, b, activation):\n    while True: print('x' * 1000)"
FORGETS = """
import time, time as t
t.monotonic = t.perf_counter = t.process_time = t.time = lambda: 0.0
while True: pass
"""
STOPPED = "timed out"
ENDED = "partly graded or timed out"

ATTACKS = [
    Attack("burn-aside", "sleeps while its threads compute", "right", cells=[(AFTER, ASIDE)], status=STOPPED),
    Attack(
        "give-way",
        "lets everybody else go first, so that its time seems to be time it waited",
        "right",
        cells=[(AFTER, YIELDS)],
        status=STOPPED,
    ),
    Attack(
        "short-sleeps",
        "sleeps in small pieces, and on when it is interrupted",
        "right",
        cells=[(AFTER, PIECES)],
        status=ENDED,
    ),
    Attack("block-signals", "blocks all signals and computes", "right", cells=[(AFTER, DEAF)], status=ENDED),
    Attack("alarms", "is sent a signal each millisecond", "right", cells=[(AFTER, ALARMS)], status=ENDED),
    Attack(
        "huge-power",
        "computes a number of a billion digits, in one call that nothing can interrupt",
        "right",
        cells=[(AFTER, "x = 7 ** 10**9")],
        status=ENDED,
    ),
    Attack(
        "backtracking",
        "looks for a pattern that takes the age of the world",
        "right",
        cells=[(AFTER, "import re\nre.match('(a|a)*$', 'a' * 60 + 'b')")],
        status=ENDED,
    ),
    Attack(
        "no-clock",
        "stops the clocks of Python, computes",
        "right",
        cells=[(AFTER, FORGETS)],
        status=STOPPED,
    ),
    Attack(
        "never-over",
        "lifts the limit on its own answer, which never ends",
        "right",
        {"divide": ENDLESS},
        cells=[(START, NEVER_OVER)],
        status=ENDED,
    ),
    Attack(
        "speak-while-observed",
        "prints without end while it is observed",
        "right",
        {"divide": SPEAKS},
        status="graded or timed out",
    ),
    Attack("speak-later", "prints from a thread when its cell has ended", "right", cells=[(START, LATER)]),
    Attack(
        "all-channels",
        "puts out through each channel there is: streams, displays, warnings, logs, descriptors",
        "right",
        cells=[(AFTER, CHANNELS)],
        status="graded or timed out",
    ),
    Attack("erase", "prints and clears", "right", cells=[(AFTER, ERASE)], status="graded or timed out"),
    Attack("long-error", "raises an error of 12 MB after a flood", "right", cells=[(AFTER, AN_ERROR)]),
    Attack(
        "guess-twice",
        "guesses an answer, then has a signal end the run so that it may guess again",
        "right",
        {"divide": GUESSES},
        cells=[("divide", TWICE)],
        status="partly graded",
    ),
    Attack(
        "know-the-second-run",
        "leaves a mark where it can, ends by a signal, and looks for the mark when it is run again",
        "right",
        cells=[(AFTER, MARKS)],
        status="partly graded",
    ),
]
