"""The time that is a process's own: what it computes, and what goes by while it waits for no processor.

On a quiet machine that is the time of the clock. On a busy one the clock runs on while others have the
processors, and a limit on it would end honest work; a limit on its own time ends the same work on both.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

CLOCK = 10
"""The backstop: of each span so many times a limit on the clock, its own time is at least that limit."""

MOMENT = 0.05
"""Seconds in which nobody looks what a process waited for: to look takes longer than most messages."""

MOSTLY = 0.9


class OwnTime:
    """Measures the own time of a process, from here on: of this one, or (on Linux) of another by its pid.

    A pid of 0 is one that cannot be seen from here: then only the clock's backstop is left.
    """

    def __init__(self, pid: int | None = None) -> None:
        self._pid = pid
        self._began = time.monotonic()
        self._first = self._last = 0.0
        self._first = self._processor_time()
        self._waits = None if pid else self._waits_by_thread()  # another is looked at again and again
        self._waited = 0.0

    def computed(self) -> float:
        """Seconds of processor time, of all threads together; never more than the clock's."""
        return min(time.monotonic() - self._began, self._processor_time() - self._first)

    def over(self, seconds: float) -> bool:
        """Whether so many seconds of its own have passed; to be asked again and again, of another process."""
        elapsed = time.monotonic() - self._began
        if self._waits is None and elapsed >= MOMENT:
            self._waits = self._waits_by_thread()
        return elapsed >= seconds and self.passed() >= seconds

    def passed(self) -> float:
        """Seconds of its own; never more than the clock's, and as many in the first moment."""
        elapsed = time.monotonic() - self._began
        if elapsed < MOMENT:
            return elapsed
        return min(elapsed, max(self.computed(), elapsed - self._waited_for_a_processor(elapsed)))

    def idled(self) -> bool:
        """Whether a good part of its own time went by without computing: what for, nobody knows."""
        return self.computed() < MOSTLY * self.passed()

    def _processor_time(self) -> float:
        """Of a process that is gone, as when it was asked for last."""
        with contextlib.suppress(OSError, AttributeError):
            if self._pid is None:
                self._last = time.process_time()
            elif self._pid:
                self._last = time.clock_gettime((~self._pid << 3) | 2)  # clock_getcpuclockid(3)
        return self._last

    def _waited_for_a_processor(self, elapsed: float) -> float:
        """Of the thread that waited longest from look to look, so that many cannot wait for each other.

        As long as can be, where the system does not tell: the clock's backstop is left.
        """
        most = elapsed - elapsed / CLOCK
        waits = self._waits_by_thread()
        if not waits:
            return most
        before = waits if self._waits is None else self._waits
        self._waited += max(wait - before.get(task, 0.0) for task, wait in waits.items())
        self._waits = waits
        return min(self._waited, most)

    def _waits_by_thread(self) -> dict[str, float]:
        """Seconds that each thread has waited for a processor since it began (Linux, sched-stats.rst)."""
        waits = {}
        with contextlib.suppress(OSError):
            for task in Path("/proc", str("self" if self._pid is None else self._pid), "task").iterdir():
                with contextlib.suppress(OSError, ValueError, IndexError):  # it has just ended
                    waits[task.name] = int((task / "schedstat").read_bytes().split()[1]) / 1e9
        return waits
