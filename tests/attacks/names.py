"""Attacks that look for names and facts of the host, without reading a file. All answers are wrong.

Whatever is found is printed, so that it would stand in the graded notebook.
"""

from __future__ import annotations

from tests.attacks.attack import START, Attack
from tests.attacks.reading import SHOW

LINKS = """
import os
for name in ("/link", "/submitted/link"):
    try: print(os.readlink(COURSE + name), os.path.realpath(COURSE + name))
    except OSError as error: print(error)
    try: print(os.readlink(name.removeprefix("/"), dir_fd=os.open(COURSE, os.O_PATH)))
    except OSError as error: print(error)
"""
WATCH = """
import ctypes, os, time
libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init1(os.O_NONBLOCK)
for folder in ("", "/submitted", "/autograded", "/.grading", "/.grading/02-divide-by-hand"):
    print(libc.inotify_add_watch(watch, (COURSE + folder).encode(), 0xfff), ctypes.get_errno())
deadline = time.monotonic() + 2
while time.monotonic() < deadline:
    try: print(os.read(watch, 10_000))
    except OSError: time.sleep(0.05)
"""
FAN = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
watch = libc.fanotify_init(0x200 | 0x2, os.O_RDONLY)
print(libc.fanotify_mark(watch, 1, ctypes.c_uint64(0x8000003b), -100, COURSE.encode()), ctypes.get_errno())
try: print(os.read(watch, 10_000))
except OSError as error: print(error)
"""
ABOUT = """
for start in ("/proc", "/proc/self", f"/proc/self/task/{os.getpid()}", "/proc/thread-self"):
    show(*(f"{start}/{name}" for name in NAMES))
"""
NETWORK = SHOW + "NAMES = ['net/unix', 'net/tcp', 'net/tcp6', 'net/udp', 'net/route', 'net/arp']" + ABOUT
MOUNTS = SHOW + "NAMES = ['mounts', 'mountinfo', 'mountstats', 'cgroup', 'cpuset']" + ABOUT
ATTRIBUTES = """
import os
for path in (COURSE + "/course.yml", COURSE):
    for act in (os.listxattr, lambda p: os.getxattr(p, "user.note")):
        try: print(act(path))
        except OSError as error: print(error)
"""
ENTER = """
import os
for enter in (lambda: os.chdir(COURSE), lambda: os.fchdir(os.open(COURSE, os.O_PATH))):
    try:
        enter()
        print(os.getcwd(), os.listdir("."), open("course.yml").read())
    except OSError as error: print(error)
"""
HANDLE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
handle, mount = (ctypes.c_uint32 * 34)(128), ctypes.c_int()
print(libc.name_to_handle_at(-100, (COURSE + "/gradebook.db").encode(), handle, ctypes.byref(mount), 0))
opened = libc.open_by_handle_at(-100, handle, 0)
if opened >= 0: print(os.read(opened, 10_000))
"""

ATTACKS = [
    Attack("name-links", "reads where links in the course lead", cells=[(START, LINKS)]),
    Attack("name-watch", "has itself told the names of files made in the course", cells=[(START, WATCH)]),
    Attack("name-watch-disk", "the same for a whole disk", cells=[(START, FAN)]),
    Attack("name-network", "reads in /proc who is connected to what on the host", cells=[(START, NETWORK)]),
    Attack("name-mounts", "reads in /proc what is mounted on the host", cells=[(START, MOUNTS)]),
    Attack("name-attributes", "reads attributes of files in the course", cells=[(START, ATTRIBUTES)]),
    Attack("name-enter", "makes the course its own folder, and lists it", cells=[(START, ENTER)]),
    Attack("name-handle", "opens the gradebook by its number on the disk", cells=[(START, HANDLE)]),
]
