"""Who and which organisation the words of a document name, for statements of membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.parse import Parse

ORGANISED = frozenset({"IntergovernmentalOrganisation", "Organisation", "Group", "PoliticalParty"})
_MEMBERS = frozenset(
    {"State", "Person", "PoliticalParty", "Organisation", "ArmedGroup", "Group", "IntergovernmentalOrganisation"}
)
Found = tuple[int, "tuple[Referent, ...]", "Referent", str, float, bool]
"""The token that tells, members, organisation, kind of membership, confidence, and whether it is past."""


class Named:
    """The actors that the words of one document refer to."""

    def __init__(self, document: Document) -> None:
        assert document.parse is not None
        self.document = document
        self.parse: Parse = document.parse

    def refer(self, index: int) -> tuple[Referent, ...]:
        """Whom a token refers to, the members of a company one by one."""
        span = self.document.by_root.get(index)
        return tuple(m for r in span.referents for m in (r.members or (r,))) if span else ()

    def actors(self, index: int) -> tuple[Referent, ...]:
        """Those it refers to that can be members."""
        return tuple(r for r in self.refer(index) if r.kind in _MEMBERS)

    def first(self, index: int) -> int:
        """The first of the coordination that token ``index`` is in."""
        while self.parse.dep[index] in ("conj", "appos") and self.parse.head[index] != index:
            index = self.parse.head[index]
        return index

    def all(self, index: int) -> tuple[Referent, ...]:
        """The referents of a coordination."""
        found: list[Referent] = []
        for item in self.parse.conjuncts(index):
            found.extend(r for r in self.actors(item) if r not in found)
        return tuple(found)

    def recent(self, index: int) -> Referent | None:
        """The intergovernmental organisation last mentioned."""
        spans = [s for s in self.document.spans if s.root < index and s.referents]
        told = [s for s in spans if s.referents[0].kind == "IntergovernmentalOrganisation"]
        return max(told, key=lambda s: s.root).referents[0] if told else None

    def organisation_of(self, index: int) -> Referent | None:
        """The organisation after "of" or before: "members of NATO", "NATO members", "the bloc's members"."""
        parse = self.parse
        for kid in parse.kids[index]:
            if parse.dep[kid] == "prep" and parse.word[kid] in ("of", "in"):
                for target in parse.children(kid, "pobj"):
                    for referent in self.refer(target):
                        if referent.kind in ORGANISED:
                            return referent
        for kid in parse.kids[index]:
            if parse.dep[kid] in ("compound", "poss", "nmod", "amod"):
                for referent in self.refer(kid):
                    if referent.kind in ORGANISED and referent.kind != "Group":
                        return referent
        return None
