"""Puts pieces together that are parts of one longer name: "Victoria" + "Nuland", "Movement" + "for Change"."""

from __future__ import annotations

from kg.text.lexicon import words
from kg.text.names.pieces import Piece
from kg.text.names.runs import PROPER, Runs, ends_abbreviated

_SENT = (["ambassador"], ["envoy"], ["representative"], ["emissary"], ["minister"], ["delegate"], ["coordinator"])
_JOINERS = frozenset({"of", "for"})
# institutions of one word that are called by their state
_PARTIES = frozenset({"party", "movement", "bloc", "alliance", "coalition", "faction"})
_COMPASS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"})
_INSTITUTIONS = frozenset({"Organisation", "PoliticalParty", "GovernmentBody", "ArmedGroup"})
_OF_STATES = frozenset({"bank", "church", "university"})
_INQUIRING = frozenset({"group", "committee", "commission", "panel", "conference", "subcommittee", "rapporteur"})
_ABSTRACT = words("naming", "abstract")
_DIRECTIONS = words("naming", "directions")


class Joining(Runs):
    """Joins the pieces of one document."""

    def joined(self, pieces: list[Piece]) -> list[Piece]:
        """Pieces that are parts of one longer name put together: "Victoria" + "Nuland", "Movement" + "for Change"."""
        joined: list[Piece] = []
        for piece in pieces:
            last = joined[-1] if joined else None
            if (
                (last and last.end == piece.start and self._one_name(last, piece))
                or (
                    last
                    and piece.kind in ("run", "name")
                    and (self._of_name(last, piece) or self._party_name(last, piece) or self._fellowship(last, piece))
                )
                or (last and self._named_for(last, piece))
            ):
                joined[-1] = Piece(last.start, piece.end, "run")
                before = joined[-2] if len(joined) > 1 else None
                if before and before.kind == "name" and before.end == last.start and self._one_name(before, joined[-1]):
                    joined[-2:] = [Piece(before.start, piece.end, "run")]
            else:
                joined.append(piece)
        return joined

    def _one_name(self, one: Piece, other: Piece) -> bool:
        if self.parse.sentence[one.start] != self.parse.sentence[other.start]:
            return False
        if ends_abbreviated(self.words[one.end - 1]) or other.start in self.opened:
            return False
        kinds = {one.kind, other.kind}
        if one.kind == "region" and other.kind == "run":
            return self.words[one.start][:1].isupper() and self._suffix(other) not in ("", "Place")
        if kinds == {"run", "name"}:
            known, run = (one, other) if one.kind == "name" else (other, one)
            if run is one and one.end == one.start + 1 and self.low[one.start] in self.nouns.prefixes:
                return not known.is_demonym()  # "Radio Rwanda", "Kataib Hezbollah"
            if known.is_demonym() and known is other and self.low[other.end : other.end + 1] in [[p] for p in _PARTIES]:
                return True  # "the Pheu Thai party"
            if known.is_demonym():
                return known is one and self._suffix(run) in ("Organisation", "GovernmentBody", "PoliticalParty")
            if known.is_person():
                return True
            if run is one and self.low[run.start] in _COMPASS and run.end == run.start + 1:
                noun = self.low[other.end : other.end + 1]
                return bool(noun) and self.nouns.suffixes.get(noun[0]) == "Place"  # "East Azerbaijan province"
            if known.is_place() or known.sense.record.kind == "State":
                if known is other and known.sense.record.kind == "State" and known.sense.how == "name":
                    return False
                if known is one and self._after_office(one, run):
                    return False
                short = known.end - known.start == 1 and not (self.words[known.start].isupper() and known is one)
                return short or self._suffix(run) != ""  # "US Predator strikes": no name of one thing
            institution = (
                known is other and other.end == other.start + 1 and self.low[other.start] in self.nouns.suffixes
            )
            institution = institution or (known is other and self._enlarged(one, other))
            return (self._suffix(run) != "" and known is one) or institution  # "General National" + "Congress"
        if kinds == {"run"} and self._within_person(one, other):
            return True
        if kinds == {"run"}:  # "Free Aceh" + "Movement": a place stood inside
            return self.low[one.end - 1] not in self.nouns.suffixes and self._suffix(other) in _INSTITUTIONS
        return kinds == {"name"} and (self._one_person(one, other) or self._party_abroad(one, other))

    def _enlarged(self, run: Piece, known: Piece) -> bool:
        """Whether a word after "the" makes a known body's name another's: "the *International* Contact Group"."""
        bodies = known.sense.record.kind in (*_INSTITUTIONS, "IntergovernmentalOrganisation")
        single = run.end == run.start + 1 and known.end - known.start > 1
        return bodies and single and self.low[run.start - 1 : run.start] == ["the"] and known.sense.how == "name"

    def _fellowship(self, one: Piece, other: Piece) -> bool:
        """A body by whose it is or what it is for: "Sons *of the Valley*", "Front for Peace *and Justice*"."""
        gap = self.low[one.end : other.start]
        sentence = self.parse.sentence
        if (one.kind, other.kind) != ("run", "run") or sentence[one.start] != sentence[other.start]:
            return False
        if gap in (["of"], ["of", "the"]) and one.end == one.start + 1 and self.parse.tag[one.start] == "NNPS":
            return self.low[one.start - 1 : one.start] == ["the"]
        whole = self._suffix(one) in _INSTITUTIONS and "for" in self.low[one.start : one.end]
        further = self.low[other.start] in _ABSTRACT or self.doc[other.start].ent_iob_ == "I"
        return gap == ["and"] and whole and other.end == other.start + 1 and further

    def _within_person(self, one: Piece, other: Piece) -> bool:
        """Whether a place stood inside what the parser takes for one person's name: "Pham *Van* Minh"."""
        inside = (self.doc[index] for index in range(one.start + 1, other.end))
        return all(token.ent_type_ == "PERSON" and token.ent_iob_ == "I" for token in inside)

    def _one_person(self, one: Piece, other: Piece) -> bool:
        """Whether the names of two cities are those of one person: "President Salvador Allende"."""
        single = one.is_place() and other.is_place() and other.end - one.start == 2
        return single and all(self.doc[i].ent_type_ == "PERSON" for i in (one.start, other.start))

    def _party_abroad(self, one: Piece, other: Piece) -> bool:
        """Whether a party is that of another people than is known by its name: "*Serbian* Democratic Party"."""
        party = other.sense.record
        abroad = one.is_demonym() and one.sense.record.state != party.state and bool(party.state)
        return abroad and party.kind == "PoliticalParty" and other.end - other.start > 1

    def _after_office(self, place: Piece, run: Piece) -> bool:
        """Whether a run begins a name of its own: "prime minister of Slovenia Bojan Prelog"."""
        before = [word for word in self.low[max(place.start - 3, 0) : place.start] if word != "the"]
        of = before[-1:] == ["of"] or (before[-1:] in (["to"], ["in"]) and before[-2:-1] in _SENT)
        return of and run.end - run.start > 1 and self._suffix(run) == ""

    def _of_name(self, one: Piece, other: Piece) -> bool:
        """ "Movement for Change": an institution's noun, of or for, a capitalised complement."""
        gap = self.low[one.end : other.start]
        if self._is_mission(one, other, gap):
            return True
        if one.kind == "name" and one.sense.record.kind == "PoliticalParty" and gap == ["of"]:
            return other.kind == "run"  # "Democratic Party of Struggle"
        if one.kind == "name" and gap in (["of"], ["of", "the"]) and self._of_another_state(one, other):
            return True
        if one.kind == "run" and other.kind == "run" and self._purpose(one, other, gap):
            return True
        if one.kind != "run" or not gap or gap[0] not in _JOINERS:
            return False
        if gap == ["for"] and self._suffix(one) == "Company" and other.kind == "run":
            return True  # "Bank for Regional Development"
        if gap == ["of"] and "for" in self.low[one.start : one.end] and other.kind == "name":
            return other.sense.record.kind == "State" and other.sense.how == "name"  # "Union for the Renewal of Chad"
        if gap == ["of"] and self.low[one.start] in _OF_STATES and one.end == one.start + 1 and other.kind == "name":
            return other.sense.record.kind == "State" and other.sense.how == "name"  # "Bank of Chad"
        if gap[1:] not in ([], ["the"]) and not (len(gap) == 2 and gap[1] in _DIRECTIONS):
            return False
        if self._suffix(one) == "Document" and gap == ["of"]:
            return other.kind == "run"  # "Declaration of Principles"
        if self._suffix(one) not in ("Organisation", "PoliticalParty", "GovernmentBody", "ArmedGroup"):
            return False
        if other.kind == "name" and other.sense.record.kind in ("State", "Place") and not other.is_demonym():
            several = one.end - one.start > 1
            return several and (gap[0] == "for" or (len(gap) == 1 and self._suffix(one) == "PoliticalParty"))
        return not (other.kind == "name" and other.sense.record.kind in ("Person", "State", "Place"))

    def _of_another_state(self, one: Piece, other: Piece) -> bool:
        """Whether a body bears the name of a better known one: "the National Security Agency *of Georgia*"."""
        if not other.senses or other.sense.how != "name" or other.sense.record.kind != "State":
            return False
        body = one.sense.record
        return body.kind == "GovernmentBody" and body.state not in ("", other.sense.record.state)

    def _purpose(self, one: Piece, other: Piece, gap: list[str]) -> bool:
        """Whether a capitalised verb tells what a body is for: "Committee *to Save* the Republic"."""
        verb = one.end + 1
        capital = gap[:1] == ["to"] and self.words[verb : verb + 1] and self.words[verb][:1].isupper()
        return bool(capital) and gap[2:] in ([], ["the"]) and self._suffix(one) in _INSTITUTIONS

    def _named_for(self, one: Piece, other: Piece) -> bool:
        """ "Great Council *of Chiefs*", "Monitoring Group *on Mali*": a body by who sits in it or what it is on."""
        gap = self.low[one.end : other.start]
        if (
            one.kind != "run"
            or one.end - one.start < 2
            or self.parse.sentence[one.start] != self.parse.sentence[other.start]
        ):
            return False
        if gap == ["of"] and other.kind == "title":
            capital = self.words[other.start][:1].isupper() and self.parse.tag[other.start] in PROPER
            return other.plural and capital and self._suffix(one) in _INSTITUTIONS
        about = other.kind == "run" or (other.kind == "name" and other.sense.how == "name")
        return gap == ["on"] and about and self.low[one.end - 1] in _INQUIRING

    def _is_mission(self, one: Piece, other: Piece, gap: list[str]) -> bool:
        """ "United Nations Mission in Chad (UNMIC)": an acronym tells that the country belongs to the name."""
        if one.kind != "run" or gap not in (["in"], ["for"], ["to"], ["in", "the"], ["for", "the"]):
            return False
        if other.end + 2 >= self.parse.size or (self.low[other.end], self.low[other.end + 2]) != ("(", ")"):
            return False
        acronym, initial = self.words[other.end + 1], self.words[one.start][0]
        country = self.words[other.start][0]
        letters = acronym.isupper() and len(acronym) > 3 and acronym[0] == initial != country
        return letters and other.kind == "name" and other.sense.record.kind in ("State", "Place")

    def _party_name(self, one: Piece, other: Piece) -> bool:
        """ "the ruling *Law and Order* party", "the *Dawn of Labour* movement": told by the noun after both."""
        gap, after = self.low[one.end : other.start], self.low[other.end : other.end + 1]
        if one.kind == other.kind == "run" and gap == ["and"] and self._suffix(one) == "":
            joint = self.doc[one.end]  # "National Security and Defence Council"
            if joint.ent_type_ == "ORG" and joint.ent_iob_ == "I" and self._suffix(other) in _INSTITUTIONS:
                return self.doc[other.start].ent_iob_ == "I"
        if one.kind != "run" or gap not in (["and"], ["of"], ["for"]) or not after or after[0] not in _PARTIES:
            return False
        known = other.senses[0].record.kind if other.senses else ""
        first = self.parse.tag[one.start - 1] if one.start else ""
        return known not in ("Person", "State", "Place") and first in ("DT", "JJ", "VBG", "VBN", "POS", "PRP$")

    def _suffix(self, run: Piece) -> str:
        """What the last word of a name, or the last before "of" or "for", tells that it is of."""
        of = next((i for i in range(run.start + 1, run.end) if self.low[i] in ("of", "for")), run.end)
        return self.nouns.suffixes.get(self.low[run.end - 1], "") or self.nouns.suffixes.get(self.low[of - 1], "")
