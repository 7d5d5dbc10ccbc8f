"""Text becomes columns of integers and back, however long it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.graph.reason.dictionary import Dictionary

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


@pytest.mark.parametrize("times", [1, 2000], ids=["a piece", "pieces"])
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


def test_a_line_longer_than_a_piece_is_read() -> None:
    rows = [("<http://e/s>", "<http://e/p>", '"' + "word " * 100_000 + '"'), ("<http://e/s>", "<http://e/p>", '"x"')]
    dictionary = Dictionary()
    assert decoded(dictionary, dictionary.encode(lines(rows))) == rows


def test_empty_lines_are_passed_over() -> None:
    dictionary = Dictionary()
    row = ("<http://e/s>", "<http://e/p>", '"x"')
    assert decoded(dictionary, dictionary.encode(b"\n" + lines([row]) + b"\n\n" + lines([row]))) == [row, row]


@pytest.mark.parametrize("times", [1, 400])
def test_what_is_no_line_of_three_terms_is_refused(times: int) -> None:
    with pytest.raises(InputError, match="N-Triples"):
        Dictionary().encode(b"<http://e/s> <http://e/p> .\n" * times)


def test_a_line_without_a_full_stop_is_refused() -> None:
    with pytest.raises(InputError, match="N-Triples"):
        Dictionary().encode(b"<http://e/s> <http://e/p> <http://e/o>\n<http://e/s> <http://e/p> <http://e/o> .\n")


def test_a_triple_is_no_quad() -> None:
    with pytest.raises(InputError, match="N-Quads"):
        Dictionary().encode(b'<http://e/s> <http://e/p> "x" .\n', quads=True)
