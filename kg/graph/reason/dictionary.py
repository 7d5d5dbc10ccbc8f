"""Terms as small integers, and N-Triples text as columns of them, a buffer at a time.

Text is read as numpy sees it: spaces and line ends are found in the whole buffer, each term gets a 64-bit hash computed
eight bytes a step, and only distinct terms ever become Python objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.graph.reason.vocabulary import TERMS, XSD

Ids: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]

_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(9)], dtype=np.uint64)
_PRIMES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_PADDING = 16
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

    def encode_table(self, data: bytes) -> tuple[Ids, Ids, Ids]:
        """Columns of subjects, predicates and objects for a table of three variables in SPARQL 1.1 TSV."""
        padded = data + bytes(_PADDING)
        starts, lengths = _cell_spans(np.frombuffer(padded, dtype=np.uint8))
        return self._encode_spans(data, starts, lengths, term_hashes(padded, starts, lengths), _written_out)

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
        padded = data + bytes(_PADDING)
        starts, lengths = _term_spans(np.frombuffer(padded, dtype=np.uint8), quads)
        return self._encode_spans(data, starts, lengths, term_hashes(padded, starts, lengths), bytes)

    def _encode_spans(
        self, data: bytes, starts: Ids, lengths: Ids, hashes: Hashes, written: Callable[[bytes], bytes]
    ) -> tuple[Ids, Ids, Ids]:
        """Numbers the distinct spans, as ``written``; spans are three columns one after the other."""
        _, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
        found = [data[a : a + n] for a, n in zip(starts[first].tolist(), lengths[first].tolist(), strict=True)]
        numbers = np.array([self.id(term) for term in map(written, found)], dtype=np.int64)
        columns = numbers[inverse].reshape(3, -1)
        return columns[0], columns[1], columns[2]


def _term_spans(buffer: NDArray[np.uint8], quads: bool) -> tuple[Ids, Ids]:
    """Start and length of every subject, then every predicate, then every object."""
    marks = np.flatnonzero(buffer[:-_PADDING] <= 32)
    kinds = buffer[marks]
    if np.any((kinds != 10) & (kinds != 32)):
        marks = marks[(kinds == 10) | (kinds == 32)]
        kinds = buffer[marks]
    lines = np.flatnonzero(kinds == 10)
    before = np.concatenate((np.full(1, -1), lines[:-1]))
    full = lines - before > 3 + quads  # a line has a space after each term
    if not np.all(full | (lines - before == 1)) or (len(lines) and np.any(buffer[marks[lines[full]] - 1] != 46)):
        raise InputError("not N-Triples: a line without three terms and a full stop")
    lines, before = lines[full], before[full]
    begins = np.where(before < 0, 0, marks[before] + 1)
    one, two = marks[before + 1], marks[before + 2]
    stop = marks[lines - 2] if quads else marks[lines - 1]
    starts = np.concatenate((begins, one + 1, two + 1))
    return starts, np.concatenate((one, two, stop)) - starts


def _cell_spans(buffer: NDArray[np.uint8]) -> tuple[Ids, Ids]:
    """The same for tab-separated values, whose first line is the header."""
    ends = np.flatnonzero((buffer == 9) | (buffer == 10))[2:]
    if (len(ends) - 1) % 3:
        raise InputError("not a table of three columns")
    starts = ends[:-1] + 1
    lengths = ends[1:] - starts
    return starts.reshape(-1, 3).T.ravel(), lengths.reshape(-1, 3).T.ravel()


def _written_out(term: bytes) -> bytes:
    """A term as N-Triples has it, from one that may be a number or a boolean as Turtle has it."""
    if term[:1] in b'<_"' or term[:2] == b"<<":
        return term
    if term in (b"true", b"false"):
        kind = "boolean"
    else:
        kind = "double" if b"e" in term.lower() else "decimal" if b"." in term else "integer"
    return b'"%s"^^<%s>' % (term, (XSD + kind).encode())


def term_hashes(padded: bytes, starts: Ids, lengths: Ids) -> Hashes:
    """A 64-bit hash of each span of ``padded``, which must reach 8 bytes beyond the last span.

    The last word overlaps the one before, so that only spans shorter than a word need a mask.
    """
    words: Hashes = np.ndarray((len(padded) - 7,), dtype=np.dtype("<u8"), buffer=padded, strides=(1,))
    hashes = lengths.astype(np.uint64) * _PRIMES[1]
    short = np.flatnonzero(lengths < 8)
    tail = words[np.maximum(starts + lengths - 8, starts)]
    tail[short] &= _MASKS[lengths[short]]
    _mix(hashes, tail)
    active, at, left, current = np.arange(len(starts)), starts, lengths, hashes
    while True:
        keep = left >= 8
        if not keep.all():
            hashes[active] = current
            active, at, left = active[keep], at[keep], left[keep]
            current = hashes[active]
        if len(active) == 0:
            return hashes
        _mix(current, words[at])
        at, left = at + 8, left - 8


def _mix(hashes: Hashes, words: Hashes) -> None:
    """Takes a word into each hash, in place."""
    hashes ^= words
    hashes *= _PRIMES[0]
    words[:] = hashes
    words >>= np.uint64(29)
    hashes ^= words


def lines(dictionary: Dictionary, predicate: int, subjects: Ids, objects: Ids) -> Iterable[bytes]:
    """Statements of one predicate as ``s p o``, without the full stop."""
    between = b" " + dictionary.terms[predicate] + b" "
    return map(between.join, zip(dictionary.texts(subjects), dictionary.texts(objects), strict=True))
