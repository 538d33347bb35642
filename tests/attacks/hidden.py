"""Attacks that read a teacher's hidden test where it is run, and put it out by every way there is.

What runs beside student code can be read by it. What students are shown must not hold it all the same.
"""

from __future__ import annotations

from tests.attacks.attack import OWN_TESTS, START, Attack

HOOK = """
seen = []
get_ipython().events.register("pre_run_cell", lambda info: seen.append(info.raw_cell))
"""
"""Notes the text of every cell that is run."""
PRINT_AT_ONCE = """
get_ipython().events.register("pre_run_cell", lambda info: print("it says", info.raw_cell))
"""
AST = """
import ast
class Tell(ast.NodeTransformer):
    def visit_Assert(self, node):
        print(ast.unparse(node))
        return node
get_ipython().ast_transformers.append(Tell())
"""
INPUT = """
kept = open("kept.txt", "a")
get_ipython().input_transformers_post.append(lambda lines: kept.writelines(lines) or kept.flush() or lines)
"""
FRAMES = """
import inspect, sys
def square(x):
    frame = sys._getframe(1)
    print("".join(inspect.findsource(frame)[0]))
    return 4
"""
RAISES = """
import linecache, sys
def square(x):
    if x < 0:
        raise ValueError("".join(linecache.getlines(sys._getframe(1).f_code.co_filename)))
    return x * x
"""
NAMES = """
import linecache, sys
def square(x):
    if x < 0:
        told = "".join(linecache.getlines(sys._getframe(1).f_code.co_filename))
        raise type(told, (Exception,), {})("")
    return x * x
"""
TRACEBACK = """
shell = get_ipython()
def own(self, kind, value, trace, tb_offset=None):
    print(value, trace.tb_frame.f_code.co_consts, file=__import__("sys").stderr)
shell.set_custom_exc((Exception,), own)
def square(x):
    return 0 if x < 0 else x * x
"""
LINES = """
import linecache
for name, (_, _, lines, _) in list(linecache.cache.items()):
    if "ipython-input" in name or "ipykernel" in name: print("".join(lines))
"""
VARIABLES = """
import sys
def square(x):
    frame = sys._getframe()
    while frame := frame.f_back:
        print([value for value in frame.f_locals.values() if "HIDDEN TESTS" in str(value)])
    return 4
"""
COMPILED = """
real = get_ipython().run_code
async def run_code(code, *more, **how):
    print("constants", code.co_consts)
    return await real(code, *more, **how)
get_ipython().run_code = run_code
"""
UP_AND_DOWN = "print(*''.join(seen), sep='\\n')"
IN_HTML = """
from IPython.display import HTML, Markdown, SVG, display
text = "".join(seen)
display(HTML("".join(f"<b>{letter}</b>" for letter in text)))
display(HTML("".join(f"&#{ord(letter)};" for letter in text)))
display(Markdown("".join(f"*{letter}*" for letter in text)))
display({"image/svg+xml": f"<svg><text>{text}</text></svg>"}, raw=True)
display({"application/json": {"a": [text]}, "text/plain": "nothing"}, raw=True)
display({"text/plain": "nothing"}, metadata={"a": text}, raw=True)
"""
COLOURED = "print(''.join(f'\\x1b[3{n % 8}m{letter}\\x1b[0m' for n, letter in enumerate(''.join(seen))))"
WRITTEN = """
import logging
logging.warning("".join(seen))
import os
os.write(1, "".join(seen).encode()), os.write(2, "".join(seen).encode())
"""


def _late(name: str, tries: str, *cells: tuple[str, str], **how: str) -> Attack:
    return Attack(f"hidden-{name}", tries, "right", cells=cells, unit=OWN_TESTS, **how)  # type: ignore[arg-type]


def _in_answer(name: str, tries: str, answer: str) -> Attack:
    """Its square passes the visible test alone."""
    return Attack(f"hidden-{name}", tries, "right", instead={"square": answer}, unit=OWN_TESTS)


ATTACKS = [
    _late("hook", "prints each cell before it is run, hidden tests with it", (START, PRINT_AT_ONCE)),
    _late("syntax-tree", "prints each assertion while IPython parses it", (START, AST)),
    _late(
        "file",
        "writes the test's lines to a file, and prints that later",
        (START, INPUT),
        ("cube", 'print(open("kept.txt").read())'),
    ),
    _late("line-cache", "prints what Python keeps of cells to show errors", ("cube", LINES)),
    _late("letters", "prints a letter of the test a line", (START, HOOK), ("cube", UP_AND_DOWN)),
    _late("markup", "displays it in every kind of output, a tag a letter", (START, HOOK), ("cube", IN_HTML)),
    _late("colours", "prints it with a colour for each letter", (START, HOOK), ("cube", COLOURED)),
    _late("streams", "logs it, and writes it to both descriptors", (START, HOOK), ("cube", WRITTEN)),
    _late("constants", "prints the constants of the compiled test", (START, COMPILED)),
    _in_answer("frames", "prints from its answer the text of the cell that called it", FRAMES),
    _in_answer("variables", "prints from its answer the variables of all that called it", VARIABLES),
    _in_answer("error", "raises an error whose message is the test", RAISES),
    _in_answer("error-name", "raises an error whose name is the test", NAMES),
    _in_answer("own-traceback", "shows errors in a way of its own, with the test's message", TRACEBACK),
]
