"""Memberships told by who presides: only a member can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.relations.named import ORGANISED, Found, Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.document import Referent
_CHAIRS = frozenset({"Chairman", "Chairwoman", "Chair", "President"})
_HIGH = frozenset({"HeadOfState", "HeadOfGovernment", "ForeignMinister", "Monarch"})


class Presidencies(Named):
    """Reads who presides over which organisation in one document."""

    def presidency(self, index: int) -> list[Found]:
        """ "holds the rotating presidency of the EU", "whose presidency is held by", "takes the chair of the OAU".

        A state holds no presidency but that of the organisation told of before: "Latvia, which holds the presidency".
        """
        parse = self.parse
        organisation, verb = self.organisation_of(index), parse.head[index]
        if parse.lemma[verb] not in ("hold", "assume", "take", "have", "occupy", "inherit"):
            return []
        turn = any(parse.word[kid] in ("rotating", "revolving", "annual", "six-month") for kid in parse.kids[index])
        organisation = organisation or (self.recent(index) if turn else None)
        if parse.dep[index] == "nsubjpass":
            members = [r for k in parse.children(verb, "agent") for t in parse.children(k, "pobj") for r in self.all(t)]
            owners = [r for k in parse.children(index, "poss") for r in self._owner(k, verb) if r.kind in ORGANISED]
            organisation = organisation or (owners[0] if owners else None)
        elif parse.dep[index] == "dobj":
            members = self._presiding(verb)
        else:
            return []
        if organisation is None and members and all(member.kind == "State" for member in members):
            organisation = self.recent(index)
        kind = "rotating presidency" if any(parse.word[k] == "rotating" for k in parse.kids[index]) else "presidency"
        return self._of_states(index, members, organisation, kind if parse.lemma[index] == "presidency" else "chair")

    def presiding(self, index: int) -> list[Found]:
        """ "Peru, which chairs the Andean Community", "X, who presides over the union": his state is a member."""
        parse = self.parse
        targets = list(parse.children(index, "dobj"))
        for kid in parse.children(index, "prep"):
            targets += parse.children(kid, "pobj") if parse.word[kid] == "over" else []
        told = (r for t in targets if t > index for r in self.refer(t) if r.kind == "IntergovernmentalOrganisation")
        return self._of_states(index, self._presiding(index), next(told, None), "chair")

    def chairing(self, index: int) -> list[Found]:
        """ "Uganda spoke *as chairman of the African Union*": a state that presides."""
        parse, as_ = self.parse, self.parse.head[index]
        if parse.word[as_] != "as" or parse.dep[index] != "pobj":
            return []
        head = parse.head[as_]
        before = [head] if parse.is_noun(head) or parse.word[head] == "latter" else list(parse.children(head, "nsubj"))
        members = [r for one in before if one < as_ for r in self.all(one) if r.kind == "State"]
        return self._of_states(index, members[:1], self.organisation_of(index), "chair")

    def presidents(self) -> list[Found]:
        """Who presides over an organisation of states and holds a high office in one: that one is a member."""
        found: list[Found] = []
        held = [h for h in self.document.holdings if not h.former and not h.designate]
        for chair in held:
            if chair.organisation.kind == "IntergovernmentalOrganisation" and chair.text in _CHAIRS:
                own = [
                    h for h in held if h.holder is chair.holder and h.role in _HIGH and h.organisation.kind == "State"
                ]
                members = [h.organisation for h in own]
                found.extend(self._of_states(chair.start, members[:1], chair.organisation, "chair"))
        return found

    def _of_states(
        self, index: int, members: Sequence[Referent], organisation: Referent | None, kind: str
    ) -> list[Found]:
        states = (m if m.kind == "State" else m.state for m in members)
        told = tuple(s for s in states if s is not None and s.kind == "State")
        if organisation is None or organisation.kind != "IntergovernmentalOrganisation":
            return []
        return [(index, told, organisation, kind, 0.85, False)] if told else []

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
