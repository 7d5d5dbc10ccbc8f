"""Terms as small integers, and N-Triples text as columns of them, a piece of text at a time.

A piece is small enough for its terms to stay in the processor's cache: split, looked up and forgotten. Numbers are
looked up by the terms themselves, so that two terms never share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.graph.reason.vocabulary import TERMS

Ids: TypeAlias = NDArray[np.int64]

_PIECE: Final = 1 << 18
"""Bytes that are split at a time."""
_END: Final = b" .\n"
_NEWLINE: Final = 10


class _Numbers(dict[bytes, int]):
    """Gives a term that has no number yet the next one."""

    def __init__(self, terms: list[bytes]) -> None:
        super().__init__(zip(terms, range(len(terms)), strict=True))
        self._terms = terms

    def __missing__(self, term: bytes) -> int:
        self[term] = number = len(self._terms)
        self._terms.append(term)
        return number


class Dictionary:
    """Numbers terms in the order they come; the terms of the rule tables first.

    ``terms[i]`` is the N-Triples text of term ``i`` as bytes.
    """

    def __init__(self) -> None:
        self.terms: list[bytes] = list(TERMS)
        self._ids = _Numbers(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def id(self, term: bytes) -> int:
        """The number of a term, a new one for a new term."""
        return self._ids[term]

    def find(self, term: bytes) -> int:
        """The number of a term, or -1 if it has none."""
        return self._ids.get(term, -1)

    def text(self, number: int) -> str:
        """The N-Triples text of a term."""
        return self.terms[number].decode()

    def texts(self, numbers: Ids) -> tuple[bytes, ...]:
        """The texts of many terms."""
        if len(numbers) == 0:
            return ()
        if len(numbers) == 1:
            return (self.terms[int(numbers[0])],)
        found: tuple[bytes, ...] = itemgetter(*numbers.tolist())(self.terms)
        return found

    def encode(self, data: bytes, *, quads: bool = False) -> tuple[Ids, Ids, Ids]:
        """Columns of subjects, predicates and objects for canonical N-Triples lines.

        With ``quads`` every line must name a graph, which is left out. Raises InputError for a line that is neither.
        """
        return self.encode_pieces(_pieces(data), quads=quads)

    def encode_pieces(self, pieces: Iterable[bytes], *, quads: bool = False) -> tuple[Ids, Ids, Ids]:
        """The same for text that comes in pieces of whole lines."""
        number = self._ids.__getitem__
        split = (_terms(piece, quads) for piece in pieces)
        parts = [np.fromiter(map(number, terms), np.int64, len(terms)) for terms in split]
        table = np.concatenate(parts).reshape(-1, 3).T if parts else np.empty((3, 0), dtype=np.int64)
        return table[0].copy(), table[1].copy(), table[2].copy()


def _pieces(data: bytes) -> Iterator[bytes]:
    """Text in pieces of whole lines."""
    begin = 0
    while begin < len(data):
        end = data.rfind(b"\n", begin, begin + _PIECE) + 1 or data.find(b"\n", begin) + 1 or len(data)
        yield data[begin:end]
        begin = end


def _terms(piece: bytes, quads: bool) -> list[bytes]:
    """The terms of the lines of a piece, subject, predicate, object and so on."""
    lines = piece.split(_END)
    ends = np.count_nonzero(np.frombuffer(piece, dtype=np.uint8) == _NEWLINE)  # bytes.count takes ten times as long
    if lines.pop() or len(lines) != ends:
        lines = [_checked(line) for line in piece.splitlines() if line]
    found: list[bytes] = []
    extend = found.extend
    for line in lines:
        extend(line.split(b" ", 2))
    if len(found) != 3 * len(lines):
        raise InputError("not N-Triples: a line without three terms and a full stop")
    if quads:
        found[2::3] = [_without_graph(rest) for rest in found[2::3]]
    return found


def _checked(line: bytes) -> bytes:
    """A line without its full stop; raises InputError where it has none."""
    if not line.endswith(_END[:-1]):
        raise InputError(f"not an N-Triples line: {line[:80]!r}")
    return line[: 1 - len(_END)]


def _without_graph(rest: bytes) -> bytes:
    term, _, graph = rest.rpartition(b" ")
    if not term or graph[:1] not in (b"<", b"_"):
        raise InputError(f"not an N-Quads line: … {rest[:80]!r}")
    return term


def lines(dictionary: Dictionary, predicate: int, subjects: Ids, objects: Ids) -> Iterable[bytes]:
    """Statements of one predicate as ``s p o``, without the full stop."""
    between = b" " + dictionary.terms[predicate] + b" "
    return map(between.join, zip(dictionary.texts(subjects), dictionary.texts(objects), strict=True))
