"""Which event a date expression dates, and what day it is where the text does not say it again.

A date belongs to the verb or event noun above it. An event without one takes the date of the clause that frames it,
then, in the running narrative (main clauses in the simple past), the day its paragraph is about, then the day the
article is about: "the council voted on Friday … The envoy said" was on Friday.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.dates import When
from kg.text.events.kinds import LASTING, SPOKEN
from kg.text.events.mentions import is_perfect
from kg.text.events.phrases import addressed
from kg.text.events.subjects import adjunct_verb, support_verb
from kg.text.events.when.clauses import (
    FRAMING,
    clause_of,
    framing_clauses,
    is_main,
    is_plain_past,
    is_recent,
    is_simple_past,
    occasions_of,
    trailing_time,
    when_time,
)
from kg.text.events.when.lagging import counted_time, eve_time, lagging_time
from kg.text.events.when.neighbours import beside, joined_time
from kg.text.events.when.since import since_clause, since_time, until_now
from kg.text.events.when.story import is_to_come
from kg.text.events.when.utterances import uttered_time
from kg.text.lexicon import event_lexicon, words
from kg.text.spells import shifted

if TYPE_CHECKING:
    from kg.text.events.frames import Frame, Scene, Time
    from kg.text.parse import Parse

_DAY, _MONTH, _YEAR = len("2012-06-05"), len("2012-06"), len("2012")
_ATTRIBUTE = frozenset({"nummod", "compound", "nmod", "amod", "poss"})
_DYING = frozenset({"lose", "die", "perish", "kill", "wound", "injure", "hurt"})
_CLAIMING = frozenset({"kill", "leave", "injure", "wound", "claim"})


def _follows_since(parse: Parse, verb: int) -> bool:
    return any(parse.word[kid] == "since" for kid in parse.children(verb, "mark"))


def date_of(scene: Scene, frame: Frame, planned: bool) -> tuple[When | None, str]:
    """When the event is said to happen, and the words that say so; no words where the day is the narrative's."""
    parse = scene.parse
    planned = planned and not is_plain_past(parse, frame.token)
    if frame.token in scene.spells and frame.kind in LASTING and scene.spells[frame.token].past is not None:
        spell = scene.spells[frame.token]
        return spell.past, spell.text
    for token in _dating_tokens(scene, frame):
        for time in scene.times.get(token, ()):
            ahead = planned and not (token != frame.token and parse.tag[token] == "VBD")  # "agreed on Friday to meet"
            since = token != frame.token and _follows_since(parse, token)
            when = _value(scene, time, ahead, since=since, from_then=frame.kind == "Detention")
            if when is not None and not _is_of_matter(scene, frame, time, when):
                since = time.since and (
                    frame.kind == "Killing" or (frame.kind in LASTING and is_perfect(scene, frame.token))
                )
                return (until_now(scene, when) if since else when), time.text
    framing = (
        lagging_time(scene, frame)
        or counted_time(scene, frame)
        or eve_time(scene, frame)
        or since_time(scene, frame)
        or when_time(scene, frame.token)
        or since_clause(scene, frame)
        or trailing_time(scene, frame.token)
        or _framing_time(scene, frame, planned)
        or _framed_time(scene, frame)
        or (joined_time(scene, frame) if not planned else None)
        or (_only_time(scene, frame) if planned else uttered_time(scene, frame))
    )
    if framing is not None:
        return framing
    told = _is_narrative(parse, frame) or _is_reported(scene, frame) or _is_added(scene, frame)
    told = told or _is_cast(scene, frame) or _is_earlier(parse, frame)
    if not planned and scene.story.day is not None and told and not _is_background(scene, frame):
        return scene.story.day, ""
    return None, ""


def _value(scene: Scene, time: Time, planned: bool, *, since: bool = False, from_then: bool = False) -> When | None:
    when = time.coming if planned else time.past
    published = scene.document.article.published
    if planned and when is not None and when == time.past and (when.end or when.start) < published[:_DAY]:
        last = when.end or when.start
        return when if last == published[: len(last)] else None  # nothing is planned for last week
    if when is not None and not planned and is_to_come(scene, time):
        return None
    if when is None or not (time.since or since) or when.end or from_then:
        return when
    precision = len(when.start)
    return when if precision >= _DAY or not published else When(when.start, published[:precision])


def _is_of_matter(scene: Scene, frame: Frame, time: Time, when: When) -> bool:
    """Whether a month long past dates what is spoken of: "called for an inquiry into *murders* in May"."""
    last = time.last - 1
    if len(when.start) == _YEAR and scene.parse.dep[last] in _ATTRIBUTE and frame.token != scene.parse.head[last]:
        return True  # "tore up its *1964* treaty"
    if frame.kind not in SPOKEN or len(when.start) != _MONTH or time.first < frame.token:
        return False
    if scene.parse.dep[time.last - 1] in ("compound", "nmod"):
        return True  # "called for a trial of those who were to blame for the *June* bloodshed"
    if is_recent(scene, when) or _had(scene.parse, frame.token):
        return False
    nouns, parse = event_lexicon().nouns, scene.parse
    matter = (index for index in range(frame.token + 1, time.first) if index != frame.companion)
    return any(parse.is_noun(index) and parse.lemma[index] in nouns for index in matter)


def _is_reported(scene: Scene, frame: Frame) -> bool:
    """Whether the story tells of casualties just reported: "officials said that 23 people *had been killed*"."""
    parse = scene.parse
    if frame.kind not in ("Killing", "Attack") or parse.tag[frame.token] != "VBN":
        return False
    clause, above = frame.token, parse.head[frame.token]
    had = any(parse.word[kid] in ("had", "'d", "’d") for kid in parse.children(clause, "aux"))
    if not had or parse.dep[clause] != "ccomp" or not (is_main(parse, above) and is_simple_past(parse, above)):
        return False
    start, end = parse.sentences[parse.sentence[clause]]
    return not any(index in scene.times for index in range(start, end))


def _is_cast(scene: Scene, frame: Frame) -> bool:
    """Whether a vote is told of beside the running story: "Adopting the text *by 9 to 1*, the council demanded"."""
    parse, here = scene.parse, clause_of(scene.parse, frame.token)
    start, end = parse.sentences[parse.sentence[here]]
    if frame.kind != "Vote" or is_perfect(scene, here) or any(index in scene.times for index in range(start, end)):
        return False
    while parse.head[here] != here:
        here = parse.head[here]
    return parse.is_verb(here) and is_simple_past(parse, here)


def _is_earlier(parse: Parse, frame: Frame) -> bool:
    """Whether somebody "had *earlier* said" it: on the day of the story."""
    had = _had(parse, frame.token)
    earlier = any(parse.word[kid] == "earlier" for kid in parse.children(frame.token, "advmod"))
    return had and earlier and frame.kind in SPOKEN and is_main(parse, frame.token)


def _had(parse: Parse, verb: int) -> bool:
    return any(parse.word[kid] == "had" for kid in parse.children(verb, "aux"))


def _is_added(scene: Scene, frame: Frame) -> bool:
    """Whether a clause with a comma goes on with what somebody then did: "met the council, *which accused* Peru"."""
    parse, verb = scene.parse, frame.token
    while parse.dep[verb] == "conj" and parse.child(verb, "nsubj", "nsubjpass") is None:
        verb = parse.head[verb]
    where = any(parse.word[kid] == "where" for kid in parse.children(verb, "advmod"))
    if parse.dep[verb] != "relcl" or not is_simple_past(parse, frame.token) or not (where or frame.kind in SPOKEN):
        return False
    first, last = parse.subtree(verb)
    if parse.word[first - 1] != "," or any(index in scene.times for index in range(first, last)):
        return False
    above = clause_of(parse, parse.head[verb])
    if not (is_main(parse, above) and is_simple_past(parse, above)):
        return False
    dated = next((time.past for time in scene.times.get(above, ()) if time.past is not None), scene.story.day)
    return dated is not None and dated == scene.story.day


def _dating_tokens(scene: Scene, frame: Frame) -> list[int]:
    """Tokens whose dates are the event's own, nearest first."""
    parse = scene.parse
    tokens = [frame.token]
    if frame.companion is not None:
        tokens.append(frame.companion)
    tokens.extend(kid for kid in parse.children(frame.token, "advcl") if _follows_since(parse, kid))
    tokens.extend(
        kid
        for kid in parse.children(frame.token, "dobj", "nsubj", "nsubjpass", "attr", "npadvmod")
        if not parse.is_verb(kid)
    )
    tokens.extend(occasions_of(parse, frame.token))
    if parse.is_noun(frame.token) or frame.companion is not None:
        noun = frame.token if frame.companion is None else frame.companion
        tokens.extend(
            kid for kid in parse.children(noun, "relcl") if parse.lemma[kid] in _CLAIMING
        )  # "a raid that killed"
        tokens.extend(kid for kid in parse.children(noun, "acl", "relcl") if _is_held(parse, kid))
    tokens.extend(_speaking(parse, frame.token))
    here = frame.token
    for _ in range(5):
        head, label = parse.head[here], parse.dep[here]
        if head == here or here in scene.lags or not _shares_time(parse, here, head, label):
            break
        tokens.append(head)
        if label in ("acl", "agent") and parse.lemma[head] in words("events", "voting", "motions"):
            tokens.extend(_voting_verb(parse, head))
        if label == "conj":
            tokens.extend(filler for kid in parse.children(head, "prep") for filler in parse.children(kid, "pobj"))
        here = head
    for kid in parse.children(frame.token, "conj", "xcomp"):
        if parse.is_verb(kid) and parse.child(kid, "nsubj", "nsubjpass") is None:
            tokens.append(kid)
    alongside = beside(parse, frame.token)
    return tokens if alongside is None else [*tokens, alongside]


def _is_held(parse: Parse, clause: int) -> bool:
    """Whether a clause says when what it follows took place: "a vote *held* in May", "a truce *which began* in May"."""
    if parse.dep[clause] == "relcl" and not is_simple_past(parse, clause):
        return False
    passive = parse.dep[clause] == "acl" and parse.tag[clause] == "VBN"
    return parse.lemma[clause] in words("events", "sets", "held" if passive else "begun")


def _shares_time(parse: Parse, here: int, head: int, label: str) -> bool:
    if label == "conj":
        return parse.child(here, "nsubj", "nsubjpass") is None
    if label == "xcomp":
        return True
    if label == "advcl":
        subject = parse.child(here, "nsubj", "nsubjpass")
        return parse.child(here, "mark") is None and (subject is None or parse.tag[subject] == "WDT")
    if label == "relcl":
        if any(parse.word[kid] == "where" for kid in parse.children(here, "advmod")):
            return is_simple_past(parse, here)  # "flew on Friday to Lima, where he met"
        in_which = any(
            parse.word[kid + 1] == "which" for kid in parse.children(here, "prep") if parse.word[kid] == "in"
        )
        if in_which and parse.lemma[here] in _DYING:
            return True  # "the loss of the airliner in 1989, in which 80 died"
        return parse.lemma[here] in _CLAIMING  # "a raid in May that killed ten"
    if label == "acl":
        of_motion = bool(_voting_verb(parse, head))
        return (
            of_motion or parse.tag[here] == "VBG" or parse.is_verb(parse.head[head]) or _is_attempted(parse, here, head)
        )
    if label in ("dobj", "nsubj", "nsubjpass", "attr") and not parse.is_verb(here):
        return parse.is_verb(head)
    if label == "agent":
        return parse.dep[head] == "acl"  # "a text passed *by the council*"
    if label in ("pobj", "pcomp", "prep"):
        word = parse.word[head if label != "prep" else here]
        return word in (
            "of",
            "in",
            "by",
            "through",
            "to",
            "for",
            "at",
            "with",
            "into",
            "after",
            "on",
            "during",
            "among",
        )
    return False


def _speaking(parse: Parse, verb: int) -> list[int]:
    """The clause that says where the speakers were: "the ministers, *who met in Lima on Monday*, urged"."""
    subject = parse.child(verb, "nsubj")
    clauses = parse.children(subject, "acl", "relcl") if subject is not None and parse.is_verb(verb) else ()
    told = words("places", "words", "speaking")
    spoken = [clause for clause in clauses if parse.lemma[clause] in told and not _had(parse, clause)]
    return [*spoken, *addressed(parse, verb)]


def _voting_verb(parse: Parse, motion: int) -> list[int]:
    """The verb of the vote on a motion: "voted on Friday against a text *condemning* Chad"."""
    above = parse.head[motion]
    verb = parse.head[above] if parse.dep[motion] == "pobj" else above
    votes = parse.is_verb(verb) and any("vote" in t.flags for t in event_lexicon().verbs.get(parse.lemma[verb], ()))
    return [verb] if votes else []


def _is_attempted(parse: Parse, clause: int, noun: int) -> bool:
    """Whether a clause says what an attempt is at: "flew to Lima on Friday in a bid *to mediate*"."""
    return parse.lemma[noun] in words("places", "words", "attempts") and any(
        parse.word[kid] == "to" for kid in parse.children(clause, "aux")
    )


def _framing_time(scene: Scene, frame: Frame, planned: bool) -> tuple[When, str] | None:
    """The date of the clause that opens the sentence, or of the only dated adverbial clause, for a main clause."""
    parse = scene.parse
    clause = clause_of(parse, frame.token)
    if not is_main(parse, clause):
        return None
    root = clause
    while parse.dep[root] == "conj":
        root = parse.head[root]
    owners = [root] if root != clause and not (_is_before(parse, root) and is_simple_past(parse, clause)) else []
    owners.extend(kid for verb in (clause, root) for kid in framing_clauses(parse, verb))
    for owner in owners:
        lag = scene.lags.get(owner)
        for time in scene.times.get(owner, ()):
            when = _value(scene, time, planned)
            if when is not None and len(when.start) == _DAY and not (lag and planned):
                when = shifted(when, lag.number, lag.unit) if lag else when
                return (when, time.text) if when is not None else None
    return None


def _is_before(parse: Parse, verb: int) -> bool:
    """Whether a clause tells of what was before: "*had* brought"."""
    return any(parse.word[kid] in ("had", "'d", "’d") for kid in parse.children(verb, "aux"))


def _framed_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """The date of the main clause, for a clause that frames it: "on Friday he resigned after troops entered"."""
    parse = scene.parse
    clause = clause_of(parse, frame.token)
    while parse.dep[clause] in ("xcomp", "ccomp") and parse.dep[parse.head[clause]] == "advcl":
        clause = parse.head[clause]  # "after troops were seen leaving"
    head = parse.head[clause]
    if clause in scene.lags:
        return None
    for time in scene.times.get(_timed(scene, head), ()) if parse.dep[clause] == "relcl" else ():
        if time.first <= head < time.last and time.past is not None:
            return time.past, time.text  # "on Tuesday night, when she spoke"
    if parse.dep[clause] != "advcl" or not is_simple_past(parse, clause):
        return None
    if not any(parse.word[mark] in FRAMING for mark in parse.children(clause, "mark", "advmod")):
        return None
    for time in scene.times.get(head, ()):
        if time.past is not None and len(time.past.start) == _DAY:
            return time.past, time.text
    while parse.dep[head] in ("conj", "ccomp") and parse.head[head] != head:
        head = parse.head[head]
        for time in scene.times.get(head, ()):
            if time.past is not None and len(time.past.start) == _DAY and is_simple_past(parse, head):
                return time.past, time.text
    return None


def _timed(scene: Scene, token: int) -> int:
    """The token under which the date expression that covers ``token`` was filed."""
    return next((owner for owner, times in scene.times.items() if any(t.first <= token < t.last for t in times)), -1)


_CONCLUDING = frozenset({"sign", "initial", "reach", "conclude", "announce", "agree", "adopt", "approve", "ratify"})


def _only_time(scene: Scene, frame: Frame) -> tuple[When, str] | None:
    """The one date of the sentence, for what is scheduled: "is to vote on a text ending the row as soon as Monday"."""
    start, end = scene.parse.sentences[scene.parse.sentence[frame.token]]
    times = [time for index in range(start, end) for time in scene.times.get(index, ())]
    if len(times) != 1 or times[0].first < frame.token or _is_of_place(scene.parse, times[0].first):
        return None
    when = _value(scene, times[0], planned=True)
    return (when, times[0].text) if when is not None else None


def _is_of_place(parse: Parse, token: int) -> bool:
    """Whether a clause tells what else happened: "from Lima, where they met *in May*", "a pact initialled *Friday*"."""
    for _ in range(8):
        if parse.dep[token] == "conj" and parse.child(token, "nsubjpass") is not None and parse.is_verb(token):
            return True  # "Chad will leave Togo, and envoys are to be exchanged *in May*"
        if parse.dep[token] == "acl" and parse.lemma[token] in _CONCLUDING and parse.tag[token] in ("VBN", "VBD"):
            return True
        if parse.dep[token] == "relcl":
            return any(parse.word[kid] == "where" for kid in parse.children(token, "advmod"))
        if parse.head[token] == token:
            return False
        token = parse.head[token]
    return False


def _is_background(scene: Scene, frame: Frame) -> bool:
    """Whether the sentence tells of other times than the story's."""
    if frame.kind not in ("Killing", "Attack"):
        return False
    start, end = scene.parse.sentences[scene.parse.sentence[frame.token]]
    times = (time.past for index in range(start, end) for time in scene.times.get(index, ()))
    return any(when is not None and not is_recent(scene, when) and len(when.start) < _DAY for when in times)


def _is_narrative(parse: Parse, frame: Frame) -> bool:
    """Whether the event is told as part of the running story: main clause, simple past."""
    clause = clause_of(parse, frame.token)
    alongside = beside(parse, clause)
    if alongside is not None and clause == frame.token:
        clause = alongside
        return is_main(parse, clause) and is_simple_past(parse, clause)
    if not is_main(parse, clause):
        return False
    if clause != frame.token and adjunct_verb(parse, frame.token) is None and support_verb(parse, frame.token) is None:
        return False
    return is_simple_past(parse, clause)
