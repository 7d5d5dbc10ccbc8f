"""Rules beyond OWL: SPARQL CONSTRUCT files, run stratum by stratum after inference, into the graph ``rules``.

A file's header gives its title and stratum. It may read what lower strata construct, never what its own or a higher one
does, so that counting and negation mean what they say. ``<name>.why.rq`` constructs the premises of a conclusion, whose
terms stand for ``$subject``, ``$predicate`` and ``$object`` there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.config import data_dir
from kg.errors import InputError, QueryError, UsageError
from kg.graph.reason.proofs import Derivation
from kg.graph.store import Store
from kg.graph.terms import PREFIXES, Minter

_HEADER: Final = re.compile(r"^#\s*(\w+)\s*:\s*(.*)$", re.MULTILINE)
_TEMPLATE: Final = re.compile(r"CONSTRUCT\s*\{(.*?)\}\s*WHERE\s*\{(.*)\}\s*\Z", re.DOTALL)
_NAME: Final = re.compile(r"(?<![\w<?$:/])([a-z]\w*):(\w+)")


@dataclass(frozen=True, slots=True)
class ConstructRule:
    """One file: its query, what it is for, when it runs, and the terms that it constructs and reads."""

    name: str
    title: str
    stratum: int
    query: str
    constructs: frozenset[str]
    reads: frozenset[str]
    why: str = ""


@dataclass(frozen=True, slots=True)
class RulesReport:
    """What a run of the rules left in their graph, and what it changed."""

    derived: int
    added: int
    removed: int


def load_rules(folder: Path | None = None) -> list[ConstructRule]:
    """The rules of a folder by stratum; raises InputError for a file without header, UsageError for wrong strata."""
    where = folder or data_dir("ontology") / "rules"
    paths = [path for path in sorted(where.glob("*.rq")) if not path.name.endswith(".why.rq")]
    rules = sorted((_read(path) for path in paths), key=lambda rule: (rule.stratum, rule.name))
    for rule in rules:
        for other in rules:
            if other.stratum >= rule.stratum and other.constructs & rule.reads:
                shared = ", ".join(sorted(other.constructs & rule.reads))
                raise UsageError(f"{rule.name} reads {shared}, which {other.name} of its own or a later stratum makes")
    return rules


def _read(path: Path) -> ConstructRule:
    text = path.read_text()
    header = dict(_HEADER.findall(text))
    parts = _TEMPLATE.search(text)
    if parts is None or not header.get("stratum", "").isdigit() or "title" not in header:
        raise InputError("not a CONSTRUCT query with a title and a stratum in its header", source=str(path))
    why = path.with_name(f"{path.stem}.why.rq")
    return ConstructRule(
        path.stem,
        header["title"],
        int(header["stratum"]),
        text,
        _terms(parts[1]),
        _terms(parts[2]),
        why.read_text() if why.is_file() else "",
    )


def _terms(text: str) -> frozenset[str]:
    """The prefixed names in a piece of a query, but those of the languages themselves."""
    found = {f"{prefix}:{name}" for prefix, name in _NAME.findall(text) if prefix in PREFIXES}
    return frozenset(name for name in found if not name.startswith(("rdf:", "rdfs:", "owl:", "xsd:")))


def apply_rules(store: Store, minter: Minter, folder: Path | None = None) -> RulesReport:
    """Makes the graph ``rules`` hold exactly what the rules construct now; each stratum is written before the next."""
    graph = minter.rules
    before = set(_lines(store, graph))
    made: dict[str, None] = {}
    rules = load_rules(folder)
    for stratum in sorted({rule.stratum for rule in rules}):
        for rule in rules:
            if rule.stratum == stratum:
                made |= dict.fromkeys(_constructed(store, rule))
        later = [line for line in before if line not in made and _stratum(line, rules) > stratum]
        store.replace_graph(graph, [*made, *later])
    if not rules:
        store.replace_graph(graph, "")
    return RulesReport(len(made), len(made.keys() - before), len(before - made.keys()))


def _lines(store: Store, graph: str) -> Iterator[str]:
    return (f"{s} {p} {o} ." for s, p, o, _ in store.quads(graph=graph))


def _constructed(store: Store, rule: ConstructRule) -> list[str]:
    try:
        found = store.query(rule.query).serialize("ntriples")
    except QueryError as error:
        raise QueryError(error.reason, source=f"{rule.name}.rq", line=error.line) from None
    return sorted(set(found.decode().splitlines()))


def _stratum(line: str, rules: list[ConstructRule]) -> int:
    """The stratum whose rules make such a triple; 0 for what no rule makes any more."""
    predicate = line.split(" ", 2)[1]
    return max((rule.stratum for rule in rules if predicate in _iris(rule)), default=0)


def _iris(rule: ConstructRule) -> set[str]:
    return {f"<{PREFIXES[name.split(':')[0]]}{name.split(':')[1]}>" for name in rule.constructs}


def derivations(
    store: Store, minter: Minter, triple: tuple[str, str, str], folder: Path | None = None
) -> Iterator[Derivation]:
    """By which rules a triple of the graph ``rules`` was made, each with its premises."""
    if not store.contains(*triple, minter.rules):
        return
    for rule in load_rules(folder):
        if triple[1] in _iris(rule) or triple[2] in _iris(rule):
            query = rule.why
            for name, term in zip(("$subject", "$predicate", "$object"), triple, strict=True):
                query = query.replace(name, term)
            premises = [(row["s"], row["p"], row["o"]) for row in store.rows(query)] if query else []
            yield Derivation(rule.name, tuple(sorted(premises)))
