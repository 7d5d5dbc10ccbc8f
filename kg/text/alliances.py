"""Who is said to be whose ally."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Relation
from kg.text.backing import Backers
from kg.text.lexicon import words
from kg.text.positions import evidence
from kg.text.ties import Ties

if TYPE_CHECKING:
    from kg.text.document import Document, Referent

_ALLIES = frozenset(
    {
        "State",
        "Person",
        "ArmedGroup",
        "PoliticalParty",
        "Group",
        "IntergovernmentalOrganisation",
        "Organisation",
        "GovernmentBody",
    }
)
_FRIENDS = words("alliances", "friends")
_PATRONS = words("alliances", "patrons")
_PAST = words("alliances", "past")
_NOUNS = frozenset({"ally", "allies"}) | _FRIENDS | _PATRONS
_LINKING = frozenset({"be", "become", "remain"})
_POWERS = frozenset({"State", "ArmedGroup", "IntergovernmentalOrganisation", "GovernmentBody"})
_PACTS = frozenset({"treaty", "pact", "agreement", "alliance", "accord"})
_BINDING = frozenset({"sign", "have", "share", "conclude", "form", "enter", "renew", "ratify", "link", "uphold"})


def alliances(document: Document) -> list[Relation]:
    """Who is said to be an ally of whom: "a close ally of X", "X's chief ally", "allied with X", "which arms X"."""
    found: dict[tuple[str, str], Relation] = {}
    told = _Alliances(document).read() + Backers(document).read()
    for token, one, other in sorted(told, key=lambda item: item[0]):
        a, b = _sides(document, token, one, other)
        if a and b and a is not b and a.key and b.key and (a.key, b.key) not in found and (b.key, a.key) not in found:
            found[a.key, b.key] = Relation(
                kind="allyOf",
                subject=a.key,
                object=b.key,
                evidence=evidence(document, token),
                as_of=document.article.published,
            )
    return list(found.values())


def _sides(document: Document, token: int, one: Referent, other: Referent) -> tuple[Referent, Referent]:
    """Both sides; the state for which a leader stands where he is a state's ally, not where persons are allies."""
    patron = document.parse is not None and document.parse.lemma[token] in _PATRONS
    if one.kind == other.kind == "Person" or patron:
        return one, other
    return _state(one), _state(other)


def _state(referent: Referent) -> Referent:
    """The state for which a leader stands; else the actor itself."""
    return referent.state if referent.kind == "Person" and referent.state else referent


class _Alliances(Ties):
    """Reads the statements of alliance of one document."""

    def read(self) -> list[tuple[int, Referent, Referent]]:
        """Token, one and other ally of each statement."""
        found = []
        for index in range(self.parse.size):
            if self.parse.lemma[index] in _NOUNS and self.parse.is_noun(index) and not self._denied(index):
                found.extend(self._fitting(index, self._noun(index) or self._each_other(index)))
            elif self.parse.lemma[index] in _PACTS and self.parse.is_noun(index) and self._defensive(index):
                found.extend(self._bound(index))
            elif self.parse.word[index] == "allied":
                found.extend(self._allied(index))
        return found

    # -- treaties ----------------------------------------------------------------------------------------------------

    def _defensive(self, index: int) -> bool:
        """Whether a pact binds to defend one another: "mutual defence treaty", "defence pact", "military alliance"."""
        parse, start = self.parse, index
        while start and parse.tag[start - 1] in ("JJ", "NN", "NNP", "HYPH", "VBN"):
            start -= 1
        words = {parse.word[i] for i in range(start, index)}
        if parse.lemma[index] == "alliance":
            return bool(words & {"military", "defence", "defense", "security"})
        pacted = bool(words & {"defence", "defense"}) and bool(words & {"mutual", "treaty", "common", "collective"})
        return pacted or (bool(words & {"defence", "defense"}) and parse.lemma[index] in ("pact", "treaty"))

    def _bound(self, index: int) -> list[tuple[int, Referent, Referent]]:
        """Who is bound by a pact: who signed or has it, with whom, between whom; not where that is wished or over."""
        parse, verb = self.parse, self.parse.head[index]
        sides = self._beside(index)
        if parse.dep[index] in ("dobj", "nsubjpass", "nsubj") and parse.is_verb(verb):
            between = len({r.key for r in sides if r.kind == "State"}) > 1
            if (self._unreal(verb) and parse.dep[index] == "dobj") or not (between or parse.lemma[verb] in _BINDING):
                return []
            subjects = self._relative(verb) or [r for k in parse.children(verb, "nsubj") for r in self._all(k)]
            sides += [*subjects, *self._beside(verb)]
        states = list(dict.fromkeys(r.key for r in sides if r.kind == "State"))
        by_key = {r.key: r for r in sides}
        return [(index, by_key[states[0]], by_key[other]) for other in states[1:]]

    def _beside(self, index: int) -> list[Referent]:
        """The states after "with", "between" and "by", and those whose it is."""
        parse = self.parse
        found: list[Referent] = []
        for kid in parse.kids[index]:
            if parse.word[kid] in ("with", "between", "by", "among"):
                found.extend(r for t in parse.children(kid, "pobj") for r in self._all(t))
            elif parse.dep[kid] == "poss":
                found.extend(self._refer(kid))
        return found

    def _relative(self, verb: int) -> list[Referent]:
        if self.parse.dep[verb] != "relcl" or not any(
            self.parse.word[k] in ("which", "that") for k in self.parse.children(verb, "nsubj")
        ):
            return []
        return list(self._refer(self.parse.head[verb]))

    def _unreal(self, verb: int) -> bool:
        """Whether a verb is denied, wished, only possible or to come."""
        parse = self.parse
        if any(parse.dep[k] == "neg" or parse.tag[k] == "MD" for k in parse.kids[verb]):
            return True
        return parse.dep[verb] in ("xcomp", "advcl", "acl", "ccomp") and parse.tag[verb] == "VB"

    def _allied(self, index: int) -> list[tuple[int, Referent, Referent]]:
        """ "Chad, which is allied with France", "Chad is allied to France"."""
        parse = self.parse
        others = [
            r
            for k in parse.kids[index]
            if parse.word[k] in ("with", "to")
            for t in parse.children(k, "pobj")
            for r in self._all(t)
        ]
        kids = [*parse.children(index, "nsubjpass", "nsubj")]
        head = parse.head[index]
        if parse.dep[index] in ("acomp", "attr") and parse.lemma[head] in ("be", "remain", "become"):
            kids += parse.children(head, "nsubj", "nsubjpass")
        ones = [r for k in kids for r in self._all(k)]
        if parse.dep[index] in ("acl", "relcl", "amod") or any(parse.word[k] in ("which", "who") for k in kids):
            ones = list(self._refer(head))
        if self._unreal(index) or self._unreal(head):
            return []
        pairs = [(index, a, b) for a in ones for b in others if a.kind in _ALLIES and b.kind in _ALLIES and a is not b]
        return pairs[:4]

    # -- nouns -------------------------------------------------------------------------------------------------------

    def _denied(self, index: int) -> bool:
        """Whether it is called past, possible or none."""
        parse, verb = self.parse, self.parse.head[index]
        near = {parse.word[k] for k in parse.kids[index]} | {parse.word[index - 1]}
        if near & _PAST or {"once", "longer"} & set(parse.word[max(index - 4, 0) : index]):
            return True
        return any(parse.dep[k] == "neg" for k in (*parse.kids[index], *parse.kids[verb]))

    def _fitting(self, index: int, pairs: list[tuple[int, Referent, Referent]]) -> list[tuple[int, Referent, Referent]]:
        """Without those who are friends or patrons in private: of these only states and armed groups count."""
        lemma = self.parse.lemma[index]
        own = {p[1].id for p in pairs if p[1].kind == "State"}
        pairs = [p for p in pairs if p[2].kind == "Person" or p[2].state is None or p[2].state.id not in own]
        if lemma in _FRIENDS:
            return [p for p in pairs if p[1].kind in _POWERS and p[2].kind in _POWERS]
        return [p for p in pairs if p[1].kind in _POWERS] if lemma in _PATRONS else pairs

    def _noun(self, index: int) -> list[tuple[int, Referent, Referent]]:
        owners = self._owners(index)
        if not owners:
            return []
        allies = self._named(index)
        return [(index, ally, owner) for ally in allies for owner in owners if ally is not owner][:4]

    def _each_other(self, index: int) -> list[tuple[int, Referent, Referent]]:
        """ "A and B are allies", "the two allies, A and B": two who are allies of each other."""
        if self.parse.tag[index] != "NNS" or any(self.parse.word[k] in ("of", "to") for k in self.parse.kids[index]):
            return []
        if any(k < index and (self.parse.dep[k] == "poss" or self._refer(k)) for k in self.parse.kids[index]):
            return []
        both = self._named(index)
        return [(index, both[0], both[1])] if len(both) == 2 and both[0] is not both[1] else []

    def _owners(self, index: int) -> tuple[Referent, ...]:
        """Whose ally: "of X", "X's", "whose", an adjective of a state."""
        parse = self.parse
        found: list[Referent] = []
        told: list[Referent] = []
        base = parse.head[index] if parse.dep[index] == "conj" else index  # "a neighbour and *ally* of X"
        for kid in (*parse.kids[index], *(parse.kids[base] if base != index else ())):
            if parse.dep[kid] == "prep" and parse.word[kid] in ("of", "to"):
                told.extend(r for t in parse.children(kid, "pobj") for r in self._all(t))
            elif parse.dep[kid] == "poss":
                if parse.word[kid] == "whose":
                    told.extend(self._antecedent(index))
                else:
                    told.extend(self._refer(kid))
            elif parse.dep[kid] in ("amod", "compound") and parse.word[kid] not in ("western", "arab"):
                found.extend(r for r in self._refer(kid) if r.kind == "State")
        return tuple(r for r in told or found if r.kind in _ALLIES)

    def _antecedent(self, index: int) -> tuple[Referent, ...]:
        parse, verb = self.parse, self.parse.head[index]
        for _ in range(4):
            if parse.dep[verb] == "relcl":
                return self._refer(parse.head[verb])
            verb = parse.head[verb]
        return ()

    def _named(self, index: int) -> tuple[Referent, ...]:
        """Who is the ally: by apposition, by "is", or named right after."""
        parse = self.parse
        named = self._next(index) or self._beside_owner(index)
        if named:
            return named
        index = self._counted(index)
        if parse.dep[index] == "conj" and parse.dep[parse.head[index]] == "appos" and self._refer(parse.head[index]):
            return tuple(
                r for r in self._refer(parse.head[index]) if r.kind in _ALLIES
            )  # "X, the mayor and Y's *ally*"
        index = parse.head[index] if parse.dep[index] == "conj" and self._is_noun_of(parse.head[index]) else index
        dep, head = parse.dep[index], parse.head[index]
        found: list[Referent] = []
        if dep == "appos":
            found.extend(self._all(self._first(head)))
        found.extend(r for k in parse.children(index, "appos") for r in self._all(k))
        for kid in parse.kids[index]:
            if parse.word[kid] in ("including", "like") and parse.tag[index] == "NNS":
                found.extend(r for t in parse.children(kid, "pobj", "dobj") for r in self._all(t))
        if dep in ("attr", "oprd") and parse.lemma[head] in _LINKING and not self._unreal(head):
            for kid in parse.children(head, "nsubj"):
                antecedent = parse.word[kid] in ("which", "who", "that") and parse.dep[head] == "relcl"
                found.extend(self._all(parse.head[head] if antecedent else kid))
        if dep == "nsubj" and parse.lemma[head] in ("be", "include") and not self._unreal(head):
            found.extend(r for k in parse.children(head, "attr", "dobj") for r in self._all(k))
        if dep == "compound" or dep == "nmod":
            found.extend(self._refer(head))
        return tuple(r for r in found if r.kind in _ALLIES)

    def _next(self, index: int) -> tuple[Referent, ...]:
        """The name right after the noun, or after a comma and an article: "its *ally Togo*", "X's ally, the Y"."""
        parse, start = self.parse, index + 1
        while start < parse.size and parse.word[start] in (",", "the"):
            start += 1
        begins = (start, start - 1)
        span = next(
            (s for s in self.document.spans if index < s.start and s.start in begins and s.form == "name"), None
        )
        if span is None or start > index + 3 or not span.referents:
            return ()
        named = tuple(r for r in self._all(span.root) if r.kind in _ALLIES)
        if parse.word[index + 1] != ",":
            return named or tuple(r for r in span.referents if r.kind in _ALLIES)
        if parse.dep[index] not in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT"):
            return ()
        fits = (len(named) > 1) == (parse.tag[index] == "NNS")
        ends = (
            s.end
            for s in self.document.spans
            if s.start > index and s.form == "name" and s.referents[-1:] == named[-1:]
        )
        after = min(ends, default=parse.size)
        return named if fits and parse.word[after : after + 1] in ([","], ["."], [";"]) else ()

    def _beside_owner(self, index: int) -> tuple[Referent, ...]:
        """Who is named after the owner: "an ally of the mayor, *Ann Lee*, refused"."""
        parse = self.parse
        if parse.tag[index] != "NN" or parse.dep[index] not in ("nsubj", "nsubjpass"):
            return ()
        for of in (k for k in parse.kids[index] if parse.word[k] == "of"):
            for owner in parse.children(of, "pobj"):
                for kid in parse.children(owner, "appos"):
                    span = self.document.by_root.get(kid)
                    if span and span.form == "name" and span.referents != self._refer(owner):
                        return tuple(r for r in span.referents if r.kind == "Person")
        return ()

    def _counted(self, index: int) -> int:
        """The word that counts some of them: "*one* of X's closest allies"."""
        of = self.parse.head[index]
        one = self.parse.head[of]
        some = self.parse.word[of] in ("of", "among") and self.parse.lemma[one] in ("one", "two", "three", "some")
        return one if some else index

    def _is_noun_of(self, index: int) -> bool:
        return self.parse.is_noun(index) and not self._refer(index)
