"""Roots and countries on the PLOVER gold standard records: ``python -m benchmarks.extraction.plover FILE``.

A record is one sentence with an event root, and sources and targets with country codes. The root is right when some
event of the sentence has it; the countries are those of that event's agents and targets, else of any event's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph, URIRef

from kg.build import load_tools, read_article
from kg.config import Settings, data_dir
from kg.evaluate.schema import NAMESPACE, load
from kg.model import Entity, Event, Reading
from kg.text.read import records

ORGANISATIONS = {"IGO": "IntergovernmentalOrganisation", "NGO": "Organisation", "MNC": "Company"}
"""Codes of PLOVER for actors without a country, and the class that stands for each."""


@dataclass(slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        """Counts one."""
        self.right += right
        self.total += 1

    def __str__(self) -> str:
        return f"{self.right / max(self.total, 1):.3f} ({self.right}/{self.total})"


def main() -> None:
    """Prints the three shares, and with ``--errors`` the records whose root or country was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    roots, shares = _roots(), {"root": Share(), "source": Share(), "target": Share()}
    for record, reading in _read(chosen.file):
        for line in _score(record, reading, roots, shares):
            if chosen.errors:
                print(line)
    for name, share in shares.items():
        print(f"{name:7} {share}")


def _read(path: Path) -> Iterator[tuple[dict[str, Any], Reading]]:
    tools = load_tools(Settings.from_environment())
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        record = json.loads(line)
        fields = {"id": record["id"], "text": record["text"]}
        yield record, read_article(records.article(fields, source=path.name, line=number, stem=path.stem), tools)


def _roots() -> dict[str, frozenset[str]]:
    """The PLOVER roots of every class, its superclasses' included."""
    graph, schema = Graph(), load()
    for path in sorted(data_dir("ontology").glob("*.ttl")):
        graph.parse(path)
    own = {
        kind: {str(root) for root in graph.objects(URIRef(NAMESPACE + kind), URIRef(NAMESPACE + "ploverType"))}
        for kind in schema.classes
    }
    return {kind: frozenset().union(*(own.get(above, ()) for above in schema.supers(kind))) for kind in own}


def _score(
    record: dict[str, Any], reading: Reading, roots: dict[str, frozenset[str]], shares: dict[str, Share]
) -> Iterator[str]:
    events = [fact for fact in reading.facts if isinstance(fact, Event)]
    matching = [event for event in events if record["event"] in roots.get(event.kind, frozenset())]
    shares["root"].add(bool(matching))
    if not matching:
        found = ", ".join(event.kind for event in events) or "nothing"
        yield f"{record['id']}: {found}, not {record['event']}: {record['text']}"
    for side, role in (("source", "agent"), ("target", "target")):
        wanted = {actor["code"] for actor in record[side] if actor["code"]}
        if wanted:
            countries = _countries(matching or events, role, reading.entities)
            shares[side].add(bool(wanted & countries))
            if matching and not wanted & countries:
                yield f"{record['id']}: {side} {sorted(countries)}, not {sorted(wanted)}: {record['text']}"


def _countries(events: Iterable[Event], role: str, entities: tuple[Entity, ...]) -> set[str]:
    """The country codes of those who have a role, by themselves or by the state that they are of."""
    schema, by_key = load(), {entity.key: entity for entity in entities}
    codes: set[str] = set()
    for event in events:
        for one in event.roles:
            entity = by_key.get(one.key)
            if entity is None or role not in schema.general(one.name):
                continue
            state = by_key.get(entity.of_state)
            codes |= {code for code in (entity.iso3, state.iso3 if state else "") if code}
            codes |= {code for code, kind in ORGANISATIONS.items() if kind == entity.kind}
    return codes


if __name__ == "__main__":
    main()
