"""Who fills the roles of a frame: the actors, places and things that its slots name, and who stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.affected import CONCERNING
from kg.text.events.arguments import find
from kg.text.events.befallen import answerable
from kg.text.events.company import fellow_travellers
from kg.text.events.completeness import MUTUAL
from kg.text.events.contents import fillers
from kg.text.events.otherwise import is_happening
from kg.text.events.participants import DOCUMENTS, PLACES, participants
from kg.text.events.phrases import prepositional
from kg.text.events.reciprocal import is_reciprocal
from kg.text.events.rollcall import among_them, with_named
from kg.text.events.sources import first_person
from kg.text.events.subjects import outer_subjects, receivers, surface_subjects
from kg.text.events.throngs import bidden, followers, throng
from kg.text.events.unnamed import cited, negotiating
from kg.text.events.votes import adopters, is_body
from kg.text.events.where.sites import place
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Frame, Scene
    from kg.text.lexicon import Slots
    from kg.text.parse import Parse

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


def fill_roles(scene: Scene, frame: Frame) -> None:
    """Sets ``frame.roles``: actors for agent and target, whatever is named for topic and place."""
    for role, slots in frame.trigger.roles:
        if role not in ("agent", "target"):
            _fill_thing(scene, frame, role, slots)
            continue
        _fill_actor(scene, frame, role, slots)
        if role == "agent" and role not in frame.roles:
            among = [] if _is_dying(frame) else among_them(scene, frame)
            frame.roles[role] = among or _sides(scene, frame)
    if _is_dying(frame) and not frame.roles.get("target"):
        frame.roles["target"] = among_them(scene, frame)
    if not frame.roles.get("target") and frame.kind in CONCERNING and scene.parse.is_noun(frame.token):
        received = participants(scene.document, scene.parse, receivers(scene.parse, frame.token))
        frame.roles["target"] = [one for one in received if one.kind not in PLACES | DOCUMENTS]
    _part_roles(scene, frame)
    if not frame.roles.get("target") and is_reciprocal(scene, frame):
        frame.roles["target"] = frame.roles.get("agent", [])
    if "polls" in frame.trigger.flags and not frame.roles.get("target"):
        voting = scene.document.home or scene.document.focus
        frame.roles["target"] = [voting] if voting is not None else []


def _fill_actor(scene: Scene, frame: Frame, role: str, slots: Slots) -> None:
    """Fills agent or target from the first of its alternative slots that names somebody."""
    for alternative in slots:
        heads = find(scene.parse, frame.token, (alternative,), frame.companion)
        heads = answerable(scene.parse, frame.kind, heads) if role == "target" else heads
        if role == "agent" and alternative != ("subj",) and is_suffered(scene.parse, frame.token):
            befallen = prepositional(scene.parse, frame.token, "of")
            heads = [head for head in heads if head not in befallen]
        heads = [head for head in heads if role != "agent" or not is_happening(scene.parse, frame.token, head)]
        found = _taking_part(scene, frame, role, heads) or first_person(scene, frame, heads)
        people = _people(scene, frame, role, alternative, found)
        if role == "target" and frame.kind == "Threat":
            own = {one.state for one in frame.roles.get("agent", []) if one.kind in ("Person", "GovernmentBody")}
            people = [one for one in people if one not in own]  # "said that *Chad* would make Mali pay"
        people = followers(scene, frame, role, heads) or people or throng(scene, frame, role, heads)
        people = people or bidden(scene, frame, role, heads) or adopters(scene, frame, role, found)
        if role == "agent":
            people = with_named(scene, frame, people)
            people = [*people, *fellow_travellers(scene, frame, people)]
        if people:
            frame.roles[role] = people
            return


def _people(
    scene: Scene, frame: Frame, role: str, alternative: tuple[str, ...], found: list[Referent]
) -> list[Referent]:
    """Those of the ``found`` who can act; for a place, its state where that is meant."""
    document, parse = scene.document, scene.parse
    people = [one for one in found if one.kind not in PLACES | DOCUMENTS]
    meant = parse.dep[frame.token] == "relcl" and alternative == ("subj",) and frame.kind in _OF_STATES
    if not people and (role == "target" or meant):
        people = [one.state for one in found if one.kind in PLACES and one.state is not None]
    if role == "agent" and not people and alternative == ("subj",) and frame.kind in _SPOKEN:
        above = outer_subjects(parse, frame.token)
        people = [one for one in cited(document, parse, above) if one.kind not in PLACES | DOCUMENTS]
    if frame.kind in MUTUAL and len(people) > 1:
        people = [one for one in people if one.kind != "MediaOrganisation"]
    if role == "target" and frame.kind in _NAMING:
        people = [one for one in people if one.state or one not in document.crowds.values()]
    return people


def _fill_thing(scene: Scene, frame: Frame, role: str, slots: Slots) -> None:
    """Fills place, topic, body … from the first of its alternative slots that names what fits."""
    for alternative in slots:
        heads = find(scene.parse, frame.token, (alternative,), frame.companion)
        named = (
            _sites(scene, frame.token, heads) if role == "place" else participants(scene.document, scene.parse, heads)
        )
        fitting = [one for one in named if _fits(role, one)]
        if fitting:
            frame.roles[role] = fitting
            return


def _part_roles(scene: Scene, frame: Frame) -> None:
    """Takes out of the targets who is an agent: "who had led the overthrow of Ann Lee" is not Ann Lee."""
    agents, targets = frame.roles.get("agent", []), frame.roles.get("target", [])
    if frame.kind in MUTUAL:
        return
    if scene.parse.is_noun(frame.token) and any(one not in targets for one in agents):
        part_sides(frame, suffered=is_suffered(scene.parse, frame.token))
    if "agent" in frame.roles and "target" in frame.roles:
        others = [one for one in frame.roles["target"] if one not in frame.roles["agent"]]
        if others or "target" not in frame.trigger.need:
            frame.roles["target"] = others


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


def is_suffered(parse: Parse, noun: int) -> bool:
    """Whether an of-phrase names whom a noun befell: "the invasion of Kuwait"."""
    return parse.lemma[noun] in words("events", "sets", "suffered") and any(prepositional(parse, noun, "of"))


def part_sides(frame: Frame, *, suffered: bool = False) -> None:
    """Nobody does it to himself: "the Iraqi invasion of Kuwait" is Iraq's; where only one is named, he does it.

    What is ``suffered`` ("the invasion of Kuwait") is done by somebody else.
    """
    agents, targets = frame.roles.get("agent", []), frame.roles.get("target", [])
    others = [one for one in agents if one not in targets]
    if others or suffered:
        frame.roles["agent"] = others
    else:
        frame.roles["target"] = [one for one in targets if one not in agents]


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
