"""Speakers and negotiators without a name: "a Western diplomat", "one aide to the minister", "leaders of 54 nations".

They become entities of the article where an event is told of them, under the words by which the text calls them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.reference import make_key
from kg.text.document import Referent
from kg.text.events.participants import PLACES, referents
from kg.text.events.phrases import prepositional
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_ONE = frozenset({"a", "an", "one", "another", "some", "any"})
_KNOWN = frozenset({"the", "this", "that"})
_DROPPED = _ONE | _KNOWN | {"two", "three", "several", "both", "these", "those", "many", "other"}
_ENDING = frozenset({",", "who", "whom", "whose", "that", "which", "(", "-", "–", "—", ";", ":", ".", "and", "but"})
_RIGHT = frozenset(
    {"of", "from", "at", "in", "to", "for", "with", "on", "close", "familiar", "inside", "near", "across"}
)
_LONGEST = 9


def cited(document: Document, parse: Parse, heads: list[int]) -> list[Referent]:
    """Who speaks, each head with what is joined to it; people without a name stand for themselves, not their state."""
    found: list[Referent] = []
    for head in heads:
        for index in parse.conjuncts(head):
            one = unnamed(document, parse, index)
            for referent in [one] if one else referents(document, parse, index):
                if referent not in found:
                    found.append(referent)
    return found


def negotiating(document: Document, parse: Parse, heads: list[int], found: list[Referent]) -> list[Referent]:
    """``found`` and those joined to them who have no name, where a phrase tells who they are."""
    told = list(found)
    for head in heads:
        for index in parse.conjuncts(head):
            if any(one.kind not in PLACES for one in referents(document, parse, index)):
                continue
            one = unnamed(document, parse, index, words("groups", "negotiating"))
            if one is not None and " " in one.name and one not in told:
                told.append(one)
    return told


def unnamed(document: Document, parse: Parse, head: int, more: frozenset[str] = frozenset()) -> Referent | None:
    """The people without a name that a noun phrase speaks of, always the same for one noun; None for anybody else.

    ``more`` are nouns of people beside those who speak.
    """
    if head in document.cited:
        return document.cited[head]
    if parse.tag[head] == "CD":  # "six of the seven envoys"
        return next((one for noun in prepositional(parse, head, "of") if (one := unnamed(document, parse, noun))), None)
    if parse.tag[head] not in ("NN", "NNS"):
        return None
    if not (_is_person(parse.lemma[head]) or parse.lemma[head] in more or _is_medium(parse, head)):
        return None
    if document.refer(parse.doc[head]) or _is_named(document, parse, head) or _are_of_several(document, parse, head):
        return None
    found = _spoken_of(document, parse, head)
    if found is not None:
        document.cited[head] = found
    return found


def _is_named(document: Document, parse: Parse, head: int) -> bool:
    """Whether an apposition tells the name: "an aide, Ann Lee, said"."""
    if any(document.refer(parse.doc[kid]) or parse.tag[kid] == "NNP" for kid in parse.children(head, "appos")):
        return True
    # "a minister from Paris, Ann Lee, said": the name hung on what tells who he is
    return any(one.kind == "Person" for one in referents(document, parse, head) if parse.tag[head] == "NN")


def _are_of_several(document: Document, parse: Parse, head: int) -> bool:
    """Whether they are those of states told one by one: "the envoys *of Peru and Chile*", "of the two countries"."""
    named = [
        one
        for word in ("of", "from")
        for filler in prepositional(parse, head, word)
        for item in parse.conjuncts(filler)
        for one in document.refer(parse.doc[item])
        if one.kind == "State"
    ]
    return len(named) > 1


def _is_person(noun: str) -> bool:
    known = noun in words("groups", "people", "Group") or noun in words("groups", "cited")
    return known or noun.endswith(tuple(words("groups", "callings")))


def _is_medium(parse: Parse, head: int) -> bool:
    """ "State radio", "the North's news agency": told apart by what stands before it."""
    told = parse.child(head, "poss", "amod", "compound", "nmod") is not None
    return told and parse.lemma[head] in words("groups", "media")


def _spoken_of(document: Document, parse: Parse, head: int) -> Referent | None:
    first, last = _phrase(parse, head)
    before = {parse.word[kid] for kid in parse.kids[head] if kid < head}
    counted = "the" in before and any(parse.tag[kid] == "CD" for kid in parse.kids[head])
    if "whose" in before or (counted and parse.child(head, "compound", "amod") is None):
        return None  # "the two ministers": those of whom the text has told
    if last == head + 1 and head in document.crowds:
        return document.crowds[head]
    if before & _KNOWN and last == head + 1:
        same = [one for index, one in document.cited.items() if parse.lemma[index] == parse.lemma[head]]
        if same:
            return same[-1]
    medium = _is_medium(parse, head)
    if parse.tag[head] == "NN" and not before & _ONE and not medium:
        return None
    start = first
    for index in range(first, head):
        if parse.word[index] in _DROPPED or parse.tag[index] in ("CD", "PRP$") or parse.word[index][:1].isdigit():
            start = index + 1
    return _named(document, parse, head, (first, start, last), "MediaOrganisation" if medium else "Group")


def _phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The noun with what stands before it, and the phrases after it that tell who it is, where they are short."""
    first, end = parse.subtree(head)
    last = head + 1
    if last < end and parse.word[last] in _RIGHT:
        while last < end and parse.word[last] not in _ENDING and parse.tag[last] not in ("VBD", "VBZ", "VBP", "MD"):
            last += 1
    return first, last if last - head <= _LONGEST else head + 1


def _named(document: Document, parse: Parse, head: int, phrase: tuple[int, int, int], kind: str) -> Referent:
    first, start, last = phrase
    ends = [last, head + 1, *(index for index in range(head + 2, last) if parse.word[index] in _RIGHT)]
    told = [parse.text(begin, end) for end in ends for begin in (start, first)]
    opening = start == parse.sentences[parse.sentence[start]][0] and not parse.tag[start].startswith("NNP")
    name = told[0][:1].lower() + told[0][1:] if opening else told[0]
    known = next((one for one in document.cited.values() if one.name == name), None)
    if known is not None:
        return known
    folder, _, rest = make_key(kind, name).rpartition("/")
    found = Referent(-1000 - head, kind, name, f"{folder}/{document.article.slug}-{rest}")
    found.aliases = [text for text in dict.fromkeys(told) if text.casefold() != name.casefold()]
    found.plural = parse.tag[head] == "NNS"
    found.state = _state(document, parse, head, phrase)
    return found


def _state(document: Document, parse: Parse, head: int, phrase: tuple[int, int, int]) -> Referent | None:
    """The state whose they are: what the phrase names, but no place where they only are: "diplomats in Cairo"."""
    first, _, last = phrase
    away = parse.lemma[head] in words("naming", "away")
    for index in range(first, last):
        if away and index > head and any(parse.word[i] in ("in", "at") for i in range(head, index)):
            return None
        for one in document.refer(parse.doc[index]):
            state = one if one.kind == "State" else one.state
            if state is not None:
                return state
    return None
