"""Counts of what is right, by measure, as ``gold/SCHEMA.md`` scores it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kg.evaluate import match
from kg.evaluate.gold import Choice, Gold, GoldEntity, GoldEvent, GoldPosition
from kg.evaluate.names import Names, fold, role_words
from kg.evaluate.predicted import PredictedEvent, Prediction
from kg.evaluate.schema import Schema
from kg.model import Entity, Membership, Relation, Tenure

G = TypeVar("G")
F = TypeVar("F")

WIKIDATA = "http://www.wikidata.org/entity/"
SYMMETRIC_RELATIONS = frozenset({"allyOf", "alignedWith", "atOddsWith"})


@dataclass(slots=True)
class Tally:
    """``found`` of ``gold`` are found; ``right`` of ``predicted`` are right."""

    found: int = 0
    gold: int = 0
    right: int = 0
    predicted: int = 0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 1 where there is none."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 1 where there is none."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def count(self, *, found: bool) -> None:
        """Counts one thing asked for."""
        self.gold += 1
        self.found += found


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One thing missed, extra or wrong, with the words of the article it is about."""

    measure: str
    kind: str
    what: str
    sentence: str
    article: str


@dataclass(slots=True)
class Score:
    """All measures over some articles; ``by_class`` are the events by class."""

    measures: dict[str, Tally] = field(default_factory=dict)
    by_class: dict[str, Tally] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)

    def tally(self, measure: str) -> Tally:
        """The counts of one measure."""
        return self.measures.setdefault(measure, Tally())

    def class_tally(self, kind: str) -> Tally:
        """The counts of one class of events."""
        return self.by_class.setdefault(kind, Tally())


class Scorer:
    """Adds one article's prediction to a score."""

    def __init__(self, gold: Gold, prediction: Prediction, schema: Schema, score: Score) -> None:
        self.gold = gold
        self.prediction = prediction
        self.schema = schema
        self.score = score
        self.names = Names(gold)

    def add(self) -> None:
        """Scores everything of the article."""
        pairing = match.pair(self.gold.events, self.prediction, self.names)
        self._events(pairing)
        for gold, event in pairing.pairs:
            if not gold.optional:
                self._roles(gold, event)
                self._details(gold, event)
        self._positions()
        self._memberships()
        self._relations()
        self._identities()

    def _error(self, measure: str, kind: str, what: str, sentence: str) -> None:
        article = self.gold.article.stem
        self.score.errors.append(Error(measure=measure, kind=kind, what=what, sentence=sentence, article=article))

    def _events(self, pairing: match.Pairing) -> None:
        total = self.score.tally("events")
        for gold, event in pairing.pairs:
            if gold.optional:
                continue
            for tally in (total, self.score.class_tally(gold.kinds[0])):
                tally.count(found=True)
            for tally in (total, self.score.class_tally(event.kind)):
                tally.predicted += 1
                tally.right += 1
        for gold in (gold for gold in pairing.missed if not gold.optional):
            total.count(found=False)
            self.score.class_tally(gold.kinds[0]).count(found=False)
            self._error("events", gold.kinds[0], f"missed {describe_gold(gold)}", gold.evidence)
        for event in (event for event in pairing.extra if event.kind != "Statement"):
            total.predicted += 1
            self.score.class_tally(event.kind).predicted += 1
            self._error("events", event.kind, f"extra {self._describe(event)}", event.sentence)

    def _describe(self, event: PredictedEvent) -> str:
        agents, targets, places = (
            ", ".join(sorted(map(self.prediction.label, keys))) for keys in (event.agents, event.targets, event.places)
        )
        planned = " planned" if event.planned else ""
        return f"{event.kind} [{agents}] → [{targets}] at [{places}] on {', '.join(event.dates) or '–'}{planned}"

    def _roles(self, gold: GoldEvent, event: PredictedEvent) -> None:
        for side, wanted in match.sides(gold):
            self._role("roles", side, wanted, match.keys(event, side), event)
        wanted_places = (gold.place,) if gold.place else ()
        self._role("roles", "place", wanted_places, event.places, event)

    def _role(
        self, measure: str, side: str, wanted: Sequence[Choice], keys: frozenset[str], event: PredictedEvent
    ) -> None:
        tally = self.score.tally(measure)
        present = self.prediction.names_of(keys)
        for choice in wanted:
            found = self.names.any_meets(choice, present)
            tally.count(found=found)
            if not found:
                self._error(measure, event.kind, f"missed {side} {' / '.join(choice)}", event.sentence)
        for key, names in zip(sorted(keys), present, strict=True):
            right = any(self.names.meet(choice, names) for choice in wanted)
            tally.predicted += 1
            tally.right += right
            if not right:
                label = self.prediction.label(key)
                self._error(measure, event.kind, f"extra {side} {label}", event.sentence)

    def _details(self, gold: GoldEvent, event: PredictedEvent) -> None:
        span = match.locate(gold.evidence, self.prediction.text)
        evidence = match.overlaps(gold.evidence, span, event)
        self._detail("evidence", gold, event, evidence, "", asked=bool(gold.evidence))
        dates = ", ".join(event.dates) or "none"
        self._detail("date", gold, event, gold.date in event.dates, f"{dates}, not {gold.date}", asked=bool(gold.date))
        places = self.prediction.names_of(event.places)
        shown = ", ".join(map(self.prediction.label, sorted(event.places))) or "none"
        right = self.names.any_meets(gold.place, places)
        self._detail("place", gold, event, right, f"{shown}, not {' / '.join(gold.place)}", asked=bool(gold.place))
        choice = f"{event.choice or 'none'}, not {gold.choice}"
        self._detail("choice", gold, event, event.choice == gold.choice, choice, asked=bool(gold.choice))
        victims = f"{event.figures}, not {gold.victims}"
        self._detail("victims", gold, event, _same_victims(gold, event), victims, asked=bool(gold.victims))
        self._detail("planned", gold, event, event.planned, "told as past", asked=gold.planned)
        self._detail("not planned", gold, event, not event.planned, "told as planned", asked=not gold.planned)
        sources = self.prediction.names_of(event.sources)
        right = self.names.any_meets(gold.attributed_to, sources)
        wanted = " / ".join(gold.attributed_to)
        self._detail("attribution", gold, event, right, f"not by {wanted}", asked=bool(gold.attributed_to))

    def _detail(
        self, measure: str, gold: GoldEvent, event: PredictedEvent, right: bool, what: str, *, asked: bool
    ) -> None:
        if not asked:
            return
        tally = self.score.tally(measure)
        tally.count(found=right)
        tally.predicted += 1
        tally.right += right
        if not right:
            self._error(measure, event.kind, what or f"told of “{event.sentence}”", gold.evidence)

    def _positions(self) -> None:
        golds = self.gold.positions
        predicted = _distinct(self.prediction.tenures, lambda t: (t.holder, t.organisation, t.role or fold(t.title)))
        self._facts(
            "positions",
            [(gold, gold.optional, f"{gold.person[0]}, {gold.role} of {gold.of[0]}", gold.evidence) for gold in golds],
            [(fact, self._describe_tenure(fact), _quote(fact)) for fact in predicted],
            self._same_position,
        )

    def _describe_tenure(self, fact: Tenure) -> str:
        label = self.prediction.label
        return f"{label(fact.holder)}, {fact.title} ({fact.role}) of {label(fact.organisation)}"

    def _same_position(self, gold: GoldPosition, fact: Tenure) -> bool:
        return (
            self._is(gold.person, fact.holder)
            and self._is(gold.of, fact.organisation)
            and self._same_role(gold.role, fact)
        )

    def _same_role(self, role: str, fact: Tenure) -> bool:
        wanted, title = role_words(role), role_words(fact.title)
        concepts = self.schema.concept_of(role)
        return wanted == title or fact.role in concepts or bool(concepts & self.schema.concept_of(fact.title))

    def _is(self, choice: Choice, key: str) -> bool:
        return self.names.any_meets(choice, self.prediction.names_of([key]))

    def _memberships(self) -> None:
        golds = self.gold.memberships
        predicted = _distinct(self.prediction.memberships, lambda m: (m.member, m.organisation))
        label = self.prediction.label
        self._facts(
            "memberships",
            [(gold, gold.optional, f"{gold.member[0]} in {gold.organisation[0]}", gold.evidence) for gold in golds],
            [(fact, f"{label(fact.member)} in {label(fact.organisation)}", _quote(fact)) for fact in predicted],
            lambda gold, fact: self._is(gold.member, fact.member) and self._is(gold.organisation, fact.organisation),
        )

    def _relations(self) -> None:
        label = self.prediction.label
        self._facts(
            "relations",
            [
                (gold, gold.optional, f"{gold.kind}: {gold.a[0]}, {gold.b[0]}", gold.evidence)
                for gold in self.gold.relations
            ],
            [
                (fact, f"{fact.kind}: {label(fact.subject)}, {label(fact.object)}", _quote(fact))
                for fact in _distinct(self.prediction.relations, lambda r: (r.kind, r.subject, r.object))
            ],
            lambda gold, fact: gold.kind == fact.kind and self._related(gold.a, gold.b, fact),
        )

    def _related(self, a: Choice, b: Choice, fact: Relation) -> bool:
        if self._is(a, fact.subject) and self._is(b, fact.object):
            return True
        return fact.kind in SYMMETRIC_RELATIONS and self._is(b, fact.subject) and self._is(a, fact.object)

    def _facts(
        self,
        measure: str,
        golds: list[tuple[G, bool, str, str]],
        predicted: list[tuple[F, str, str]],
        same: Callable[[G, F], bool],
    ) -> None:
        tally = self.score.tally(measure)
        left = list(predicted)
        for gold, optional, what, evidence in sorted(golds, key=lambda item: item[1]):
            hits = [item for item in left if same(gold, item[0])]
            left = [item for item in left if item not in hits]
            if not optional:
                tally.count(found=bool(hits))
                tally.predicted += bool(hits)
                tally.right += bool(hits)
                if not hits:
                    self._error(measure, measure, f"missed {what}", evidence)
        for _, what, sentence in left:
            tally.predicted += 1
            self._error(measure, measure, f"extra {what}", sentence)

    def _identities(self) -> None:
        """Right and wrong Wikidata links of the entities for which the gold gives one."""
        right, wrong = self.score.tally("wikidata right"), self.score.tally("wikidata wrong")
        for gold in (entity for entity in self.gold.entities if entity.wikidata):
            linked = {
                identity.iri.removeprefix(WIKIDATA)
                for entity in self._counterparts(gold)
                for identity in entity.identities
                if identity.iri.startswith(WIKIDATA)
            }
            right.count(found=gold.wikidata in linked)
            wrong.count(found=bool(linked - {gold.wikidata}))
            if linked != {gold.wikidata}:
                shown = ", ".join(sorted(linked)) or "no link"
                self._error("wikidata", gold.kind, f"{gold.name}: {shown}, not {gold.wikidata}", "")

    def _counterparts(self, gold: GoldEntity) -> list[Entity]:
        """The predicted entities of its kind that bear its name; as their label if any does, else as another name.

        A city's name is also another name of the state whose capital it is, which is no link of the city.
        """
        named = [e for e in self.prediction.entities if self.names.meet((gold.name,), self.prediction.names[e.key])]
        found = [entity for entity in named if self._same_kind(gold.kind, entity.kind)]
        return [entity for entity in found if fold(entity.name) == fold(gold.name)] or found

    def _same_kind(self, gold: str, predicted: str) -> bool:
        if "State" in (gold, predicted):
            return gold == predicted
        return gold in self.schema.supers(predicted) or predicted in self.schema.supers(gold)


def describe_gold(gold: GoldEvent) -> str:
    """A gold event on one line."""
    agents, targets = (", ".join(" / ".join(choice) for choice in side) for side in (gold.agents, gold.targets))
    planned = " planned" if gold.planned else ""
    where = " / ".join(gold.place) or "–"
    return f"{' / '.join(gold.kinds)} [{agents}] → [{targets}] at {where} on {gold.date or '–'}{planned}"


def _same_victims(gold: GoldEvent, event: PredictedEvent) -> bool:
    wanted = (gold.victims.get("killed"), gold.victims.get("injured"), bool(gold.victims.get("at_least")))
    return any((f.killed, f.injured if wanted[1] is not None else None, f.at_least) == wanted for f in event.figures)


def _quote(fact: Tenure | Membership | Relation) -> str:
    return fact.evidence.quote if fact.evidence else ""


def _distinct(facts: Iterable[F], key: Callable[[F], object]) -> list[F]:
    found: dict[object, F] = {}
    for fact in facts:
        found.setdefault(key(fact), fact)
    return list(found.values())
