"""Memberships told by verbs: "joined", "left", "was admitted to", "expelled"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.relations.named import ORGANISED, Found, Named

if TYPE_CHECKING:
    from kg.text.document import Referent
_RESOLVING = frozenset({"vote", "decide", "agree", "resolve", "move"})
_LEADING = frozenset({"leader", "minister", "head", "president", "council", "summit"})
_BELONGING = frozenset({"State", "PoliticalParty", "ArmedGroup", "Organisation"})


class MemberVerbs(Named):
    """Reads the verbs of membership of one document."""

    def verb(self, index: int) -> list[Found]:
        """ "Finland joined NATO", "would leave the Commonwealth", "expelled Qatar from its ranks", "belongs to"."""
        parse = self.parse
        if not parse.is_verb(index):
            return []
        lemma = parse.lemma[index]
        if lemma in ("expel", "suspend"):
            return self._expelled(index)
        if lemma in ("admit", "readmit"):
            return self._admitted(index)
        if lemma in ("join", "rejoin", "leave", "quit") and not self._unreal(index):
            enrolled = self._enrolled(index)
            if enrolled:
                return enrolled
        subjects = [
            r for k in parse.children(index, "nsubj") for r in self.all(k) if r.kind in ("State", "PoliticalParty")
        ]
        subjects = subjects or [r for r in self._relative_subject(index) if r.kind == "State"]
        if lemma in ("join", "rejoin", "accede", "enter") and self._unreal(index):
            return []
        if lemma == "belong" and parse.dep[index] == "relcl" and self._to_which(index):
            organisation = next((r for r in self.refer(parse.head[index]) if r.kind in ORGANISED), None)
            members = tuple(r for k in parse.children(index, "nsubj") for r in self.all(k) if r.kind in _BELONGING)
            return [(index, members, organisation, "member", 0.8, False)] if organisation and members else []
        slots = ("to",) if lemma in ("belong", "accede") else ("from",) if lemma == "withdraw" else ()
        targets = (
            list(parse.children(index, "dobj"))
            if not slots
            else [t for k in parse.kids[index] if parse.word[k] in slots for t in parse.children(k, "pobj")]
        )
        for target in targets:
            for organisation in self.refer(target):
                if organisation.kind == "IntergovernmentalOrganisation" and subjects:
                    former = lemma in ("leave", "quit", "withdraw") and not self._unreal(index)
                    return [(index, tuple(subjects), organisation, "member", 0.75, former)]
        return []

    def _enrolled(self, index: int) -> list[Found]:
        """ "Ann Lee joined the Reform Party", "left it": a person and a party."""
        parse = self.parse
        persons = tuple(r for k in parse.children(index, "nsubj") for r in self.all(k) if r.kind == "Person")
        parties = [r for k in parse.children(index, "dobj") for r in self.refer(k) if r.kind == "PoliticalParty"]
        former = parse.lemma[index] in ("leave", "quit")
        return [(index, persons, parties[0], "member", 0.8, former)] if persons and parties else []

    def _doers(self, index: int) -> list[Referent]:
        """Whom the subject names, also that of the verb by which it is resolved: "*the union* voted to suspend"."""
        parse = self.parse
        subjects = list(parse.children(index, "nsubj"))
        head = parse.head[index]
        if not subjects and parse.dep[index] == "xcomp" and parse.lemma[head] in _RESOLVING and not self._unreal(head):
            subjects = list(parse.children(head, "nsubj"))
        found = [r for k in subjects for r in self.refer(k)]
        return [self._whole(r) for r in found]

    def _whole(self, organ: Referent) -> Referent:
        """The organisation whose organ it is by its name: "the *African Union* Peace and Security Council"."""
        for one in self.document.referents:
            if one.kind == "IntergovernmentalOrganisation" and one is not organ and organ.key.startswith(f"{one.key}-"):
                return one
        return organ

    def _admitted(self, index: int) -> list[Found]:
        """ "Finland was admitted to NATO", "was admitted last April": to the organisation told, else spoken of last."""
        parse = self.parse
        if not parse.is_passive(index):
            doers = self._doers(index)
            if self._unreal(index) and not (doers and parse.dep[index] == "xcomp"):
                return []
            members = tuple(r for k in parse.children(index, "dobj") for r in self.all(k) if r.kind == "State")
            bodies = [r for r in doers if r.kind == "IntergovernmentalOrganisation"] or self._led_by(index)
            return [(index, members, bodies[0], "member", 0.8, False)] if members and bodies else []
        if self._unreal(index):
            return []
        members = tuple(r for k in parse.children(index, "nsubjpass") for r in self.all(k) if r.kind == "State")
        goals = [t for k in parse.kids[index] if parse.word[k] in ("to", "into") for t in parse.children(k, "pobj")]
        told = [r for goal in goals for r in self.refer(goal) if r.kind == "IntergovernmentalOrganisation"]
        roles = [t for k in parse.kids[index] if parse.word[k] == "as" for t in parse.children(k, "pobj")]
        told = told or [r for role in roles if (r := self.organisation_of(role)) is not None]
        organisation = told[0] if told else None if goals else self.recent(index)
        return [(index, members, organisation, "member", 0.8, False)] if members and organisation else []

    def _expelled(self, index: int) -> list[Found]:
        """ "The coalition expelled Qatar": it was a member until then."""
        parse = self.parse
        heads = [t for k in parse.kids[index] if parse.word[k] == "from" for t in parse.children(k, "pobj")]
        told = (self._whole(r) for head in heads for r in self.refer(head))
        organisations = [r for r in told if r.kind == "IntergovernmentalOrganisation"]
        fitting = {"IntergovernmentalOrganisation"} if heads else ORGANISED  # "leaders suspended Mali from their bloc"
        doers = [r for r in self._doers(index) if r.kind in fitting]
        organisations = organisations or doers
        organisations = organisations or [r for r in self._governor(index) if r.kind in ORGANISED]
        organisations = organisations or self._led_by(index)
        members = [r for k in parse.children(index, "dobj", "nsubjpass") for r in self.all(k) if r.kind == "State"]
        members = members or self._taking_part(index)
        inside = any(parse.word[k] == "from" for k in parse.kids[index]) or parse.lemma[index] == "suspend"
        if organisations and members and inside:
            kind = "suspended member" if parse.lemma[index] == "suspend" else "member"
            return [(index, tuple(members), organisations[0], kind, 0.8, True)]
        return []

    def _led_by(self, index: int) -> list[Referent]:
        """The organisation of those who do it: "*Commonwealth* leaders suspended Fiji"."""
        parse = self.parse
        doers = [k for k in parse.children(index, "nsubj") if parse.lemma[k] in _LEADING]
        told = [self.organisation_of(k) for k in doers]
        return [r for r in told if r is not None and r.kind == "IntergovernmentalOrganisation"]

    def _taking_part(self, index: int) -> list[Referent]:
        """Whose part in it ends: "suspended *Gabon's* participation in the union's activities"."""
        parse = self.parse
        parts = [k for k in parse.children(index, "dobj", "nsubjpass") if parse.lemma[k] == "participation"]
        owners = [owner for part in parts for owner in parse.children(part, "poss")]
        return [r for owner in owners for r in self.all(owner) if r.kind == "State"]

    def _governor(self, index: int) -> tuple[Referent, ...]:
        """The noun above a verb without subject, whose clause it continues."""
        for _ in range(4):
            index = self.parse.head[index]
            if self.parse.is_noun(index):
                return self.refer(index)
        return ()

    def _to_which(self, index: int) -> bool:
        """Whether the clause tells of what its noun is: "the bloc *to which* Peru belongs"."""
        parse = self.parse
        slots = (k for k in parse.children(index, "prep") if parse.word[k] == "to")
        return any(parse.word[target] == "which" for slot in slots for target in parse.children(slot, "pobj"))

    def _relative_subject(self, index: int) -> tuple[Referent, ...]:
        parse = self.parse
        if parse.dep[index] == "relcl" and any(
            parse.word[k] in ("which", "who", "that") for k in parse.children(index, "nsubj")
        ):
            told = self.all(parse.head[index])
            which = next(iter(parse.children(index, "nsubj")))
            if parse.word[which] == "which" and any(r.kind == "Person" for r in told):
                told = self.all(which - 2)  # "X of Peru, which belongs to": the state, and not the person
            like = [
                t for k in parse.children(index, "prep") if parse.word[k] == "like" for t in parse.children(k, "pobj")
            ]
            return (*told, *(r for target in like for r in self.all(target)))
        return ()

    def _unreal(self, index: int) -> bool:
        """Whether the verb is only wished, denied or future."""
        parse = self.parse
        if any(parse.dep[k] == "neg" for k in parse.kids[index]):
            return True
        if parse.dep[index] in ("xcomp", "ccomp", "advcl", "acl") and parse.tag[index] == "VB":
            return True
        return any(parse.tag[k] == "MD" for k in parse.kids[index])
