"""What follows from a write over HTTP is there once the write is acknowledged, and gone once it follows no more."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Settings, data_dir
from kg.errors import LimitError
from kg.graph.reason import Limits as Bounds
from kg.graph.reason.adapter import NativeReasoner
from kg.graph.reason.keeping import Keeper
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import RDF, Minter, iri
from server.limits import Limits
from tests.server.conftest import BASE, TOKEN, Served, serve, wait_until

AUTH = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {**AUTH, "Content-Type": "text/turtle"}
MINTER = Minter(BASE)
INFERRED = MINTER.inferred
RDF_TYPE = iri(RDF + "type")
ALLIES = {"graph": f"{BASE}graph/article/defence-pact"}
PACT = f"""
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix state: <{BASE}id/state/> .
state:norland a kg:State ; kg:allyOf state:sudria .
state:sudria a kg:State .
"""
ALIGNED = f"ASK {{ <{BASE}id/state/norland> kg:alignedWith <{BASE}id/state/sudria> }}"
SMALL = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://e/> .
e:part a owl:TransitiveProperty ; rdfs:subPropertyOf e:touches . e:touches a owl:SymmetricProperty .
e:C rdfs:subClassOf e:D . e:near rdfs:domain e:C ; owl:inverseOf e:close .
e:grand owl:propertyChainAxiom ( e:near e:part ) .
"""


def ready(store: OxigraphStore, ontology: bytes) -> OxigraphStore:
    """The store with an ontology that was inferred from."""
    store.load(ontology, "turtle", graph=MINTER.ontology)
    NativeReasoner().infer(store, MINTER)
    return store


@pytest.fixture
def served() -> Iterator[Served]:
    with open_store(None) as store:
        ready(store, (data_dir("ontology") / "communique.ttl").read_bytes())
        yield from serve(store, Settings(base=BASE, token=TOKEN))


@pytest.fixture
def on_disk_with_news(tmp_path: Path) -> Iterator[Served]:
    """The ontology on disk, with workers that read copies."""
    with open_store(tmp_path / "news") as store:
        ready(store, (data_dir("ontology") / "communique.ttl").read_bytes())
        yield from serve(store, Settings(base=BASE, token=TOKEN), Limits(workers=1))


@pytest.fixture
def small() -> Iterator[Served]:
    with open_store(None) as store:
        yield from serve(ready(store, SMALL.encode()), Settings(base=BASE, token=TOKEN))


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Served]:
    """The same on disk, with a worker that reads copies."""
    with open_store(tmp_path / "store") as store:
        yield from serve(ready(store, SMALL.encode()), Settings(base=BASE, token=TOKEN), Limits(workers=1))


def inferred(store: OxigraphStore) -> set[tuple[str, ...]]:
    return {quad[:3] for quad in store.quads(graph=INFERRED)}


def recomputed(store: OxigraphStore) -> set[tuple[str, ...]]:
    with open_store(None) as fresh:
        for graph in store.graphs():
            if graph != INFERRED:
                fresh.replace_graph(graph, [f"{s} {p} {o} ." for s, p, o, _ in store.quads(graph=graph)])
        NativeReasoner().infer(fresh, MINTER)
        return inferred(fresh)


def holds(served: Served, ask: str) -> bool:
    answer = served.client.post("/sparql", data={"query": ask}, headers={"Accept": "application/sparql-results+json"})
    return bool(answer.json()["boolean"])


def update(served: Served, text: str) -> int:
    headers = {**AUTH, "Content-Type": "application/sparql-update"}
    return served.client.post("/update", headers=headers, content=text).status_code


def true(store: object) -> bool:
    """Whether the inferred graph is what follows, and the default graph the merge of all."""
    assert isinstance(store, OxigraphStore)
    assert set(store.triples()) == {quad[:3] for quad in store.quads()}
    return inferred(store) == recomputed(store)


@pytest.mark.parametrize("where", ["served", "on_disk_with_news"])
def test_a_query_may_ask_only_what_is_stated(where: str, request: pytest.FixtureRequest) -> None:
    running: Served = request.getfixturevalue(where)
    running.client.put("/store", params=ALLIES, headers=TURTLE, content=PACT)
    stated = f"ASK {{ <{BASE}id/state/norland> kg:allyOf <{BASE}id/state/sudria> }}"
    twice = {"graph": f"{BASE}graph/article/defence-pact-again"}
    running.client.put("/store", params=twice, headers=TURTLE, content=PACT)
    count = f"SELECT (COUNT(*) AS ?n) {{ <{BASE}id/state/norland> kg:allyOf ?o }}"

    def asked(query: str, **how: str | list[str]) -> str:
        answer = running.client.get("/sparql", params={"query": query, "format": "csv", **how})
        assert answer.status_code == 200, answer.text
        return answer.text.strip().split()[-1]

    for _ in range(2):  # the second time it may be kept
        assert [asked(ALIGNED), asked(ALIGNED, infer="true"), asked(ALIGNED, infer="false")] == [
            "true",
            "true",
            "false",
        ]
        assert [asked(stated), asked(stated, infer="0")] == ["true", "true"]
    assert asked(count, infer="false") == "1", "a triple in two graphs is one"
    some = [twice["graph"], INFERRED[1:-1]]
    assert asked(ALIGNED, infer="false", **{"default-graph-uri": some}) == "false"
    assert asked(ALIGNED, **{"default-graph-uri": some}) == "true"
    inside = f"ASK {{ GRAPH ?g {{ <{BASE}id/state/norland> kg:alignedWith ?o }} }}"
    assert [asked(inside), asked(inside, infer="false")] == ["true", "false"]
    wrong = running.client.get("/sparql", params={"query": stated, "infer": "perhaps"})
    assert wrong.status_code == 400 and "infer is true or false" in wrong.text


def test_an_alliance_that_is_put_aligns_and_deleted_does_not(served: Served) -> None:
    version = served.store.version
    assert served.client.put("/store", params=ALLIES, headers=TURTLE, content=PACT).status_code == 201
    assert served.store.version == version + 1, "the write and what follows are one commit"
    assert holds(served, ALIGNED) and true(served.store)
    assert served.client.delete("/store", params=ALLIES, headers=AUTH).status_code == 204
    assert served.store.version == version + 2
    assert not holds(served, ALIGNED) and true(served.store)


def test_an_update_is_followed(served: Served) -> None:
    state = f"<{BASE}id/state/norland> kg:allyOf <{BASE}id/state/sudria>"
    assert update(served, f"INSERT DATA {{ GRAPH <urn:x:pact> {{ {state} }} }}") == 204
    assert holds(served, ALIGNED)
    assert update(served, f"INSERT DATA {{ GRAPH <urn:x:other> {{ {state} }} }}") == 204
    assert update(served, "DROP GRAPH <urn:x:pact>") == 204
    assert holds(served, ALIGNED), "the other graph states it still"
    assert update(served, "DELETE { GRAPH ?g { ?a kg:allyOf ?b } } WHERE { GRAPH ?g { ?a kg:allyOf ?b } }") == 204
    assert not holds(served, ALIGNED) and true(served.store)


def test_operations_see_what_those_before_them_wrote_and_all_that_follows_is_in_one_commit(small: Served) -> None:
    version = small.store.version
    first = "INSERT { <http://e/a> <http://e/part> <http://e/b> } WHERE { <http://e/part> a owl:TransitiveProperty }"
    then = "PREFIX e: <http://e/> INSERT { ?b e:part e:c } WHERE { e:a e:part ?b }"
    assert update(small, f"{first} ; {then}") == 204
    assert small.store.version == version + 1
    assert holds(small, "ASK { <http://e/a> <http://e/part> <http://e/c> }") and true(small.store)


def test_an_update_of_several_graphs_is_followed(small: Served) -> None:
    first = "INSERT DATA { GRAPH <urn:x:a> { <http://e/a> <http://e/part> <http://e/b> } }"
    then = "INSERT { GRAPH <urn:x:a> { ?b <http://e/part> <http://e/c> } } WHERE { GRAPH <urn:x:a> { ?a ?p ?b } }"
    assert update(small, f"{first} ; {then}") == 204
    assert holds(small, "ASK { <http://e/c> <http://e/touches> <http://e/a> }") and true(small.store)


def test_what_follows_cannot_be_written(small: Served) -> None:
    kept = {"graph": f"{BASE}graph/inferred"}
    before = inferred(small.store)  # type: ignore[arg-type]  # an OxigraphStore
    assert before
    for method in ("PUT", "POST", "DELETE"):
        answer = small.client.request(method, "/store", params=kept, headers=TURTLE, content="<urn:a> <urn:p> 1 .")
        assert answer.status_code == 403 and "what follows" in answer.text
    assert update(small, f"INSERT DATA {{ GRAPH {INFERRED} {{ <urn:a> <urn:p> 1 }} }}") == 403
    assert update(small, f"CLEAR GRAPH {INFERRED}") == 204
    assert inferred(small.store) == before and true(small.store)  # type: ignore[arg-type]


def test_nothing_follows_from_nothing(small: Served) -> None:
    assert update(small, "DROP ALL") == 204
    assert small.store.graphs() == [] and small.store.size() == 0
    assert update(small, "INSERT DATA { GRAPH <urn:x:a> { <http://e/a> rdfs:subClassOf <http://e/b> } }") == 204
    assert update(small, "INSERT DATA { GRAPH <urn:x:a> { <http://e/x> a <http://e/a> } }") == 204
    assert holds(small, "ASK { <http://e/x> a <http://e/b> }")


def test_a_store_that_was_never_inferred_is_left_alone() -> None:
    with open_store(None) as store:
        store.load(SMALL.encode(), "turtle", graph=MINTER.ontology)
        for served in serve(store, Settings(base=BASE, token=TOKEN)):
            assert update(served, "INSERT DATA { GRAPH <urn:x:a> { <http://e/x> a <http://e/C> } }") == 204
            assert INFERRED not in store.graphs()


def test_keeping_can_be_switched_off() -> None:
    with open_store(None) as store:
        ready(store, SMALL.encode())
        for served in serve(store, Settings(base=BASE, token=TOKEN, infer=False)):
            assert update(served, "INSERT DATA { GRAPH <urn:x:a> { <http://e/x> a <http://e/C> } }") == 204
            assert not holds(served, "ASK { <http://e/x> a <http://e/D> }")


def random_change(rng: random.Random) -> str:
    """An update of a few quads: additions, removals, graphs dropped, copied and moved, patterns."""
    things = [f"<http://e/{name}>" for name in "abcdef"]
    properties = [f"<http://e/{name}>" for name in ("part", "near", "close", "touches")]
    graphs = [f"<urn:x:{number}>" for number in range(3)]

    def block() -> str:
        said = [f"{rng.choice(things)} {rng.choice(properties)} {rng.choice(things)} ." for _ in range(4)]
        if rng.random() < 0.1:
            said.append(f"{rng.choice(things)} owl:sameAs {rng.choice(things)} .")
        return f"{{ GRAPH {rng.choice(graphs)} {{ {' '.join(said)} }} }}"

    one, other = rng.sample(graphs, 2)
    prop = rng.choice(properties)
    return rng.choice(
        [
            f"INSERT DATA {block()}",
            f"INSERT DATA {block()} ; DELETE DATA {block()}",
            f"DELETE DATA {block()}",
            f"DROP SILENT GRAPH {one}",
            f"COPY SILENT GRAPH {one} TO GRAPH {other}",
            f"MOVE SILENT GRAPH {one} TO GRAPH {other}",
            f"DELETE WHERE {{ GRAPH {one} {{ ?s {prop} ?o }} }}",
            f"INSERT {{ GRAPH {one} {{ ?o {prop} ?s }} }} WHERE {{ ?s <http://e/touches> ?o }}",
            f"INSERT DATA {block()} ; DELETE WHERE {{ GRAPH ?g {{ ?s {prop} ?o }} }}",
        ]
    )


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_updates_leaves_what_a_recomputation_gives(small: Served, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(12):
        change = random_change(rng)
        assert update(small, change) == 204, change
        assert true(small.store), change


def test_copies_of_the_graph_follow_what_follows(on_disk: Served) -> None:
    wait_until(lambda: on_disk.client.get("/ready").status_code == 200, 90)
    rng = random.Random(9)
    for _ in range(8):
        assert update(on_disk, random_change(rng)) == 204
        for triple in list(inferred(on_disk.store))[:2]:  # type: ignore[arg-type]  # an OxigraphStore
            assert holds(on_disk, f"ASK {{ {' '.join(triple)} }}")
    assert true(on_disk.store)


def test_the_description_tells_entailment_while_it_is_kept(small: Served) -> None:
    def regime() -> bool:
        return "OWL-RDF-Based" in small.client.get("/sparql", headers={"Accept": "text/turtle"}).text

    assert regime()
    assert update(small, "DROP ALL") == 204
    assert not regime()


def test_what_was_loaded_without_inference_is_inferred_at_the_start(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        ready(store, SMALL.encode())
        store.load(b"<http://e/x> a <http://e/C> .", "turtle", graph="<urn:x:late>")
    with open_store(tmp_path / "store") as store:
        assert not true(store)
        Keeper(store, MINTER).warm()
        wait_until(lambda: store.contains("<http://e/x>", RDF_TYPE, "<http://e/D>", INFERRED))
        assert true(store)


def test_changes_that_imply_too_much_are_refused_and_nothing_is_written() -> None:
    with open_store(None) as store:
        ready(store, SMALL.encode())
        keeper = Keeper(store, MINTER, Bounds(derived=200))
        keeper.settle()
        before = set(store.quads())
        chain = "".join(f"<http://e/n{i}> <http://e/part> <http://e/n{i + 1}> .\n" for i in range(60))
        with pytest.raises(LimitError):
            store.replace_graph("<urn:x:long>", chain)
        assert set(store.quads()) == before
        store.replace_graph("<urn:x:long>", "<http://e/a> <http://e/part> <http://e/b> .")
        assert true(store) and keeper.keeps


def test_a_commit_that_fails_is_not_taken_for_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(None) as store:
        keeper = Keeper(ready(store, SMALL.encode()), MINTER)
        keeper.settle()

        def fail(*_: object) -> None:
            raise OSError("no space left")

        with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
            patch.setattr(store, "_write", fail)
            store.replace_graph("<urn:x:a>", "<http://e/a> <http://e/part> <http://e/b> .")
        assert true(store)
        store.replace_graph("<urn:x:a>", "<http://e/b> <http://e/part> <http://e/c> .")
        assert true(store)


def test_many_writers_and_proofs_at_once_end_in_what_follows(small: Served) -> None:
    def write(number: int) -> None:
        for step in range(6):
            triple = f"<http://e/{number}> <http://e/part> <http://e/{(number + step) % 4}>"
            verb = "DELETE" if step % 3 == 2 else "INSERT"
            assert update(small, f"{verb} DATA {{ GRAPH <urn:x:{number}> {{ {triple} }} }}") == 204
            asked = {"s": "<http://e/C>", "p": "rdfs:subClassOf", "o": "<http://e/D>"}
            assert small.client.get("/explain", params=asked).status_code == 200

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert true(small.store)
