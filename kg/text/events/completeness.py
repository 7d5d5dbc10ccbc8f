"""Whether a trigger has the roles without which it means something else, and who are no doers of what it tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from kg.text.events.ballots import counted
from kg.text.events.otherwise import is_attended, is_feat, means_otherwise
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import objects, subjects, support_verb, surface_subjects
from kg.text.events.victims import victims_of
from kg.text.events.votes import bodies_of, choice_of, motion_of
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene

MUTUAL = frozenset({"Meeting", "Summit", "Negotiation", "Agreement", "PhoneCall", "Consultation", "Cooperation"})


def is_complete(scene: Scene, frame: Frame) -> bool:
    """Whether the roles without which the trigger means something else are filled."""
    if means_otherwise(scene, frame):
        return False
    for concerned, test, complete in _VERDICTS:
        if (frame.kind in concerned or not concerned.isdisjoint(frame.trigger.flags)) and test(scene, frame):
            return complete
    if frame.trigger.need and not all(frame.roles.get(role) for role in frame.trigger.need):
        return False
    return _has_actor(scene, frame) or _is_staged(scene, frame)


def _has_actor(_scene: Scene, frame: Frame) -> bool:
    return bool(frame.roles.get("agent") or frame.roles.get("target"))


def _has_target(_scene: Scene, frame: Frame) -> bool:
    return bool(frame.roles.get("target"))


def _is_any(_scene: Scene, _frame: Frame) -> bool:
    return True


def _is_idle_ballot(scene: Scene, frame: Frame) -> bool:
    """ "The *ballot* drew attention": nobody's choice."""
    return scene.parse.lemma[frame.token] == "ballot" and not choice_of(scene.parse, frame)


def _is_deadly(scene: Scene, frame: Frame) -> bool:
    """Whether people did it, and it is told who died, who killed, or how many."""
    if _is_by_nature(scene, frame):
        return False
    return _has_actor(scene, frame) or victims_of(scene.parse, frame).killed is not None


def _is_holding(scene: Scene, frame: Frame) -> bool:
    """Whether a clause only tells which land somebody holds: "keeps the territory it *has captured*"."""
    parse, verb = scene.parse, frame.token
    if frame.roles.get("target"):
        return False
    perfect = any(parse.word[kid] in ("has", "have", "had") for kid in parse.children(verb, "aux"))
    return (
        perfect and parse.dep[verb] == "relcl" and parse.lemma[parse.head[verb]] in words("places", "words", "holdings")
    )


def _is_staged(scene: Scene, frame: Frame) -> bool:
    """Whether it is told where or when people protested, though not who: "rallies were held in Lima and Cuzco"."""
    parse, token = scene.parse, frame.token
    if frame.kind != "Protest" or frame.companion is None or not parse.is_passive(token):
        return False
    return bool(frame.roles.get("place")) or any(scene.times.get(below) for below in range(*parse.subtree(token)))


def _is_concluded(scene: Scene, frame: Frame) -> bool:
    """Whether a pact was signed by nobody who is named, at a place and time that are: "was signed in Accra in May"."""
    parse, token = scene.parse, frame.token
    if parse.lemma[token] not in ("sign", "conclude", "initial") or not parse.is_passive(token):
        return False
    if any(parse.word[kid] == "by" for kid in parse.kids[token]):
        return False
    pacts = [head for head in objects(parse, token) if parse.lemma[head] in words("events", "sets", "deals")]
    return bool(pacts) and any(parse.word[kid] in ("in", "at") for kid in parse.kids[token]) and token in scene.times


def _is_of_things(scene: Scene, frame: Frame) -> bool:
    """Whether nobody leaves or takes an office: "replaced the Belarusian flag", "named Chad as the culprit"."""
    targets = frame.roles.get("target", [])
    things = bool(targets) and all(one.kind in ("State", "Place", "Document") for one in targets)
    return things and (not frame.roles.get("agent") or scene.parse.lemma[frame.token] in ("name", "swear"))


def _is_announced(scene: Scene, frame: Frame) -> bool:
    """Whether one party alone announces an accord, which need not be his own."""
    agents = frame.roles.get("agent", [])
    if len(agents) > 1 or any(one.plural or one.kind == "State" for one in agents):
        return False
    verb = frame.token if scene.parse.is_verb(frame.token) else support_verb(scene.parse, frame.token)
    return verb is not None and scene.parse.lemma[verb] in ("announce", "hail", "welcome", "read")


def _is_paper(scene: Scene, frame: Frame) -> bool:
    """Whether a noun speaks of a text in force, not of who agreed to it: "the treaty expires in May"."""
    parse, agents = scene.parse, frame.roles.get("agent", [])
    deals = words("events", "sets", "deals")
    if not parse.is_noun(frame.token) or parse.lemma[frame.token] not in deals:
        return False
    owned = parse.child(frame.token, "poss") is not None and parse.dep[frame.token] in ("nsubj", "nsubjpass")
    return owned or len(agents) < 2


def _is_by_people(scene: Scene, frame: Frame) -> bool:
    return not _is_by_nature(scene, frame)


def _is_by_nature(scene: Scene, frame: Frame) -> bool:
    """Whether no one does it: "the sea killed nine", "nine died in a flood", "died when the dam broke"."""
    parse, natural = scene.parse, words("events", "sets", "nature")
    heads = subjects(parse, frame.token)
    heads = [
        *heads,
        *(kid for clause in parse.children(frame.token, "advcl") for kid in parse.children(clause, "nsubj")),
    ]
    for word in ("in", "by", "from", "of", "during"):
        heads = [*heads, *prepositional(parse, frame.token, word)]
    return bool(heads) and any(parse.lemma[head] in natural for head in heads)


def _is_own_death(scene: Scene, frame: Frame) -> bool:
    """Whether somebody with a name died, and nothing is told that killed him: "Ann Lee died in hospital on Sunday"."""
    parse, token = scene.parse, frame.token
    heads = surface_subjects(parse, token) if parse.lemma[token] == "die" else []
    dead = [one for head in heads for one in scene.document.refer(parse.doc[head])]
    if len(heads) != 1 or len(dead) != 1 or dead[0].kind != "Person" or frame.roles.get("agent"):
        return False
    deadly = words("events", "sets", "attacks") | words("events", "sets", "hostilities") | _HURTING
    causes = [noun for word in _CAUSING for noun in prepositional(parse, token, word)]
    return parse.child(token, "advcl") is None and not any(parse.lemma[noun] in deadly for noun in causes)


_CAUSING = ("in", "of", "from", "during", "by", "after", "under")
_HURTING = frozenset(
    {"explosion", "blast", "wound", "injury", "gunshot", "poison", "torture", "crash", "attempt", "fire"}
)


def _is_own(_scene: Scene, frame: Frame) -> bool:
    """Whether somebody only defends what his own state did: "defended her decision to cut the budget"."""
    targets, agents = frame.roles.get("target", []), frame.roles.get("agent", [])
    states = [one.state for one in agents if one.kind == "Person" and one.state is not None]
    return bool(targets) and frame.trigger.lemma in ("defend", "justify") and all(one in states for one in targets)


def _is_of_unnamed(scene: Scene, frame: Frame) -> bool:
    """Whether an officer without a name gave way to his state: "Kenya's police commissioner resigned"."""
    parse, office = scene.parse, words("events", "sets", "office")
    people = frame.roles.get("agent" if frame.kind == "Resignation" else "target", [])
    heads = [*subjects(parse, frame.token), *(objects(parse, frame.token) if parse.is_verb(frame.token) else [])]
    return (
        bool(people)
        and all(one.kind == "State" for one in people)
        and any(parse.lemma[head] in office for head in heads)
        and not any(one in people for head in heads for one in scene.document.refer(parse.doc[head]))
    )


def _is_no_call(scene: Scene, frame: Frame) -> bool:
    """Whether nobody rings anybody, or only the press: "told reporters by satellite telephone"."""
    heads = [kid for kid in scene.parse.kids[frame.token] if scene.parse.dep[kid] in ("dobj", "dative")]
    if scene.parse.lemma[frame.token] == "call" and any(scene.parse.tag[head] == "NNS" for head in heads):
        return True  # "called its members idiots"
    return any(scene.parse.lemma[head] in words("events", "sets", "press") for head in heads)


def _is_figurative(scene: Scene, frame: Frame) -> bool:
    """Whether a speaker lists wounds to pride: "we were mocked, slandered and assaulted"."""
    parse, token, first, insulting = scene.parse, frame.token, frame.token, words("events", "sets", "insulting")
    if scene.quotes.at(parse.doc[token].idx) is None:
        return False
    while parse.dep[first] == "conj" and parse.is_verb(parse.head[first]):
        first = parse.head[first]
    return any(parse.lemma[verb] in insulting for verb in parse.conjuncts(first))


def _is_known_for(scene: Scene, frame: Frame) -> bool:
    """Whether a participle without accuser describes somebody: "a militia accused of abuses"."""
    return scene.parse.dep[frame.token] in ("acl", "amod") and not frame.roles.get("agent")


def _is_habit(scene: Scene, frame: Frame) -> bool:
    """Whether it tells what somebody does by office: "who *chairs EU summits*"."""
    parse, held = scene.parse, frame.companion
    verb = frame.token if held is not None else parse.head[frame.token]
    held = frame.token if held is None else held
    return parse.tag[held] == "NNS" and parse.tag[verb] in ("VBZ", "VBP") and parse.dep[verb] == "relcl"


def _named(referents: list[Referent]) -> bool:
    return any(
        one.kind in ("Person", "State", "IntergovernmentalOrganisation", "GovernmentBody", "MediaOrganisation")
        for one in referents
    )


def _is_by_unnamed(scene: Scene, frame: Frame) -> bool:
    """Whether people whom the text does not name do it to somebody whom it names."""
    parse = scene.parse
    if not _named(frame.roles.get("target", [])):
        return False
    heads = subjects(parse, frame.token)
    people = words("events", "sets", "people") | words("events", "sets", "troops") | words("events", "sets", "cabals")
    return bool(heads) and all(parse.tag[head] in ("NN", "NNS") and parse.lemma[head] in people for head in heads)


def _is_suffered(scene: Scene, frame: Frame) -> bool:
    """Whether a passive tells to whom it was done."""
    return _has_target(scene, frame) and scene.parse.is_passive(frame.token)


def _is_active_of_nobody(scene: Scene, frame: Frame) -> bool:
    return not frame.roles.get("agent") and not scene.parse.is_passive(frame.token)


def _is_by_somebody(scene: Scene, frame: Frame) -> bool:
    """ "Whom *they* blame", "*Smith* accused the cabinet": somebody not known blames somebody who is."""
    parse = scene.parse
    if not _is_active_of_nobody(scene, frame) or not frame.roles.get("target"):
        return False
    heads = [] if frame.kind != "Accusation" else surface_subjects(parse, frame.token)
    return any(parse.word[head] == "they" or parse.tag[head] in ("NNP", "NNPS") for head in heads)


def _is_to_oneself(_scene: Scene, frame: Frame) -> bool:
    """Whether nobody else is meant: "suspended its membership"."""
    return set(frame.roles.get("target", ())) <= set(frame.roles.get("agent", ()))


def _is_turning(scene: Scene, frame: Frame) -> bool:
    """Whether somebody only takes to doing something, or comes to what is no place: "went back to voting no"."""
    parse, trigger = scene.parse, frame.trigger
    below = [frame.token, *parse.children(frame.token, "advmod")]
    goals = [kid for owner in below for kid in parse.children(owner, "prep") if parse.word[kid] in trigger.prepositions]
    if any(parse.child(kid, "pcomp") is not None for kid in goals):
        return True
    if trigger.lemma not in _MOVING_ON or trigger.preposition_objects or frame.roles.get("place"):
        return False
    ends = [end for kid in goals for end in parse.children(kid, "pobj")]
    return bool(ends) and all(parse.tag[end] in ("NN", "NNS") and not _is_reached(scene, end) for end in ends)


# who does these to something that is no place only gets somewhere with a matter: "have come to the point where"
_MOVING_ON = frozenset({"come", "go", "return", "proceed", "continue", "head", "move", "cross"})


def _is_aimless(scene: Scene, frame: Frame) -> bool:
    """Whether it is told of no place, gathering or person that somebody travels to."""
    if frame.roles.get("target") or frame.roles.get("place"):
        return False
    toured = () if frame.trigger.prepositions else objects(scene.parse, frame.token)
    return not any(_is_reached(scene, end) for end in toured)  # "will visit the region"


def _is_rejoining(_scene: Scene, frame: Frame) -> bool:
    """Whether a state comes back to what has members: "the Gambia returned to the Commonwealth"."""
    agents, targets = frame.roles.get("agent", []), frame.roles.get("target", [])
    return bool(agents and targets) and all(
        one.kind == kind
        for found, kind in ((agents, "State"), (targets, "IntergovernmentalOrganisation"))
        for one in found
    )


def _is_reached(scene: Scene, end: int) -> bool:
    """Whether what somebody goes to is a place or a gathering, or somebody."""
    places = words("events", "grammar", "settlement") | words("events", "sets", "meetings") | words("events", "goals")
    return scene.parse.lemma[end] in places or bool(scene.document.refer(scene.parse.doc[end]))


def _is_missile(scene: Scene, frame: Frame) -> bool:
    """Whether what lands or flies is no traveller: "shells landed in the bay"."""
    weapons = words("events", "sets", "weapons")
    return any(scene.parse.lemma[head] in weapons for head in subjects(scene.parse, frame.token))


_LONELY = frozenset({"Meeting", "Summit", "Negotiation", "PhoneCall", "Consultation"})


def _is_alone(scene: Scene, frame: Frame) -> bool:
    """Whether nobody else takes part in what takes two: "gathered his papers" is no meeting."""
    parse, agents = scene.parse, frame.roles.get("agent", [])
    if len(agents) != 1:
        return False
    if frame.kind in ("Meeting", "PhoneCall") and _is_facing(scene, frame.token):
        return False
    if frame.kind in _LONELY and is_attended(scene, frame, agents[0]):
        return True
    if frame.kind == "Cooperation" and frame.companion is not None and not agents[0].plural:
        joint = any(parse.word[kid] in ("joint", "combined") for kid in parse.kids[frame.companion])
        return not joint and parse.lemma[frame.companion] in words("events", "sets", "drills")
    if frame.kind == "PhoneCall" and not agents[0].plural and parse.is_verb(frame.token):
        return True
    if frame.kind not in _LONELY or frame.companion is not None or not parse.is_verb(frame.token):
        return False
    if parse.lemma[frame.token] in ("speak", "talk"):
        return True
    met = parse.is_passive(frame.token) or any(parse.word[kid] == "with" for kid in parse.kids[frame.token])
    return agents[0].kind == "Person" and not met


_FACING = frozenset({"meet", "consult", "telephone", "phone", "ring", "speak", "discuss"})


def _is_facing(scene: Scene, verb: int) -> bool:
    """Whether the other side is told without a name: "telephoned several of his counterparts", "met the envoys"."""
    parse = scene.parse
    if parse.lemma[verb] not in _FACING or not parse.is_verb(verb):
        return False
    lines = [verb, *prepositional(parse, verb, "by"), *prepositional(parse, verb, "on")]  # "by telephone with"
    others = [other for line in lines for other in prepositional(parse, line, "with")]
    others = others if parse.lemma[verb] in ("speak", "discuss") else [*others, *objects(parse, verb)]
    others = [*others, *(end for other in others for end in prepositional(parse, other, "of"))]
    people = words("events", "sets", "people") | words("events", "sets", "office")
    return any(parse.tag[head].startswith("NNP") or parse.lemma[head] in people for head in others)


def _is_taken(scene: Scene, frame: Frame) -> bool:
    """Whether a vote nobody is named for has a body, or is counted: "the text was approved by 12 votes to none"."""
    if counted(scene.parse, subjects(scene.parse, frame.token)) is not None:
        return True
    if not frame.trigger.clause and not frame.roles.get("agent"):
        return False
    return bool(frame.roles.get("body") or bodies_of(scene, frame, motion_of(scene.parse, frame)))


def _is_of_the_people(_scene: Scene, frame: Frame) -> bool:
    """ "The people have won a great victory": no election."""
    won = frame.roles.get("target", ())
    return bool(won) and all(one.kind == "Group" for one in won)


Test: TypeAlias = "Callable[[Scene, Frame], bool]"


def _rule(concerned: str, test: Test, *, complete: bool) -> tuple[frozenset[str], Test, bool]:
    return frozenset(concerned.split()), test, complete


# in their order, the first that holds decides: classes (capital) or flags (small) of frames, a test, what it shows
_VERDICTS = (
    _rule("vote", _is_taken, complete=True),
    _rule("Vote", _is_idle_ballot, complete=False),
    _rule("Agreement", _is_concluded, complete=True),
    _rule("blast", _is_by_people, complete=True),
    _rule("Killing", _is_own_death, complete=False),
    _rule("Killing", _is_deadly, complete=True),
    _rule("Killing", _is_any, complete=False),
    _rule(" ".join(MUTUAL), _is_alone, complete=False),
    _rule("Agreement", _is_announced, complete=False),
    _rule("Visit", _is_rejoining, complete=False),
    _rule("Agreement", _is_paper, complete=False),
    _rule("OfficeChange Appointment Resignation", _is_of_things, complete=False),
    _rule("Accusation", _is_known_for, complete=False),
    _rule("Support", _is_own, complete=False),
    _rule("Attack", _is_by_nature, complete=False),
    _rule("PhoneCall", _is_no_call, complete=False),
    _rule("Summit Meeting Negotiation Mediation", _is_habit, complete=False),
    _rule("Election", _is_of_the_people, complete=False),
    _rule("polls", _has_target, complete=True),
    _rule("polls", _is_any, complete=False),
    # what somebody does for himself, not for the state that he is of
    _rule("Resignation Appointment Election", _is_of_unnamed, complete=False),
    _rule("Appointment OfficeChange", is_feat, complete=False),
    _rule("Attack", _is_figurative, complete=False),
    _rule("Attack", _is_holding, complete=False),
    _rule(
        "Coercion Attack Expulsion Sanction Accusation Investigation Concession Recognition Aid",
        _is_suffered,
        complete=True,
    ),
    # "soldiers toppled President Ann Lee": worth telling although nobody knows whose soldiers
    _rule("Coercion Attack Expulsion Detention", _is_by_unnamed, complete=True),
    _rule("destination", _is_aimless, complete=False),
    _rule("others", _is_to_oneself, complete=False),
    _rule("travel", _is_missile, complete=False),
    _rule("travel", _is_turning, complete=False),
    _rule("any", _is_by_somebody, complete=True),
    _rule("any", _is_active_of_nobody, complete=False),
)
