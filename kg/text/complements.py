"""Objects, and what becomes of them, that the small parser takes for one phrase: "took [40 people hostage]"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_COUNTED = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "PRP"})


def part_complements(parse: Parse) -> None:
    """Gives verbs their objects and subjects back where the parser built them into another phrase."""
    states, particles = words("events", "resultative", "states"), words("events", "resultative", "particles")
    for index, (word, tag, label) in enumerate(zip(parse.word, parse.tag, parse.dep, strict=True)):
        if word in states:
            _part_state(parse, index)
        elif tag == "VBG" and label in ("ccomp", "ROOT"):
            _part_subject(parse, index)
        elif label == "acl" and tag == "VBN":
            _make_finite(parse, index)
        if tag in ("VBN", "VBD") and label in ("xcomp", "ccomp", "acl", "oprd"):
            _cause(parse, index)
        elif label == "conj" and tag == "VBD":
            _join_passives(parse, index)
        elif label == "oprd" or (label == "nsubj" and tag == "NNP"):
            _turn_round(parse, index)
        if label == "prep" and word in particles:
            _free_particle(parse, index)


def _part_state(parse: Parse, state: int) -> None:
    """ "took [60 people hostage]", "set [a car ablaze]": the people are the object, and a state they end up in."""
    verb = next(
        (i for i in range(state - 1, max(-1, state - 12), -1) if parse.is_verb(i) and parse.dep[i] != "amod"), -1
    )
    if verb < 0 or parse.sentence[verb] != parse.sentence[state] or parse.is_passive(verb):
        return
    if parse.lemma[verb] not in words("events", "resultative", "verbs"):
        return
    inside = range(verb + 1, state)
    whole = [i for i in inside if parse.tag[i] in _COUNTED and parse.head[i] in (verb, state)]
    if len(whole) != 1 or parse.dep[whole[0]] in ("nummod", "quantmod", "npadvmod", "prep"):
        return
    (thing,) = whole
    if parse.subtree(thing)[0] != verb + 1 and not parse.word[verb + 1].startswith(("some", "about", "nearly")):
        return
    if any(i < verb for i in parse.kids[thing]) or parse.head[verb] == thing:
        return
    if thing in (state, parse.head[verb]) or _is_below(parse, verb, state):
        return
    parse.move(thing, verb, "dobj")
    for kid in [kid for kid in parse.kids[state] if kid < state]:
        parse.move(kid, thing, parse.dep[kid])
    for kid in list(parse.kids[state]):
        parse.move(kid, verb, parse.dep[kid])
    parse.move(state, verb, "oprd")
    parse.tag[state] = "JJ" if parse.is_verb(state) else parse.tag[state]


def _is_below(parse: Parse, verb: int, above: int) -> bool:
    """Whether ``verb`` stands in the phrase of ``above``."""
    here = verb
    while parse.head[here] != here:
        here = parse.head[here]
        if here == above:
            return True
    return False


def _part_subject(parse: Parse, gerund: int) -> None:
    """ "Men [riding [bicycles killed]] a judge": those who ride are those who killed."""
    doer = parse.child(gerund, "nsubj")
    if doer is None or doer > gerund or parse.child(gerund, "aux") is not None:
        return
    for verb in parse.children(gerund, "ccomp"):
        thing = parse.child(verb, "nsubj")
        if parse.tag[verb] in _FINITE and thing is not None and gerund < thing < verb:
            head, label = parse.head[gerund], parse.dep[gerund]
            if head == gerund:
                return
            parse.move(verb, head, label)
            parse.move(thing, gerund, "dobj")
            parse.move(doer, verb, "nsubj")
            parse.move(gerund, doer, "acl")
            return


def _make_finite(parse: Parse, verb: int) -> None:
    """ "Kenyan police [arrested Can Lee]": no phrase is a sentence, and no participle has an object."""
    doer = parse.head[verb]
    thing = parse.child(verb, "dobj")
    if parse.dep[doer] != "ROOT" or not parse.is_noun(doer) or thing is None or thing < verb or verb < doer:
        return
    start, end = parse.sentences[parse.sentence[verb]]
    if any(parse.tag[i] in (*_FINITE, "MD") and parse.dep[i] in ("relcl", "ROOT", "ccomp") for i in range(start, end)):
        return
    parse.tag[verb] = "VBD"
    for kid in [kid for kid in parse.kids[doer] if kid > verb]:
        parse.move(kid, verb, parse.dep[kid])
    parse.raise_root(verb, doer, "nsubj")


def _cause(parse: Parse, deed: int) -> None:
    """ "kept [Ann Lee] locked up", "had [his rivals] jailed": who keeps or has it done does it."""
    causing = words("events", "resultative", "causing")
    verb = parse.head[deed] if parse.is_verb(parse.head[deed]) else _governor(parse, deed)
    if verb < 0 or parse.lemma[verb] not in causing or verb > deed or parse.is_passive(verb):
        return
    if parse.child(deed, "aux", "auxpass", "dobj", "agent") is not None:
        return  # "held talks hosted by Norway": by another
    thing = parse.child(verb, "dobj")
    if thing is None and parse.dep[deed] == "ccomp":
        thing = parse.child(deed, "nsubj", "nsubjpass")
    if thing is None or not verb < thing < deed:
        return
    if parse.word[thing].endswith(("self", "selves")):
        if parse.lemma[verb] == "have" and parse.head[thing] == deed:
            parse.dep[thing] = "nsubjpass"  # "had himself sworn in"
        return
    if (parse.lemma[verb] == "have" and not _are_people(parse, thing)) or parse.lemma[thing] in _gatherings():
        return
    parse.move(deed, verb, "xcomp")
    parse.move(thing, deed, "dobj")
    parse.tag[deed] = "VBD"
    if parse.lemma[verb] == "have":
        _replace(parse, verb, deed)


def _gatherings() -> frozenset[str]:
    return words("events", "sets", "talks") | words("events", "sets", "meetings")


def _replace(parse: Parse, verb: int, deed: int) -> None:
    """Puts the participle where the verb was: "had [him] jailed" is no "had to"."""
    if parse.head[verb] == verb:
        parse.raise_root(deed, verb, "dep")
    else:
        head, label = parse.head[verb], parse.dep[verb]
        parse.move(deed, head, label)
        parse.move(verb, deed, "dep")
    for kid in [kid for kid in parse.kids[verb] if kid != deed]:
        parse.move(kid, deed, parse.dep[kid])


def _governor(parse: Parse, deed: int) -> int:
    """The verb whose object ends where the participle begins."""
    here = parse.head[deed]
    while not parse.is_verb(here) and parse.head[here] != here:
        here = parse.head[here]
    thing = parse.child(here, "dobj") if parse.is_verb(here) else None
    return here if thing is not None and parse.subtree(thing)[0] <= parse.head[deed] < deed else -1


def _are_people(parse: Parse, thing: int) -> bool:
    sets = (words("events", "sets", name) for name in ("people", "throngs", "numbers"))
    return parse.tag[thing] in ("PRP", "NNP") or any(parse.lemma[thing] in people for people in sets)


def _turn_round(parse: Parse, thing: int) -> None:
    """ "Ann Lee met [Li Keqiang]": a name right after a verb that has its subject before it is its object."""
    verb = parse.head[thing]
    if not parse.is_verb(verb) or parse.subtree(thing)[0] != verb + 1 or parse.lemma[verb] == "be":
        return
    if parse.dep[thing] == "oprd" and (parse.lemma[verb] != "call" or parse.tag[verb + 1] != "NNP"):
        return  # "called [President Lee] in the afternoon"
    before = any(kid < verb for kid in parse.children(verb, "nsubj"))
    if before and parse.child(verb, "dobj", "ccomp", "attr", "auxpass") is None:
        parse.dep[thing] = "dobj"


def _join_passives(parse: Parse, verb: int) -> None:
    """ "was [shot] and [killed]": the second is as passive as the first where it has neither subject nor object."""
    head = parse.head[verb]
    passive = parse.tag[head] == "VBN" and parse.child(head, "auxpass") is not None and verb - head <= 3
    if passive and parse.child(verb, "nsubj", "dobj", "aux", "ccomp") is None:
        parse.tag[verb] = "VBN"


def _free_particle(parse: Parse, particle: int) -> None:
    """ "hauled [in 200 people]": nothing lies in people, so that the word belongs to the verb before it."""
    verb, people = particle - 1, parse.child(particle, "pobj")
    if people is None or parse.head[particle] != verb or not parse.is_verb(verb) or parse.is_passive(verb):
        return
    uttered = words("events", "sets", "proposals") | words("events", "sets", "charges")
    fits = _are_people(parse, people) or parse.lemma[people] in uttered  # "laughed [off the charge]"
    named = parse.tag[people] == "NNP" and parse.lemma[verb] != "swear"  # one swears by gods, but in ministers
    named = named or parse.word[people + 1 : people + 2] == ["that"]  # "swore in Beirut that they would stay"
    if parse.child(verb, "dobj") is not None or not fits or named:
        return
    if any(parse.word[particle] in trigger.particles for trigger in event_lexicon().verbs.get(parse.lemma[verb], ())):
        parse.move(people, verb, "dobj")
        parse.dep[particle] = "prt"
