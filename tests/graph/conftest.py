"""A store on disk with the ontology, and one with two articles mapped, written and inferred."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.infer import reasoner
from kg.graph.map import article_quads, link_quads, reference_quads
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from tests.graph import samples

MINTER = Minter("http://example.org/")


def fill(store: OxigraphStore) -> None:
    """Writes both articles, each in one transaction."""
    install_ontology(store, MINTER)
    roles = load_roles(store)
    for reading in (samples.first(), samples.second()):
        with store.transaction() as changes:
            changes.replace_graph(MINTER.article_graph(reading.article.slug), article_quads(reading, MINTER, roles))
            changes.add(link_quads(reading.entities, MINTER))
            changes.add(reference_quads(reading.entities, [], [], MINTER, roles=roles))


@pytest.fixture
def minter() -> Minter:
    return MINTER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OxigraphStore]:
    """An empty store on disk."""
    with open_store(tmp_path / "store") as opened:
        yield opened


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OxigraphStore]:
    """Two articles, inferred; not to be written to."""
    with open_store(tmp_path_factory.mktemp("filled") / "store") as opened:
        fill(opened)
        reasoner().infer(opened, MINTER)
        yield opened
