"""Every small change that can be made to one node of a program."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import pairwise

Change = tuple[str, ast.AST]
"""What was done, and the node that takes the old one's place."""

EXCHANGED: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
FLIPPED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
NEIGHBOURS = {
    "log": "log10",
    "log1p": "log",
    "exp": "expm1",
    "tanh": "sinh",
    "minimum": "maximum",
    "maximum": "minimum",
    "sum": "mean",
    "mean": "sum",
    "reduce_sum": "reduce_mean",
    "reduce_mean": "reduce_sum",
    "abs": "square",
    "zeros": "ones",
    "ones": "zeros",
}
"""Functions that stand beside one another in a library, so that a hand may slip from one to the other."""


def changes(node: ast.AST) -> Iterator[Change]:
    """The changes of one node; its children have changes of their own."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            yield from _numbers(value)
        case ast.BinOp(left, op, right):
            yield from _operations(node, left, op, right)
        case ast.UnaryOp(ast.USub(), operand):
            yield "sign", operand
        case ast.BoolOp(op, _) if type(op) in EXCHANGED:
            yield "operator", _with(node, op=EXCHANGED[type(op)]())
        case ast.Compare(_, [op], _):
            for other in FLIPPED.get(type(op), ()):
                yield "comparison", _with(node, ops=[other()])
        case ast.IfExp(_, body, orelse):
            yield "branches", _with(node, body=orelse, orelse=body)
        case ast.AugAssign(_, op, _) if type(op) in EXCHANGED:
            yield "operator", _with(node, op=EXCHANGED[type(op)]())
            yield "dropped", ast.Pass()
        case ast.Call(function, arguments, keywords):
            yield from _calls(node, function, arguments, keywords)
        case ast.Tuple(items, ast.Load()) | ast.List(items, ast.Load()):
            yield from (("order", _with(node, elts=swapped)) for swapped in _swaps(items))
            if len(items) > 1:
                yield "dropped", _with(node, elts=items[:-1])


def _numbers(value: float) -> Iterator[Change]:
    tenth = value // 10 if isinstance(value, int) and value % 10 == 0 else value / 10
    for other in dict.fromkeys((value * 10, tenth, value + 1, value - 1, -value)):
        if other != value:
            yield "constant", ast.Constant(other)


def _operations(node: ast.BinOp, left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[Change]:
    if type(op) in EXCHANGED:
        yield "operator", _with(node, op=EXCHANGED[type(op)]())
    if isinstance(op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
        yield "order", _with(node, left=right, right=left)
    yield "dropped", left
    yield "dropped", right


def _calls(
    node: ast.Call, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[Change]:
    yield from (("arguments", _with(node, args=swapped)) for swapped in _swaps(arguments))
    if arguments and not isinstance(arguments[0], ast.Starred):
        yield "dropped", arguments[0]
    for i in range(len(keywords)):
        yield "dropped", _with(node, keywords=[*keywords[:i], *keywords[i + 1 :]])
    if isinstance(function, ast.Attribute) and function.attr in NEIGHBOURS:
        yield "function", _with(node, func=_with(function, attr=NEIGHBOURS[function.attr]))


def _swaps(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """The list with two neighbours exchanged, where that makes a difference."""
    for i, (a, b) in enumerate(pairwise(items)):
        if ast.dump(a) != ast.dump(b) and not isinstance(a, ast.Starred) and not isinstance(b, ast.Starred):
            yield [*items[:i], b, a, *items[i + 2 :]]


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
