"""Cities that a text means without naming them as such: a capital that stands for its state, the seat of a body."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.link.names import fold
from kg.text.lexicon import load

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.names.scene import Scene

_LONGEST = 4


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    """The city of each organisation and address, folded."""
    lexicon = load("places")
    tables = (lexicon["seats"], lexicon["addresses"])
    return {fold(name).lower(): city for table in tables for city, names in table.items() for name in names}


@lru_cache(maxsize=1)
def _buildings() -> frozenset[str]:
    return frozenset(load("places")["buildings"])


class Atlas:
    """Finds cities for one article; each that is asked for is one of its referents from then on."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def capital(self, state: Referent | None) -> Referent | None:
        """The capital of a state."""
        record = self._scene.reference.capital(state.key) if state is not None else None
        if record is None:
            return None
        found = self._scene.known(record)
        self._imply(found)
        return found

    def seat(self, body: Referent) -> Referent | None:
        """The city where a body sits: of an organisation as the lexicon says, of a state's institution its capital."""
        city = _seats().get(fold(body.name).lower())
        if city is not None:
            return self.named(city)
        return self.capital(body.state) if body.kind == "GovernmentBody" else None

    def is_capital(self, place: Referent) -> bool:
        """Whether a place is the capital of a state."""
        record = self._scene.reference.records.get(place.key)
        return bool(record and record.group == "capital")

    def is_seat(self, place: Referent) -> bool:
        """Whether organisations sit in a city, so that delegates of any state speak there."""
        return any(self.named(city) is place for city in load("places")["seats"] if city in place.name)

    def is_building(self, body: Referent) -> bool:
        """Whether a body is called by its building, so that something may happen in it."""
        return body.name in _buildings()

    def address(self, index: int) -> Referent | None:
        """The city of an address that ends at token ``index``, which elsewhere stands for a state: Downing Street."""
        low = self._scene.low
        for length in range(1, _LONGEST + 1):
            city = _seats().get(fold(" ".join(low[max(0, index + 1 - length) : index + 1])).lower())
            if city is not None:
                return self.named(city)
        return None

    def city(self, index: int) -> Referent | None:
        """The capital that the name over token ``index`` is where it stands for a state: "the *Beijing* talks"."""
        piece = self._scene.at[index]
        senses = piece.senses if piece is not None else ()
        if any(sense.record.kind == "State" and sense.how == "name" for sense in senses):
            return None  # "Luxembourg"
        for sense in senses:
            if sense.record.kind == "Place":
                found = self._scene.known(sense.record)
                self._imply(found)
                return found
        return None

    def named(self, name: str) -> Referent | None:
        """The greatest city of a name."""
        for sense in self._scene.reference.lookup(name):
            if sense.record.kind == "Place":
                found = self._scene.known(sense.record)
                if name not in (found.name, *found.aliases):
                    found.aliases.append(name)
                self._imply(found)
                return found
        return None

    def _imply(self, place: Referent) -> None:
        implied = self._scene.document.implied
        if place not in implied:
            implied.append(place)
