"""From the referents of one document to entities: keys, identities with scores, and overrides by hand.

A link is a judgement: ``Identity.score`` says how sure it is, and links below ``LEAST`` are not made, for a wrong link
is worse than none. A judgement can be overridden by a file, ``ontology/lexicon/links.yaml`` unless another is given::

    person/john-smith-ruritania: Q12345     # is this item
    person/jane-doe:                        # is none that we would link to
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kg.config import data_dir
from kg.errors import InputError
from kg.link.reference import WIKIDATA
from kg.model import Entity, Identity

if TYPE_CHECKING:
    from kg.link.reference import Reference
    from kg.text.document import Document, Referent

LEAST = 0.75


def entities(
    document: Document, reference: Reference, overrides: Mapping[str, str] | None = None
) -> tuple[Entity, ...]:
    """Every entity that a mention or fact of the document refers to, with what it belongs to, sorted by key."""
    overrides = load_overrides() if overrides is None else overrides
    wanted: dict[str, Referent] = {}
    queue = [r for span in document.spans for r in span.referents]
    queue += document.implied
    queue += [r for h in document.holdings for r in (h.holder, h.organisation)]
    while queue:
        referent = queue.pop()
        queue.extend(referent.members)
        if referent.key and referent.key not in wanted and not referent.members:
            wanted[referent.key] = referent
            queue.extend(r for r in (referent.state, *referent.authors) if r is not None)
    return tuple(_entity(wanted[key], reference, overrides) for key in sorted(wanted))


def _entity(referent: Referent, reference: Reference, overrides: Mapping[str, str]) -> Entity:
    record = reference.records.get(referent.key)
    state = referent.state.key if referent.state and referent.state.kind == "State" else ""
    place = referent.kind == "Place"
    if record is None:
        qid, score, known = "", 0.0, None
    else:
        qid, score, known = record.qid, referent.score, reference.entity(record)
    if referent.key in overrides:
        qid, score = overrides[referent.key], 1.0
    aliases = dict.fromkeys(a for a in (*(known.aliases if known else ()), *referent.aliases) if a != referent.name)
    return Entity(
        key=referent.key,
        kind=referent.kind,
        name=referent.name,
        aliases=tuple(aliases),
        identities=(Identity(iri=WIKIDATA + qid, score=score),) if qid and score >= LEAST else (),
        iso3=known.iso3 if known else "",
        of_state="" if place or referent.kind == "State" else (known.of_state if known else "") or state,
        located_in=((known.located_in if known else "") or state) if place else "",
        authors=tuple(a.key for a in referent.authors),
        latitude=known.latitude if known else None,
        longitude=known.longitude if known else None,
    )


@lru_cache(maxsize=4)
def load_overrides(path: Path | None = None) -> Mapping[str, str]:
    """Judgements made by hand: entity key to Wikidata item, empty for "do not link"; none where there is no file."""
    path = path or data_dir("ontology") / "lexicon" / "links.yaml"
    if not path.is_file():
        return {}
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise InputError(f"not valid YAML: {error}", source=str(path)) from error
    return {str(key): str(value or "") for key, value in data.items()}
