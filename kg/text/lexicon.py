"""The lexicon: what words mean what, read once from ``ontology/lexicon/*.yaml`` and indexed by lemma.

A trigger is written as a verb or noun lemma and what must stand with it (see docs/extraction.md)::

    accuse                        the lemma alone
    condemn/denounce              either lemma
    call off                      with a particle
    call :for                     with a preposition
    impose (sanction|$penalties)  with one of these objects; $penalties is a named set
    take :to(street)              with a preposition whose object is one of these
    agree .inf                    with a clause: .inf "to do", .that "that it did", .ing "doing"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from kg.config import data_dir
from kg.errors import InputError

_PART = re.compile(r"\([^)]*\)|[:.]?[^\s()]+(?:\([^)]*\))?")

# conditions that tell more than a noun beside the verb: "threw out a motion by 61 votes to 12" is a vote
_TELLING = frozenset(
    {
        "ultimatum",
        "vote",
        "counted",
        "damned",
        "dismissed",
        "held",
        "menacing",
        "hostile",
        "open",
        "deadline",
        "refusing",
        "forinf",
        "enrolled",
    }
)

Slots = tuple[tuple[str, ...], ...]
"""Alternatives, best first, each a union of argument slots: ``(("subj",), ("poss", "by"))``."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that evokes an event ``kind``, what must stand with it, and where its roles are found.

    ``roles`` maps a role to slots; ``need`` lists the roles that must be filled by an actor; ``weight`` is how often
    the word means this in news, from 0 to 1.
    """

    kind: str
    lemma: str
    part: str
    particles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    preposition_objects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    clause: str = ""
    roles: tuple[tuple[str, Slots], ...] = ()
    need: tuple[str, ...] = ()
    weight: float = 0.9
    flags: frozenset[str] = frozenset()

    @property
    def specificity(self) -> int:
        """How much the trigger asks for; the one that asks for most wins, as a verb with a particle is another verb."""
        return (
            2 * bool(self.objects)
            + 2 * bool(self.preposition_objects)
            + 3 * bool(self.particles)
            + bool(self.prepositions)
            + bool(self.clause)
            + ("_" in self.clause)
            + 2 * (self.clause in _TELLING)
            + bool(self.modifiers)
            + ("first" in self.flags)
        )


@dataclass(slots=True)
class EventLexicon:
    """All triggers by part of speech and lemma, most specific first."""

    verbs: dict[str, tuple[Trigger, ...]] = field(default_factory=dict)
    nouns: dict[str, tuple[Trigger, ...]] = field(default_factory=dict)
    adjectives: dict[str, tuple[Trigger, ...]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def load(name: str) -> Any:
    """The parsed content of ``ontology/lexicon/<name>.yaml``, read once."""
    path = data_dir("ontology") / "lexicon" / f"{name}.yaml"
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot read lexicon: {error.strerror}", source=str(path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise InputError(f"not valid YAML: {error}", source=str(path), line=line) from error


@lru_cache(maxsize=1024)
def words(name: str, *keys: str) -> frozenset[str]:
    """The words listed in ``<name>.yaml`` under ``keys``; lists, or text separated by commas."""
    node = load(name)
    for key in keys:
        node = node.get(key, "")
    items = node.split(",") if isinstance(node, str) else node
    return frozenset(str(item).strip() for item in items if str(item).strip())


@lru_cache(maxsize=1)
def event_lexicon() -> EventLexicon:
    """The event triggers of every ``events-*.yaml``."""
    folder = data_dir("ontology") / "lexicon"
    found: dict[str, dict[str, list[Trigger]]] = {"verb": {}, "noun": {}, "adjective": {}}
    sets = load("events")["sets"]
    for path in sorted(folder.glob("events-*.yaml")):
        for kind, groups in load(path.stem).items():
            for group in groups:
                _read_group(kind, group, sets, found)
    by_part = {
        part: {lemma: tuple(sorted(items, key=lambda t: -t.specificity)) for lemma, items in table.items()}
        for part, table in found.items()
    }
    return EventLexicon(by_part["verb"], by_part["noun"], by_part["adjective"])


@lru_cache(maxsize=4)
def menaces(group: str = "Menace") -> dict[str, tuple[Trigger, ...]]:
    """The verbs of one group of ``menaces.yaml`` by lemma, and what must stand with them."""
    found: dict[str, dict[str, list[Trigger]]] = {"verb": {}, "noun": {}, "adjective": {}}
    for entry in load("menaces")[group]:
        _read_group(group, entry, load("events")["sets"], found)
    return {lemma: tuple(triggers) for lemma, triggers in found["verb"].items()}


def _read_group(
    kind: str, group: dict[str, Any], sets: dict[str, str], found: dict[str, dict[str, list[Trigger]]]
) -> None:
    roles = tuple((role, _slots(str(slots))) for role, slots in (group.get("take") or {}).items())
    for part in ("verb", "noun", "adjective"):
        for text in _split(str(group.get(f"{part}s") or "")):
            for trigger in _triggers(kind, part, text, sets, roles, group):
                found[part].setdefault(trigger.lemma, []).append(trigger)


def _split(text: str) -> list[str]:
    return [item.strip() for item in text.replace("\n", " ").split(",") if item.strip()]


def _slots(text: str) -> Slots:
    return tuple(tuple(alternative.split("+")) for alternative in text.split())


def _names(text: str, sets: dict[str, str]) -> frozenset[str]:
    names: set[str] = set()
    for item in text.strip("()").split("|"):
        if item.startswith("$"):
            names.update(_split(sets[item[1:]]))
        elif item:
            names.add(item.strip())
    return frozenset(names)


def _triggers(
    kind: str,
    part: str,
    text: str,
    sets: dict[str, str],
    roles: tuple[tuple[str, Slots], ...],
    group: dict[str, Any],
) -> list[Trigger]:
    pieces = _PART.findall(text)
    modifiers: frozenset[str] = frozenset()
    if part == "noun":
        plain = [number for number, piece in enumerate(pieces) if piece[0] not in ":.("]
        modifiers = frozenset(word for number in plain[:-1] for word in pieces[number].split("/"))
        pieces = [pieces[plain[-1]], *[piece for number, piece in enumerate(pieces) if number not in plain]]
    wanted: dict[str, Any] = {"modifiers": modifiers}
    particles: set[str] = set()
    for piece in pieces[1:]:
        if piece.startswith("("):
            wanted["objects"] = _names(piece, sets)
        elif piece.startswith("."):
            wanted["clause"] = piece[1:]
        elif piece.startswith(":"):
            preposition, _, objects = piece[1:].partition("(")
            wanted["prepositions"] = frozenset(preposition.split("/"))
            if objects:
                wanted["preposition_objects"] = _names(objects, sets)
        else:
            particles.update(piece.split("/"))
    return [
        Trigger(
            kind=kind,
            lemma=lemma,
            part=part,
            particles=frozenset(particles),
            roles=roles,
            need=tuple(_split(str(group.get("need") or ""))),
            weight=float(group.get("weight", 0.9)),
            flags=frozenset(_split(str(group.get("flags") or ""))),
            **wanted,
        )
        for lemma in pieces[0].split("/")
    ]
