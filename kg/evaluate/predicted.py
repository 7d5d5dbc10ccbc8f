"""What a reading predicts, in the form in which it is compared: names and classes instead of keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.names import fold
from kg.evaluate.schema import Schema
from kg.model import Entity, Event, Membership, Reading, Relation, Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of victims as one report gives them."""

    killed: int | None
    injured: int | None
    at_least: bool


@dataclass(slots=True, kw_only=True, eq=False)
class PredictedEvent:
    """One event as one article reports it; the roles are those of the event in the whole store."""

    kind: str
    classes: frozenset[str]
    agents: frozenset[str]
    targets: frozenset[str]
    places: frozenset[str]
    dates: tuple[str, ...]
    choice: str
    planned: bool
    figures: tuple[Figures, ...]
    sources: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """All that one article's reading says; entities by key, each with its folded names."""

    text: str
    entities: tuple[Entity, ...]
    names: Mapping[str, frozenset[str]]
    events: tuple[PredictedEvent, ...]
    tenures: tuple[Tenure, ...]
    memberships: tuple[Membership, ...]
    relations: tuple[Relation, ...]

    def names_of(self, keys: Iterable[str]) -> list[frozenset[str]]:
        """The folded names of each entity."""
        return [self.names.get(key) or frozenset([fold(key)]) for key in sorted(keys)]

    def label(self, key: str) -> str:
        """The name under which an error report shows an entity."""
        return next((entity.name for entity in self.entities if entity.key == key), key)


def predictions(readings: Sequence[Reading], schema: Schema) -> list[Prediction]:
    """Readings as comparable predictions, all taken to be in one store.

    An entity has the names that any article gives it; events with one key are one event with all its roles.
    """
    entities = _entities(readings)
    names = {key: frozenset(map(fold, (entity.name, *entity.aliases))) for key, entity in entities.items()}
    roles = _roles(readings, schema)
    return [_prediction(reading, number, entities, names, roles, schema) for number, reading in enumerate(readings)]


def _entities(readings: Sequence[Reading]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for entity in (entity for reading in readings for entity in reading.entities):
        known = found.get(entity.key)
        if known is None:
            found[entity.key] = entity
        else:
            aliases = dict.fromkeys((*known.aliases, entity.name, *entity.aliases))
            identities = dict.fromkeys((*known.identities, *entity.identities))
            found[entity.key] = Entity(
                key=known.key,
                kind=known.kind,
                name=known.name,
                aliases=tuple(aliases),
                identities=tuple(identities),
            )
    return found


def event_key(event: Event, article: int, number: int) -> str:
    """The event's own key, or one that no other event has where events are not merged yet."""
    return event.key or f"event/{article}-{number}"


def _roles(readings: Sequence[Reading], schema: Schema) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for article, reading in enumerate(readings):
        for number, event in enumerate(_events(reading)):
            by_role = found.setdefault(event_key(event, article, number), {})
            for role in event.roles:
                for general in schema.general(role.name):
                    by_role.setdefault(general, set()).add(role.key)
    return found


def _events(reading: Reading) -> list[Event]:
    return [fact for fact in reading.facts if isinstance(fact, Event)]


def _prediction(
    reading: Reading,
    article: int,
    entities: Mapping[str, Entity],
    names: Mapping[str, frozenset[str]],
    roles: Mapping[str, Mapping[str, set[str]]],
    schema: Schema,
) -> Prediction:
    grouped: dict[str, list[Event]] = {}
    for number, event in enumerate(_events(reading)):
        grouped.setdefault(event_key(event, article, number), []).append(event)
    return Prediction(
        text=reading.article.text,
        entities=tuple(entities[key] for key in dict.fromkeys(entity.key for entity in reading.entities)),
        names=names,
        events=tuple(_event(group, roles[key], schema) for key, group in grouped.items()),
        tenures=tuple(fact for fact in reading.facts if isinstance(fact, Tenure) and fact.evidence),
        memberships=tuple(fact for fact in reading.facts if isinstance(fact, Membership) and fact.evidence),
        relations=tuple(fact for fact in reading.facts if isinstance(fact, Relation)),
    )


def _event(group: Sequence[Event], roles: Mapping[str, set[str]], schema: Schema) -> PredictedEvent:
    first = group[0]
    kinds = frozenset().union(*(schema.supers(event.kind) for event in group))
    choice = next((event.choice for event in group if event.choice), "")
    figures = [
        Figures(killed=event.killed, injured=event.injured, at_least=event.at_least)
        for event in group
        if event.killed is not None or event.injured is not None
    ]
    return PredictedEvent(
        kind=first.kind,
        classes=kinds,
        agents=frozenset(roles.get("agent", ())),
        targets=frozenset(roles.get("target", ())),
        places=frozenset(roles.get("place", ())),
        dates=tuple(dict.fromkeys(date for event in group if (date := interval(event)))),
        choice=choice or next((schema.choices[kind] for kind in sorted(kinds) if kind in schema.choices), ""),
        planned=all(event.planned for event in group),
        figures=tuple(figures),
        sources=frozenset(key for event in group for key in event.evidence.attributed_to),
        spans=tuple((event.evidence.begin, event.evidence.finish) for event in group),
        sentence=first.evidence.quote,
    )


def interval(event: Event) -> str:
    """The event's date as gold files write it: a date, or ``FROM/TO``."""
    return f"{event.date}/{event.end_date}" if event.end_date and event.end_date != event.date else event.date
