"""A process's own time: what it computes, and what goes by while it waits for no processor."""

# ruff: noqa: ARG005

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from autograder.isolated import observe_isolated
from autograder.judging import draw
from autograder.observers import observe, own_time
from autograder.observers.own_time import OwnTime
from tests.grading.busy import busy_processes, on_cores, some_cores

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: only Linux tells who waits for whom.")
SLOW = 1.2
"""Seconds of processor time that an honest, slow answer takes in all."""


def compute(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        sum(range(1000))


def slow(x):
    """Not much for a call; there are some."""
    compute(SLOW / 12)
    return x


def test_computing_and_sleeping_are_ones_own():
    own = OwnTime()
    compute(0.2)
    assert own.computed() >= 0.2
    assert own.passed() >= 0.2
    before = own.passed(), own.computed()
    time.sleep(0.3)
    assert own.passed() >= before[0] + 0.1
    assert own.computed() < before[1] + 0.1
    assert own.over(0.2)
    assert not own.over(1000)


@LINUX
def test_threads_that_wait_for_each_other_do_not_make_a_machine_look_busy():
    hog = "import hashlib, threading\ndef work():\n"
    hog += "    while True: hashlib.pbkdf2_hmac('sha256', b'', b'', 9**6)\n"
    hog += "for _ in range(20): threading.Thread(target=work).start()"
    with on_cores(some_cores(2)):
        process = subprocess.Popen([sys.executable, "-c", hog])
        try:
            time.sleep(0.5)
            own, began = OwnTime(process.pid), time.monotonic()
            time.sleep(2)
            assert own.passed() >= 0.2 * (time.monotonic() - began)
        finally:
            process.kill()
            process.wait()


def test_its_own_time_is_never_longer_than_the_clocks():
    began, own = time.monotonic(), OwnTime()
    threads = [threading.Thread(target=compute, args=(0.3,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert own.passed() <= time.monotonic() - began


@LINUX
def test_what_others_take_is_not_ones_own_but_the_clock_is_a_backstop():
    with on_cores(some_cores(1)), busy_processes(6, some_cores(1)):
        ours = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        try:
            other, me, began = OwnTime(ours.pid), OwnTime(), time.monotonic()
            while not other.over(3):  # another process is looked at again and again
                time.sleep(0.1)
            elapsed = time.monotonic() - began
            assert other.computed() <= other.passed() < 0.6 * elapsed
            assert other.passed() >= elapsed / own_time.CLOCK
            compute(0.2)
            assert me.passed() < time.monotonic() - began
        finally:
            ours.kill()
            ours.wait()
        gone = OwnTime(ours.pid)
        time.sleep(0.1)
        assert gone.passed() >= 0


def test_where_nobody_tells_who_waits_only_computing_counts_and_the_backstop(monkeypatch):
    monkeypatch.setattr(OwnTime, "_waits_by_thread", lambda self: {})
    own = OwnTime()
    time.sleep(0.3)
    assert own.passed() < 0.2
    compute(0.2)
    assert own.passed() >= 0.2


@LINUX
@pytest.mark.parametrize("look", [observe, observe_isolated])
def test_an_honest_slow_answer_is_not_said_never_to_end_on_a_busy_machine(look):
    """The clock shows several times what it may compute; of an endless one the processor tells."""
    request = draw("sigmoid", 0)
    with on_cores(some_cores(1)), busy_processes(8, some_cores(1)):
        assert look(request, slow, seconds=4 * SLOW)["stopped"] is None
        stopped = look(request, lambda x: compute(1000), seconds=0.3)["stopped"]
    assert stopped == {"why": "time", "seconds": 0.3}
