"""Who brought others to agree, told in one word: "the UN-brokered accord", "Saudi-mediated talks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.frames import Frame
from kg.text.events.participants import participants
from kg.text.events.phrases import prepositional
from kg.text.factuality import judge
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.events.frames import Scene

_BROKERS = frozenset({"State", "IntergovernmentalOrganisation", "Organisation", "Person", "Group"})


def brokered(scene: Scene, start: int, end: int) -> list[Frame]:
    """The mediations of one sentence that only a compound before an accord or talks tells of."""
    parse, document = scene.parse, scene.document
    settled = words("events", "sets", "deals") | words("events", "sets", "talks") | words("events", "sets", "meetings")
    found = []
    for index in range(start + 2, end):
        noun = parse.head[index]
        if parse.lemma[index] not in words("events", "sets", "brokering") or parse.word[index - 1] != "-":
            continue
        if noun < index or parse.lemma[noun] not in settled:
            continue
        heads = [kid for kid in parse.kids[index] if kid < index - 1] or [index - 2]
        agents = [one for one in participants(document, parse, heads) if one.kind in _BROKERS]
        judgement = judge(parse, noun)
        if agents and judgement.is_event:
            sides = participants(document, parse, prepositional(parse, noun, "between"))
            roles = {"agent": agents, "target": [one for one in sides if one not in agents]}
            trigger = next(one for one in event_lexicon().verbs["mediate"] if one.kind == "Mediation")
            found.append(Frame(index, trigger, judgement=judgement, roles=roles, dated=False))
    return found
