"""What an actor binds himself to: "will not accept" is a refusal, "said it would send aid" an undertaking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text.events.frames import Frame
from kg.text.events.menaces import open_threats
from kg.text.events.participants import actors
from kg.text.events.subjects import subjects
from kg.text.factuality import PLANNED, judge
from kg.text.factuality.own import is_ended
from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse
    from kg.text.quotes import Quote

# who says that he will come or receive somebody announces that, and binds himself to nothing
_YIELDING = frozenset({"Mediation", "Aid", "Concession", "Retreat", "Cooperation", "Support", "Recognition"})
_FORCING = frozenset({"Sanction", "Coercion", "Attack", "Expulsion", "Detention"})
_UNDERTAKING = frozenset(
    {"say", "announce", "confirm", "declare", "pledge", "promise", "vow", "offer", "agree", "plan", "prepare"}
)

# what speaks for a state beside itself
_BODIES = frozenset({"State", "GovernmentBody", "PoliticalParty", "Organisation"})
_ANNOUNCING = frozenset({"announce", "confirm", "disclose", "reveal", "decide"})


def refusals(scene: Scene, start: int, end: int, taken: set[int]) -> list[Frame]:
    """Frames for "would not sign", "will never accept", "has not ruled out force", by whoever it is that will not."""
    parse, triggers = scene.parse, event_lexicon().verbs
    found = []
    refusing: list[tuple[Quote | None, list[Referent]]] = []
    opened = set(open_threats(parse, start, end))
    for index in range(start, end):
        if index in taken or not (index in opened or _is_refused(parse, index)):
            continue
        agents = actors(scene.document, parse, subjects(parse, index))
        judgement = judge(parse, index, own=False)
        if index not in opened and (_is_assured(parse, index) or _is_foretold(scene, judgement.reports, agents)):
            continue
        said = scene.quotes.at(parse.doc[index].idx)
        if agents and judgement.is_event and (said is None or (said, agents) not in refusing):
            refusing.append((said, agents))  # who will not abide by it nor acquiesce in it refuses once
            trigger = triggers["threaten" if index in opened else "refuse"][-1]
            found.append(Frame(index, trigger, judgement=judgement, roles={"agent": agents}))
    return found


# "would not hesitate to", "will not rest until": no refusal
_UNSHRINKING = frozenset(
    {"hesitate", "rest", "shrink", "flinch", "waver", "fail", "forget", "tire", "rule", "exclude", "preclude"}
)


def _is_refused(parse: Parse, index: int) -> bool:
    if not parse.tag[index].startswith("VB"):
        return False
    if _is_unmoved(parse, index):
        return True
    if parse.lemma[index] in _UNSHRINKING:
        return False
    if parse.tag[index] != "VB" or parse.lemma[index] in words("events", "voting", "states") or parse.is_passive(index):
        return False
    auxiliaries = {parse.word[kid] for kid in parse.children(index, "aux")}
    negated = any(
        parse.word[kid] in ("not", "n't", "never") or is_ended(parse, kid)
        for kid in parse.children(index, "neg", "advmod")
    )
    unable = bool(auxiliaries & {"can", "could", "ca"}) and parse.lemma[index] in words(
        "events", "voting", "consenting"
    )
    return negated and (unable or bool(auxiliaries & {"will", "would", "wo"})) and "have" not in auxiliaries


def _is_assured(parse: Parse, index: int) -> bool:
    """Whether it is promised not to be done: "assured Chad that it would not attack", "a pledge not to shoot"."""
    here = index
    while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
        here = parse.head[here]
    return parse.dep[here] in ("ccomp", "acl", "advcl") and parse.lemma[parse.head[here]] in words(
        "modality", "assuring"
    )


def _is_foretold(scene: Scene, reports: tuple[int, ...], agents: list[Referent]) -> bool:
    """Whether somebody says of others that they will not: "said that lawmakers would not suffer"."""
    said = [one for verb in reports[:1] for one in actors(scene.document, scene.parse, subjects(scene.parse, verb))]
    own = {*said, *(one.state for one in said)}
    own.update(held.organisation for held in scene.document.holdings if held.holder in own)
    return bool(said) and not any(one in own or (one.kind in _BODIES and one.state in own) for one in agents)


def _is_unmoved(parse: Parse, verb: int) -> bool:
    """ "took no notice", "saw no reason to go", "has no intention of leaving"."""
    phrases = words("events", "voting", "unmoved")
    for noun in parse.children(verb, "dobj"):
        none = parse.word[noun] in ("none", "nothing") or any(
            parse.word[k] == "no" for k in parse.children(noun, "det")
        )
        if none and f"{parse.lemma[verb]} {parse.lemma[noun]}" in phrases:
            follows = parse.child(noun, "acl", "relcl", "prep") is not None or parse.child(verb, "xcomp", "advcl")
            return bool(follows) or parse.lemma[verb] not in ("see", "have")
    return False


def commitment_of(scene: Scene, frame: Frame) -> Frame | None:
    """The undertaking (or threat) that an actor makes who says himself what he is going to do."""
    kind = "Agreement" if frame.kind in _YIELDING else "Threat" if frame.kind in _FORCING else ""
    if not kind or frame.judgement.mood != PLANNED or not frame.roles.get("agent") or not _is_own_word(scene, frame):
        return None
    if kind == "Threat" and any(scene.parse.lemma[verb] in _ANNOUNCING for verb in frame.judgement.reports):
        return None  # who announces a step takes it
    roles = {role: frame.roles[role] for role in ("agent", "target") if frame.roles.get(role)}
    trigger = replace(frame.trigger, kind=kind, flags=frozenset(), weight=0.6)
    judgement = replace(frame.judgement, mood="asserted")
    return Frame(frame.token, trigger, frame.companion, judgement, roles, dated=False)


def _is_decided(parse: Parse, token: int) -> bool:
    return parse.dep[token] == "xcomp" and parse.lemma[parse.head[token]] in ("decide", "resolve", "choose", "elect")


def _is_own_word(scene: Scene, frame: Frame) -> bool:
    """Whether the agent is the source, or the article says in its own voice what he will do."""
    parse = scene.parse
    if _is_decided(parse, frame.token):
        return False  # "said it had decided to recall its envoy" tells of a step, and threatens nobody
    for verb in frame.judgement.reports:
        speakers = actors(scene.document, parse, subjects(parse, verb))
        if any(one in frame.roles["agent"] for one in speakers) and parse.lemma[verb] in _UNDERTAKING:
            return True
    troops = words("events", "sets", "troops")
    if frame.kind in _YIELDING or any(parse.lemma[head] in troops for head in subjects(parse, frame.token)):
        return False  # what troops will do is others' undertaking
    return any(parse.word[kid] == "will" for kid in parse.children(frame.token, "aux"))
