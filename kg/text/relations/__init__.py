"""Who belongs to which organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Membership
from kg.text.lexicon import words
from kg.text.positions import evidence
from kg.text.relations.nouns import MemberNouns
from kg.text.relations.presidencies import Presidencies
from kg.text.relations.rosters import COMPRISING, FELLOWS, PASSAGES, Rosters
from kg.text.relations.verbs import MemberVerbs

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse
    from kg.text.relations.named import Found

__all__ = ["memberships"]

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


class _Memberships:
    """Reads the membership statements of one document."""

    def __init__(self, document: Document) -> None:
        assert document.parse is not None
        self.document = document
        self.parse: Parse = document.parse
        self.nouns, self.verbs = MemberNouns(document), MemberVerbs(document)
        self.presidencies, self.rosters = Presidencies(document), Rosters(document)

    def read(self) -> list[Found]:
        """All statements, in the order of the text."""
        found: list[Found] = []
        for index in range(self.parse.size):
            lemma = self.parse.lemma[index]
            found.extend(self._listed(index, lemma))
            if lemma in ("member", "membership", "signatory", "observer"):
                found.extend(self.nouns.member_noun(index))
            elif lemma in _GROUPINGS:
                found.extend(self.nouns.grouping(index))
            elif lemma in (
                "join",
                "rejoin",
                "leave",
                "quit",
                "expel",
                "suspend",
                "belong",
                "withdraw",
                "admit",
                "readmit",
                "enter",
                "accede",
            ):
                found.extend(self.verbs.verb(index))
            elif lemma == "party" and self.parse.is_noun(index):
                found.extend(self.nouns.own_party(index))
            elif lemma in ("presidency", "chairmanship", "chair") and self.parse.is_noun(index):
                found.extend(self.presidencies.presidency(index))
                found.extend(self.presidencies.chairing(index))
            elif lemma in ("chair", "preside") and self.parse.is_verb(index):
                found.extend(self.presidencies.presiding(index))
            elif lemma in ("chairman", "president"):
                found.extend(self.presidencies.chairing(index))
        found.extend(self.presidencies.presidents())
        found.extend(self._adherents())
        found.extend(self._of_parties())
        for token, person, party in self.document.affiliations:
            found.append((token, (person,), party, "member", 0.85, False))
        return found

    def _listed(self, index: int, lemma: str) -> list[Found]:
        """Memberships that a list, a seat, a passage or a name tells."""
        rosters = self.rosters
        if lemma in COMPRISING:
            return rosters.comprising(index)
        if lemma in FELLOWS and self.parse.is_noun(index):
            return rosters.fellow(index)
        if lemma in PASSAGES and self.parse.is_noun(index):
            return rosters.passage(index)
        readers = {"(": rosters.bracketed, "seat": rosters.seated, "elect": rosters.elected}
        return readers[lemma](index) if lemma in readers else []

    def _adherents(self) -> list[Found]:
        """ "The Republican Ann Lee", "Ann Lee, a Democrat,": a party's name for who belongs to it."""
        found: list[Found] = []
        begins = {span.start: span for span in self.document.spans if span.form == "name"}
        for span in begins.values():
            party = next((r for r in span.referents if r.kind == "PoliticalParty"), None)
            if party is None or span.end != span.start + 1:
                continue
            start = self._past_home(span.start)
            determiner = self.parse.word[start - 1] if start else ""
            alone = determiner == "the" and self.parse.tag[span.end : span.end + 1] not in (["NN"], ["NNS"], ["NNP"])
            after = begins.get(self._past_standing(span.end))
            before = next((s for s in begins.values() if s.end == start - 2), None)
            named = after is not None and after.referents[0].kind == "Person"
            if after and named and (determiner in ("the", "a") or after.start > span.end):
                found.append((span.start, after.referents[:1], party, "member", 0.85, False))
            elif (determiner == "a" or alone) and self.parse.word[start - 2] == "," and before:
                persons = tuple(r for r in before.referents if r.kind == "Person")
                found.extend([(span.start, persons[:1], party, "member", 0.85, False)] if persons else [])
        return found

    def _of_parties(self) -> list[Found]:
        """ "Ann Lee of the Reform Party", "Labour's Ann Lee", "Lee, whose Reform Party won": each in his party."""
        found: list[Found] = []
        names = [span for span in self.document.spans if span.form == "name" and len(span.referents) == 1]
        persons = [span for span in names if span.referents[0].kind == "Person"]
        begin, end = {span.start: span for span in persons}, {span.end: span for span in persons}
        for span in names:
            if span.referents[0].kind != "PoliticalParty":
                continue
            start = span.start
            while start > 1 and self.parse.word[start - 1] in ("the", "ruling", "opposition", "governing", "main"):
                start -= 1
            before, after = self.parse.word[start - 1 : start], self.parse.word[span.end : span.end + 1]
            person = end.get(start - 1) if before == ["of"] else None
            if before == ["whose"]:
                person = end.get(start - 1 - (self.parse.word[start - 2] == ","))
            person = begin.get(span.end + 1) if after in (["'s"], ["’s"]) else person
            if person is not None:
                found.append((span.start, person.referents, span.referents[0], "member", 0.85, False))
        return found

    def _past_home(self, start: int) -> int:
        """Where the phrase begins with where somebody is from: "a *North Dakota* Democrat"."""
        begin = start
        while begin > max(start - 2, 1) and self.parse.tag[begin - 1] == "NNP":
            begin -= 1
        return begin if begin and self.parse.word[begin - 1] in ("a", "the") else start

    def _past_standing(self, index: int) -> int:
        """Where a name begins after what a party's man stands for: "Republican *presidential candidate* Ann Lee"."""
        parse, start = self.parse, index
        while index < min(start + 3, parse.size) and parse.tag[index] in ("NN", "JJ"):
            index += 1
        return index if parse.word[index - 1] in words("naming", "standing") else start
