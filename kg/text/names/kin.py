"""Who is told of as somebody's relative: "his wife Ann Lee", "Ann Lee, the slain leader's widow"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_ASIDE = 8  # tokens


def is_kin(scene: Scene, piece: Piece) -> bool:
    """Whether a name is told to be that of somebody's relative, right before or after it."""
    if scene.low[piece.end : piece.end + 1] == [","] and _apposed_kin(scene, piece.end + 1):
        return True
    noun = piece.start - 1 - (scene.low[piece.start - 1] == ",")
    if noun < 1 or scene.low[noun] not in words("naming", "kin"):
        return False
    own = range(noun - 1, max(noun - 4, -1), -1)  # "his late father", "the king's elder brother"
    return any(scene.tag[index] in ("PRP$", "POS") for index in own)


def _apposed_kin(scene: Scene, start: int) -> bool:
    """Whether an aside that begins here makes somebody a relative: "Ann Lee, *the slain leader's widow*"."""
    owned = False
    for index in range(start, min(start + _ASIDE, scene.parse.size)):
        if scene.low[index] == "," or scene.parse.is_verb(index):
            return False
        owned = owned or scene.tag[index] in ("PRP$", "POS")
        if scene.low[index] in words("naming", "kin"):
            return owned or scene.low[index + 1 : index + 2] == ["of"]
    return False
