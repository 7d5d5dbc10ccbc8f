"""A state spoken of by what it is: "the Nordic country", "the island nation", "the tiny former Soviet republic"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.coref_sides import doers_above
from kg.text.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.coref import Tracker
    from kg.text.document import Referent
    from kg.text.names.phrases import Modifiers
    from kg.text.names.scene import Scene

_AT_HOME = 3.0
_DISSOLVED = frozenset({"Soviet Union", "Yugoslavia"})
_TITLED = frozenset({"where", "that", "which", "who", "whose", "whom", "of"})


@lru_cache(maxsize=1)
def _described() -> tuple[dict[tuple[str, ...], frozenset[str]], frozenset[str]]:
    """The states that words before "country" can mean, by those words; and the words that mean others."""
    data = load("countries")["described"]
    groups = {tuple(words.split()): frozenset(codes) for words, codes in data.items() if words != "others"}
    return groups, frozenset(data["others"])


def described(scene: Scene, tracker: Tracker, noun: str, left: Modifiers, index: int) -> tuple[Referent, ...]:
    """The state of the article that a noun with adjectives before it speaks of; ``noun`` stands for a state."""
    unions = [one for one in left.states if one.name in _DISSOLVED]
    if left.determiner not in ("the", "this") or len(unions) < len(left.states) or left.actors or left.possessed:
        return ()
    if scene.low[index + 1 : index + 2] and scene.low[index + 1] in _TITLED:
        return ()
    groups, others = _described()
    told = scene.low[left.begin + 1 : index]
    standing = [words for words in groups if _stands(words, told)]
    named = [groups[words] for words in standing]
    known = {word for words in standing for word in words}
    if not told or any(word in others and word not in known for word in told):
        return ()
    if (left.regions or unions) and not named:
        return ()
    governing = _governing(scene, index)

    def fits(referent: Referent) -> bool:
        if referent.kind != "State":
            return False
        record = scene.reference.records.get(referent.key)
        code = record.state if record else ""
        if not suits(scene, noun, code):
            return False
        return all(code in codes for codes in named)

    found = tracker.salient(fits, index, governing)
    return (found,) if found else ()


def suits(scene: Scene, noun: str, code: str) -> bool:
    """Whether a noun can mean the state with this code: no republic is an emirate."""
    if noun in ("kingdom", "monarchy"):
        return code in scene.nouns.monarchies
    codes = load("countries")["nouns"].get(noun)
    return codes is None or code in codes


def the_country(scene: Scene, tracker: Tracker, fits: Callable[[Referent], bool], index: int) -> tuple[Referent, ...]:
    """The state that "the country" means: rather the one in which a report happens, none that does something to it."""
    home = scene.home or scene.document.focus
    beyond = doers_above(tracker, index) | _travellers(scene, index) | _together(scene, index)
    found = tracker.salient(fits, index, beyond, bonus=lambda one: _AT_HOME if one is home else 0.0)
    return (found,) if found else ()


def _together(scene: Scene, index: int) -> frozenset[int]:
    """All who do something to it together: "Peru, Chad and *Syria* recognised the republic"."""
    parse, document = scene.parse, scene.document
    if parse.dep[index] != "dobj":
        return frozenset()
    subjects = parse.children(parse.head[index], "nsubj")
    spans = [document.by_root.get(item) for kid in subjects for item in parse.conjuncts(kid)]
    return frozenset(one.id for span in spans if span is not None for one in span.referents)


def _travellers(scene: Scene, index: int) -> frozenset[int]:
    """The states of those who go to it, unless they return: "*Samoa's* prime minister made a dash to the island"."""
    parse, document = scene.parse, scene.document
    preposition = parse.head[index]
    if parse.dep[index] != "pobj" or parse.word[preposition] != "to":
        return frozenset()
    verb = parse.head[preposition]
    while not parse.is_verb(verb) and parse.head[verb] != verb:
        verb = parse.head[verb]
    if parse.lemma[verb] == "return" or parse.lemma[parse.head[preposition]] == "return":
        return frozenset()
    spans = [document.by_root.get(kid) for kid in parse.children(verb, "nsubj") if kid < index]
    told = [one for span in spans if span is not None for one in span.referents]
    first = [parse.subtree(kid) for kid in parse.children(verb, "nsubj") if kid < index]
    beside = [one for span in document.spans for one in span.referents if any(a <= span.start < b for a, b in first)]
    states = (one if one.kind == "State" else one.state for one in (*told, *beside))
    return frozenset(state.id for state in states if state is not None)


def done_to(scene: Scene, index: int) -> frozenset[int]:
    """Whom the verb is done to of which the noun is the subject: "the four countries accuse *Doha*"."""
    parse, document = scene.parse, scene.document
    if parse.dep[index] != "nsubj":
        return frozenset()
    things = [item for kid in parse.children(parse.head[index], "dobj") for item in parse.conjuncts(kid)]
    pieces = (scene.after(item) for item in things if item not in document.by_root)
    named = [one for item in things if (span := document.by_root.get(item)) for one in span.referents]
    named.extend(one for piece in pieces if piece for one in piece.referents)
    return frozenset(state.id for one in named for state in (one, one.state) if state is not None)


def _stands(words: tuple[str, ...], told: list[str]) -> bool:
    return any(tuple(told[i : i + len(words)]) == words for i in range(len(told) - len(words) + 1))


def _governing(scene: Scene, index: int) -> frozenset[int]:
    """Those who do something to it in the same sentence, and are another: the subjects of the verbs above it."""
    parse, here = scene.parse, index
    found: set[int] = set()
    while parse.head[here] != here:
        before, here = here, parse.head[here]
        for subject in parse.children(here, "nsubj", "nsubjpass"):
            if subject != before and subject < index:
                spans = (scene.document.by_root.get(item) for item in parse.conjuncts(subject))
                found.update(one.id for span in spans if span is not None for one in span.referents)
    return frozenset(found)
