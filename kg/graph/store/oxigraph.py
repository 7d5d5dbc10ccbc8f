"""The store on pyoxigraph (Oxigraph's RocksDB on disk, or memory).

Oxigraph's own union of graphs yields a triple once for every graph that holds it, which makes joins and counts wrong.
The default graph is therefore kept as the merge of all named graphs, within the transaction that changes them; what is
written to the default graph itself is kept in ``OWN_DEFAULT``.
"""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.errors import ForbiddenError, QueryError, StoreError
from kg.graph.store import journal
from kg.graph.store.bulk import add_triples
from kg.graph.store.changes import DEFAULT, FUNCTIONS, Changes, update_text
from kg.graph.store.dumped import dump, dumped
from kg.graph.store.formats import graph_format
from kg.graph.store.image import Image, load_file, save_file
from kg.graph.store.lookup import Lookup, look_up
from kg.graph.store.parse import (
    Lines,
    QuadSet,
    engine_term,
    graph_name,
    parse,
    placed,
    plain,
    query_error,
)
from kg.graph.store.protocol import Dataset, Delta, Quad, Quads, T, Tell
from kg.graph.store.results import OxigraphResults
from kg.graph.store.sparql import names_graphs, reaches_out
from kg.graph.store.stream import add_as_told
from kg.graph.store.update import Applier, operations, rewritten, understood
from kg.graph.store.views import MergedViews, from_graphs
from kg.graph.terms import PREFIXES, iri

OWN_DEFAULT: Final = iri("https://w3id.org/communique/graph/default")
"""Keeps what was written to the default graph itself."""
BULK: Final = 100_000
"""More quads than this in one commit to a store on disk go through a journal and the bulk loader."""
LARGE: Final = 8 * 2**20
"""Files and graphs of more bytes than this are streamed, and not compared quad by quad with what is there."""


class OxigraphStore:
    """Fulfils ``Store``; queries may run in many threads, writes wait for one another."""

    def __init__(
        self, engine: ox.Store, *, merged: bool = True, writable: bool = True, path: Path | None = None
    ) -> None:
        self.path = path
        self.merged = merged
        self.writable = writable
        self._engine: ox.Store | None = engine
        self._own = OWN_DEFAULT if merged else None
        self._lock = threading.RLock()
        self._listeners: list[Callable[[Delta | None], None]] = []
        self._companion: Callable[[Changes], None] | None = None
        self._views = MergedViews()
        self.image = Image()
        self._version = 0

    @property
    def engine(self) -> ox.Store:
        """The engine itself; raises StoreError once closed."""
        if self._engine is None:
            raise StoreError("the store is closed")
        return self._engine

    @property
    def version(self) -> int:
        """Counts the commits since this store was opened, each once all listeners know of it."""
        return self._version

    # Reading

    def query(
        self,
        text: str,
        *,
        dataset: Dataset | None = None,
        base: str | None = None,
        service: bool = False,
        plain: bool = False,
    ) -> OxigraphResults:
        """Evaluates a query; SERVICE is refused (ForbiddenError) unless ``service`` says that it was looked at.

        ``plain`` says that the query was looked at, reads the default graph alone, and has no SERVICE.
        """
        if plain:
            return self._ask(self.image.engine or self.engine, text, base, None, None)
        if not service and reaches_out(text):
            raise ForbiddenError("SERVICE is not allowed here")
        chosen = dataset or Dataset()
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None
        default = None if chosen.default is None else [graph_name(name) for name in chosen.default]
        named: list[ox.NamedNode | ox.BlankNode] | None
        named = None if chosen.named is None else [graph_name(name) for name in chosen.named]
        engine = self.engine
        merging = from_graphs(text, base) if chosen.default is None else chosen.default
        if len(merging) > 1:
            engine, default = self._views.get(engine, self._version, merging, text), [DEFAULT]
        elif default is None and named is None and not names_graphs(text):
            engine = self.image.engine or engine
        return self._ask(engine, text, base, default, named)

    @staticmethod
    def _ask(
        engine: ox.Store,
        text: str,
        base: str | None,
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None,
        named: list[ox.NamedNode | ox.BlankNode] | None,
    ) -> OxigraphResults:
        prefixes = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
        try:
            answer = engine.query(text, base_iri=base, prefixes=prefixes, default_graph=default, named_graphs=named)
        except (SyntaxError, ValueError) as error:
            raise query_error(error, text) from None
        except OSError as error:
            raise StoreError(f"the query could not be evaluated: {error}") from None
        return OxigraphResults(answer)

    def look_up(self, lookup: Lookup, fmt: str) -> bytes | None:
        """The serialised answer to a query that is a look-up; None where the query itself is to be asked."""
        return look_up(self.image.engine or self.engine, lookup, fmt)

    def rows(self, text: str, *, dataset: Dataset | None = None) -> list[dict[str, str]]:
        """The solutions of a query, in full."""
        return list(self.query(text, dataset=dataset).rows())

    def ask(self, text: str, *, dataset: Dataset | None = None) -> bool:
        """The answer to an ASK query."""
        return bool(self.query(text, dataset=dataset))

    def quads(
        self, subject: str | None = None, predicate: str | None = None, obj: str | None = None, graph: str | None = None
    ) -> Iterator[Quad]:
        """The quads of named graphs that match, each as four terms."""
        found = self._match(subject, predicate, obj, graph)
        return (plain(quad) for quad in found if not self.merged or quad.graph_name != DEFAULT)

    def triples(
        self, subject: str | None = None, predicate: str | None = None, obj: str | None = None
    ) -> Iterator[tuple[str, str, str]]:
        """The triples of the default graph that match."""
        return (plain(quad)[:3] for quad in self._match(subject, predicate, obj, ""))

    def _match(
        self, subject: str | None, predicate: str | None, obj: str | None, graph: str | None
    ) -> Iterator[ox.Quad]:
        s, p, o = (None if term is None else engine_term(term) for term in (subject, predicate, obj))
        name = None if graph is None else graph_name(graph) if graph else DEFAULT
        if isinstance(s, ox.Literal) or not isinstance(p, ox.NamedNode | None):
            return iter(())
        engine = self.image.engine if name == DEFAULT else None
        return (engine or self.engine).quads_for_pattern(s, p, o, name)

    def count(self, subject: str | None, predicate: str | None, obj: str | None, most: int) -> int:
        """How many triples of the default graph match; no further than ``most``."""
        return sum(1 for _ in islice(self._match(subject, predicate, obj, ""), most))

    def contains(self, subject: str, predicate: str, obj: str, graph: str | None = None) -> bool:
        """Whether the triple is in that graph, or in any."""
        return any(True for _ in self._match(subject, predicate, obj, graph))

    def graphs(self) -> list[str]:
        """The named graphs that hold something, sorted."""
        names = self.engine.named_graphs()
        held = (name for name in names if any(True for _ in self.engine.quads_for_pattern(None, None, None, name)))
        return sorted(map(str, held))

    def size(self, graph: str | None = None) -> int:
        """The number of triples in a graph, or in the default graph."""
        place = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        (row,) = self.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {place} }}")
        return int(row["n"].split('"')[1])

    def dump(self, out: BinaryIO, fmt: str, *, graph: str | None = None) -> None:
        """Writes a graph, or everything: the merge of all in a format without named graphs, else each graph."""
        dump(self.engine, out, graph_format(fmt), graph, merged=self.merged)

    def dumped(self, graph: str | None = None) -> Iterator[bytes]:
        """The N-Triples of a graph, or of the merge of all, in pieces of whole lines, while it is still written."""
        return dumped(self.engine, graph)

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[Changes]:
        """Collects changes and commits them at the end of the block, or none when it raises."""
        with self._writing() as engine:
            changes = Changes(engine, self._own)
            yield changes
            self._commit(changes)

    @contextmanager
    def _writing(self) -> Iterator[ox.Store]:
        if not self.writable:
            raise StoreError(f"{self.path}: opened for reading only")
        with self._lock:
            if self.path:
                journal.recover(self.engine, self.path)  # a commit that the disk was too small for, perhaps
            yield self.engine

    def _commit(self, changes: Changes) -> Delta:
        if changes and self._companion:
            self._companion(changes)
        delta = Delta(QuadSet(changes.added), QuadSet(changes.removed))
        if changes:
            gained, lost = changes.merged() if self.merged else ([], [])
            self._write([*changes.removed, *lost], [*changes.added, *gained], changes.emptied())
            if not self.merged:
                gained, lost = changes.default_only()
            self.image.follow(lost, gained)
            delta = replace(delta, gained=QuadSet(gained), lost=QuadSet(lost))
            self._changed(delta)
        return delta

    def _write(self, removed: list[ox.Quad], added: list[ox.Quad], dropped: list[ox.NamedNode | ox.BlankNode]) -> None:
        """Writes a commit as one transaction of the engine, or with a journal when it is large."""
        try:
            if self.path and len(added) > BULK:
                journal.commit(self.engine, self.path, removed, added)
            elif not (removed or dropped):
                self.engine.extend(added)
            else:
                self._run(update_text(removed, added, dropped))
        except OSError as error:
            raise StoreError(f"the store could not be written: {error}") from None

    def _run(self, text: str, base: str | None = None) -> None:
        try:
            self.engine.update(text, base_iri=base, prefixes=PREFIXES, custom_functions=FUNCTIONS)  # type: ignore[arg-type]  # the stubs want exact signatures
        except (SyntaxError, ValueError) as error:
            raise query_error(error, text) from None
        except RuntimeError as error:
            raise QueryError(str(error)) from None
        except OSError as error:
            raise StoreError(f"the update failed, nothing was written: {error}") from None

    def _changed(self, delta: Delta | None) -> None:
        if delta is None:
            self.image.forget()
        try:
            for listener in self._listeners:
                listener(delta)
        finally:
            self._version += 1

    def update(self, text: str, *, base: str | None = None, service: bool = False) -> None:
        """Executes a SPARQL Update as one transaction; LOAD and SERVICE are refused unless ``service``."""
        if not service and reaches_out(text):
            raise ForbiddenError("LOAD and SERVICE are not allowed here")
        with self._writing() as engine:
            text = understood(text, base)
            if not self.merged:
                self._run(text, base)
                return self._changed(None)
            found, changes = operations(text), Changes(engine, self._own)
            if Applier(engine, changes, OWN_DEFAULT, base).apply(found):
                self._commit(changes)
            else:
                self._run(rewritten(found, OWN_DEFAULT), base)
                self._changed(None)
            return None

    def load(
        self, data: bytes | BinaryIO, fmt: str, *, graph: str | None = None, source: str = "", base: str | None = None
    ) -> int:
        """Adds RDF, all of it or nothing; triples without a graph go to ``graph``. Returns how many were new.

        Bytes become exact changes; a file is streamed, for sizes that memory does not hold.
        """
        name = graph_name(graph or self._own) if graph or self._own else DEFAULT
        quads = (placed(quad, name) for quad in parse(data, fmt, source=source, base=base))
        if not isinstance(data, bytes):
            return self._add_streamed(quads)
        with self.transaction() as changes:
            for quad in quads:
                changes.add_quad(quad)
            return len(changes.added)

    def _add_streamed(self, quads: Iterator[ox.Quad]) -> int:
        """Adds any number of quads through a journal; listeners are not told which."""
        with self._writing() as engine, tempfile.TemporaryDirectory() as other:
            folder, before = self.path or Path(other), self._stated()
            journal.write(folder, chain.from_iterable(map(self._with_merge, quads)))
            journal.apply(engine, folder)
            added = self._stated() - before
            if added:
                self._changed(None)
            return added

    def _with_merge(self, quad: ox.Quad) -> tuple[ox.Quad, ...]:
        return (quad, placed(quad.triple, DEFAULT)) if self.merged else (quad,)

    def _stated(self) -> int:
        """The number of quads without those of the merge."""
        return len(self.engine) - (self.size() if self.merged else 0)

    def replace_graph(self, graph: str, quads: Quads) -> Delta:
        """Makes ``quads`` the content of ``graph``; returns the difference that was written."""
        if isinstance(quads, bytes) and len(quads) > LARGE and not self._holds(graph):
            name = graph_name(graph)
            read = parse(io.BytesIO(quads), "nquads", rename=False)
            added = self._add_streamed(placed(quad, name) for quad in read)
            return Delta(Lines(quads, graph, added), ())
        with self._writing() as engine:
            changes = Changes(engine, self._own)
            changes.replace_graph(graph, quads)
            return self._commit(changes)

    def _holds(self, graph: str) -> bool:
        return any(True for _ in self.engine.quads_for_pattern(None, None, None, graph_name(graph)))

    def extend(self, graph: str, triples: bytes | Sequence[bytes]) -> None:
        """Adds many N-Triples, as text or as statements without full stops, to a graph, quicker than a transaction.

        Listeners learn only that something changed.
        """
        with self._writing() as engine:
            add_triples(engine, graph, triples, self.merged, self.path)
            self._changed(None)

    def extend_as_told(self, graph: str, produce: Callable[[Tell], T]) -> T:
        """Adds N-Triples, while they are found, to a graph; all that ``produce`` tells, or none where it raises.

        Listeners learn only that something changed.
        """
        with self._writing() as engine:
            result = add_as_told(engine, graph, produce, self.merged, self.path)
            self._changed(None)
            return result

    def clear(self, graph: str) -> None:
        """Removes a graph."""
        with self.transaction() as changes:
            changes.clear(graph)

    def subscribe(self, listener: Callable[[Delta | None], None]) -> None:
        """Calls ``listener`` after each commit, and before ``version`` counts it."""
        self._listeners.append(listener)

    def accompany(self, companion: Callable[[Changes], None]) -> None:
        """Has ``companion`` add to each set of changes what is to be committed with them, or refuse them by raising.

        It is called by the thread that writes, which holds the lock. What is streamed, and an update that cannot be
        told in quads, is committed without it; listeners are told None then.
        """
        self._companion = companion

    def backup(self, folder: Path) -> None:
        """Copies the store, as it is now, to a folder that does not exist; cheap, and safe while in use."""
        try:
            self.engine.backup(str(folder))
        except OSError as error:
            raise StoreError(f"{folder}: {' '.join(str(error).split())}") from None

    @contextmanager
    def frozen(self) -> Iterator[int]:
        """Holds writes back for the block; gives the version."""
        with self._lock:
            yield self._version

    def save_image(self, file: Path, *, named: bool = True) -> None:
        """Writes what the engine holds, for ``load_image``: the default graph, and with ``named`` all others."""
        save_file(self.engine, file, named=named)

    def load_image(self, file: Path) -> None:
        """Fills this store, which must be empty, from an image; blank nodes keep the labels they have in it."""
        load_file(self.engine, file)

    def flush(self) -> None:
        """Makes sure that everything committed is on disk."""
        if self.path is not None and self.writable:
            self.engine.flush()

    def close(self) -> None:
        """Releases the store and its lock."""
        if self._engine is not None:
            self.flush()
            self._engine = None

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
