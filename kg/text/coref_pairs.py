"""The two of whom the text has spoken together: "both sides", "the pair", "the two men", "each"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.text.coref_sides import adversaries
from kg.text.lexicon import words
from kg.text.names.lexicon import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.text.coref import Seen, Tracker
    from kg.text.document import Referent

_TWO = frozenset({"two", "both"})
_ALONE = frozenset({"both", "each", "neither"})
_PARTIES = frozenset(
    {
        "State",
        "ArmedGroup",
        "IntergovernmentalOrganisation",
        "PoliticalParty",
        "Organisation",
        "GovernmentBody",
        "Group",
    }
)
_FACING = frozenset({"with", "against"})
_REACH = 4
_OFTEN = 2
_RATHER = 2


class Pairs:
    """Finds the two parties or persons that a phrase without their names means."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.scene = tracker.scene

    def noun(self, index: int) -> tuple[int, tuple[Referent, ...]]:
        """Where the phrase around a noun begins, and the two that it means; nobody where it means no two."""
        scene = self.scene
        noun = singular(scene.low[index])
        if noun in ("pair", "duo", "twosome"):
            start = index - 1
            fits: Callable[[Referent], bool] = _anybody
            known = start >= 0 and scene.low[start] == "the" and scene.low[index + 1 : index + 2] != ["of"]
        else:
            start = self._begin(index, noun)
            known = start >= 0
            fits = _person if noun in words("naming", "pairs", "persons") else _party
        return (start, self._last(fits, index)) if known else (index, ())

    def _begin(self, index: int, noun: str) -> int:
        """Where "both sides", "the two warring parties" or "each side" begins; -1 where the phrase is none of these."""
        scene = self.scene
        single = noun == scene.low[index]
        if noun not in words("naming", "pairs", "parties") | words("naming", "pairs", "persons"):
            return -1
        if scene.low[index + 1 : index + 2] == ["of"]:
            return -1
        for start in (index - 1, index - 2):
            word = scene.low[start] if start >= 0 else ""
            if word in _TWO and not single:
                return start - (start > 0 and scene.low[start - 1] == "the")
            if single and word == "each" and noun in ("side", "party", "army", "camp", "delegation"):
                return start
        before = scene.low[index - 1] if index else ""
        if noun in ("side", "delegation") and not single and before in ("the", "warring", "opposing", "rival"):
            return index - 1
        if noun == "delegation" and not single and scene.is_subject(index) and not scene.parse.kids[index]:
            return index  # "delegations sat down for talks"
        return -1

    def alone(self, index: int) -> tuple[Referent, ...]:
        """Whom "both", "each", "neither" or "the two" means where it stands by itself."""
        scene, label = self.scene, self.scene.parse.dep[index]
        if scene.low[index] == "two":
            known = scene.low[index - 1 : index] in (["the"], ["those"], ["these"])
            if not known or label not in ("nsubj", "nsubjpass", "pobj", "dobj", "dative"):
                return ()
        elif scene.low[index] not in _ALONE or not scene.is_subject(index):
            return ()
        if scene.low[index + 1 : index + 2] in (["of"], ["the"]):
            return ()
        return self._last(_anybody, index)

    def _last(self, fits: Callable[[Referent], bool], index: int) -> tuple[Referent, ...]:
        """The two named last that were joined by "and", or that met or faced each other."""
        here = self.scene.parse.sentence[index]
        recent: list[Seen] = []
        for seen in reversed(self.tracker.seen):
            if here - seen.sentence > _REACH:
                break
            if seen.index < index:
                recent.append(seen)
        pairs = self._pairs(recent, fits, here)
        first = next(pairs, ())
        if fits is not _party:
            return first or self._persons(recent, here, index)
        sides = adversaries(self.tracker, index, least=1 if first else _OFTEN)
        if not first or (sides and self._told(sides) >= _RATHER * self._told(first)):
            return sides
        return self._main([first, *pairs])

    def _told(self, pair: tuple[Referent, ...]) -> int:
        """How often the text has spoken of the one of a pair of whom it has spoken less."""
        counts = Counter(one.id for seen in self.tracker.seen for one in seen.referents)
        return min(counts[one.id] for one in pair)

    def _pairs(self, recent: list[Seen], fits: Callable[[Referent], bool], here: int) -> Iterator[tuple[Referent, ...]]:
        for sentence in dict.fromkeys(seen.sentence for seen in recent):
            told = [seen for seen in recent if seen.sentence == sentence]
            if here - sentence > 1:
                told = [seen for seen in told if seen.subject]
            yield from self._joined(told, fits)
            yield from self._facing(told, fits)

    def _main(self, pairs: list[tuple[Referent, ...]]) -> tuple[Referent, ...]:
        """The first pair, unless the text has spoken far more often of both of another: bystanders are no sides."""
        counts = Counter(one.id for seen in self.tracker.seen for one in seen.referents)
        weights = [min(counts[one.id] for one in pair) for pair in pairs]
        best = max(weights)
        return pairs[weights.index(best)] if weights[0] * _RATHER <= best else pairs[0]

    def _joined(self, told: list[Seen], fits: Callable[[Referent], bool]) -> Iterator[tuple[Referent, ...]]:
        for seen in sorted(told, key=lambda one: not one.subject):
            group = self.tracker.coordinated(seen.index, fits)
            if len(group) == 2:
                yield group
            if len(seen.referents) == 2 and all(fits(one) for one in seen.referents):
                yield seen.referents
            elif len(seen.referents) == 1 and len(seen.referents[0].members) == 2:
                yield seen.referents[0].members

    def _facing(self, told: list[Seen], fits: Callable[[Referent], bool]) -> Iterator[tuple[Referent, ...]]:
        """The subject and the object of a verb of meeting, talking or fighting."""
        parse = self.scene.parse
        single = {seen.index: seen.referents[0] for seen in told if len(seen.referents) == 1}
        for index, referent in single.items():
            verb = parse.head[index]
            if not fits(referent) or parse.dep[index] != "nsubj":
                continue
            for other, one in single.items():
                met = parse.head[other] == verb and parse.dep[other] == "dobj"
                met = met and parse.lemma[verb] in words("naming", "pairs", "meeting")
                preposition = parse.head[other]
                faced = parse.dep[other] == "pobj" and parse.word[preposition] in _FACING
                faced = faced and verb in self._above(preposition)
                if (
                    (met or faced)
                    and one is not referent
                    and fits(one)
                    and (one.kind == "Person") == (referent.kind == "Person")
                ):
                    yield (referent, one)

    def _above(self, preposition: int) -> list[int]:
        """What a phrase hangs on: the verb, or a noun and what that hangs on ("flew in *for talks* with")."""
        parse = self.scene.parse
        found = [parse.head[preposition]]
        while len(found) < 4 and parse.is_noun(found[-1]) and parse.dep[found[-1]] in ("pobj", "dobj"):
            above = parse.head[found[-1]]
            found.append(parse.head[above] if parse.dep[found[-1]] == "pobj" else above)
        return found

    def _persons(self, recent: list[Seen], here: int, index: int) -> tuple[Referent, ...]:
        """The only two persons of the sentence before, or of the two before; "two women" are others."""
        if not {"the", "both", "those", "these"} & set(self.scene.low[max(0, index - 3) : index + 1]):
            return ()
        for reach in (1, 2):
            told = [seen for seen in recent if 0 < here - seen.sentence <= reach and len(seen.referents) == 1]
            people = dict.fromkeys(seen.referents[0] for seen in reversed(told) if _person(seen.referents[0]))
            if len(people) == 2:
                return tuple(people)
        return ()


def _anybody(referent: Referent) -> bool:
    return _person(referent) or _party(referent)


def _person(referent: Referent) -> bool:
    return referent.kind == "Person"


def _party(referent: Referent) -> bool:
    return referent.kind in _PARTIES
