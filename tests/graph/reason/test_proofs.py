"""Every inferred triple has a proof that an independent checker accepts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.graph.reason import Engine
from tests.graph.reason.checker import faults, follows
from tests.graph.reason.ontologies import (
    TYPE,
    Statement,
    data,
    equalities,
    facts,
    ntriples,
    ontologies,
    owl,
    rdfs,
)


def engine_of(stated: list[Statement]) -> Engine:
    engine = Engine()
    engine.load(ntriples(stated))
    return engine


def check_all(engine: Engine, stated: set[Statement]) -> None:
    """Checks a proof of each inferred triple, and (where no terms are equal) each of its one-step derivations."""
    for line in engine.statements(expand=True, trivial=True):
        subject, predicate, obj = line.decode().split(" ", 2)
        assert faults(engine.prove(subject, predicate, obj), stated) == []
        if not engine.state.clusters:
            for derivation in engine.derivations(subject, predicate, obj):
                assert follows(derivation.rule, (subject, predicate, obj), list(derivation.premises))


@settings(max_examples=40, deadline=None)
@given(ontologies(), facts)
def test_every_inferred_triple_has_a_sound_proof(ontology: list[Statement], given_facts: list[Statement]) -> None:
    stated = [*ontology, *given_facts]
    check_all(engine_of(stated), set(stated))


@settings(max_examples=40, deadline=None)
@given(ontologies(), facts, equalities)
def test_proofs_go_through_equalities(
    ontology: list[Statement], given_facts: list[Statement], equal: list[Statement]
) -> None:
    stated = [*ontology, *given_facts, *equal]
    check_all(engine_of(stated), set(stated))


def test_no_proof_rests_on_itself_where_a_property_makes_terms_equal() -> None:
    c0, c2, p0, p1, i0, i2, i3, i4 = (f"<http://e/{n}>" for n in ("C0", "C2", "p0", "p1", "i0", "i2", "i3", "i4"))
    stated = [
        *((p1, TYPE, owl(f"{kind}Property")) for kind in ("Functional", "InverseFunctional", "Transitive")),
        (c0, owl("onProperty"), p1),
        (c0, owl("someValuesFrom"), c2),
        (c2, owl("onProperty"), p1),
        (c2, owl("hasValue"), i0),
        *((node, TYPE, c2) for node in (i0, i3)),
        *((node, TYPE, c0) for node in (i2, i3)),
        (i3, p0, i2),
        (i2, p0, i4),
        (i4, p1, i0),
    ]
    check_all(engine_of(stated), set(stated))


def test_what_a_rule_gave_of_a_term_that_had_become_equal_to_another_has_a_proof() -> None:
    c0, c2, p0, i0, i1, i2 = (f"<http://e/{name}>" for name in ("C0", "C2", "p0", "i0", "i1", "i2"))
    # The dictionary numbers terms as they come, and the numbers decide which of two equal terms stands for both.
    numbered = [(node, TYPE, owl("Class")) for node in (c0, c2)] + [(p0, TYPE, owl("ObjectProperty"))]
    stated = [
        *numbered,
        (c0, owl("onProperty"), p0),
        (c0, owl("hasValue"), i0),
        (c2, owl("onProperty"), p0),
        (c2, owl("someValuesFrom"), owl("Thing")),
        (c2, owl("hasValue"), i2),
        (i0, TYPE, c0),
        (i1, TYPE, c2),
        (i1, p0, i1),
        (p0, TYPE, owl("FunctionalProperty")),
    ]
    check_all(engine_of(stated), set(stated))


@settings(max_examples=40, deadline=None)
@given(ontologies(), facts, st.lists(data, min_size=1, max_size=4), st.lists(data, min_size=1, max_size=4))
def test_proofs_stay_sound_when_the_graph_changes(
    ontology: list[Statement], given_facts: list[Statement], added: list[Statement], removed: list[Statement]
) -> None:
    stated = {*ontology, *given_facts}
    engine = engine_of(sorted(stated))
    engine.add(ntriples(added))
    engine.remove(ntriples(removed))
    check_all(engine, (stated | set(added)) - set(removed))


CLASS = "<http://e/C0>"


def small() -> tuple[Engine, set[Statement]]:
    stated = [
        ("<http://e/p0>", rdfs("domain"), CLASS),
        ("<http://e/p1>", rdfs("subPropertyOf"), "<http://e/p0>"),
        ("<http://e/C1>", rdfs("subClassOf"), CLASS),
        ("<http://e/i0>", "<http://e/p1>", "<http://e/i1>"),
        ("<http://e/i0>", TYPE, "<http://e/C1>"),
    ]
    return engine_of(stated), set(stated)


def test_a_triple_is_proved_in_as_few_rounds_as_it_took() -> None:
    engine, stated = small()
    proof = engine.prove("<http://e/i0>", TYPE, CLASS)
    assert (proof.rule, proof.depth()) == ("cax-sco", 1)
    assert set(proof.leaves()) <= stated


def test_every_last_step_is_told() -> None:
    engine, _ = small()
    rules = {derivation.rule for derivation in engine.derivations("<http://e/i0>", TYPE, CLASS)}
    assert rules == {"cax-sco", "prp-dom"}


def test_what_does_not_follow_is_said_not_to() -> None:
    engine, _ = small()
    with pytest.raises(NotFoundError, match="not derivable"):
        engine.prove("<http://e/i1>", TYPE, CLASS)
    with pytest.raises(NotFoundError, match="not derivable"):
        engine.prove("<http://e/nobody>", TYPE, CLASS)


CONTRADICTIONS: list[tuple[str, list[Statement]]] = [
    (
        "cax-dw",
        [
            ("<http://e/C0>", owl("disjointWith"), "<http://e/C1>"),
            ("<http://e/i0>", TYPE, "<http://e/C0>"),
            ("<http://e/i0>", TYPE, "<http://e/C1>"),
        ],
    ),
    (
        "prp-asyp",
        [
            ("<http://e/p0>", TYPE, owl("AsymmetricProperty")),
            ("<http://e/i0>", "<http://e/p0>", "<http://e/i1>"),
            ("<http://e/i1>", "<http://e/p0>", "<http://e/i0>"),
        ],
    ),
    (
        "prp-irp",
        [("<http://e/p0>", TYPE, owl("IrreflexiveProperty")), ("<http://e/i0>", "<http://e/p0>", "<http://e/i0>")],
    ),
    (
        "cls-com",
        [
            ("<http://e/C0>", owl("complementOf"), "<http://e/C1>"),
            ("<http://e/i0>", TYPE, "<http://e/C0>"),
            ("<http://e/i0>", TYPE, "<http://e/C1>"),
        ],
    ),
    ("cls-nothing2", [("<http://e/i0>", TYPE, owl("Nothing"))]),
    (
        "eq-diff1",
        [
            ("<http://e/p0>", TYPE, owl("FunctionalProperty")),
            ("<http://e/i0>", "<http://e/p0>", "<http://e/i1>"),
            ("<http://e/i0>", "<http://e/p0>", "<http://e/i2>"),
            ("<http://e/i1>", owl("differentFrom"), "<http://e/i2>"),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "stated"), CONTRADICTIONS, ids=[rule for rule, _ in CONTRADICTIONS])
def test_a_contradiction_is_proved_from_what_contradicts(rule: str, stated: list[Statement]) -> None:
    engine = engine_of(stated)
    assert {found.rule.name for found in engine.contradictions} == {rule}
    for found in engine.contradictions:
        assert faults(engine.refute(found), set(stated)) == []
