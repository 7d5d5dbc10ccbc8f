"""Whether what a trigger asks for stands with the word: particle, object noun, preposition and what it governs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.lexicon import Trigger
    from kg.text.parse import Parse

_OFF = frozenset({"off"})
_DEPRIVING = frozenset(
    {"strip", "deprive", "relieve", "rob", "accuse", "acquit", "convict", "purge", "clear", "rid"}
) | {"assure", "reassure"}
_CALENDAR = words("naming", "calendar")


def matches(parse: Parse, index: int, trigger: Trigger) -> tuple[bool, int | None]:
    """Whether particle, object and preposition of the trigger stand with the word, and the noun of its phrase."""
    companion = None
    if trigger.lemma == "call" and trigger.prepositions and parse.child(index, "oprd") is not None:
        return False, None  # "called it a great day *for* liberty" calls for nothing
    if trigger.lemma == "call" and trigger.objects and not trigger.particles and _has_particle(parse, index, _OFF):
        return False, None  # "called off the march" calls none
    hung = _hung_object(parse, index, trigger) if trigger.particles and trigger.objects else None
    if trigger.particles and hung is None and not _has_particle(parse, index, trigger.particles):
        return False, None
    if trigger.objects:
        companion = _object_among(parse, index, trigger.objects) if hung is None else hung
        if companion is None:
            return False, None
    if trigger.prepositions:
        filler = _preposition(parse, index, companion, trigger)
        if filler is None:
            return False, None
        if trigger.preposition_objects and companion is None:
            companion = filler
    return True, companion


def _has_particle(parse: Parse, index: int, particles: frozenset[str]) -> bool:
    for kid in parse.kids[index]:
        if (
            parse.word[kid] in particles
            and kid > index
            and (
                parse.dep[kid] in ("prt", "advmod", "prep", "acomp", "oprd", "mark")
                or (parse.dep[kid] in ("ccomp", "xcomp") and parse.tag[kid][:2] in ("JJ", "VB"))
            )
        ):
            return parse.dep[kid] != "prep" or parse.child(kid, "pobj") is None or parse.child(kid, "prep") is not None
    following = index + 1
    return (
        following < parse.size
        and parse.word[following] in particles
        and (parse.dep[following] in ("prt", "advmod", "acomp", "oprd", "dobj") or parse.word[following] == "dead")
    )


def _hung_object(parse: Parse, index: int, trigger: Trigger) -> int | None:
    """ "Stood *down* its *forces*": the particle taken for a preposition, and the object for what it governs."""
    for kid in parse.children(index, "prep"):
        if parse.word[kid] in trigger.particles and kid > index:
            return next((item for item in parse.children(kid, "pobj") if parse.lemma[item] in trigger.objects), None)
    return None


def _object_among(parse: Parse, index: int, nouns: frozenset[str]) -> int | None:
    return next((token for token, names in _things(parse, index) if not nouns.isdisjoint(names)), None)


@lru_cache(maxsize=8)
def _things(parse: Parse, index: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The objects of a verb, each with the words by which a trigger may ask for it; kept for its other triggers."""
    beside = (
        "npadvmod",
        "oprd",
        "attr",
        *(("intj",) if parse.lemma[index] == "say" else ()),
        *(("dobj",) if parse.is_passive(index) else ()),
    )  # "was granted asylum"
    found: list[tuple[int, tuple[str, ...]]] = []
    for head in [*objects(parse, index), *parse.children(index, *beside)]:
        for item in parse.conjuncts(head):
            lemma = parse.lemma[item]
            if parse.tag[item] == "NNP" and parse.entity[item] == "PERSON" and lemma in words("events", "sets", "help"):
                continue  # "Condoleezza Rice": no food
            found.append((item, (lemma, parse.word[item])))
            if any(parse.tag[kid] == "$" for kid in (item, *parse.kids[item])):
                found.append((item, ("money",)))  # "will give Chad $3 million"
            if lemma == "button":
                found.append((item, tuple(parse.word[kid] for kid in parse.children(item, "amod"))))
            if lemma in words("events", "grammar", "carrier"):
                found.append((item, tuple(parse.lemma[kid] for kid in parse.children(item, "compound"))))
            if lemma in words("events", "grammar", "container") or parse.tag[item] in ("CD", "DT", "$"):
                inside = [*prepositional(parse, item, "of"), *prepositional(parse, item, "in")]  # "$5m in military aid"
                found.extend((inner, (parse.lemma[inner],)) for inner in inside)
            elif any(parse.tag[kid] == "CD" for kid in parse.kids[item]):
                found.extend((inner, (parse.lemma[inner],)) for inner in _given(parse, index, item))
    return tuple(found)


def _given(parse: Parse, verb: int, amount: int) -> list[int]:
    """What an amount is given or cut in, right after it: "$3m *in aid*", "3bn yen *in loans*"."""
    phrases = [kid for owner in (amount, verb) for kid in parse.children(owner, "prep") if kid == amount + 1]
    return [thing for kid in phrases if parse.word[kid] == "in" for thing in parse.children(kid, "pobj")]


def _preposition(parse: Parse, index: int, companion: int | None, trigger: Trigger) -> int | None:
    # "back to the table", "out of the race": the phrase hangs on the particle
    owners = [index, *parse.children(index, "advmod", "prt", "acomp")]
    owners.extend(kid for kid in parse.children(index, "prep") if parse.word[kid] in trigger.particles)
    if "of" in trigger.prepositions and parse.lemma[index] in _DEPRIVING:
        owners.extend(objects(parse, index))  # "strip India of privileges": some parses hang it on India
    if parse.lemma[index] == "liken" or "as" in trigger.prepositions:
        owners.extend(objects(parse, index))  # "described [the raid as a crime]"
    for owner in owners if companion is None else [*owners, companion]:
        for kid in parse.kids[owner]:
            if parse.word[kid] not in trigger.prepositions or parse.dep[kid] not in (
                "prep",
                "dative",
                "prt",
                "agent",
                "advmod",
                "mark",
            ):
                continue
            if not trigger.preposition_objects:
                if any(parse.word[time] in _CALENDAR for time in parse.children(kid, "pobj")):
                    continue  # "called him a friend *on Monday*"
                return kid
            for filler in parse.children(kid, "pobj", "pcomp"):
                if any(parse.lemma[item] in trigger.preposition_objects for item in parse.conjuncts(filler)):
                    return filler
    if "for" in trigger.prepositions and not trigger.preposition_objects:
        for clause in parse.children(index, "advcl", "ccomp", "xcomp"):
            if any(parse.word[mark] == "for" for mark in parse.children(clause, "mark")):
                return clause
    return None
