"""Equal terms share a representative: connected components of owl:sameAs over integer arrays."""

from __future__ import annotations

import numpy as np

from kg.graph.reason.dictionary import Dictionary, Ids
from kg.graph.reason.relations import LOW, SHIFT, distinct
from kg.graph.reason.vocabulary import TERMS


class Clusters:
    """Which term stands for each: the first of its cluster (vocabulary, IRIs, blank nodes, literals; then by text).

    So the choice depends on the terms only, not on the order in which equalities were found.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._map = np.arange(len(dictionary))
        self.members: dict[int, Ids] = {}
        """Each representative of more than itself, with its whole cluster."""

    def __bool__(self) -> bool:
        return bool(self.members)

    def of(self, ids: Ids) -> Ids:
        """The representative of each term."""
        if not self.members:
            return ids
        self._grow()
        return self._map[ids]

    def one(self, term: int) -> int:
        """The representative of a term."""
        return int(self._map[term]) if self.members and term < len(self._map) else term

    def cluster(self, term: int) -> Ids:
        """All terms equal to one, itself included."""
        return self.members.get(self.one(term), np.array([term]))

    def merge(self, links: Ids) -> Ids:
        """Takes in pairs of equal terms; gives the terms that from now on another one stands for."""
        self._grow()
        touched = self._map[np.concatenate((links >> SHIFT, links & LOW))]
        involved = distinct(np.concatenate([self.cluster(term) for term in distinct(touched).tolist()]))
        ranked = involved[np.array(sorted(range(len(involved)), key=lambda i: self._rank(int(involved[i]))))]
        position = dict(zip(ranked.tolist(), range(len(ranked)), strict=True))
        left = np.array([position[term] for term in touched[: len(links)].tolist()])
        right = np.array([position[term] for term in touched[len(links) :].tolist()])
        label = np.array([position[term] for term in self._map[ranked].tolist()])
        old = label.copy()
        label = components(label, np.concatenate((left, np.arange(len(ranked)))), np.concatenate((right, old)))
        before = self._map[ranked]
        self._map[ranked] = ranked[label]
        self._regroup(ranked, label, before)
        return distinct(before[before != self._map[ranked]])

    def _regroup(self, ranked: Ids, label: Ids, before: Ids) -> None:
        for old in distinct(before).tolist():
            self.members.pop(old, None)
        order = np.argsort(label, kind="stable")
        cuts = np.flatnonzero(np.diff(label[order])) + 1
        for group in np.split(order, cuts):
            if len(group) > 1:
                self.members[int(ranked[label[group[0]]])] = np.sort(ranked[group])

    def _rank(self, term: int) -> tuple[int, bytes]:
        text = self._dictionary.terms[term]
        return (0 if term < len(TERMS) else {60: 1, 95: 2}.get(text[0], 3), text)

    def _grow(self) -> None:
        if len(self._map) < len(self._dictionary):
            self._map = np.concatenate((self._map, np.arange(len(self._map), len(self._dictionary))))


def components(label: Ids, left: Ids, right: Ids) -> Ids:
    """Least label of each node's connected component, by passing least labels along edges and shortening paths."""
    while True:
        before = label.copy()
        least = np.minimum(label[left], label[right])
        np.minimum.at(label, left, least)
        np.minimum.at(label, right, least)
        label = np.minimum(label, label[label])
        if np.array_equal(before, label):
            return label
