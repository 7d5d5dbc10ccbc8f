"""Cities that open a sentence before its subject, told from the first word of a name: "In *Oslo* Ann Lee said"."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

from kg.text.conjuncts import FINITE

if TYPE_CHECKING:
    from kg.text.names.gazetteer import Known
    from kg.text.parse import Parse

_PREPOSITIONS = frozenset({"in", "at", "from"})
_PROPER = frozenset({"NNP", "NNPS"})


def free_openings(parse: Parse, known: Mapping[int, Known], suffixes: Container[str]) -> set[int]:
    """The tokens after such cities; the parse is mended where it took city and subject for one name.

    ``suffixes`` are the words that end names of institutions and places: "In Kano State officials said" has none.
    """
    freed = set()
    for start, finish in parse.sentences:
        city = known.get(start + 1) if parse.word[start] in _PREPOSITIONS else None
        if city is None or city.senses[0].record.kind not in ("Place", "State") or city.senses[0].how == "demonym":
            continue
        end = city.end
        while end < finish and parse.tag[end] in _PROPER and end not in known:
            end += 1
        if end == city.end or end >= finish or parse.word[end - 1] in suffixes:
            continue
        verb = _verb(parse, start, end)
        if verb is None or not _goes_on(parse, end, verb, end - city.end):
            continue
        freed.add(city.end)
        _mend(parse, start, city, end - 1, verb)
    return freed


def _verb(parse: Parse, start: int, end: int) -> int | None:
    """The verb of whoever is named before ``end``: one without another subject."""
    verb = parse.head[start] if parse.head[start] >= end else parse.head[end - 1]
    if verb < end or not parse.is_verb(verb):
        return None
    subject = parse.child(verb, "nsubj", "nsubjpass")
    return verb if subject is None or start < subject < end else None


def _goes_on(parse: Parse, end: int, verb: int, size: int) -> bool:
    """Whether a name before ``end`` can be the subject of ``verb``: the verb or an apposition follows."""
    if parse.word[end] == ",":
        return size > 1
    between = range(end, verb)
    return all(parse.tag[index] in FINITE or parse.tag[index].startswith("RB") for index in between)


def _mend(parse: Parse, start: int, city: Known, person: int, verb: int) -> None:
    if parse.head[person] != verb:
        parse.move(person, verb, "nsubjpass" if parse.child(verb, "auxpass") is not None else "nsubj")
    last = city.end - 1
    if parse.head[last] != start:
        parse.move(last, start, "pobj")
    for index in range(city.start, last):
        parse.move(index, last, "compound")
    for index in range(city.end, person):
        if parse.head[index] <= last:
            parse.move(index, person, "compound")
    if parse.head[start] != verb:
        parse.move(start, verb, "prep")
