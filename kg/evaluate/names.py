"""When two names are the same: case-folded and without a leading "the", as ``gold/SCHEMA.md`` says."""

from __future__ import annotations

from collections.abc import Iterable

from kg.evaluate.gold import Choice, Gold


def fold(name: str) -> str:
    """The form in which names are compared."""
    words = " ".join(name.casefold().replace("’", "'").split())
    return words.removeprefix("the ")


class Names:
    """The forms of every gold entity, and whether a predicted entity's names meet them."""

    def __init__(self, gold: Gold) -> None:
        self._forms = {entity.name: frozenset(map(fold, entity.names)) for entity in gold.entities}

    def forms(self, name: str) -> frozenset[str]:
        """Every folded form of the entity that a gold fact calls ``name``."""
        return self._forms.get(name) or frozenset([fold(name)])

    def meet(self, choice: Choice, names: frozenset[str]) -> bool:
        """Whether any name of ``choice`` is among the folded ``names`` of a predicted entity."""
        return any(self.forms(name) & names for name in choice)

    def any_meets(self, choice: Choice, entities: Iterable[frozenset[str]]) -> bool:
        """Whether any of several predicted entities is one that ``choice`` accepts."""
        return any(self.meet(choice, names) for names in entities)


_ROLE_WORDS = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "defense": "defence",
    "councilor": "councillor",
    "adviser": "advisor",
}
_EMPTY = {"the", "of", "for", "to", "and", "special", "joint", "then", "acting"}


def role_words(role: str) -> frozenset[str]:
    """The words of a title that tell it from others, spellings made one ("Spokesman", "spokeswoman")."""
    words = fold(role).replace("-", " ").split()
    return frozenset(_ROLE_WORDS.get(word, word) for word in words) - _EMPTY
