"""Votes told without the word: "121 states for, seven against", "96 members threw out", "sat on the fence"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.text.events.frames import Frame
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects
from kg.text.factuality import ASSERTED, Judgement, judge
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

COUNCIL = 15  # seats in the Security Council: a larger count was taken elsewhere
_STATES = 60  # so many states speak with one voice only where they vote
_BEFORE = 3  # sentences before in which the ballot may have been told of
_PRO = frozenset({"for", "favour", "favor", "yes", "ayes"})
_CONTRA = frozenset({"against", "no", "noes", "nays"})
_BETWEEN = frozenset(
    {",", ";", "and", "to", "with", "in", "were", "was", "voted", "voting", "it", "the", "text", "only"}
)
_VOTING = frozenset({"vote", "veto", "abstain", "abstention", "ballot", "voting"})
_FIGURES = frozenset({"Rejection", "Coercion", "Attack", "Killing"})  # "the bill was crushed by 432 votes": no force
_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "none": 0,
}  # fmt: skip


def number(word: str) -> int | None:
    """The number that a word or figure stands for, none where it is no number."""
    figure = word.replace(",", "")
    if figure.isdigit():
        return int(figure)
    if "-" in word:
        tens, _, unit = word.partition("-")
        return _UNITS[tens] + _UNITS[unit] if tens in _UNITS and unit in _UNITS else None
    return _UNITS.get(word)


def is_at_ballot(parse: Parse, index: int, told: frozenset[str] | None = None) -> bool:
    """Whether a ballot is what the text speaks of: in the sentence of the token, or in those just before."""
    sentence = parse.sentence[index]
    start = parse.sentences[max(0, sentence - _BEFORE)][0]
    telling = words("events", "voting", "telling") if told is None else told
    return any(parse.lemma[here] in telling for here in range(start, parse.sentences[sentence][1]))


def counted(parse: Parse, heads: list[int]) -> int | None:
    """How many voters a subject counts ("96 members", "121 states"): none where it is no count of those who vote."""
    for head in heads:
        numbers = [number(parse.word[kid]) for kid in parse.children(head, "nummod")]
        told = next((one for one in numbers if one is not None), None)
        if parse.tag[head] == "CD" and any(_are_voters(parse, one) for one in prepositional(parse, head, "of")):
            return number(parse.word[head])  # "eleven of the 15 members"
        if told is None or parse.tag[head] != "NNS":
            continue  # "the 47-member council"
        if parse.lemma[head] in words("events", "voting", "seated") and told > 1 and not _is_of_bloc(parse, head):
            return told
        states = parse.lemma[head] in words("events", "voting", "states_parties") and not _are_known(parse, head)
        if states and (told >= _STATES or (told > 1 and is_at_ballot(parse, head, _VOTING))):
            return told
    return None


def _are_known(parse: Parse, states: int) -> bool:
    """Whether they were named before: "the two countries"."""
    return any(parse.word[kid] in ("the", "these", "those", "both") for kid in parse.children(states, "det"))


def _is_of_bloc(parse: Parse, members: int) -> bool:
    """Whether they are members of what has no votes to count: "the ten members of ASEAN"."""
    whose = [kid for of in parse.children(members, "prep") for kid in parse.children(of, "pobj")]
    return any(parse.lemma[kid] not in words("events", "voting", "voters") - {"union"} for kid in whose[:1])


def _are_voters(parse: Parse, noun: int) -> bool:
    voters = words("events", "voting", "seated") | words("events", "voting", "states_parties")
    return parse.lemma[noun] in voters and parse.tag[noun] == "NNS"


def tallied(scene: Scene, start: int, end: int, taken: list[Frame]) -> list[Frame]:
    """A frame for the count of a vote that no verb tells: "121 states for, seven against"; else none."""
    if any("vote" in frame.trigger.flags for frame in taken):
        return []
    parse = scene.parse
    made = _made(parse, start, end)
    if made is not None:
        side = "against" if parse.lemma[made] in words("events", "voting", "losing") else "for"
        trigger = replace(event_lexicon().verbs["vote"][-1], clause="tally", flags=frozenset({"vote", side, "tally"}))
        return [Frame(made, trigger, judgement=judge(parse, made))]
    sides = [index for index in range(start, end) if parse.word[index] in _PRO | _CONTRA]
    for first, second in pairwise(sides):
        pro, contra = _count_before(parse, first, start), _count_before(parse, second, first + 1)
        if pro is None or contra is None or (parse.word[first] in _PRO) == (parse.word[second] in _PRO):
            continue
        won = (pro > contra) == (parse.word[first] in _PRO)
        flags = frozenset({"vote", "for" if won else "against", "tally"})
        trigger = replace(event_lexicon().verbs["vote"][-1], clause="tally", flags=flags)
        return [Frame(first, trigger, judgement=Judgement(ASSERTED))]
    return []


def _made(parse: Parse, start: int, end: int) -> int | None:
    """The verb that tells what a count of votes brought about: "*made* it a member by 138 votes to nine"."""
    for index in range(start, end):
        if _is_result(parse, index):
            return parse.head[index]
        if _is_scored(parse, index):
            return index
        if parse.lemma[index] not in ("vote", "margin") or parse.dep[index] != "pobj" or parse.is_verb(index):
            continue
        by, verb = parse.head[index], parse.head[parse.head[index]]
        verb = parse.head[verb] if parse.dep[verb] == "nsubj" else verb
        near = range(index, min(end, index + 5))
        numbers = [number(parse.word[here]) for here in near if parse.tag[here] == "CD"]
        of = parse.word[index + 1 : index + 2] == ["of"] and len(numbers) > 0 and parse.tag[index + 2] == "CD"
        counts = of or (
            any(number(parse.word[kid]) is not None for kid in parse.children(index, "nummod")) and bool(numbers)
        )
        if (
            parse.word[by] in ("by", "with", "in")
            and parse.is_verb(verb)
            and (counts or "-" in parse.text(index, min(index + 6, end)).partition(",")[0])
        ):
            return verb
    return None


def _is_scored(parse: Parse, verb: int) -> bool:
    """ "The bid *was beaten back*, 67 to 55": a motion, a passive verb, and the count set off by a comma."""
    if not parse.is_verb(verb):
        return False
    motion = any(parse.lemma[kid] in words("events", "voting", "motions") for kid in parse.children(verb, "nsubj"))
    carried = motion and parse.lemma[verb] in ("pass", "carry", "fail")  # "the measure passed 14-0"
    if not carried and not (parse.is_passive(verb) and is_at_ballot(parse, verb, _VOTING)):
        return False
    here = verb + 1
    while here < parse.size and parse.word[here] in ("back", "down", "out", "through", "narrowly", ","):
        here += 1
    told = [number(word) for word in parse.word[here : here + 3 : 2]]
    between = parse.word[here + 1 : here + 2]
    apart = parse.word[here - 1] == "," or motion
    return apart and between in (["to"], ["-"], ["–"]) and None not in told and len(told) == 2


def _is_result(parse: Parse, noun: int) -> bool:
    """ "The *vote* was 133 to 12"."""
    verb = parse.head[noun]
    if parse.lemma[noun] not in ("vote", "tally", "count") or parse.dep[noun] != "nsubj" or parse.lemma[verb] != "be":
        return False
    following = [parse.word[here] for here in range(verb + 1, min(verb + 5, parse.size))]
    return len([word for word in following if number(word) is not None]) > 1


def uncast(parse: Parse, start: int, end: int) -> list[int]:
    """Verbs that tell of votes not cast: "did not take part in the vote", "did not take sides"."""
    phrases, found = words("events", "voting", "uncast"), []
    for index in range(start, end):
        if parse.child(index, "neg") is None or not is_at_ballot(parse, index, _VOTING) or _is_modal(parse, index):
            continue
        nouns = [*objects(parse, index), *prepositional(parse, index, "in"), *prepositional(parse, index, "on")]
        named = {f"{parse.lemma[index]} {parse.lemma[noun]}" for noun in nouns}
        if named & phrases or (parse.lemma[index] in phrases and not nouns and parse.is_verb(index)):
            found.append(index)
    return found


def _is_modal(parse: Parse, verb: int) -> bool:
    return any(parse.tag[kid] == "MD" for kid in parse.children(verb, "aux"))


def stood(parse: Parse, start: int, end: int) -> list[int]:
    """Words of choice that say how counted voters stood: "Eleven of the 15 members were *in favour*"."""
    found = []
    for index in range(start, end):
        if parse.word[index] not in ("favour", "favor", "against", "opposed") or not is_at_ballot(parse, index):
            continue
        verb = parse.head[index] if parse.word[index] in ("against", "opposed") else parse.head[parse.head[index]]
        if parse.lemma[verb] == "be" and counted(parse, list(parse.children(verb, "nsubj"))) is not None:
            found.append(index)
    return found


def without_echoes(parse: Parse, frames: list[Frame]) -> list[Frame]:
    """The frames of one sentence but for refusals and force that a vote tells: "used its veto, *blocking* a draft"."""
    votes = [frame for frame in frames if "vote" in frame.trigger.flags and frame.judgement.is_event]
    vetoes = [frame for frame in frames if frame.kind == "Veto" and frame.judgement.is_event]
    return [
        frame
        for frame in frames
        if (frame.kind not in _FIGURES or not _echoes(parse, frame, votes))
        and not (frame.kind == "Vote" and any(_is_same_hand(frame, veto) for veto in vetoes))
    ]


def _is_same_hand(vote: Frame, veto: Frame) -> bool:
    """ "Cast his veto, *killing* a text": one vote."""
    agents = set(vote.roles.get("agent", ()))
    return bool(agents) and agents <= set(veto.roles.get("agent", ()))


def _echoes(parse: Parse, frame: Frame, votes: list[Frame]) -> bool:
    """Whether a refusal is of a motion, by those who vote, or is the word by which their vote is told."""
    if any(vote.token == frame.token for vote in votes):
        return True
    if frame.kind != "Rejection":
        return False
    agents = set(frame.roles.get("agent", ()))
    if not any(agents <= set(vote.roles.get("agent", ())) for vote in votes):
        return False
    return any(parse.lemma[noun] in words("events", "voting", "motions") for noun in objects(parse, frame.token))


def _count_before(parse: Parse, side: int, start: int) -> int | None:
    """The number that stands before a word of choice, a noun for voters between them or not."""
    voters = words("events", "voting", "seated") | words("events", "voting", "states_parties")
    for index in range(side - 1, max(start, side - 6) - 1, -1):
        if parse.lemma[index] in voters or parse.lemma[index] == "vote" or parse.word[index] in _BETWEEN:
            continue
        return number(parse.word[index])
    return None


def size_of(scene: Scene, frame: Frame) -> int:
    """How many are told to have voted one way, 0 where nobody counts them."""
    parse = scene.parse
    if "tally" in frame.trigger.flags:
        start = parse.sentences[parse.sentence[frame.token]][0]
        return _count_before(parse, frame.token, start) or 0
    heads = [kid for kid in parse.kids[frame.token] if parse.dep[kid] in ("nsubj", "agent")]
    heads = [noun for kid in heads for noun in (kid, *parse.children(kid, "pobj"))]
    return counted(parse, heads) or 0
