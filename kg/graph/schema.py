"""The ontology's files in the graph ``ontology``, so that a store carries the model it was built with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.config import data_dir
from kg.errors import InputError
from kg.graph.store import Store, canonical_lines
from kg.graph.terms import OWL, Minter, curie, iri, literal, value

_VERSION = iri(OWL + "versionInfo")
_CONTENT = "content "


def ontology_files(folder: Path | None = None) -> list[Path]:
    """The Turtle files of the model itself: not shapes, which only validation needs, nor data in subfolders."""
    found = sorted((folder or data_dir("ontology")).glob("*.ttl"))
    return [path for path in found if not path.name.startswith("shapes")]


def install_ontology(store: Store, minter: Minter, folder: Path | None = None) -> bool:
    """Puts the ontology into its graph when its content differs from what is there; tells whether it did.

    Raises InputError, naming file and line, for a file that cannot be read; the store is then as before.
    """
    documents = [(_read(path), "turtle", str(path)) for path in ontology_files(folder)]
    content = _CONTENT + hashlib.sha256(b"\0".join(data for data, _, _ in documents)).hexdigest()[:16]
    if _installed(store, minter) == content:
        return False
    lines = [f"{line.removesuffix(' .')} {minter.ontology} ." for line in canonical_lines(documents)]
    mark = f"{minter.ontology} {_VERSION} {literal(content)} {minter.ontology} ."
    title = f"{minter.ontology} {curie('rdfs:label')} {literal('The ontology, as this store was built with it')} "
    store.replace_graph(minter.ontology, [*lines, mark, f"{title}{minter.ontology} ."])
    return True


def _installed(store: Store, minter: Minter) -> str:
    marks = store.quads(minter.ontology, _VERSION, None, minter.ontology)
    return next((value(obj) for _, _, obj, _ in marks), "")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or str(error), source=str(path)) from None
