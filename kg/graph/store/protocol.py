"""What any store of the graph can do; a remote SPARQL 1.1 server could fulfil this as well as a local engine.

Terms are N-Triples text, quads are N-Quads lines. The default graph that queries see is the merge of all graphs, each
triple once; a ``Dataset`` chooses other graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from kg.graph.store.lookup import Lookup

Quad: TypeAlias = tuple[str, str, str, str]
"""Subject, predicate, object and graph as terms; the graph is empty for the default graph."""
Quads: TypeAlias = str | bytes | Iterable[str]
"""N-Quads: one text, or lines of it (with or without line ends)."""
Tell: TypeAlias = Callable[[Sequence[bytes]], None]
"""Takes statements ``s p o`` without their full stops, none of them there yet."""
T = TypeVar("T")
Kind: TypeAlias = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True, slots=True)
class Delta:
    """What a commit changed: quads that were not there before, and quads that are there no more.

    ``gained`` and ``lost`` say the same of the default graph that queries see.
    """

    added: Collection[Quad]
    removed: Collection[Quad]
    gained: Collection[Quad] = ()
    lost: Collection[Quad] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Which graphs a query reads: ``default`` merged into its default graph, ``named`` reachable by GRAPH.

    Terms of graphs; None means the merge of all, and all named graphs (SPARQL 1.1 Protocol, section 2.1.4).
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


class Results(Protocol):
    """The answer to one query, to be read once and in the thread that asked."""

    @property
    def kind(self) -> Kind:
        """Whether these are the solutions of a SELECT, the boolean of an ASK, or a graph."""
        ...

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of a SELECT's variables in order, without question marks."""
        ...

    def rows(self) -> Iterator[dict[str, str]]:
        """The solutions as terms by variable; unbound variables are absent. For a graph: ``s``, ``p``, ``o``."""
        ...

    def write(self, out: BinaryIO, fmt: str) -> None:
        """Serialises to ``out`` as it is evaluated, in a format of ``formats``; raises UsageError for a wrong one."""
        ...

    def serialize(self, fmt: str) -> bytes:
        """Serialises to bytes."""
        ...

    def __bool__(self) -> bool: ...


class Transaction(Protocol):
    """Changes that are kept together or not at all; reads of the store see none of them before the commit."""

    def add(self, quads: Quads, graph: str | None = None) -> None:
        """Adds quads; with ``graph``, lines that name none go there. Raises InputError with the line."""
        ...

    def remove(self, quads: Quads, graph: str | None = None) -> None:
        """Removes quads; those that are absent are ignored."""
        ...

    def clear(self, graph: str) -> None:
        """Removes every quad of a graph."""
        ...

    def replace_graph(self, graph: str, quads: Quads) -> None:
        """Makes ``quads`` the whole content of ``graph``; only the difference is written."""
        ...


class Store(Protocol):
    """A durable RDF dataset with SPARQL 1.1."""

    @property
    def version(self) -> int:
        """Counts the commits since this store was opened, once all listeners know of them."""
        ...

    def query(
        self,
        text: str,
        *,
        dataset: Dataset | None = None,
        base: str | None = None,
        service: bool = False,
        plain: bool = False,
    ) -> Results:
        """Evaluates a query with ``PREFIXES`` known; raises QueryError with line and column.

        SERVICE is refused with ForbiddenError unless ``service`` says that its endpoints were looked at; ``plain`` says
        that the query has none, and reads the default graph alone.
        """
        ...

    def look_up(self, lookup: Lookup, fmt: str) -> bytes | None:
        """The serialised answer to a query that is a look-up; None where the query itself is to be asked."""
        ...

    def rows(self, text: str, *, dataset: Dataset | None = None) -> list[dict[str, str]]:
        """The solutions of a query, in full."""
        ...

    def ask(self, text: str, *, dataset: Dataset | None = None) -> bool:
        """The answer to an ASK query."""
        ...

    def update(self, text: str, *, base: str | None = None) -> None:
        """Executes a SPARQL Update as one transaction; raises QueryError with line and column."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Collects changes and commits them at the end of the ``with`` block, or none of them when it raises."""
        ...

    def load(
        self, data: bytes | BinaryIO, fmt: str, *, graph: str | None = None, source: str = "", base: str | None = None
    ) -> int:
        """Adds RDF, all of it or nothing; returns how many quads were new. Raises InputError with ``source:line``."""
        ...

    def replace_graph(self, graph: str, quads: Quads) -> Delta:
        """Makes ``quads`` the content of ``graph`` in a transaction of its own."""
        ...

    def extend(self, graph: str, triples: bytes | Sequence[bytes]) -> None:
        """Adds many N-Triples, none of them there yet, quicker than a transaction; listeners are told None.

        They come as text, or as statements ``s p o`` without their full stops.
        """
        ...

    def extend_as_told(self, graph: str, produce: Callable[[Tell], T]) -> T:
        """Adds what ``produce`` tells, in pieces and a thread of its own, to a graph; nothing at all where it raises.

        Gives what ``produce`` returns. Statements and listeners are as with ``extend``.
        """
        ...

    def clear(self, graph: str) -> None:
        """Removes a graph in a transaction of its own."""
        ...

    def dump(self, out: BinaryIO, fmt: str, *, graph: str | None = None) -> None:
        """Writes a graph, or (in a format with named graphs) everything, as a stream in no particular order."""
        ...

    def dumped(self, graph: str | None = None) -> Iterator[bytes]:
        """The N-Triples of a graph, or of the merge of all, in pieces of whole lines, while it is still written."""
        ...

    def quads(
        self, subject: str | None = None, predicate: str | None = None, obj: str | None = None, graph: str | None = None
    ) -> Iterator[Quad]:
        """The quads of named graphs that match; None matches anything."""
        ...

    def triples(
        self, subject: str | None = None, predicate: str | None = None, obj: str | None = None
    ) -> Iterator[tuple[str, str, str]]:
        """The triples of the merged default graph that match, each once."""
        ...

    def contains(self, subject: str, predicate: str, obj: str, graph: str | None = None) -> bool:
        """Whether the triple is in that graph, or in any."""
        ...

    def graphs(self) -> list[str]:
        """The named graphs that hold something, sorted."""
        ...

    def size(self, graph: str | None = None) -> int:
        """The number of triples in a graph, or of the merge of all."""
        ...

    def subscribe(self, listener: Callable[[Delta | None], None]) -> None:
        """Calls ``listener`` after each commit with what changed, or None where that is not known."""
        ...

    def flush(self) -> None:
        """Makes sure that everything committed is on disk."""
        ...

    def close(self) -> None:
        """Releases the store; nothing may be asked of it afterwards."""
        ...
