"""Memberships told by who presides: only a member can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.relations.named import ORGANISED, Found, Named

if TYPE_CHECKING:
    from kg.text.document import Referent


class Presidencies(Named):
    """Reads who presides over which organisation in one document."""

    def presidency(self, index: int) -> list[Found]:
        """ "holds the rotating presidency of the EU", "whose presidency is held by": only a member can."""
        parse = self.parse
        organisation, verb = self.organisation_of(index), parse.head[index]
        if parse.lemma[verb] not in ("hold", "assume", "take", "have"):
            return []
        if parse.dep[index] == "nsubjpass":
            members = [r for k in parse.children(verb, "agent") for t in parse.children(k, "pobj") for r in self.all(t)]
            owners = [r for k in parse.children(index, "poss") for r in self._owner(k, verb) if r.kind in ORGANISED]
            organisation = organisation or (owners[0] if owners else None)
        elif parse.dep[index] == "dobj":
            members = self._presiding(verb)
        else:
            return []
        states = (m if m.kind == "State" else m.state for m in members)
        told = tuple(s for s in states if s is not None and s.kind == "State")
        kind = "rotating presidency" if any(parse.word[k] == "rotating" for k in parse.kids[index]) else "presidency"
        return [(index, told, organisation, kind, 0.85, False)] if told and organisation else []

    def _presiding(self, verb: int) -> list[Referent]:
        """The subject of the verb, or whose it is: "X, whose country holds"."""
        parse = self.parse
        members: list[Referent] = []
        for kid in parse.children(verb, "nsubj"):
            members.extend(self.all(kid))
            if parse.word[kid] in ("which", "who", "that") and parse.dep[verb] == "relcl":
                members = list(self.all(parse.head[verb]))
            if not members:
                members = [r for k in parse.children(kid, "poss") for r in self._owner(k, verb)]
        return members

    def _owner(self, index: int, verb: int) -> tuple[Referent, ...]:
        """Whose: the possessor itself, or for "whose" the head of the relative clause."""
        if self.parse.word[index] == "whose" and self.parse.dep[verb] == "relcl":
            return self.refer(self.parse.head[verb])
        return self.refer(index)
