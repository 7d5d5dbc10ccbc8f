"""Cuts a document into the pieces of which noun phrases of actors are made: names, titles, honorifics, ministries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.link.names import fold
from kg.link.titles import Title, TitleLexicon, load_titles
from kg.text.lexicon import words
from kg.text.names.gazetteer import Known, find_known
from kg.text.names.lexicon import Nouns, load_nouns, singular

if TYPE_CHECKING:
    from kg.link.reference import Reference, Sense
    from kg.text.document import Referent
    from kg.text.parse import Parse

_CALENDAR = words("naming", "calendar")
_LANGUAGES = words("naming", "languages")
_PARTICLES = words("naming", "particles")
_LINKED = (
    "ed",
    "led",
    "based",
    "linked",
    "run",
    "era",
    "wide",
    "style",
    "born",
    "held",
    "owned",
    "like",
    "built",
    "ing",
)
_FAITHS = frozenset({"muslim", "islamic"})
_COMPASS = frozenset({"north", "south", "east", "west"})
_JOINERS = frozenset({"of", "for"})
_DIRECTIONS = words("naming", "directions")
_OWNERS = words("naming", "owners")
_COMMON_TAGS = frozenset(
    {"DT", "IN", "PRP", "PRP$", "WRB", "WP", "WDT", "CC", "TO", "MD", "EX", "VBD", "VBZ", "VBP", "VBG", "VB"}
    | {"RB", "RBR", "RBS", "CD", "UH", "WP$", "PDT"}
)
_GIVEN_NAMES = frozenset({"jan", "may", "april", "june", "august"})
_PROPER = frozenset({"NNP", "NNPS"})


@dataclass(slots=True, eq=False)
class Piece:
    """Tokens ``start`` to ``end`` that are a ``name`` (known, with senses), a ``run`` of capitalised words that nothing
    knows, a ``title``, an ``honorific``, a ``ministry`` or a ``region``; ``referents`` are filled in on the way."""

    start: int
    end: int
    kind: str
    senses: tuple[Sense, ...] = ()
    title: Title | None = None
    plural: bool = False
    text: str = ""
    referents: tuple[Referent, ...] = ()
    pseudo: str = ""

    @property
    def sense(self) -> Sense:
        """The first sense of a known name."""
        return self.senses[0]

    def is_person(self) -> bool:
        """Whether the piece is a known name of a person."""
        return bool(self.senses) and self.senses[0].record.kind == "Person"

    def is_place(self) -> bool:
        """Whether the piece is a known name of a city."""
        return bool(self.senses) and all(s.record.kind == "Place" for s in self.senses)

    def is_demonym(self) -> bool:
        """Whether the piece is an adjective or noun of a state's people."""
        return bool(self.senses) and self.senses[0].how == "demonym"


_VERBS_TOO = frozenset(
    {"head", "heads", "chair", "chairs", "deputy", "commander", "chief", "judge", "envoy", "king", "deputies"}
)


class Cutter:
    """Finds the pieces of one document, in one pass over its tokens."""

    def __init__(self, parse: Parse, reference: Reference) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.low = parse.word
        self.words = [fold(token.text) for token in parse.doc]
        self.reference = reference
        self.titles: TitleLexicon = load_titles()
        self.nouns: Nouns = load_nouns()
        self.known: dict[int, Known] = {known.start: known for known in find_known(parse.doc, reference)}
        self.headline = [self._is_headline(start, end) for start, end in parse.sentences]

    def cut(self) -> list[Piece]:
        """The pieces in order; they do not overlap."""
        pieces: list[Piece] = []
        index = 0
        while index < self.parse.size:
            piece = self._at(index, pieces[-1] if pieces else None)
            if piece:
                pieces.append(piece)
                index = piece.end
            else:
                index += 1
        return self._joined(pieces)

    def _at(self, index: int, last: Piece | None) -> Piece | None:
        capital = self.words[index][:1].isupper()
        known = self.known.get(index) or (self._half(index) if capital else None)
        title = self.titles.match(self.low, index)
        if (
            title
            and capital
            and last
            and last.kind == "run"
            and last.end == index
            and not self._name_follows(title.end)
        ):
            title = None
        if title and self.low[index] == "amir" and capital and self._name_follows(title.end):
            title = None  # a given name, too
        if title and (not known or title.end >= known.end) and not self._is_verb(index, title.end):
            return Piece(index, title.end, "title", title=title.title, plural=title.plural)
        ministry = self._ministry(index)
        if ministry:
            return ministry
        if known and self._plausible(known) and not self._given_name(known):
            return Piece(index, known.end, "name", senses=known.senses)
        region = self._region(index) if capital else None
        if region:
            return region
        pseudo = self._pseudo_title(index)
        if pseudo:
            return pseudo
        if capital:
            return self._honorific(index) or self._run(index)
        return None

    def _half(self, index: int) -> Known | None:
        """The first of "North and South Korea", named by its direction only."""
        second = self.known.get(index + 2) if self.low[index + 1 : index + 2] == ["and"] else None
        if self.low[index] not in _COMPASS or second is None or self.low[second.start] not in _COMPASS:
            return None
        rest = self.doc[second.start + 1 : second.end].text
        senses = self.reference.lookup(f"{self.words[index]} {rest}")
        return Known(index, index + 1, senses) if rest and senses and senses[0].record.kind == "State" else None

    def _is_verb(self, start: int, end: int) -> bool:
        """A one-word title that is used as a verb or adverb: "to head", "to chair", "to deputy"."""
        return (
            end == start + 1
            and (self.parse.tag[start].startswith("VB") or self.parse.tag[start] == "JJ")
            and self.low[start] in _VERBS_TOO
            and not self._name_follows(end)
        )

    def _name_follows(self, index: int) -> bool:
        return index < self.parse.size and self.words[index][:1].isupper() and self.parse.tag[index] in _PROPER

    def _plausible(self, known: Known) -> bool:
        """A known name that is really one: no verb "Split", no pronoun "US", no single word of a person's name."""
        record, single = known.senses[0].record, known.end == known.start + 1
        if record.kind == "Person":
            return not single
        if not single:
            return True
        tag = self.parse.tag[known.start]
        if record.kind == "Place" and (tag in _COMMON_TAGS or record.group != "capital"):
            first = self._begins_sentence(known.start)
            token = self.doc[known.start]
            if tag == "JJ" and self.words[known.start][:1].isupper() and self._governs(known.end):
                return True  # "Punjab Chief Minister"
            return tag in _PROPER and not (first and not token.ent_type_ and not token.is_upper)  # "GENEVA —"
        return not (tag == "PRP" and self.words[known.start] not in ("US", "U.S."))

    def _governs(self, index: int) -> bool:
        """Whether the title of somebody who governs a part of a state begins at ``index``."""
        title = self.titles.match(self.low, index) if index < self.parse.size else None
        return bool(title and title.title.role in ("Governor", "Mayor", "HeadOfGovernment", "HeadOfState"))

    def _given_name(self, known: Known) -> bool:
        """A single word that a particle makes part of a person's name: "Rashid bin Omar"."""
        person = known.senses[0].record.kind == "Person"
        short = (person or known.end == known.start + 1) and known.end < self.parse.size
        return short and self.low[known.end] in ("bin", "ibn", "bint", "ben", "al") and self._particle(known.end)

    def _ministry(self, index: int) -> Piece | None:
        """ "Foreign Ministry", "the ministry of defence", "State Department" of any state."""
        if (
            self.low[index] in ("ministry", "department")
            and index + 2 < self.parse.size
            and self.low[index + 1] in ("of", "for")
        ):
            after = index + 2 + (self.low[index + 2] == "the")
            for end in range(min(after + 3, self.parse.size), after, -1):
                name = self.nouns.ministries.get(tuple(self.low[after:end]))
                if name:
                    return Piece(index, end, "ministry", text=name)
        for size in (2, 1):
            end = index + size
            if end < self.parse.size and self.low[end] in ("ministry", "department"):
                name = self.nouns.ministries.get(tuple(self.low[index:end]))
                if name:
                    return Piece(index, end + 1, "ministry", text=name)
        return None

    def _region(self, index: int) -> Piece | None:
        """The adjective or name of a part of the world whose states act together: "Western", "Central Asian"."""
        for end in range(min(index + 3, self.parse.size), index, -1):
            name = self.nouns.regions.get(tuple(self.low[index:end]))
            if name and not self._of_people(index, end):
                return Piece(index, end, "region", text=name)
        return None

    def _of_people(self, index: int, end: int) -> bool:
        """Whether the word describes people, not states: "Islamic fundamentalists", "African students"."""
        head = self.parse.head[end - 1]
        noun = singular(self.low[head])
        if head < end or self.parse.dep[end - 1] not in ("amod", "compound", "nmod"):
            return False
        if noun in self.nouns.region_heads or noun in self.nouns.regimes:
            return False
        return noun in self.nouns.people or self.low[index] in _FAITHS

    def _pseudo_title(self, index: int) -> Piece | None:
        """ "counterpart" and its like, whose office is that of somebody else."""
        if self.low[index] in ("counterpart", "counterparts", "colleague", "colleagues"):
            return Piece(index, index + 1, "title", pseudo="counterpart", plural=self.low[index].endswith("s"))
        owned = index and (self.parse.tag[index - 1] in ("POS", "PRP$") or self.low[index - 1] in ("'s", "’s"))
        if self.low[index] == "deputy" and owned and self.parse.tag[index] == "NN":
            return Piece(index, index + 1, "title", pseudo="deputy")
        if self.low[index] in ("successor", "predecessor") and self.parse.tag[index] == "NN":
            return Piece(index, index + 1, "title", pseudo=self.low[index])
        if self.low[index : index + 2] in (["opposite", "number"], ["opposite", "numbers"]):
            return Piece(index, index + 2, "title", pseudo="counterpart", plural=self.low[index + 1].endswith("s"))
        return None

    def _honorific(self, index: int) -> Piece | None:
        before = self.known.get(index - 1)
        if self.low[index] == "army" and before and before.senses[0].how == "demonym":
            return None  # "Chadian Army General X" is of the Chadian army
        for end in (index + 5, index + 3, index + 2, index + 1):
            if (
                end < self.parse.size
                and self.words[end][:1].isupper()
                and " ".join(self.low[index:end]).replace(" - ", "-") in self.titles.honorifics
            ):
                return Piece(
                    index,
                    end,
                    "honorific",
                    text=self.titles.honorifics[" ".join(self.low[index:end]).replace(" - ", "-")],
                )
        return None

    def _run(self, index: int) -> Piece | None:
        """A run of capitalised words from ``index``, with the particles and hyphens inside personal names."""
        if not self._starts_run(index):
            return None
        end = index + 1
        while end < self.parse.size and not (end in self.known and self._plausible(self.known[end])):
            if self._continues(end):
                end += 1
            elif self._particle(end) or self._owner(end):
                end += 2
            else:
                break
        return Piece(index, end, "run")

    def _qualifies(self, index: int) -> bool:
        """Whether the first word of a sentence only qualifies a title: "Caretaker prime minister X"."""
        if self.low[index] not in self.titles.modifying or not self._begins_sentence(index):
            return False
        return index + 1 < self.parse.size and self.titles.match(self.low, index + 1) is not None

    def _starts_run(self, index: int) -> bool:
        word, tag = self.words[index], self.parse.tag[index]
        if not word[:1].isalpha() or self._is_date(index) or tag in _COMMON_TAGS or self.low[index] in _LANGUAGES:
            return False
        if self.headline[self.parse.sentence[index]] or self._common_noun(index) or self._qualifies(index):
            return False
        if tag in _PROPER:
            return True
        return not self._begins_sentence(index) or bool(self.doc[index].ent_type_ in ("PERSON", "GPE", "ORG", "NORP"))

    def _common_noun(self, index: int) -> bool:
        """ "Parliament", "Rebels" at the beginning of a sentence: a description, no name."""
        word = singular(self.low[index])
        common = (word,) in self.nouns.bodies or word in self.nouns.people or word in self.nouns.regimes
        common = common or word in self.nouns.forces or word in self.nouns.countries or (word,) in self.nouns.documents
        return common and self._begins_sentence(index) and not self._name_follows(index + 1)

    def _is_date(self, index: int) -> bool:
        """Whether the word is of the calendar, and not "Jan" or "May" in a person's name."""
        word, following = self.low[index], self.words[index + 1 : index + 2]
        if word in _GIVEN_NAMES and following and following[0][:1].isupper() and self.parse.tag[index + 1] in _PROPER:
            return (
                bool(index) and self.parse.tag[index - 1] in ("IN", "JJ", "DT") and self.parse.dep[index] != "compound"
            )
        return word in _CALENDAR and self.doc[index].ent_type_ != "PERSON"

    def _begins_sentence(self, index: int) -> bool:
        start = self.parse.sentences[self.parse.sentence[index]][0]
        while start < index and not self.words[start][:1].isalnum():
            start += 1
        return start == index or self.words[index - 1] in ('"', "“", "'", ":", "-")

    def _continues(self, index: int) -> bool:
        word = self.words[index]
        if not word[:1].isupper() or self._is_date(index):
            return False
        before = self.words[index - 1]
        if self.parse.sentence[index] != self.parse.sentence[index - 1] or (len(before) > 3 and before.endswith(".")):
            return False
        title = self.titles.match(self.low, index)
        if title and (self.parse.tag[index] not in _PROPER or self._name_follows(title.end)):
            return False
        return self.parse.tag[index] in _PROPER or self.parse.tag[index] not in _COMMON_TAGS

    def _particle(self, index: int) -> bool:
        """A particle or hyphen between two capitalised parts of a name, or an initial's full stop."""
        if index + 1 >= self.parse.size:
            return False
        if self.words[index] == "-" and self.doc[index - 1].whitespace_ == "" and self.doc[index].whitespace_ == "":
            joined = self.words[index + 1]
            return joined[:1].isupper() or (joined[:1].isalpha() and not joined.endswith(_LINKED))
        following = self.words[index + 1]
        return self.low[index] in _PARTICLES and (
            following[:1].isupper() or following == "-" or self.low[index + 1] in _PARTICLES
        )

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

    def _joined(self, pieces: list[Piece]) -> list[Piece]:
        """Pieces that are parts of one longer name put together: "Victoria" + "Nuland", "Movement" + "for Change"."""
        joined: list[Piece] = []
        for piece in pieces:
            last = joined[-1] if joined else None
            if (last and last.end == piece.start and self._one_name(last, piece)) or (
                last and piece.kind in ("run", "name") and self._of_name(last, piece)
            ):
                joined[-1] = Piece(last.start, piece.end, "run")
                before = joined[-2] if len(joined) > 1 else None
                if before and before.kind == "name" and before.end == last.start and self._one_name(before, joined[-1]):
                    joined[-2:] = [Piece(before.start, piece.end, "run")]
            else:
                joined.append(piece)
        return joined

    def _one_name(self, one: Piece, other: Piece) -> bool:
        last = self.words[one.end - 1]
        if self.parse.sentence[one.start] != self.parse.sentence[other.start] or (len(last) > 3 and last[-1] == "."):
            return False
        kinds = {one.kind, other.kind}
        if one.kind == "region" and other.kind == "run":
            return self.words[one.start][:1].isupper() and self._suffix(other) not in ("", "Place")
        if kinds == {"run", "name"}:
            known, run = (one, other) if one.kind == "name" else (other, one)
            if known.is_demonym():
                return known is one and self._suffix(run) in ("Organisation", "GovernmentBody", "PoliticalParty")
            if known.is_person():
                return True
            if known.is_place() or known.sense.record.kind == "State":
                if known is other and known.sense.record.kind == "State" and known.sense.how == "name":
                    return False
                if known is one and self._after_office(one, run):
                    return False
                short = known.end - known.start == 1 and not (self.words[known.start].isupper() and known is one)
                return short or self._suffix(run) != ""  # "US Predator strikes": no name of one thing
            return self._suffix(run) != "" and known is one
        return False

    def _after_office(self, place: Piece, run: Piece) -> bool:
        """Whether a run begins a name of its own: "prime minister of Slovenia Bojan Prelog"."""
        before = [word for word in self.low[max(place.start - 2, 0) : place.start] if word != "the"]
        return before[-1:] == ["of"] and run.end - run.start > 1 and self._suffix(run) == ""

    def _of_name(self, one: Piece, other: Piece) -> bool:
        """ "Movement for Change": an institution's noun, of or for, a capitalised complement."""
        gap = self.low[one.end : other.start]
        if one.kind == "name" and one.sense.record.kind == "PoliticalParty" and gap == ["of"]:
            return other.kind == "run"  # "Democratic Party of Struggle"
        if one.kind != "run" or not gap or gap[0] not in _JOINERS:
            return False
        if gap[1:] not in ([], ["the"]) and not (len(gap) == 2 and gap[1] in _DIRECTIONS):
            return False
        if self._suffix(one) not in ("Organisation", "PoliticalParty", "GovernmentBody", "ArmedGroup"):
            return False
        if other.kind == "name" and other.sense.record.kind in ("State", "Place") and not other.is_demonym():
            several = one.end - one.start > 1
            return several and (gap[0] == "for" or (len(gap) == 1 and self._suffix(one) == "PoliticalParty"))
        return not (other.kind == "name" and other.sense.record.kind in ("Person", "State", "Place"))

    def _suffix(self, run: Piece) -> str:
        """What the last word of a name, or the last before "of" or "for", tells that it is of."""
        of = next((i for i in range(run.start + 1, run.end) if self.low[i] in ("of", "for")), run.end)
        return self.nouns.suffixes.get(self.low[run.end - 1], "") or self.nouns.suffixes.get(self.low[of - 1], "")
