"""Who is said to back or arm whom, told as a lasting thing: "which backs the rebels", "Iran-backed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words
from kg.text.ties import Ties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.document import Referent

_BACKING = words("alliances", "backing")
_ALONE = words("alliances", "alone")
_BACKERS = frozenset({"State", "ArmedGroup"})
_BACKED = frozenset({"ArmedGroup", "PoliticalParty", "Group", "Person", "Organisation", "GovernmentBody"})
_ARMING = frozenset({"arm", "bankroll"})
_RULING = frozenset({"government", "regime", "administration", "authority"})
_CLAUSE = frozenset({"which", "who", "that", "whom"})
Backed = tuple[int, "Referent", "Referent"]


class Backers(Ties):
    """Reads who backs whom in one document; only what clauses beside a name tell, not what is done once."""

    def read(self) -> list[Backed]:
        """Token, backer and backed of each statement."""
        found: list[Backed] = []
        for index in range(self.parse.size):
            if self.parse.lemma[index] not in _BACKING:
                continue
            if self.parse.word[index - 1] == "-" and self.parse.tag[index] in ("VBN", "VBD", "JJ"):
                found.extend(self._hyphened(index))
            elif self.parse.dep[index] in ("relcl", "acl") and self._alone(index) and not self._unreal(index):
                found.extend(self._clause(index))
        return found

    def _hyphened(self, index: int) -> list[Backed]:
        """ "The *Iran-backed* movement": the name before the hyphen, and whom the phrase names."""
        parse = self.parse
        begin = next((s for s in self.document.spans if s.end == index - 1 and s.referents), None)
        head, steps = parse.head[index], 0
        while not self._refer(head) and parse.dep[head] in ("amod", "compound", "nmod") and steps < 3:
            head, steps = parse.head[head], steps + 1
        if begin is None or head <= index or parse.lemma[index] not in _ALONE:
            return []
        backed = list(self._refer(head))
        if parse.lemma[index] == "back" and parse.lemma[head] in _RULING:
            return [
                (index, a, b) for a in begin.referents for b in backed if a.kind == b.kind == "State" and a is not b
            ]
        return self._pairs(index, list(begin.referents), backed)

    def _clause(self, index: int) -> list[Backed]:
        """ "X, which backs Y", "Y, which X arms", "Y, who are backed by X"."""
        parse, head = self.parse, self._first(self.parse.head[index])
        named = self._all(head) or self._apposed(head)
        if parse.is_passive(index) or parse.dep[index] == "acl":
            doers = [t for k in parse.kids[index] if parse.word[k] == "by" for t in parse.children(k, "pobj")]
            passive = parse.tag[index] == "VBN"
            return self._pairs(index, [r for t in doers for r in self._all(t)], named) if passive else []
        has = any(parse.word[k] in ("has", "have") for k in parse.children(index, "aux"))
        if parse.tag[index] not in ("VBZ", "VBP") and not has:
            return []
        subject = parse.child(index, "nsubj")
        if subject is not None and parse.word[subject] in _CLAUSE:
            whom = [r for k in parse.children(index, "dobj") for r in self._all(k)]
            whom = whom or [
                r for j in parse.children(index, "conj") for k in parse.children(j, "dobj") for r in self._all(k)
            ]
            return self._pairs(index, named, whom)
        return self._pairs(index, self._all(subject), named) if subject is not None else []

    def _pairs(self, index: int, backers: Sequence[Referent], backed: Sequence[Referent]) -> list[Backed]:
        powers = [a for a in backers if a.kind in _BACKERS]
        armed = self.parse.lemma[index] in _ARMING
        kept = [b for b in backed if b.kind in _BACKED or (armed and b.kind == "State")]
        return [(index, a, b) for a in powers for b in kept if a is not b and b.state is not a][:4]

    def _alone(self, index: int) -> bool:
        """Whether the verb tells a lasting tie: one that does so alone, or two together ("pays and equips")."""
        parse = self.parse
        pair = [k for k in parse.children(index, "conj") if k < index + 4]
        return parse.lemma[index] in _ALONE or any(parse.lemma[k] in _BACKING or parse.word[k] == "arms" for k in pair)

    def _unreal(self, index: int) -> bool:
        return any(self.parse.dep[k] == "neg" or self.parse.tag[k] == "MD" for k in self.parse.kids[index])

    def _apposed(self, index: int) -> tuple[Referent, ...]:
        """Whom the noun is apposed to: "X, the *movement* that Y arms"."""
        return self._all(self._first(self.parse.head[index])) if self.parse.dep[index] == "appos" else ()
