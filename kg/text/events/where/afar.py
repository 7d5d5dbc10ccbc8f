"""From where somebody speaks to others far away: by telephone, over the radio, or where he is said to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.kinds import SPOKEN
from kg.text.events.phrases import ADDRESSING
from kg.text.events.when.clauses import clause_of
from kg.text.events.where.sites import place
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse


def called_from(scene: Scene, frame: Frame) -> list[Referent]:
    """From where somebody telephones: "*from the palace in Lima* he telephoned"."""
    if frame.kind != "PhoneCall":
        return []
    parse = scene.parse
    clause = clause_of(parse, frame.token)
    fillers = [
        f for kid in parse.children(clause, "prep") if parse.word[kid] == "from" for f in parse.children(kid, "pobj")
    ]
    return next((found for filler in fillers if (found := place(scene, filler, 0, building=True))), [])


def said_from(scene: Scene, frame: Frame) -> list[Referent]:
    """From where somebody speaks or appeals: "said *from Havana* that", "said by radio *from Chad*"."""
    parse = scene.parse
    if frame.kind not in SPOKEN or not parse.is_verb(frame.token):
        return []
    tokens = [frame.token, *frame.judgement.reports]
    tokens += [one for token in tokens for one in speaking_clauses(parse, token)]
    for verb in tokens:
        for kid in parse.children(verb, "prep", "agent"):
            fillers = list(parse.children(kid, "pobj"))
            found = [one for noun in fillers for one in place(scene, noun, 0)] if parse.word[kid] == "from" else []
            if found and found[0].kind == "Place":
                return found[:1]
            city = _city_of(scene, fillers) if found and parse.word[kid] == "from" else None
            if city is not None and verb == frame.token == kid - 1 and parse.tag[verb] != "VB":
                return [city]
            media = [noun for noun in fillers if parse.lemma[noun] in words("places", "words", "media")]
            if media and (found := _from(scene, media[0])):
                return found
    return []


def _city_of(scene: Scene, fillers: list[int]) -> Referent | None:
    """The capital itself, where one speaks from what elsewhere stands for its state: "appealed *from Tunis*"."""
    atlas = scene.document.atlas
    return next((city for noun in fillers if atlas is not None and (city := atlas.city(noun)) is not None), None)


def _from(scene: Scene, noun: int) -> list[Referent]:
    """The city or state from which a call or a broadcast comes."""
    phrases = [kid for kid in scene.parse.children(noun, "prep") if scene.parse.word[kid] == "from"]
    return [one for kid in phrases for filler in scene.parse.children(kid, "pobj") for one in place(scene, filler, 0)][
        :1
    ]


def speaking_clauses(parse: Parse, verb: int) -> list[int]:
    """The clause that says where somebody spoke, and whom he addressed: "the minister, *speaking* in Lima, said"."""
    beside = [
        clause
        for kid in parse.children(verb, "nsubj", "advcl")
        for clause in ([kid] if parse.is_verb(kid) else parse.children(kid, "acl", "relcl", "appos"))
        if parse.lemma[clause] in words("places", "words", "speaking") or _is_hosted(parse, clause, verb)
    ]
    heard = [noun for clause in beside if parse.lemma[clause] in ADDRESSING for noun in parse.children(clause, "dobj")]
    return [*beside, *heard]


def _is_hosted(parse: Parse, clause: int, verb: int) -> bool:
    """Whether a clause before tells whose guest somebody was: "*received* in Lima by the king, she said"."""
    hosting = parse.lemma[clause] in words("places", "words", "hosting")
    return hosting and clause < verb and parse.dep[clause] == "advcl"
