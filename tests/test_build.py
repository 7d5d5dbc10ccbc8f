"""Building: idempotent, independent of order, incremental, safe to interrupt, undisturbed by bad articles."""

from __future__ import annotations

import io
import pickle
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.build import Watch, build, codec, load_tools, read_article
from kg.build.ledger import FILE
from kg.config import Settings
from kg.errors import InputError
from kg.graph.export import export
from kg.graph.infer import reasoner
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from kg.model import Article, Event, Reading

SETTINGS = Settings()
MINTER = Minter(SETTINGS.base)
STORIES = {
    "lima": (
        "2014-02-04",
        "LIMA — Peru and Chile signed a treaty in Lima on Monday. The Peruvian government hailed the treaty.",
    ),
    "santiago": ("2014-02-04", "Chile and Peru signed a treaty in Lima on Monday. Bolivia rejected the treaty."),
    "vote": ("2014-03-10", "Brazil and Cuba voted against a resolution of the UN Human Rights Council on Friday."),
    "attack": ("2014-03-11", "Rebels killed more than 20 soldiers in Mali on Monday, the United Nations said."),
    "talks": ("2014-03-12", "Angela Merkel met Francois Hollande in Berlin on Tuesday. Germany criticised Russia."),
}


def write(folder: Path, names: Iterable[str] = STORIES) -> list[Path]:
    paths = []
    for name in names:
        date, text = STORIES[name]
        path = folder / f"{name}.txt"
        path.write_text(f"---\ntitle: {name}\npublished: {date}\n---\n{text}\n")
        paths.append(path)
    return paths


def built(paths: Iterable[Path], store: OxigraphStore, **options: object) -> OxigraphStore:
    build(paths, store, SETTINGS, **{"infer": False, **options})  # type: ignore[arg-type]  # options by name
    return store


def dump(store: OxigraphStore) -> bytes:
    out = io.BytesIO()
    export(store, out, "trig", base=SETTINGS.base)
    return out.getvalue()


def content(paths: Iterable[Path], **options: object) -> bytes:
    with open_store(None) as store:
        return dump(built(paths, store, **options))


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("stories"))


@pytest.fixture(scope="module")
def expected(stories: list[Path]) -> bytes:
    return content(stories)


def test_every_article_has_its_graph_and_the_knowledge_around_it(stories: list[Path]) -> None:
    with open_store(None) as store:
        built(stories, store)
        names = {f"article/{path.stem}-{STORIES[path.stem][0]}" for path in stories}
        assert {MINTER.graph(name) for name in (*names, "ontology", "reference", "links")} == set(store.graphs())


def test_building_twice_is_building_once(stories: list[Path], expected: bytes) -> None:
    with open_store(None) as store:
        built(stories, store)
        outcome = build(stories, store, SETTINGS, infer=False)
        assert (outcome.read, outcome.unchanged, outcome.written) == (0, len(stories), 0)
        assert dump(store) == expected


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(list(STORIES)), cut=st.integers(0, len(STORIES)))
def test_order_and_steps_of_building_do_not_matter(
    stories: list[Path], expected: bytes, order: list[str], cut: int
) -> None:
    paths = {path.stem: path for path in stories}
    with open_store(None) as store:
        for part in (order[:cut], order[cut:]):
            built([paths[name] for name in part], store)
        assert dump(store) == expected


def test_one_happening_in_two_articles_has_one_iri(stories: list[Path]) -> None:
    with open_store(None) as store:
        built(stories, store)
        rows = store.rows(
            "SELECT ?e (COUNT(DISTINCT ?a) AS ?n) WHERE { ?e a kg:Agreement ; kg:report/kg:article ?a } GROUP BY ?e"
        )
        assert [row["n"].split('"')[1] for row in rows] == ["2"]


def test_a_changed_article_replaces_what_it_said(tmp_path: Path) -> None:
    paths = write(tmp_path)
    with open_store(None) as store:
        built(paths, store)
        text = paths[0].read_text().replace("Peru and Chile", "Ecuador and Chile").replace("Peruvian", "Chilean")
        paths[0].write_text(text)
        outcome = build(paths, store, SETTINGS, infer=False)
        assert (outcome.read, outcome.unchanged) == (1, len(paths) - 1)
        assert dump(store) == content(paths)
        assert store.ask(f"ASK {{ GRAPH {MINTER.article_graph('lima-2014-02-04')} {{ ?s rdfs:label 'Ecuador' }} }}")


def test_a_reasoner_that_is_kept_infers_what_a_new_one_would(tmp_path: Path) -> None:
    paths, kept = write(tmp_path), reasoner()
    with open_store(None) as one, open_store(None) as store:
        for path in paths:
            built([path], store, infer=True, reasoner=kept)
        text = paths[2].read_text().replace("Cuba", "Chile")
        paths[2].write_text(text)
        built(paths, store, infer=True, reasoner=kept)
        assert dump(store) == dump(built(paths, one, infer=True))
        assert store.size(MINTER.inferred)


def test_an_article_that_was_retracted_is_forgotten(tmp_path: Path) -> None:
    paths = write(tmp_path)
    with open_store(None) as one, open_store(tmp_path / "kg.store") as store:
        built(paths, store)
        store.clear(MINTER.article_graph("lima-2014-02-04"))
        built(paths[1:], store)
        assert dump(store) == dump(built(paths[1:], one))
        assert build(paths, store, SETTINGS, infer=False).read == 1


def test_a_store_without_its_ledger_is_read_again_to_the_same(tmp_path: Path, expected: bytes) -> None:
    paths = write(tmp_path)
    with open_store(tmp_path / "kg.store") as store:
        built(paths, store)
    (tmp_path / "kg.store" / FILE).unlink()
    with open_store(tmp_path / "kg.store") as store:
        assert build(paths, store, SETTINGS, infer=False).read == len(paths)
        assert dump(store) == expected


@pytest.mark.parametrize("after", range(len(STORIES)))
def test_an_interrupted_build_goes_on_where_it_stopped(
    tmp_path: Path, stories: list[Path], expected: bytes, after: int
) -> None:
    seen: list[str] = []

    def stop(slug: str) -> None:
        seen.append(slug)
        if len(seen) > after:
            raise KeyboardInterrupt

    with open_store(tmp_path / "kg.store") as store, pytest.raises(KeyboardInterrupt):
        build(stories, store, SETTINGS, infer=False, watch=Watch(article=stop))
    with open_store(tmp_path / "kg.store") as store:
        outcome = build(stories, store, SETTINGS, infer=False)
        assert outcome.unchanged == after + 1
        assert dump(store) == expected


def test_an_interruption_while_writing_leaves_whole_graphs_only(
    tmp_path: Path, stories: list[Path], expected: bytes
) -> None:
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with open_store(tmp_path / "kg.store") as store, pytest.raises(KeyboardInterrupt):
        build(stories, store, SETTINGS, infer=False, watch=Watch(graph=stop))
    with open_store(tmp_path / "kg.store") as store:
        assert len([graph for graph in store.graphs() if "/article/" in graph]) == 2
        assert build(stories, store, SETTINGS, infer=False).read == 0
        assert dump(store) == expected


def test_several_processes_give_the_same_graph(stories: list[Path], expected: bytes) -> None:
    assert content(stories, workers=2) == expected


def test_bad_articles_are_told_and_the_others_read(tmp_path: Path, stories: list[Path], expected: bytes) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    told: list[str] = []
    with open_store(None) as store:
        watch = Watch(error=lambda error: told.append(str(error)))
        outcome = build([bad, *stories, tmp_path / "none.txt"], store, SETTINGS, infer=False, watch=watch)
        assert dump(store) == expected
    assert len(outcome.errors) == 2 and told == [str(error) for error in outcome.errors]
    assert told[0].startswith(f"{bad}: ") and told[1].startswith(f"{tmp_path / 'none.txt'}: ")


def test_an_article_that_breaks_extraction_is_its_own_error(
    stories: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(article: Article, tools: object) -> Reading:
        if article.title == "vote":
            raise RecursionError("too deep")
        return read_article(article, load_tools(SETTINGS))

    monkeypatch.setattr("kg.build.pool.read_article", broken)
    with open_store(None) as store:
        outcome = build(stories, store, SETTINGS, infer=False)
        assert [str(error) for error in outcome.errors] == ["vote.txt: could not be read: RecursionError: too deep"]
        assert outcome.read == len(stories) - 1


def test_inference_puts_what_follows_into_its_own_graph(stories: list[Path]) -> None:
    with open_store(None) as store:
        outcome = build(stories, store, SETTINGS)
        assert outcome.inference is not None and outcome.inference.derived > 0
        assert store.size(MINTER.inferred) == outcome.inference.derived


@pytest.fixture(scope="module")
def readings(stories: list[Path]) -> Iterator[list[Reading]]:
    from kg.text import read

    yield [read_article(article, load_tools(SETTINGS)) for article in read.articles_of(stories[0].parent)]


def test_readings_survive_json_and_pickle(readings: list[Reading]) -> None:
    for reading in readings:
        assert reading.facts, "a story without facts shows nothing"
        assert codec.decode(codec.encode(reading)) == reading
        assert pickle.loads(pickle.dumps(reading)) == reading


def test_reading_is_a_pure_function(readings: list[Reading]) -> None:
    shuffled = random.Random(7).sample(readings, len(readings))
    for reading in shuffled:
        assert read_article(reading.article, load_tools(SETTINGS)) == reading


def test_facts_quote_the_article_where_they_say(readings: list[Reading]) -> None:
    for reading in readings:
        for fact in reading.facts:
            evidence = fact.evidence
            assert evidence is not None
            assert reading.article.text[evidence.begin : evidence.finish] == evidence.quote


def test_errors_keep_their_words_across_processes() -> None:
    error = InputError("not JSON", source="a.jsonl", line=3)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.reason, copy.line) == ("a.jsonl:3: not JSON", "not JSON", 3)


def test_unset_fields_are_left_out_of_json() -> None:
    reading = Reading(article=Article(slug="a", title="", text="Text.", source="a.txt"))
    assert codec.plain(reading.article) == {"slug": "a", "title": "", "text": "Text.", "source": "a.txt"}


Change = Callable[[Event], Event]


def test_a_zero_count_survives_json(readings: list[Reading]) -> None:
    event = next(fact for reading in readings for fact in reading.facts if isinstance(fact, Event))
    none = replace(event, killed=0)
    assert codec.load_fact(codec.fact(none)) == none


def test_a_happening_has_one_label_however_many_articles_tell_of_it(stories: list[Path], tmp_path: Path) -> None:
    brief = tmp_path / "brief.txt"
    brief.write_text("---\ntitle: brief\npublished: 2014-02-05\n---\nPeru and Chile signed a treaty on February 3.\n")
    with open_store(None) as store:
        built([*stories, brief], store)
        told = store.rows(
            """SELECT ?event (COUNT(DISTINCT ?label) AS ?labels) (COUNT(DISTINCT ?article) AS ?articles) WHERE {
                 ?event a ?class ; rdfs:label ?label ; kg:report/kg:article ?article
               } GROUP BY ?event"""
        )
        assert max(int(row["articles"].split('"')[1]) for row in told) > 1
        assert {row["labels"].split('"')[1] for row in told} == {"1"}
        (names,) = store.rows(
            """SELECT (COUNT(*) AS ?n) WHERE {
                 ?event kg:report ?one, ?other ; rdfs:label ?label ; skos:altLabel ?name FILTER(?label != ?name) }"""
        )
        assert int(names["n"].split('"')[1]) > 0


def test_an_article_keeps_the_date_it_was_given_once(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Peru and Chile signed a treaty in Lima on Monday. The Peruvian government hailed the treaty.\n")
    asked = "SELECT ?date WHERE { ?article a kg:Article ; dcterms:issued ?date }"
    with open_store(None) as store:
        build([path], store, SETTINGS, published="2014-02-04", infer=False)
        again = build([path], store, SETTINGS, infer=False)
        assert again.unchanged == 1
        path.write_text(path.read_text() + "Bolivia rejected the treaty.\n")
        changed = build([path], store, SETTINGS, infer=False)
        assert changed.read == 1
        assert [row["date"][:11] for row in store.rows(asked)] == ['"2014-02-04']
