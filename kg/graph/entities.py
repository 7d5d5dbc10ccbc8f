"""Actors, places and documents, the offices people hold and the bodies they belong to, as triples.

The same for what articles say and for what the reference data says, so that both meet in the same nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.graph.sheet import Sheet, text
from kg.graph.terms import Minter, curie, date, digest, iri, kg, slugify, typed
from kg.model import Entity, Membership, Tenure

EXACT_MATCH = curie("skos:exactMatch")
_SOURCE = curie("dcterms:source")
_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words(name: str) -> str:
    """The words of a camel-case name: ``ForeignMinister`` becomes ``foreign minister``."""
    return _WORD_START.sub(" ", name).lower()


def named(key: str, names: Mapping[str, str]) -> str:
    """What to call the thing with that key: its name, or else what its key says."""
    return names.get(key) or key.rpartition("/")[2].replace("-", " ")


def write_entity(sheet: Sheet, entity: Entity, minter: Minter) -> None:
    """Type, names, codes, places and authors of an entity."""
    node = minter.id(entity.key)
    sheet.describe(node, entity.kind, entity.name, *entity.aliases)
    sheet.set(
        node,
        iso3=text(entity.iso3),
        ofState=minter.id(entity.of_state) if entity.of_state else "",
        locatedIn=minter.id(entity.located_in) if entity.located_in else "",
    )
    for author in entity.authors:
        sheet.set(node, author=minter.id(author))
    if entity.latitude is not None and entity.longitude is not None:
        sheet.add(node, curie("geo:lat"), typed(float(entity.latitude)))
        sheet.add(node, curie("geo:long"), typed(float(entity.longitude)))


def write_tenure(sheet: Sheet, tenure: Tenure, minter: Minter, names: Mapping[str, str]) -> str:
    """The tenure and its position; returns the tenure's node."""
    position = write_position(sheet, tenure, minter, names)
    identity = (tenure.holder, position, tenure.start, tenure.end, tenure.former)
    node = minter.id(f"tenure/{digest(*identity)}")
    title = tenure.title or words(tenure.role)
    former = "former " if tenure.former else ""
    holder = named(tenure.holder, names)
    sheet.describe(node, "Tenure", f"{holder}, {former}{title} of {named(tenure.organisation, names)}")
    sheet.set(node, holder=minter.id(tenure.holder), position=position, title=text(tenure.title))
    if tenure.former:
        sheet.set(node, former=typed(True))
    _write_dates(sheet, node, tenure)
    return node


def write_position(sheet: Sheet, tenure: Tenure, minter: Minter, names: Mapping[str, str]) -> str:
    """The office of a tenure: one node for each title (or role where there is none) and organisation."""
    title = tenure.title or words(tenure.role) or "office"
    organisation = named(tenure.organisation, names)
    node = minter.id(f"position/{slugify(title)}-{slugify(tenure.organisation.rpartition('/')[2])}")
    sheet.describe(node, "Position", f"{title[:1].upper()}{title[1:].lower()} of {organisation}")
    sheet.set(node, positionIn=minter.id(tenure.organisation), role=kg(tenure.role) if tenure.role else "")
    return node


def write_membership(sheet: Sheet, membership: Membership, minter: Minter, names: Mapping[str, str]) -> str:
    """The membership; returns its node."""
    identity = (membership.member, membership.organisation, membership.kind, membership.start, membership.end)
    node = minter.id(f"membership/{digest(*identity)}")
    member, organisation = named(membership.member, names), named(membership.organisation, names)
    sheet.describe(node, "Membership", f"{member}, {membership.kind or 'member'} of {organisation}")
    sheet.set(
        node,
        member=minter.id(membership.member),
        organisation=minter.id(membership.organisation),
        membershipKind=text(membership.kind),
    )
    _write_dates(sheet, node, membership)
    return node


def _write_dates(sheet: Sheet, node: str, fact: Tenure | Membership) -> None:
    sheet.set(node, start=date(fact.start), end=date(fact.end), asOf=date(fact.as_of))
    sheet.add(node, _SOURCE, text(fact.source))


def link_quads(entities: Iterable[Entity], minter: Minter) -> list[str]:
    """The ``links`` graph: each identity as skos:exactMatch, and beside it the judgement with its score."""
    sheet = Sheet(minter.links)
    for entity in entities:
        node = minter.id(entity.key)
        for identity in entity.identities:
            other = iri(identity.iri)
            sheet.add(node, EXACT_MATCH, other)
            judgement = minter.id(f"link/{digest(entity.key, identity.iri)}")
            sheet.describe(judgement, "Link", f"{entity.name} is {identity.iri}")
            sheet.add(judgement, curie("rdf:subject"), node)
            sheet.add(judgement, curie("rdf:predicate"), EXACT_MATCH)
            sheet.add(judgement, curie("rdf:object"), other)
            sheet.set(judgement, confidence=typed(float(identity.score)))
    return sheet.lines()


def reference_quads(
    entities: Iterable[Entity], tenures: Iterable[Tenure], memberships: Iterable[Membership], minter: Minter
) -> list[str]:
    """The ``reference`` graph: what the reference data says of these entities, as sorted N-Quads lines."""
    sheet = Sheet(minter.reference)
    known = list(entities)
    names = {entity.key: entity.name for entity in known}
    for entity in known:
        write_entity(sheet, entity, minter)
    for tenure in tenures:
        write_tenure(sheet, tenure, minter, names)
    for membership in memberships:
        write_membership(sheet, membership, minter, names)
    return sheet.lines()
