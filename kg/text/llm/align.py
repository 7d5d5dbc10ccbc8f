"""From what a model proposes to facts: only what stands in the text, by characters, is kept.

The sentence must be a stretch of the passage; every name must be one that the annotated text refers to somebody by, in
that sentence; dates are read by our own rules from words of the sentence; figures must be written in it. A class whose
trigger stands in the sentence but is not said to have happened is dropped as the rules would drop it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.link.titles import load_titles
from kg.model import Event, Evidence, Fact, Role, Tenure
from kg.text.dates import NUMBERS, find_dates
from kg.text.factuality import judge
from kg.text.lexicon import event_lexicon
from kg.text.llm.prompt import classes
from kg.text.parse import Parse

if TYPE_CHECKING:
    from kg.text.dates import DateExpression
    from kg.text.document import Document, Referent
    from kg.text.llm.proposals import EventProposal, PositionProposal, Proposals

_CONFIDENCE = 0.6
_PLACES = frozenset({"Place", "State"})
_ACTORLESS = frozenset({"Killing", "Protest", "Election"})
_FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_FIGURE = re.compile(r"\d[\d,]*|[a-z]+", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:at least|more than|over|no fewer than)\s+$", re.IGNORECASE)


class Aligner:
    """Aligns proposals with one annotated article; ``found_by`` marks the facts."""

    def __init__(self, document: Document, found_by: str) -> None:
        self._document = document
        self._text = document.article.text
        self._found_by = found_by
        self._parse = document.parse or Parse(document.doc)

    def facts(self, proposals: Proposals, begin: int, finish: int) -> Iterator[Fact]:
        """The proposals on the passage from ``begin`` to ``finish`` that hold against its text."""
        for event in proposals.events:
            yield from self._event(event, begin, finish)
        for position in proposals.positions:
            yield from self._position(position, begin, finish)

    def _event(self, proposal: EventProposal, begin: int, finish: int) -> Iterator[Event]:
        where = self._sentence(proposal.sentence, begin, finish)
        if where is None or proposal.kind not in classes() or not self._may_have_happened(proposal.kind, *where):
            return
        agents = self._referents(proposal.agents, *where)
        targets = [one for one in self._referents(proposal.targets, *where) if one not in agents]
        places = [one for one in self._referents([proposal.place], *where) if one.kind in _PLACES]
        killed, injured = self._figure(proposal.killed, *where), self._figure(proposal.injured, *where)
        if not (agents or targets or (proposal.kind in _ACTORLESS and (killed is not None or places))):
            return
        when = self._date(proposal.date, *where)
        reading = (when.coming if proposal.planned else when.past) or when.past or when.coming if when else None
        roles = {
            Role(name=name, key=one.key)
            for name, group in (("agent", agents), ("target", targets), ("place", places))
            for one in group
        }
        yield Event(
            kind=proposal.kind,
            evidence=self._evidence(*where),
            roles=tuple(sorted(roles, key=lambda role: (role.name, role.key))),
            date=reading.start if reading else "",
            end_date=reading.end if reading else "",
            date_text=when.text if when else "",
            choice=proposal.choice if proposal.kind in ("Vote", "Veto") else "",
            killed=killed,
            injured=injured,
            at_least=killed is not None and self._is_bound(killed, *where),
            planned=proposal.planned,
        )

    def _position(self, proposal: PositionProposal, begin: int, finish: int) -> Iterator[Tenure]:
        where = self._sentence(proposal.sentence, begin, finish)
        if where is None or _fold(proposal.title) not in _fold(self._text[where[0] : where[1]]):
            return
        holders = [one for one in self._referents([proposal.person], *where) if one.kind == "Person"]
        bodies = [
            one for one in self._referents([proposal.organisation], *where) if one.kind not in ("Person", "Place")
        ]
        title = load_titles().normalise(proposal.title)
        if len(holders) == 1 and len(bodies) == 1 and title.role:
            yield Tenure(
                holder=holders[0].key,
                organisation=bodies[0].key,
                title=title.text,
                role=title.role,
                evidence=self._evidence(*where),
                as_of=self._document.article.published,
            )

    def _sentence(self, quoted: str, begin: int, finish: int) -> tuple[int, int] | None:
        """The characters of the sentences that hold the quoted words; None where the passage does not."""
        words = r"\s+".join(re.escape(word) for word in quoted.translate(_FOLDED).split())
        found = (
            re.search(words, self._text[begin:finish].translate(_FOLDED), re.IGNORECASE) if len(words) > 12 else None
        )
        if found is None:
            return None
        first, last = begin + found.start(), begin + found.end()
        covered = [s for s in self._document.doc.sents if s.start_char < last and s.end_char > first]
        stretch = self._text[covered[0].start_char : covered[-1].end_char]
        lead = len(stretch) - len(stretch.lstrip())
        return covered[0].start_char + lead, covered[0].start_char + len(stretch.rstrip())

    def _referents(self, names: Iterable[str], begin: int, finish: int) -> list[Referent]:
        """Whom the names refer to, by the mentions between ``begin`` and ``finish`` that are worded so."""
        wanted = {_fold(name) for name in names if name}
        found: dict[int, Referent] = {}
        for span in self._document.spans:
            tokens = self._document.doc[span.start : span.end]
            if tokens.start_char < begin or tokens.end_char > finish or not wanted:
                continue
            said = _fold(tokens.text)
            if said in wanted or any(_fold(one.name) in wanted for one in span.referents):
                found |= {one.id: one for one in span.referents if one.key}
        return list(found.values())

    def _date(self, words: str, begin: int, finish: int) -> DateExpression | None:
        expressions = find_dates(self._text[begin:finish], self._document.article.published)
        return (
            next(
                (one for one in expressions if _fold(one.text) in _fold(words) or _fold(words) in _fold(one.text)), None
            )
            if words
            else None
        )

    def _figure(self, number: int | None, begin: int, finish: int) -> int | None:
        written = {_number(word) for word in _FIGURE.findall(self._text[begin:finish])}
        return number if number is not None and number in written else None

    def _is_bound(self, number: int, begin: int, finish: int) -> bool:
        sentence = self._text[begin:finish]
        return any(
            _number(match.group()) == number and _AT_LEAST.search(sentence[: match.start()])
            for match in _FIGURE.finditer(sentence)
        )

    def _may_have_happened(self, kind: str, begin: int, finish: int) -> bool:
        """False where the sentence has triggers of the class and none is said to have happened."""
        lexicon = event_lexicon()
        judged = [
            judge(self._parse, token.i).is_event
            for token in self._document.doc.char_span(begin, finish, alignment_mode="expand") or ()
            for table in (lexicon.verbs if self._parse.is_verb(token.i) else lexicon.nouns,)
            if any(trigger.kind == kind for trigger in table.get(self._parse.lemma[token.i], ()))
        ]
        return not judged or any(judged)

    def _evidence(self, begin: int, finish: int) -> Evidence:
        return Evidence(
            article=self._document.article.slug,
            begin=begin,
            finish=finish,
            quote=self._text[begin:finish],
            confidence=_CONFIDENCE,
            found_by=self._found_by,
        )


def _fold(text: str) -> str:
    return " ".join(text.translate(_FOLDED).casefold().removeprefix("the ").split())


def _number(word: str) -> int | None:
    digits = word.replace(",", "")
    return int(digits) if digits.isdigit() else NUMBERS.get(word.lower())
