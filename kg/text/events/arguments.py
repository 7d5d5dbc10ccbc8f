"""Who and what fills the slots of a trigger: subject, object, prepositions, possessive, over every construction.

Slots are named as in the lexicon: ``subj`` and ``obj`` are *logical* (the by-phrase of a passive is its subject), a
preposition names itself (``against``), ``poss`` is "Mali's", ``mod`` is "Malian" or "NATO" before a noun, ``obj.of``
is the of-phrase of the object. Every function returns the heads of noun phrases, coordination not yet expanded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words
from kg.text.parse import OBJECTS, RELATIVE_WORDS

if TYPE_CHECKING:
    from kg.text.lexicon import Slots
    from kg.text.parse import Parse


def find(parse: Parse, trigger: int, slots: Slots, companion: int | None = None) -> list[int]:
    """Fillers of the first alternative of ``slots`` that has any; ``companion`` is the object of a phrasal trigger."""
    for union in slots:
        found: list[int] = []
        for slot in union:
            found.extend(index for index in slot_fillers(parse, trigger, slot, companion) if index not in found)
        if found:
            return found
    return []


def slot_fillers(parse: Parse, trigger: int, slot: str, companion: int | None = None) -> list[int]:
    """The noun heads in one slot of a verb or noun."""
    if slot.startswith("obj."):
        return [
            filler
            for head in ([companion] if companion is not None else objects(parse, trigger))
            for filler in slot_fillers(parse, head, slot[4:])
        ]
    if slot == "subj":
        return subjects(parse, trigger)
    if slot == "obj":
        return [index for index in objects(parse, trigger) if index != companion]
    if slot == "iobj":
        return list(parse.children(trigger, "dative")) and [
            index if parse.tag[index] != "IN" and parse.word[index] not in ("to", "for") else kid
            for index in parse.children(trigger, "dative")
            for kid in (list(parse.children(index, "pobj")) or [index])
        ]
    if slot == "adjunct":
        return adjunct_subject(parse, trigger, 0)
    if slot == "adjunct.obj":
        verb = adjunct_verb(parse, trigger)
        return [] if verb is None else list(parse.children(verb, "dobj"))
    if slot == "content":
        return in_content(parse, trigger if companion is None else companion) or in_content(parse, trigger)
    if slot == "attacker":
        return attackers(parse, trigger)
    if slot == "blamed":
        return blamed(parse, trigger)
    if slot == "inf":
        return in_clause(parse, trigger)
    if slot == "poss":
        return list(parse.children(trigger, "poss"))
    if slot == "mod":
        return [kid for kid in parse.children(trigger, "amod", "compound", "nmod") if not parse.is_verb(kid)]
    found = prepositional(parse, trigger, slot)
    if companion is not None:
        found.extend(prepositional(parse, companion, slot))
    return found


def prepositional(parse: Parse, head: int, word: str) -> list[int]:
    """Objects of the preposition ``word`` under ``head``, through stacked prepositions and coordination."""
    found: list[int] = []
    for kid in parse.kids[head]:
        if parse.dep[kid] in ("prep", "agent", "dative") and parse.word[kid] == word:
            found.extend(parse.children(kid, "pobj"))
            for other in parse.children(kid, "conj"):
                if parse.word[other] == word:
                    found.extend(parse.children(other, "pobj"))
    return found


def subjects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """Logical subjects of a verb, found through passives, relatives, control, raising and coordination."""
    if depth > 6:
        return []
    if parse.is_noun(verb):
        return light_subject(parse, verb, depth)
    if parse.is_passive(verb):
        return agents(parse, verb)
    own = _own_subject(parse, verb) or _borrowed_subject(parse, verb, depth)
    return [*own, *_likewise(parse, verb)]


def agents(parse: Parse, verb: int) -> list[int]:
    """The by-phrase of a passive verb, also where the parser hung it on a noun in between."""
    own = _by_phrases(parse, verb)
    if own:
        return own
    _, last = parse.subtree(verb)
    for index in range(verb + 1, last):
        if parse.word[index] == "by" and parse.dep[index] in ("prep", "agent") and parse.is_noun(parse.head[index]):
            found = [filler for filler in parse.children(index, "pobj") if parse.is_noun(filler)]
            if found and _is_below(parse, index, verb):
                return found
    return []


def _by_phrases(parse: Parse, verb: int) -> list[int]:
    return [
        filler
        for kid in parse.kids[verb]
        if parse.dep[kid] in ("agent", "prep", "conj") and parse.word[kid] == "by"
        for preposition in parse.conjuncts(kid)
        if not any(parse.dep[neg] == "neg" for neg in parse.kids[preposition])
        for filler in parse.children(preposition, "pobj")
    ]


def _is_below(parse: Parse, index: int, verb: int) -> bool:
    """Whether only prepositional phrases lie between: no clause has another claim to the by-phrase."""
    here = index
    while here != verb:
        if parse.dep[here] not in ("prep", "agent", "pobj", "npadvmod", "advmod", "appos"):
            return False
        here = parse.head[here]
    return True


def _own_subject(parse: Parse, verb: int) -> list[int]:
    found = _grammatical_subject(parse, verb, ("nsubj", "csubj"))
    if found is not None:
        return [antecedent(parse, verb, found)]
    # "after Lima urged": the parser sometimes hangs the subject on the conjunction
    for kid in parse.children(verb, "mark", "prep"):
        if parse.dep[kid] == "mark":
            for grandchild in parse.children(kid, "pobj"):
                return [grandchild]
    return []


def _grammatical_subject(parse: Parse, verb: int, labels: tuple[str, ...]) -> int | None:
    """The nearest subject before the verb (a dateline may be parsed as another), else the first after it."""
    candidates = [kid for kid in parse.kids[verb] if parse.dep[kid] in labels and not parse.is_verb(kid)]
    if len(candidates) > 1:
        named = [kid for kid in candidates if not _is_aside(parse, kid)]
        before = [kid for kid in named if kid < verb]
        candidates = before[-1:] or named or candidates
    if not candidates and parse.head[verb] == verb:
        # "Turkey massed troops": a name before the verb that the parser took for an adverbial
        candidates = [kid for kid in parse.children(verb, "npadvmod") if kid < verb and parse.entity[kid] in _NAMES]
    return candidates[0] if candidates else None


_NAMES = frozenset({"GPE", "ORG", "PERSON", "NORP"})


def _is_aside(parse: Parse, kid: int) -> bool:
    """ "either of which could", "some of whom were"."""
    return any(
        parse.word[inner] in ("which", "whom")
        for of in parse.children(kid, "prep")
        for inner in parse.children(of, "pobj")
    )


def _likewise(parse: Parse, verb: int) -> list[int]:
    """ "abstained, as did India and Brazil": others who did the same."""
    found: list[int] = []
    for kid in parse.children(verb, "conj", "advcl", "parataxis"):
        if parse.lemma[kid] == "do" and any(parse.word[mark] in ("as", "so") for mark in parse.kids[kid]):
            found.extend(parse.children(kid, "nsubj"))
    return found


def antecedent(parse: Parse, verb: int, pronoun: int) -> int:
    """The noun that a relative pronoun stands for, or the token itself."""
    if parse.word[pronoun] in RELATIVE_WORDS and parse.tag[pronoun].startswith("W"):
        here = verb
        while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
            here = parse.head[here]
        if parse.dep[here] in ("relcl", "acl"):
            return _described(parse, parse.head[here], parse.word[pronoun])
        while parse.dep[here] in ("ccomp", "xcomp") and parse.is_verb(parse.head[here]):
            here = parse.head[here]
            if parse.dep[here] == "relcl":
                return _described(parse, parse.head[here], parse.word[pronoun])
    return pronoun


def _described(parse: Parse, noun: int, pronoun: str) -> int:
    """The person behind "the leader of Chad, who": the parser hangs the clause on the nearest name."""
    here = noun
    if pronoun in ("who", "whom"):
        while parse.entity[here] in ("GPE", "ORG", "NORP", "LOC") and parse.dep[here] == "pobj":
            owner = parse.head[parse.head[here]]
            if not parse.is_noun(owner):
                break
            here = owner
    while parse.dep[here] == "appos" and parse.is_noun(parse.head[here]):
        here = parse.head[here]
    return _equated(parse, here)


def _equated(parse: Parse, noun: int) -> int:
    """Who is said to be the noun: "Chad was the first *country* to", "he was among *leaders* attending"."""
    verb = parse.head[noun]
    if parse.dep[noun] == "pobj" and parse.word[verb] in ("among", "of"):
        verb = parse.head[verb] if parse.word[verb] == "among" else parse.head[parse.head[verb]]
    elif parse.dep[noun] != "attr":
        return noun
    if parse.lemma[verb] not in ("be", "become", "remain"):
        return noun
    subject = parse.child(verb, "nsubj")
    return noun if subject is None or parse.word[subject] in ("it", "there", "this", "that") else subject


def _borrowed_subject(parse: Parse, verb: int, depth: int) -> list[int]:
    label, head = parse.dep[verb], parse.head[verb]
    if head == verb:
        return []
    if label == "conj":
        if parse.is_verb(head) or parse.tag[head].startswith("JJ"):
            if parse.is_passive(head):
                return surface_subjects(parse, head, depth + 1)
            return subjects(parse, head, depth + 1)
        return []
    if label in ("xcomp", "ccomp") and parse.is_verb(head):
        return _controlled(parse, head, depth)
    if label in ("xcomp", "acl", "advcl", "ccomp") and parse.tag[head].startswith("JJ"):
        return surface_subjects(parse, parse.head[head], depth + 1)
    if label in ("advcl", "acomp"):
        return surface_subjects(parse, head, depth + 1)
    if label in ("acl", "relcl"):
        if parse.tag[verb] == "VBG" and parse.dep[head] not in ("dobj",):
            return [_equated(parse, head)]
        infinitive = any(parse.word[kid] == "to" for kid in parse.children(verb, "aux"))
        equated = _equated(parse, head)
        if equated != head or not infinitive:
            return [equated]
        return _holder(parse, head, depth)
    if label == "pcomp":
        return _gerund_subject(parse, head, depth)
    return []


def _controlled(parse: Parse, governor: int, depth: int) -> list[int]:
    if parse.lemma[governor] in words("events", "grammar", "object_control"):
        found = objects(parse, governor)
        if found:
            return found
    return surface_subjects(parse, governor, depth + 1)


def _gerund_subject(parse: Parse, preposition: int, depth: int) -> list[int]:
    governor = parse.head[preposition]
    if parse.is_noun(governor):
        return _holder(parse, governor, depth)
    if parse.is_verb(governor):
        if parse.lemma[governor] in words("events", "grammar", "object_control") and parse.word[preposition] in (
            "of",
            "for",
            "from",
            "with",
            "into",
        ):
            found = objects(parse, governor)
            if found:
                return found
        return surface_subjects(parse, governor, depth + 1)
    return surface_subjects(parse, parse.head[governor], depth + 1)


def _holder(parse: Parse, noun: int, depth: int) -> list[int]:
    """Whose plan, refusal or attempt it is."""
    found = list(parse.children(noun, "poss")) or prepositional(parse, noun, "by") or prepositional(parse, noun, "of")
    if found:
        return found
    return light_subject(parse, noun, depth + 1) or slot_fillers(parse, noun, "mod")


def surface_subjects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """The grammatical subject, active or passive: whom a participle or infinitive below the verb is about."""
    found = _grammatical_subject(parse, verb, ("nsubj", "nsubjpass"))
    if found is not None:
        return [antecedent(parse, verb, found)]
    if parse.is_passive(verb) and parse.dep[verb] in ("acl", "relcl"):
        return [parse.head[verb]]
    return [] if depth > 6 else (_own_subject(parse, verb) or _borrowed_subject(parse, verb, depth))


def objects(parse: Parse, verb: int) -> list[int]:
    """Logical objects: direct object, subject of a passive, antecedent of an object relative."""
    if parse.is_noun(verb):
        return []
    if parse.is_passive(verb):
        return _passive_objects(parse, verb)
    found = [kid for kid in parse.kids[verb] if parse.dep[kid] in OBJECTS]
    for kid in found:
        if parse.tag[kid].startswith("W"):
            return [antecedent(parse, verb, kid)]
    if not found and parse.dep[verb] == "relcl" and _lacks_object(parse, verb):
        return [parse.head[verb]]
    if not found and parse.dep[verb] == "conj" and parse.is_verb(parse.head[verb]):
        return []
    if not found:
        # "forced the rebels to leave": some parses make the object the subject of the infinitive
        for clause in parse.children(verb, "ccomp"):
            if parse.lemma[verb] in words("events", "grammar", "object_control") and any(
                parse.word[k] == "to" for k in parse.children(clause, "aux")
            ):
                return list(parse.children(clause, "nsubj"))[:1]
    return found


def _passive_objects(parse: Parse, verb: int) -> list[int]:
    for kid in parse.kids[verb]:
        if parse.dep[kid] in ("nsubjpass", "nsubj"):
            return [antecedent(parse, verb, kid)]
    if parse.dep[verb] in ("acl", "relcl", "amod"):
        return [_described(parse, parse.head[verb], "")]
    if parse.dep[verb] in ("conj", "advcl", "xcomp", "ccomp") and parse.is_verb(parse.head[verb]):
        return surface_subjects(parse, parse.head[verb])
    return []


def _lacks_object(parse: Parse, verb: int) -> bool:
    if any(parse.word[inner] in RELATIVE_WORDS for kid in parse.children(verb, "prep") for inner in parse.kids[kid]):
        return False
    subject = parse.child(verb, "nsubj")
    return subject is not None and parse.word[subject] not in RELATIVE_WORDS


def light_subject(parse: Parse, noun: int, depth: int = 0) -> list[int]:
    """The subject of a verb that lends it to an event noun: "the army *staged* an attack" → the army."""
    verb = support_verb(parse, noun)
    if verb is None or parse.lemma[verb] not in words("events", "light", "agent"):
        return []
    if depth > 6:
        return []
    if parse.is_passive(verb):
        return agents(parse, verb)
    return _own_subject(parse, verb) or _borrowed_subject(parse, verb, depth + 1)


def support_verb(parse: Parse, noun: int) -> int | None:
    """The verb whose object (or passive subject) the event noun is, also through "a round of", "into" or "in"."""
    here = noun
    for _ in range(3):
        head, label = parse.head[here], parse.dep[here]
        if label in ("dobj", "nsubjpass", "obj") and parse.is_verb(head):
            return head
        if label == "conj" and parse.is_noun(head):
            here = head
            continue
        if label == "pobj":
            governor = parse.head[head]
            if parse.is_noun(governor) and parse.word[head] == "of":
                here = governor
                continue
            if parse.is_verb(governor) and parse.word[head] in ("in", "into", "on", "out", "with"):
                return governor
        return None
    return None


_CIRCUMSTANCE = frozenset(
    {"after", "during", "in", "at", "following", "before", "on", "amid", "for", "through", "with"}
)


def adjunct_subject(parse: Parse, noun: int, depth: int) -> list[int]:
    """Who takes part in an event told in passing: "after two days of talks the envoys left" → the envoys."""
    verb = adjunct_verb(parse, noun)
    return [] if verb is None or depth > 4 else surface_subjects(parse, verb, depth + 1)


def adjunct_verb(parse: Parse, noun: int) -> int | None:
    """The verb whose circumstances the noun gives: "*during* a visit to Lima she said"."""
    here = noun
    for _ in range(3):
        preposition = parse.head[here]
        if parse.dep[here] != "pobj":
            return None
        owner = parse.head[preposition]
        if parse.is_noun(owner) and parse.word[preposition] == "of":
            here = owner
            continue
        return owner if parse.is_verb(owner) and parse.word[preposition] in _CIRCUMSTANCE else None
    return None


def outer_subjects(parse: Parse, verb: int) -> list[int]:
    """The subject of the clause around, where the parser joined "and *blamed*" to the verb of what was said."""
    if parse.dep[verb] != "conj" or parse.child(verb, "nsubj", "nsubjpass") is not None:
        return []
    here = verb
    while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
        here = parse.head[here]
    if parse.dep[here] not in ("ccomp", "relcl", "advcl") or not parse.is_verb(parse.head[here]):
        return []
    return surface_subjects(parse, parse.head[here])


def in_content(parse: Parse, trigger: int) -> list[int]:
    """Whom a demand or threat is about: who is to do it, else to whom it is to be done."""
    for clause in parse.children(trigger, "ccomp", "acl", "advcl", "relcl"):
        mark = parse.child(clause, "mark")
        if parse.dep[clause] in ("advcl", "relcl") and (mark is None or parse.word[mark] != "for"):
            continue
        own = list(parse.children(clause, "nsubj", "nsubjpass"))
        if own and (mark is not None or parse.dep[clause] == "ccomp"):
            return own
    found = in_clause(parse, trigger)
    if found:
        return found
    things = list(parse.children(trigger, "dobj"))
    things.extend(item for word in ("for", "of", "over", "about") for item in prepositional(parse, trigger, word))
    for thing in things:
        for slot in ("poss", "by", "of", "mod", "from", "against", "on", "in"):
            found = slot_fillers(parse, thing, slot)
            if found:
                return found
    return []


def in_clause(parse: Parse, trigger: int) -> list[int]:
    """Who is affected by the infinitive or gerund below: "threatened to shell Iraqi towns" → towns."""
    for clause in parse.children(trigger, "xcomp", "acl", "pcomp"):
        if parse.is_verb(clause):
            for slot in ("obj", "against", "on", "to", "with", "from", "in"):
                found = [
                    index for index in slot_fillers(parse, clause, slot) if parse.word[index] not in ("it", "them")
                ]
                if found:
                    return found
            return in_clause(parse, clause)
    return []


def attackers(parse: Parse, verb: int) -> list[int]:
    """Who did it, told in passing: "died in a Malian raid", "perished when Malian shells hit the town"."""
    attacks = words("events", "sets", "attacks")
    for kid in parse.kids[verb]:
        if parse.dep[kid] == "prep" and parse.word[kid] in ("in", "during", "from", "after"):
            for noun in parse.children(kid, "pobj"):
                if parse.lemma[noun] in attacks:
                    return [filler for slot in ("by", "poss", "mod") for filler in slot_fillers(parse, noun, slot)]
        if parse.dep[kid] == "advcl" and parse.lemma[kid] in (
            "strike",
            "hit",
            "bomb",
            "shell",
            "attack",
            "fire",
            "open",
            "raid",
            "storm",
        ):
            return subjects(parse, kid)
    return []


def blamed(parse: Parse, noun: int) -> list[int]:
    """Who is blamed for it: "held the army responsible *for* the massacre"."""
    if parse.dep[noun] != "pobj" or parse.word[parse.head[noun]] != "for":
        return []
    verb = parse.head[parse.head[noun]]
    if parse.lemma[verb] in ("blame", "condemn", "criticize", "criticise", "denounce", "hold", "punish"):
        return objects(parse, verb)
    return []
