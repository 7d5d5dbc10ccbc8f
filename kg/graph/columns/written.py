"""How a plain term, which is canonical N-Triples, is written in other formats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import loads
from json.encoder import encode_basestring as quoted
from typing import Final

_XSD: Final = b"^^<http://www.w3.org/2001/XMLSchema#"
_SHORT: Final = {
    b"integer": re.compile(rb"[+-]?[0-9]+"),
    b"decimal": re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    b"double": re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    b"boolean": re.compile(rb"true|false"),
}
"""Literals that Turtle writes without quotes."""
_RARE: Final = re.compile(rb'\\(?:\\|"|n|r|t|([bf]|u[0-9A-F]{4}))')
_QUOTED: Final = re.compile(rb'[",\r\n]')
_LESS_THAN: Final = ord("<")
_TYPE: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def json_texts(terms: Iterable[bytes], mark: bytes) -> list[bytes]:
    """Terms in SPARQL 1.1 Query Results JSON, each after a mark; most are IRIs."""
    iri = mark + b'{"type":"uri","value":"'
    return [iri + term[1:-1] + b'"}' if term[0] == _LESS_THAN else mark + json_text(term) for term in terms]


def json_text(term: bytes) -> bytes:
    """A term in JSON; the escapes of canonical N-Triples are JSON's as well."""
    if term[:1] == b"<":
        return b'{"type":"uri","value":"%b"}' % term[1:-1]
    if term[:1] == b"_":
        return b'{"type":"bnode","value":"%b"}' % term[2:]
    if term[-1:] == b'"':
        return b'{"type":"literal","value":%b}' % term
    text, _, kind = term.rpartition(b'"')
    if kind[:1] == b"@":
        return b'{"type":"literal","value":%b","xml:lang":"%b"}' % (text, kind[1:])
    return b'{"type":"literal","value":%b","datatype":"%b"}' % (text, kind[3:-1])


def turtle_text(term: bytes) -> bytes:
    """In Turtle, without prefixes."""
    if term[:1] != b'"' or term[-1:] != b">":
        return term
    text, _, kind = term[1:].rpartition(b'"')
    form = _SHORT.get(kind[len(_XSD) : -1]) if kind.startswith(_XSD) else None
    return text if form and form.fullmatch(text) else term


def turtle_predicate(term: bytes) -> bytes:
    """As a property in Turtle."""
    return b"a" if term == _TYPE else term


def tsv_text(term: bytes) -> bytes:
    """In SPARQL 1.1 Query Results TSV, which escapes less."""
    written = turtle_text(term)
    if b"\\" not in written or written[:1] != b'"':
        return written
    return _RARE.sub(lambda match: _unescaped(match[0]) if match[1] else match[0], written)


def tsv_texts(terms: Iterable[bytes], mark: bytes) -> list[bytes]:
    """Terms in TSV, each after a mark."""
    return [mark + tsv_text(term) for term in terms]


def csv_text(term: bytes) -> bytes:
    """In SPARQL 1.1 Query Results CSV, which has only values."""
    if term[:1] == b"<":
        value = term[1:-1]
    elif term[:1] == b"_":
        value = term
    else:
        value = term[1 : term.rindex(b'"')]
        value = _unescaped(value) if b"\\" in value else value
    return b'"%b"' % value.replace(b'"', b'""') if _QUOTED.search(value) else value


def csv_texts(terms: Iterable[bytes], mark: bytes) -> list[bytes]:
    """Terms in CSV, each after a mark."""
    return [mark + csv_text(term) for term in terms]


def _unescaped(text: bytes) -> bytes:
    return str(loads(b'"%b"' % text)).encode()


def name_text(name: str) -> bytes:
    """A variable's name as JSON."""
    return quoted(name).encode()
