"""How much a jailed process may use: memory, processor time, file sizes, open files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OPEN_FILES = 512
MOST_FILES = 20_000
"""In the scratch folder, folders among them."""
FULL_FILES = 2
"""So many files of the largest size fit into the scratch folder."""


@dataclass(frozen=True)
class Limits:
    """``memory`` and ``cpu_seconds`` come on top of what the process has used when they are set."""

    memory: int = 2 * 2**30  # bytes, all kinds of mappings together
    cpu_seconds: int = 600
    file_bytes: int = 100 * 2**20  # of one file
    threads: int = 256  # at NAMESPACES; at LANDLOCK they are bounded by the memory for their stacks

    @property
    def scratch_bytes(self) -> int:
        """What all files in the scratch folder may hold together."""
        return FULL_FILES * self.file_bytes

    @staticmethod
    def prepare() -> None:
        """Load before a fork what `apply` needs."""
        import resource  # noqa: F401

    def apply(self) -> None:
        """Set the limits for this process, for good. Raises OSError, ValueError where the system refuses."""
        import resource

        # A mapping that is shared, of memory or of a file, is counted by RLIMIT_AS alone.
        self._set(resource.RLIMIT_AS, _mapped_bytes() + self.memory)
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + self.cpu_seconds
        self._set(resource.RLIMIT_CPU, seconds, seconds + 2)  # SIGXCPU first, SIGKILL two seconds later
        self._set(resource.RLIMIT_FSIZE, self.file_bytes)
        self._set(resource.RLIMIT_NOFILE, OPEN_FILES)
        self._set(resource.RLIMIT_CORE, 0)
        self._set(resource.RLIMIT_MSGQUEUE, 0)
        self._set(resource.RLIMIT_MEMLOCK, 2**20)

    def apply_to_threads(self) -> None:
        """Set the limit on threads. It counts all of one user's: the user must be the jail's own."""
        import resource

        self._set(resource.RLIMIT_NPROC, self.threads)

    @staticmethod
    def _set(which: int, soft: int, hard: int | None = None) -> None:
        import resource

        _, most = resource.getrlimit(which)
        wanted = (soft, soft if hard is None else hard)
        if most != resource.RLIM_INFINITY:
            wanted = (min(wanted[0], most), min(wanted[1], most))
        resource.setrlimit(which, wanted)


def _mapped_bytes() -> int:
    """The size of this process's address space."""
    import resource

    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize()
