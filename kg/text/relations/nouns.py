"""Memberships told by nouns: "a member of", "a grouping of", "his party"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.relations.named import ORGANISED, Found, Named

if TYPE_CHECKING:
    from kg.text.document import Referent

_KINDS = (
    "permanent",
    "non-permanent",
    "founding",
    "full",
    "associate",
    "candidate",
    "observer",
    "suspended",
    "rotating",
)
_UNITING = frozenset({"of", "comprising", "including", "uniting", "linking"})
_ASSERTING = frozenset({"has", "have", "had", "is", "was", "are", "were", "been", "'s", "’s"})


class MemberNouns(Named):
    """Reads the nouns of membership of one document."""

    def member_noun(self, index: int) -> list[Found]:
        """ "permanent members of the Council", "NATO member Turkey", "both members of the GCC"."""
        parse = self.parse
        organisation = self.organisation_of(index) or self._of_which(index) or self._one_of_its(index)
        meant = tuple(m for r in self.refer(index) for m in (r,) if r.kind == "State")
        if len(meant) > 1 and "permanent" in self._kind(index):
            organisation = organisation or self._security_council()
            return [(index, meant, organisation, "permanent member", 0.85, False)] if organisation else []
        if organisation is None and "permanent" in self._kind(index) and len(self._apposed(index)) > 1:
            organisation = self._security_council()
        if organisation is None or parse.lemma[index] == "membership":
            return self._its_membership(index, organisation)
        members = (
            self._beside(index)
            or self._apposed(index)
            or self._subject_of(self._counted(index))
            or self._told_after(index)
            or self._following(index)
        )
        if parse.lemma[index] == "observer" and parse.tag[index] == "NNS":
            members = tuple(one for one in self._subject_of(index) if one.kind == "State")  # "UN observers near Goma"
        if not members:
            return []
        return [(index, members, organisation, self._kind(index), 0.9, self._former(index))]

    def _security_council(self) -> Referent | None:
        found = (r for r in self.document.referents if r.key == "organisation/united-nations-security-council")
        return next(found, None)

    def _its_membership(self, index: int, organisation: Referent | None) -> list[Found]:
        """ "suspended its membership", "applied for membership of"."""
        parse = self.parse
        owners = [k for k in parse.kids[index] if parse.dep[k] == "poss"]
        verb = parse.head[index]
        if not owners or parse.lemma[verb] not in (
            "suspend",
            "renounce",
            "end",
            "freeze",
            "lose",
            "terminate",
            "renew",
            "keep",
            "lapse",
            "expire",
            "cease",
        ):
            return []
        members = self.actors(owners[0])
        organisation = organisation or self.recent(index)
        kind = "suspended member" if parse.lemma[verb] in ("suspend", "freeze") else "member"
        return (
            [(index, members, organisation, kind, 0.8, parse.lemma[verb] != "renew")]
            if organisation and members
            else []
        )

    def _of_which(self, index: int) -> Referent | None:
        """ "the association, of which it is a member"."""
        parse, verb = self.parse, self.parse.head[index]
        if parse.dep[verb] == "relcl" and any(parse.word[k] == "of" for k in parse.kids[index]):
            return next((r for r in self.refer(parse.head[verb]) if r.kind in ORGANISED), None)
        return None

    def _kind(self, index: int) -> str:
        words = {self.parse.word[k] for k in self.parse.kids[index]} | {self.parse.word[index - 1]}
        kind = next((k for k in _KINDS if k in words), "")
        noun = self.parse.lemma[index]
        return f"{kind} {noun}".strip()

    def _former(self, index: int) -> bool:
        return any(self.parse.word[k] in ("former", "ex", "one-time") for k in self.parse.kids[index])

    def _apposed(self, index: int) -> tuple[Referent, ...]:
        """What the noun is apposed to: "Kuwait and Oman, both members of", or the name beside it: "member Turkey"."""
        parse = self.parse
        if parse.dep[index] == "appos":
            return self.all(self.first(parse.head[index]))
        if parse.dep[index] == "conj" and parse.dep[parse.head[index]] == "appos":
            return self.all(self.first(index))  # "Ann Lee, a lawyer and *member* of"
        for kid in parse.kids[index]:
            if parse.dep[kid] == "appos" and self.actors(kid):
                return self.all(kid)
        for back in range(index - 1, max(index - 6, 0), -1):
            if parse.word[back] == ",":
                heads = [k for k in (back - 1,) if self.actors(k)]
                return self.all(self.first(heads[0])) if heads else ()
        return ()

    def _beside(self, index: int) -> tuple[Referent, ...]:
        """The name right after the noun that the noun describes: "NATO member *Turkey*"."""
        parse, near = self.parse, index + 1
        span = next((s for s in self.document.spans if s.start == near and s.form == "name"), None)
        if span is None or parse.lemma[index] != "member" or not any(r.kind == "State" for r in span.referents):
            return ()
        return self.all(span.root) if parse.dep[index] in ("compound", "nmod", "amod", "appos") else ()

    def _one_of_its(self, index: int) -> Referent | None:
        """The organisation spoken of last, of whose members it is one: "Nauru is *one of six members* that"."""
        parse, of = self.parse, self.parse.head[index]
        one = parse.head[of]
        if parse.tag[index] != "NNS" or parse.word[of] != "of" or parse.lemma[one] not in ("one", "two", "three"):
            return None
        return self.recent(index)

    def _counted(self, index: int) -> int:
        """The word that counts some of them, if one does: "is *one* of the members"."""
        of = self.parse.head[index]
        return self.parse.head[of] if self.parse.word[of] == "of" and self.parse.dep[index] == "pobj" else index

    def _following(self, index: int) -> tuple[Referent, ...]:
        """A name right after or of which the noun is a part: "council member Ghana"."""
        for near in (index + 1, self.parse.head[index]):
            if near < self.parse.size and (near == index + 1 or self.parse.dep[index] in ("compound", "nmod")):
                actors = self.actors(near)
                if actors:
                    return actors
        return ()

    def _subject_of(self, index: int) -> tuple[Referent, ...]:
        """The subject of "is a member", "became members"; not where that is denied or only wished."""
        parse = self.parse
        verb = parse.head[index]
        if parse.dep[index] not in ("attr", "oprd") or parse.lemma[verb] not in ("be", "become", "remain"):
            return ()
        if any(parse.dep[k] in ("neg", "aux") and parse.word[k] not in _ASSERTING for k in parse.kids[verb]):
            return ()
        for kid in parse.children(verb, "nsubj"):
            if parse.word[kid] in ("which", "who", "that") and parse.dep[verb] == "relcl":
                return self.all(parse.head[verb])
            return self.all(kid)
        return ()

    def _told_after(self, index: int) -> tuple[Referent, ...]:
        """Who they are said to be: "The members of the pact *are* A, B and C"."""
        parse, verb = self.parse, self.parse.head[index]
        if parse.dep[index] != "nsubj" or parse.lemma[verb] != "be" or parse.tag[index] != "NNS":
            return ()
        return tuple(r for kid in parse.children(verb, "attr") for r in self.all(kid) if r.kind == "State")

    def grouping(self, index: int) -> list[Found]:
        """ "the six-member X, a grouping of A, B and C"; "X, an alliance comprising A and B"."""
        parse = self.parse
        organisations = [r for r in self._grouped(index) if r.kind in ORGANISED]
        if not organisations:
            return []
        for kid in parse.kids[index]:
            if parse.dep[kid] not in ("prep", "acl") or parse.word[kid] not in _UNITING:
                continue
            for target in parse.children(kid, "pobj", "dobj"):
                members = tuple(r for r in self.all(target) if r.kind in ("State", "Group"))
                if len(members) > 1 or parse.word[kid] != "of":
                    return [(index, members, organisations[0], "member", 0.9, False)]
        return []

    def _grouped(self, index: int) -> tuple[Referent, ...]:
        """What is called a grouping: the name before the comma, or what the parse says it is apposed to."""
        parse, start = self.parse, index
        while start and parse.tag[start - 1] in ("DT", "JJ", "NN", "CD", "HYPH", "VBN", "JJR", "RB"):
            start -= 1
        if start and parse.word[start - 1] == "," and parse.tag[start] in ("DT", "CD"):
            for span in self.document.spans:
                if span.end == start - 1 and span.form == "name":
                    return span.referents
        return self.refer(parse.head[index]) if parse.dep[index] == "appos" else ()

    def own_party(self, index: int) -> list[Found]:
        """ "Moyo's party, the People's Front": he is in it."""
        parse = self.parse
        owners = [r for k in parse.children(index, "poss") for r in self.refer(k) if r.kind == "Person"]
        parties = [r for k in parse.children(index, "appos") for r in self.refer(k) if r.kind in ORGANISED]
        if not parties and parse.word[index + 1 : index + 2] == [","]:
            spans = [s for s in self.document.spans if s.form == "name" and index + 2 <= s.start <= index + 3]
            parties = [r for s in spans for r in s.referents if r.kind in ("PoliticalParty", "Organisation")]
        former = self._former(index)
        return [(index, tuple(owners[:1]), parties[0], "member", 0.85, former)] if owners and parties else []
