"""An article under annotation: the parse, the mentions, and the referents that the mentions are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.link.titles import Title
    from kg.model import Article
    from kg.text.names.atlas import Atlas
    from kg.text.parse import Parse


@dataclass(slots=True, eq=False)
class Referent:
    """A discourse entity of one article: a person, state, body, place, document or group that it speaks of.

    ``name`` is its fullest name in the text or in the reference data; ``key`` the entity key once linked, ``score`` how
    sure that link is. ``members`` are set for plural descriptions ("the two leaders"). ``state`` is the state it comes
    from or belongs to. ``gender`` is ``male``, ``female`` or empty. ``authors`` are those of a document.
    """

    id: int
    kind: str
    name: str
    key: str = ""
    aliases: list[str] = field(default_factory=list)
    state: Referent | None = None
    members: tuple[Referent, ...] = ()
    gender: str = ""
    score: float = 0.0
    plural: bool = False
    authors: tuple[Referent, ...] = ()


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
class Holding:
    """An office that the text says somebody holds: tokens ``start`` to ``end`` name it.

    ``text`` is the title as recorded; ``verb`` the token that tells how the office began or ended, -1 where none does.
    """

    start: int
    end: int
    title: Title
    text: str
    holder: Referent
    organisation: Referent
    role: str = ""
    former: bool = False
    designate: bool = False
    confidence: float = 0.9
    verb: int = -1


@dataclass(slots=True, eq=False)
class Document:
    """The parse of an article with its mentions; ``by_root`` finds the mention headed by a token index.

    ``parse`` is the dependency parse as plain columns; ``holdings`` the offices told; ``affiliations`` persons with
    their parties and the token that tells it; ``dateline`` the place that the article is written from; ``focus`` the
    state it is mostly about, ``home`` that in which most of it happens; ``crowds`` people without a name, by the token
    of their noun, ``cited`` those who speak or negotiate; ``atlas`` finds cities that are meant and not named;
    ``implied`` are those cities and crowds that events are told of; ``opposed`` the two sides of the article where a
    noun tells of talks, a truce or fighting, by its token; ``rivals`` the two sides of the article as a whole,
    ``belligerents`` the same where the article speaks of both often.
    """

    article: Article
    doc: Doc
    referents: list[Referent] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    by_root: dict[int, Span] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    affiliations: list[tuple[int, Referent, Referent]] = field(default_factory=list)
    parse: Parse | None = None
    dateline: Referent | None = None
    focus: Referent | None = None
    home: Referent | None = None
    atlas: Atlas | None = None
    implied: list[Referent] = field(default_factory=list)
    crowds: dict[int, Referent] = field(default_factory=dict)
    cited: dict[int, Referent] = field(default_factory=dict)
    opposed: dict[int, tuple[Referent, ...]] = field(default_factory=dict)
    rivals: tuple[Referent, ...] = ()
    belligerents: tuple[Referent, ...] = ()

    def refer(self, token: Token) -> tuple[Referent, ...]:
        """Whom the noun phrase headed by ``token`` refers to, coordination not expanded; empty where unknown."""
        span = self.by_root.get(token.i)
        return span.referents if span else ()
