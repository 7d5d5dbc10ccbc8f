"""Text becomes columns of integers and back, however long it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.graph.reason.dictionary import Dictionary
from kg.graph.store import open_store

TERMS = [
    "<http://e/s>",
    "<http://e/a-longer-iri-of-more-than-eight-bytes/and-more>",
    "<e:>",
    '""',
    '"x"',
    '"two words . and a <http://e/stop> ."',
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"café"@fr',
    '"line\\nend \\"quoted\\""',
    "_:b0",
]


def decoded(dictionary: Dictionary, columns: tuple[object, ...]) -> list[tuple[str, ...]]:
    return list(zip(*([dictionary.text(i) for i in column] for column in columns), strict=True))  # type: ignore[attr-defined]


def lines(rows: list[tuple[str, str, str]], graph: str = "") -> bytes:
    ending = f" {graph} .\n" if graph else " .\n"
    return "".join(" ".join(row) + ending for row in rows).encode()


rows = st.lists(
    st.tuples(st.sampled_from(TERMS[:3]), st.sampled_from(TERMS[:3]), st.sampled_from(TERMS)), min_size=1, max_size=5
)


@pytest.mark.parametrize("times", [1, 400], ids=["by line", "by column"])
@pytest.mark.parametrize("graph", ["", "<http://e/graph>"])
@settings(max_examples=30, deadline=None)
@given(rows=rows)
def test_terms_come_back_as_they_went_in(times: int, graph: str, rows: list[tuple[str, str, str]]) -> None:
    rows = rows * times
    dictionary = Dictionary()
    columns = dictionary.encode(lines(rows, graph), quads=bool(graph))
    assert decoded(dictionary, columns) == rows


def test_a_term_has_one_number_in_small_and_large_text() -> None:
    dictionary = Dictionary()
    small = dictionary.encode(lines([("<http://e/s>", "<http://e/p>", '"x"')]))
    large = dictionary.encode(lines([("<http://e/s>", "<http://e/p>", '"x"')] * 500))
    assert {int(column[0]) for column in small} == {int(column[-1]) for column in large}


def test_many_terms_that_differ_in_one_byte_are_told_apart() -> None:
    names = [f"<http://e/{'x' * (i % 40)}{i}>" for i in range(5000)]
    dictionary = Dictionary()
    before = len(dictionary)
    dictionary.encode(lines([(name, "<http://e/p>", name) for name in names]))
    assert len(dictionary) == before + 5001


def test_numbers_of_a_table_of_results_are_written_out() -> None:
    with open_store(None) as store:
        store.load(b"<http://e/s> <http://e/p> 7, 1.5, 2e0, true, 'a b' .", "turtle", graph="<http://e/g>")
        table = store.query("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }").serialize("tsv")
    dictionary = Dictionary()
    found = {obj for _, _, obj in decoded(dictionary, dictionary.encode_table(table))}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert found >= {f'"7"^^<{xsd}integer>', f'"1.5"^^<{xsd}decimal>', f'"true"^^<{xsd}boolean>', '"a b"'}
    assert any(term.endswith("double>") for term in found)


@pytest.mark.parametrize("times", [1, 400])
def test_what_is_no_line_of_three_terms_is_refused(times: int) -> None:
    with pytest.raises(InputError, match="N-Triples"):
        Dictionary().encode(b"<http://e/s> <http://e/p> .\n" * times)
