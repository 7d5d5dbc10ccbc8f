"""Roots and countries on PLOVER gold standard records: one sentence each, with an event root, sources and targets.

A root is right when some event of the sentence has it, by its class or a class above (``kg:ploverType``). A country is
right when an agent (source) or target of the events with that root, else of any event, is that state or comes from it.
In mutual events (meetings, agreements) everybody takes part on both sides, as in ``gold/SCHEMA.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph, URIRef

from kg.config import Settings, data_dir
from kg.errors import InputError
from kg.evaluate.match import MUTUAL
from kg.evaluate.schema import NAMESPACE, load
from kg.model import Article, Entity, Event, Reading, Tenure

ORGANISATIONS = {"IGO": "IntergovernmentalOrganisation", "NGO": "Organisation", "MNC": "Company", "IMG": "ArmedGroup"}
"""Codes of PLOVER for actors without a country, and the class that stands for each."""
STATELESS = frozenset({*ORGANISATIONS, "ISM"})
MISSPELT = {"ITL": "ITA", "JAP": "JPN", "VTN": "VNM"}
"""Codes in the published records that are no ISO 3166 codes, and the country that the sentence names."""
SIDES = {"source": "agent", "target": "target"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One sentence, its root, and the codes of its sources and targets, misspelt ones put right."""

    identifier: str
    text: str
    root: str
    source: frozenset[str]
    target: frozenset[str]


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


@dataclass(slots=True)
class Result:
    """Shares by measure, in the order in which they are printed, and a line for each miss."""

    shares: dict[str, Share] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, measure: str, right: bool) -> None:
        """Counts one for a measure."""
        self.shares.setdefault(measure, Share()).add(right)


def evaluate(path: Path) -> Result:
    """Reads every record as an article of its own and scores it; raises InputError for a file that is not records."""
    from kg.build import load_tools, read_article

    tools = load_tools(Settings.from_environment())
    found = list(records(path))
    articles = [Article(slug=record.identifier, title="", text=record.text, source=path.name) for record in found]
    return score(found, (read_article(article, tools) for article in articles))


def records(path: Path) -> Iterator[Record]:
    """The records of a JSON lines file; raises InputError with the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", source=str(path)) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield _record(json.loads(line))
        except json.JSONDecodeError as error:
            raise InputError(f"not JSON: {error.msg}", source=str(path), line=number) from error
        except (KeyError, TypeError) as error:
            raise InputError(f"not a PLOVER record: {error!r}", source=str(path), line=number) from error


def _record(data: dict[str, Any]) -> Record:
    codes = {
        side: frozenset(MISSPELT.get(actor["code"], actor["code"]) for actor in data[side] if actor["code"])
        for side in SIDES
    }
    return Record(identifier=data["id"], text=data["text"], root=data["event"], **codes)


def score(found: Iterable[Record], readings: Iterable[Reading]) -> Result:
    """Scores readings against records, pairwise."""
    result = Result()
    for record, reading in zip(found, readings, strict=True):
        _score(record, reading, result)
    return result


@cache
def roots() -> dict[str, frozenset[str]]:
    """The PLOVER roots of every event class, its superclasses' included."""
    graph, schema = Graph(), load()
    for path in sorted(data_dir("ontology").glob("*.ttl")):
        graph.parse(path, format="turtle")
    own = {
        kind: {str(root) for root in graph.objects(URIRef(NAMESPACE + kind), URIRef(NAMESPACE + "ploverType"))}
        for kind in schema.classes
    }
    return {kind: frozenset().union(*(own.get(above, ()) for above in schema.supers(kind))) for kind in own}


def _score(record: Record, reading: Reading, result: Result) -> None:
    events = [fact for fact in reading.facts if isinstance(fact, Event)]
    matching = [event for event in events if record.root in roots().get(event.kind, frozenset())]
    result.add("root", bool(matching))
    if not matching:
        kinds = ", ".join(event.kind for event in events) or "nothing"
        result.errors.append(f"{record.identifier}: {kinds}, not {record.root}: {record.text}")
    for side in SIDES:
        wanted: frozenset[str] = getattr(record, side)
        codes = actors(matching or events, side, reading)
        if wanted - STATELESS:
            right = bool((wanted - STATELESS) & codes)
            result.add(f"{side} country", right)
            result.add(f"{side} country and root", right and bool(matching))
        if wanted:
            result.add(f"{side} of any kind", bool(wanted & codes))
        if wanted and not wanted & codes:
            result.errors.append(f"{record.identifier}: {side} {sorted(codes)}, not {sorted(wanted)}: {record.text}")


def actors(events: Sequence[Event], side: str, reading: Reading) -> frozenset[str]:
    """The codes of those on one side of events: of the states that they are or come from, and of kinds of bodies."""
    schema, by_key = load(), {entity.key: entity for entity in reading.entities}
    codes: set[str] = set()
    for event in events:
        mutual = bool(MUTUAL & schema.supers(event.kind))
        wanted = frozenset(SIDES.values()) if mutual else frozenset([SIDES[side]])
        for role in event.roles:
            entity = by_key.get(role.key)
            if entity is not None and wanted & schema.general(role.name):
                codes |= _states(entity, by_key, reading)
                codes |= {code for code, kind in ORGANISATIONS.items() if kind == entity.kind}
    return frozenset(codes)


def _states(entity: Entity, by_key: dict[str, Entity], reading: Reading) -> set[str]:
    """ISO 3166 codes of the state that an entity is, is of, holds office in, or (a place) lies in."""
    offices = [fact.organisation for fact in reading.facts if isinstance(fact, Tenure) and fact.holder == entity.key]
    seen: dict[str, Entity] = {}
    waiting = [entity, *(by_key[key] for key in offices if key in by_key)]
    while waiting:
        one = waiting.pop()
        seen[one.key] = one
        above = (by_key.get(key) for key in (one.of_state, one.located_in))
        waiting += [other for other in above if other is not None and other.key not in seen]
    return {one.iso3 for one in seen.values() if one.iso3}
