"""An article under annotation: the parse, the mentions, and the referents that the mentions are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.model import Article


@dataclass(slots=True, eq=False)
class Referent:
    """A discourse entity of one article: a person, state, body, place, document or group that it speaks of.

    ``name`` is its fullest name in the text or in the reference data; ``key`` the entity key once linked. ``members``
    are set for plural descriptions ("the two leaders"). ``state`` is the state it comes from or belongs to.
    """

    id: int
    kind: str
    name: str
    key: str = ""
    aliases: list[str] = field(default_factory=list)
    state: Referent | None = None
    members: tuple[Referent, ...] = ()


@dataclass(slots=True, eq=False)
class Span:
    """A mention: tokens ``start`` to ``end`` (exclusive) with syntactic head ``root``, and whom it refers to.

    ``form`` is ``name``, ``description`` or ``pronoun``.
    """

    start: int
    end: int
    root: int
    referents: tuple[Referent, ...]
    form: str = "name"


@dataclass(slots=True, eq=False)
class Document:
    """The parse of an article with its mentions; ``by_root`` finds the mention headed by a token index."""

    article: Article
    doc: Doc
    referents: list[Referent] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    by_root: dict[int, Span] = field(default_factory=dict)

    def refer(self, token: Token) -> tuple[Referent, ...]:
        """Whom the noun phrase headed by ``token`` refers to, coordination not expanded; empty where unknown."""
        span = self.by_root.get(token.i)
        return span.referents if span else ()
