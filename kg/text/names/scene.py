"""The scene of one article: its pieces, its cast of referents, and who is mentioned where."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.link.reference import make_key
from kg.text.document import Document, Referent, Span
from kg.text.lexicon import words
from kg.text.names.cutter import Cutter
from kg.text.names.lexicon import load_nouns
from kg.text.names.people import People
from kg.text.names.pieces import Piece
from kg.text.parse import SUBJECTS, Parse

if TYPE_CHECKING:
    from kg.link.reference import Record, Reference


_WITH_ARTICLE = words("bodies", "with_article")
_COMPASS = frozenset({"north", "south", "east", "west"})
_DATELINE = 3  # a dateline tells more of where the story is than a city named in passing
_BESIDE = frozenset({"at", "near", "outside", "around", "to", "into", "capital", ",", "over", "on"})
_TITLE = 2
_SOLDIERS = ("armed forces", "army", "military")
_INSIDE = frozenset({"in", "of", "across", "from", "inside", "throughout"})


class Scene:
    """What the passes over one article share.

    ``at[i]`` is the piece that covers token ``i``; ``ending[i]`` the piece that ends before token ``i``; ``cast`` the
    referents by key; ``mentions`` the spans so far, in the order of the passes.
    """

    def __init__(self, document: Document, reference: Reference) -> None:
        self.document = document
        self.reference = reference
        self.parse = document.parse = Parse(document.doc)
        self.low = self.parse.word
        self.tag = self.parse.tag
        self.nouns = load_nouns()
        self.date = document.article.published
        cutter = Cutter(self.parse, reference)
        self.headline = cutter.headline
        self.dated_from = cutter.dated_from
        self.known_at = cutter.known
        self.titles = cutter.titles
        self.pieces = cutter.cut()
        self.at: list[Piece | None] = [None] * (self.parse.size + 1)
        for piece in self.pieces:
            self.at[piece.start : piece.end] = [piece] * (piece.end - piece.start)
        self.paragraph = self._paragraphs()
        self.cast: dict[str, Referent] = {}
        self.unknown: dict[str, Referent] = {}
        self.grounds: frozenset[str] = frozenset()
        self.surnames: set[str] = set()
        self.ending: dict[int, Span] = {}
        self.starting: dict[int, Span] = {}
        self.states_named = {
            piece.sense.record.state for piece in self.pieces if piece.senses and piece.sense.record.kind == "State"
        }
        told = [p.sense.record for p in self.pieces if p.senses and p.sense.record.kind in ("State", "Place")]
        counts = Counter(record.state for record in told if record.state)
        for piece in self.pieces:
            if piece.start in self.dated_from and piece.senses and piece.sense.record.state:
                counts[piece.sense.record.state] += _DATELINE
        self.main_state = min(counts, key=lambda s: (-counts[s], s)) if counts else ""
        self.states_told = frozenset(counts)
        self.people = People(reference, self.date, self.new, self.states_told)
        self.home: Referent | None = self._home()

    def _home(self) -> Referent | None:
        """The state in which most of what is told happens: cities, "in", "of" and adjectives count, deeds do not.

        So does the title: "Gabon election: observers find anomaly".
        """
        counts = self.titled()
        for piece in self.pieces:
            record = piece.sense.record if piece.senses else None
            if record and record.state and piece.start in self.dated_from:
                counts[record.state] += _DATELINE
            elif record and record.state and record.kind == "Place":
                stands = record.group != "capital" or self.low[piece.start - 1] in _INSIDE | _BESIDE
                counts[record.state] += 2 if stands else 1  # "Oslo denied it" happens anywhere
            elif record and record.kind == "State":
                owns = self.tag[piece.end] == "POS" if piece.end < self.parse.size else False  # "Gabon's president"
                inside = piece.start > 0 and self.low[piece.start - 1] in _INSIDE
                counts[record.state] += piece.is_demonym() or owns or inside
        top = min(counts, key=lambda s: (-counts[s], s != self.main_state, s)) if counts else ""
        return self.state(top) if top and counts[top] else None

    def titled(self) -> Counter[str]:
        """What each state counts for being named by the title; its people and its cities may be anywhere."""
        title = self.document.article.title
        told = {
            piece.sense.record.state
            for piece in self.pieces
            if piece.senses and piece.sense.record.kind == "State" and not piece.is_demonym()
            if re.search(rf"\b{re.escape(self.text(piece.start, piece.end))}\b", title, re.IGNORECASE)
        }
        return Counter(dict.fromkeys((state for state in told if state), _TITLE))

    def _paragraphs(self) -> list[int]:
        """The number of the paragraph of each sentence."""
        numbers, number = [], 0
        for start, end in self.parse.sentences:
            numbers.append(number)
            number += any("\n\n" in self.document.doc[i].text for i in range(max(start, end - 2), end))
        return numbers

    # -- pieces ------------------------------------------------------------------------------------------------------

    def before(self, index: int) -> Piece | None:
        """The piece that ends just before token ``index``."""
        piece = self.at[index - 1] if index else None
        return piece if piece and piece.end == index else None

    def after(self, index: int) -> Piece | None:
        """The piece that begins at token ``index``."""
        piece = self.at[index] if index < self.parse.size else None
        return piece if piece and piece.start == index else None

    def is_half(self, piece: Piece) -> bool:
        """Whether a state is named by its direction only: "*North* and South Korea"."""
        single = bool(piece.senses) and piece.end == piece.start + 1 and piece.sense.record.kind == "State"
        return single and self.low[piece.start] in _COMPASS

    def text(self, start: int, end: int) -> str:
        """The words of tokens ``start`` to ``end``, spaces normalised."""
        return " ".join(self.parse.text(start, end).split())

    def person_at(self, index: int) -> Piece | None:
        """The piece naming a person that begins at ``index``, honorifics skipped."""
        piece = self.after(index)
        while piece and piece.kind == "honorific":
            piece = self.after(piece.end)
        return piece if piece and piece.referents and piece.referents[0].kind == "Person" else None

    # -- referents ---------------------------------------------------------------------------------------------------

    def new(self, kind: str, name: str) -> Referent:
        """A new referent."""
        referent = Referent(len(self.document.referents), kind, name)
        self.document.referents.append(referent)
        return referent

    def known(self, record: Record) -> Referent:
        """The referent of a record of the reference data, of a state as it was at the article's date."""
        record = self.reference.state_then(record, self.date)
        referent = self.cast.get(record.key)
        if referent is None:
            referent = self.new(record.kind, record.name)
            once = self.reference.called_then(record, self.date)
            referent.aliases.extend([once] if once else [])
            referent.key, referent.score, referent.gender = record.key, 0.95 if record.qid else 0.0, record.gender
            self.cast[record.key] = referent
            if record.kind not in ("State", "Person"):
                then = self.reference.capital_then(record, self.date)
                referent.state = self.state(then.state if then is not None else record.state)
        return referent

    def named(self, kind: str, name: str, state: Referent | None = None) -> Referent:
        """The referent of a name that the reference data does not know, one for each kind and name."""
        key = make_key(kind, name)
        if key in self.reference.records:
            return self.known(self.reference.records[key])
        referent = self.cast.get(key)
        if referent is None:
            referent = self.new(kind, name)
            referent.key, referent.state = key, state
            self.cast[key] = referent
        return referent

    def body(self, pattern: str, owner: Referent) -> Referent:
        """A body of a state, or of a part of one, by the pattern of its name: "Senate of {state}"."""
        state = owner if owner.kind == "State" else owner.state
        if "{people}" in pattern:
            return self._service(pattern, owner, state)
        record = self.reference.records.get(owner.key)
        article = "of {state}" in pattern and record is not None and record.state in _WITH_ARTICLE
        name = pattern.format(state=f"the {owner.name}" if article else owner.name)
        return self.named("GovernmentBody", name, state)

    def _service(self, pattern: str, owner: Referent, state: Referent | None) -> Referent:
        """The forces or police of a state as the article calls them so far: of soldiers any, else those meant."""
        name, noun = pattern.format(people=self.demonym(owner)), pattern.removeprefix("{people} ")
        own = [r for r in self.document.referents if r.kind == "GovernmentBody" and r.state is state] if state else []
        for last in (noun, *(_SOLDIERS if noun in _SOLDIERS else ())):
            for referent in own:
                if referent.name.lower().endswith(last):
                    return self._called(referent, noun, state)
        known = (sense.record for sense in self.reference.lookup(name) if sense.record.kind == "GovernmentBody")
        record = next(known, None)
        found = self.known(record) if record else self.named("GovernmentBody", name, state)
        return self._called(found, noun, state)

    def _called(self, service: Referent, noun: str, state: Referent | None) -> Referent:
        """Adds what the article calls a service of the state that it is about: "the army"."""
        text = f"the {noun}"
        if state in (self.home, self.document.focus) and text in self.document.article.text.lower():
            service.aliases.extend([text] if text not in service.aliases else [])
        return service

    def state(self, iso3: str) -> Referent | None:
        """The referent of a state by its code."""
        record = self.reference.state(iso3)
        return self.known(record) if record else None

    def demonym(self, state: Referent) -> str:
        """The adjective of a state's people ("Syrian"), its name where none is known."""
        record = self.reference.records.get(state.key)
        return record.demonym if record and record.demonym else state.name

    def person_of(self, record: Record, score: float) -> Referent:
        """The person of the article who is this record; a new one where it speaks of him by office only."""
        for person in self.people.all:
            if person.key == record.key:
                return person
        person = self.people.add(record.name)
        self.people.identify(person, record, score)
        return person

    # -- mentions ----------------------------------------------------------------------------------------------------

    def mention(
        self, start: int, end: int, referents: tuple[Referent, ...], form: str = "name", root: int = -1
    ) -> Span:
        """Records that tokens ``start`` to ``end`` refer to ``referents``."""
        if root < 0:
            root = self.root(start, end)
        span = Span(start, end, root, referents, form)
        self.document.spans.append(span)
        self.document.by_root[root] = span
        self.ending[end] = span
        self.starting.setdefault(start, span)
        return span

    def root(self, start: int, end: int) -> int:
        """The syntactic head of tokens ``start`` to ``end``: the one whose head lies outside."""
        heads = self.parse.head
        outer = [i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i]
        nouns = [i for i in outer if self.parse.is_noun(i)]
        return nouns[-1] if nouns else outer[-1] if outer else end - 1

    def is_subject(self, index: int) -> bool:
        """Whether token ``index`` heads the subject of a clause, alone or in coordination."""
        seen = 0
        while self.parse.dep[index] in ("conj", "appos", "compound", "flat") and seen < 5:
            index, seen = self.parse.head[index], seen + 1
        dep = self.parse.dep[index]
        return dep in SUBJECTS or (dep == "ROOT" and self.parse.is_noun(index))
