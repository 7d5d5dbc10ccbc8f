"""Persons named one after the other, each with his state: "A of Chad, B of Niger and C of Mali"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.document import Referent

if TYPE_CHECKING:
    from kg.text.names.scene import Scene


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a list and the state or organisation said to be his, if any."""

    person: Referent
    of: Referent | None


def roll(scene: Scene, index: int) -> tuple[list[Named], int]:
    """The persons named from token ``index`` on, separated by commas and "and", and the end of the list."""
    found: list[Named] = []
    end = index
    while True:
        owner, start = _owner(scene, index)
        piece = scene.person_at(start)
        if piece is None:
            return found, end
        of, end = belonging(scene, piece.end)
        found.append(Named(piece.referents[0], of or owner))
        index = _next(scene, end)
        if index < 0:
            return found, end


def _owner(scene: Scene, index: int) -> tuple[Referent | None, int]:
    """The state before a name and where the name begins: "*Norway's* Ann Lee"."""
    piece = scene.after(index)
    state = piece.referents[0] if piece is not None and piece.senses and piece.referents else None
    if piece is None or state is None or state.kind != "State":
        return None, index
    possessed = scene.low[piece.end : piece.end + 1] in (["'s"], ["’s"])
    return (state, piece.end + 1) if possessed else (None, index)


def belonging(scene: Scene, index: int) -> tuple[Referent | None, int]:
    """The state or organisation after "of" or "from" at ``index``, and the token after it."""
    if scene.low[index : index + 1] not in (["of"], ["from"]):
        return None, index
    start = index + 1 + (scene.low[index + 1 : index + 2] == ["the"])
    piece = scene.after(start)
    if piece is None or not piece.referents or piece.is_demonym():
        return None, index
    state = piece.referents[0]
    if state.kind == "Place" and state.state:
        record = scene.reference.records.get(state.key)
        if record and record.group == "region":
            return state, piece.end  # "Premier Ann Lee of Quebec"
        state = state.state
    return (state, piece.end) if state.kind in ("State", "IntergovernmentalOrganisation") else (None, index)


def _next(scene: Scene, index: int) -> int:
    """Where the next name of a list begins after ``index``; -1 where the list ends."""
    words = scene.low[index : index + 2]
    if words == [",", "and"]:
        return index + 2
    return index + 1 if words[:1] in ([","], ["and"]) else -1
