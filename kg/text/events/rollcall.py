"""Who voted how where no verb has them as its subject: "Voting against were", "Kenya against", "abstentions included".

A roll call is read from left to right: a word of choice, a verb of being or counting, a list of names; or a name and
its choice, once somebody else has voted in the same sentence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.ballots import is_at_ballot, stood, uncast
from kg.text.events.frames import Frame
from kg.text.events.participants import DOCUMENTS, PLACES, participants
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import subjects
from kg.text.factuality import ASSERTED, Judgement, judge
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.document import Referent, Span
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

AGAINST = frozenset({"against", "no", "oppose", "opponent", "opposition", "nay", "dissenter"})
FOR = frozenset({"for", "yes", "favour", "favor", "support", "back", "supporter", "aye", "yea"})
ABSTAINING = frozenset({"abstain", "abstention", "abstainer"})
_LISTING = frozenset({"be", "include", "number", "comprise"})
_VOTING = frozenset({"vote", "abstain", "abstention", "abstainer", "ballot", "veto"})
_LONGEST = 9  # tokens of a name
_GLUE = frozenset({",", "and", "the", "or", "&", "as", "well", "also", "plus", "both", "—", "-", "–", ":"})


def roll_call(scene: Scene, start: int, end: int, taken: list[Frame]) -> list[Frame]:
    """Frames of votes told by lists in one sentence, beside those ``taken`` by verbs of voting."""
    parse = scene.parse
    told = {parse.lemma[index] for index in range(start, end)}
    not_cast = uncast(parse, start, end)
    if not not_cast and (not told & (_VOTING | AGAINST | FOR) or not is_at_ballot(parse, start)):
        return []
    vote = event_lexicon().verbs["vote"][-1]
    voted = {referent for frame in taken if "vote" in frame.trigger.flags for referent in frame.roles.get("agent", ())}
    found = []
    for token, verb, voters in (
        *_listed(scene, start, end),
        *_bracketed(scene, start, end),
        *_elliptical(scene, start, end),
        *_among(scene, start, end),
    ):
        new = [one for one in voters if one not in voted]
        judgement = judge(parse, verb) if verb != token else Judgement(ASSERTED)
        if new and judgement.mood == ASSERTED:
            voted |= set(new)
            found.append(Frame(token, vote, judgement=judgement, roles={"agent": new}))
    found.extend(Frame(token, vote, judgement=Judgement(ASSERTED)) for token in stood(parse, start, end))
    abstaining = replace(vote, flags=frozenset({"vote", "abstaining"}))
    for token in not_cast:
        voters = [one for one in participants(scene.document, parse, subjects(parse, token)) if _votes(one)]
        if voters and judge(parse, token, own=False).is_event:
            found.append(Frame(token, abstaining, judgement=Judgement(ASSERTED), roles={"agent": voters}))
    return found


def _among(scene: Scene, start: int, end: int) -> list[tuple[int, int, list[Referent]]]:
    """ "Peru was among those opposed", "Kenya and Chad were two of the abstainers"."""
    parse = scene.parse
    found = []
    for verb in range(start, end):
        if parse.lemma[verb] != "be":
            continue
        groups = [noun for word in ("among", "of") for noun in prepositional(parse, verb, word)]
        groups += [noun for one in parse.children(verb, "attr") for noun in prepositional(parse, one, "of")]
        chosen = next((token for group in groups for token in _chosen_by(parse, group)), None)
        voters = [
            one for one in participants(scene.document, parse, list(parse.children(verb, "nsubj"))) if _votes(one)
        ]
        if chosen is not None and voters:
            found.append((chosen, verb, voters))
    return found


def _chosen_by(parse: Parse, group: int) -> list[int]:
    """The word that says how a group chose: "those *opposed*", "those voting *against*", "the *abstainers*"."""
    if parse.lemma[group] in AGAINST | ABSTAINING | FOR:
        return [group]
    below = [group, *parse.children(group, "acl", "relcl", "amod", "prep")]
    below += [kid for one in below[1:] for kid in (*parse.children(one, "prep", "advmod", "intj", "pobj"),)]
    below += [kid for one in below[1:] for kid in parse.children(one, "pobj")]
    return [one for one in below if parse.lemma[one] in AGAINST | ABSTAINING | FOR]


def _listed(scene: Scene, start: int, end: int) -> list[tuple[int, int, list[Referent]]]:
    """ "Voting against were A and B", "The nine that opposed it were A, B", "The abstentions included A and B"."""
    parse = scene.parse
    found = []
    for verb in range(start + 1, end):
        if parse.lemma[verb] not in _LISTING and not (parse.lemma[verb] == "come" and parse.word[verb + 1] == "from"):
            continue
        first = verb
        while first > start and parse.word[first - 1] not in (";", ":", ".") and verb - first < 12:
            first -= 1
        choices = [index for index in range(first, verb) if _is_choice(parse, index)]
        about = any(parse.lemma[index] in _VOTING or parse.lemma[index] == "oppose" for index in range(first, verb))
        voters = run(scene, verb + 1 + (parse.word[verb + 1] == "from"), end)
        if choices and about and voters and not _names_before(scene, first, verb):
            found.append((choices[-1], verb, voters))
    return found


def _bracketed(scene: Scene, start: int, end: int) -> list[tuple[int, int, list[Referent]]]:
    """ "120 in favour to 4 against (A, B, C), with 9 abstentions (D, E)", "Against: A and B"."""
    parse = scene.parse
    found = []
    for index in range(start, end - 1):
        if not _is_choice(parse, index):
            continue
        opening = index + 1
        while opening < end and not _is_choice(parse, opening) and parse.tag[opening] in ("CD", "NNS"):
            opening += 1
        if opening < end and parse.word[opening] in ("(", ":", "-lrb-", "—", "–"):
            voters = run(scene, opening + 1, end)
            if voters:
                found.append((index, index, voters))
    return found


def _is_choice(parse: Parse, index: int) -> bool:
    lemma = parse.lemma[index]
    if (lemma == "no" and parse.dep[index] == "det") or lemma == "opposition":
        return False
    motions = words("events", "voting", "motions")
    about = (kid for kid in parse.children(index, "pobj", "dobj") if parse.tag[kid] in ("NN", "NNS"))
    if any(parse.lemma[kid] not in motions | {"vote"} for kid in about):
        return False  # "the vote against corruption"
    return lemma in AGAINST or lemma in ABSTAINING or (lemma in FOR and parse.word[index] != "back")


def _names_before(scene: Scene, first: int, verb: int) -> bool:
    """Whether somebody is named who is told about himself: "Kenya, which voted against, was praised"."""
    named = (scene.document.by_root.get(index) for index in range(first, verb))
    return any(one.kind == "State" for span in named if span and span.form == "name" for one in span.referents)


def _elliptical(scene: Scene, start: int, end: int) -> list[tuple[int, int, list[Referent]]]:
    """ "A voted in favour, B against", "A voted yes, B no": after a vote, a name and its choice, then a pause."""
    parse = scene.parse
    verb = next((index for index in range(start, end) if parse.lemma[index] == "vote" and parse.is_verb(index)), None)
    found: list[tuple[int, int, list[Referent]]] = []
    for index in range(verb + 2 if verb is not None else end, end - 1):
        if parse.word[index] in ("against", "no", "yes", "for") and parse.word[index + 1] in (",", ".", ";", "and"):
            before = scene.document.by_root.get(index - 1)
            if verb is not None and before is not None and before.form == "name" and before.start > verb + 1:
                found.append((index, verb, [one for one in before.referents if _votes(one)]))
    return found


def with_named(scene: Scene, frame: Frame, people: list[Referent]) -> list[Referent]:
    """``people`` with those of them who are named: "Twelve delegations abstained, *among them Chile*"."""
    parse, token = scene.parse, frame.token
    if not people or any(one.kind != "Group" for one in people):
        return people
    heads = subjects(parse, token)
    inside = any(parse.word[i] in ("including", "among") for head in heads for i in range(head, token))
    if not inside and parse.child(token, "dobj", "ccomp", "xcomp") is not None:
        return people  # "protesters burnt cars, among them those of"
    named = [one for one in among_them(scene, frame) if one not in people]
    if not named:
        return people
    unnamed = scene.document.cited.values()
    return [*(one for one in people if one not in unnamed), *named]


def among_them(scene: Scene, frame: Frame) -> list[Referent]:
    """Those of a crowd who are named: "Six ministers quit, *among them* Ann Lee", "nine states, including Mali"."""
    parse, token = scene.parse, frame.token
    if not parse.is_verb(token) or parse.is_passive(token):
        return []
    heads = [head for head in subjects(parse, token) if parse.tag[head] == "NNS"]
    if not heads:
        return []
    _, end = parse.sentences[parse.sentence[token]]
    for index in range(heads[0] + 1, end - 1):
        if parse.word[index] == ";":
            break
        if parse.word[index] == "including":
            return run(scene, index + 1, end, persons=True)
        if parse.word[index] == "among" and parse.word[index + 1] in ("them", "whom"):
            before = (run(scene, at + 1, index, persons=True) for at in range(heads[0], index) if parse.word[at] == ",")
            # "abstained, *Chad and Mali* among them"
            return run(scene, index + 2, end, persons=True) or next(filter(None, before), [])
    return []


def run(scene: Scene, start: int, end: int, *, persons: bool = False) -> list[Referent]:
    """The voters (or ``persons``) named in the list that begins at token ``start``."""
    found: list[Referent] = []
    index = start
    while index < end:
        span = _span_at(scene, index, end)
        if span is not None:
            voters = [one for one in span.referents if _votes(one) or (persons and one.kind == "Person")]
            if not voters:
                break
            found.extend(one for one in voters if one not in found)
            index = span.end
        elif scene.parse.word[index] in _GLUE:
            index += 1
        else:
            break
    return found


def _span_at(scene: Scene, index: int, end: int) -> Span | None:
    """The mention that begins at a token."""
    for root in range(index, min(end, index + _LONGEST)):
        span = scene.document.by_root.get(root)
        if span is not None and span.start == index:
            return span
    return None


def _votes(referent: Referent) -> bool:
    return referent.kind not in PLACES | DOCUMENTS | {"Person"}
