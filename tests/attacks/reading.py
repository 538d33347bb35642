"""Attacks that read files which a student may not see: marks, other hand-ins, solutions, the teacher's own.

Whatever is found is printed, so that it would stand in the graded notebook. All answers are wrong.
"""

from __future__ import annotations

from tests.attacks.attack import START, Attack

SHOW = """
import glob, os
def show(*patterns):
    for pattern in patterns:
        for path in glob.glob(pattern, recursive=True, include_hidden=True):
            try: print(path, open(path, "rb").read(300_000).decode("utf-8", "replace"))
            except OSError as error: print(path, error)
"""
STEAL = """
import json, re
def stolen(path):
    names = {}
    for cell in json.load(open(path))["cells"]:
        source = "".join(cell["source"])
        if not source.startswith(("import", "def activation")): continue
        try: exec(source, names)
        except Exception: pass
    return names
"""
WALK = """
import os
kinds = (".ipynb", ".db", ".yml", "_source.py", ".secret", "judging.py", "reference.py")
pruned = ("site-packages", "lib", ".git")
for top in (COURSE, HOME, OUTSIDE, ROOT, os.path.dirname(COURSE)):
    for folder, inside, names in os.walk(top):
        inside[:] = [name for name in inside if name not in pruned and "demo" not in name]
        if folder.count("/") > 8: continue
        for name in names:
            path = folder + "/" + name
            if name.endswith(kinds):
                try: print(path, open(path, "rb").read(100_000).decode("utf-8", "replace"))
                except OSError as error: print(path, error)
"""
LINK = """
import os
for number, target in enumerate([COURSE + "/gradebook.db", HOME + "/.secret", COURSE + "/course.yml"]):
    for make in (os.symlink, os.link):
        try:
            make(target, f"link{number}")
            print(open(f"link{number}", "rb").read())
        except OSError as error: print(error)
"""

ATTACKS = [
    Attack("read-gradebook", "prints the gradebook", cells=[(START, SHOW + "show(COURSE + '/*.db*')")]),
    Attack(
        "read-hand-ins",
        "prints the hand-ins of others, and takes their answers",
        cells=[
            (START, SHOW + "show(COURSE + '/submitted/*/*/*', COURSE + '/handins/**', '../../*/*/*.ipynb')"),
        ],
        instead={
            "activation": STEAL + "activation = "
            "stolen(COURSE + '/submitted/aa-honest/02-divide-by-hand/02-divide-by-hand.ipynb')['activation']",
        },
    ),
    Attack(
        "read-source",
        "prints source/, solutions/ and the journal, and takes the solution",
        cells=[
            (
                START,
                SHOW
                + "show(*[COURSE + p for p in ('/solutions/**', '/source/02*/*', '/.grading/**', '/*')])",
            ),
        ],
        instead={
            "activation": STEAL + "activation = "
            "stolen(COURSE + '/source/02-divide-by-hand/02-divide-by-hand.ipynb')['activation']",
        },
    ),
    Attack(
        "read-home",
        "prints files of the teacher's home folder, and the users of the machine",
        cells=[
            (START, SHOW + "show(HOME + '/**', HOME + '/.*', '/etc/passwd')"),
        ],
    ),
    Attack(
        "walk-the-disk",
        "walks over the disk and prints notebooks, databases and judges",
        cells=[
            (START, WALK),
        ],
        status="graded or partly graded or timed out",
    ),
    Attack(
        "read-through-links", "makes links to what it may not read, and reads those", cells=[(START, LINK)]
    ),
]
