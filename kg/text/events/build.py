"""From frames to events: roles, factuality, dates, places, figures, quotations, sources, confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Event, Evidence, Proposition, Role
from kg.text.events.addressed import addressed
from kg.text.events.affected import CONCERNING, affected, punished, represented
from kg.text.events.arguments import find
from kg.text.events.company import fellow_travellers
from kg.text.events.completeness import MUTUAL
from kg.text.events.contents import fillers
from kg.text.events.hosts import hosts
from kg.text.events.otherwise import is_happening
from kg.text.events.participants import DOCUMENTS, PLACES, participants
from kg.text.events.phrases import prepositional
from kg.text.events.places import place_of
from kg.text.events.reciprocal import is_reciprocal
from kg.text.events.rollcall import among_them, with_named
from kg.text.events.sites import place
from kg.text.events.sources import first_person, sources
from kg.text.events.spoken_of import spoken_of
from kg.text.events.subjects import outer_subjects, receivers, surface_subjects
from kg.text.events.throngs import bidden, followers, throng
from kg.text.events.times import date_of
from kg.text.events.unnamed import cited, negotiating
from kg.text.events.victims import victims_of
from kg.text.events.votes import adopters, bodies_of, choice_of, is_body, motion_of
from kg.text.factuality import PLANNED
from kg.text.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.parse import Parse

_CALENDAR = words("naming", "calendar")


def fill_roles(scene: Scene, frame: Frame) -> None:
    """Sets ``frame.roles``: actors for agent and target, whatever is named for topic and place."""
    parse, document = scene.parse, scene.document
    for role, slots in frame.trigger.roles:
        if role in ("agent", "target"):
            for alternative in slots:
                heads = find(parse, frame.token, (alternative,), frame.companion)
                heads = [head for head in heads if role != "agent" or not is_happening(parse, frame.token, head)]
                found = _taking_part(scene, frame, role, heads) or first_person(scene, frame, heads)
                people = [one for one in found if one.kind not in PLACES and one.kind not in DOCUMENTS]
                meant = parse.dep[frame.token] == "relcl" and alternative == ("subj",) and frame.kind in _OF_STATES
                if not people and (role == "target" or meant):
                    people = [one.state for one in found if one.kind in PLACES and one.state is not None]
                if role == "agent" and not people and alternative == ("subj",) and frame.kind in _SPOKEN:
                    heads = outer_subjects(parse, frame.token)
                    people = [one for one in cited(document, parse, heads) if one.kind not in PLACES | DOCUMENTS]
                if frame.kind in MUTUAL and len(people) > 1:
                    people = [one for one in people if one.kind != "MediaOrganisation"]
                if role == "target" and frame.kind in _NAMING:
                    people = [one for one in people if one.state or one not in document.crowds.values()]
                people = followers(scene, frame, role, heads) or people or throng(scene, frame, role, heads)
                people = people or bidden(scene, frame, role, heads)
                people = people or adopters(scene, frame, role, found)
                people = with_named(scene, frame, people) if role == "agent" else people
                people = [*people, *fellow_travellers(scene, frame, people)] if role == "agent" else people
                if people:
                    frame.roles[role] = people
                    break
            if role == "agent" and role not in frame.roles:
                frame.roles[role] = (
                    _sides(scene, frame) if _is_dying(frame) else among_them(scene, frame) or _sides(scene, frame)
                )
        else:
            for alternative in slots:
                heads = find(parse, frame.token, (alternative,), frame.companion)
                found = _sites(scene, frame.token, heads) if role == "place" else participants(document, parse, heads)
                found = [one for one in found if _fits(role, one)]
                if found:
                    frame.roles[role] = found
                    break
    if _is_dying(frame) and not frame.roles.get("target"):
        frame.roles["target"] = among_them(scene, frame)
    if not frame.roles.get("target") and frame.kind in CONCERNING and parse.is_noun(frame.token):
        frame.roles["target"] = participants(document, parse, receivers(parse, frame.token))
        frame.roles["target"] = [one for one in frame.roles["target"] if one.kind not in PLACES | DOCUMENTS]
    if (
        frame.kind not in MUTUAL
        and parse.is_noun(frame.token)
        and any(one not in frame.roles.get("target", ()) for one in frame.roles.get("agent", ()))
    ):
        _part_sides(
            frame, suffered=_is_suffered(parse, frame.token)
        )  # "who had led the overthrow of Ann Lee": she is not one of those who led it
    if "agent" in frame.roles and "target" in frame.roles and frame.kind not in MUTUAL:
        targets = [one for one in frame.roles["target"] if one not in frame.roles["agent"]]
        if targets or not frame.trigger.need or "target" not in frame.trigger.need:
            frame.roles["target"] = targets
    if not frame.roles.get("target") and is_reciprocal(scene, frame):
        frame.roles["target"] = frame.roles.get("agent", [])
    if "polls" in frame.trigger.flags and not frame.roles.get("target"):
        voting = document.home or document.focus
        frame.roles["target"] = [voting] if voting is not None else []


def _is_dying(frame: Frame) -> bool:
    """Whether the subject of the trigger are the dead: "fourteen people died, among them Ann Lee"."""
    return frame.kind == "Killing" and dict(frame.trigger.roles).get("target") == (("subj",),)


def _sides(scene: Scene, frame: Frame) -> list[Referent]:
    """The two whom the article sets against each other, of talks, a truce or fighting that nobody is named for."""
    parse, token = scene.parse, frame.token
    if any(fillers(parse, token, word) for word in ("between", "with", "among", "of")):
        return []  # "negotiations between the unions"
    if frame.kind not in _BETWEEN_SIDES or any(parse.word[kid] in _DEFINITE for kid in parse.children(token, "det")):
        return []
    if any(parse.word[kid] in ("between", "among", "with") for kid in parse.children(token, "prep")):
        return []  # of others, whoever they are
    return list(scene.document.opposed.get(token, ()))


def _taking_part(scene: Scene, frame: Frame, role: str, heads: list[int]) -> list[Referent]:
    """Whom noun heads stand for: who speaks without a name is himself, and who negotiates where nobody is named."""
    document, parse = scene.document, scene.parse
    if role == "agent" and frame.kind in _SPOKEN:
        return cited(document, parse, heads) or _tellers(scene, frame, heads)
    found = participants(document, parse, heads)
    return negotiating(document, parse, heads, found) if frame.kind in MUTUAL else found


def _tellers(scene: Scene, frame: Frame, heads: list[int]) -> list[Referent]:
    """ "Opposition leaders said *they* blamed the army": those who say so, where nothing names them."""
    if not any(scene.parse.word[head] == "they" for head in heads):
        return []
    verbs = frame.judgement.reports[:1]
    return [one for verb in verbs for one in cited(scene.document, scene.parse, surface_subjects(scene.parse, verb))]


def _is_suffered(parse: Parse, noun: int) -> bool:
    return parse.lemma[noun] in words("events", "sets", "suffered") and any(prepositional(parse, noun, "of"))


def _part_sides(frame: Frame, *, suffered: bool = False) -> None:
    """Nobody does it to himself: "the Iraqi invasion of Kuwait" is Iraq's; where only one is named, he does it.

    What is ``suffered`` ("the invasion of Kuwait") is done by somebody else.
    """
    agents, targets = frame.roles.get("agent", []), frame.roles.get("target", [])
    others = [one for one in agents if one not in targets]
    if others or suffered:
        frame.roles["agent"] = others
    else:
        frame.roles["target"] = [one for one in targets if one not in agents]


# whom an accusation names, or a figure counts, is told elsewhere if anywhere
_NAMING = frozenset({"Accusation", "Appeal", "Demand", "Rejection", "Threat", "Statement", "Killing", "Attack"})
# what a capital does that is named for its state: "Ankara, which had accused"
_OF_STATES = frozenset(
    {"Statement", "Accusation", "Appeal", "Demand", "Rejection", "Threat", "Support", "Sanction", "Expulsion", "Vote"}
    | {"Recognition", "Concession", "Mobilisation", "Aid"}
)
_BETWEEN_SIDES = frozenset({"Negotiation", "Retreat", "Attack"})
_DEFINITE = frozenset({"the", "these", "those", "this", "no", "any"})
_SPOKEN = frozenset({"Statement", "Accusation", "Appeal", "Demand", "Rejection", "Threat", "Support"})


def _sites(scene: Scene, trigger: int, heads: list[int]) -> list[Referent]:
    """The places that nouns name; "his country's neighbour" names none, and "the ambassador of Peru" is a person."""
    parse = scene.parse
    owned = [
        head
        for head in heads
        if parse.word[parse.head[head]] == "of" and parse.head[parse.head[head]] != trigger
        if parse.lemma[parse.head[parse.head[head]]] in words("naming", "away")
    ]
    return list(dict.fromkeys(one for head in heads if head not in owned for one in place(scene, head, 0)))


def _fits(role: str, referent: Referent) -> bool:
    if role == "place":
        return referent.kind in ("Place", "State")
    return is_body(referent) if role == "body" else True


def build(scene: Scene, frame: Frame) -> Event:
    """The event that a complete frame with a factual judgement stands for."""
    parse = scene.parse
    planned = frame.judgement.mood == PLANNED
    when, told = date_of(scene, frame, planned) if frame.dated else (None, "")
    choice, content = "", _content(scene, frame)
    if "vote" in frame.trigger.flags:
        motion = motion_of(parse, frame)
        choice = choice_of(parse, frame)
        if not frame.roles.get("body"):
            frame.roles["body"] = bodies_of(scene, frame, motion)
        if not frame.roles.get("agent"):
            frame.roles["agent"] = frame.roles["body"]
        if motion is not None and not told and parse.tag[motion] in ("NNS", "NNPS"):
            when = None  # "vetoed two resolutions": not on the one day that the story is at
        if motion is not None:
            content = _proposition(scene, *_phrase(scene, motion))
            frame.roles["motion"] = [
                one for one in participants(scene.document, parse, [motion]) if one.kind in DOCUMENTS
            ]
    counts = victims_of(parse, frame) if "victim" in frame.trigger.flags else None
    if frame.kind not in MUTUAL and not is_reciprocal(scene, frame):
        _part_sides(frame, suffered=_is_suffered(parse, frame.token))
    if not frame.roles.get("target"):
        reached = addressed(scene.document, parse, frame)
        frame.roles["target"] = (
            reached or affected(scene.document, parse, frame) or spoken_of(scene.document, parse, frame)
        )
    frame.roles["target"] = [represented(one) for one in frame.roles["target"]]
    if not frame.roles.get("agent"):
        frame.roles["agent"] = hosts(scene.document, parse, frame) or _striker(scene, frame)
    if frame.kind == "Sanction":
        frame.roles["target"] = punished(scene, frame)
    if not frame.roles.get("place") and not _is_press(frame):
        frame.roles["place"] = place_of(scene, frame)
    if frame.kind in _STRIKING and not frame.roles.get("target") and _is_told_of(frame):
        states = [one if one.kind == "State" else one.state for one in frame.roles["place"]]
        frame.roles["target"] = [one for one in states if one is not None and one not in frame.roles.get("agent", [])]
        frame.roles["target"] = frame.roles["target"] or _other_side(scene, frame)
    return Event(
        kind=frame.kind,
        evidence=report(scene, frame),
        roles=_roles(scene, frame),
        date=when.start if when else "",
        end_date=when.end if when else "",
        date_text=told,
        choice=choice,
        killed=counts.killed.number if counts and counts.killed else None,
        injured=counts.injured.number if counts and counts.injured else None,
        at_least=bool(
            counts
            and (
                (counts.killed and counts.killed.at_least)
                or (not counts.killed and counts.injured and counts.injured.at_least)
            )
        ),
        planned=planned,
        quotation=_quotation(scene, frame),
        content=content,
    )


def _other_side(scene: Scene, frame: Frame) -> list[Referent]:
    """Whom one of the two sides of the article strikes where nobody is named: the other."""
    agents = [one.state or one if one.kind == "GovernmentBody" else one for one in frame.roles.get("agent", [])]
    if frame.kind != "Attack" or len(agents) != 1 or not scene.parse.is_verb(frame.token):
        return []
    rivals = scene.document.rivals
    return [one for one in rivals if one not in agents] if agents[0] in rivals else []


def _striker(scene: Scene, frame: Frame) -> list[Referent]:
    """Who struck one of the two sides of the article where the passive names nobody: the other."""
    struck = {one.state or one if one.kind != "State" else one for one in frame.roles.get("target", [])}
    rivals = scene.document.rivals
    if frame.kind != "Attack" or len(struck) != 1 or not scene.parse.is_passive(frame.token):
        return []
    return [one for one in rivals if one not in struck] if struck <= set(rivals) else []


def _is_press(frame: Frame) -> bool:
    """Whether only the press speaks, which is not where it tells of."""
    agents = frame.roles.get("agent", [])
    return frame.kind == "Statement" and bool(agents) and all(one.kind == "MediaOrganisation" for one in agents)


def _is_told_of(frame: Frame) -> bool:
    """Whether a protest is told of somebody: rallies abroad are not against the state where they are held."""
    return frame.kind != "Protest" or bool(frame.roles.get("agent"))


# what strikes a place strikes its state, where nobody else is named
_STRIKING = frozenset({"Protest", "Attack", "Coercion", "Mobilisation"})


def _imply(document: Document, told: Iterable[Referent]) -> None:
    """Makes people without a name entities of the article."""
    crowds = {crowd.key: crowd for crowd in (*document.crowds.values(), *document.cited.values())}
    meant = (crowds.get(one.key) for one in told)
    document.implied.extend(one for one in meant if one is not None and one not in document.implied)


def _roles(scene: Scene, frame: Frame) -> tuple[Role, ...]:
    _imply(scene.document, (one for found in frame.roles.values() for one in found))
    roles = {
        Role(name=name, key=referent.key)
        for name, referents in frame.roles.items()
        for referent in referents
        if referent.key
    }
    return tuple(sorted(roles, key=lambda role: (role.name, role.key)))


def report(scene: Scene, frame: Frame) -> Evidence:
    """The sentence of the trigger, with who says so and how sure we are."""
    parse = scene.parse
    start, end = parse.sentences[parse.sentence[frame.token]]
    while start < end - 1 and parse.doc[start].is_space:
        start += 1
    span = parse.doc[start:end]
    begin = span.start_char
    quote = scene.document.article.text[begin : span.end_char].rstrip()
    tellers = sources(scene, frame)
    _imply(scene.document, tellers)
    return Evidence(
        article=scene.document.article.slug,
        begin=begin,
        finish=begin + len(quote),
        quote=quote,
        attributed_to=tuple(dict.fromkeys(referent.key for referent in tellers if referent.key)),
        confidence=_confidence(frame),
    )


def _confidence(frame: Frame) -> float:
    score = frame.trigger.weight
    if not frame.roles.get("agent"):
        score -= 0.1
    if frame.judgement.reports:
        score -= 0.05
    return round(max(0.3, min(0.99, score)), 2)


def _phrase(scene: Scene, head: int) -> tuple[int, int]:
    start, end = scene.parse.subtree(head)
    return start, end


def _proposition(scene: Scene, start: int, end: int, describes: str = "") -> Proposition:
    document = scene.document
    mentions = tuple(
        dict.fromkeys(
            referent.key
            for span in document.spans
            if start <= span.root < end
            for referent in span.referents
            if referent.key
        )
    )
    return Proposition(text=scene.parse.text(start, end).strip(" ,\n"), describes=describes, mentions=mentions)


_CONTENT_KINDS = frozenset(
    {
        "Statement",
        "Appeal",
        "Demand",
        "Request",
        "Threat",
        "Rejection",
        "Accusation",
        "Agreement",
        "Concession",
        "Support",
    }
)


def _content(scene: Scene, frame: Frame) -> Proposition | None:
    if frame.kind not in _CONTENT_KINDS:
        return None
    parse = scene.parse
    owner = frame.token if frame.companion is None else frame.companion
    for token in dict.fromkeys((frame.token, owner)):
        for kid in parse.children(token, "ccomp", "xcomp", "acl"):
            return _proposition(scene, *parse.subtree(kid))
        for kid in parse.children(token, "prep"):
            if parse.word[kid] in ("for", "of", "to", "against", "on") and any(
                _says_something(scene, filler) for filler in parse.children(kid, "pobj", "pcomp")
            ):
                start, end = parse.subtree(kid)
                return _proposition(scene, start + 1, end)
    for kid in parse.children(frame.token, "dobj"):
        if kid != frame.companion and _says_something(scene, kid):
            return _proposition(scene, *parse.subtree(kid))
    return None


def _says_something(scene: Scene, head: int) -> bool:
    """Whether a phrase tells what was said or asked: no pronoun, no day."""
    parse = scene.parse
    if parse.tag[head] in ("PRP", "WDT", "WP", "DT", "EX"):
        return False
    first, last = parse.subtree(head)
    return not (scene.times.get(head) or all(parse.word[i] in _CALENDAR for i in range(first, last)))


def _quotation(scene: Scene, frame: Frame) -> str:
    if frame.kind != "Statement":
        return ""
    parse = scene.parse
    start, end = parse.sentences[parse.sentence[frame.token]]
    quotes = scene.quotes.within(parse.doc[start].idx, parse.doc[end - 1].idx + len(parse.doc[end - 1]))
    return " ".join(quote.text.strip() for quote in quotes)
