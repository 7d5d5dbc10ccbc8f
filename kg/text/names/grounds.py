"""Names that the text treats as ground though the parser takes them for people: "flew to *Mekelle*"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_TOWARDS = frozenset({"to", "into", "towards", "toward"})
_WITHIN = frozenset({"in", "near", "outside", "inside", "around", "into", "across"})
_LONGEST = 3  # words of a name
_APPOSED = 11  # tokens of "Tarvi, the enclave's second-largest city"


def ground_words(scene: Scene) -> frozenset[str]:
    """The unknown names that a journey leads to, that are entered or have residents, and that nobody bears."""
    runs = [p for p in scene.pieces if p.kind == "run" and p.end - p.start <= _LONGEST and not p.referents]
    spoken = {scene.text(p.start, p.end) for p in runs if _acts(scene, p)}
    return frozenset(scene.text(p.start, p.end) for p in runs if _is_ground(scene, p)) - spoken


def lies_there(scene: Scene, piece: Piece) -> bool:
    """Whether something is in or near a name, and nobody trusts in it: "fighting in *Khan Salim*"."""
    if scene.low[piece.start - 1] not in _WITHIN or scene.low[piece.end : piece.end + 1] in (["'s"], ["’s"]):
        return False
    parse, before = scene.parse, piece.start - 1
    lemma = parse.lemma[parse.head[before]]
    return parse.dep[before] == "prep" and lemma != "swear" and lemma not in words("naming", "trusting")


def _acts(scene: Scene, piece: Piece) -> bool:
    """Whether a name is called by an honorific, or says something."""
    parse, index = scene.parse, scene.root(piece.start, piece.end)
    before = scene.before(piece.start)
    if before is not None and before.kind in ("honorific", "title"):
        return True
    head = parse.lemma[parse.head[index]]
    return parse.dep[index] == "nsubj" and (head in words("naming", "addressing") or head == "say")


def _is_ground(scene: Scene, piece: Piece) -> bool:
    parse, index = scene.parse, scene.root(piece.start, piece.end)
    head = parse.head[index]
    if parse.dep[index] == "dobj":
        lemma = parse.lemma[head]
        by_force = any(parse.lemma[kid] in scene.nouns.forces for kid in parse.children(head, "nsubj"))
        return lemma in words("naming", "entering") or (lemma in words("naming", "taking") and by_force)
    if parse.dep[index] != "pobj" or parse.dep[head] not in ("prep", "dative"):
        return _is_said_to_be(scene, piece) and parse.dep[index] in ("dobj", "conj", "appos", "nsubjpass")
    above = parse.head[head]
    word, lemma = parse.word[head], parse.lemma[above]
    if word == "of":
        return head == above + 1 and lemma in words("naming", "of_ground")
    journey = lemma in words("places", "words", "journeys") or lemma in words("naming", "marching")
    if parse.is_verb(above) and (
        (word in _TOWARDS and journey)
        or (word == "from" and lemma in words("naming", "marching"))
        or (word == "at" and lemma in words("naming", "felling"))
    ):
        return True
    return _is_said_to_be(scene, piece)


def _is_said_to_be(scene: Scene, piece: Piece) -> bool:
    """Whether an aside says that it is somebody's city, or what happened there: "Tarvi, *where*"."""
    low = scene.low[piece.end : piece.end + _APPOSED]
    if low[:1] != [","]:
        return False
    if low[1:2] == ["where"]:
        return True
    aside = low[1 : low.index(",", 1) if "," in low[1:] else len(low)]
    owned = next((n for n, word in enumerate(aside) if word in ("'s", "’s")), 0)
    if not owned or {"to", "in", "of", "for"} & set(aside):
        return False
    return aside[-1] in words("naming", "settlements") | {"capital"}
