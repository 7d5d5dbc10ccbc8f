"""What a title is of, as the words after it tell: "of the alliance", "for Russia's foreign ministry", "to Peru"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.text.document import Referent
from kg.text.names.context import Context
from kg.text.names.lexicon import singular
from kg.text.names.phrases import modifiers
from kg.text.names.pieces import STATE
from kg.text.names.runs import LINKED
from kg.text.parse import SUBJECTS

if TYPE_CHECKING:
    from kg.link.titles import Title
    from kg.text.names.office import Office
    from kg.text.names.pieces import Piece

UNITED_STATES = "state/united-states"
AGENTS_ABROAD = frozenset({"Ambassador", "Envoy", "Diplomat"})
_COMPLEMENT = frozenset({"of", "for", "at", "in", "to"})
_BEFORE_NAMES = frozenset({"JJ", "JJS", "VBG", "VBN", "NN", "CD", "RB", "HYPH"})

_PARTS = frozenset({"faction", "wing", "branch", "section", "arm"})
_DEPARTMENTS = frozenset({"department", "division", "section", "desk", "programme", "program", "bureau", "directorate"})
_IN_CITIES = frozenset({"Mayor", "ReligiousLeader"})
# nouns after the name of what they are: "of the Likud *party*"
_NAMED_NOUNS = frozenset(
    {"party", "movement", "group", "bloc", "faction", "militia", "alliance", "coalition", "agency"}
)
BODY_KINDS = frozenset(
    {"IntergovernmentalOrganisation", "GovernmentBody", "Organisation", "PoliticalParty", "ArmedGroup", "Company"}
)


def title_of_person(title: Title) -> bool:
    """Whether whoever has the title serves somebody: an adviser, a spokesman, a chief of staff."""
    return title.role in ("Adviser", "Spokesperson", "OfficeHolder", "NationalSecurityAdviser", "Envoy")


class Complements(Context):
    """Reads what follows titles, and names the ministries and bodies of states."""

    def ministry(self, portfolio: str, state: Referent | None) -> Referent:
        """The ministry of a state for a portfolio; that of nobody in particular where the state is unknown."""
        if portfolio == STATE:
            state, portfolio = self.scene.state("USA"), "Foreign Affairs"
        if state and state.key == UNITED_STATES and portfolio == "Foreign Affairs":
            return self.scene.named("GovernmentBody", "United States Department of State", state)
        if state and state.key == UNITED_STATES and portfolio == "Defence":
            return self.scene.named("GovernmentBody", "United States Department of Defense", state)
        name = f"Ministry of {portfolio}"
        return self.scene.body(f"{name} of {{state}}", state) if state else self.scene.named("GovernmentBody", name)

    def _complement(self, office: Office) -> list[Referent]:
        """What follows "of", "for", "to" or "at": the organisation, or for envoys the place they are sent to."""
        scene, index = self.scene, office.end
        if index >= scene.parse.size or scene.low[index] not in _COMPLEMENT:
            return []
        preposition, start = scene.low[index], self._past_words(index + 1)
        referents, end = self._named_at(start)
        if preposition == "of" and (within := self._department(office, index + 1)):
            return within
        owned = scene.after(end + 1) if scene.low[end : end + 1] in (["'s"], ["’s"]) else None
        if referents and owned and owned.kind == "ministry":
            office.end = owned.end
            return [self.ministry(owned.text, self.state_of(referents[-1]))]
        if referents and referents[0].kind == "PoliticalParty" and scene.low[end : end + 1] == ["opposition"]:
            end += 1  # "leader of the Labour opposition"
        elif referents and self._modifies(start, end):
            referents, end = self._described_at(end)
        elif not referents or scene.low[end : end + 1] in (["'s"], ["’s"]) or referents[0].kind == "Person":
            deeper, after = self._apposed_body(index, group=True) if preposition == "of" else ([], index)
            if not deeper:
                deeper, after = self._noun_after(office.end)
            if deeper or not referents or referents[0].kind == "Person":
                referents, end = deeper, after
        if not referents and preposition == "of":
            referents, end = self._apposed_body(index)
        if not referents and preposition in ("to", "of", "for") and title_of_person(office.title):
            owner = self.scene.person_at(self.past_titles(start))
            state = self.state_of(owner.referents[0]) if owner else None
            if state:
                return [state]
        if not referents:
            office.of_unknown = preposition == "of" and self._is_body(index)
            return []
        if office.title.role in AGENTS_ABROAD and preposition in ("to", "for", "in"):
            capital = referents[0].state if self.is_capital(referents[0]) else None
            if office.title.role == "Ambassador" and capital:
                preposition, referents = "to", [capital]
            office.text = f"{office.text} {preposition} {self.destination(referents)}"
            office.end = end
            return []
        if preposition in ("to", "in") and referents[0].kind != "State":
            return []
        if preposition == "for" and referents[0].kind == "Place" and not self.is_capital(referents[0]):
            office.text = f"{office.text} for {self.destination(referents)}"
            office.end = end
            return []  # "assistant secretary for Asia": of what his phrase or the context tells
        if all(r.kind in ("Person", "Document") for r in referents):
            return []
        kinds = (r.kind for r in referents)
        office.end = end + (scene.low[end : end + 1] != [] and scene.low[end] in _NAMED_NOUNS and "State" not in kinds)
        if preposition == "of" and referents[0].name.startswith("Central Committee of "):
            office.text = f"{office.text} of the Central Committee"
            return [self._whole(referents[0])]
        if referents[0].name.startswith("General Staff"):
            office.text = f"{office.text} of the General Staff"
        if office.title.role in _IN_CITIES:
            return [self._city(start) or r for r in referents]
        return [r if r.kind != "Place" else (r.state if self.is_capital(r) else r) or r for r in referents]

    def _department(self, office: Office, start: int) -> list[Referent]:
        """The body of whose department somebody is head: "of the press department at the *Foreign Ministry*"."""
        scene = self.scene
        start += scene.low[start : start + 1] == ["the"]
        for index in range(start, min(start + 5, scene.parse.size - 2)):
            if scene.low[index] in (",", ".", "of", "who"):
                break
            if scene.low[index] in _DEPARTMENTS and scene.low[index + 1] in ("at", "in", "of"):
                begin = self._past_words(index + 2)
                found, end = self._named_at(begin)
                after = scene.after(end) if found else scene.after(begin)
                if after and after.kind == "ministry":
                    found, end = [self.ministry_at(after)], after.end
                if not found or found[0].kind in ("Place", "Person"):
                    return []
                office.text = f"{office.text} of the {scene.text(start, index + 1).title()}"
                office.end = end
                return found
        return []

    def _past_words(self, start: int) -> int:
        """Where the name begins after plain words: "of the *UN-backed* cabinet", "of a *faction of* the League"."""
        scene = self.scene
        while start < scene.parse.size and (
            scene.low[start] in ("the", "its", "a") or scene.tag[start] in _BEFORE_NAMES or self._only_links(start)
        ):
            if scene.low[start] in _PARTS and scene.low[start + 1 : start + 2] == ["of"]:
                start += 2
                continue
            piece = scene.after(start)
            if self._only_links(start) and piece:
                start = piece.end + 2
                continue
            if piece and piece.kind in ("name", "run", "ministry", "title"):
                break
            if scene.document.by_root.get(start) and scene.tag[start] != "DT":
                break
            start += 1
        return start

    def _apposed_body(self, preposition: int, *, group: bool = False) -> tuple[list[Referent], int]:
        """The body that is named after what it is: "of the group's military wing, *the Qassam Brigades*".

        With ``group`` only where the noun speaks of one: "of Chad's largest rebel *group*, the Front for Change".
        """
        scene = self.scene
        for noun in scene.parse.children(preposition, "pobj"):
            if group and scene.low[noun] not in _NAMED_NOUNS:
                continue
            start = noun + 1
            place = scene.after(start + 1) if scene.low[start : start + 1] == ["in"] else None
            start = place.end if place is not None and place.senses else start
            if scene.low[start : start + 1] != [","]:
                continue
            start += 1 + (scene.low[start + 1 : start + 2] == ["the"])
            piece = scene.after(start) if start < scene.parse.size else None
            if piece is None or (group and scene.parse.dep[scene.root(piece.start, piece.end)] in SUBJECTS):
                continue
            if piece.kind in ("name", "run") and piece.referents and piece.referents[0].kind in BODY_KINDS:
                return list(piece.referents), piece.end
        return [], preposition

    def past_titles(self, index: int) -> int:
        """Where a name begins after the titles before it: "to *President* Ann Lee"."""
        piece = self.scene.after(index) if index < self.scene.parse.size else None
        while piece and piece.kind == "title" and piece.end < self.scene.parse.size:
            index = piece.end
            piece = self.scene.after(index)
        return index

    def _only_links(self, index: int) -> bool:
        """Whether a name is only the first part of an adjective: "*UN*-backed", "*Tehran*-based"."""
        scene, piece = self.scene, self.scene.after(index)
        if piece is None or scene.low[piece.end : piece.end + 1] != ["-"]:
            return False
        return bool(scene.low[piece.end + 1 : piece.end + 2]) and scene.low[piece.end + 1].endswith(LINKED)

    def _is_body(self, preposition: int) -> bool:
        """Whether an organisation is meant that nobody knows: "president of *the union*"."""
        nouns = (scene_noun for scene_noun in self.scene.parse.children(preposition, "pobj"))
        return any(singular(self.scene.low[noun]) in self.scene.nouns.organisations for noun in nouns)

    def _whole(self, organ: Referent) -> Referent:
        """The party whose central committee it is."""
        name = organ.name.removeprefix("Central Committee of ").removeprefix("the ")
        known = (sense.record for sense in self.scene.reference.lookup(name) if sense.record.kind == "PoliticalParty")
        record = next(known, None)
        return self.scene.known(record) if record else self.scene.named("PoliticalParty", name, organ.state)

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

    def ministry_at(self, piece: Piece) -> Referent:
        """The ministry that a piece names, of the state that its phrase or the context tells."""
        left = self.states_in(modifiers(self.scene, piece.start))
        return self.ministry(piece.text, left[0] if left else self._ministrys_state(piece))

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

    def _commission(self, index: int) -> tuple[list[Referent], int] | None:
        """The commission of an organisation of states: "of *its* commission", "of the commission *of the bloc*"."""
        scene, left, end = self.scene, modifiers(self.scene, index), index + 1
        owners = list(left.possessors)
        if left.possessed and scene.low[left.begin] == "its":
            near = self.tracker.salient(lambda r: r.kind == "IntergovernmentalOrganisation", left.begin)
            owners = [near] if near else owners
        elif scene.low[end : end + 1] == ["of"]:
            owners, end = self._named_at(end + 1 + (scene.low[end + 1 : end + 2] == ["the"]))
        union = next((one for one in owners if one.kind == "IntergovernmentalOrganisation"), None)
        if union is None:
            return None
        for name in (union.name, *union.aliases):
            for sense in scene.reference.lookup(f"{name} Commission"):
                return [scene.known(sense.record)], end
        return [scene.named("IntergovernmentalOrganisation", f"{union.name} Commission")], end

    def _described_at(self, index: int) -> tuple[list[Referent], int]:
        """What a common noun means, and the end of its phrase: "rebels", "parliament of Georgia"."""
        scene, end = self.scene, index + 1
        if scene.low[index] == "commission" and (commission := self._commission(index)):
            return commission
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

    def destination(self, referents: list[Referent]) -> str:
        """The name of a state or body as it stands after "to": with its article."""
        name = referents[0].name
        plural = bool(re.search(rf"\bthe {re.escape(name)}\b(?! [A-Z])", self.scene.document.article.text))
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
            index = self._next_named(end)
            if index < 0:
                break
        return found, end

    def _next_named(self, end: int) -> int:
        """Where a list of names goes on after ``end``; -1 where a person or office is next: "and UN chief"."""
        scene = self.scene
        if end >= scene.parse.size or scene.low[end] not in (",", "and"):
            return -1
        index = end + 1 + (scene.low[end : end + 2] == [",", "and"])
        index += scene.low[index : index + 1] == ["the"]
        piece = scene.after(index) if index < scene.parse.size else None
        ahead = scene.after(piece.end) if piece and piece.end < scene.parse.size else None
        office = ahead is not None and ahead.kind == "title" and not (piece and piece.is_demonym())
        return -1 if scene.person_at(index) or office else index
