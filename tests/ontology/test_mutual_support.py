"""Mutual support, which OWL 2 RL cannot say, aligns by a rule; one-sided support does not."""

from __future__ import annotations

from kg.config import data_dir
from kg.graph.infer import reasoner
from kg.graph.reason.beyond import apply_rules
from kg.graph.store import open_store
from kg.graph.terms import Minter
from tests.ontology.conftest import PREFIXES

MINTER = Minter("http://example.org/")
SUPPORT = """
:one a kg:Support ; kg:supporter :norland ; kg:supported :sudria .
:two a kg:Support ; kg:supporter :sudria ; kg:supported :norland , :estra .
"""


def test_only_support_that_is_returned_aligns() -> None:
    with open_store(None) as store:
        store.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
        store.load((PREFIXES + SUPPORT).encode(), "turtle", graph=MINTER.graph("article/a"))
        reasoner().infer(store, MINTER)
        apply_rules(store, MINTER)
        asked = "SELECT DISTINCT ?a ?b { ?a kg:alignedWith ?b ; kg:mutuallySupports ?b FILTER(?a != ?b) } ORDER BY ?a"
        found = [tuple(row[name].rpartition("/")[2].rstrip(">") for name in "ab") for row in store.rows(asked)]
    assert found == [("norland", "sudria"), ("sudria", "norland")]
