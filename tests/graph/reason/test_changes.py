"""Adding and retracting gives exactly what a recomputation would."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.reason import Engine
from tests.graph.reason.ontologies import (
    Statement,
    class_axioms,
    data,
    equalities,
    ntriples,
    ontologies,
    property_axioms,
)


def inferred(engine: Engine) -> set[bytes]:
    return set(engine.statements(expand=True))


def recomputed(stated: set[Statement]) -> Engine:
    engine = Engine()
    engine.load(ntriples(sorted(stated)))
    return engine


def conflicts(engine: Engine) -> set[str]:
    text = engine.state.dictionary.text
    return {
        found.rule.name + str(sorted(" ".join(map(text, premise)) for premise in found.premises()))
        for found in engine.contradictions
    }


Step = tuple[bool, list[Statement]]
statements = st.lists(data, min_size=1, max_size=4)
steps = st.lists(st.tuples(st.booleans(), statements), min_size=1, max_size=8)


def follow(base: list[Statement], sequence: list[Step]) -> None:
    """Applies the steps to one engine; after each, compares with a new one, and the differences with the states."""
    stated = set(base)
    engine = recomputed(stated)
    for adds, changed in sequence:
        before = inferred(engine)
        if adds:
            difference = engine.add(ntriples(changed))
            stated |= set(changed)
        else:
            difference = engine.remove(ntriples(changed))
            stated -= set(changed)
        fresh = recomputed(stated)
        assert inferred(engine) == inferred(fresh)
        assert conflicts(engine) == conflicts(fresh)
        assert set(difference.added) == inferred(engine) - before
        assert set(difference.removed) == before - inferred(engine)


@settings(max_examples=60, deadline=None)
@given(ontologies(), st.lists(data, max_size=8), steps)
def test_changes_to_data_give_what_recomputing_gives(
    ontology: list[Statement], facts: list[Statement], sequence: list[Step]
) -> None:
    follow([*ontology, *facts], sequence)


axioms = st.one_of(class_axioms(), property_axioms())


@settings(max_examples=30, deadline=None)
@given(
    ontologies(),
    st.lists(data, max_size=8),
    st.lists(st.tuples(st.booleans(), st.one_of(axioms, statements)), max_size=6),
)
def test_changes_to_axioms_give_what_recomputing_gives(
    ontology: list[Statement], facts: list[Statement], sequence: list[Step]
) -> None:
    follow([*ontology, *facts], sequence)


@settings(max_examples=40, deadline=None)
@given(
    ontologies(),
    st.lists(data, max_size=8),
    st.lists(st.tuples(st.booleans(), st.one_of(equalities, statements)), max_size=6),
)
def test_changes_to_equalities_give_what_recomputing_gives(
    ontology: list[Statement], facts: list[Statement], sequence: list[Step]
) -> None:
    follow([*ontology, *facts], sequence)


@settings(max_examples=40, deadline=None)
@given(ontologies(), st.lists(data, max_size=12))
def test_retracting_in_the_order_of_stating_ends_empty(ontology: list[Statement], facts: list[Statement]) -> None:
    engine = recomputed(set(ontology))
    empty = inferred(engine)
    for fact in facts:
        engine.add(ntriples([fact]))
    for fact in facts:
        engine.remove(ntriples([fact]))
    assert inferred(engine) == empty
