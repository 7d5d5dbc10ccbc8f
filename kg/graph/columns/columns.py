"""Triples by property: two sorted columns for each, of subjects with objects and of objects with subjects.

Terms are numbered by a dictionary. A pair is one 64-bit key with what it is sorted by in the upper half, so that the
neighbours of a term are a range. What comes and goes is noted, and taken in when the property is next read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.graph.reason.dictionary import Dictionary, Ids
from kg.graph.reason.relations import LOW, SHIFT, distinct, flipped, pairs, without
from kg.graph.store import stored_form

_PIECE: Final = 1 << 24
"""Bytes of a file that are read at a time."""
_MOST_NOTED: Final = 10_000
_MANY: Final = 4
"""Where a part of this of a property's triples is new, it is counted again how many neighbours there are."""
_DIRECTIONS: Final = (b"--ltr", b"--rtl")


class Property:
    """The triples of a property."""

    __slots__ = ("_by_object", "_by_subject", "_fans", "_noted")

    def __init__(self, keys: Ids) -> None:
        self._noted: dict[int, bool] = {}
        self._fans: dict[bool, float] = {}
        self._by_subject = distinct(keys)
        self._by_object = distinct(flipped(self._by_subject))
        for by_object in (False, True):
            self.fan(by_object)

    def __len__(self) -> int:
        return len(self.keys())

    def keys(self, by_object: bool = False) -> Ids:
        """The keys, sorted by subject or by object."""
        if self._noted:
            self._take_in()
        return self._by_object if by_object else self._by_subject

    def fan(self, by_object: bool) -> float:
        """How many objects a subject has on average (or subjects an object), as it was when last counted."""
        if by_object not in self._fans:
            keys = self.keys(by_object) >> SHIFT
            firsts = np.count_nonzero(keys[1:] != keys[:-1]) + 1
            self._fans[by_object] = len(keys) / firsts
        return self._fans[by_object]

    def beside(self, term: int, by_object: bool) -> Ids:
        """The objects of a subject, or the subjects of an object."""
        keys = self.keys(by_object)
        begin, end = keys.searchsorted(np.array([term << 32, (term + 1) << 32]))
        found: Ids = keys[begin:end] & LOW
        return found

    def spans(self, terms: Ids, by_object: bool) -> tuple[Ids, Ids]:
        """Where the neighbours of each term begin among the keys, and how many there are."""
        keys, low = self.keys(by_object), terms << SHIFT
        begin = keys.searchsorted(low)
        return begin, keys.searchsorted(low + (LOW + 1)) - begin

    def has(self, subjects: Ids, objects: Ids) -> NDArray[np.bool_]:
        """Which of the pairs are triples."""
        keys, sought = self.keys(), pairs(subjects, objects)
        if not len(keys):
            return np.zeros(len(sought), dtype=np.bool_)
        found: NDArray[np.bool_] = keys.take(keys.searchsorted(sought), mode="clip") == sought
        return found

    def note(self, key: int, present: bool) -> None:
        """Notes that a pair came, or went; whether it was there makes no difference."""
        self._noted[key] = present
        if len(self._noted) > _MOST_NOTED:
            self._take_in()

    def _take_in(self) -> None:
        noted, self._noted = self._noted, {}
        both = np.fromiter(noted, np.int64, len(noted))
        present = np.fromiter(noted.values(), np.bool_, len(noted))
        self._by_subject = _changed(self._by_subject, both, present)
        self._by_object = _changed(self._by_object, flipped(both), present)
        if _MANY * len(noted) > len(self._by_subject):
            self._fans.clear()


def _changed(keys: Ids, noted: Ids, present: NDArray[np.bool_]) -> Ids:
    """Sorted keys with those that are noted as present, and without the others, in one pass."""
    gone, come = np.sort(noted[~present]), np.sort(noted[present])
    left, come = without(keys, gone), without(come, keys)
    changed: Ids = np.insert(left, left.searchsorted(come), come)
    return changed


class Columns:
    """The properties of a graph by name; None for one with an object that is not plain, which the store has to read."""

    def __init__(self) -> None:
        self._dictionary = Dictionary()
        self._properties: dict[bytes, Property | None] = {}

    @classmethod
    def read(cls, file: Path) -> Columns:
        """The columns of an image of the default graph: canonical N-Triples."""
        columns = cls()
        columns._fill(file)
        return columns

    def _fill(self, file: Path) -> None:
        read = [self._encoded(piece) for piece in _pieces(file)]
        if not read:
            return
        predicates, keys = (np.concatenate([part[at] for part in read]) for at in (0, 1))
        del read
        unusual = np.array([i for i, term in enumerate(self._dictionary.terms) if not is_plain(term)], dtype=np.int64)
        order = predicates.argsort(kind="stable")
        ends = np.flatnonzero(np.diff(predicates[order])) + 1
        for places in np.split(order, ends):
            own, name = keys[places], self._dictionary.terms[int(predicates[places[0]])]
            has_unusual = len(unusual) and bool(np.isin(own & LOW, unusual).any())
            self._properties[name] = None if has_unusual else Property(own)

    def _encoded(self, piece: bytes) -> tuple[Ids, Ids]:
        subjects, predicates, objects = self._dictionary.encode(piece)
        return predicates.astype(np.int32), pairs(subjects, objects)

    def follow(self, removed: str, added: str) -> None:
        """Takes in a commit: lines of N-Triples that went, then those that came."""
        for lines, present in ((removed, False), (added, True)):
            for subject, predicate, obj in _triples(lines):
                self._note(subject, predicate, obj, present)

    def _note(self, subject: bytes, predicate: bytes, obj: bytes, present: bool) -> None:
        if not is_plain(obj):
            if present:
                self._properties[predicate] = None
            return
        known = self._properties.get(predicate, _UNKNOWN)
        if known is _UNKNOWN:
            known = self._properties[predicate] = Property(np.empty(0, dtype=np.int64))
        if isinstance(known, Property):
            number = self._dictionary.id
            known.note((number(subject) << 32) | number(obj), present)

    def property(self, name: bytes) -> Property | None:
        """A property, without triples where nobody has it; None where the store is to be asked."""
        return self._properties.get(name, _NOTHING)

    def number(self, term: bytes) -> int:
        """The number of a term; -1 where the graph does not have it."""
        return self._dictionary.find(term)

    def terms(self, numbers: Ids) -> Sequence[bytes]:
        """The terms as N-Triples has them."""
        return self._dictionary.texts(numbers)

    def __len__(self) -> int:
        """How many terms have a number."""
        return len(self._dictionary)


_NOTHING: Final = Property(np.empty(0, dtype=np.int64))
_UNKNOWN: Final = object()


def is_plain(term: bytes) -> bool:
    """Whether a term is none of RDF 1.2's, a triple or a text with a direction."""
    return not term.startswith(b"<<") and not (term.startswith(b'"') and term.endswith(_DIRECTIONS))


def _pieces(file: Path) -> Iterator[bytes]:
    """The file in pieces of whole lines."""
    with file.open("rb") as lines:
        while piece := lines.read(_PIECE):
            yield piece + lines.readline()


def _triples(lines: str) -> Iterable[tuple[bytes, bytes, bytes]]:
    """The triples of lines with a full stop each, literals as a store keeps them; raises InputError."""
    for line in filter(None, lines.split("\n")):
        parts = line.split(" ", 2)
        if len(parts) < 3 or not line.endswith("."):
            raise InputError(f"not an N-Triples line: {line[:80]!r}")
        obj = parts[2][:-1].rstrip(" ")
        if obj.startswith('"') and not obj.endswith('"'):
            obj = stored_form(obj)
        yield parts[0].encode(), parts[1].encode(), obj.encode()
