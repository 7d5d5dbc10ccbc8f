"""Every command on a real store: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from rdflib import Graph

import kg as package
from kg.cli import cli
from kg.cli.group import COMMANDS
from tests.cli.conftest import Kg

VOTERS = "SELECT ?label WHERE { ?vote a kg:Vote ; kg:agent/rdfs:label ?label } ORDER BY ?label"


def asked(folder: Path, text: str = VOTERS) -> Path:
    path = folder / "question.rq"
    path.write_text(text)
    return path


def test_build_reads_once_and_then_finds_nothing_changed(kg: Kg, stories: Path, tmp_path: Path) -> None:
    first = kg("build", "-s", tmp_path / "s", "--no-infer", stories)
    again = kg("build", "-s", tmp_path / "s", "--no-infer", stories)
    assert (first.status, first.out) == (0, "") and first.err.startswith("2 articles read, 0 unchanged")
    assert again.err.startswith("0 articles read, 2 unchanged")


def test_query_prints_a_table_of_the_answer(kg: Kg, store: Path, tmp_path: Path) -> None:
    answer = kg("query", "-s", store, asked(tmp_path))
    assert answer.status == 0 and answer.err == ""
    assert "label" in answer.out and "Brazil" in answer.out and "(2 rows)" in answer.out


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "xml", "srj", "srx"])
def test_format_of_a_query_is_that_of_the_output_file(kg: Kg, store: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"answer.{suffix}"
    assert kg("query", "-s", store, "-o", out, asked(tmp_path)).out == ""
    assert "Cuba" in out.read_text()
    if suffix == "csv":
        assert list(csv.reader(io.StringIO(out.read_text())))[1:] == [["Brazil"], ["Cuba"]]


def test_query_of_a_graph_is_turtle(kg: Kg, store: Path, tmp_path: Path) -> None:
    question = asked(tmp_path, "CONSTRUCT { ?v kg:agent ?a } WHERE { ?v a kg:Vote ; kg:agent ?a }")
    assert len(Graph().parse(data=kg("query", "-s", store, "-f", "turtle", question).out, format="turtle")) == 2


def test_query_reads_stdin(kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(VOTERS))
    assert "Brazil" in kg("query", "-s", store, "-").out


def test_query_may_stand_in_the_command_itself(kg: Kg, store: Path) -> None:
    assert "Brazil" in kg("query", "-s", store, VOTERS).out
    assert kg("query", "-s", store, f"{VOTERS} #{'x' * 5000}").status == 0
    wrong = kg("query", "-s", store, "SELECT * {")
    assert wrong.status == 3
    assert "SELECT" in wrong.err or "line 1" in wrong.err


def test_asserted_leaves_out_what_was_inferred(kg: Kg, store: Path, tmp_path: Path) -> None:
    question = asked(tmp_path, "ASK { ?a kg:votedWith ?b }")
    assert kg("query", "-s", store, question).out == "yes\n"
    assert kg("query", "-s", store, "--asserted", question).out == "no\n"


def test_extract_prints_facts_as_json_lines_and_touches_nothing(kg: Kg, stories: Path, tmp_path: Path) -> None:
    answer = kg("extract", stories / "treaty.txt")
    facts = [json.loads(line) for line in answer.out.splitlines()]
    agreement = next(fact for fact in facts if fact.get("kind") == "Agreement")
    assert (agreement["fact"], agreement["date"]) == ("event", "2014-02-03")
    assert "signed a treaty" in agreement["evidence"]["quote"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml"])
def test_export_in_every_rdf_format_holds_the_same_graph(kg: Kg, store: Path, form: str) -> None:
    answer = kg("export", "-s", store, "-f", form, "--graph", "article/treaty-signed-in-lima-2014-02-04")
    names = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    if form in {"trig", "nquads"}:
        assert "Treaty signed in Lima" in answer.out
    else:
        graph = Graph().parse(data=answer.out, format=names.get(form, form))
        assert len(graph) > 30


@pytest.mark.parametrize(("suffix", "begins"), [("csv", "subject,predicate"), ("graphml", "<?xml"), ("ttl", "@base")])
def test_format_of_an_export_is_that_of_the_output_file(
    kg: Kg, store: Path, tmp_path: Path, suffix: str, begins: str
) -> None:
    assert kg("export", "-s", store, "-o", tmp_path / f"all.{suffix}").status == 0
    assert (tmp_path / f"all.{suffix}").read_text().startswith(begins)


def test_explain_leads_to_the_sentence(kg: Kg, store: Path) -> None:
    answer = kg("explain", "-s", store, "Brazil", "kg:votedWith", "Cuba")
    assert answer.status == 0 and "Brazil and Cuba voted against a resolution" in answer.out
    assert json.loads(kg("explain", "-s", store, "-f", "json", "Brazil", "kg:votedWith", "Cuba").out)["rule"]


def test_explain_names_the_other_ways_to_a_fact(kg: Kg, store: Path) -> None:
    asked = ("Brazil", "kg:alignedWith", "Cuba")
    assert "It also follows, in one step, from" in kg("explain", "-s", store, *asked).out
    found = json.loads(kg("explain", "-s", store, "-f", "json", *asked).out)
    assert {"prp-spo1", "prp-symp"} >= {other["rule"] for other in found["alternatives"]} != set()


def test_python_explains_like_the_command(kg: Kg, store: Path) -> None:
    found = package.explain(store, "Brazil", "kg:votedWith", "Cuba")
    told = kg("explain", "-s", store, "-f", "json", "Brazil", "kg:votedWith", "Cuba").out
    assert json.loads(json.dumps(found.as_dict())) == json.loads(told)


@pytest.mark.parametrize(
    ("form", "part"),
    [("turtle", "prov:hadPrimarySource"), ("ntriples", "ns/prov#wasDerivedFrom>"), ("mermaid", "flowchart BT")],
)
def test_explain_writes_proofs_for_programs(kg: Kg, store: Path, form: str, part: str) -> None:
    answer = kg("explain", "-s", store, "-f", form, "Brazil", "kg:votedWith", "Cuba")
    assert answer.status == 0 and part in answer.out


def test_describe_shows_facts_with_evidence(kg: Kg, store: Path) -> None:
    answer = kg("describe", "-s", store, "Cuba")
    assert answer.status == 0 and "state/cuba" in answer.out and "voted against a resolution" in answer.out


def test_load_infer_and_query_what_was_loaded(kg: Kg, tmp_path: Path) -> None:
    rdf = tmp_path / "more.ttl"
    rdf.write_text("@prefix kg: <https://w3id.org/communique/ontology#> . <urn:a> kg:allyOf <urn:b> .")
    assert kg("load", "-s", tmp_path / "s", "--graph", "urn:mine", rdf).err == f"{rdf}: 1 new\n"
    assert kg("infer", "-s", tmp_path / "s").status == 0
    assert kg("query", "-s", tmp_path / "s", asked(tmp_path, "ASK { <urn:b> kg:allyOf <urn:a> }")).out == "yes\n"


def test_stats_count(kg: Kg, store: Path) -> None:
    assert "articles" in kg("stats", "-s", store).out
    assert json.loads(kg("stats", "-s", store, "-f", "json").out)["articles"] == 2


def test_check_finds_a_sound_graph_sound(kg: Kg, store: Path) -> None:
    answer = kg("check", "-s", store)
    assert (answer.status, answer.out) == (0, "no contradictions, no violations\n")


def test_check_exits_with_one_where_the_graph_contradicts_itself(kg: Kg, tmp_path: Path) -> None:
    rdf = tmp_path / "odd.ttl"
    rdf.write_text("@prefix kg: <https://w3id.org/communique/ontology#> . <urn:a> a kg:Person, kg:State .")
    kg("load", "-s", tmp_path / "s", rdf)
    kg("infer", "-s", tmp_path / "s")
    answer = kg("check", "-s", tmp_path / "s")
    assert answer.status == 1 and "contradiction" in answer.out


def test_evaluate_prints_figures_and_errors(kg: Kg, stories: Path, tmp_path: Path) -> None:
    gold = {
        "article": {"published": "2014-02-04"},
        "entities": [{"name": "Peru", "type": "State"}, {"name": "Chile", "type": "State"}],
        "events": [
            {"types": ["Agreement"], "agents": ["Peru", "Chile"], "evidence": "signed a treaty"},
            {"types": ["Visit"], "agents": ["Peru"], "evidence": "in Lima"},
        ],
    }
    (tmp_path / "treaty.txt").write_text((stories / "treaty.txt").read_text())
    (tmp_path / "treaty.gold.json").write_text(json.dumps(gold))
    answer = kg("evaluate", "--errors", tmp_path)
    assert answer.status == 0 and "Agreement" in answer.out and "missed Visit [Peru]" in answer.out
    data = json.loads(kg("evaluate", "-f", "json", tmp_path).out)
    assert (data["measures"]["events"]["found"], data["measures"]["events"]["gold"]) == (1, 2)


def test_every_command_has_help(kg: Kg) -> None:
    for name in COMMANDS:
        answer = kg(name, "--help")
        assert answer.status == 0 and answer.out.startswith(f"Usage: kg {name}")


def test_queries_of_the_library_are_listed_and_all_run(kg: Kg, store: Path) -> None:
    names = [line.split()[0] for line in kg("query", "--list").out.splitlines()]
    assert len(names) >= 15
    for name in names:
        assert kg("query", "-s", store, name).status == 0, name


def test_commands_load_only_what_they_need() -> None:
    assert cli.list_commands(None) == list(COMMANDS)  # type: ignore[arg-type]  # the context is not used
