"""Actors, places and documents, the offices people hold and the bodies they belong to, as triples.

The same for what articles say and for what the reference data says, so that both meet in the same nodes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.roles import RoleTable
from kg.graph.sheet import Sheet, text
from kg.graph.terms import Minter, curie, date, digest, iri, kg, slugify, typed
from kg.model import Entity, Membership, Tenure

EXACT_MATCH = curie("skos:exactMatch")
_FULL_MEMBER = frozenset({"member", "full member", "founding member", "permanent member"})
_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words(name: str) -> str:
    """The words of a camel-case name: ``ForeignMinister`` becomes ``foreign minister``."""
    return _WORD_START.sub(" ", name).lower()


@dataclass(frozen=True, slots=True)
class Context:
    """What a writer needs besides the thing itself: IRIs, the ontology's roles, names and classes of things by key."""

    minter: Minter
    roles: RoleTable = field(default_factory=RoleTable)
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entities: Iterable[Entity], minter: Minter, roles: RoleTable | None = None) -> Context:
        """The context that these entities make."""
        known = list(entities)
        return cls(
            minter,
            roles or RoleTable(),
            {entity.key: entity.name for entity in known},
            {entity.key: entity.kind for entity in known},
        )

    def name(self, key: str) -> str:
        """What to call the thing with that key: its name, or else what its key says."""
        return self.names.get(key) or key.rpartition("/")[2].replace("-", " ")

    def specific(self, annotation: str, key: str) -> str:
        """The property that the class of the thing with that key declares by ``annotation``; empty where none."""
        return self.roles.nearest(annotation, self.kinds.get(key, ""))


def write_entity(sheet: Sheet, entity: Entity, context: Context) -> None:
    """Type, names, codes, places and authors of an entity."""
    node, minter = context.minter.id(entity.key), context.minter
    sheet.describe(node, entity.kind, entity.name, *entity.aliases)
    sheet.set(node, iso3=text(entity.iso3), locatedIn=minter.id(entity.located_in) if entity.located_in else "")
    if entity.of_state:
        sheet.set(node, ofState=minter.id(entity.of_state))
        if narrower := context.roles.nearest("stateRole", entity.kind):
            sheet.add(node, kg(narrower), minter.id(entity.of_state))
    for author in entity.authors:
        sheet.set(node, author=minter.id(author))
    if entity.latitude is not None and entity.longitude is not None:
        latitude, longitude = typed(float(entity.latitude)), typed(float(entity.longitude))
        sheet.set(node, latitude=latitude, longitude=longitude)
        sheet.add(node, curie("geo:lat"), latitude)
        sheet.add(node, curie("geo:long"), longitude)


def write_tenure(sheet: Sheet, tenure: Tenure, context: Context, *, incumbent: bool = False) -> str:
    """The tenure and its position; returns the tenure's node.

    ``incumbent`` says that it was held when an article in the graph appeared; if the office speaks for its
    organisation, so does the holder then.
    """
    position, minter = write_position(sheet, tenure, context), context.minter
    identity = (tenure.holder, position, tenure.start, tenure.end, tenure.former)
    node = minter.id(f"tenure/{digest(*identity)}")
    title = tenure.title or words(tenure.role)
    former = "former " if tenure.former else ""
    label = f"{context.name(tenure.holder)}, {former}{title} of {context.name(tenure.organisation)}"
    sheet.describe(node, "Tenure", label)
    sheet.set(node, holder=minter.id(tenure.holder), position=position, title=text(tenure.title))
    if tenure.former:
        sheet.set(node, former=typed(True))
    elif incumbent and context.roles.speaks_for(tenure.role):
        sheet.set(node, incumbent=minter.id(tenure.holder))
    _write_dates(sheet, node, tenure)
    return node


def write_position(sheet: Sheet, tenure: Tenure, context: Context) -> str:
    """The office of a tenure: one node for each title (or role where there is none) and organisation."""
    title, minter = tenure.title or words(tenure.role) or "office", context.minter
    node = minter.id(f"position/{slugify(title)}-{slugify(tenure.organisation.rpartition('/')[2])}")
    sheet.describe(node, "Position", f"{title[:1].upper()}{title[1:]} of {context.name(tenure.organisation)}")
    sheet.set(node, positionIn=minter.id(tenure.organisation), role=kg(tenure.role) if tenure.role else "")
    if narrower := context.specific("positionInRole", tenure.organisation):
        sheet.add(node, kg(narrower), minter.id(tenure.organisation))
    return node


def write_membership(sheet: Sheet, membership: Membership, context: Context) -> str:
    """The membership; returns its node. Present, full members get the organisation's own property for them."""
    minter, kind = context.minter, membership.kind or "member"
    identity = (membership.member, membership.organisation, membership.kind, membership.start, membership.end)
    node = minter.id(f"membership/{digest(*identity)}")
    label = f"{context.name(membership.member)}, {kind} of {context.name(membership.organisation)}"
    sheet.describe(node, "Membership", label)
    organisation = minter.id(membership.organisation)
    sheet.set(node, member=minter.id(membership.member), organisation=organisation, membershipKind=text(kind))
    narrower = context.specific("organisationRole", membership.organisation)
    if narrower and not membership.end and kind in _FULL_MEMBER:
        sheet.add(node, kg(narrower), organisation)
    _write_dates(sheet, node, membership)
    return node


def _write_dates(sheet: Sheet, node: str, fact: Tenure | Membership) -> None:
    sheet.set(node, start=date(fact.start), end=date(fact.end), asOf=date(fact.as_of), source=text(fact.source))


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
            sheet.set(judgement, linkOf=node, linkTo=other, confidence=typed(float(identity.score)))
    return sheet.lines()


def reference_quads(
    entities: Iterable[Entity],
    tenures: Iterable[Tenure],
    memberships: Iterable[Membership],
    minter: Minter,
    *,
    roles: RoleTable | None = None,
    seen: Mapping[str, Collection[str]] | None = None,
) -> list[str]:
    """The ``reference`` graph: what the reference data says of these entities, as sorted N-Quads lines.

    ``seen`` gives by a person's key the dates of the articles that mention him, so that whoever held an office on such
    a day speaks for the organisation.
    """
    sheet, known = Sheet(minter.reference), list(entities)
    context = Context.of(known, minter, roles)
    for entity in known:
        write_entity(sheet, entity, context)
    for tenure in tenures:
        days = (seen or {}).get(tenure.holder, ())
        write_tenure(sheet, tenure, context, incumbent=any(_covers(tenure, day) for day in days))
    for membership in memberships:
        write_membership(sheet, membership, context)
    return sheet.lines()


def _covers(tenure: Tenure, day: str) -> bool:
    """Whether the office was held that day; dates compare as text down to the precision that both have."""
    begun = bool(tenure.start) and tenure.start <= day[: len(tenure.start)]
    return bool(day) and begun and (not tenure.end or day[: len(tenure.end)] <= tenure.end)
