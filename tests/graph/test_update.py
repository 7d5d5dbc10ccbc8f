from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ForbiddenError, QueryError
from kg.graph.store import OWN_DEFAULT, Delta, OxigraphStore, open_store, oxigraph
from kg.graph.store import update as update_module
from kg.graph.store.changes import Changes
from kg.graph.store.update import Operation

E = "http://example.org/"
START = """INSERT DATA { e:s e:p 1.5, 5 ; e:q "x"@en .
GRAPH e:g { e:s e:p 1.5 ; a e:T . e:t a e:T } . e:s e:r 'semi;colon } ' }"""
UPDATES = [
    'INSERT { ?s e:made [ e:v ?o ] . GRAPH e:h { ?o e:of ?s . ?s e:z "a\\"b;}" } } WHERE { ?s e:p ?o FILTER(?o > 0) }',
    "DELETE WHERE { GRAPH ?g { ?s e:p ?o } }",
    "DELETE WHERE { ?s e:p ?o }",
    "WITH e:g DELETE { ?s a ?t } INSERT { ?s a e:U } WHERE { ?s a ?t }",
    "WITH e:g DELETE { ?s a ?t } INSERT { GRAPH e:h { ?s a ?t } } USING e:nowhere WHERE { ?s a ?t }",
    "DELETE { GRAPH e:g { ?s ?p ?o } } INSERT { GRAPH e:k { ?s ?p ?o } } USING e:g WHERE { ?s ?p ?o }",
    "COPY DEFAULT TO e:copy",
    "MOVE e:g TO DEFAULT",
    "ADD e:g TO GRAPH e:k",
    "CLEAR DEFAULT",
    "CLEAR SILENT GRAPH e:nowhere",
    "DROP NAMED",
    "CLEAR ALL",
    "CREATE GRAPH e:new",
    "INSERT DATA { e:a e:b e:c } ; DELETE { ?s e:b ?o } INSERT { ?s e:d ?o } WHERE { ?s e:b ?o } # done",
    "DELETE DATA { e:s e:p 5 . GRAPH e:g { e:t a e:T } } ; INSERT DATA { _:b e:p _:b . GRAPH e:g { _:b a e:T } }",
    "INSERT { ?s e:q2 ?o } WHERE { ?s e:p ?o } ; INSERT { ?s e:q3 ?o } WHERE { ?s e:q2 ?o }",
    "DELETE { ?s e:p ?o } WHERE { ?s e:p ?o FILTER(?o > 2) } ; INSERT { ?s e:left ?o } WHERE { ?s e:p ?o }",
    "DELETE WHERE { GRAPH e:g { ?s a ?t } } ; "
    "INSERT { ?s e:gone true } WHERE { ?s ?p ?o FILTER NOT EXISTS { ?s a ?t } }",
    "INSERT DATA { _:b e:p 7 . GRAPH e:g { e:u a e:T } } ; "
    "WITH e:g DELETE { ?s a ?t } INSERT { _:n e:was ?t } WHERE { ?s a ?t }",
    "CLEAR GRAPH e:g ; INSERT { e:any e:held true } USING e:g WHERE { ?s ?p ?o }",
    "INSERT DATA { e:n e:p 1 } ; INSERT { GRAPH e:h { ?s e:sum ?n . ?s e:no ?none } } WHERE "
    "{ { SELECT ?s (SUM(?o) AS ?n) { ?s e:p ?o } GROUP BY ?s } OPTIONAL { ?s e:nothing ?none } }",
    "INSERT DATA { e:n e:p 1 } ; INSERT { e:some e:has e:triples } WHERE { ?s e:p ?o } ; DELETE { e:some ?p ?o } INSERT"
    " { << e:some ?p ?o >> e:was true } WHERE { e:some ?p ?o }",
    "INSERT { ?o e:literalSubject ?s } WHERE { ?s e:p ?o }",
    "INSERT DATA { << e:s e:p 5 >> e:note 1 }",
]


def prefixed(update: str) -> str:
    return f"PREFIX e: <http://example.org/>\n{update}"


def content(store: OxigraphStore) -> list[tuple[str, ...]]:
    """All quads, blank nodes without their names."""
    return sorted(tuple("_" if term.startswith("_:") else term for term in quad) for quad in store.quads())


class Unable:
    """Stands in for the applier where the engine is to do everything."""

    def __init__(self, *_: object) -> None:
        pass

    def apply(self, _: list[Operation]) -> bool:
        return False


@pytest.mark.parametrize("update", UPDATES)
def test_exact_changes_do_what_the_engine_would(update: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact, by_engine = open_store(None), open_store(None)
    for text in (START, update):
        exact.update(prefixed(text))
    with monkeypatch.context() as patch:
        patch.setattr(oxigraph, "Applier", Unable)
        for text in (START, update):
            by_engine.update(prefixed(text))
    assert content(exact) == content(by_engine)
    for store in (exact, by_engine):
        assert set(store.triples()) == {quad[:3] for quad in store.quads()}


def test_listeners_learn_what_an_update_changed(store: OxigraphStore) -> None:
    store.update(prefixed(START))
    seen: list[object] = []
    store.subscribe(seen.append)
    store.update(prefixed("DELETE { GRAPH e:g { ?s a e:T } } INSERT { GRAPH e:g { ?s a e:V } } WHERE { ?s a e:T }"))
    (delta,) = seen
    assert delta is not None
    assert (len(delta.added), len(delta.removed)) == (2, 2)  # type: ignore[attr-defined]  # a Delta


SEQUENCE = """INSERT { ?s e:second ?o } WHERE { ?s e:first ?o } ; INSERT { ?s e:third ?o } WHERE { ?s e:second ?o } ;
DELETE { ?s e:first ?o } WHERE { ?s e:third ?o } ; INSERT { ?s e:lost ?o } WHERE { ?s e:first ?o }"""


@pytest.mark.parametrize("place", ["memory", "disk"])
def test_an_operation_sees_what_those_before_it_wrote(place: str, tmp_path: Path) -> None:
    heard: list[Delta | None] = []
    with open_store(tmp_path / "store" if place == "disk" else None) as store:
        store.update(prefixed("INSERT DATA { e:s e:first 1 . e:t e:other 2 }"))
        store.subscribe(heard.append)
        store.update(prefixed(SEQUENCE))
        predicates = {predicate for _, predicate, _ in store.triples(f"<{E}s>")}
        assert predicates == {f"<{E}second>", f"<{E}third>"}
        (delta,) = heard
        assert delta is not None
        assert {quad[1] for quad in delta.added} == predicates
        assert [quad[1] for quad in delta.removed] == [f"<{E}first>"]


@pytest.mark.parametrize("merged", [True, False])
def test_prefixes_may_be_declared_before_any_operation(merged: bool) -> None:
    with open_store(None, merged=merged) as store:
        store.update(
            "BASE <http://example.org/> INSERT DATA { <s> <p> 1 } ; # PREFIX x: <urn:x> ;\n"
            "PREFIX e: <http://example.org/>\nINSERT { ?s e:q ?o } WHERE { ?s <p> ?o } ;"
            "PREFIX e: <http://example.org/> PREFIX f: <f#> INSERT { ?s f:r 'PREFIX g: <urn:g>' } WHERE { ?s e:q ?o }"
        )
        assert {p for _, p, _ in store.triples(f"<{E}s>")} == {f"<{E}p>", f"<{E}q>", f"<{E}f#r>"}


def test_a_prefix_with_two_meanings_is_refused_with_its_place(store: OxigraphStore) -> None:
    twice = "PREFIX e: <urn:a> INSERT DATA { e:s e:p 1 } ;\nPREFIX e: <urn:b> INSERT DATA { e:s e:p 1 }"
    for update in (twice, "INSERT DATA { <urn:s> <urn:p> 1 } ;\nBASE <urn:b> INSERT DATA { <s> <p> 1 }"):
        with pytest.raises(QueryError, match="line 2"):
            store.update(update)
    assert store.graphs() == []


def test_what_is_only_asked_leaves_no_graph_behind(store: OxigraphStore) -> None:
    store.update(prefixed("INSERT DATA { GRAPH e:g { e:s e:p 1 } }"))
    store.update(prefixed("INSERT DATA { e:s e:q 2 } ; INSERT { GRAPH e:h { ?s e:r ?o } } WHERE { ?s e:q ?o }"))
    assert store.graphs() == [f"<{E}g>", f"<{E}h>", OWN_DEFAULT]


def test_more_changes_than_are_taken_back_are_seen_as_well(
    store: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_module, "_MOST", 0)
    store.update(prefixed("INSERT DATA { e:s e:first 1 }"))
    store.update(prefixed(SEQUENCE))
    assert {predicate for _, predicate, _ in store.triples()} == {f"<{E}second>", f"<{E}third>"}


def test_what_goes_to_the_default_graph_is_kept_apart(store: OxigraphStore) -> None:
    store.update("INSERT DATA { <http://e/s> <http://e/p> 1 }")
    assert [quad[3] for quad in store.quads()] == [OWN_DEFAULT]
    assert store.ask("ASK { <http://e/s> <http://e/p> 1 }")


def test_triple_of_a_named_graph_stays_when_deleted_from_the_default_graph(store: OxigraphStore) -> None:
    store.update("INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }")
    store.update("DELETE DATA { <http://e/s> <http://e/p> 1 }")
    assert store.ask("ASK { <http://e/s> <http://e/p> 1 }")


@pytest.mark.parametrize(
    "update", ["INSERT DATA { ?x <http://e/p> 1 }", "DELETE {", "INSERT DATA { <http://e/s> no:x 1 }", "nonsense"]
)
def test_bad_update_names_line_and_column_and_changes_nothing(store: OxigraphStore, update: str) -> None:
    with pytest.raises(QueryError, match=r"line \d+, column \d+"):
        store.update(update)
    assert store.version == 0


def test_sequence_with_an_error_in_it_changes_nothing(store: OxigraphStore) -> None:
    with pytest.raises(QueryError):
        store.update("INSERT DATA { <http://e/s> <http://e/p> 1 } ; DELETE { oops")
    assert store.size() == 0


@pytest.mark.parametrize(
    "update", ["LOAD <http://127.0.0.1:1/x>", "INSERT {} WHERE { SERVICE <http://127.0.0.1:1/> {} }"]
)
def test_nothing_is_fetched(store: OxigraphStore, update: str) -> None:
    with pytest.raises(ForbiddenError):
        store.update(update)


def test_changes_are_empty_when_nothing_differs(store: OxigraphStore) -> None:
    store.update(prefixed(START))
    before = store.version
    store.update(prefixed(START))
    assert store.version == before
    assert not Changes(store.engine, None)
