"""Who does or suffers something at the side of the subject: "together with Chad", "joined by Mali", "as did Peru"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import by_phrases, prepositional

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_TOGETHER = frozenset({"together", "along", "jointly"})
_JOINING = frozenset({"join", "accompany", "follow"})


def companions(parse: Parse, verb: int, own: list[int]) -> list[int]:
    """ "Mali, joined by Chad, voted", "Mali, together with Chad, refused": who does it at the side of the subject."""
    found: list[int] = []
    for owner in (verb, *own):
        for kid in parse.children(owner, "advcl", "acl", "amod"):
            if parse.lemma[kid] in _JOINING and parse.tag[kid] == "VBN" and parse.child(kid, "nsubj") is None:
                found.extend(by_phrases(parse, kid))
    for head in own:
        for kid in parse.children(head, "prep"):
            joined = any(parse.word[word] in ("together", "along", "alongside") for word in (kid - 1, *parse.kids[kid]))
            such = parse.word[kid] == "as" and parse.word[kid - 1] == "such"  # "states such as Mali"
            if such or parse.word[kid] == "alongside" or (parse.word[kid] == "with" and joined):
                found.extend(parse.children(kid, "pobj"))
            elif parse.word[kid] in ("along", "together"):
                found.extend(prepositional(parse, kid, "with"))
    return [one for one in (*found, *beside(parse, verb)) if one not in own]


def beside(parse: Parse, verb: int) -> list[int]:
    """ "abstained together *with Chad*", "was seized along *with the mayor*": with whom one does or suffers it."""
    found: list[int] = []
    for kid in parse.kids[verb]:
        if parse.dep[kid] not in ("advmod", "prep"):
            continue
        if parse.word[kid] == "with" and parse.word[kid - 1] in _TOGETHER:
            found.extend(parse.children(kid, "pobj"))
        elif parse.word[kid] in _TOGETHER and parse.word[kid + 1] == "with":
            found.extend(prepositional(parse, kid, "with"))
    return found


def likewise(parse: Parse, verb: int) -> list[int]:
    """ "abstained, as did India and Brazil": others who did the same."""
    found: list[int] = []
    for kid in parse.children(verb, "conj", "advcl", "parataxis"):
        if parse.lemma[kid] == "do" and any(parse.word[mark] in ("as", "so") for mark in parse.kids[kid]):
            found.extend(parse.children(kid, "nsubj"))
    for said in parse.children(verb, "ccomp"):  # "demanded that it leave, *as did India*"
        for kid in parse.children(said, "advcl"):
            first = parse.subtree(kid)[0]
            alike = parse.lemma[kid] == "do" and [parse.word[first - 1], parse.word[first]] == [",", "as"]
            found.extend(one for one in parse.children(kid, "nsubj") if alike and one > kid)
    head = parse.head[verb]
    so = parse.lemma[head] == "do" and head > verb and any(parse.word[mark] == "so" for mark in parse.kids[head])
    if so and parse.dep[verb] in ("conj", "ccomp", "parataxis"):
        found.extend(parse.children(head, "nsubj"))  # "Mali recognised it; so did Chad"
    return found


def fellow_travellers(scene: Scene, frame: Frame, people: list[Referent]) -> list[Referent]:
    """Persons with whom one travels: "flew to Lima *with Ann Lee*"; with whom one talks is told elsewhere."""
    parse = scene.parse
    if frame.kind != "Visit" or not people or not parse.is_verb(frame.token):
        return []
    heads = [item for head in prepositional(parse, frame.token, "with") for item in parse.conjuncts(head)]
    heads += [name for head in heads for name in parse.children(head, "appos")]
    found = [one for head in heads for one in scene.document.refer(parse.doc[head])]
    return [one for one in dict.fromkeys(found) if one.kind == "Person" and one not in people]
