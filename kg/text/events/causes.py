"""A death and the attack that brought it about are one happening: "six died when shells hit the camp"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.events.frames import Frame
    from kg.text.parse import Parse

_WHEN = frozenset({"when", "as", "after"})
_SPANS = frozenset(
    {"hour", "day", "night", "week", "month", "year", "round", "bout", "wave", "series", "spate", "exchange"}
)
_WITHIN = frozenset({"in", "during", "by", "from"})


def without_causes(parse: Parse, frames: Sequence[Frame]) -> list[Frame]:
    """The frames of one sentence, killings completed by the attacks told as their cause, those attacks left out."""
    kept = list(frames)
    for death in frames:
        if death not in kept or not (death.kind == "Killing" or _is_told_by_effect(parse, death)):
            continue
        deeds = [frame for frame in kept if frame.kind == "Attack" and frame is not death]
        if not death.roles.get("target") and any(
            _has_sides(deed) and _is_in_which(parse, deed.token, death.token) for deed in deeds
        ):
            kept.remove(death)  # counted with the attack
            continue
        for attack in [frame for frame in deeds if _causes(parse, frame, death)]:
            suffered = parse.is_passive(attack.token) and parse.tag[death.token] == "VBG"
            for role in ("agent", "target", "place"):
                if (suffered or not death.roles.get(role)) and attack.roles.get(role):
                    death.roles[role] = attack.roles[role]
            kept.remove(attack)
    return kept


def _is_told_by_effect(parse: Parse, frame: Frame) -> bool:
    """Whether an attack is told by the wounds or ruins it left: "three were injured when", "the blast wrecked"."""
    hurt = parse.lemma[frame.token] in ("injure", "wound", "hurt", "maim") and parse.is_passive(frame.token)
    return frame.kind == "Attack" and (hurt or "blast" in frame.trigger.flags)


def _causes(parse: Parse, deed: Frame, effect: Frame) -> bool:
    """ "died when shells hit it", "the raid killed six", "was killed in a raid"."""
    attack, death = deed.token, effect.token
    head, label = parse.head[attack], parse.dep[attack]
    if label == "advcl" and head == death:
        return any(parse.word[kid] in _WHEN for kid in parse.children(attack, "mark", "advmod"))
    if label in ("nsubj", "csubj"):
        return head == death or attack in subjects(parse, death)
    open_ended = not deed.roles.get("agent") or parse.is_passive(attack)  # "was shelled by rebels, killing six"
    if parse.dep[death] in ("advcl", "acl", "relcl") and parse.head[death] == attack and open_ended:
        return _results(parse, death, attack)
    if label == "pobj" and parse.word[head] == "of" and parse.lemma[parse.head[head]] in _SPANS:
        head, label = parse.head[parse.head[head]], parse.dep[parse.head[head]]  # "in four days *of raids*"
    return label in ("pobj", "pcomp") and parse.word[head] in _WITHIN and parse.head[head] == death


def _has_sides(deed: Frame) -> bool:
    return bool(deed.roles.get("agent") or deed.roles.get("target"))


def _is_in_which(parse: Parse, attack: int, death: int) -> bool:
    """ "a barrage from the sea *in which* six died": a clause on the noun of the attack or within its phrase."""
    if parse.dep[death] != "relcl" or not parse.is_noun(attack):
        return False
    within = any(
        parse.word[kid] in ("in", "during") and any(parse.word[which] == "which" for which in parse.kids[kid])
        for kid in parse.children(death, "prep")
    )
    first, last = parse.subtree(attack)
    return within and attack <= parse.head[death] and first <= parse.head[death] < last


def _results(parse: Parse, death: int, attack: int) -> bool:
    """ "a bomb went off, *killing* six", "a raid *that killed* six"."""
    if parse.tag[death] == "VBG":
        return parse.child(death, "nsubj", "mark", "prep") is None
    subject = parse.child(death, "nsubj")
    return parse.is_noun(attack) and subject is not None and parse.word[subject] in ("that", "which")
