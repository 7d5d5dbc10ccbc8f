"""Memberships told by who is listed, seated, let in or called one: "comprises", "its seat in", "a NATO ally"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.relations.named import ORGANISED, Found, Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.text.document import Referent

COMPRISING = frozenset({"comprise", "include", "group", "unite", "link", "embrace", "consist", "compose", "make"})
PASSAGES = frozenset({"accession", "entry", "admission", "departure", "withdrawal", "exit", "expulsion", "suspension"})
FELLOWS = frozenset({"ally", "state", "country", "nation", "government"})
_LEAVING = frozenset({"departure", "withdrawal", "exit", "expulsion"})
_SINCE = frozenset({"since", "after", "before", "until", "following"})
_SEATED = frozenset({"on", "in", "at"})


class Rosters(Named):
    """Reads who belongs where from lists, seats and passages of one document."""

    def comprising(self, index: int) -> list[Found]:
        """ "ASEAN, which groups A, B and C", "the bloc comprises A and B", "a commission made up of A, B and C"."""
        parse = self.parse
        if not parse.is_verb(index):
            return []
        if parse.lemma[index] == "make" and parse.word[index + 1 : index + 3] != ["up", "of"]:
            return []
        members = self._enumerated(index + 1)
        if len(members) < 2:
            return []
        found = [r for r in self._listing(index) if r.kind in ORGANISED]
        return [(index, members, found[0], "member", 0.85, False)] if found else []

    def bracketed(self, index: int) -> list[Found]:
        """ "The Gulf Cooperation Council (Bahrain, Kuwait and Oman)": those in brackets after its name."""
        parse = self.parse
        before = [s for s in self.document.spans if s.end == index and s.form == "name"]
        body = next((r for s in before for r in s.referents if r.kind == "IntergovernmentalOrganisation"), None)
        end = next((i for i in range(index + 1, parse.sentences[parse.sentence[index]][1]) if parse.word[i] == ")"), -1)
        if body is None or end < 0:
            return []
        inside = [s for s in self.document.spans if index < s.start and s.end <= end]
        members = tuple(dict.fromkeys(r for s in inside for r in s.referents if r.kind == "State"))
        return [(index, members, body, "member", 0.85, False)] if len(members) > 2 else []

    def fellow(self, index: int) -> list[Found]:
        """ "Hungary, a NATO ally,", "NATO ally Hungary", "Greece and other EU states": by what they are called."""
        parse = self.parse
        body = next((r for r in self._before(index) if r.kind == "IntergovernmentalOrganisation"), None)
        if body is None:
            return []
        first = parse.subtree(index)[0]
        singular = parse.tag[index] in ("NN", "NNP")
        members: tuple[Referent, ...] = ()
        if singular and parse.word[first] in ("a", "an", "another") and parse.word[first - 1] == ",":
            members = self._states([self.first(first - 2)])
        elif singular and parse.word[first] in ("a", "an") and parse.dep[index] == "attr":
            members = self._states(parse.children(parse.head[index], "nsubj")) if self._is(index) else ()
        elif "other" in parse.word[first:index] and parse.dep[index] == "conj":
            members = tuple(r for r in self._states([self.first(index)]) if r is not body)
        if not members:
            near = [s for s in self.document.spans if s.start == index + 1 and s.form == "name"]
            members = self._states([s.root for s in near])
        return [(index, members, body, "member", 0.8, False)] if members else []

    def seated(self, index: int) -> list[Found]:
        """ "Its seat on the council", "was elected to the council", "took a seat on it": who sits there belongs."""
        parse = self.parse
        body = self._body(index, _SEATED)
        if body is None:
            return []
        owners = self._states(parse.children(index, "poss"))
        verb = parse.head[index]
        taken = parse.dep[index] == "dobj" and parse.lemma[verb] in ("take", "hold", "have", "occupy", "win", "gain")
        if not owners and taken and self._is_told(verb):
            owners = self._states(parse.children(verb, "nsubj"))
        if not owners and parse.dep[index] == "pobj" and parse.word[verb] == "to":
            elected = parse.head[verb]
            if parse.lemma[elected] == "elect" and parse.is_passive(elected) and self._is_told(elected):
                owners = self._states(parse.children(elected, "nsubjpass"))
        return [(index, owners, body, "member", 0.8, False)] if owners else []

    def elected(self, index: int) -> list[Found]:
        """ "Kenya was elected to the Security Council"."""
        body = self._body(index, frozenset({"to"}))
        if body is None or not self.parse.is_passive(index) or not self._is_told(index):
            return []
        members = self._states(self.parse.children(index, "nsubjpass"))
        return [(index, members, body, "member", 0.8, False)] if members else []

    def passage(self, index: int) -> list[Found]:
        """ "Since Hungary's accession to NATO", "Nigeria's suspension from the Commonwealth"."""
        parse, noun = self.parse, self.parse.lemma[index]
        body = self._body(index, frozenset({"to", "into", "from"}))
        members = self._states(parse.children(index, "poss"))
        if body is None or not members:
            return []
        verb = parse.head[index]
        told = noun == "suspension" or parse.word[verb] in _SINCE
        told = told or (parse.lemma[verb] in ("complete", "seal", "celebrate", "mark") and self._is_told(verb))
        kind = "suspended member" if noun == "suspension" else "member"
        return [(index, members, body, kind, 0.75, noun in _LEAVING)] if told else []

    def _states(self, heads: Iterable[int]) -> tuple[Referent, ...]:
        """The states of coordinations."""
        return tuple(dict.fromkeys(r for head in heads for r in self.all(head) if r.kind == "State"))

    def _before(self, index: int) -> tuple[Referent, ...]:
        """The name just before a noun: "a *NATO* ally"."""
        near = index - 1
        while near > 0 and self.parse.tag[near] in ("JJ", "NN", "HYPH") and not self.refer(near):
            near -= 1
        return next((s.referents for s in self.document.spans if s.end == near + 1 and s.form == "name"), ())

    def _body(self, index: int, slots: frozenset[str]) -> Referent | None:
        parse = self.parse
        targets = (t for k in parse.kids[index] if parse.word[k] in slots for t in parse.children(k, "pobj"))
        told = (r for target in targets for r in self.refer(target) if r.kind == "IntergovernmentalOrganisation")
        return next(told, None)

    def _listing(self, verb: int) -> tuple[Referent, ...]:
        """Whose members a clause lists: its subject, or the noun that it tells of."""
        parse = self.parse
        if parse.dep[verb] in ("acl", "relcl"):
            return self.refer(parse.head[verb])
        return tuple(r for kid in parse.children(verb, "nsubj", "nsubjpass") for r in self.refer(kid))

    def _enumerated(self, index: int) -> tuple[Referent, ...]:
        """The states of the list that begins at a token, past "up", "of" and "the": "*of* A, B and the C"."""
        word = self.parse.word
        found: list[Referent] = []
        begins = {span.start: span for span in self.document.spans if span.form == "name"}
        while index < self.parse.size:
            while word[index : index + 1] and word[index] in ("up", "of", "the", ",", "and"):
                index += 1
            span = begins.get(index)
            states = [r for r in span.referents if r.kind == "State"] if span else []
            if span is None or not states:
                break
            found.extend(states)
            index = span.end
            if word[index : index + 1] not in ([","], ["and"]):
                break
        return tuple(dict.fromkeys(found))

    def _is(self, noun: int) -> bool:
        verb = self.parse.head[noun]
        return self.parse.lemma[verb] in ("be", "become", "remain") and self._is_told(verb)

    def _is_told(self, verb: int) -> bool:
        """Whether it is told as a fact: neither denied nor wished nor to come."""
        parse = self.parse
        if any(parse.dep[kid] == "neg" or parse.tag[kid] in ("MD", "TO") for kid in parse.kids[verb]):
            return False
        return not (parse.tag[verb] == "VB" and parse.dep[verb] in ("xcomp", "ccomp", "advcl", "acl"))
