"""Attacks on memory, disk, output and time. What was answered rightly before and after still counts."""

from __future__ import annotations

from tests.attacks.attack import Attack

AFTER = "activation-slope"
"""Between the second and the third exercise."""
MACHINE = "it would harm the machine"

PRIVATE = "kept = []\nwhile True: kept.append(bytearray(50_000_000))"
SHARED = """
import mmap
kept = []
while True:
    block = mmap.mmap(-1, 50_000_000)
    block[:] = b"x" * len(block)
    kept.append(block)
"""
DISK = """
import os
try:
    for number in range(1000):
        with open(f"fill{number}", "wb") as file: file.write(bytes(4_000_000))
except OSError as error: print(error)
os.makedirs("inodes", exist_ok=True)
try:
    for number in range(200_000): open(f"inodes/{number}", "w").close()
except OSError as error: print(error)
"""
IGNORE = """
import signal, time
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM):
    signal.signal(number, signal.SIG_IGN)
while True:
    try: time.sleep(0.1)
    except BaseException: pass
"""
SWALLOW = """
import time
while True:
    try:
        while True: time.sleep(0.01)
    except BaseException: pass
"""
DEEP = """
import sys
sys.setrecursionlimit(10**9)
nested = []
for _ in range(10**6): nested = [nested]
repr(nested)
"""
SEGFAULT = "import ctypes\nctypes.string_at(0)"
THREADS = """
import threading, time
kept = []
while True:
    try:
        kept.append(threading.Thread(target=time.sleep, args=(3600,), daemon=True)); kept[-1].start()
    except RuntimeError as error:
        print(error); break
"""
BURN = """
import threading
for _ in range(20): threading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=False).start()
"""

ATTACKS = [
    Attack(
        "memory",
        "takes all memory there is",
        "right",
        cells=[(AFTER, PRIVATE)],
        unsafe=MACHINE,
        status="graded or partly graded or timed out",
    ),
    Attack(
        "shared-memory",
        "takes all memory there is, in mappings that are shared",
        "right",
        cells=[(AFTER, SHARED)],
        unsafe=MACHINE,
        status="graded or partly graded or timed out",
    ),
    Attack(
        "disk",
        "fills the disk with large files, then with empty ones",
        "right",
        cells=[(AFTER, DISK)],
        unsafe=MACHINE,
        status="graded or partly graded or timed out",
    ),
    Attack(
        "output-lines",
        "prints two hundred thousand lines",
        "right",
        cells=[(AFTER, "for n in range(200_000): print('flood', n)")],
        status="graded or partly graded or timed out",
    ),
    Attack(
        "output-long-line",
        "prints a line of 60 MB",
        "right",
        cells=[(AFTER, "print('x' * 60_000_000)")],
        status="graded or partly graded or timed out",
    ),
    Attack(
        "output-display",
        "displays 60 MB",
        "right",
        cells=[
            (
                AFTER,
                "from IPython.display import display\n"
                "for _ in range(6): display({'text/plain': 'x' * 10**7}, raw=True)",
            ),
        ],
        status="graded or partly graded or timed out",
    ),
    Attack("endless-loop", "never ends", "right", cells=[(AFTER, "while True: pass")], status="timed out"),
    Attack(
        "sleep",
        "sleeps for an hour",
        "right",
        cells=[(AFTER, "import time; time.sleep(3600)")],
        status="timed out",
    ),
    Attack(
        "ignore-signals",
        "ignores every signal that it can",
        "right",
        cells=[(AFTER, IGNORE)],
        status="partly graded",
    ),
    Attack(
        "swallow-exceptions",
        "catches every exception and goes on",
        "right",
        cells=[(AFTER, SWALLOW)],
        status="partly graded",
    ),
    Attack(
        "endless-answer",
        "gives an answer that never returns",
        "right",
        instead={
            "divide": "def divide(*_):\n    while True:\n        try:\n            pass\n"
            "        except BaseException: pass"
        },
        status="partly graded or timed out",
    ),
    Attack(
        "stack-overflow",
        "has Python overflow its stack, with Python's own limit lifted",
        "right",
        cells=[(AFTER, DEEP)],
        status="partly graded or graded",
    ),
    Attack("segfault", "reads address 0", "right", cells=[(AFTER, SEGFAULT)], status="partly graded"),
    Attack(
        "thread-bomb",
        "starts threads without end",
        "right",
        cells=[(AFTER, THREADS)],
        unsafe=MACHINE,
        status="graded or partly graded or timed out",
    ),
    Attack(
        "burning-threads",
        "leaves twenty busy threads that are no daemons",
        "right",
        cells=[(AFTER, BURN)],
        status="graded or partly graded or timed out",
    ),
]
