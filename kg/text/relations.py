"""Who belongs to which organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Membership
from kg.text.positions import evidence

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.parse import Parse

_ORGANISED = frozenset({"IntergovernmentalOrganisation", "Organisation", "Group", "PoliticalParty"})
_MEMBERS = frozenset(
    {"State", "Person", "PoliticalParty", "Organisation", "ArmedGroup", "Group", "IntergovernmentalOrganisation"}
)
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
_GROUPINGS = frozenset(
    {
        "grouping",
        "group",
        "bloc",
        "club",
        "alliance",
        "organisation",
        "organization",
        "association",
        "union",
        "coalition",
        "forum",
        "body",
        "pact",
        "quartet",
    }
)


def memberships(document: Document) -> list[Membership]:
    """What the article states of membership, each once."""
    found: dict[tuple[str, str], Membership] = {}
    reader = _Memberships(document)
    for token, members, organisation, kind, confidence, former in reader.read():
        for member in members:
            key = (member.key, organisation.key)
            if all(key) and key not in found and member is not organisation:
                found[key] = Membership(
                    member=member.key,
                    organisation=organisation.key,
                    kind=kind,
                    evidence=evidence(document, token, confidence),
                    as_of="" if former else document.article.published,
                )
    return list(found.values())


Found = tuple[int, "tuple[Referent, ...]", "Referent", str, float, bool]


class _Memberships:
    """Reads the membership statements of one document."""

    def __init__(self, document: Document) -> None:
        assert document.parse is not None
        self.document = document
        self.parse: Parse = document.parse

    def read(self) -> list[Found]:
        """All statements, in the order of the text."""
        found: list[Found] = []
        for index in range(self.parse.size):
            lemma = self.parse.lemma[index]
            if lemma in ("member", "membership", "signatory", "observer"):
                found.extend(self._member_noun(index))
            elif lemma in _GROUPINGS:
                found.extend(self._grouping(index))
            elif lemma in (
                "join",
                "rejoin",
                "leave",
                "quit",
                "expel",
                "suspend",
                "belong",
                "withdraw",
                "comprise",
                "include",
                "admit",
                "accede",
            ):
                found.extend(self._verb(index))
            elif lemma == "party" and self.parse.is_noun(index):
                found.extend(self._own_party(index))
            elif lemma == "presidency" and self.parse.is_noun(index):
                found.extend(self._presidency(index))
        found.extend(self._adherents())
        for token, person, party in self.document.affiliations:
            found.append((token, (person,), party, "member", 0.85, False))
        return found

    def _adherents(self) -> list[Found]:
        """ "The Republican Ann Lee", "Ann Lee, a Democrat,": a party's name for who belongs to it."""
        found: list[Found] = []
        begins = {span.start: span for span in self.document.spans if span.form == "name"}
        for span in begins.values():
            party = next((r for r in span.referents if r.kind == "PoliticalParty"), None)
            if party is None or span.end != span.start + 1 or not span.start:
                continue
            determiner = self.parse.word[span.start - 1]
            after = begins.get(span.end)
            before = next((s for s in begins.values() if s.end == span.start - 2), None)
            if determiner in ("the", "a") and after and after.referents[0].kind == "Person":
                found.append((span.start, after.referents[:1], party, "member", 0.85, False))
            elif determiner == "a" and self.parse.word[span.start - 2] == "," and before:
                persons = tuple(r for r in before.referents if r.kind == "Person")
                found.extend([(span.start, persons[:1], party, "member", 0.85, False)] if persons else [])
        return found

    # -- nouns -------------------------------------------------------------------------------------------------------

    def _member_noun(self, index: int) -> list[Found]:
        """ "permanent members of the Council", "NATO member Turkey", "both members of the GCC"."""
        parse = self.parse
        organisation = self._organisation_of(index) or self._of_which(index)
        meant = tuple(m for r in self._refer(index) for m in (r,) if r.kind == "State")
        if len(meant) > 1 and "permanent" in self._kind(index):
            organisation = organisation or self._security_council()
            return [(index, meant, organisation, "permanent member", 0.85, False)] if organisation else []
        if organisation is None or parse.lemma[index] == "membership":
            return self._its_membership(index, organisation)
        members = self._apposed(index) or self._subject_of(index) or self._following(index)
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
        ):
            return []
        members = self._actors(owners[0])
        organisation = organisation or self._recent(index)
        kind = "suspended member" if parse.lemma[verb] in ("suspend", "freeze") else "member"
        return (
            [(index, members, organisation, kind, 0.8, parse.lemma[verb] != "renew")]
            if organisation and members
            else []
        )

    def _recent(self, index: int) -> Referent | None:
        """The intergovernmental organisation last mentioned."""
        spans = [s for s in self.document.spans if s.root < index and s.referents]
        told = [s for s in spans if s.referents[0].kind == "IntergovernmentalOrganisation"]
        return max(told, key=lambda s: s.root).referents[0] if told else None

    def _organisation_of(self, index: int) -> Referent | None:
        """The organisation after "of" or before: "members of NATO", "NATO members", "the bloc's members"."""
        parse = self.parse
        for kid in parse.kids[index]:
            if parse.dep[kid] == "prep" and parse.word[kid] in ("of", "in"):
                for target in parse.children(kid, "pobj"):
                    for referent in self._refer(target):
                        if referent.kind in _ORGANISED:
                            return referent
        for kid in parse.kids[index]:
            if parse.dep[kid] in ("compound", "poss", "nmod", "amod"):
                for referent in self._refer(kid):
                    if referent.kind in _ORGANISED and referent.kind != "Group":
                        return referent
        return None

    def _of_which(self, index: int) -> Referent | None:
        """ "the association, of which it is a member"."""
        parse, verb = self.parse, self.parse.head[index]
        if parse.dep[verb] == "relcl" and any(parse.word[k] == "of" for k in parse.kids[index]):
            return next((r for r in self._refer(parse.head[verb]) if r.kind in _ORGANISED), None)
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
            return self._all(self._first(parse.head[index]))
        for kid in parse.kids[index]:
            if parse.dep[kid] == "appos" and self._actors(kid):
                return self._all(kid)
        for back in range(index - 1, max(index - 6, 0), -1):
            if parse.word[back] == ",":
                heads = [k for k in (back - 1,) if self._actors(k)]
                return self._all(self._first(heads[0])) if heads else ()
        return ()

    def _following(self, index: int) -> tuple[Referent, ...]:
        """A name right after or of which the noun is a part: "council member Ghana"."""
        for near in (index + 1, self.parse.head[index]):
            if near < self.parse.size and (near == index + 1 or self.parse.dep[index] in ("compound", "nmod")):
                actors = self._actors(near)
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
                return self._all(parse.head[verb])
            return self._all(kid)
        return ()

    def _grouping(self, index: int) -> list[Found]:
        """ "the six-member X, a grouping of A, B and C"; "X, an alliance comprising A and B"."""
        parse = self.parse
        organisations = [r for r in self._grouped(index) if r.kind in _ORGANISED]
        if not organisations:
            return []
        for kid in parse.kids[index]:
            if parse.dep[kid] not in ("prep", "acl") or parse.word[kid] not in _UNITING:
                continue
            for target in parse.children(kid, "pobj", "dobj"):
                members = tuple(r for r in self._all(target) if r.kind in ("State", "Group"))
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
        return self._refer(parse.head[index]) if parse.dep[index] == "appos" else ()

    def _own_party(self, index: int) -> list[Found]:
        """ "Moyo's party, the People's Front": he is in it."""
        parse = self.parse
        owners = [r for k in parse.children(index, "poss") for r in self._refer(k) if r.kind == "Person"]
        parties = [r for k in parse.children(index, "appos") for r in self._refer(k) if r.kind in _ORGANISED]
        if not parties and parse.word[index + 1 : index + 2] == [","]:
            spans = [s for s in self.document.spans if s.form == "name" and index + 2 <= s.start <= index + 3]
            parties = [r for s in spans for r in s.referents if r.kind in ("PoliticalParty", "Organisation")]
        former = self._former(index)
        return [(index, tuple(owners[:1]), parties[0], "member", 0.85, former)] if owners and parties else []

    def _presidency(self, index: int) -> list[Found]:
        """ "holds the rotating presidency of the EU", "whose presidency is held by": only a member can."""
        parse = self.parse
        organisation, verb = self._organisation_of(index), parse.head[index]
        if parse.lemma[verb] not in ("hold", "assume", "take", "have"):
            return []
        if parse.dep[index] == "nsubjpass":
            members = [
                r for k in parse.children(verb, "agent") for t in parse.children(k, "pobj") for r in self._all(t)
            ]
            owners = [r for k in parse.children(index, "poss") for r in self._owner(k, verb) if r.kind in _ORGANISED]
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
            members.extend(self._all(kid))
            if parse.word[kid] in ("which", "who", "that") and parse.dep[verb] == "relcl":
                members = list(self._all(parse.head[verb]))
            if not members:
                members = [r for k in parse.children(kid, "poss") for r in self._owner(k, verb)]
        return members

    def _owner(self, index: int, verb: int) -> tuple[Referent, ...]:
        """Whose: the possessor itself, or for "whose" the head of the relative clause."""
        if self.parse.word[index] == "whose" and self.parse.dep[verb] == "relcl":
            return self._refer(self.parse.head[verb])
        return self._refer(index)

    # -- verbs -------------------------------------------------------------------------------------------------------

    def _verb(self, index: int) -> list[Found]:
        """ "Finland joined NATO", "would leave the Commonwealth", "expelled Qatar from its ranks", "belongs to"."""
        parse = self.parse
        if not parse.is_verb(index):
            return []
        lemma = parse.lemma[index]
        if lemma == "expel" or (lemma == "suspend" and not parse.is_passive(index)):
            return self._expelled(index)
        if lemma == "admit":
            return self._admitted(index)
        subjects = [
            r for k in parse.children(index, "nsubj") for r in self._all(k) if r.kind in ("State", "PoliticalParty")
        ]
        subjects = subjects or [r for r in self._relative_subject(index) if r.kind == "State"]
        if lemma in ("join", "rejoin", "accede") and self._unreal(index):
            return []
        slots = ("to",) if lemma in ("belong", "accede") else ("from",) if lemma == "withdraw" else ()
        targets = (
            list(parse.children(index, "dobj"))
            if not slots
            else [t for k in parse.kids[index] if parse.word[k] in slots for t in parse.children(k, "pobj")]
        )
        for target in targets:
            for organisation in self._refer(target):
                if organisation.kind == "IntergovernmentalOrganisation" and subjects:
                    former = lemma in ("leave", "quit", "withdraw") and not self._unreal(index)
                    return [(index, tuple(subjects), organisation, "member", 0.75, former)]
        return []

    def _admitted(self, index: int) -> list[Found]:
        """ "Finland was admitted to NATO", "was admitted last April": to the organisation told, else spoken of last."""
        parse = self.parse
        if not parse.is_passive(index) or self._unreal(index):
            return []
        members = tuple(r for k in parse.children(index, "nsubjpass") for r in self._all(k) if r.kind == "State")
        goals = [t for k in parse.kids[index] if parse.word[k] in ("to", "into") for t in parse.children(k, "pobj")]
        told = [r for goal in goals for r in self._refer(goal) if r.kind == "IntergovernmentalOrganisation"]
        organisation = told[0] if told else None if goals else self._recent(index)
        return [(index, members, organisation, "member", 0.8, False)] if members and organisation else []

    def _expelled(self, index: int) -> list[Found]:
        """ "The coalition expelled Qatar": it was a member until then."""
        parse = self.parse
        organisations = [r for k in parse.children(index, "nsubj") for r in self._refer(k) if r.kind in _ORGANISED]
        organisations = organisations or [r for r in self._governor(index) if r.kind in _ORGANISED]
        members = [r for k in parse.children(index, "dobj", "nsubjpass") for r in self._all(k) if r.kind == "State"]
        inside = any(parse.word[k] == "from" for k in parse.kids[index]) or parse.lemma[index] == "suspend"
        if organisations and members and inside:
            return [(index, tuple(members), organisations[0], "member", 0.8, True)]
        return []

    def _governor(self, index: int) -> tuple[Referent, ...]:
        """The noun above a verb without subject, whose clause it continues."""
        for _ in range(4):
            index = self.parse.head[index]
            if self.parse.is_noun(index):
                return self._refer(index)
        return ()

    def _relative_subject(self, index: int) -> tuple[Referent, ...]:
        parse = self.parse
        if parse.dep[index] == "relcl" and any(
            parse.word[k] in ("which", "who", "that") for k in parse.children(index, "nsubj")
        ):
            return self._all(parse.head[index])
        return ()

    def _unreal(self, index: int) -> bool:
        """Whether the verb is only wished, denied or future."""
        parse = self.parse
        if any(parse.dep[k] == "neg" for k in parse.kids[index]):
            return True
        if parse.dep[index] in ("xcomp", "ccomp", "advcl", "acl") and parse.tag[index] == "VB":
            return True
        return any(parse.tag[k] == "MD" for k in parse.kids[index])

    # -- referents ---------------------------------------------------------------------------------------------------

    def _refer(self, index: int) -> tuple[Referent, ...]:
        span = self.document.by_root.get(index)
        return tuple(m for r in span.referents for m in (r.members or (r,))) if span else ()

    def _actors(self, index: int) -> tuple[Referent, ...]:
        return tuple(r for r in self._refer(index) if r.kind in _MEMBERS)

    def _first(self, index: int) -> int:
        """The first of the coordination that token ``index`` is in."""
        while self.parse.dep[index] in ("conj", "appos") and self.parse.head[index] != index:
            index = self.parse.head[index]
        return index

    def _all(self, index: int) -> tuple[Referent, ...]:
        """The referents of a coordination."""
        found: list[Referent] = []
        for item in self.parse.conjuncts(index):
            found.extend(r for r in self._actors(item) if r not in found)
        return tuple(found)


_ASSERTING = frozenset({"has", "have", "had", "is", "was", "are", "were", "been", "'s", "’s"})
