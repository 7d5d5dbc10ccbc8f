"""Lists that the small parser leaves open ("[Peru], [Chile and Bolivia] voted" has two subjects), mistaken forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import event_lexicon, words
from kg.text.speakers import SPEAKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PRONOMINAL = frozenset({"nsubj", "nsubjpass", "dobj"})
_BEYOND = frozenset({"with", "in", "at", "on", "to", "about", "over"})
_SPANS = frozenset({"minute", "hour", "day", "night", "week", "month", "year", "time"})


def join_lists(parse: Parse) -> None:
    """Joins names in a row, with nothing but commas between them and an "and" before the last, into one subject."""
    for last, label in enumerate(parse.dep):
        if label not in _SUBJECTS or parse.tag[last][:3] != "NNP" or parse.child(last, "conj") is None:
            continue
        here = last
        while True:
            comma = parse.subtree(here)[0] - 1
            ends = (comma, comma + 1)
            before = next((kid for kid in parse.kids[parse.head[last]] if parse.subtree(kid)[1] in ends), None)
            if comma < 1 or parse.word[comma] != "," or before is None or not _is_listed(parse, before, label):
                break
            parse.move(here, before, "conj")
            here = before


def _is_listed(parse: Parse, name: int, label: str) -> bool:
    return parse.dep[name] == label and parse.tag[name][:3] == "NNP"


def tell_forms(parse: Parse) -> None:
    """Tells relatives and perfects: "sanctions *that* Peru imposed", "it *had frozen* aid", "High *Commissioners*"."""
    offices = words("events", "sets", "office") | words("events", "sets", "people")
    for index, tag in enumerate(parse.tag):
        if tag == "IN" and parse.word[index] == "that" and parse.dep[index] in _PRONOMINAL:
            parse.tag[index] = "WDT"
        elif tag == "NNPS" and parse.lemma[index].removesuffix("s") in offices:
            parse.lemma[index] = parse.lemma[index].removesuffix("s")
        elif tag == "IN" and parse.dep[index] == "prep" and parse.word[index] in _BEYOND:
            _pass_duration(parse, index)
        elif tag == "NNP" and parse.dep[index] == "conj":
            _free_from_city(parse, index)
        elif parse.dep[index] == "parataxis" and parse.lemma[index] in SPEAKING:
            _part_inverted(parse, index)
        elif tag == "VBN" and parse.dep[index] == "amod" and parse.lemma[index] in event_lexicon().verbs:
            _make_perfect(parse, index)


def _make_perfect(parse: Parse, participle: int) -> None:
    """Makes "had [frozen aid]" a perfect where nothing stands between: who has frozen food has a determiner or none."""
    verb, thing = participle - 1, parse.head[participle]
    if verb < 0 or parse.lemma[verb] != "have" or parse.head[thing] != verb or parse.dep[thing] != "dobj":
        return
    infinitive = any(parse.word[kid] == "to" for kid in parse.children(verb, "aux"))
    if (parse.child(verb, "nsubj") is None and not infinitive) or parse.child(thing, "det", "poss") is not None:
        return
    parse.move(participle, verb, "dep")
    for kid in [kid for kid in parse.kids[verb] if kid != participle]:
        parse.move(kid, participle, parse.dep[kid])
    if parse.head[verb] == verb:
        parse.raise_root(participle, verb, "aux")
    else:
        above, label = parse.head[verb], parse.dep[verb]
        parse.move(participle, above, label)
        parse.move(verb, participle, "aux")


def _pass_duration(parse: Parse, preposition: int) -> None:
    """Hangs "conferred for [five days *with* Ann Lee]" on the verb: days have nobody with them."""
    span = parse.head[preposition]
    outer = parse.head[span]
    if parse.lemma[span] not in _SPANS or parse.dep[span] != "pobj" or parse.word[outer] != "for":
        return
    if parse.is_verb(parse.head[outer]):
        parse.move(preposition, parse.head[outer], "prep")


def _part_inverted(parse: Parse, verb: int) -> None:
    """Gives "[The talks, said Ann Lee,] were dragging" its two subjects back: one speaks, the other drags."""
    doers = [kid for kid in parse.kids[verb] if parse.dep[kid] == "nsubj"]
    if len(doers) == 2 and doers[0] < verb < doers[1] and parse.child(parse.head[verb], "nsubj", "nsubjpass") is None:
        label = "nsubjpass" if parse.child(parse.head[verb], "auxpass") is not None else "nsubj"
        parse.move(doers[0], parse.head[verb], label)


def _free_from_city(parse: Parse, name: int) -> None:
    """Makes the subject of "In [Lima, Ann Lee], the envoy, met": a city and a person with no "and" are no pair."""
    city = parse.head[name]
    outer = parse.head[city]
    verb = parse.head[outer]
    if parse.dep[city] != "pobj" or parse.word[outer] not in ("in", "at") or not parse.is_verb(verb) or verb < name:
        return
    apart = parse.child(city, "cc") is None and parse.subtree(name)[0] == city + 2 and parse.word[city + 1] == ","
    if apart and parse.entity[name] != "GPE" and parse.child(verb, "nsubj", "nsubjpass") is None:
        parse.move(name, verb, "nsubjpass" if parse.child(verb, "auxpass") is not None else "nsubj")
