"""Conditions of the book: a subset of Python, read once into a tree and never handed to ``eval``.

``and or not``, comparisons, ``in``, ``+ - * / //``, names, constants, lists. A comparison in which a side is absent
(``None``) is false, so an unanswered question neither passes nor fails by accident.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import Any

COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
RECKON: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: Fraction,
    ast.FloorDiv: operator.floordiv,
}


class Condition:
    """One expression. ``names`` are all it asks for; ValueError for anything outside the subset or a name not allowed."""

    def __init__(self, text: str, allowed: Collection[str]):
        self.text = text
        try:
            self._tree = ast.parse(text, mode="eval").body
        except SyntaxError as error:
            raise ValueError(f"cannot be read: {text!r}") from error
        self.names = frozenset(each.id for each in ast.walk(self._tree) if isinstance(each, ast.Name))
        if unknown := self.names - frozenset(allowed):
            raise ValueError(f"{text!r} asks for {sorted(unknown)}")
        _check(self._tree, text)

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"

    def holds(self, values: Mapping[str, Any]) -> bool:
        """With these values; a name that is not among them is absent."""
        return bool(_value(self._tree, values))


def _check(node: ast.expr, text: str) -> None:
    match node:
        case ast.Constant() | ast.Name():
            parts: list[ast.expr] = []
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            pass
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=inner):
            parts = [inner]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in RECKON:
            parts = [left, right]
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARE for op in ops):
            parts = [left, *others]
        case _:
            raise ValueError(f"{type(node).__name__} has no place in {text!r}")
    for part in parts:
        _check(part, text)


def _value(node: ast.expr, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return values.get(name)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_value(part, values) for part in parts]
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(bool(_value(part, values)) for part in parts)
        case ast.BoolOp(values=parts):
            return any(bool(_value(part, values)) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _value(inner, values)
        case ast.UnaryOp(operand=inner):
            number = _value(inner, values)
            return None if number is None else -number
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _value(left, values), _value(right, values)
            return None if a is None or b is None else RECKON[type(op)](a, b)
        case ast.Compare():
            return _compare(node, values)
    raise AssertionError("read in _check")


def _compare(node: ast.Compare, values: Mapping[str, Any]) -> bool:
    left = _value(node.left, values)
    for op, other in zip(node.ops, node.comparators, strict=True):
        right = _value(other, values)
        if left is None or right is None or not COMPARE[type(op)](left, right):
            return False
        left = right
    return True
