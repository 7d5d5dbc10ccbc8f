"""Counts: what is in the graph, by graph, class and property."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kg.graph.store import Store
from kg.graph.table import table
from kg.graph.terms import KG, Minter, kg, shorten, value


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of triples in all and by graph, of instances by class (inferred ones too), of uses by property."""

    triples: int
    inferred: int
    articles: int
    entities: int
    events: int
    reports: int
    graphs: dict[str, int]
    classes: dict[str, int]
    properties: dict[str, int]

    def as_json(self) -> str:
        """Everything as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def statistics(store: Store, minter: Minter) -> Statistics:
    """Counts everything; the articles' graphs are counted as one in ``graphs``."""
    graphs: dict[str, int] = {}
    for row in store.rows("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"):
        name = value(row["g"]).removeprefix(f"{minter.base}graph/")
        group = "article/*" if name.startswith("article/") else name
        graphs[group] = graphs.get(group, 0) + int(value(row["n"]))
    classes = _counts(store, "SELECT ?k (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?k FILTER(isIRI(?k)) } GROUP BY ?k")
    properties = _counts(store, "SELECT ?k (COUNT(*) AS ?n) WHERE { ?s ?k ?o } GROUP BY ?k")
    kinds = (kg("Actor"), kg("Place"), kg("Document"), kg("Topic"))
    entities = (
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ VALUES ?k {{ {' '.join(kinds)} }} ?s a/rdfs:subClassOf* ?k }}"
    )
    return Statistics(
        triples=sum(properties.values()),
        inferred=graphs.get("inferred", 0),
        articles=classes.get("kg:Article", 0),
        entities=_one(store, entities),
        events=_one(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a/rdfs:subClassOf* kg:Event }"),
        reports=classes.get("kg:Report", 0),
        graphs=dict(sorted(graphs.items())),
        classes=classes,
        properties=properties,
    )


def _counts(store: Store, query: str) -> dict[str, int]:
    found = {shorten(row["k"]): int(value(row["n"])) for row in store.rows(query)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _one(store: Store, query: str) -> int:
    return int(value(store.rows(query)[0]["n"]))


def render(found: Statistics, width: int | None = None) -> str:
    """Tables for a terminal; classes and properties of our own ontology only, the rest is in the JSON."""
    prefix = shorten(f"<{KG}x>")[:-1]
    totals = [(name, f"{getattr(found, name):,}") for name in ("articles", "entities", "events", "reports", "triples")]
    parts = [table(("of", "number"), [*totals, ("inferred triples", f"{found.inferred:,}")], width=width)]
    for title, counts in (("graph", found.graphs), ("class", found.classes), ("property", found.properties)):
        rows = [(name, f"{count:,}") for name, count in counts.items() if title == "graph" or name.startswith(prefix)]
        parts.append(table((title, "number"), rows, width=width))
    return "\n".join(parts)
