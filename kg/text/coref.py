"""Who is meant by pronouns and by descriptions of what was spoken of before: salience over the sentences so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.coref_bound import bound, lone, patient
from kg.text.coref_clauses import harmed_by, is_absolute, vehicle
from kg.text.coref_hero import hero
from kg.text.coref_many import several
from kg.text.document import Referent, Span

if TYPE_CHECKING:
    from kg.text.names.scene import Scene

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_BODIES = frozenset(
    {"State", "IntergovernmentalOrganisation", "Organisation", "GovernmentBody", "ArmedGroup", "PoliticalParty"}
    | {"Company", "MediaOrganisation"}
)
_COLLECTIVE = "IntergovernmentalOrganisation"
_PAIRED = frozenset(
    {"Person", "State", "IntergovernmentalOrganisation", "Organisation", "ArmedGroup", "PoliticalParty"}
)
_GROUPS = frozenset({"Group", "ArmedGroup"})
_WEATHER = frozenset({"be", "seem", "appear", "take", "remain", "become", "happen", "mean"})
_PROPOSITIONAL = frozenset(
    {"deny", "confirm", "believe", "say", "know", "dispute", "like", "mean", "call", "make", "doubt", "term", "brand"}
    | {"label", "describe", "dub", "oppose", "favour", "favor", "welcome", "deplore", "regret", "consider", "deem"}
    | {"condemn", "criticise", "criticize", "hail", "applaud", "reject", "denounce", "block", "endorse", "torpedo"}
    | {"veto", "dismiss"}
)
_SPEAKING = frozenset(
    {"say", "tell", "announce", "add", "warn", "accuse", "urge", "deny", "demand", "threaten", "insist", "hope", "want"}
    | {"vow", "plan", "agree", "refuse", "reject", "condemn", "welcome", "decide", "promise", "pledge", "believe"}
    | {"ask"}
)
_TELLING = frozenset({"say", "announce", "add", "declare", "confirm", "report", "claim", "vow", "pledge", "promise"})
_ITSELF = frozenset({"himself", "herself"})
_FRONTED = frozenset({"after", "before", "in", "during", "at", "on", "despite", "with", "following", "since", "for"})
_JUDGED = frozenset({"acomp", "attr"})
_MEETING = ("naming", "pairs", "meeting")
_MEMORY = 6
_NEAR = 3  # sentences, this one among them


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention that was read: its head token, sentence, referents, and whether it heads a subject."""

    index: int
    sentence: int
    referents: tuple[Referent, ...]
    subject: bool
    possessive: bool = False
    main: bool = False


def _different(mentions: Iterable[Seen], fits: Callable[[Referent], bool]) -> list[Referent]:
    """The different single referents of ``mentions`` that fit, in their order."""
    found: list[Referent] = []
    for seen in mentions:
        for referent in reversed(seen.referents):
            if fits(referent) and not referent.members and referent not in found:
                found.append(referent)
    return found


class Tracker:
    """Keeps what was mentioned, and picks the most likely referent of a pronoun or description."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.seen: list[Seen] = []

    def note(self, index: int, referents: tuple[Referent, ...]) -> None:
        """Takes note of a mention headed by token ``index``."""
        if referents:
            subject = self.scene.is_subject(index) or self._presents(index)
            possessive = self.scene.parse.dep[index] == "poss" or self._within_aside(index)
            head = self.scene.parse.head[index]
            main = subject and "ROOT" in (self.scene.parse.dep[head], self.scene.parse.dep[index])
            self.seen.append(Seen(index, self.scene.parse.sentence[index], referents, subject, possessive, main))

    def _within_aside(self, index: int) -> bool:
        """Whether it only tells what somebody named is: "the Commission, an arm of the *League*"."""
        parse = self.scene.parse
        noun = parse.head[parse.head[index]]
        return parse.dep[index] == "pobj" and parse.dep[noun] == "appos" and noun < index

    def _presents(self, index: int) -> bool:
        """Whether a sentence brings somebody in by name after "be": "the chief spoiler may be *Ann Lee*"."""
        parse, head = self.scene.parse, self.scene.parse.head[index]
        return parse.dep[index] == "attr" and self.scene.tag[index] == "NNP" and parse.lemma[head] == "be"

    # -- picking ---------------------------------------------------------------------------------------------------

    def last(self, fits: Callable[[Referent], bool], index: int, reach: int = 100) -> Referent | None:
        """The most recent single referent that fits, within ``reach`` sentences."""
        here = self.scene.parse.sentence[min(index, self.scene.parse.size - 1)]
        for seen in reversed(self.seen):
            if here - seen.sentence > reach:
                return None
            for referent in reversed(seen.referents):
                if not referent.members and fits(referent):
                    return referent
        return None

    def salient(
        self,
        fits: Callable[[Referent], bool],
        index: int,
        exclude: frozenset[int] = frozenset(),
        reach: int = _MEMORY,
        bonus: Callable[[Referent], float] = lambda referent: 0.0,
    ) -> Referent | None:
        """The referent that fits and stands out most before token ``index``: near, and subject of its clause."""
        here = self.scene.parse.sentence[index]
        near = 12.5 if self.scene.tag[index] == "PRP$" else 10.0
        best: tuple[float, int] = (0.0, -1)
        choice: Referent | None = None
        for seen in reversed(self.seen):
            away = here - seen.sentence
            if away > reach:
                break
            if seen.index >= index or len(seen.referents) != 1 or seen.referents[0].members:
                continue
            referent = seen.referents[0]
            if referent.id in exclude or not fits(referent):
                continue
            weight = (near if away == 0 else 8.0 - 2.0 * (away - 1)) + (2.5 if seen.subject else 0.0)
            weight += (1.5 if seen.main else 0.0) - (1.0 if seen.possessive else 0.0) + bonus(referent)
            if (weight, seen.index) > best:
                best, choice = (weight, seen.index), referent
        return choice

    def together(
        self, fits: Callable[[Referent], bool], count: int, index: int, opposed: tuple[Referent, ...] = ()
    ) -> tuple[Referent, ...]:
        """The last ``count`` different referents that fit, preferably of one coordination, then of one sentence.

        ``opposed`` are those to take where no coordination joins as many.
        """
        here = self.scene.parse.sentence[index]
        recent = [s for s in reversed(self.seen) if s.index < index and here - s.sentence <= _MEMORY]
        if {one.id for one in opposed} <= {r.id for s in recent if here - s.sentence < _NEAR for r in s.referents}:
            recent_first = [s for s in recent if here - s.sentence < _NEAR]  # both are spoken of just now
        else:
            recent_first = recent
        for seen in sorted(recent_first, key=lambda s: not s.subject):
            for group in (self.coordinated(seen.index, fits), self.listed(seen.index, fits)):
                if len(group) == count:
                    return group
        if opposed:
            return opposed
        for sentence in dict.fromkeys(seen.sentence for seen in recent):
            together = _different((seen for seen in recent if seen.sentence == sentence), fits)
            if len(together) == count:
                return tuple(reversed(together))
        found = _different(recent, fits)
        return tuple(reversed(found[:count])) if len(found) >= count else ()

    def coordinated(self, index: int, fits: Callable[[Referent], bool]) -> tuple[Referent, ...]:
        """The different referents that fit in the coordination begun by token ``index``."""
        if self.scene.parse.dep[index] == "conj":
            return ()
        found: list[Referent] = []
        for item in self.scene.parse.conjuncts(index):
            span = self.scene.document.by_root.get(item)
            for referent in span.referents if span else ():
                found.extend(r for r in (referent.members or (referent,)) if fits(r) and r not in found)
        return tuple(found) if len(found) > 1 else ()

    def listed(self, index: int, fits: Callable[[Referent], bool]) -> tuple[Referent, ...]:
        """The different referents that fit in the list "A, B (C) and D" that begins at token ``index``."""
        scene, span = self.scene, self.scene.document.by_root.get(index)
        found: list[Referent] = []
        joined = False
        while span:
            found.extend(r for r in span.referents if fits(r) and r not in found)
            end = span.end
            if scene.low[end : end + 1] == ["("] and scene.low[end + 2 : end + 3] == [")"]:
                end += 3
            if joined or end >= scene.parse.size or scene.low[end] not in (",", "and"):
                break
            start = end + 1
            joined = "and" in scene.low[end : start + 1]
            while start < scene.parse.size and scene.low[start] in ("and", "the"):
                start += 1
            span = scene.starting.get(start)
        return tuple(found) if joined and len(found) > 1 else ()

    # -- pronouns ----------------------------------------------------------------------------------------------------

    def pronoun(self, index: int) -> tuple[Referent, ...]:
        """Whom a personal or possessive pronoun means; empty where that is not clear."""
        word = self.scene.low[index]
        if word in _HE or word in _SHE:
            gender = "male" if word in _HE else "female"
            return self._person(index, gender, word)
        if word in _IT:
            return self._thing(index, word)
        if word in _THEY:
            return several(self, index)
        return ()

    def ordinal(self, index: int) -> tuple[Referent, ...]:
        """Whom "the former" or "the latter" means, of two of one kind that were named last."""
        scene = self.scene
        if scene.low[index - 1 : index] != ["the"] or scene.parse.dep[index] in ("amod", "compound", "nmod"):
            return ()
        if index + 1 < scene.parse.size and scene.parse.is_noun(index + 1):
            return ()
        here = scene.parse.sentence[index]
        near = [seen for seen in reversed(self.seen) if here - seen.sentence <= 2]
        for seen in sorted(near, key=lambda one: (here - one.sentence, not one.subject)):
            kinds = {referent.kind for referent in seen.referents if not referent.members}
            for kind in kinds & _PAIRED:
                pair = self.together(lambda one, kind=kind: one.kind == kind, 2, index)  # type: ignore[misc]
                if pair:
                    return (pair[scene.low[index] == "latter"],)
        return ()

    def _person(self, index: int, gender: str, word: str) -> tuple[Referent, ...]:
        def fits(referent: Referent) -> bool:
            return referent.kind == "Person" and referent.gender in ("", gender)

        ahead = self._ahead(index) or self._beside(index) or lone(self, index, fits)
        if ahead and fits(ahead):
            return (ahead,)
        if word.endswith("self"):
            own = self._reflexive(index)
            if own and fits(own):
                return (own,)
        beyond = bound(self, index, word)
        told = hero(self, index, fits) if word not in _ITSELF else None
        if told and told.id not in beyond:
            told.gender = told.gender or gender
            return (told,)
        done_to = patient(self, index, fits, word)
        if done_to:
            done_to.gender = done_to.gender or gender
            return (done_to,)
        teller = self._teller(index)

        def bonus(referent: Referent) -> float:
            return (2.0 if referent.gender else 0.0) + (3.0 if referent.id in teller else 0.0)

        choice = self.salient(fits, index, beyond, bonus=bonus)
        if choice and not choice.gender:
            choice.gender = gender
        return (choice,) if choice else ()

    def _reflexive(self, index: int) -> Referent | None:
        """The subject of the clause, or of the one around it: "Ali, who had led it, had himself sworn in"."""
        parse, verb = self.scene.parse, self.scene.parse.head[index]
        for _ in range(4):
            subjects = [kid for kid in parse.children(verb, "nsubj", "nsubjpass") if kid < index]
            span = self.scene.document.by_root.get(subjects[-1]) if subjects else None
            if span and len(span.referents) == 1:
                return span.referents[0]
            verb = parse.head[verb]
        return None

    def _ahead(self, index: int) -> Referent | None:
        """The subject still to come: "In his speech, Hu said"."""
        parse = self.scene.parse
        start, _ = parse.sentences[parse.sentence[index]]
        while start < index and not parse.word[start].isalpha():
            start += 1
        if (parse.word[start] not in _FRONTED and parse.tag[start] != "VBG") or self.scene.tag[index] != "PRP$":
            return None
        root = index
        while parse.head[root] != root:
            root = parse.head[root]
        for kid in parse.children(root, "nsubj", "nsubjpass"):
            span = self.scene.document.by_root.get(kid)
            if kid > index and span and len(span.referents) == 1:
                return span.referents[0]
        return None

    def _beside(self, index: int) -> Referent | None:
        """The name before an aside: "Hu, in his first speech, said"."""
        low = self.scene.low
        if self.scene.tag[index] != "PRP$" or index < 3 or low[index - 2] != "," or self.scene.tag[index - 1] != "IN":
            return None
        named = self.scene.ending.get(index - 2)
        return named.referents[0] if named and len(named.referents) == 1 else None

    def _teller(self, index: int) -> frozenset[int]:
        """The subject of the verb that governs the pronoun's clause: "Hu said that he"."""
        parse, verb = self.scene.parse, self.scene.parse.head[index]
        for _ in range(3):
            if parse.dep[verb] in ("ccomp", "advcl") and parse.head[verb] != verb:
                subjects = parse.children(parse.head[verb], "nsubj", "nsubjpass")
                spans = [self.scene.document.by_root.get(kid) for kid in subjects if kid < index]
                return frozenset(r.id for span in spans if span for r in span.referents)
            verb = parse.head[verb]
        return frozenset()

    def _body_telling(self, index: int) -> Referent | None:
        """The body that tells of itself: "the army said *it* had withdrawn", "and Peru said *it* would cut aid"."""
        parse, verb = self.scene.parse, self.scene.parse.head[index]
        if parse.dep[index] not in ("nsubj", "nsubjpass") or parse.dep[verb] != "ccomp":
            return None
        for kid in parse.children(parse.head[verb], "nsubj"):
            span = self.scene.document.by_root.get(kid)
            bodies = [one for one in span.referents if one.kind in _BODIES] if span else []
            if len(bodies) == 1 and parse.tag[kid] in ("NN", "NNP") and parse.lemma[parse.head[verb]] in _TELLING:
                return bodies[0]
        return None

    def _thing(self, index: int, word: str) -> tuple[Referent, ...]:
        if word == "it" and self._expletive(index):
            return ()
        parse, head = self.scene.parse, self.scene.parse.head[index]
        if word == "it" and parse.dep[index] in ("dobj", "pobj") and parse.lemma[head] in _PROPOSITIONAL:
            return ()
        talks = parse.lemma[head] in _SPEAKING
        afloat = vehicle(parse, index) if word == "it" and not talks else None
        if afloat is not None:
            return span.referents if (span := self.scene.document.by_root.get(afloat)) else ()

        def fits(referent: Referent) -> bool:
            if referent.plural:
                return False
            return referent.kind in _BODIES or (referent.kind == "Document" and word == "it" and not talks)

        ahead = self._ahead(index) if word == "its" else None
        if ahead and fits(ahead):
            return (ahead,)
        owner = self._own_subject(index) if word == "its" else -1
        several = parse.conjuncts(owner) if owner >= 0 and parse.child(owner, "conj") is not None else []
        owner = -1 if several else owner  # "Peru and Chile praised Mali after *its* vote"
        harmer = harmed_by(parse, index) if word == "its" else None
        if owner >= 0 and owner != harmer:
            span = self.scene.document.by_root.get(owner) or self._part_of(owner)
            if span and len(span.referents) == 1 and fits(span.referents[0]):
                return span.referents
            if span is None and self.scene.tag[owner] in ("NN", "NNP"):
                return ()
        done_to = (patient(self, index, fits, word) or self._body_telling(index)) if word == "it" else None
        if done_to:
            return (done_to,)
        reach = 0 if word == "it" and parse.lemma[head] == "be" and parse.dep[head] == "ccomp" else _MEMORY
        span = self.scene.document.by_root.get(harmer) if harmer is not None else None
        spans = [span, *(self.scene.document.by_root.get(item) for item in several)]
        beyond = bound(self, index, word) | frozenset(one.id for each in spans if each for one in each.referents)
        beside = self._beside_it(index) if word == "it" else frozenset()
        choice = self.salient(fits, index, beyond | beside, reach)
        return (choice,) if choice else ()

    def _part_of(self, index: int) -> Span | None:
        """The organisation whose part a noun is: "the MDC team"."""
        for kid in self.scene.parse.children(index, "compound", "poss", "nmod"):
            span = self.scene.document.by_root.get(kid)
            if span:
                return span
        return None

    def _own_subject(self, index: int) -> int:
        """The subject of the clause around a possessive; -1 where there is none before it."""
        parse, head = self.scene.parse, index
        for _ in range(12):
            if parse.head[head] == head:
                break
            head = parse.head[head]
            for kid in parse.kids[head]:
                if (
                    parse.dep[kid] in ("nsubj", "nsubjpass")
                    and kid < index
                    and parse.tag[kid] not in ("WDT", "WP", "PRP")
                ):
                    return kid
        return -1

    def _beside_it(self, index: int) -> frozenset[int]:
        """Who is no "it": one of several joined, or in an aside: "*with France abstaining*, it condemned"."""
        parse, here = self.scene.parse, self.scene.parse.sentence[index]
        near = [seen for seen in self.seen if here - seen.sentence <= 1 and seen.index < index]
        joined = [s for s in near if parse.child(s.index, "conj") is not None or parse.dep[s.index] == "conj"]
        aside = [s for s in near if s.sentence == here and is_absolute(parse, s.index)]
        return frozenset(one.id for seen in (*joined, *aside) for one in seen.referents)

    def _expletive(self, index: int) -> bool:
        """ "it is clear that", "it remains to be seen"."""
        parse = self.scene.parse
        head = parse.head[index]
        if parse.dep[index] == "expl":
            return True
        after = {parse.dep[kid] for kid in parse.kids[head] if kid > head}
        clause = bool(after & {"ccomp", "csubj", "xcomp"})
        return parse.lemma[head] in _WEATHER and clause and (bool(after & _JUDGED) or parse.lemma[head] != "be")
