"""The default graph once more, in memory, where reading it costs a fraction; the disk stays what is durable.

An image holds no named graphs: the engine finds quads by walking all of a term, whatever their graph, so these would
slow down every join. It is filled in the background and follows each commit before the commit returns.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.store.changes import DEFAULT, FUNCTIONS, update_text
from kg.graph.store.parse import ENGINE_FORMATS

Step = tuple[Sequence[ox.Quad], Sequence[ox.Quad]]
"""What the default graph lost and gained."""


class Image:
    """Either being filled, in use, or none, which is said by :attr:`engine`."""

    def __init__(self) -> None:
        self.engine: ox.Store | None = None
        self._missed: list[Step] | None = None
        self._lock = threading.Lock()
        self.step = 0
        """Odd while a step is taken, so that whoever reads twice knows if it was the same."""

    def begin(self) -> None:
        """Says that the disk is being copied: steps from now on are kept, as the copy may lack them."""
        with self._lock:
            self.engine, self._missed = None, []

    def fill(self, file: Path) -> bool:
        """Reads the copy and what was missed; False where the copy can no longer be followed."""
        engine = ox.Store()
        load_file(engine, file)
        with self._lock:
            if self._missed is None:
                return False
            for lost, gained in self._missed:
                _take(engine, lost, gained)
            self.engine, self._missed = engine, None
            return True

    def follow(self, lost: Sequence[ox.Quad], gained: Sequence[ox.Quad]) -> None:
        """Takes a step."""
        with self._lock:
            if self.engine is not None:
                self.step += 1
                try:
                    _take(self.engine, lost, gained)
                finally:
                    self.step += 1
            elif self._missed is not None:
                self._missed.append((lost, gained))

    def forget(self) -> None:
        """Gives the image up: something changed that cannot be followed."""
        with self._lock:
            self.engine, self._missed = None, None


def _take(engine: ox.Store, lost: Sequence[ox.Quad], gained: Sequence[ox.Quad]) -> None:
    """One step as one transaction; what is there already, or gone already, makes no difference."""
    if lost:
        engine.update(update_text(lost, gained), custom_functions=FUNCTIONS)  # type: ignore[arg-type]  # the stubs want exact signatures
    else:
        engine.extend(gained)


def save_file(engine: ox.Store, file: Path, *, named: bool) -> None:
    """Writes the default graph, and with ``named`` all graphs, for ``load_file``; raises StoreError."""
    try:
        if named:
            engine.dump(str(file), ENGINE_FORMATS["nquads"])
        else:
            engine.dump(str(file), ENGINE_FORMATS["ntriples"], from_graph=DEFAULT)
    except OSError as error:
        raise StoreError(f"{file}: {error}") from None


def load_file(engine: ox.Store, file: Path) -> None:
    """Fills an empty engine; blank nodes keep the labels they have in the file, which the bulk loader would change."""
    nquads = ENGINE_FORMATS["nquads"]
    with file.open("rb") as lines:
        labelled = [line for line in lines if b"_:" in line]
    if not labelled:
        engine.bulk_load(path=str(file), format=nquads, lenient=True)
        return
    plain = file.with_name(f"{file.name}.{threading.get_ident()}.plain")
    try:
        with file.open("rb") as lines, plain.open("wb") as rest:
            rest.writelines(line for line in lines if b"_:" not in line)
        engine.bulk_load(path=str(plain), format=nquads, lenient=True)
    finally:
        plain.unlink(missing_ok=True)
    engine.extend(ox.parse(b"".join(labelled), nquads, rename_blank_nodes=False))
