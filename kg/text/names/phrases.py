"""What stands before a noun or title in its phrase: determiner, states, organisations, possessor, plain words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.text.document import Referent
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "both", "some", "any", "no", "all", "each", "every", "another"}
    | {"several", "many", "other", "most", "either", "neither"}
)
_INSIDE = frozenset(
    {"JJ", "JJR", "JJS", "VBN", "VBG", "CD", "RB", "NN", "HYPH", "NNP", "NNS", "AFX", "NNPS", "RBS", "FW"}
)
_CALENDAR = words("naming", "calendar")
_DAYPARTS = words("naming", "dayparts")
_KINDS = frozenset({"State", "Place"})


@dataclass(slots=True)
class Modifiers:
    """The left part of a phrase, from token ``begin``; ``words`` are its plain words, nearest first.

    ``possessed`` says that it is somebody's, ``resolved`` that he is told by a pronoun or description ("the state's").
    ``linked`` are states that only a participle tells: "the *Polish*-born pope".
    """

    begin: int
    determiner: str = ""
    states: list[Referent] = field(default_factory=list)
    actors: list[Referent] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    possessors: tuple[Referent, ...] = ()
    possessed: bool = False
    resolved: bool = False
    ministry: str = ""
    number: str = ""
    linked: list[Referent] = field(default_factory=list)

    @property
    def definite(self) -> bool:
        """Whether the phrase speaks of something already known or unique."""
        return self.determiner in ("the", "this", "that", "these", "those", "both") or self.possessed


def modifiers(scene: Scene, start: int) -> Modifiers:
    """Reads leftwards from token ``start`` (exclusive) as far as the phrase goes."""
    found = Modifiers(start)
    first = scene.parse.sentences[scene.parse.sentence[min(start, scene.parse.size - 1)]][0]
    while found.begin > first:
        last = found.begin - 1
        if scene.tag[last] == "POS" or scene.low[last] in ("'s", "’s"):
            owner = scene.ending.get(last)
            found.possessed, found.possessors = True, owner.referents if owner else ()
            found.resolved = owner is not None and owner.form in ("description", "pronoun")
            found.begin = owner.start if owner else last
            start = found.begin
            while start > first and scene.at[start - 1] is None and scene.tag[start - 1] in ("JJ", "NN", "VBG"):
                start -= 1  # "the *opposition* Reform Party's leader"
            if start > first and scene.low[start - 1] == "the":
                found.begin = start - 1
            break
        if scene.tag[last] == "PRP$":
            owner = scene.document.by_root.get(last)
            found.possessed, found.possessors, found.begin = True, owner.referents if owner else (), last
            found.resolved = True
            break
        if scene.low[last] in _DETERMINERS:
            found.determiner, found.begin = scene.low[last], last
            break
        if not (_name(scene, found) or _region(scene, found, first) or _plain(scene, found, last)):
            break
    return found


def take_whose(scene: Scene, found: Modifiers) -> None:
    """Takes "whose" before a phrase for whatever ends before it, or before the comma before it."""
    whose = found.begin - 1
    if whose > 0 and scene.tag[whose] == "WP$":
        owner = scene.ending.get(whose - 1 if scene.low[whose - 1] == "," else whose)
        found.possessed, found.possessors, found.begin = True, owner.referents if owner else (), whose


def _name(scene: Scene, found: Modifiers) -> bool:
    """Takes a name before: a state's adjective, an organisation, a ministry; never a person."""
    piece = scene.before(found.begin)
    if not piece or piece.kind not in ("name", "run", "ministry"):
        return False
    if piece.kind == "ministry":
        found.ministry = piece.text
    elif _is_scene(scene, piece) or not piece.referents or piece.referents[0].kind == "Person":
        return False
    linked = scene.low[found.begin : found.begin + 1] in (["-"], ["–"])
    found.linked.extend(piece.referents if linked else ())
    for referent in piece.referents:
        (found.states if referent.kind in _KINDS else found.actors).append(referent)
    found.begin = piece.start
    return True


def _is_scene(scene: Scene, piece: Piece) -> bool:
    """Whether a city tells where the clause has its scene: "In *Cairo* President Khalil said"."""
    first = piece.start - 1 in {start for start, _ in scene.parse.sentences}
    opens = first or scene.low[piece.start - 2] in ("and", "but", "while", ",")
    return scene.low[piece.start - 1] in ("in", "from", "at") and opens and piece.is_place()


def _region(scene: Scene, found: Modifiers, first: int) -> bool:
    """Takes a region's adjective before ("West African"), capitalised or not."""
    for size in (3, 2, 1):
        begin = found.begin - size
        name = scene.nouns.regions.get(tuple(scene.low[begin : found.begin])) if begin >= first else None
        if name:
            found.regions.append(name)
            found.adjectives.append(scene.text(begin, found.begin))
            found.begin = begin
            return True
    return False


def _plain(scene: Scene, found: Modifiers, last: int) -> bool:
    """Takes a plain word before; false where the phrase ends."""
    word, tag, piece = scene.low[last], scene.tag[last], scene.at[last]
    if piece and (piece.kind in ("title", "honorific", "name") or (piece.kind == "run" and piece.referents)):
        return False
    if _is_time(scene, last):
        return False
    if word in ("and", ",", "/"):
        if not (found.states or found.regions or found.actors) or not _adjective_ends(scene, last, word):
            return False
    elif tag == "CD":
        found.number = word
    elif (tag in _INSIDE and not _does(scene, last, tag)) or word == "-":
        found.words.append(word)
    else:
        return False
    found.begin = last
    return True


def _does(scene: Scene, index: int, tag: str) -> bool:
    """Whether a participle is the verb of which the phrase is the object: "*killing* two pirates"."""
    return tag == "VBG" and any(kid > index for kid in scene.parse.children(index, "dobj"))


def _is_time(scene: Scene, index: int) -> bool:
    """Whether the word ends a date that the parser took for part of the phrase: "last Monday night gunmen"."""
    if scene.tag[index] == "NNP" and scene.low[index] in _CALENDAR:
        return True
    before = scene.low[index - 1] if index else ""
    return scene.low[index] in _DAYPARTS and (before in _CALENDAR or before in ("last", "this", "that", "late"))


def _adjective_ends(scene: Scene, index: int, joint: str) -> bool:
    """Whether an adjective of a state or region, or before a stroke any name, ends before ``index``."""
    before = scene.before(index)
    if before and before.referents:
        short = scene.text(before.start, before.end).isupper() and joint == "and"  # "U.S. and Soviet negotiators"
        return joint == "/" or before.is_demonym() or short
    return joint != "/" and (scene.low[index - 1],) in scene.nouns.regions
