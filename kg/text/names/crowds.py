"""People without a known name, and the state that the text tells: "prisoners", "Muslim hackers", "students in Peru".

Where the phrase says whose state they are of, they are a group like any other. Where it does not, they are kept aside
in ``Document.crowds`` by the token of their noun, and become entities of the article only if an event names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.reference import make_key
from kg.text.document import Referent
from kg.text.lexicon import words
from kg.text.names.lexicon import singular

if TYPE_CHECKING:
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

# those who are where they are not from: "diplomats in Cairo", "settlers in the West Bank"
_AWAY = words("naming", "away")
# counted or cited, not spoken of, unless a name tells which: "more than 40 people", "officials", but "Yoruba leaders"
_ANYBODY = words("naming", "anybody")
_WITHIN = frozenset({"in", "of", "from", "throughout", "across", "around", "inside"})
_AT = frozenset({"in", "at", "near", "across", "throughout", "outside", "around", "inside"})
_SKIPPED = frozenset(
    {"DT", "CD", "RB", "RBR", "RBS", "JJR", "JJS", "PDT", "IN", "PRP$", "POS", ",", "CC", "WDT", "WP$"}
)
_FOREIGN = frozenset({"embassy", "consulate", "mission", "legation"})
_LONGEST = 4
_LONG = 8
_POINTING = frozenset({"the", "a", "an", "that", "these", "those", "this"})
_OWNED = frozenset({"of", "from", "in", "at", "for"})


class Crowds:
    """Names people of one scene whom neither reference data nor a state's adjective names."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.named: dict[str, Referent] = {}

    def home(self, noun: str, index: int) -> Referent | None:
        """The state of "students throughout Peru", "rebels in the town of Gao"; none for those who are abroad."""
        if noun in _AWAY | _ANYBODY:
            return None
        return self._state_under(index, _WITHIN)

    def label(self, left: Modifiers, noun: str, plural: str) -> list[str]:
        """The words of the phrase that tell who they are: "university students"."""
        index, scene = left.begin, self.scene
        first, compound = noun.split()[0][:3], " " in noun
        found: list[str] = []
        while index < scene.parse.size and not (
            scene.low[index].startswith(first) and (compound or scene.parse.is_noun(index))
        ):
            if scene.tag[index] == "CD":
                found = []  # "In London [forty people]"
            if (
                scene.tag[index] not in _SKIPPED
                and scene.low[index].isalpha()
                and scene.low[index] not in words("naming", "counting")
            ):
                found.append(scene.text(index, index + 1))
            index += 1
        return [*found[-_LONGEST:], *noun.split()[:-1], plural]

    def note(self, kind: str, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
        """Keeps people aside by the token of their noun; nobody is spoken of yet."""
        scene, document = self.scene, self.scene.document
        words_told = self.label(left, noun, scene.low[index])
        if left.possessed or (noun in _ANYBODY and not any(word[:1].isupper() for word in words_told[:-1])):
            return ()
        label = " ".join(words_told)
        name = label if scene.tag[left.begin] in ("NNP", "NNPS") else label[:1].lower() + label[1:]
        known = self.named.items()
        alike = [one for text, one in known if text == name or (left.definite and text.endswith(f" {name}"))]
        crowd = alike[-1] if alike else self._new(kind, name)
        counted = self._counted(left.begin)
        self.also(crowd, counted, index)
        if crowd.state is None and noun not in _AWAY:
            crowd.state = self.scene_of(index)
        document.crowds[index] = crowd
        return ()

    def also(self, crowd: Referent, begin: int, index: int) -> None:
        """Gives people the words of the text for a name as well: "three UN monitors", "farmers in the north"."""
        scene = self.scene
        while begin < index and scene.low[begin] in _POINTING:
            begin += 1
        ends = self._end(index)
        for first, last in dict.fromkeys(((begin, ends), (begin, index + 1))):
            told = scene.text(first, last)
            if last - first > 1 and told.casefold() not in (crowd.name.casefold(), *map(str.casefold, crowd.aliases)):
                crowd.aliases.append(told)

    def _counted(self, begin: int) -> int:
        """Where the phrase begins with what counts them: "*tens of thousands of* miners"."""
        low, numbers = self.scene.low, words("events", "sets", "numbers")
        while begin > 1 and low[begin - 1] == "of" and singular(low[begin - 2]) in numbers:
            begin -= 2
        return begin

    def _end(self, index: int) -> int:
        """Where the phrase ends that tells who they are: "crowds *of farmers*"."""
        of = next(
            (kid for kid in self.scene.parse.kids[index] if self.scene.low[kid] in _OWNED and kid == index + 1), -1
        )
        end = self.scene.parse.subtree(of)[1] if of > 0 else index + 1
        return end if end - index < _LONG and "," not in self.scene.low[index:end] else index + 1

    def _new(self, kind: str, name: str) -> Referent:
        key = make_key(kind, name)
        folder, _, rest = key.rpartition("/")
        crowd = Referent(-1 - len(self.named), kind, name, f"{folder}/{self.scene.document.article.slug}-{rest}")
        crowd.plural = True
        self.named[name] = crowd
        return crowd

    def scene_of(self, index: int) -> Referent | None:
        """The state where the clause sets what they do: "rioted at a jail in Dili"."""
        parse = self.scene.parse
        verb = parse.head[index]
        while parse.dep[verb] in ("prep", "pobj", "conj") and parse.head[verb] != verb:
            verb = parse.head[verb]
        return self._state_under(index, _AT) or (self._state_under(verb, _AT) if parse.is_verb(verb) else None)

    def _state_under(self, head: int, prepositions: frozenset[str]) -> Referent | None:
        """The one state that the place phrases below a word name or lie in."""
        scene, parse = self.scene, self.scene.parse
        for preposition in parse.children(head, "prep"):
            if parse.word[preposition] not in prepositions:
                continue
            for place in parse.children(preposition, "pobj"):
                if parse.lemma[place] in _FOREIGN:
                    continue
                first, last = parse.subtree(place)
                pieces = (scene.at[i] for i in range(first, min(last, place + 6)))
                states = (self._state(one) for piece in pieces if piece for one in piece.referents)
                found = next((one for one in states if one is not None), None)
                if found:
                    return found
        return None

    def _state(self, referent: Referent) -> Referent | None:
        return referent if referent.kind == "State" else referent.state if referent.kind == "Place" else None
