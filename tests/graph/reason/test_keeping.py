"""A process that is killed between two commits, or in one, leaves an inferred graph that is what follows."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.graph.reason.keeping import Keeper
from kg.graph.store import OxigraphStore, open_store
from tests.graph.reason.test_adapter import MINTER, inferred, recomputed

WRITER = """
import random, sys
from kg.graph.reason.keeping import Keeper
from kg.graph.store import open_store
from kg.graph.terms import Minter

AXIOMS = '''@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://e/> . e:part a owl:TransitiveProperty ; rdfs:subPropertyOf e:touches ; rdfs:domain e:Part .'''
minter, rng = Minter("http://localhost:8000/"), random.Random(int(sys.argv[2]))
store = open_store(sys.argv[1])
keeper = Keeper(store, minter)
if not store.size(minter.ontology):
    store.load(AXIOMS.encode(), "turtle", graph=minter.ontology)
    keeper.infer(store, minter)
print("ready", flush=True)
while True:
    graph = f"<http://e/g/{rng.randrange(6)}>"
    said = [f"<http://e/{rng.randrange(12)}> <http://e/part> <http://e/{rng.randrange(12)}> ." for _ in range(5)]
    if rng.random() < 0.7:
        store.replace_graph(graph, said)
    else:
        store.update(f"DELETE WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
"""


@pytest.mark.slow
def test_a_killed_process_leaves_what_follows(tmp_path: Path) -> None:
    for attempt in range(int(os.environ.get("KG_TEST_KILLS", "4"))):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "s"), str(attempt)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
            time.sleep(random.Random(attempt).uniform(0.1, 0.6))
            os.kill(writer.pid, signal.SIGKILL)
        with open_store(tmp_path / "s") as store:
            assert set(store.triples()) == {quad[:3] for quad in store.quads()}
            assert inferred(store) == recomputed(store) != set()


def test_what_is_streamed_is_inferred_from_when_it_is_settled(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        keeper = kept(store)
        lines = "".join(f"<http://e/{n}> <http://e/part> <http://e/whole> .\n" for n in range(300))
        (tmp_path / "more.nt").write_text(lines)
        with (tmp_path / "more.nt").open("rb") as file:
            store.load(file, "ntriples", graph="<http://e/g>")
        assert inferred(store) != recomputed(store)
        keeper.settle()
        assert inferred(store) == recomputed(store)


def test_a_second_reasoner_may_infer_in_the_same_store() -> None:
    from kg.graph.infer import reasoner

    with open_store(None) as store:
        kept(store)
        store.replace_graph("<http://e/g>", "<http://e/a> <http://e/part> <http://e/b> .")
        report = reasoner().infer(store, MINTER)
        assert (report.added, report.removed) == (0, 0)


def kept(store: OxigraphStore) -> Keeper:
    axioms = "<http://e/part> rdfs:domain <http://e/Part> ; rdfs:subPropertyOf <http://e/touches>"
    store.update(f"INSERT DATA {{ GRAPH {MINTER.ontology} {{ {axioms} }} }}")
    store.update(f"INSERT DATA {{ GRAPH {MINTER.ontology} {{ <http://e/x> <http://e/part> <http://e/y> }} }}")
    keeper = Keeper(store, MINTER)
    keeper.infer(store, MINTER)
    return keeper
