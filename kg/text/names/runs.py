"""Runs of capitalised words that no reference knows: where a name begins, goes on and ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.link.names import fold
from kg.link.titles import TitleLexicon, load_titles
from kg.text.datelines import DATELINE, LONGEST
from kg.text.lexicon import words
from kg.text.names.cities import free_openings
from kg.text.names.gazetteer import Known, find_known
from kg.text.names.lexicon import Nouns, load_nouns, singular
from kg.text.names.pieces import Piece

if TYPE_CHECKING:
    from kg.link.reference import Reference
    from kg.text.parse import Parse

_CALENDAR = words("naming", "calendar")
_LANGUAGES = words("naming", "languages")
_PARTICLES = words("naming", "particles")
_OWNERS = words("naming", "owners")
LINKED = tuple(words("naming", "linked"))
_COMMON_TAGS = frozenset(
    {"DT", "IN", "PRP", "PRP$", "WRB", "WP", "WDT", "CC", "TO", "MD", "EX", "VBD", "VBZ", "VBP", "VBG", "VB"}
    | {"RB", "RBR", "RBS", "CD", "UH", "WP$", "PDT"}
)
_VERBAL = frozenset({"MD", "RB", "UH", "VB", "VBD", "VBP", "VBZ"})  # what the parser takes a short last name for
_GIVEN_NAMES = frozenset({"jan", "may", "april", "june", "august"})
_WHEN = frozenset({"in", "since", "last", "next", "this", "until", "till", "during", "early", "late", "throughout"})
_NUMBERED = words("naming", "numbered")
_TELLING = frozenset({"the", "both", "whose", "its", "their", "his", "her", "our"})
_INSTITUTIONS = frozenset({"army", "navy", "parliament", "cabinet", "junta", "police", "politburo"})
_HEADED = frozenset({"of", "in", "with", "from"})  # who holds an office there, or left it
_HALF = 6  # letters; halves of given names are short
INITIALS = re.compile(r"(?:[A-Z]\.-?)+")
PROPER = frozenset({"NNP", "NNPS"})
_ELIDED = re.compile(r"[a-z]{1,4}['’][A-Z]")
"""A particle that has grown onto a name: "d'Estaing", "dell'Utri"."""


def ends_abbreviated(word: str) -> bool:
    """Whether a full stop ends a word that is no initial ("Co.", but not "R.R.")."""
    return len(word) > 3 and word.endswith(".") and not INITIALS.fullmatch(word)


def linked(word: str) -> bool:
    """Whether a word after a hyphen makes the name before it an adjective: "US-*led*", but not "Mei-*ling*"."""
    return word.endswith(LINKED) and not (word.endswith("ing") and len(word) < _HALF)


class Runs:
    """The words of one document, and which of them make up names."""

    def __init__(self, parse: Parse, reference: Reference) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.low = parse.word
        self.words = [fold(parse.source[begin:end]) for begin, end in parse.bounds]
        self.reference = reference
        self.titles: TitleLexicon = load_titles()
        self.nouns: Nouns = load_nouns()
        self.known: dict[int, Known] = {known.start: known for known in find_known(parse, reference)}
        self.opened = free_openings(parse, self.known, self.nouns.suffixes)
        self.titled: set[int] = set()
        self.dated_from = self._datelines()
        self.headline = [self._is_headline(start, end) for start, end in parse.sentences]

    def _datelines(self) -> dict[int, int]:
        """Where cities in capitals begin and end that open paragraphs: "SAIGON, Nov. 2 —"."""
        found = {}
        for begin in self.parse.paragraphs:
            end = begin
            while end < self.parse.size and self.words[end].isupper() and self.words[end].isalpha():
                end += 1
            if end > begin and len(self.words[begin]) > 2 and DATELINE.match(self.doc[begin : begin + LONGEST].text):
                found[begin] = end
        return found

    def _name_follows(self, index: int) -> bool:
        return index < self.parse.size and self.words[index][:1].isupper() and self.parse.tag[index] in PROPER

    def _run(self, index: int) -> Piece | None:
        """A run of capitalised words from ``index``, with the particles and hyphens inside personal names."""
        return self._run_on(index) if self._starts_run(index) else None

    def _run_on(self, index: int) -> Piece:
        """The run of a name whose first word is at ``index``."""
        end = index + 1
        while end < self.parse.size and not (end in self.known and self._plausible(self.known[end])):
            if self._continues(end):
                end += 1
            elif self._numbers(index, end):
                return Piece(index, end + 1, "run")
            elif self._particle(end) or self._owner(end):
                end += 2
            else:
                break
        return Piece(index, end, "run")

    def _qualifies(self, index: int) -> bool:
        """Whether a word only qualifies a title: "Caretaker prime minister X", "the Acting Secretary General"."""
        if self.low[index] not in self.titles.modifying:
            return False
        return index + 1 < self.parse.size and self.titles.match(self.low, index + 1) is not None

    def _starts_run(self, index: int) -> bool:
        word, tag = self.words[index], self.parse.tag[index]
        if not word[:1].isalpha() or self._is_date(index) or self.low[index] in _LANGUAGES:
            return False
        rising = tag == "VBG" and self.low[index - 1] == "the" and self._name_follows(index + 1)
        if tag in _COMMON_TAGS and not rising:
            return False  # but "the Rising Sun guerrillas"
        if self.headline[self.parse.sentence[index]] or self._common_noun(index) or self._qualifies(index):
            return False
        if tag in PROPER:
            return True
        return not self._begins_sentence(index) or bool(self.doc[index].ent_type_ in ("PERSON", "GPE", "ORG", "NORP"))

    def _common_noun(self, index: int) -> bool:
        """ "Parliament", "Rebels" at the beginning of a sentence, "the Government": a description, no name."""
        word = singular(self.low[index])
        if word in self.nouns.regimes and self.low[index - 1] in _TELLING and not self._name_follows(index + 1):
            return True
        common = (word,) in self.nouns.bodies or word in self.nouns.people or word in self.nouns.regimes
        if word in self.nouns.forces and self._is_national(index - 1) and not self._name_follows(index + 1):
            return self.low[index - 3] not in _HEADED  # "the Indian *Army*", but not "the chief of the Indian Army"
        owned = self._is_national(index - 1) or (word in _INSTITUTIONS and self.low[index - 1] in _TELLING)
        if ((word,) in self.nouns.bodies or word in self.nouns.regimes) and owned and not self._name_follows(index + 1):
            return True  # "the Turkish *Parliament*", "the *Cabinet*"
        if word in self.nouns.forces and self.low[index - 1] in _TELLING and not self._name_follows(index + 1):
            return word in _INSTITUTIONS
        common = common or word in self.nouns.forces or word in self.nouns.countries or (word,) in self.nouns.documents
        return common and self._begins_sentence(index) and not self._name_follows(index + 1)

    def _is_national(self, index: int) -> bool:
        """Whether a word is the adjective of a state."""
        known = self.known.get(index) if index >= 0 else None
        return known is not None and known.end == index + 1 and known.senses[0].how == "demonym"

    def _is_date(self, index: int) -> bool:
        """Whether the word is of the calendar, and not "Jan" or "May" in a person's name."""
        word, following = self.low[index], self.words[index + 1 : index + 2]
        if word in _GIVEN_NAMES and following and following[0][:1].isupper() and self.parse.tag[index + 1] in PROPER:
            if index and self.low[index - 1] in _WHEN:
                return True  # "Last June Anna Berg resigned"
            return (
                bool(index) and self.parse.tag[index - 1] in ("IN", "JJ", "DT") and self.parse.dep[index] != "compound"
            )
        return word in _CALENDAR and self.doc[index].ent_type_ != "PERSON" and not self._is_surname(index)

    def _is_surname(self, index: int) -> bool:
        """Whether a month is somebody's last name here: "Theresa May left. *May* denied it"."""
        tags, after = self.parse.tag[index + 1 : index + 2], self.low[index + 1 : index + 2]
        acts = tags[:1] in (["VBD"], ["VBZ"], ["MD"], ["POS"]) or self.low[index + 1 : index + 3] == [",", "who"]
        if not (acts or after == [","]) or not self._begins_sentence(index):
            return False
        named = (at for at in range(1, index) if self.low[at] == self.low[index] and self.words[at][:1].isupper())
        return any(self.parse.tag[at - 1] == "NNP" and self.low[at - 1] not in _CALENDAR for at in named)

    def _begins_sentence(self, index: int) -> bool:
        start = self.parse.sentences[self.parse.sentence[index]][0]
        while start < index and not self.words[start][:1].isalnum():
            start += 1
        return start == index or self.words[index - 1] in ('"', "“", "'", ":", "-")

    def _continues(self, index: int) -> bool:
        word = self.words[index]
        if not (word[:1].isupper() or _ELIDED.match(word)) or self._is_date(index):
            return False
        if index in self.opened:
            return False
        before = self.words[index - 1]
        if self.parse.sentence[index] != self.parse.sentence[index - 1] or ends_abbreviated(before):
            return False
        if self._ends_phrase(index - 1, index):
            return False
        title = self.titles.match(self.low, index)
        if title and (self.parse.tag[index] not in PROPER or self._name_follows(title.end)):
            return False
        if self.parse.tag[index] in PROPER or self.parse.tag[index] not in _COMMON_TAGS:
            return True
        return self._half_name(index) or (self.parse.tag[index] in _VERBAL and self.parse.tag[index - 1] in PROPER)

    def _half_name(self, index: int) -> bool:
        """Whether a word is the first half of a given name: "Choi *Soon*-sil", "Ban *Young*-jin"."""
        second = self.words[index + 2 : index + 3]
        tight = index + 2 < self.parse.size and self.words[index + 1] == "-" and not self.doc[index].whitespace_
        return tight and second[0].islower() and not linked(second[0]) and len(second[0]) < _HALF

    def _ends_phrase(self, city: int, index: int) -> bool:
        """Whether a city ends a phrase of place before the subject: "In *Paris* Ann Lee said"."""
        known, parse = self.known.get(city), self.parse
        if (
            known is None
            or known.end != index
            or known.senses[0].record.kind not in ("Place", "State")
            or parse.dep[city] != "pobj"
        ):
            return False
        return parse.head[index] > index and parse.head[city] == city - 1

    def _numbers(self, start: int, index: int) -> bool:
        """Whether a number ends the name of a channel: "Rossiya 1", "France 24"."""
        if index != start + 1 or not self.low[index].isdigit() or self.parse.head[index] != start:
            return False
        known = self.known.get(start)
        state = known is not None and known.end == index and known.senses[0].how == "name"
        state = state and known is not None and known.senses[0].record.kind == "State"
        return len(self.low[index]) < 4 and (self.low[start] in _NUMBERED or state)

    def _particle(self, index: int) -> bool:
        """A particle or hyphen between two capitalised parts of a name, or an initial's full stop."""
        if index + 1 >= self.parse.size:
            return False
        if self.words[index] == "-" and self.doc[index - 1].whitespace_ == "" and self.doc[index].whitespace_ == "":
            joined = self.words[index + 1]
            return joined[:1].isupper() or (joined[:1].isalpha() and not linked(joined))
        following = self.words[index + 1]
        return self.low[index] in _PARTICLES and (
            following[:1].isupper() or following == "-" or self.low[index + 1] in _PARTICLES
        )

    def _particled(self, index: int) -> bool:
        """Whether a last name begins with a particle: "Mr *van Dorp*", "President *de Groot*"."""
        return self.words[index] != "-" and self._particle(index)

    def _owner(self, index: int) -> bool:
        """The possessive inside a name: "People's Reform Party", "Workers' Party"."""
        if self.low[index] not in ("'s", "’s", "'", "’") or self.low[index - 1] not in _OWNERS:
            return False
        return index + 1 < self.parse.size and self.words[index + 1][:1].isupper()

    def _is_headline(self, start: int, end: int) -> bool:
        """A sentence in title case and without a full stop."""
        words = [w for w in self.words[start:end] if len(w) > 3 and w.isalpha()]
        if len(words) < 3 or any(w in ".?!" for w in self.words[max(start, end - 2) : end]):
            return False
        return sum(w[0].isupper() for w in words) >= 0.8 * len(words)

    def _plausible(self, known: Known) -> bool:
        """A known name that is really one: no verb "Split", no pronoun "US", no single word of a person's name."""
        record, single = known.senses[0].record, known.end == known.start + 1
        if record.kind == "Person":
            return not single
        if not single:
            return True
        tag = self.parse.tag[known.start]
        if self.low[known.start].startswith("democrat") and self.low[known.start - 1] in ("social", "christian"):
            return False  # "a Social Democrat" is none of America's
        if self.low[known.start] == "states" and self.low[known.start - 1 : known.start] != ["the"]:
            return False  # "Member States"
        if record.kind == "Place" and (tag in _COMMON_TAGS or record.group != "capital"):
            first = self._begins_sentence(known.start)
            token = self.doc[known.start]
            if tag == "JJ" and self.words[known.start][:1].isupper() and self._governs(known.end):
                return True  # "Punjab Chief Minister"
            return tag in PROPER and not (first and not token.ent_type_ and not token.is_upper)  # "GENEVA —"
        return not (tag == "PRP" and self.words[known.start] not in ("US", "U.S."))

    def _governs(self, index: int) -> bool:
        """Whether the title of somebody who governs a part of a state begins at ``index``."""
        title = self.titles.match(self.low, index) if index < self.parse.size else None
        return bool(title and title.title.role in ("Governor", "Mayor", "HeadOfGovernment", "HeadOfState"))
