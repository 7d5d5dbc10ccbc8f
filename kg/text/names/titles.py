"""A title with its phrase: what stands before and after it, and the organisations that these name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.link.titles import Title, titled
from kg.text.document import Referent
from kg.text.names.lexicon import singular
from kg.text.names.phrases import Modifiers, modifiers

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_REGIONAL = frozenset({"HeadOfState", "HeadOfGovernment", "Governor", "Mayor", "Leader", "Minister"})
_AGENTS_ABROAD = frozenset({"Ambassador", "Envoy", "Diplomat"})
HEADS = frozenset({"HeadOfState", "HeadOfGovernment", "Monarch"})
LEADING = ("HeadOfState", "Monarch", "HeadOfGovernment", "Leader")
UNIQUE = frozenset(
    {"HeadOfState", "HeadOfGovernment", "Monarch", "ForeignMinister", "SecretaryGeneral", "DefenceMinister"}
)
NATIONAL = frozenset({"DeputyHeadOfState", "DeputyHeadOfGovernment", "Minister", "DeputyMinister"}) | HEADS
_PERSONAL = frozenset(
    {"Envoy", "Adviser", "Spokesperson", "Official", "OfficeHolder", "Mediator", "Negotiator", "Diplomat"}
)
_HEADS_OF_BODIES = frozenset({"SecretaryGeneral", "HighRepresentative", "HeadOfOrganisation"})
_COMPLEMENT = frozenset({"of", "for", "at", "in", "to"})
UNITED_NATIONS = "organisation/united-nations"
BODY_KINDS = frozenset(
    {"IntergovernmentalOrganisation", "GovernmentBody", "Organisation", "PoliticalParty", "ArmedGroup", "Company"}
)
_PORTFOLIO_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "CC"})


_LOCAL = frozenset({"Place", "Group", "ArmedGroup", "PoliticalParty"})


@dataclass(slots=True)
class Office:
    """A title with its phrase, from ``begin`` to ``end``, and the organisations that the phrase names."""

    piece: Piece
    left: Modifiers
    begin: int
    end: int
    title: Title
    text: str
    organisations: tuple[Referent, ...] = ()
    former: bool = False
    designate: bool = False
    explicit: bool = False
    verb: int = -1


class Titles:
    """Reads the phrases of titles; ``describe`` resolves a common noun on demand."""

    def __init__(self, scene: Scene, tracker: Tracker) -> None:
        self.scene = scene
        self.tracker = tracker
        self.owners: dict[int, tuple[Referent, ...]] = {}
        self.describe: Callable[[int], tuple[Referent, ...]] = lambda index: ()

    def office(self, piece: Piece) -> Office:
        scene, title = self.scene, piece.title or Title("", "")
        left = modifiers(scene, piece.start)
        office = Office(piece, left, left.begin, piece.end, title, title.text)
        office.former = bool(scene.titles.modifiers["former"] & set(left.words)) or "ex" in left.words
        office.designate = bool(scene.titles.modifiers["designate"] & set(left.words))
        adjectives = [p for i in range(left.begin, piece.start) if (p := scene.after(i)) and p.is_demonym()]
        if title.text == "Member" and adjectives:
            office.text = f"{scene.text(adjectives[0].start, adjectives[0].end)} {title.text}"
        if title.text.endswith("Minister") and title.role in ("Minister", "DeputyMinister"):
            self._portfolio(office)
        after = scene.low[office.end : office.end + 2]
        if after[:1] == ["-"] and after[1:] and after[1] in ("elect", "designate"):
            office.end, office.designate = office.end + 2, True
        elif after[:1] and after[0] in ("designate", "elect", "nominee"):
            office.end, office.designate = office.end + 1, True
        organisations = self._inside(office)
        complement = self._complement(office)
        parties = [o for o in organisations if o.kind == "PoliticalParty" and complement]
        office.organisations = tuple((*complement, *parties) if complement else organisations)
        office.explicit = bool(office.organisations)
        return office

    def _portfolio(self, office: Office) -> None:
        """A portfolio that the lexicon does not list: "the fisheries and forests minister"."""
        scene, start = self.scene, office.piece.start
        while start and scene.tag[start - 1] in _PORTFOLIO_TAGS and scene.low[start - 1] not in scene.titles.modifying:
            piece = scene.at[start - 1]
            if piece and piece.kind != "run":
                break
            start -= 1
        words = scene.low[start : office.piece.start]
        while words and words[0] in ("and", ",", "-"):
            words = words[1:]
        if words and office.title.text == "Minister":
            office.text = f"{titled(words)} Minister"

    def _inside(self, office: Office) -> list[Referent]:
        """The organisations named before the title: "Chinese Foreign Ministry", "the MDC", "its"."""
        left = office.left
        self._possessor(office)
        states = [*left.states, *(self.state_of(p) for p in left.possessors if p.kind != "Place")]
        named = [s for s in states if s is not None]
        regions = [p for p in (*left.states, *left.possessors) if p.kind == "Place" and not self.is_capital(p)]
        if office.title.body and (named or regions):
            owner = [*regions, *named][0]
            return [self.body(office.title, owner)]
        if left.ministry:
            return [self.ministry(left.ministry, self._first_state(named, office))]
        if regions and office.title.role in _REGIONAL:
            return [*regions, *(s for s in named if s.kind != "State")]
        cities = [c for p in (left.begin, *range(left.begin, office.piece.start)) if (c := self._city(p))]
        if cities and office.title.role == "Mayor":
            return cities[:1]
        chief = self._of_office(office)
        if chief:
            return chief
        actors = [a for a in left.actors if not (office.title.role == "Ambassador" and a.key == UNITED_NATIONS)]
        if len(actors) < len(left.actors):
            office.text = f"{office.text} to the United Nations"
        for possessor in left.possessors:
            if possessor.kind not in ("State", "Person", "Place"):
                actors.append(possessor)
        if actors:
            return actors
        for word in left.words:
            if word in ("government", "military", "army", "police", "parliament", "opposition", "party", "rebel"):
                office.text = titled([word, office.text]) if office.title.role in ("Leader",) else office.text
        return list(dict.fromkeys(named))

    def body(self, title: Title, owner: Referent) -> Referent:
        """The body of a state, or of a part of one, that a title implies."""
        state = owner if owner.kind == "State" else owner.state
        return self.scene.named("GovernmentBody", title.body.format(state=owner.name), state)

    def _of_office(self, office: Office) -> list[Referent]:
        """The organisation of the office whose holder's somebody is: "NATO's secretary-general's special envoy"."""
        left = office.left
        if not left.possessed or office.title.role not in _PERSONAL:
            return []
        if self.owners.get(left.begin):
            return list(self.owners[left.begin])
        person = left.possessors[0] if left.possessors and left.possessors[0].kind == "Person" else None
        held = [o for o in self.scene.people.offices(person) if o.role in _HEADS_OF_BODIES] if person else []
        record = self.scene.reference.records.get(held[0].organisation) if held else None
        return [self.scene.known(record)] if record and record.kind != "State" else []

    def _possessor(self, office: Office) -> None:
        """Takes "its" for a state before "foreign minister", and for an organisation before "secretary-general"."""
        left, role = office.left, office.title.role
        if len(left.possessors) != 1 or self.scene.low[left.begin] != "its":
            return
        national = role in NATIONAL or role.endswith("Minister")
        kinds = frozenset({"State"}) if national else BODY_KINDS if role == "SecretaryGeneral" else frozenset()
        if kinds and left.possessors[0].kind not in kinds and left.possessors[0].kind != "Person":
            found = self.tracker.salient(lambda r: r.kind in kinds, left.begin)
            left.possessors = (found,) if found else left.possessors

    def _first_state(self, named: list[Referent], office: Office) -> Referent | None:
        return named[0] if named else self.context_state(office.begin)

    def ministry(self, portfolio: str, state: Referent | None) -> Referent:
        """The ministry of a state for a portfolio; that of nobody in particular where the state is unknown."""
        if state and state.key == "state/united-states" and portfolio == "Foreign Affairs":
            return self.scene.named("GovernmentBody", "United States Department of State", state)
        if state and state.key == "state/united-states" and portfolio == "Defence":
            return self.scene.named("GovernmentBody", "United States Department of Defense", state)
        of = f" of {state.name}" if state else ""
        return self.scene.named("GovernmentBody", f"Ministry of {portfolio}{of}", state)

    def context_state(self, index: int) -> Referent | None:
        """The state that a bare institution belongs to: the dateline's, else the one that the article is about."""
        document = self.scene.document
        subject = self._subject_state(index) or self.scene_state(index) or self._told_before(index)
        return subject or (self.state_of(document.dateline) if document.dateline else None) or document.focus

    def domestic_state(self, index: int) -> Referent | None:
        """The state of "the government" or "the opposition": where the sentence, then the article, has its scene."""
        told = self.scene_state(index) or self._beside(index)
        return told or self.scene.home or self.scene.document.focus

    def _beside(self, index: int) -> Referent | None:
        """The state of the place or group named before in the sentence: "Rebels in Gao accused the government"."""
        sentence = self.scene.parse.sentence[index]
        for seen in reversed(self.tracker.seen):
            if seen.sentence != sentence:
                return None
            local = [r.state for r in seen.referents if r.kind in _LOCAL]
            if seen.index < index and len(local) == 1 and local[0] is not None:
                return local[0]
        return None

    def scene_state(self, index: int) -> Referent | None:
        """The state of the city where the sentence sets its scene: "In Dhaka, the government said"."""
        start, _ = self.scene.parse.sentences[self.scene.parse.sentence[index]]
        for piece in (self.scene.after(start + 1), self.scene.after(start + 2)):
            if piece and piece.referents and self.scene.low[start] in ("in", "from", "at") and piece.start < index:
                return self.state_of(piece.referents[0])
        return None

    def _told_before(self, index: int) -> Referent | None:
        """The state that is the subject of the sentence before, in the same paragraph."""
        sentence = self.scene.parse.sentence[index]
        if not sentence or self.scene.paragraph[sentence] != self.scene.paragraph[sentence - 1]:
            return None
        for seen in reversed(self.tracker.seen):
            if seen.sentence < sentence - 1:
                return None
            if seen.sentence == sentence - 1 and seen.main and len(seen.referents) == 1:
                return seen.referents[0] if seen.referents[0].kind == "State" else None
        return None

    def _subject_state(self, index: int) -> Referent | None:
        """The state that is the subject earlier in the sentence: "Iran urged it, a foreign ministry official said"."""
        sentence = self.scene.parse.sentence[index]
        for seen in reversed(self.tracker.seen):
            if seen.sentence != sentence:
                return None
            if seen.subject and seen.index < index and len(seen.referents) == 1 and seen.referents[0].kind == "State":
                return seen.referents[0]
        return None

    def state_of(self, referent: Referent) -> Referent | None:
        """The state itself, or that of a person's office, of a body or of a place."""
        if referent.kind == "State":
            return referent
        if referent.state is None and referent.kind == "Person":
            for held in self.scene.people.offices(referent):
                record = self.scene.reference.records.get(held.organisation)
                if record and record.kind == "State":
                    referent.state = self.scene.known(record)
                    break
            else:
                led = self.scene.people.state_of_name(referent.name) if " " not in referent.name else ""
                referent.state = self.scene.known(self.scene.reference.records[led]) if led else None
        return referent.state

    def states_in(self, left: Modifiers) -> list[Referent]:
        """The states that the words before a noun name or whose they are."""
        found = [s for s in left.states if s.kind == "State"]
        for possessor in left.possessors:
            state = possessor if possessor.kind == "State" else None
            if possessor.kind == "Person":
                state = self.state_of(possessor)
            if state and state not in found:
                found.append(state)
        return found

    def _complement(self, office: Office) -> list[Referent]:
        """What follows "of", "for", "to" or "at": the organisation, or for envoys the place they are sent to."""
        scene, index = self.scene, office.end
        if index >= scene.parse.size or scene.low[index] not in _COMPLEMENT:
            return []
        preposition, start = scene.low[index], index + 1
        while start < scene.parse.size and (
            scene.low[start] in ("the", "its", "a") or scene.tag[start] in ("JJ", "VBG", "NN", "CD")
        ):
            piece = scene.after(start)
            if piece and piece.kind in ("name", "run", "ministry", "title"):
                break
            if scene.document.by_root.get(start) and scene.tag[start] != "DT":
                break
            start += 1
        referents, end = self._named_at(start)
        if referents and self._modifies(start, end):
            referents, end = self._described_at(end)
        elif not referents or scene.low[end : end + 1] in (["'s"], ["’s"]) or referents[0].kind == "Person":
            deeper, after = self._noun_after(office.end)
            if deeper or not referents or referents[0].kind == "Person":
                referents, end = deeper, after
        if not referents:
            return []
        if office.title.role in _AGENTS_ABROAD and preposition in ("to", "for", "in"):
            capital = referents[0].state if self.is_capital(referents[0]) else None
            if office.title.role == "Ambassador" and capital:
                preposition, referents = "to", [capital]
            office.text = f"{office.text} {preposition} {self._destination(referents)}"
            office.end = end
            return []
        if preposition in ("to", "in") and referents[0].kind != "State":
            return []
        if all(r.kind in ("Person", "Document") for r in referents):
            return []
        office.end = end
        if referents[0].name.startswith("General Staff"):
            office.text = f"{office.text} of the General Staff"
        if office.title.role == "Mayor":
            return [self._city(start) or r for r in referents]
        return [r if r.kind != "Place" else (r.state if self.is_capital(r) else r) or r for r in referents]

    def _city(self, index: int) -> Referent | None:
        """The city named at ``index``, though it may stand for its state elsewhere."""
        piece = self.scene.after(index)
        record = piece.sense.record if piece and piece.senses else None
        return self.scene.known(record) if record and record.kind == "Place" else None

    def _noun_after(self, index: int) -> tuple[list[Referent], int]:
        """The organisation meant by a common noun after "of": "of the alliance", "of Russia's general staff"."""
        scene = self.scene
        for target in scene.parse.children(index, "pobj"):
            piece = scene.at[target]
            if piece and piece.kind in ("name", "run") and piece.referents and piece.referents[0].kind in BODY_KINDS:
                return list(piece.referents), piece.end
            if scene.at[target] is None and scene.tag[target] in ("NN", "NNP", "NNS"):
                return self._described_at(target)
        return [], index

    def _ministrys_state(self, piece: Piece) -> Referent | None:
        """The state whose ministry it is: "of Chad", "its", else what the context tells."""
        scene = self.scene
        if scene.low[piece.end : piece.end + 1] == ["of"]:
            after = scene.after(piece.end + 1)
            if after and after.referents and after.referents[0].kind == "State":
                return after.referents[0]
        if scene.low[piece.start - 1] == "its":
            found = self.tracker.salient(lambda r: r.kind == "State", piece.start)
            if found:
                return found
        return self.context_state(piece.start)

    def _modifies(self, start: int, end: int) -> bool:
        """Whether a name is only part of a phrase: "of the Karen rebels"."""
        scene = self.scene
        if end >= scene.parse.size or scene.at[end] is not None or scene.tag[end] not in ("NN", "NNS"):
            return False
        return scene.low[end] in scene.nouns.people or self._noun_kind(end) or start < scene.parse.head[start] == end

    def _noun_kind(self, index: int) -> bool:
        noun = singular(self.scene.low[index])
        return noun in self.scene.nouns.people or noun in self.scene.nouns.forces or (noun,) in self.scene.nouns.bodies

    def _described_at(self, index: int) -> tuple[list[Referent], int]:
        """What a common noun means, and the end of its phrase: "rebels", "parliament of Georgia"."""
        scene, end = self.scene, index + 1
        found = [r for r in self.describe(index) if r.kind in BODY_KINDS or r.kind == "State"]
        if found and scene.low[end : end + 1] == ["of"]:
            start = end + 1 + (scene.low[end + 1 : end + 2] == ["the"])
            state = scene.after(start)
            if state and state.referents and state.referents[0].kind == "State":
                end = state.end
        if found and found[0].kind == "GovernmentBody" and scene.low[end : end + 1] in (["in"], ["for"]):
            place = scene.after(end + 1)
            end = place.end if place and place.referents and place.referents[0].kind in ("State", "Place") else end
        return (found, end) if found else ([], index)

    def is_capital(self, place: Referent) -> bool:
        record = self.scene.reference.records.get(place.key)
        return bool(record and record.group == "capital")

    def _destination(self, referents: list[Referent]) -> str:
        name = referents[0].name
        plural = self.scene.document.article.text.find(f"the {name}") >= 0
        article = "the " if plural or name.startswith(("United", "European", "African", "Arab League")) else ""
        return f"{article}{name}"

    def _named_at(self, index: int) -> tuple[list[Referent], int]:
        """The referents of the phrase that begins at ``index``, coordination included, and its end."""
        scene, found = self.scene, []
        end = index
        while index < scene.parse.size:
            piece = scene.after(index)
            if piece and piece.kind == "ministry":
                found.append(self.ministry(piece.text, self._ministrys_state(piece)))
                end = piece.end
            elif piece and piece.referents and piece.kind in ("name", "run"):
                if piece.is_demonym():
                    nested = self.scene.after(piece.end)
                    if nested and nested.kind == "ministry":
                        return [self.ministry(nested.text, piece.referents[0])], nested.end
                    break
                found.extend(piece.referents)
                end = piece.end
                if end + 1 < scene.parse.size and scene.low[end] in ("'s", "’s"):
                    inner = scene.after(end + 1)
                    if inner and inner.referents and inner.kind in ("name", "run"):
                        found[-1:] = inner.referents
                        end = inner.end
            else:
                span = scene.document.by_root.get(index)
                if not span or found:
                    break
                return [r for r in span.referents if r.kind != "Person"], span.end
            if end < scene.parse.size and scene.low[end] in (",", "and") and not self._person_follows(end + 1):
                index = end + 1
                if scene.low[end] == "," and scene.low[index] == "and":
                    index += 1
                if scene.low[index] == "the":
                    index += 1
            else:
                break
        return found, end

    def _person_follows(self, index: int) -> bool:
        return self.scene.person_at(index) is not None
