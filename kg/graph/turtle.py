"""Turtle and TriG for people: prefixes, one block a subject, always in the same order.

The same triples give the same bytes, so that files can be compared line by line. Blocks are written as they come, and
only one is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from kg.graph.terms import PREFIXES, RDF, RDFS, XSD

Triple = tuple[str, str, str]

_LOCAL = re.compile(r"[A-Za-z_][\w-]*\Z", re.ASCII)
_RELATIVE = re.compile(r"[A-Za-z][\w-]*(?:/[\w-]+)*\Z", re.ASCII)
_TYPE: Final = f"<{RDF}type>"
_LABEL: Final = f"<{RDFS}label>"
_PLAIN: Final = (
    (f"^^<{XSD}integer>", re.compile(r"[+-]?\d+\Z")),
    (f"^^<{XSD}decimal>", re.compile(r"[+-]?\d*\.\d+\Z")),
    (f"^^<{XSD}boolean>", re.compile(r"(?:true|false)\Z")),
)


class Writer:
    """Abbreviates terms by prefixes and by a base; ``header`` declares them."""

    def __init__(self, base: str = "", prefixes: dict[str, str] | None = None) -> None:
        self.base = base
        self.prefixes = PREFIXES if prefixes is None else prefixes
        self._namespaces = sorted(self.prefixes.items(), key=lambda item: -len(item[1]))

    def header(self) -> str:
        """The declarations, always all of them, as what follows is not yet known."""
        lines = [f"@base <{self.base}> ."] if self.base else []
        lines += [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in sorted(self.prefixes.items())]
        return "\n".join(lines) + "\n"

    def term(self, term: str) -> str:
        """A term in its shortest form."""
        if term.startswith("<") and not term.startswith("<<"):
            return self._iri(term)
        if not term.startswith('"') or term.endswith('"'):
            return term
        for suffix, shape in _PLAIN:
            if term.endswith(suffix) and shape.match(term[1 : -len(suffix) - 1]):
                return term[1 : -len(suffix) - 1]
        lexical, mark, datatype = term.rpartition("^^<")
        return f"{lexical}^^{self._iri('<' + datatype)}" if mark and lexical.endswith('"') else term

    def _iri(self, term: str) -> str:
        text = term[1:-1]
        for prefix, namespace in self._namespaces:
            if text.startswith(namespace) and _LOCAL.match(text, len(namespace)):
                return f"{prefix}:{text[len(namespace) :]}"
        if self.base and text.startswith(self.base) and _RELATIVE.match(text, len(self.base)):
            return f"<{text[len(self.base) :]}>"
        return term

    def block(self, subject: str, pairs: Iterable[tuple[str, str]], indent: str = "") -> str:
        """One subject with its properties (type first, then label, then the others) and their values, sorted."""
        ordered = sorted(set(pairs), key=lambda pair: (pair[0] != _TYPE, pair[0] != _LABEL, pair))
        lines = []
        for predicate, group in groupby(ordered, key=lambda pair: pair[0]):
            name = "a" if predicate == _TYPE else self.term(predicate)
            lines.append(f"{name} " + ", ".join(self.term(obj) for _, obj in group))
        inner = f" ;\n{indent}    ".join(lines)
        return f"{indent}{self.term(subject)} {inner} .\n"

    def blocks(self, triples: Iterable[Triple], indent: str = "") -> Iterator[str]:
        """Blocks for triples that come grouped by subject."""
        for subject, group in groupby(triples, key=lambda triple: triple[0]):
            yield self.block(subject, ((predicate, obj) for _, predicate, obj in group), indent)


def turtle(triples: Iterable[Triple], base: str = "", prefixes: dict[str, str] | None = None) -> str:
    """Triples, in any order, as one Turtle text."""
    writer = Writer(base, prefixes)
    return "\n".join([writer.header(), *writer.blocks(sorted(set(triples)))])
