"""Attacks that write where they may not. All answers are right: what is earned must still be given."""

from __future__ import annotations

from tests.attacks.attack import START, Attack

GRADEBOOK = """
import sqlite3
book = sqlite3.connect(COURSE + "/gradebook.db", timeout=1)
book.execute("update grade set manual_score = 700")
book.commit()
"""
LOCK = """
import sqlite3
book = sqlite3.connect(COURSE + "/gradebook.db", timeout=1, check_same_thread=False)
book.execute("begin exclusive")
"""
OVER = """
import os
def over(path, text=MARK):
    for mode in ("w", "a"):
        try:
            with open(path, mode) as file: file.write(text)
        except OSError as error: print(path, error)
    for act in (os.unlink, lambda p: os.rename(p, p + MARK), lambda p: os.truncate(p, 0),
                lambda p: os.chmod(p, 0o777), lambda p: os.utime(p, (0, 0)), lambda p: os.mkdir(p + MARK)):
        try: act(path)
        except OSError as error: print(path, error)
"""
PYTHON = "it would change this Python and this repository"
CODE = "import os, sys, site"

ATTACKS = [
    Attack(
        "write-gradebook",
        "writes 700 points for everyone into the gradebook",
        "right",
        cells=[(START, GRADEBOOK)],
    ),
    Attack("lock-gradebook", "locks the gradebook for as long as it lives", "right", cells=[(START, LOCK)]),
    Attack(
        "write-hand-ins",
        "overwrites and deletes the hand-ins of others, and their graded notebooks",
        "right",
        cells=[
            (
                START,
                OVER
                + """
for folder in ("submitted", "autograded"):
    for student in ("aa-honest", "zz-honest"):
        over(f"{COURSE}/{folder}/{student}/02-divide-by-hand/02-divide-by-hand.ipynb")
""",
            )
        ],
    ),
    Attack(
        "write-course",
        "overwrites source/, lessons/, course.yml and nbgrader_config.py",
        "right",
        cells=[
            (
                START,
                OVER
                + """
for path in ("source/02-divide-by-hand/02-divide-by-hand.ipynb", "course.yml", "nbgrader_config.py",
             "lessons/02-divide-by-hand/02-divide-by-hand.ipynb",
             ".grading/02-divide-by-hand/zz-honest.json"):
    over(COURSE + "/" + path, "raise SystemExit  # " + MARK)
""",
            )
        ],
    ),
    Attack(
        "write-home",
        "leaves code that the teacher's next shell or kernel would run",
        "right",
        cells=[
            (
                START,
                OVER
                + """
for path in (".bashrc", ".secret", ".ipython/profile_default/startup/x.py", ".jupyter/jupyter_config.py"):
    over(HOME + "/" + path)
""",
            )
        ],
    ),
    Attack(
        "write-python",
        "leaves code in Python's own folders",
        "right",
        cells=[
            (
                START,
                OVER
                + CODE
                + """
for folder in {*site.getsitepackages(), sys.prefix, sys.base_prefix, os.path.dirname(os.__file__)}:
    over(folder + "/" + MARK + ".pth"); over(folder + "/sitecustomize" + MARK + ".py")
import autograder
with open(autograder.__file__, "a") as file: file.write("# " + MARK)
""",
            )
        ],
        unsafe=PYTHON,
    ),
    Attack(
        "write-temporary",
        "leaves files in folders that everyone may write to",
        "right",
        cells=[
            (
                START,
                OVER
                + """
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", OUTSIDE): over(folder + "/" + MARK)
""",
            )
        ],
    ),
]
