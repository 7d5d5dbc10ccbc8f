"""The parse after its repairs is still a tree, however odd the text."""

from __future__ import annotations

import random

import pytest
from spacy.language import Language

from kg.text.annotate import parsed
from kg.text.parse import Parse

SENTENCES = (
    "In Bamako on Friday Awa Diarra, the foreign minister, said that her country had frozen aid to the rebels.",
    "The council adopted the text by 11 votes to none, with Norway and Kenya abstaining.",
    "Peru, Chile and Bolivia accused the junta of arming gangs and threatened measures.",
    "The talks, said Jon Holt, were dragging on; the envoy, who had flown in from Oslo, blamed both sides.",
    "A day after the king, Togo and Benin cut ties, and the port was closed.",
    "Officials called the vote neither free nor fair and urged the army to leave the capital.",
    "The ministers conferred for five days with the president on the release on Tuesday of the crew.",
)
PIECES = (
    "with Norway and Kenya abstaining",
    "with Peru voting against",
    "abstaining",
    "said Jon Holt,",
    "had frozen aid",
    "In Bamako, Awa Diarra, the envoy,",
    "Peru, Chile and Bolivia",
    "and threatened measures",
    "who had died, asked",
)


def mixed(seed: int) -> str:
    """A text of parts of the sentences, in an order that no writer would choose."""
    draw = random.Random(seed)
    one, other = draw.choice(SENTENCES).split(), draw.choice(SENTENCES).split()
    cut, place = draw.randrange(len(one)), draw.randrange(len(other))
    return " ".join([*one[:cut], draw.choice(PIECES), *other[place:]])


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_heads_lead_to_a_root_and_children_agree_with_them(nlp: Language, start: int) -> None:
    for seed in range(start, start + 100):
        text = mixed(seed)
        parse = Parse(parsed(text, nlp))
        for index in range(parse.size):
            here, steps = index, 0
            while parse.head[here] != here:
                here, steps = parse.head[here], steps + 1
                assert steps <= parse.size, text
        hung = [(head, kid) for kid, head in enumerate(parse.head) if head != kid]
        assert sorted(hung) == [(head, kid) for head, kids in enumerate(parse.kids) for kid in kids], text
