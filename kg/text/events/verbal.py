"""Verbs, adjectives and phrases that name events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.appraisals import is_damned, is_dismissed, is_held
from kg.text.events.ballots import counted, is_at_ballot
from kg.text.events.blasts import is_aimless, is_blast, is_nuclear, is_toll
from kg.text.events.deadlines import is_deadline, is_until
from kg.text.events.encounters import is_act, is_arms, is_awaited, is_bloc, is_several, is_unnamed, is_visited
from kg.text.events.frames import Frame
from kg.text.events.matching import matches
from kg.text.events.menaces import is_hostile, is_left_open, is_menacing, is_refusing
from kg.text.events.nominal import noun_trigger
from kg.text.events.participants import actors
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects
from kg.text.events.votes import is_body
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.lexicon import Trigger
    from kg.text.parse import Parse


_OPENING = frozenset({'"', "“", "``", "'", "‘", "`"})
_TALKING = frozenset({"Negotiation", "Meeting", "Consultation"})
_ENCOUNTERS = {
    "visited": is_visited,
    "awaited": is_awaited,
    "several": is_several,
    "bloc": is_bloc,
    "act": is_act,
    "arms": is_arms,
    "unnamed": is_unnamed,
    "damned": is_damned,
    "dismissed": is_dismissed,
    "held": is_held,
    "menacing": is_menacing,
    "hostile": is_hostile,
    "open": is_left_open,
    "blast": is_blast,
    "nuclear": is_nuclear,
    "aimless": is_aimless,
    "toll": is_toll,
    "refusing": is_refusing,
}


def verbal_frames(document: Document, parse: Parse, start: int, end: int) -> list[Frame]:
    """Frames evoked by the verbs and predicative adjectives of one sentence."""
    lexicon = event_lexicon()
    found = []
    for index in range(start, end):
        tag = parse.tag[index]
        if tag.startswith("VB"):
            table = lexicon.verbs
        elif tag.startswith("JJ") or tag == "IN":
            table = lexicon.adjectives
        else:
            continue
        triggers = table.get(parse.lemma[index], ())
        if parse.dep[index] == "acomp" and tag == "VBN":
            triggers = (*lexicon.adjectives.get(parse.word[index], ()), *triggers)
        matches = [_match(document, parse, index, trigger) for trigger in triggers]
        frames = [frame for frame in matches if frame is not None]
        frames = [*_finer(parse, frames), *frames]
        if frames:
            frames[0].others = frames[1:]
            found.append(frames[0])
    return found


def _finer(parse: Parse, frames: list[Frame]) -> list[Frame]:
    """What kind of talk is held where the noun tells more than the verb: "held a telephone conversation"."""
    if not frames or frames[0].kind not in _TALKING or frames[0].companion is None:
        return []
    trigger = noun_trigger(parse, frames[0].companion)
    if trigger is None or trigger.kind not in ("PhoneCall", "Summit") or not trigger.modifiers:
        return []
    return [Frame(frames[0].token, replace(frames[0].trigger, kind=trigger.kind), frames[0].companion)]


def _match(document: Document, parse: Parse, index: int, trigger: Trigger) -> Frame | None:
    if parse.dep[index] in ("aux", "auxpass", "amod", "compound"):
        return None
    if "doer" in trigger.flags and parse.is_passive(index) and not actors(document, parse, subjects(parse, index)):
        return None  # "was forced to flee": by what happened, not by anybody
    fits, companion = matches(parse, index, trigger)
    if not fits:
        return None
    if trigger.clause and not _has_clause(document, parse, index, trigger.clause, companion):
        return None
    dated = trigger.clause != "deadline" or not is_until(parse, index)
    return Frame(index, trigger, companion, dated=dated)


def _has_clause(document: Document, parse: Parse, index: int, clause: str, companion: int | None = None) -> bool:
    wanted, _, lemma = clause.partition("_")
    if wanted == "actor":
        heads = objects(parse, index)
        if any(parse.lemma[head] in words("events", "sets", "proposals") for head in heads):
            return False  # "threw out his request": he was not thrown out
        people = words("events", "sets", "people")
        meant = [head for head in heads if parse.tag[head] not in ("NN", "NNS") or _is_somebody(document, parse, head)]
        return any(parse.lemma[head] in people for head in _deep(parse, heads)) or bool(actors(document, parse, meant))
    if wanted == "holder":
        heads = _deep(parse, objects(parse, index))
        offices = words("events", "sets", "office") | words("events", "sets", "people")
        named = any(one.kind == "Person" for one in actors(document, parse, heads))
        return named or any(parse.lemma[head] in offices for head in heads)
    if wanted == "person":
        if parse.lemma[index] == "call" and _is_named(parse, index):
            return False
        return any(one.kind in ("Person", "State") for one in actors(document, parse, objects(parse, index)))
    if wanted == "named":
        return bool(actors(document, parse, objects(parse, index))) and _is_called_names(parse, index)
    if wanted == "country":
        return any(one.kind == "State" for one in actors(document, parse, subjects(parse, index)))
    if wanted == "none":
        return False
    if wanted == "as":
        return parse.child(index, "oprd") is not None or any(
            parse.word[kid] == "as" for kid in parse.children(index, "prep")
        )
    if wanted == "vote":
        return _is_legislating(document, parse, index)
    if wanted == "ballot":
        return is_at_ballot(parse, index) and (lemma != "only" or _is_few(parse, index))
    if wanted == "counted":
        described = parse.dep[index] in ("acl", "amod")  # "a text backed by 90 states"
        return not described and counted(parse, subjects(parse, index)) is not None
    if wanted in _ENCOUNTERS:
        return _ENCOUNTERS[wanted](document, parse, index)
    if wanted == "troops":
        return any(
            parse.lemma[head] in words("events", "sets", "troops") for head in _deep(parse, subjects(parse, index))
        )
    if wanted == "doing":  # "stopped the allies from opening talks"
        return any(
            parse.word[kid] == lemma and parse.child(kid, "pcomp") is not None
            for owner in (index, *objects(parse, index))
            for kid in parse.children(owner, "prep")
        )
    if wanted == "forinf":
        return any(
            {"for", "to"} <= {parse.word[kid] for kid in parse.children(clause, "mark", "aux")}
            for clause in parse.children(index, "advcl", "ccomp", "xcomp")
        )
    if wanted == "deadline":
        return is_deadline(parse, index)
    if wanted == "done":
        return any(
            parse.tag[kid] == "VBN" and parse.child(kid, "aux") is None and parse.child(kid, "nsubj") is not None
            for kid in parse.children(index, "ccomp")
        )
    if wanted == "clear":
        return any(parse.word[kid] == "clear" for kid in parse.children(index, "ccomp", "acomp", "oprd", "xcomp"))
    if wanted in ("must", "should"):
        return any(_is_obliging(parse, kid, wanted) for kid in parse.children(index, "ccomp"))
    below = list(parse.children(index, "xcomp", "ccomp", "advcl"))
    if companion is not None:
        below.extend(parse.children(companion, "acl", "relcl"))  # "gave them two days to leave"
    for kid in below:
        infinitive = any(parse.word[item] == "to" for item in parse.children(kid, "aux"))
        if wanted == "inf" and infinitive and (not lemma or parse.lemma[kid] in lemma.split("/")):
            return True
        if wanted == "that" and not infinitive and parse.dep[kid] == "ccomp":
            return True
        if wanted == "ing" and parse.tag[kid] == "VBG" and (not lemma or parse.lemma[kid] in lemma.split("/")):
            return True
    return False


def _is_somebody(document: Document, parse: Parse, head: int) -> bool:
    """Whether the noun itself speaks of people: "hosted a Fijian choir", but no "ceremony" of theirs."""
    return bool(document.refer(parse.doc[head])) or parse.lemma[head] in words("events", "grammar", "partitive")


def _is_few(parse: Parse, index: int) -> bool:
    """ "Only Mali and Cuba": the subject is said to be few."""
    few = ("only", "just", "merely")
    return any(parse.word[word] in few for head in subjects(parse, index) for word in (head - 1, *parse.kids[head]))


def _is_named(parse: Parse, index: int) -> bool:
    """Whether the object is only called something: "called him 'reckless'", "called Mali a friend"."""
    if parse.child(index, "oprd", "xcomp", "ccomp", "acomp", "attr") is not None:
        return True
    for name in objects(parse, index):
        for noun in (name, *parse.children(name, "appos")):
            if any(_is_any(parse, kid) for kid in parse.children(noun, "appos")):
                return True  # "called his colleague, Ann Lee, a liar"
    ends = (parse.subtree(head)[1] for head in objects(parse, index))
    return any(parse.word[end] in _OPENING for end in ends if end < parse.size)


def _is_called_names(parse: Parse, index: int) -> bool:
    """ "called him a madman": some noun after the object, and no kind one."""
    nouns = [
        *parse.children(index, "oprd", "attr"),
        *(n for o in objects(parse, index) for n in parse.children(o, "appos")),
    ]
    nouns = [noun for noun in nouns if parse.tag[noun] == "NN" and _is_any(parse, noun)]
    return bool(nouns) and not any(parse.lemma[noun] in words("events", "sets", "endearing") for noun in nouns)


def _is_any(parse: Parse, noun: int) -> bool:
    return any(parse.word[kid] in ("a", "an") for kid in parse.children(noun, "det"))


def _deep(parse: Parse, heads: list[int]) -> list[int]:
    """Heads with what they consist of: "columns of soldiers"."""
    return [*heads, *(inner for head in heads for inner in prepositional(parse, head, "of"))]


def _is_obliging(parse: Parse, clause: int, wanted: str) -> bool:
    """Whether a that-clause says what must (or should) be done."""
    if wanted == "must" and parse.tag[clause] == "VB" and parse.child(clause, "aux", "auxpass") is None:
        return parse.child(clause, "nsubj") is not None  # "insisted that the army leave"
    modals = ("must",) if wanted == "must" else ("should", "ought")
    own = parse.children(clause, "aux")
    first = parse.subtree(clause)[0]  # "should Chad err again": a condition
    return any(parse.word[kid] in modals and kid != first and parse.dep[kid + 1] != "nsubj" for kid in own)


def _has_tally(parse: Parse, index: int) -> bool:
    """ "by 61 votes to 12"."""
    return any(
        parse.lemma[filler] in ("vote", "margin", "majority")
        for kid in parse.children(index, "prep", "agent")
        if parse.word[kid] in ("by", "with")
        for filler in parse.children(kid, "pobj")
    )


def _is_legislating(document: Document, parse: Parse, index: int) -> bool:
    """Whether a motion is put to the vote: its subject is a body with votes, its members, or nobody named."""
    motions = words("events", "voting", "motions")
    if _has_tally(parse, index):
        return True
    if not any(parse.lemma[item] in motions for item in objects(parse, index)):
        return False
    heads = subjects(parse, index)
    if not heads:
        return True
    voters = words("events", "voting", "voters")
    return any(
        parse.lemma[head] in voters or any(is_body(referent) for referent in document.refer(parse.doc[head]))
        for head in heads
    )
