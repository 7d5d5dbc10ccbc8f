"""Values that are plainly written, to compare and to order without the engine."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = ox.NamedNode(f"{_XSD}string")
Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value: TypeAlias = tuple[str, Any]
"""A kind and what is compared with others of it."""
Truth: TypeAlias = bool | None
"""None is an error, as SPARQL has it (SPARQL 1.1 Query, section 17.2)."""


class TooMuch(Exception):
    """The engine is to answer, as this becomes large, or has something that is not looked into."""


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
    """Kind and value of a string, a number without exponent, or a day or time without zone or in UTC; or TooMuch."""
    kind = datatype.removeprefix(_XSD)
    if kind == "string":
        return "string", text
    if kind == "integer" and re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})", text):
        return "number", int(text)
    if kind == "decimal" and re.fullmatch(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,18})?", text):
        return "number", Decimal(text)
    try:
        if kind == "date" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return "date", date.fromisoformat(text)
        if kind == "dateTime" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text):
            return "time", datetime.fromisoformat(text)
    except ValueError:
        pass
    raise TooMuch


@lru_cache(maxsize=4096)
def quoted_value(quoted: str, datatype: str) -> Value:
    """Kind and value of a literal as a query has it, in quotes and with its datatype as a term; raises TooMuch."""
    if len(quoted) < 2 or quoted[0] != quoted[-1] or "\\" in quoted or quoted[:3] in ('"""', "'''"):
        raise TooMuch
    return literal_value(quoted[1:-1], datatype[1:-1])


def contains(node: Node | None, sought: str, lowered: bool, spelled: bool) -> Truth:
    """Whether a text is in a node, ``lowered`` first, or ``spelled`` whatever it is; an error where it is no text."""
    text = None if node is None else spelling(node) if spelled else string(node)
    return None if text is None else sought in (text.lower() if lowered else text)


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
