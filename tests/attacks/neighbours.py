"""Attacks on those who are graded at the same time: ways to speak with them, and to use up what is theirs.

A channel has two ends: who speaks, and who listens, each in a jail of its own. `test_neighbours` tries both
at once on every kind of host, and that each of them works where there is no jail.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.attacks.attack import Attack

AFTER = "activation-slope"
MACHINE = "it would harm the machine"

KNOWN = """
import ctypes, fcntl, mmap, os, signal, socket, struct, threading, time
import numpy as np
FILE = np.__file__  # which all can read
NAME = "learning-to-divide-channel"
libc = ctypes.CDLL(None, use_errno=True)
opened = os.open(FILE, os.O_RDONLY)
def lock(command, kind):
    asked = struct.pack("hhqqi4x", kind, os.SEEK_SET, 0, 0, 0)
    return struct.unpack("hhqqi4x", fcntl.fcntl(opened, command, asked))[0]
def hear(yes): print("heard" if yes else "nothing")
"""


@dataclass(frozen=True)
class Channel:
    """Who listens may ``prepare``; then one speaks; then the other listens. Who succeeds prints "heard"."""

    name: str
    tries: str
    speak: str
    listen: str
    prepare: str = ""

    @property
    def attack(self) -> Attack:
        """One hand-in that does all: it may meet another that does, too."""
        cells = [(AFTER, KNOWN + part) for part in (self.prepare, self.speak, self.listen) if part]
        status = "graded or partly graded or timed out"
        return Attack(f"channel-{self.name}", self.tries, "right", cells=cells, status=status)


INOTIFY = """
watch = libc.inotify_init1(os.O_NONBLOCK)
libc.inotify_add_watch(watch, os.path.dirname(FILE).encode(), 0x20)
"""
NOTIFY = """
told = []
signal.signal(signal.SIGIO, lambda *_: told.append(1))
folder = os.open(os.path.dirname(FILE), os.O_RDONLY)
fcntl.fcntl(folder, fcntl.F_NOTIFY, fcntl.DN_ACCESS | fcntl.DN_MULTISHOT)
"""
WORD = """
words = mmap.mmap(opened, 4096, mmap.MAP_SHARED, mmap.PROT_READ)
place = np.frombuffer(words, dtype=np.uint32)
def futex(operation, value, seconds=2):
    pause = struct.pack("qq", seconds, 0)
    return libc.syscall(202, ctypes.c_void_p(place.ctypes.data), operation, ctypes.c_uint32(value), pause)
"""
WAIT = WORD + "threading.Thread(target=futex, args=(0, int(place[0])), daemon=True).start(); time.sleep(0.2)"
KEY = """
found = libc.syscall(250, 10, -4, b"user", NAME.encode(), 0)
hear(found > 0)
libc.syscall(250, 9, found, -4)
"""
SYSTEM_V = {
    "shared-memory": ("shmget(0x4c54, 4096, {flags})", "shmctl(found, 0, None)"),
    "message-queue": ("msgget(0x4c54, {flags})", "msgctl(found, 0, None)"),
    "semaphores": ("semget(0x4c54, 1, {flags})", "semctl(found, 0, 0)"),
}
"""How each is made or found, and how it goes."""
MAIL = """
try: rt = ctypes.CDLL("librt.so.1", use_errno=True)
except OSError: rt = libc
"""
OTHERS = "others = [number for number in range(1, 5000) if number != os.getpid()]\n"
CLOCKS = """
moment = (ctypes.c_long * 2)()
hear(any(libc.clock_gettime(ctypes.c_int(~number << 3 | 2), moment) == 0 for number in others))
"""

CHANNELS = [
    Channel(
        "flock",
        "locks a file that all can read, and looks whether another did",
        "fcntl.flock(opened, fcntl.LOCK_EX)",
        "try: fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB); hear(False)\n"
        "except BlockingIOError: hear(True)",
    ),
    Channel(
        "record-lock",
        "the same with a lock on bytes",
        "lock(fcntl.F_SETLK, fcntl.F_RDLCK)",
        "hear(lock(fcntl.F_GETLK, fcntl.F_WRLCK) != fcntl.F_UNLCK)",
    ),
    Channel(
        "open-file-lock",
        "the same with a lock that belongs to an open file",
        "lock(37, fcntl.F_RDLCK)",
        "hear(lock(36, fcntl.F_WRLCK) != fcntl.F_UNLCK)",
    ),
    Channel(
        "lease",
        "asks for a lease on a file, which tells whether another has it open",
        "",
        "try: fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_WRLCK)\n"
        "except OSError as error: hear(error.errno == 11)",
    ),
    Channel(
        "inotify",
        "has itself told when another opens a file",
        "open(FILE).close()",
        "try: hear(os.read(watch, 1000))\nexcept OSError: hear(False)",
        INOTIFY,
    ),
    Channel("dnotify", "the same by a signal", "open(FILE).read()", "time.sleep(0.1); hear(told)", NOTIFY),
    Channel(
        "futex",
        "wakes who waits at a page of a file that both can read",
        WORD + "hear(futex(1, 1) == 1)",
        "",
        WAIT,
    ),
    Channel(
        "abstract-socket",
        "meets another at a socket that has no file",
        "server = socket.socket(socket.AF_UNIX); server.bind(chr(0) + NAME); server.listen()",
        "socket.socket(socket.AF_UNIX).connect(chr(0) + NAME); hear(True)",
    ),
    *(
        Channel(
            name,
            f"meets another at System V {name}",
            f"libc.{get.format(flags='0o1600')}",
            f"found = libc.{get.format(flags=0)}; hear(found >= 0); libc.{remove}",
        )
        for name, (get, remove) in SYSTEM_V.items()
    ),
    Channel(
        "mail",
        "meets another at a POSIX message queue",
        MAIL + "rt.mq_open(b'/' + NAME.encode(), os.O_CREAT | os.O_RDWR, 0o600, None)",
        MAIL + "hear(rt.mq_open(b'/' + NAME.encode(), os.O_RDWR) >= 0); rt.mq_unlink(b'/' + NAME.encode())",
    ),
    Channel(
        "memory-file",
        "meets another at a file in /dev/shm",
        "open('/dev/shm/' + NAME, 'w').close()",
        "hear(os.path.exists('/dev/shm/' + NAME)); os.unlink('/dev/shm/' + NAME)",
    ),
    Channel(
        "temporary-file",
        "meets another at a file in /var/tmp",
        "open('/var/tmp/' + NAME, 'w').close()",
        "hear(os.path.exists('/var/tmp/' + NAME)); os.unlink('/var/tmp/' + NAME)",
    ),
    Channel(
        "keyring",
        "leaves a key in its user's keyring",
        "libc.syscall(248, b'user', NAME.encode(), b'x', 1, -4)",
        KEY,
    ),
    Channel(
        "process-name",
        "gives its process a name, for others to read in /proc",
        "libc.prctl(15, b'divide-channel', 0, 0, 0)",
        "hear(any(open(f'/proc/{name}/comm').read() == 'divide-channel\\n'"
        " for name in os.listdir('/proc') if name.isdigit() and name != str(os.getpid())))",
    ),
    Channel("clock", "reads the clocks of others, which tell how much they work", "", OTHERS + CLOCKS),
    Channel(
        "process-number",
        "asks for session, group and scheduler of each process number, to see which there are",
        "",
        OTHERS + "hear(any(ask(number) >= 0 for number in others"
        " for ask in (libc.getsid, libc.getpgid, libc.sched_getscheduler)))",
    ),
]

DELETED = """
kept = []
def hide(number):
    with open(f"hidden{number}", "w+b") as file:
        file.write(bytes(1_000_000)); file.flush()
        os.unlink(file.name)
        keep(file.fileno())
"""
FILL = """
for number in range(300):
    hide(number)
    time.sleep(0.002)
"""
MAPPED = "def keep(file): kept.append(mmap.mmap(file, 4096, mmap.MAP_SHARED))\n"
OPEN = "def keep(file): kept.append(os.dup(file))\n"
UNNAMED = """
kept = []
def hide(number):
    kept.append(os.open(".", os.O_TMPFILE | os.O_RDWR))
    os.write(kept[-1], bytes(1_000_000))
"""
POSTED = """
ends = socket.socketpair()
def keep(file): socket.send_fds(ends[0], [b"x"], [file])
"""
APART = """
if libc.syscall(436, 2**31, 2**31, 2) == 0: print("heard")
"""
"""close_range with CLOSE_RANGE_UNSHARE: from here on the thread's open files are its own."""
OWN_FILES = """
stack = mmap.mmap(-1, 65536)
top = ctypes.addressof(ctypes.c_char.from_buffer(stack)) + 65536
if libc.syscall(56, 0x50900, ctypes.c_void_p(top), 0, 0, 0) > 0: print("heard")
"""
"""A thread (CLONE_VM, _SIGHAND, _THREAD) whose open files are its own; it would end the process at once."""
RESERVED = """
kept = []
def hide(number):
    kept.append(os.open(f"hidden{number}", os.O_CREAT | os.O_RDWR))
    os.posix_fallocate(kept[-1], 0, 1_000_000)
    os.unlink(f"hidden{number}")
"""
THREADS = """
threading.stack_size(32768)
pause = threading.Event()
try:
    for number in range(20_000): threading.Thread(target=pause.wait, daemon=True).start()
except RuntimeError: print("refused")
time.sleep(1)
"""


HOGS = {
    "threads": ("starts twenty thousand threads with small stacks", THREADS),
    "opened-files": ("fills the disk with files that are deleted and open", OPEN + DELETED + FILL),
    "mapped-files": ("the same with files that are closed and mapped into memory", MAPPED + DELETED + FILL),
    "unnamed-files": ("the same with files that never had a name", UNNAMED + FILL),
    "reserved-files": ("the same with files that are reserved, not written", RESERVED + FILL),
    "posted-files": ("the same with files on their way through a socket of its own", POSTED + DELETED + FILL),
    "files-apart": ("has a thread whose open files are its own, by closing", APART),
    "thread-apart": ("has a thread whose open files are its own, from the start", OWN_FILES),
}

ATTACKS = [
    *(channel.attack for channel in CHANNELS),
    *(
        Attack(
            f"hog-{name}",
            tries,
            "right",
            cells=[(AFTER, KNOWN + source)],
            unsafe=MACHINE,
            status="graded or partly graded or timed out",
        )
        for name, (tries, source) in HOGS.items()
    ),
]
