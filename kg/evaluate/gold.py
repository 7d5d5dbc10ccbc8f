"""Gold files: what a careful reader records from an article, as ``gold/SCHEMA.md`` defines it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import InputError

Choice: TypeAlias = tuple[str, ...]
"""Names of which any one counts."""

SUFFIX = ".gold.json"
ARTICLE_SUFFIXES = (".txt", ".html", ".htm", ".jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """An entity with the forms under which the article names it."""

    name: str
    kind: str
    names: frozenset[str]
    wikidata: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPosition:
    """Who holds which office of what."""

    person: Choice
    role: str
    of: Choice
    former: bool
    evidence: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMembership:
    """Who belongs to what."""

    member: Choice
    organisation: Choice
    evidence: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """A stated relation between two actors."""

    kind: str
    a: Choice
    b: Choice
    evidence: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """An event: ``kinds`` are the acceptable classes, best first; ``date`` may be an interval ``FROM/TO``."""

    kinds: tuple[str, ...]
    agents: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    place: Choice
    date: str
    evidence: str
    optional: bool = False
    planned: bool = False
    choice: str = ""
    victims: dict[str, Any] = field(default_factory=dict)
    attributed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All that one gold file says; ``article`` is the article's own file beside it."""

    article: Path
    published: str
    entities: tuple[GoldEntity, ...]
    positions: tuple[GoldPosition, ...]
    memberships: tuple[GoldMembership, ...]
    relations: tuple[GoldRelation, ...]
    events: tuple[GoldEvent, ...]


def find(paths: Iterable[Path]) -> Iterator[Path]:
    """The gold files among ``paths``: files as given, folders searched recursively, in order of name.

    Raises InputError for a path that does not exist and a folder without gold files.
    """
    for path in paths:
        if path.is_dir():
            found = sorted(path.rglob("*" + SUFFIX))
            if not found:
                raise InputError(f"no {SUFFIX} files in this folder", source=str(path))
            yield from found
        elif path.is_file():
            yield path if path.name.endswith(SUFFIX) else gold_of(path)
        else:
            raise InputError("no such file or folder", source=str(path))


def gold_of(article: Path) -> Path:
    """The gold file beside an article."""
    path = article.with_name(article.stem + SUFFIX)
    if not path.is_file():
        raise InputError(f"has no {path.name} beside it", source=str(article))
    return path


def article_of(gold: Path) -> Path:
    """The article beside a gold file."""
    stem = gold.name.removesuffix(SUFFIX)
    for suffix in ARTICLE_SUFFIXES:
        path = gold.with_name(stem + suffix)
        if path.is_file():
            return path
    raise InputError(f"no article {stem}.txt or .html beside it", source=str(gold))


def load(path: Path) -> Gold:
    """Reads one gold file; raises InputError with the line where it is not JSON, or the field that is missing."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Gold(
            article=article_of(path),
            published=data["article"].get("published") or "",
            entities=tuple(_entity(item) for item in data.get("entities", ())),
            positions=tuple(_position(item) for item in data.get("positions", ())),
            memberships=tuple(_membership(item) for item in data.get("memberships", ())),
            relations=tuple(_relation(item) for item in data.get("relations", ())),
            events=tuple(_event(item) for item in data.get("events", ())),
        )
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", source=str(path), line=error.lineno) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", source=str(path)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"not a gold file: {error!r}", source=str(path)) from error


def _choice(value: Any) -> Choice:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _entity(item: dict[str, Any]) -> GoldEntity:
    names = frozenset([item["name"], *item.get("aliases", ())])
    return GoldEntity(name=item["name"], kind=item["type"], names=names, wikidata=item.get("wikidata") or "")


def _position(item: dict[str, Any]) -> GoldPosition:
    return GoldPosition(
        person=_choice(item["person"]),
        role=item["role"],
        of=_choice(item["of"]),
        former=bool(item.get("former")),
        evidence=item.get("evidence", ""),
        optional=bool(item.get("optional")),
    )


def _membership(item: dict[str, Any]) -> GoldMembership:
    return GoldMembership(
        member=_choice(item["member"]),
        organisation=_choice(item["organisation"]),
        evidence=item.get("evidence", ""),
        optional=bool(item.get("optional")),
    )


def _relation(item: dict[str, Any]) -> GoldRelation:
    return GoldRelation(
        kind=item["type"],
        a=_choice(item["a"]),
        b=_choice(item["b"]),
        evidence=item.get("evidence", ""),
        optional=bool(item.get("optional")),
    )


def _event(item: dict[str, Any]) -> GoldEvent:
    return GoldEvent(
        kinds=tuple(item["types"]),
        agents=tuple(_choice(agent) for agent in item.get("agents", ())),
        targets=tuple(_choice(target) for target in item.get("targets", ())),
        place=_choice(item.get("place")),
        date=item.get("date") or "",
        evidence=item.get("evidence") or "",
        optional=bool(item.get("optional")),
        planned=bool(item.get("planned")),
        choice=(item.get("votes") or {}).get("choice") or "",
        victims=item.get("victims") or {},
        attributed_to=_choice(item.get("attributed_to")),
    )
