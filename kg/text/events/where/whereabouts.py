"""Who stays where: a meeting told twice, a speaker in the next sentence, who took part in what a report opens with."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.text.events.kinds import GATHERING, PHYSICAL, SPOKEN, TALKS
from kg.text.events.mentions import is_perfect, may_coincide, placed, role_keys, sentence_of
from kg.text.events.when.clauses import is_simple_past
from kg.text.events.where.sites import places_under
from kg.text.events.where.surroundings import is_remote

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.anaphora import Told
    from kg.text.events.frames import Scene

_DAY = len("2012-06-05")
_DECIDED = SPOKEN | {"Sanction", "Agreement", "Recognition", "Appointment", "Expulsion", "Concession"}
_NEAR = 2
_FORCE = frozenset({"Attack", "Killing", "Detention", "Protest", "Coercion"})


def share_meetings(scene: Scene, mentions: list[Told]) -> None:
    """One meeting told twice is in one place, and so is what a participant says after it."""
    talks = [m for m in mentions if m.event.kind in TALKS and not m.event.planned]
    for mention in talks:
        if role_keys(mention.event, "place"):
            continue
        for other in talks:
            agents, others = role_keys(mention.event, "agent", "target"), role_keys(other.event, "agent", "target")
            on = _goes_on(scene, mention) and 0 < sentence_of(scene, mention) - sentence_of(scene, other) <= _NEAR
            same = len(agents & others) > 1 and (on or may_coincide(mention.event, other.event))
            if same and role_keys(other.event, "place"):
                mention.event = placed(mention.event, role_keys(other.event, "place"))
                break
    by_token = {m.token: m.event for m in talks}
    for mention in mentions:
        if mention.event.kind not in SPOKEN or role_keys(mention.event, "place"):
            continue
        for kid in scene.parse.children(mention.token, "prep"):
            for noun in scene.parse.children(kid, "pobj"):
                meeting = by_token.get(noun)
                if (
                    meeting
                    and role_keys(meeting, "place")
                    and role_keys(meeting, "agent") & role_keys(mention.event, "agent")
                ):
                    mention.event = placed(mention.event, role_keys(meeting, "place"))


def share_agreements(mentions: list[Told], cast: dict[str, Referent], scene: Scene) -> None:
    """Who signs a pact signs it where, and when, the states did: "Their ministers *put their names* to it"."""
    pacts = [m for m in mentions if m.event.kind == "Agreement" and not m.event.planned and m.token >= 0]
    for before, mention in pairwise(pacts):
        signers = role_keys(mention.event, "agent")
        persons = len(signers) > 1 and all(key in cast and cast[key].kind == "Person" for key in signers)
        near = 0 < sentence_of(scene, mention) - sentence_of(scene, before) <= _NEAR
        told = mention.event.date_text or role_keys(mention.event, "place")
        if persons and near and not told and may_coincide(mention.event, before.event):
            event = placed(mention.event, role_keys(before.event, "place"))
            day = before.event
            mention.event = event if event.date else replace(event, date=day.date, end_date=day.end_date)


def _goes_on(scene: Scene, mention: Told) -> bool:
    """Whether talks are told of that had begun: "*their* talks continued"."""
    parse, noun = scene.parse, mention.token
    if noun < 0 or not parse.is_noun(noun):
        return False
    known = any(parse.word[kid] in ("their", "the", "these") for kid in parse.children(noun, "poss", "det"))
    return known and parse.lemma[parse.head[noun]] in ("continue", "resume", "last", "end", "conclude", "drag")


def stay(scene: Scene, mentions: list[Told], cast: dict[str, Referent]) -> None:
    """A person who speaks or acts somewhere is still there in the next sentence; so is a body at its meeting."""
    last: dict[str, Told] = {}
    for mention in mentions:
        event, kind = mention.event, mention.event.kind
        if mention.token < 0 or event.planned or is_perfect(scene, mention.token):
            continue
        if (
            not role_keys(event, "place")
            and (kind in _DECIDED or kind in TALKS)
            and not is_remote(scene, mention.token)
        ):
            for key in sorted(role_keys(event, "agent")):
                before = last.get(key)
                if before is not None and _stays(scene, before, mention, cast.get(key)):
                    event = mention.event = placed(event, role_keys(before.event, "place"))
                    break
        if role_keys(event, "place") and (kind in SPOKEN | GATHERING or kind == "Visit"):
            for key in role_keys(event, "agent"):
                last[key] = mention


def share_field(scene: Scene, mentions: list[Told]) -> None:
    """Violence without a place of its own is where the last was: "… stormed Tarvi. Ten had been killed"."""
    last: Told | None = None
    for mention in mentions:
        event = mention.event
        if event.kind not in ("Attack", "Killing") or event.planned or mention.token < 0:
            continue
        where = role_keys(event, "place")
        near = last is not None and 0 <= sentence_of(scene, mention) - sentence_of(scene, last) <= _NEAR
        if last is not None and near and not where and not event.date_text and may_coincide(event, last.event):
            others = role_keys(last.event, "agent", "target")
            told = role_keys(event, "agent", "target")
            if event.date == last.event.date and (not told or told & others or not role_keys(event, "agent")):
                mention.event = placed(event, role_keys(last.event, "place"))
        if role_keys(mention.event, "place"):
            last = mention


def share_ground(scene: Scene, mentions: list[Told]) -> None:
    """Force without a place of its own is where the sentence before it in its paragraph was: "One officer died"."""
    placed_ones = [m for m in mentions if m.token >= 0 and m.event.kind in PHYSICAL and not m.event.planned]
    fields = {sentence_of(scene, m): role_keys(m.event, "place") for m in placed_ones if role_keys(m.event, "place")}
    for mention in mentions:
        event = mention.event
        if mention.token < 0 or event.kind not in _FORCE or event.planned or role_keys(event, "place"):
            continue
        number = sentence_of(scene, mention)
        if not (scene.parse.is_verb(mention.token) and is_simple_past(scene.parse, mention.token)):
            continue
        if _follows_clause(scene, mention) and fields.get(number):
            mention.event = placed(event, fields[number])
        if not _is_told_on(scene, number) or role_keys(mention.event, "place"):
            continue
        where = fields.get(number - 1) or _field_of(scene, number - 1)
        if where:
            mention.event = placed(event, where)


def _follows_clause(scene: Scene, mention: Told) -> bool:
    """Whether a main clause follows another of its sentence and names no place: "took Gao; ten civilians *died*"."""
    parse, verb = scene.parse, mention.token
    if parse.head[verb] == verb:
        before = [
            kid for kid in parse.children(verb, "ccomp", "conj", "parataxis") if kid < verb and parse.is_verb(kid)
        ]
    else:
        before = [parse.head[verb]] if parse.dep[verb] == "conj" and parse.is_verb(parse.head[verb]) else []
    if not before or parse.child(verb, "nsubj", "nsubjpass") is None:
        return False
    own = parse.subtree(verb)
    start = max(own[0], parse.subtree(before[0])[1] if before[0] < own[0] or parse.head[before[0]] == verb else own[0])
    spans = (span for span in scene.document.spans if start <= span.start < own[1] and span.form == "name")
    return not any(one.kind == "Place" for span in spans for one in span.referents)


def _is_told_on(scene: Scene, number: int) -> bool:
    """Whether a sentence goes on in its paragraph and names no place of its own."""
    parse = scene.parse
    start, end = parse.sentences[number]
    if number == 0 or start in parse.paragraphs or any(index in scene.times for index in range(start, end)):
        return False
    spans = (span for span in scene.document.spans if start <= span.start < end and span.form == "name")
    return not any(one.kind == "Place" for span in spans for one in span.referents)


def _field_of(scene: Scene, number: int) -> frozenset[str]:
    """Where the main clause of a sentence is."""
    parse = scene.parse
    start, end = parse.sentences[number]
    roots = [index for index in range(start, end) if parse.head[index] == index and parse.is_verb(index)]
    owners = [owner for root in roots for owner in (root, *parse.children(root, "dobj"))]
    found = [one for owner in owners for one in places_under(scene, owner, surfaces=True) if one.kind == "Place"]
    return frozenset(one.key for one in found[:1] if one.key)


def share_stage(scene: Scene, mentions: list[Told]) -> None:
    """Who took part in what a report opens with speaks where that was, until he is told to be elsewhere."""
    for first, dateline in sorted(scene.datelines.items()):
        later = [number for number in scene.datelines if number > first]
        section = [
            m for m in mentions if first <= sentence_of(scene, m) < min(later, default=len(scene.parse.sentences))
        ]
        staged = [
            m for m in section if sentence_of(scene, m) <= dateline.last + 1 and m.event.kind in GATHERING | {"Visit"}
        ]
        place = dateline.place.key if dateline.place is not None else ""
        staged = [m for m in staged if role_keys(m.event, "place") == {place} and not m.event.planned]
        opening = {sentence_of(scene, m) for m in staged} | set(range(first, dateline.last + 1) if staged else ())
        present = _persons_around(scene, staged, opening)
        for mention in section if place else ():
            event = mention.event
            agents = role_keys(event, "agent")
            if role_keys(event, "place") - {place} and not event.planned:
                present = present - agents
            spoken = event.kind in SPOKEN | TALKS and not role_keys(event, "place") and not event.planned
            if not spoken or event.date_text or mention.token < 0 or not agents & present:
                continue
            if event.date and not any(may_coincide(event, one.event) for one in staged):
                continue
            if _is_main_past(scene, mention.token) and not is_remote(scene, mention.token):
                mention.event = placed(event, frozenset({place}))


def _persons_around(scene: Scene, staged: list[Told], sentences: set[int]) -> frozenset[str]:
    """The persons named in the sentences that open a report, and those who took part in what they tell of."""
    found = {key for mention in staged for key in role_keys(mention.event, "agent", "target")}
    for span in scene.document.spans:
        if scene.parse.sentence[span.start] in sentences:
            found |= {one.key for one in span.referents if one.kind == "Person" and one.key}
    return frozenset(key for key in found if key.startswith("person/"))


def _is_main_past(scene: Scene, token: int) -> bool:
    """Whether a main clause, or one joined to it, tells of it in the simple past."""
    parse = scene.parse
    while parse.dep[token] == "conj" and parse.head[token] != token:
        token = parse.head[token]
    return parse.tag[token] == "VBD" and parse.head[token] == token and not is_perfect(scene, token)


def _stays(scene: Scene, before: Told, mention: Told, who: Referent | None) -> bool:
    """Whether who was at a place still is there."""
    gap = sentence_of(scene, mention) - sentence_of(scene, before)
    if who is None or not scene.parse.is_verb(mention.token):
        return False
    if not may_coincide(before.event, mention.event):
        later = before.event.date < mention.event.date and len(mention.event.date) == _DAY
        visiting = before.event.kind == "Visit" and mention.event.kind in TALKS
        return later and visiting and 0 < gap <= _NEAR  # "arrived in Lima on Tuesday … On Thursday he was received by"
    if mention.event.date_text and not before.event.date and gap:
        return False
    if before.token == mention.token:
        return True
    if who.kind == "Person":
        same_day = len(mention.event.date) == _DAY and mention.event.date == before.event.date
        return 0 < gap <= _NEAR or (gap > 0 and same_day)
    met = before.event.kind in TALKS or any(
        other in ("Meeting", "Summit") for other in _kinds_of_sentence(scene, before)
    )
    return met and 0 < gap <= _NEAR


def _kinds_of_sentence(scene: Scene, mention: Told) -> list[str]:
    """What gatherings a sentence speaks of."""
    start, end = scene.parse.sentences[sentence_of(scene, mention)]
    found = {"summit": "Summit", "meeting": "Meeting", "conference": "Meeting", "session": "Meeting"}
    return [found[scene.parse.lemma[i]] for i in range(start, end) if scene.parse.lemma[i] in found]


def narrow(scene: Scene, mentions: list[Told], cast: dict[str, Referent]) -> None:
    """Who flew to a state and next held talks in its city flew to that city."""
    for mention in mentions:
        states = [cast[key] for key in role_keys(mention.event, "place") if key in cast and cast[key].kind == "State"]
        if mention.event.kind != "Visit" or len(states) != 1:
            continue
        city = _city_next(scene, mentions, mention, states[0], cast)
        if city is None:
            continue
        for other in mentions:
            same = sentence_of(scene, other) == sentence_of(scene, mention) and role_keys(other.event, "place") == {
                states[0].key
            }
            if same and role_keys(other.event, "agent") & role_keys(mention.event, "agent"):
                roles = tuple(replace(role, key=city) if role.name == "place" else role for role in other.event.roles)
                other.event = replace(other.event, roles=roles)


def _city_next(
    scene: Scene, mentions: list[Told], visit: Told, state: Referent, cast: dict[str, Referent]
) -> str | None:
    """The city of a state in which the visitor is told to be soon after."""
    for other in mentions:
        gap = sentence_of(scene, other) - sentence_of(scene, visit)
        if not 0 <= gap <= _NEAR + 1 or not role_keys(other.event, "agent") & role_keys(visit.event, "agent"):
            continue
        for key in sorted(role_keys(other.event, "place")):
            one = cast.get(key)
            if (
                one is not None
                and one.kind == "Place"
                and one.state is state
                and may_coincide(other.event, visit.event)
            ):
                if other.event.planned != visit.event.planned:
                    continue
                return key
    return None
