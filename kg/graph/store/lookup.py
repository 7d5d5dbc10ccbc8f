"""Queries so small that reading and planning them costs the engine more than answering: what is said of one thing.

Recognised are ``DESCRIBE <thing>`` and a SELECT or ASK of one triple pattern that names its subject or object. They are
answered from the engine's index of quads, and written here; whatever is unusual is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as quoted
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.graph.store.changes import DEFAULT
from kg.graph.store.parse import ENGINE_FORMATS
from kg.graph.terms import PREFIXES

_S = r"[ \t\r\n]"
_IRI = r"""<[A-Za-z][A-Za-z0-9+.-]*+:[^<>"{}|^`\\\x00-\x20]*+>"""
_PREFIX = "(?:[A-Za-z][A-Za-z0-9_-]*+)?+:"
_TERM = rf"(?:{_IRI}|{_PREFIX}[A-Za-z0-9_](?:[A-Za-z0-9_-]*+))"
_VARIABLE = r"\?[A-Za-z_][A-Za-z0-9_]*+"
_LOOKUP = re.compile(
    rf"""{_S}*+(?P<prologue>(?:PREFIX{_S}++{_PREFIX}{_S}*+{_IRI}{_S}*+)*+)
    (?:DESCRIBE{_S}++(?P<thing>{_TERM})
      |(?:SELECT{_S}++(?P<names>\*|{_VARIABLE}(?:{_S}++{_VARIABLE})*+){_S}*+(?:WHERE{_S}*+)?+|(?P<ask>ASK){_S}*+(?:WHERE{_S}*+)?+)
       \{{{_S}*+(?P<s>{_TERM}|{_VARIABLE}){_S}++(?P<p>{_TERM}|{_VARIABLE}|a){_S}++(?P<o>{_TERM}|{_VARIABLE}){_S}*+\.?{_S}*+\}}
    ){_S}*+(?:\#[^\n\r]*+[\n\r]?{_S}*+)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DECLARED = re.compile(rf"PREFIX{_S}+([A-Za-z0-9_-]*):{_S}*<([^>]*)>", re.IGNORECASE)
_LONGEST: Final = 2000
_MOST: Final = 500
_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pattern: TypeAlias = tuple[ox.NamedNode | None, ox.NamedNode | None, ox.NamedNode | None]


@dataclass(frozen=True, slots=True)
class Lookup:
    """One triple pattern with a named subject or object; ``names`` by place, empty where the place is a term."""

    form: str
    pattern: Pattern
    places: tuple[str, str, str] = ("", "", "")
    variables: tuple[str, ...] = ()


def read_lookup(text: str) -> Lookup | None:
    """The query as a look-up; None where it is anything else, or not right."""
    if len(text) > _LONGEST:
        return None
    found = _LOOKUP.fullmatch(text)
    if not found:
        return None
    try:
        return _lookup(found)
    except (KeyError, ValueError):
        return None  # an unknown prefix or a bad IRI: the engine says what is wrong with it


def _lookup(found: re.Match[str]) -> Lookup | None:
    prologue, thing, names, ask, s, p, o = found.group("prologue", "thing", "names", "ask", "s", "p", "o")
    prefixes = _prefixes(prologue)
    if thing:
        return Lookup("DESCRIBE", (_named(thing, prefixes), None, None))
    pattern = (_named(s, prefixes), _TYPE if p == "a" else _named(p, prefixes), _named(o, prefixes))
    places = (s[1:] if s[0] == "?" else "", p[1:] if p[0] == "?" else "", o[1:] if o[0] == "?" else "")
    inside = tuple(filter(None, places))
    if (pattern[0] is None and pattern[2] is None) or len(set(inside)) < len(inside):
        return None
    if ask:
        return Lookup("ASK", pattern)
    asked = tuple(sorted(inside)) if names == "*" else tuple(name[1:] for name in names.split())
    if len(set(asked)) < len(asked):
        return None
    return Lookup("SELECT", pattern, places, asked) if inside else None


@lru_cache(maxsize=256)
def _prefixes(prologue: str) -> dict[str, str]:
    """What the prologue declares, over what every query may use; raises ValueError for an IRI that is none."""
    declared = {name: ox.NamedNode(iri).value for name, iri in _DECLARED.findall(prologue)}
    return {**PREFIXES, **declared}


def _named(text: str, prefixes: dict[str, str]) -> ox.NamedNode | None:
    """The node a term names, None for a variable."""
    if text[0] == "?":
        return None
    if text[0] == "<":
        iri = text[1:-1]
    else:
        prefix, _, name = text.partition(":")
        iri = prefixes[prefix] + name
    if "/." in iri:
        raise ValueError("segments that a base would take away")
    return ox.NamedNode(iri)


def look_up(engine: ox.Store, lookup: Lookup, fmt: str) -> bytes | None:
    """The serialised answer; None where there is so much, or such, that the engine should write it."""
    quads = list(islice(engine.quads_for_pattern(*lookup.pattern, DEFAULT), _MOST + 1))
    if len(quads) > _MOST:
        return None
    if lookup.form == "DESCRIBE":
        return _described(quads, fmt)
    if fmt != "json":
        return None
    if lookup.form == "ASK":
        return b'{"head":{},"boolean":true}' if quads else b'{"head":{},"boolean":false}'
    return _table(lookup, quads)


def _described(quads: Iterable[ox.Quad], fmt: str) -> bytes | None:
    """The triples of a thing; with a blank node more belongs to its description, which the engine knows."""
    triples = [quad.triple for quad in quads]
    if any(type(triple.object) not in (ox.NamedNode, ox.Literal) for triple in triples):
        return None
    return ox.serialize(triples, format=ENGINE_FORMATS[fmt])


def _table(lookup: Lookup, quads: Iterable[ox.Quad]) -> bytes | None:
    """Rows as SPARQL 1.1 Query Results JSON."""
    columns = [(i, f"{quoted(name)}:") for i, name in enumerate(lookup.places) if name in lookup.variables and name]
    try:
        rows = [",".join([name + WRITERS[type(term := quad[i])](term) for i, name in columns]) for quad in quads]
    except KeyError:
        return None
    names = ",".join(map(quoted, lookup.variables))
    bindings = "{" + "},{".join(rows) + "}" if rows else ""
    return f'{{"head":{{"vars":[{names}]}},"results":{{"bindings":[{bindings}]}}}}'.encode()


def _iri(term: ox.NamedNode) -> str:
    return f'{{"type":"uri","value":{quoted(term.value)}}}'


def _blank(term: ox.BlankNode) -> str:
    return f'{{"type":"bnode","value":{quoted(term.value)}}}'


def _literal(term: ox.Literal) -> str:
    if term.language:
        if term.direction:
            raise KeyError
        return f'{{"type":"literal","value":{quoted(term.value)},"xml:lang":{quoted(term.language)}}}'
    if term.datatype == _STRING:
        return f'{{"type":"literal","value":{quoted(term.value)}}}'
    return f'{{"type":"literal","value":{quoted(term.value)},"datatype":{quoted(term.datatype.value)}}}'


WRITERS: dict[type, Callable[..., str]] = {ox.NamedNode: _iri, ox.BlankNode: _blank, ox.Literal: _literal}
"""Triple terms have no writer; the engine writes those."""
