"""Readings as JSON and back: what the ledger keeps, and what ``kg extract`` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from sys import intern
from typing import Any, TypeVar

from kg.model import (
    Article,
    Entity,
    Event,
    Evidence,
    Fact,
    Identity,
    Membership,
    Mention,
    Proposition,
    Reading,
    Relation,
    Role,
    Tenure,
)

T = TypeVar("T")

FACTS: Mapping[str, type[Event] | type[Tenure] | type[Membership] | type[Relation]] = {
    "event": Event,
    "tenure": Tenure,
    "membership": Membership,
    "relation": Relation,
}
_NAMES = {kind: name for name, kind in FACTS.items()}
_REPEATED = frozenset({"key", "name", "kind", "article", "date"})
"""Fields whose texts many facts share, so that one copy serves all."""
_PARTS: Mapping[tuple[type, str], type] = {
    (Entity, "identities"): Identity,
    (Event, "evidence"): Evidence,
    (Event, "roles"): Role,
    (Event, "content"): Proposition,
    (Tenure, "evidence"): Evidence,
    (Membership, "evidence"): Evidence,
    (Relation, "evidence"): Evidence,
}


def plain(value: Any) -> dict[str, Any]:
    """A dataclass of ``kg.model`` as a JSON object without what is as it would be anyway."""
    found: dict[str, Any] = {}
    for field in fields(value):
        part = getattr(value, field.name)
        if part == field.default and type(part) is type(field.default):
            continue
        if isinstance(part, tuple):
            found[field.name] = [item if isinstance(item, str) else plain(item) for item in part]
        else:
            found[field.name] = part if part is None or isinstance(part, (str, int, float)) else plain(part)
    return found


def fact(value: Fact) -> dict[str, Any]:
    """A fact as a JSON object whose ``"fact"`` says which kind it is."""
    return {"fact": _NAMES[type(value)], **plain(value)}


def dumps(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], data: Mapping[str, Any]) -> T:
    """A dataclass of ``kg.model`` from what ``plain`` made of it."""
    known = _field_names(kind)
    arguments: dict[str, Any] = {}
    for name, part in data.items():
        if name not in known:
            continue
        inner = _PARTS.get((kind, name))
        if isinstance(part, list):
            part = tuple(loads(inner, item) if inner else item for item in part)
        elif inner and part is not None:
            part = loads(inner, part)
        elif name in _REPEATED:
            part = intern(part)
        arguments[name] = part
    return kind(**arguments)


def load_fact(data: Mapping[str, Any]) -> Fact:
    """A fact from what ``fact`` made of it."""
    return loads(FACTS[data["fact"]], data)


def encode(reading: Reading) -> str:
    """A reading as one line of JSON."""
    return dumps(
        {
            "article": plain(reading.article),
            "entities": [plain(entity) for entity in reading.entities],
            "mentions": [[m.key, m.begin, m.finish, m.form] for m in reading.mentions],
            "facts": [fact(value) for value in reading.facts],
        }
    )


def decode(text: str) -> Reading:
    """A reading from what ``encode`` made of it."""
    data = json.loads(text)
    return Reading(
        article=loads(Article, data["article"]),
        entities=tuple(loads(Entity, entity) for entity in data["entities"]),
        mentions=tuple(Mention(key=k, begin=b, finish=f, form=form) for k, b, f, form in data["mentions"]),
        facts=tuple(load_fact(value) for value in data["facts"]),
    )


_FIELDS: dict[type, frozenset[str]] = {}


def _field_names(kind: type) -> frozenset[str]:
    if kind not in _FIELDS:
        _FIELDS[kind] = frozenset(field.name for field in fields(kind))
    return _FIELDS[kind]
