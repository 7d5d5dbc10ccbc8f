"""People told of by their number alone: "tens of thousands marched", "the police rounded up 1,300 people"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.link.reference import make_key
from kg.text.document import Referent
from kg.text.events.phrases import prepositional
from kg.text.events.unnamed import unnamed
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

# who protests, who is seized, driven out or let go is worth keeping although nobody says who they are
_ROLES = {"Protest": "agent", "Attack": "agent", "Detention": "target", "Expulsion": "target", "Concession": "target"}
_ADDRESSING = frozenset({"Appeal", "Demand", "Support"})
_BEFALLING = frozenset({"Detention", "Expulsion", "Concession"})
_MOBS = words("events", "sets", "numbers") | {"mob", "throng"}
_LEFT_OUT = frozenset({"a", "an", "the", "about", "some", "nearly", "almost", "around", "roughly", "only", "another"})
_LEFT_OUT |= {"at", "least", "more", "than", "over", "up", "to", "as", "many", "estimated"}


def throng(scene: Scene, frame: Frame, role: str, heads: list[int]) -> list[Referent]:
    """The people whom a bare number or a word for people counts, where the frame is about what befell them."""
    if _ROLES.get(frame.kind) != role:
        return []
    found = []
    for head in heads:
        for index in scene.parse.conjuncts(head):
            if frame.kind == "Attack" and scene.parse.lemma[index] not in _MOBS:
                continue  # who fights is named, or no crowd
            if _is_many(scene, index):
                found.append(_named(scene, index))
            elif role == "target":
                found.extend(_of_them(scene, index))
    return found


def _of_them(scene: Scene, part: int) -> list[Referent]:
    """The crowd told of just before in "arrested 14 *of them*"."""
    parse = scene.parse
    if not any(parse.word[one] == "them" for one in prepositional(parse, part, "of")):
        return []
    told = {**scene.document.cited, **scene.document.crowds}
    near = [head for head in told if head < part and _is_near(parse, head, part) and told[head].plural]
    return [told[max(near)]] if near else []


def _is_near(parse: Parse, before: int, here: int) -> bool:
    return parse.sentence[here] - parse.sentence[before] <= 1


def bidden(scene: Scene, frame: Frame, role: str, heads: list[int]) -> list[Referent]:
    """People without a name who are asked, thanked, seized or freed: "urged *protesters* to", "thanked *the crew*"."""
    if role != "target" or frame.kind not in _ADDRESSING | _BEFALLING:
        return []
    parse, spoken_to = scene.parse, frame.kind in _ADDRESSING
    suffering = parse.is_passive(frame.token) or parse.dep[frame.token] == "acomp"
    many, crews = words("events", "sets", "throngs") - {"member"}, words("events", "sets", "crews")
    found = []
    for head in heads:
        above = parse.head[head] if parse.word[parse.head[head]] in ("to", "on", "upon") else head
        if spoken_to and parse.head[above] != frame.token:
            continue  # "urged them to heed the voters"
        for index in parse.conjuncts(head):
            owned = parse.child(index, "poss") is not None or bool(scene.document.refer(parse.doc[index]))
            if owned or (parse.lemma[index] not in many and (spoken_to or not suffering)):
                continue
            one = unnamed(scene.document, parse, index, many) if parse.tag[index] == "NNS" else None
            if one is None and parse.tag[index] == "NN" and parse.lemma[index] in crews and frame.kind != "Expulsion":
                one = _named(scene, index)
            if one is not None:
                found.append(one)
    return found


def followers(scene: Scene, frame: Frame, role: str, heads: list[int]) -> list[Referent]:
    """Those who march for somebody, and are not he: "youths *loyal to* Ann Lee", "thousands *led by* union leaders"."""
    parse, obeying = scene.parse, words("events", "grammar", "obeying")
    if _ROLES.get(frame.kind) != role or role != "agent":
        return []
    found: list[Referent] = []
    for head in heads:
        if frame.kind == "Protest" and _are_nationals(scene, head):
            found.append(_named(scene, head))
            continue
        bonds = [kid for kid in parse.children(head, "amod", "acl", "relcl") if parse.word[kid] in obeying]
        for crowd in throng(scene, frame, role, [head] if bonds else []):
            told = parse.text(parse.subtree(head)[0], parse.subtree(bonds[0])[1])
            if told not in crowd.aliases:
                crowd.aliases.append(told)  # "youths loyal to Ann Lee"
            found.append(crowd)
    return found


def _are_nationals(scene: Scene, head: int) -> bool:
    """ "Thousands of jubilant Peruvians": a number of a people, who are not their state."""
    if scene.parse.lemma[head] not in words("events", "sets", "numbers"):
        return False
    inner = prepositional(scene.parse, head, "of")
    told = [one for index in inner for one in scene.document.refer(scene.parse.doc[index])]
    return (
        bool(inner)
        and all(scene.parse.tag[index] in ("NNPS", "NNP", "NNS") for index in inner)
        and any(one.kind == "State" for one in told)
    )


def _is_many(scene: Scene, head: int) -> bool:
    parse, throngs = scene.parse, words("events", "sets", "throngs")
    if scene.document.refer(parse.doc[head]):
        return False
    if parse.lemma[head] in words("events", "sets", "numbers"):
        inner = prepositional(parse, head, "of")
        return not inner or any(parse.lemma[one] in throngs or _is_many(scene, one) for one in inner)
    plural = parse.tag[head] == "NNS" or parse.word[head] in ("people", "crowd", "crew")
    return plural and parse.lemma[head] in throngs


def _named(scene: Scene, head: int) -> Referent:
    """One referent for the phrase, under its shorter forms too: "more than 40 people", "40 people"."""
    document, parse = scene.document, scene.parse
    while parse.dep[head] == "pobj" and parse.word[parse.head[head]] == "of":
        above = parse.head[parse.head[head]]
        if parse.lemma[above] not in words("events", "sets", "numbers"):
            break
        head = above  # "a crowd of thousands who rallied"
    if head in document.crowds:
        return document.crowds[head]
    first, last = _phrase(scene, head)
    bare = first
    while bare < head and parse.word[bare] in _LEFT_OUT:
        bare += 1
    name = parse.text(bare, last)
    name = name[:1].lower() + name[1:]
    for crowd in document.crowds.values():
        if crowd.name == name:
            return crowd
    folder, _, rest = make_key("Group", name).rpartition("/")
    crowd = Referent(-1001 - len(document.crowds), "Group", name, f"{folder}/{document.article.slug}-{rest}")
    crowd.plural = True
    told = (parse.text(first, last), parse.text(bare, head + 1), parse.text(first, head + 1))
    crowd.aliases.extend(one for one in dict.fromkeys(map(str.lower, told)) if one != name)
    document.crowds[head] = crowd
    return crowd


def _phrase(scene: Scene, head: int) -> tuple[int, int]:
    """The noun phrase with its number: what stands before the head, and "of people" after it."""
    parse = scene.parse
    first = min([head, *(parse.subtree(kid)[0] for kid in parse.kids[head] if kid < head)])
    last = head + 1
    for one in prepositional(parse, head, "of"):
        if one > head and not any(parse.is_verb(i) for i in range(head, one)):
            last = one + 1
            for two in prepositional(parse, one, "of"):
                last = two + 1
    return first, last
