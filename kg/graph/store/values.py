"""Values that are plainly written, to compare and to order without the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = ox.NamedNode(f"{_XSD}string")
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {"=": eq, "!=": ne, "<": lt, ">": gt, "<=": le, ">=": ge}

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value: TypeAlias = tuple[str, Any]
"""A kind and what is compared with others of it."""


class TooMuch(Exception):
    """The engine is to answer, as this becomes large, or has something that is not looked into."""


def comparison(sign: str) -> Callable[[Value, Value], bool]:
    """Whether two values compare so; that raises TooMuch where they are not of one kind, or IRIs are put in order."""
    compare = _COMPARE[sign]

    def compared(left: Value, right: Value) -> bool:
        if left[0] != right[0] or (left[0] == "iri" and sign not in ("=", "!=")):
            raise TooMuch
        return compare(left[1], right[1])

    return compared


@lru_cache(maxsize=2**14)
def value(node: Node) -> Value:
    """Kind and value of an IRI, or of a literal that is written plainly; raises TooMuch for any other."""
    if isinstance(node, ox.NamedNode):
        return "iri", node.value
    if not isinstance(node, ox.Literal) or node.language:
        raise TooMuch
    return literal_value(node.value, node.datatype.value)


@lru_cache(maxsize=4096)
def literal_value(text: str, datatype: str) -> Value:
    """Kind and value of a string, a whole number, or a day or time without zone or in UTC; raises TooMuch."""
    kind = datatype.removeprefix(_XSD)
    if kind == "string":
        return "string", text
    if kind == "integer" and re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})", text):
        return "number", int(text)
    try:
        if kind == "date" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return "date", date.fromisoformat(text)
        if kind == "dateTime" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text):
            return "time", datetime.fromisoformat(text)
    except ValueError:
        pass
    raise TooMuch


def string(node: Node) -> str | None:
    """The text of a string, with or without a language; None for anything else. Raises TooMuch for a direction."""
    if not isinstance(node, ox.Literal):
        return None
    if node.language:
        if node.direction:
            raise TooMuch
        return node.value
    return node.value if node.datatype == _STRING else None


def spelling(node: Node) -> str | None:
    """What STR makes of a node; None for a blank node or a triple."""
    return node.value if isinstance(node, ox.NamedNode | ox.Literal) else None
