"""Whom "they", "them" and "their" mean: those joined or counted last, or people whom nothing names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.coref_bound import bound
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.document import Referent

_COLLECTIVE = "IntergovernmentalOrganisation"
_ORGANISED = frozenset({"State", "Organisation", "GovernmentBody", "PoliticalParty", "Company", "MediaOrganisation"})
_ORGANISED |= {_COLLECTIVE}
_GROUPS = frozenset({"Group", "ArmedGroup"})
_SHARES = frozenset(
    {"all", "most", "many", "some", "half", "several", "few", "none", "thousands", "hundreds", "dozens"}
)
_REACH = 2
_DEPTH = 8


def several(tracker: Tracker, index: int) -> tuple[Referent, ...]:
    """The several that a pronoun at token ``index`` stands for; nobody where the text does not tell."""
    if _apposed(tracker, index) or _judged(tracker, index):
        return ()
    shared = _shared(tracker, index) if tracker.scene.low[index] == "them" else None
    if shared is not None:
        return shared
    plain = _plain_subject(tracker, index)
    if plain >= 0:
        crowd, span = tracker.scene.document.crowds.get(plain), tracker.scene.document.by_root.get(plain)
        return (crowd,) if crowd else span.referents if span else _whole(tracker, plain)
    return _last_several(tracker, index) or _in_company(tracker, index)


def _judged(tracker: Tracker, index: int) -> bool:
    """ "Called *them* unacceptable": words or deeds, no people."""
    parse, verb = tracker.scene.parse, tracker.scene.parse.head[index]
    if tracker.scene.low[index] != "them" or parse.lemma[verb] not in ("call", "term", "label", "brand", "describe"):
        return False
    return any(parse.tag[kid] == "JJ" for kid in parse.children(verb, "oprd", "acomp", "ccomp", "xcomp", "attr"))


def _whole(tracker: Tracker, noun: int) -> tuple[Referent, ...]:
    """The body whose people they are: "*leaders of the bloc* met, and they"."""
    parse = tracker.scene.parse
    for kid in parse.children(noun, "prep"):
        for part in parse.children(kid, "pobj") if parse.word[kid] == "of" else ():
            span = tracker.scene.document.by_root.get(part)
            if span and all(one.kind in _ORGANISED for one in span.referents):
                return span.referents
    return ()


def _last_several(tracker: Tracker, index: int) -> tuple[Referent, ...]:
    here = tracker.scene.parse.sentence[index]
    beyond = bound(tracker, index, tracker.scene.low[index])
    for subjects in (True, False):
        for seen in reversed(tracker.seen):
            if here - seen.sentence > _REACH:
                break
            if seen.index >= index or seen.subject is not subjects or any(r.id in beyond for r in seen.referents):
                continue
            group = tracker.coordinated(_first(tracker, seen.index), _acts)
            if group:
                return () if not subjects and _is_collective(tracker, here) else group
            counted = any(r.members or r.plural or r.kind in _GROUPS for r in seen.referents)
            counted = counted or tracker.scene.low[seen.index] == "they"
            if counted or len(seen.referents) > 1:
                return seen.referents
    return ()


def _apposed(tracker: Tracker, index: int) -> bool:
    """ "250 people, nearly all of *them* civilians": those just counted, whom nothing names."""
    low = tracker.scene.low
    if low[index] != "them" or low[index - 1] != "of" or "," not in low[max(0, index - 5) : index]:
        return False
    return low[index - 2] in _SHARES or tracker.scene.tag[index - 2] == "CD"


def _first(tracker: Tracker, index: int) -> int:
    """The first of those coordinated with a noun: "*the army* and the rebels"."""
    parse = tracker.scene.parse
    while parse.dep[index] == "conj" and parse.is_noun(parse.head[index]):
        index = parse.head[index]
    return index


def _acts(referent: Referent) -> bool:
    return referent.kind == "Person" or referent.kind in _ORGANISED or referent.kind in _GROUPS


def _shared(tracker: Tracker, index: int) -> tuple[Referent, ...] | None:
    """The object of the verb that a second verb follows: "met the envoys and told *them*", "wrote to X urging them"."""
    parse, document = tracker.scene.parse, tracker.scene.document
    verb = parse.head[index]
    if parse.dep[index] not in ("dobj", "dative") or parse.dep[verb] not in ("conj", "advcl", "acl"):
        return None
    first = parse.head[verb]
    if any(kid < index for kid in parse.children(verb, "nsubj", "nsubjpass")) or verb < first:
        return None
    heads = [first] if parse.dep[verb] == "acl" else [*parse.children(first, "dobj")]
    heads += [kid for one in parse.children(first, "prep", "dative") for kid in parse.children(one, "pobj")]
    for head in heads:
        span = document.by_root.get(head)
        if tracker.scene.tag[head] in ("NNS", "NNPS") or len(parse.conjuncts(head)) > 1:
            found = tracker.coordinated(head, _acts) or (span.referents if span else ())
            crowd = document.crowds.get(head)
            sent = (kid for one in parse.children(head, "prep") for kid in parse.children(one, "pobj"))
            whose = (tracker.coordinated(one, _acts) for one in sent)  # "the envoys *of Peru and Chile*"
            return found or ((crowd,) if crowd else next((one for one in whose if one), ()))
    return None


def _plain_subject(tracker: Tracker, index: int) -> int:
    """The plural noun, named by nothing, that is the subject spoken of: "The hijackers asked. *They* got"; else -1."""
    parse, document, here = tracker.scene.parse, tracker.scene.document, index
    if tracker.scene.low[index] not in ("they", "their", "themselves"):
        return -1
    for _ in range(_DEPTH):
        head = parse.head[here]
        if head == here:
            break
        for kid in parse.children(head, "nsubj", "nsubjpass") if parse.is_verb(head) else ():
            if kid < index and kid != here:
                return kid if tracker.scene.tag[kid] == "NNS" and kid not in document.by_root else -1
        here = head
    number = parse.sentence[index]
    here_told = (seen for seen in tracker.seen if seen.index < index and seen.sentence == number)
    if not number or any(tracker.scene.low[seen.index] not in ("it", "its") for seen in here_told):
        return -1
    start, end = parse.sentences[number - 1]
    root = next((i for i in range(start, end) if parse.dep[i] == "ROOT"), -1)
    for kid in parse.children(root, "nsubj", "nsubjpass") if root >= 0 else ():
        if tracker.scene.tag[kid] == "NNS" and _is_plain(tracker, kid) and len(parse.conjuncts(kid)) == 1:
            return kid
    return -1


def _is_plain(tracker: Tracker, noun: int) -> bool:
    """Whether a plural noun has no referents, or only the body whose people they are."""
    span = tracker.scene.document.by_root.get(noun)
    return span is None or [one.kind for one in span.referents] == [_COLLECTIVE]


def _is_collective(tracker: Tracker, sentence: int) -> bool:
    """Whether the subject of the sentence before is one body of many, which "they" may mean as well."""
    return any(
        seen.sentence == sentence - 1 and seen.main and [one.kind for one in seen.referents] == [_COLLECTIVE]
        for seen in tracker.seen
    )


def _in_company(tracker: Tracker, index: int) -> tuple[Referent, ...]:
    """Two people one of whom met the other or did something with him: "Ban dined with Kerry. Their talks"."""
    here, parse = tracker.scene.parse.sentence[index], tracker.scene.parse
    meeting = words("naming", "pairs", "meeting")
    people = [
        seen
        for seen in tracker.seen
        if here - seen.sentence <= 1 and seen.index < index and [one.kind for one in seen.referents] == ["Person"]
    ]
    for guest in reversed(people):
        met = parse.dep[guest.index] == "dobj" and parse.lemma[parse.head[guest.index]] in meeting
        if not met and (parse.dep[guest.index] != "pobj" or parse.word[parse.head[guest.index]] != "with"):
            continue
        for host in people:
            if host.sentence == guest.sentence and host.subject and host.referents != guest.referents:
                return (*host.referents, *guest.referents)
    return ()
