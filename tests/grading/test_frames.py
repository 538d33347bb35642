"""Messages between a grader and what it runs: which of them come late, and which never end."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from autograder.grading.inside import frames

MOST = 10_000


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_what_has_not_begun_is_late_at_whatever_look_its_time_is_up(ends):
    """The time may pass while one is looking: whoever asks once more gets another answer."""
    looks = iter([False, True])
    with pytest.raises(TimeoutError):
        frames.receive(ends[0], MOST, lambda: next(looks))
    assert next(looks, None) is None


@pytest.mark.parametrize("begun", [b"\0", b"\0\0\0\x10", b'\0\0\0\x10{"outp'])
def test_what_has_begun_and_does_not_end_is_a_message_but_perhaps_the_machines_doing(ends, begun):
    ends[1].sendall(begun)
    with pytest.raises(frames.Unfinished):
        frames.receive(ends[0], MOST, lambda: True)


def test_what_breaks_off_is_nobody_elses_doing(ends):
    ends[1].sendall(b'\0\0\0\x10{"outp')
    ends[1].close()
    with pytest.raises(frames.BadFrame, match="breaks off") as raised:
        frames.receive(ends[0], MOST, lambda: False)
    assert not isinstance(raised.value, frames.Unfinished)


def test_a_whole_message_is_read_however_late_it_is(ends):
    frames.send(ends[1], {"outputs": []})
    time.sleep(2 * frames.LOOK_SECONDS)
    assert frames.receive(ends[0], MOST, lambda: True) == {"outputs": []}
