"""Cuts a document into the pieces of which noun phrases of actors are made, in one pass over its tokens."""

from __future__ import annotations

from kg.link.titles import TitleMatch
from kg.text.lexicon import words
from kg.text.names.gazetteer import Known
from kg.text.names.joining import Joining
from kg.text.names.lexicon import singular
from kg.text.names.pieces import STATE, Piece
from kg.text.names.runs import PROPER

_FAITHS = frozenset({"muslim", "islamic"})
_COMPASS = frozenset({"north", "south", "east", "west"})
_ALSO_GIVEN = frozenset({"amir", "shah"})
_SELDOM_GIVEN = frozenset({"emir", "sultan"})
_VERBS_TOO = frozenset(
    {"head", "heads", "chair", "chairs", "deputy", "commander", "chief", "judge", "envoy", "king", "deputies"}
)
_CALLED_AFTER = words("naming", "called_after")


class Cutter(Joining):
    """Finds the pieces of one document."""

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
        return self.joined(pieces)

    def _is_given(self, index: int, last: Piece | None) -> bool:
        """Whether a title is a given name: "Amir Khan", and "Prince Sultan Khalid", but not "Sultan Khalid"."""
        addressed = self._is_title_before(index) or (last is not None and last.kind == "run" and last.end == index)
        return self.low[index] in _ALSO_GIVEN or (self.low[index] in _SELDOM_GIVEN and addressed)

    def _is_title_before(self, index: int) -> bool:
        """Whether the word before ends a title: "foreign minister Emir"."""
        return any(
            (found := self.titles.match(self.low, start)) and found.end == index for start in (index - 2, index - 1)
        )

    def _at(self, index: int, last: Piece | None) -> Piece | None:
        if index in self.dated_from:
            city = self.known.get(index)
            end = self.dated_from[index]
            return Piece(index, city.end, "name", senses=city.senses) if city else Piece(index, end, "run")
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
        if title and capital and self._name_follows(title.end):
            title = None if self._is_given(index, last) or self._place_called_after(index) else title
        if known and known.senses[0].record.kind == "Person" and title and title.end < known.end:
            self.known[title.end] = Known(title.end, known.end, known.senses)  # "King Hussein II": title and name
            self.titled.add(title.end)
            known = None
        elif known and (office := self._office_in(known)):
            known = self.known[index] = office
        title = self._of_whom(index, title) if title else None
        if title and (not known or title.end >= known.end) and not self._is_verb(index, title.end):
            return Piece(index, title.end, "title", title=title.title, plural=title.plural)
        if known and known.end < self.parse.size and self._numbers(index, known.end):
            return Piece(index, known.end + 1, "run")
        ministry = self._ministry(index)
        if ministry:
            return ministry
        if known and (index in self.titled or (self._plausible(known) and not self._given_name(known))):
            return Piece(index, known.end, "name", senses=known.senses)
        region = self._region(index) if capital else None
        if region:
            return region
        pseudo = self._pseudo_title(index)
        if pseudo:
            return pseudo
        if capital:
            return self._honorific(index) or self._national(index) or self._run(index)
        if last and last.end == index and last.kind in ("honorific", "title") and self._particled(index):
            return self._run_on(index)  # "Mr *van Dorp*"
        return None

    def _of_whom(self, index: int, title: TitleMatch) -> TitleMatch:
        """The first word of a title where a name tells which opposition: "leader of the *opposition Fox party*"."""
        end = title.end
        named = end < self.parse.size and self.words[end][:1].isupper() and self.parse.tag[end] in PROPER
        if title.plural or not named or self.low[end - 3 : end] != ["of", "the", "opposition"]:
            return title
        return self.titles.match(self.low[: index + 1], index) or title

    def _office_in(self, known: Known) -> Known | None:
        """The first part of an organisation called by the office of its head: "the *UN* High Commissioner"."""
        end = known.end
        if known.senses[0].record.kind != "IntergovernmentalOrganisation":
            return None
        apposed = self.low[known.start - 2 : known.start] == [",", "the"]
        beside = self._name_follows(end) or (self.low[end : end + 1] == [","] and self._name_follows(end + 1))
        for index in range(known.start + 1, end) if apposed or beside else ():
            title = self.titles.match(self.low, index)
            first = self.reference.lookup(self.doc[known.start : index].text) if title and title.end == end else ()
            if first:
                return Known(known.start, index, first)
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
        ) or self._is_chief_of_others(start, end)

    def _is_chief_of_others(self, start: int, end: int) -> bool:
        """Whether "chief" only tells which of a state's delegates it is: "the *chief* Chadian negotiator"."""
        nation = self.known.get(end) if self.low[start:end] == ["chief"] else None
        office = self.titles.match(self.low, nation.end) if nation and nation.end < self.parse.size else None
        return office is not None and nation is not None and nation.senses[0].record.kind == "State"

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
        if self.words[index : index + 2] == ["state", "department"] and self.low[index - 1] in ("the", "a", "us"):
            return Piece(index, index + 2, "ministry", text=STATE)
        return None

    def _national(self, index: int) -> Piece | None:
        """A state's own council before the name of the world's: "the *National* Security Council"."""
        council = self.low[index : index + 3] == ["national", "security", "council"]
        return Piece(index, index + 3, "run") if council and self.words[index + 1][:1].isupper() else None

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
        if self.low[index] in ("successors", "predecessors") and "one" in self.low[max(index - 3, 0) : index]:
            return Piece(index, index + 1, "title", pseudo=self.low[index][:-1])  # "one of his predecessors, X"
        if self.low[index : index + 2] in (["opposite", "number"], ["opposite", "numbers"]):
            return Piece(index, index + 2, "title", pseudo="counterpart", plural=self.low[index + 1].endswith("s"))
        return None

    def _institution(self, index: int) -> bool:
        """Whether the capitalised words from ``index`` name an institution: "*General* National Congress"."""
        end = index + 1
        while end < self.parse.size and self.words[end][:1].isupper() and self.parse.tag[end] in PROPER:
            end += 1
        kind = self.nouns.suffixes.get(self.low[end - 1], "")
        return end > index + 1 and kind not in ("", "Place") and not self.words[end - 1].isupper()

    def _place_called_after(self, index: int) -> bool:
        """Whether the capitalised words from ``index`` end as names of places do: "*King* George Street"."""
        end = index + 1
        while end < self.parse.size and self.words[end][:1].isupper() and self.parse.tag[end] in PROPER:
            end += 1
        return end > index + 2 and self.low[end - 1] in _CALLED_AFTER and not self.words[end - 1].isupper()

    def _honorific(self, index: int) -> Piece | None:
        before = self.known.get(index - 1)
        if self.low[index] == "army" and before and before.senses[0].how == "demonym":
            return None  # "Chadian Army General X" is of the Chadian army
        if (self.low[index] == "general" and self._institution(index)) or self._place_called_after(index):
            return None
        for end in (index + 5, index + 3, index + 2, index + 1):
            if (
                end < self.parse.size
                and (self.words[end][:1].isupper() or self._particled(end))
                and " ".join(self.low[index:end]).replace(" - ", "-") in self.titles.honorifics
            ):
                return Piece(
                    index,
                    end,
                    "honorific",
                    text=self.titles.honorifics[" ".join(self.low[index:end]).replace(" - ", "-")],
                )
        return None
