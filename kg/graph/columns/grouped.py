"""Groups of solutions and what is made of them (SPARQL 1.1 Query, sections 11 and 18.5.1).

Solutions are counted by what they are grouped by and what is aggregated, block by block; aggregates are made of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from typing import Final

import numpy as np

from kg.graph.columns.conditions import Condition
from kg.graph.columns.own import Own
from kg.graph.columns.table import UNBOUND, Table, codes
from kg.graph.columns.tally import Tally, coded
from kg.graph.columns.values import places_in_order, values_of_a_kind
from kg.graph.reason.dictionary import Ids
from kg.graph.reason.relations import LOW, SHIFT, distinct, pairs
from kg.graph.store.joined import Aggregate, Given, Grouping, Join
from kg.graph.store.values import TooMuch

_XSD_DECIMAL: Final = b"http://www.w3.org/2001/XMLSchema#decimal"
_DECIMAL: Final = b"^^<%b>" % _XSD_DECIMAL
_EXACT: Final = Context(prec=80)
_LARGEST: Final = 1 << 62
_FRACTION: Final = 18
"""Digits that the engine's decimals have after the point."""


def needed(join: Join, grouping: Grouping) -> frozenset[int]:
    """The variables whose values are needed."""
    return frozenset((*grouping.by, *_aggregated(join, grouping)))


def _aggregated(join: Join, grouping: Grouping) -> list[int]:
    """The variables of which more must be known than how many solutions there are."""
    made = grouping.made.values()
    return sorted({a.of for a in made if a.of is not None and not _counts_all(join, a)} - set(grouping.by))


def _counts_all(join: Join, made: Aggregate) -> bool:
    """Whether this is how many solutions there are."""
    return made.function == "COUNT" and not made.distinct and (made.of is None or made.of in join.certain)


def grouped(own: Own, join: Join, grouping: Grouping, given: Given, tables: Iterable[Table]) -> Table:
    """The groups: what they have in common and what is made of them, where what HAVING asks holds.

    Raises TooMuch where the store is to answer.
    """
    aggregated = _aggregated(join, grouping)
    tally = Tally((*grouping.by, *aggregated), len(own))
    for table in tables:
        tally.add(table)
    groups = _Groups(own, grouping, *tally.counts(), alone=not aggregated)
    columns = {name: groups.made(made, counted=_counts_all(join, made)) for name, made in grouping.made.items()}
    table = Table({**groups.table.columns, **columns}, groups.table.size)
    for condition in grouping.having:
        holds = Condition(own, condition, given).holds(table)
        table = table.take(holds, int(np.count_nonzero(holds)))
    return table


class _Groups:
    """Groups, and the combinations of values that are in them: whose each is, and how often it comes."""

    def __init__(self, own: Own, grouping: Grouping, table: Table, counts: Ids, *, alone: bool) -> None:
        """``alone`` says that each combination is a group."""
        self._own = own
        self._values = table
        self._counts = counts
        if not grouping.by:
            self.table, self._of = Table({}, 1), np.zeros(table.size, dtype=np.int64)
        elif alone:
            self.table, self._of = table, np.arange(table.size)
        else:
            code, read = coded(table, grouping.by, len(own))
            once, self._of = np.unique(code, return_inverse=True)
            self.table = Table(read.columns(once), len(once))

    def made(self, made: Aggregate, *, counted: bool) -> Ids:
        """An aggregate of each group; ``counted`` says that it is how many solutions that has."""
        if counted:
            return self._integers(self._summed(self._of, self._counts))
        assert made.of is not None
        of, values, counts = self._of, self._values.column(made.of), self._counts
        if made.distinct and made.function not in ("MIN", "MAX", "SAMPLE"):
            keys = distinct(pairs(of, values - UNBOUND))
            of, values, counts = keys >> SHIFT, (keys & LOW) + UNBOUND, np.ones(len(keys), dtype=np.int64)
        bound = values != UNBOUND
        if made.function == "COUNT":
            return self._integers(self._summed(of[bound], counts[bound]))
        if made.function == "SAMPLE":
            return self._most(of, values)
        lacking = np.bincount(of[~bound], minlength=self.table.size) > 0
        of, values, counts = of[bound], values[bound], counts[bound]
        if made.function in ("MIN", "MAX"):
            found = self._extreme(of, values, -1 if made.function == "MIN" else 1)
        else:
            found = self._summed_values(of, values, counts, mean=made.function == "AVG")
        return np.where(lacking, UNBOUND, found)

    def _summed(self, of: Ids, counts: Ids) -> Ids:
        """The sum of numbers by group, exactly."""
        total = np.zeros(self.table.size, dtype=np.int64)
        np.add.at(total, of, counts)
        return total

    def _most(self, of: Ids, values: Ids) -> Ids:
        """The largest number by group; -1 where there is none."""
        most = np.full(self.table.size, -1)
        np.maximum.at(most, of, values)
        return most

    def _integers(self, numbers: Ids) -> Ids:
        once, places = codes(numbers, int(numbers.max(initial=0)) + 1)
        found: Ids = self._own.add(_integer(number) for number in once.tolist())[places]
        return found

    def _extreme(self, of: Ids, values: Ids, sign: int) -> Ids:
        """The largest value by group, or the smallest; raises TooMuch where equal values are different terms."""
        once, places = codes(values, len(self._own))
        if not len(once):
            return np.full(self.table.size, UNBOUND)
        kind, compared = values_of_a_kind(self._own, once)
        if kind == "number" and len(set(compared)) < len(compared):
            raise TooMuch
        if self.table.size == 1:
            best = (max if sign > 0 else min)(compared)
            return once[[compared.index(best)]]
        ranks = places_in_order(compared)
        order = ranks.argsort()
        ranks, order = (ranks, order) if sign > 0 else (len(once) - 1 - ranks, order[::-1])
        found = self._most(of, ranks[places])
        return np.where(found < 0, UNBOUND, once[order[found]])

    def _summed_values(self, of: Ids, values: Ids, counts: Ids, *, mean: bool) -> Ids:
        """The sum of values by group, or their mean; raises TooMuch where one is no plain number."""
        once, places = codes(values, len(self._own))
        digits, units = _units(*values_of_a_kind(self._own, once)) if len(once) else (0, [])
        if max(map(abs, units), default=0) * int(counts.sum()) > _LARGEST:
            raise TooMuch
        total = self._summed(of, np.array(units, dtype=np.int64)[places] * counts).tolist()
        many = self._summed(of, counts).tolist()
        is_decimal = np.array([term.endswith(_DECIMAL) for term in self._own.terms(once)], dtype=np.int64)
        decimal = (self._most(of, is_decimal[places]) > 0).tolist()
        if mean:
            texts = [_mean(*group, digits) for group in zip(total, many, strict=True)]
        else:
            texts = [_sum(*group, digits) for group in zip(total, decimal, strict=True)]
        once_each = list(dict.fromkeys(texts))
        numbers = dict(zip(once_each, self._own.add(once_each).tolist(), strict=True))
        return np.array([numbers[text] for text in texts], dtype=np.int64)


def _units(kind: str, values: Sequence[int | Decimal]) -> tuple[int, list[int]]:
    """How many digits numbers have after the point at most, and the numbers as multiples of the last of these."""
    if kind != "number":
        raise TooMuch
    exponents = [value.as_tuple().exponent for value in values if isinstance(value, Decimal)]
    digits = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return digits, [int(_EXACT.scaleb(Decimal(value), digits)) for value in values]


def _sum(total: int, is_decimal: bool, digits: int) -> bytes:
    return _decimal(total, digits) if is_decimal else _integer(total // 10**digits)


def _mean(total: int, many: int, digits: int) -> bytes:
    """A mean as the engine has it: of nothing a whole number, else cut off."""
    if not many:
        return _integer(0)
    units = abs(total) * 10**_FRACTION // (many * 10**digits)
    return _decimal(units if total >= 0 else -units, _FRACTION)


def _integer(number: int) -> bytes:
    return b'"%d"^^<http://www.w3.org/2001/XMLSchema#integer>' % number


def _decimal(units: int, digits: int) -> bytes:
    """A decimal by the multiple of its last digit, in canonical form."""
    whole, part = divmod(abs(units), 10**digits)
    fraction = f".{part:0{digits}d}".rstrip("0") if part else ""
    return b'"%b%d%b"^^<%b>' % (b"-" * (units < 0), whole, fraction.encode(), _XSD_DECIMAL)
