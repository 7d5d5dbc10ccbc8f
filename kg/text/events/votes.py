"""Votes: how, where and on what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.text.events.ballots import COUNCIL, number, size_of
from kg.text.events.participants import DOCUMENTS, participants
from kg.text.events.phrases import prepositional
from kg.text.events.rollcall import ABSTAINING, AGAINST, FOR
from kg.text.events.subjects import objects, subjects
from kg.text.factuality import ASSERTED
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_BODY = re.compile(
    r"\b(council|assembly|parliament|congress|senate|house|duma|committee|commission|board|chamber|knesset|bundestag|"
    r"legislature|cabinet|diet|rada|majlis|court|tribunal|conference|commons|lords|riksdag|sejm|cortes|union|agency|"
    r"assembly|organi[sz]ation|league)\b",
    re.I,
)
_FLAGGED = {"for": "For", "against": "Against", "abstaining": "Abstain"}
_COUNCIL = re.compile(r"Security Council|^(the )?Council$")
_CONTRA = frozenset({"negative", "dissenting", "opposing", "contrary", "no", "nay"})
_PRO = frozenset({"affirmative", "positive", "favourable", "favorable", "yes", "aye", "supporting"})
_COUNCILS = 3000
_WORDED = frozenset({"Accusation", "Appeal", "Demand", "Support", "Rejection", "Agreement"})
_NEAR = 150  # tokens back to the body that the story is about
_ADOPTING = frozenset(
    {"approve", "adopt", "pass", "endorse", "back", "ratify", "enact", "authorise", "authorize", "carry"}
)


def choice_of(parse: Parse, frame: Frame) -> str:
    """``For``, ``Against`` or ``Abstain``; empty where the text does not say."""
    lemma, kind, flags = parse.lemma[frame.token], frame.kind, frame.trigger.flags
    for flag, choice in _FLAGGED.items():
        if flag in flags:
            return choice
    if kind == "Veto":
        return "Against"
    for gerund in (kid for on in parse.children(frame.token, "prep") for kid in parse.children(on, "pcomp")):
        if parse.child(gerund, "nsubj") is not None:
            continue  # "with Peru abstaining" is others' choice
        told = _told_choice(parse.lemma[gerund])  # "sided with Mali in opposing it"
        if not told and parse.lemma[gerund] == "vote":
            cast = _first_choice(parse, gerund)  # "joined Mali in voting no"
            told = "Against" if cast & {"against", "no", "down"} else "For" if cast else ""
        if told or parse.lemma[gerund] in ("reject", "defeat", "block"):
            return told or "Against"
    if lemma in ("abstain", "abstention"):
        return "Abstain"
    if lemma in ("reject", "defeat", "block", "kill"):
        return "Against"
    if lemma in _ADOPTING or lemma in ("passage", "adoption"):
        return "For"
    if not parse.is_verb(frame.token) or lemma == "oppose":
        told = _told_choice(lemma)
        if told:
            return told
    vote = frame.companion if frame.companion is not None else frame.token
    beside_it = () if parse.is_verb(vote) else parse.children(vote, "amod", "compound", "nmod", "det", "intj")
    cast = {parse.word[kid] for kid in beside_it}
    if cast & _CONTRA:
        return "Against"
    if cast & _PRO:
        return "For"
    beside = _first_choice(parse, frame.token) or {
        parse.word[kid] for token in (frame.token, vote) for kid in parse.kids[token]
    }
    if beside & {"against", "no", "down"}:
        return "Against"
    if beside & {"for", "yes"} or any(
        parse.word[kid] == "in"
        and parse.child(kid, "pobj") is not None
        and parse.lemma[parse.child(kid, "pobj") or 0] in ("favour", "favor")
        for kid in parse.kids[frame.token]
    ):
        return "For"
    if any(parse.dep[kid] in ("xcomp", "advcl") for kid in parse.kids[frame.token]):
        return "For"
    return "For" if lemma == "vote" and _is_carried(parse, frame.token) else ""


def _is_carried(parse: Parse, verb: int) -> bool:
    """ "voted 76 to 35", "voted 20-2": the larger number first."""
    numbers = [
        number(parse.word[here]) for here in range(verb + 1, min(verb + 5, parse.size)) if parse.tag[here] == "CD"
    ]
    return len(numbers) > 1 and numbers[0] is not None and numbers[1] is not None and numbers[0] > numbers[1]


def _told_choice(lemma: str) -> str:
    """The choice that a word of a roll call stands for."""
    if lemma in AGAINST:
        return "Against"
    return "For" if lemma in FOR else "Abstain" if lemma in ABSTAINING else ""


def _first_choice(parse: Parse, verb: int) -> set[str]:
    """The word of choice next to the verb: in "voted in favour, Kenya against" the first is that of the subject."""
    if verb + 2 < parse.size and parse.word[verb + 1] == "in" and parse.word[verb + 2] in ("favour", "favor"):
        return {"for"}
    following = parse.word[verb + 1 : verb + 2]
    return set(following) & {"against", "for", "yes", "no", "down"}


def motion_of(parse: Parse, frame: Frame) -> int | None:
    """The head of the noun phrase that says what was voted on."""
    candidates = objects(parse, frame.token) if parse.is_verb(frame.token) else []
    for word in ("against", "for", "on", "of", "over"):
        candidates.extend(prepositional(parse, frame.token, word))
    for kid in parse.children(frame.token, "prep"):
        for filler in parse.children(kid, "pobj"):
            if parse.lemma[filler] in ("favour", "favor"):
                candidates.extend(prepositional(parse, filler, "of"))
    for candidate in candidates:
        if parse.lemma[candidate] in words("events", "voting", "motions") or parse.word[candidate] == "resolution":
            return candidate
    return candidates[0] if candidates and parse.lemma[candidates[0]] not in ("vote", "ballot", "member") else None


def bodies_of(scene: Scene, frame: Frame, motion: int | None) -> list[Referent]:
    """Where the vote is taken: the body that votes, that the motion names, or that was named last before."""
    parse, document = scene.parse, scene.document
    heads = subjects(parse, frame.token)
    for kid in parse.children(frame.token, "prep"):
        heads.extend(parse.children(kid, "pobj"))
    if motion is not None:
        heads.append(motion)
        first, last = parse.subtree(motion)
        heads.extend(index for index in range(first, last) if parse.is_noun(index))
    for head in heads:
        for referent in document.refer(parse.doc[head]):
            if is_body(referent):
                return [referent]
    for referent in participants(document, parse, heads):
        if is_body(referent):
            return [referent]
    if motion is not None and _is_councils(parse, motion):
        council = [one for one in document.referents if _COUNCIL.search(one.name)]
        if council:
            return council[:1]
    size = size_of(scene, frame)
    if size:
        return _body_after(scene, frame.token) or _last_body(scene, frame.token, size)
    if motion is None and frame.kind == "Vote" and parse.lemma[frame.token] == "vote":
        return []
    if any(_BODY.fullmatch(parse.lemma[head]) for head in subjects(parse, frame.token)):
        return []  # "the cabinet voted": a body of its own, if one without a name
    if any(parse.lemma[head] in words("events", "voting", "seated") for head in subjects(parse, frame.token)):
        return _last_body(scene, frame.token)  # "lawmakers passed a motion": those of the body spoken of
    if frame.kind == "Vote" and motion is not None and _is_new(parse, motion):
        return []  # "also voted against a resolution": not the one spoken of before, nor the body
    return _last_body(scene, frame.token)


def _body_after(scene: Scene, token: int) -> list[Referent]:
    """The body named later in the sentence as where they voted: "12 were for and three abstained *in the Senate*"."""
    parse, end = scene.parse, scene.parse.sentences[scene.parse.sentence[token]][1]
    for head in range(token + 1, end):
        if parse.dep[head] == "pobj" and parse.word[parse.head[head]] in ("in", "at"):
            found = [one for one in scene.document.refer(parse.doc[head]) if is_body(one)]
            if found:
                return found[:1]
    return []


def adopters(scene: Scene, frame: Frame, role: str, found: list[Referent]) -> list[Referent]:
    """Whose words a resolution has: "The text urged Chad to", where a body was last told to have voted."""
    if role != "agent" or frame.kind not in _WORDED or frame.judgement.mood != ASSERTED:
        return []
    if not any(one.kind in DOCUMENTS for one in found):
        return []
    parse = scene.parse
    papers = [head for head in subjects(parse, frame.token) if parse.lemma[head] in words("events", "voting", "worded")]
    return _last_body(scene, frame.token) if papers and not any(_is_new(parse, head) for head in papers) else []


def _is_councils(parse: Parse, motion: int) -> bool:
    """ "Resolution 502": numbered as only those of the Security Council are, which have not reached 3,000."""
    number_ = parse.word[motion + 1] if motion + 1 < parse.size else ""
    return parse.lemma[motion] == "resolution" and number_.isdigit() and int(number_) < _COUNCILS


def _is_new(parse: Parse, noun: int) -> bool:
    return any(parse.word[kid] in ("a", "an", "another") for kid in parse.children(noun, "det"))


def is_body(referent: Referent) -> bool:
    """Whether the referent is something that takes votes."""
    return referent.kind in ("GovernmentBody", "IntergovernmentalOrganisation", "Organisation") and bool(
        _BODY.search(referent.name)
    )


def _last_body(scene: Scene, token: int, size: int = 0) -> list[Referent]:
    """The body named last before the token; one with seats for ``size`` voters, wherever it was named."""
    best: Referent | None = None
    others = {one for span in scene.document.spans for one in span.referents if is_body(one)}
    for span in scene.document.spans:
        if span.start > token:
            break
        if span.start < token - _NEAR and not size and len(others) > 1:
            continue
        for referent in span.referents:
            if referent.kind in ("GovernmentBody", "IntergovernmentalOrganisation", "Organisation") and re.search(
                r"\b(council|assembly|parliament|congress|senate|duma|house of|commons|knesset|bundestag|rada)\b",
                referent.name,
                re.I,
            ):
                best = best if size > COUNCIL and _COUNCIL.search(referent.name) else referent
    if best is not None and 1 < size <= COUNCIL and best.kind == "GovernmentBody":
        # "ten members": too few for a parliament
        return [one for one in scene.document.referents if _COUNCIL.search(one.name)][:1] or [best]
    return [best] if best else []


def has_tally(parse: Parse, index: int) -> bool:
    """Whether votes are counted: "by 61 votes to 12", "by 412 to 149"."""
    return any(
        parse.lemma[filler] in ("vote", "margin", "majority")
        or (parse.tag[filler] == "CD" and [parse.word[filler + 1], parse.tag[filler + 2]] == ["to", "CD"])
        for kid in parse.children(index, "prep", "agent")
        if parse.word[kid] in ("by", "with")
        for filler in parse.children(kid, "pobj")
    )


def is_legislating(document: Document, parse: Parse, index: int) -> bool:
    """Whether a motion is put to the vote: its subject is a body with votes, its members, or nobody named."""
    motions = words("events", "voting", "motions")
    if has_tally(parse, index):
        return True
    things = objects(parse, index)
    adopted = parse.lemma[index] in ("adopt", "pass", "ratify") and any(parse.word[item] == "it" for item in things)
    if not adopted and not any(parse.lemma[item] in motions for item in things):
        return False
    heads = subjects(parse, index)
    if not heads:
        return True
    voters = words("events", "voting", "voters")
    return any(
        parse.lemma[head] in voters or any(is_body(referent) for referent in document.refer(parse.doc[head]))
        for head in heads
    )
