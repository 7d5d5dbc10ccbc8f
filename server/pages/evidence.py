"""Reports: which article says a fact, in which sentence, with which figures, and who is credited with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kg.graph.store.protocol import Store
from kg.graph.terms import is_iri, value
from server.pages import queries
from server.pages.index import Index
from server.pages.listing import Row, link
from server.pages.naming import local_name

FIGURES = ("killed", "injured", "dateText")


def reports_of(store: Store, index: Index, facts: Sequence[str]) -> dict[str, list[Row]]:
    """The reports of each of some facts, the surest first."""
    if not facts:
        return {}
    return collect(index, store.rows(queries.fill(queries.REPORTS, facts=facts)))


def collect(index: Index, rows: Iterable[dict[str, str]], article: str = "") -> dict[str, list[Row]]:
    """Reports by fact from rows of ``fact report p value``."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[value(row["fact"]), value(row["report"])][local_name(value(row["p"]))].append(row["value"])
    by_fact: dict[str, list[Row]] = defaultdict(list)
    for (fact, report), said in found.items():
        by_fact[fact].append(_report(index, report, said, article))
    for reports in by_fact.values():
        reports.sort(key=lambda report: (-report["confidence"], report["article"]["iri"], report["begin"]))
    return dict(by_fact)


def _report(index: Index, iri: str, said: dict[str, list[str]], article: str) -> Row:
    source = value(said["article"][0]) if said.get("article") else article
    piece = index.pieces.get(source)
    credited = [
        link(index, value(term)) if is_iri(term) else {"iri": "", "label": value(term), "kind": ""}
        for term in said.get("attributedTo", [])
    ]
    return {
        "iri": iri,
        "article": {
            "iri": source,
            "title": piece.title if piece else index.label(source),
            "publisher": piece.publisher if piece else "",
            "issued": piece.issued if piece else "",
        },
        "quote": _first(said, "quote"),
        "begin": _number(_first(said, "begin")),
        "finish": _number(_first(said, "finish")),
        "attributed_to": credited,
        "confidence": float(_first(said, "confidence") or 1),
        "figures": _figures(said),
    }


def _figures(said: dict[str, list[str]]) -> dict[str, Any]:
    least = _first(said, "atLeast") in ("true", "1")
    figures = {name: _first(said, name) for name in FIGURES if said.get(name)}
    return {name: f"at least {text}" if least and name != "dateText" else text for name, text in figures.items()}


def _first(said: dict[str, list[str]], name: str) -> str:
    return value(said[name][0]) if said.get(name) else ""


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
