"""Attacks on processes: ending others, starting new ones, staying behind. Answers are right."""

from __future__ import annotations

from tests.attacks.attack import OTHERS, START, Attack

AFTER = "activation-slope"
BOMB = "it would harm the machine"

DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", MARK])
    os._exit(0)
os.wait()
"""
FORK_BOMB = """
import os
while True:
    try: os.fork()
    except OSError as error:
        print(error); break
"""
PROGRAMS = """
import subprocess, sys, multiprocessing, os
def attempt(act):
    try: print(act())
    except (OSError, RuntimeError, EOFError) as error: print(error)
attempt(lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", MARK]))
sleeper = [sys.executable, "-c", "import time; time.sleep(600)", MARK]
attempt(lambda: os.posix_spawn(sys.executable, sleeper, {}))
attempt(lambda: multiprocessing.get_context("fork").Process(target=os.getpid).start())
"""
KILL_PARENT = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"
KILL_ALL = """
import os, signal
for target in (-1, 0, *range(2, 400), os.getppid()):
    for act in (lambda: os.kill(target, signal.SIGKILL), lambda: os.killpg(target, signal.SIGKILL)):
        try: act()
        except OSError: pass
"""
OWNER = """
import fcntl, os, signal
F_SETSIG = 10
read, write = os.pipe()
for target in (os.getppid(), -os.getpgrp(), 2):
    try:
        fcntl.fcntl(read, fcntl.F_SETOWN, target)
        fcntl.fcntl(read, F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC)
        os.write(write, b"x")
    except OSError as error: print(error)
"""
CLOSE = "import os\nos.closerange(0, 4096)"
STOP = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
FORGET = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for option, value in ((1, 0), (4, 1), (36, 1)):
    print(option, libc.prctl(option, value, 0, 0, 0), ctypes.get_errno())
"""

ATTACKS = [
    Attack(
        "exit",
        "ends its process at once",
        "right",
        cells=[(AFTER, "import os\nos._exit(0)")],
        status="partly graded",
    ),
    Attack("kill-parent", "kills the process that started it", "right", cells=[(AFTER, KILL_PARENT)]),
    Attack("kill-all", "kills every process that it may", "right", cells=[(AFTER, KILL_ALL)], unsafe=OTHERS),
    Attack(
        "signal-by-file",
        "has the kernel send SIGKILL to others when a pipe of its own can be read",
        "right",
        cells=[(AFTER, OWNER)],
        unsafe=OTHERS,
    ),
    Attack("stop-itself", "stops its own process", "right", cells=[(AFTER, STOP)]),
    Attack(
        "close-descriptors",
        "closes everything that is open",
        "right",
        cells=[(AFTER, CLOSE)],
        status="partly graded",
    ),
    Attack("daemon", "leaves a process of its own session behind", "right", cells=[(AFTER, DAEMON)]),
    Attack("programs", "starts programs and processes", "right", cells=[(START, PROGRAMS)]),
    Attack("fork-bomb", "forks without end", "right", cells=[(AFTER, FORK_BOMB)], unsafe=BOMB),
    Attack(
        "outlive",
        "undoes what ends it together with its parent, then ends never",
        "right",
        cells=[(AFTER, FORGET), ("divide", "while True:\n    try: pass\n    except BaseException: pass")],
        status="partly graded or timed out",
    ),
]
