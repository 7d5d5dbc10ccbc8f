"""How fast the pages are over a million triples and twenty thousand articles, hubs included.

    python -m benchmarks.pages.measure [--articles 20000] [--store DIR]

Makes articles about 190 states and 4,000 people, of which three in four events involve one state (the hub), maps them
with the project's own mapper, infers, and asks the application for each page in turn, without a network between:
milliseconds are those of the server alone. The first line says how long the index took that a changed store costs.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kg.config import Settings
from kg.graph.infer import reasoner
from kg.graph.map import article_quads
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from kg.model import Article, Entity, Event, Evidence, Fact, Reading, Role
from server import create_app

BASE = "http://localhost:8000/"
HUB = "state/hubland"
KINDS = (
    "Meeting",
    "Statement",
    "Accusation",
    "Agreement",
    "Visit",
    "Support",
    "Rejection",
    "Sanction",
    "Attack",
    "Appeal",
)
WORDS = "talks border trade treaty vote aid gas grain port troops envoy court summit sanctions truce budget".split()  # noqa: SIM905


def readings(articles: int, seed: int = 7) -> Iterator[Reading]:
    """Readings of made-up articles, two events each."""
    chance = random.Random(seed)
    states = [Entity(key=f"state/s{i}", kind="State", name=f"State {i}", iso3=f"S{i:02}"[:3]) for i in range(190)]
    hub = Entity(key=HUB, kind="State", name="Hubland", iso3="HUB", latitude=40.0, longitude=-100.0)
    people = [
        Entity(key=f"person/p{i}", kind="Person", name=f"Person {i}", of_state=chance.choice(states).key)
        for i in range(4000)
    ]
    places = [
        Entity(
            key=f"place/c{i}",
            kind="Place",
            name=f"City {i}",
            latitude=chance.uniform(-50, 65),
            longitude=chance.uniform(-170, 170),
        )
        for i in range(400)
    ]
    for number in range(articles):
        yield _reading(number, chance, hub, states, people, places)


def _reading(
    number: int, chance: random.Random, hub: Entity, states: list[Entity], people: list[Entity], places: list[Entity]
) -> Reading:
    date = f"{chance.randrange(1995, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    slug, sentences = f"article-{number}", [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(6)]
    text = " ".join(sentences)
    used: dict[str, Entity] = {}
    facts: list[Fact] = []
    for sentence in sentences[:2]:
        agent = hub if chance.random() < 0.75 else chance.choice(people)
        target, place = chance.choice((*states, *people[:500])), chance.choice(places)
        used |= {each.key: each for each in (agent, target, place)}
        begin = text.index(sentence)
        evidence = Evidence(article=slug, begin=begin, finish=begin + len(sentence), quote=sentence)
        roles = (
            Role(name="agent", key=agent.key),
            Role(name="target", key=target.key),
            Role(name="place", key=place.key),
        )
        facts.append(Event(kind=chance.choice(KINDS), evidence=evidence, roles=roles, date=date))
    title = " ".join(chance.choices(WORDS, k=6)).capitalize()
    article = Article(slug=slug, title=title, text=text, source=f"{slug}.txt", publisher="Wire", published=date)
    return Reading(article=article, entities=tuple(used.values()), facts=tuple(facts))


def fill(store: OxigraphStore, articles: int) -> None:
    """Puts the articles into a store, and infers."""
    minter = Minter(BASE)
    install_ontology(store, minter)
    roles = load_roles(store)
    batch: list[str] = []
    for reading in readings(articles):
        batch += article_quads(reading, minter, roles)
        if len(batch) > 100_000:
            store.load("\n".join(batch).encode(), "nquads")
            batch = []
    store.load("\n".join(batch).encode(), "nquads")
    reasoner().infer(store, minter)


PAGES = {
    "home": "/",
    "hub": f"/page/{HUB}",
    "hub, filtered": f"/page/{HUB}?class=Meeting&from=2010&to=2012",
    "hub, page 700": f"/page/{HUB}?page=700",
    "a state": "/page/state/s17",
    "a person": "/page/person/p9",
    "a place": "/page/place/c5",
    "an article": "/page/article/article-99",
    "an event": "",
    "suggestions": "/suggest?q=hubl",
    "suggestions, typo": "/suggest?q=persn%2017",
    "timeline": "/timeline",
    "timeline of the hub": f"/timeline?with={BASE}id/{HUB}",
    "map": "/map",
    "alignments": "/alignments",
    "graph of the hub": f"/graph?focus={BASE}id/{HUB}",
    "vocabulary": "/vocabulary",
}


def measure(store: OxigraphStore, rounds: int = 15) -> None:
    """Prints the median and the slowest of some rounds for each page, and its size with zstd."""
    client = create_app(store, Settings(base=BASE)).test_client()
    began = time.perf_counter()
    client.get("/", headers={"Accept": "text/html"})
    print(f"{'index and first page':24} {1000 * (time.perf_counter() - began):8.0f} ms")
    event = client.get(f"/page/{HUB}?format=json").get_json()["listing"]["events"][0]["iri"]
    for name, path in PAGES.items():
        address, times, size = path or "/page/" + event.removeprefix(f"{BASE}id/"), [], 0
        for _ in range(rounds):
            began = time.perf_counter()
            answered = client.get(address, headers={"Accept": "text/html", "Accept-Encoding": "zstd"})
            times.append(1000 * (time.perf_counter() - began))
            assert answered.status_code == 200, (name, answered.status_code)
            size = len(answered.data)
        print(
            f"{name:24} {statistics.median(times):8.1f} ms median {max(times):8.1f} ms slowest {size / 1024:7.1f} KiB"
        )


def main() -> None:
    """Fills a store where it is empty, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--store", type=Path, default=None, help="a folder to keep the store in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_store(options.store or Path(folder) / "store") as store:
        if not store.size():
            fill(store, options.articles)
        print(f"{store.size():,} triples")
        measure(store)


if __name__ == "__main__":
    main()
