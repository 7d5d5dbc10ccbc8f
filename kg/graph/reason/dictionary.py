"""Terms as small integers, and N-Triples text as columns of them, a buffer at a time.

Text is read as numpy sees it: spaces and line ends are found in the whole buffer, each term gets a 64-bit hash computed
eight bytes a step, and only distinct terms ever become Python objects.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.graph.reason.vocabulary import TERMS

Ids: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]

_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(9)], dtype=np.uint64)
_PRIMES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_FEW = 256
"""Below this many lines a Python dictionary is quicker than setting up columns."""


class Dictionary:
    """Numbers terms in the order they come; the terms of the rule tables first.

    ``terms[i]`` is the N-Triples text of term ``i`` as bytes.
    """

    def __init__(self) -> None:
        self.terms: list[bytes] = list(TERMS)
        self._ids: dict[bytes, int] = {term: i for i, term in enumerate(TERMS)}

    def __len__(self) -> int:
        return len(self.terms)

    def id(self, term: bytes) -> int:
        """The number of a term, a new one for a new term."""
        found = self._ids.setdefault(term, len(self.terms))
        if found == len(self.terms):
            self.terms.append(term)
        return found

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
        if data.count(b"\n", 0, 200 * _FEW) < _FEW and len(data) < 1000 * _FEW:
            return self._encode_lines(data, quads)
        return self._encode_columns(data, quads)

    def _encode_lines(self, data: bytes, quads: bool) -> tuple[Ids, Ids, Ids]:
        rows: list[int] = []
        for line in data.split(b"\n"):
            if not line:
                continue
            parts = line.split(b" ", 2)
            if len(parts) != 3 or not parts[2].endswith(b" ."):
                raise InputError(f"not an N-Triples line: {line[:80]!r}")
            rest = parts[2][:-2]
            rows += [self.id(parts[0]), self.id(parts[1]), self.id(rest.rsplit(b" ", 1)[0] if quads else rest)]
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()

    def _encode_columns(self, data: bytes, quads: bool) -> tuple[Ids, Ids, Ids]:
        padded = data + b"\0" * 16
        starts, lengths = _term_spans(np.frombuffer(padded, dtype=np.uint8), quads)
        hashes = term_hashes(padded, starts, lengths)
        distinct, first, inverse = _distinct(hashes)
        found = [data[a : a + n] for a, n in zip(starts[first].tolist(), lengths[first].tolist(), strict=True)]
        del distinct
        numbers = np.array([self.id(term) for term in found], dtype=np.int64)
        columns = numbers[inverse].reshape(3, -1)
        return columns[0], columns[1], columns[2]


def _term_spans(buffer: NDArray[np.uint8], quads: bool) -> tuple[Ids, Ids]:
    """Start and length of every subject, then every predicate, then every object."""
    ends = np.flatnonzero(buffer == 10)
    begins = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1] + 1))
    full = ends > begins
    begins, ends = begins[full], ends[full]
    spaces = np.flatnonzero(buffer == 32)
    at = np.searchsorted(spaces, begins)
    if len(begins) and (at[-1] + 2 >= len(spaces) or np.any(buffer[ends - 1] != 46)):
        raise InputError("not N-Triples: a line without three terms and a full stop")
    one, two = spaces[at], spaces[at + 1]
    stop = ends - 2
    if quads:
        stop = spaces[np.searchsorted(spaces, stop) - 1]
    if np.any(two >= stop):
        raise InputError("not N-Triples: a line without three terms and a full stop")
    starts = np.concatenate((begins, one + 1, two + 1))
    return starts, np.concatenate((one, two, stop)) - starts


def term_hashes(padded: bytes, starts: Ids, lengths: Ids) -> Hashes:
    """A 64-bit hash of each span of ``padded``, which must reach 8 bytes beyond the last span."""
    words: Hashes = np.ndarray((len(padded) - 7,), dtype=np.dtype("<u8"), buffer=padded, strides=(1,))
    hashes = lengths.astype(np.uint64) * _PRIMES[1]
    active = np.arange(len(starts))
    for done in range(0, int(lengths.max(initial=0)), 8):
        if done:
            active = active[lengths[active] > done]
        left = lengths[active] - done
        word = words[starts[active] + done] & _MASKS[np.minimum(left, 8)]
        mixed = (hashes[active] ^ word) * _PRIMES[0]
        hashes[active] = mixed ^ (mixed >> np.uint64(29))
    return hashes


def _distinct(hashes: Hashes) -> tuple[Hashes, Ids, Ids]:
    """Distinct hashes, where each first stands, and which one each is."""
    distinct, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    return distinct, first, inverse


def lines(dictionary: Dictionary, predicate: int, subjects: Ids, objects: Ids) -> Iterable[bytes]:
    """Statements of one predicate as ``s p o``, without the full stop."""
    between = b" " + dictionary.terms[predicate] + b" "
    return map(between.join, zip(dictionary.texts(subjects), dictionary.texts(objects), strict=True))
