"""What the system must show: from articles to answers, on the source articles and on the project's own seeds.

Every question is asked as a user would: ``kg build``, then ``kg query``, ``kg explain``, ``kg export``, or over HTTP.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rdflib import Graph
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.cli import cli, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
Rows = set[tuple[str, ...]]


class World:
    """A store built from one set of articles, and the questions one can put to it."""

    def __init__(self, store: Path, scratch: Path) -> None:
        self.store = store
        self._scratch = scratch

    def ask(self, pattern: str, *names: str) -> Rows:
        """The distinct solutions of a pattern, each as the texts of the named variables."""
        question, answer = self._scratch / "question.rq", self._scratch / "answer.csv"
        selected = " ".join(f"?{name}" for name in names)
        question.write_text(f"SELECT DISTINCT {selected} WHERE {{ {pattern} }}")
        assert run(cli, ["query", "-s", str(self.store), "-o", str(answer), str(question)]) == 0
        return {tuple(row) for row in list(csv.reader(io.StringIO(answer.read_text())))[1:]}

    def labels(self, pattern: str) -> set[str]:
        """The labels of everything that ``?x`` stands for in a pattern."""
        return {label for (label,) in self.ask(pattern + " ?x rdfs:label ?label", "label")}


def built(articles: Path, folder: Path) -> World:
    store = folder / "kg.store"
    assert run(cli, ["build", "-s", str(store), "--published", "2012-06-05", str(articles)]) == 0
    return World(store, folder)


@pytest.fixture(scope="module", params=["sources", "seeds"])
def articles(request: pytest.FixtureRequest) -> Path:
    if request.param == "seeds":
        return ROOT / "seeds"
    shared: Path = request.getfixturevalue("shared")
    return shared / "seeds"


@pytest.fixture(scope="module")
def world(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    return built(articles, tmp_path_factory.mktemp("world"))


def test_putin_and_hu_met_in_beijing_once_by_two_reports(world: World) -> None:
    meetings = world.ask(
        """?m a kg:Meeting ; kg:agent/rdfs:label "Vladimir Putin", "Hu Jintao" ; kg:place/rdfs:label "Beijing" ;
           kg:date ?date ; kg:report ?report . FILTER(STR(?date) = "2012-06-05")""",
        "m",
        "report",
    )
    assert len({meeting for meeting, _ in meetings}) == 1
    articles = world.ask(
        """?m a kg:Meeting ; kg:agent/rdfs:label "Vladimir Putin", "Hu Jintao" ; kg:place/rdfs:label "Beijing" ;
           kg:date "2012-06-05"^^xsd:date ; kg:report/kg:article ?article""",
        "article",
    )
    assert len(articles) == 2


def test_hu_is_president_of_china_by_each_article_alone(world: World) -> None:
    """The first article only says "his Chinese counterpart"."""
    stated = world.ask(
        """?t kg:holder/rdfs:label "Hu Jintao" ; kg:position ?p ; kg:report/kg:article ?article .
           ?p kg:positionIn/rdfs:label "China" ; kg:role kg:HeadOfState""",
        "article",
    )
    assert len(stated) == 2


def offices(world: World, person: str) -> Rows:
    return world.ask(
        f"""?t kg:holder/rdfs:label "{person}" ; kg:position ?p ; kg:report ?r .
            ?p kg:positionIn/rdfs:label ?of ; kg:role ?role . BIND(STRAFTER(STR(?role), "#") AS ?name)""",
        "name",
        "of",
    )


def test_annan_is_envoy_of_the_united_nations_and_the_arab_league(world: World) -> None:
    assert {of for role, of in offices(world, "Kofi Annan") if role == "Envoy"} == {"United Nations", "Arab League"}


def test_liu_speaks_for_the_chinese_foreign_ministry(world: World) -> None:
    assert offices(world, "Liu Weimin") == {("Spokesperson", "Ministry of Foreign Affairs of China")}


def test_russia_china_and_cuba_voted_against_in_the_human_rights_council(world: World) -> None:
    voters = world.labels(
        """?v a kg:Vote ; kg:choice kg:Against ; kg:date "2012-06-01"^^xsd:date ; kg:agent ?x ;
           kg:body/rdfs:label "United Nations Human Rights Council" ."""
    )
    assert voters == {"Russia", "China", "Cuba"}


def test_russia_and_china_vetoed_together_in_the_security_council(world: World) -> None:
    vetoers = world.labels('?v a kg:Veto ; kg:agent ?x ; kg:body/rdfs:label "United Nations Security Council" .')
    assert vetoers == {"Russia", "China"}


def test_reports_differ_on_the_dead_of_houla(world: World) -> None:
    figures = world.ask(
        """?e a kg:Killing ; kg:date "2012-05"^^xsd:gYearMonth ; kg:report ?r . ?r kg:killed ?killed .
           OPTIONAL { ?r kg:atLeast ?more } BIND(COALESCE(?more, false) AS ?least)""",
        "e",
        "killed",
        "least",
    )
    assert {(killed, least) for _, killed, least in figures} == {("108", "false"), ("100", "true")}
    assert len({event for event, _, _ in figures}) == 1, "one happening, two reports"
    assert world.labels("?e a kg:Killing ; kg:report/kg:killed 100 ; kg:place ?x .") == {"Houla"}


def test_more_than_nine_thousand_dead_is_what_the_united_nations_says(world: World) -> None:
    sources = world.labels("?r kg:killed 9000 ; kg:atLeast true ; kg:attributedTo ?x .")
    assert sources == {"United Nations"}


def test_russia_is_a_stated_ally_of_syria(world: World) -> None:
    stated = world.ask(
        """GRAPH ?g { ?a kg:allyOf ?b } ?a rdfs:label "Russia" . ?b rdfs:label "Syria" .
           FILTER(CONTAINS(STR(?g), "/article/"))""",
        "g",
    )
    assert len(stated) == 1


@pytest.mark.parametrize("relation", ["votedWith", "vetoedWith", "alignedWith"])
def test_russia_and_china_are_derived_to_go_together(world: World, relation: str) -> None:
    pattern = f'GRAPH ?g {{ ?a kg:{relation} ?b }} ?a rdfs:label "Russia" . ?b rdfs:label "China" .'
    graphs = {graph.rsplit("/", 1)[-1] for (graph,) in world.ask(pattern, "g")}
    assert graphs == {"inferred"}


@pytest.mark.parametrize(
    ("relation", "words"), [("votedWith", "vote"), ("vetoedWith", "veto"), ("alignedWith", "Russia")]
)
def test_explanation_shows_the_sentences(
    world: World, capfd: pytest.CaptureFixture[str], relation: str, words: str
) -> None:
    assert run(cli, ["explain", "-s", str(world.store), "Russia", f"kg:{relation}", "China"]) == 0
    sentences = re.findall("“(.*?)”", capfd.readouterr().out)
    assert sentences and any(words in sentence or "vetoed" in sentence for sentence in sentences)


def test_no_fact_comes_from_appeals_and_furniture(world: World) -> None:
    quotes = {quote for (quote,) in world.ask("?r kg:quote ?quote", "quote")}
    texts = {text for (text,) in world.ask("?a a kg:Article ; kg:text ?text", "text")}
    assert len(quotes) > 20 and len(texts) == 2
    furniture = re.compile(
        r"favou?r to ask|support us|your support|subscri|newsletter|cookie|leave a comment|read more|advertis|©", re.I
    )
    assert not [text for text in quotes | texts if furniture.search(text)]
    assert all(any(quote in text for text in texts) for quote in quotes)


def test_what_is_only_urged_feared_or_refused_is_no_event(world: World) -> None:
    """Sanctions, an investigation, intervention and a transition are called for or opposed; none happened."""
    for kind in ("Sanction", "Investigation", "Aid", "Mobilisation", "WeaponsTest", "Detention", "Expulsion"):
        events = world.ask(
            f"?e a kg:{kind} ; kg:report/kg:quote ?quote . FILTER NOT EXISTS {{ ?e kg:planned true }}", "quote"
        )
        assert not [quote for (quote,) in events if re.search("sanction|investigation|intervention", quote)], kind
    contents = {text for (text,) in world.ask("?e kg:content/kg:text ?text", "text")}
    assert any("intervention" in text for text in contents)
    roles = "kg:agent|kg:target|kg:place|kg:participant|kg:involves|kg:body|kg:date"
    assert world.ask(f"?p a kg:Proposition ; {roles} ?x", "p") == set()


def test_the_coming_summit_is_planned(world: World) -> None:
    people = world.labels("?e a kg:Summit ; kg:planned true ; kg:participant|kg:agent ?x .")
    assert {"Vladimir Putin", "Hu Jintao"} <= people or "Shanghai Cooperation Organisation" in people


SAME: list[tuple[str, str, str]] = [
    ("people, schema.org", "?x a kg:Person .", "?x a schema:Person ."),
    ("people, FOAF", "?x a kg:Person .", "?x a foaf:Person ."),
    ("organisations, schema.org", "?x a kg:Organisation .", "?x a schema:Organization ."),
    ("organisations, ORG", "?x a kg:Organisation .", "?x a org:Organization ."),
    ("events, SEM", "?x a kg:Event .", "?x a sem:Event ."),
    ("events, schema.org", "?x a kg:Event .", "?x a schema:Event ."),
    ("places, SEM", "?x a kg:Place .", "?x a sem:Place ."),
    (
        "who met, SEM",
        '?e a kg:Meeting ; kg:participant ?x ; kg:place/rdfs:label "Beijing" .',
        '?e a kg:Meeting ; sem:hasActor ?x ; sem:hasPlace/rdfs:label "Beijing" .',
    ),
]


@pytest.mark.parametrize(("ours", "theirs"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_questions_in_other_vocabularies_give_the_same(world: World, ours: str, theirs: str) -> None:
    expected = world.labels(ours)
    assert expected and world.labels(theirs) == expected


def test_export_parses_elsewhere_and_is_identical_over_two_builds(articles: Path, world: World, tmp_path: Path) -> None:
    import pyoxigraph

    first, second = tmp_path / "first.ttl", tmp_path / "second.ttl"
    again = built(articles, tmp_path)
    assert run(cli, ["export", "-s", str(world.store), "-o", str(first)]) == 0
    assert run(cli, ["export", "-s", str(again.store), "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    by_rdflib = len(Graph().parse(first, format="turtle"))
    by_oxigraph = len(set(pyoxigraph.parse(path=str(first), format=pyoxigraph.RdfFormat.TURTLE)))
    assert by_rdflib == by_oxigraph > 1000


def test_the_graph_is_consistent_and_fits_its_shapes(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    status = run(cli, ["check", "-s", str(world.store)])
    assert status == 0, capfd.readouterr().out


def test_every_named_query_runs_and_most_have_answers(world: World, tmp_path: Path) -> None:
    from kg.graph.query import query_library

    empty = []
    for name in query_library():
        out = tmp_path / f"{name}.csv"
        assert run(cli, ["query", "-s", str(world.store), "-f", "csv", "-o", str(out), name]) in {0, 2}, name
        if out.exists() and len(out.read_text().splitlines()) < 2:
            empty.append(name)
    assert len(query_library()) >= 15
    assert len(empty) <= len(query_library()) // 3, empty


@contextmanager
def served(store: Path) -> Iterator[str]:
    """A server of the store on a free port, as a process of its own."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "-s", str(store), "-p", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = None
        for line in process.stderr:
            if found := re.search(r"http://\S+", line):
                break
        assert found, "the server did not say where it is"
        yield found[0]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_an_ordinary_client_gets_the_same_answers_over_http(world: World) -> None:
    question = """PREFIX kg: <https://w3id.org/communique/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?label WHERE { ?v a kg:Veto ; kg:agent/rdfs:label ?label }"""
    with served(world.store) as base:
        for method in ("GET", POST):
            client = SPARQLWrapper(f"{base}sparql", returnFormat=JSON)
            client.setMethod(method)
            client.setQuery(question)
            answer = client.queryAndConvert()
            assert isinstance(answer, dict)
            assert {row["label"]["value"] for row in answer["results"]["bindings"]} == {"Russia", "China"}


def test_evaluation_prints_figures_for_sources_and_gold(shared: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["evaluate", str(shared / "seeds"), str(shared / "gold" / "dev")]) == 0
    out = capfd.readouterr().out
    assert re.search(r"^events +0\.\d+ +0\.\d+ +0\.\d+", out, re.M) and "wikidata right" in out
