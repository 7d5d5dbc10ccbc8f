"""How fast the pages are over a million triples and twenty thousand articles, hubs included.

    python -m benchmarks.pages.measure [--articles 20000] [--store DIR]

Makes articles about 190 states and 4,000 people, of which three in four events involve one state (the hub), maps them
with the project's own mapper into a store on disk, infers, and asks the application for each page in turn, without a
network between: milliseconds are those of the server alone, by the clock and by the processor's time (which other work
on the machine disturbs less). Sizes are in zstd: the page alone, and with every script, style and font that it loads on
a first visit. A store given with --store is filled once and used again; one that was not filled to the end is filled
anew.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from flask.testing import FlaskClient

from kg.config import Settings
from kg.graph.infer import reasoner
from kg.graph.map import article_quads
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter, kg, typed
from kg.model import Article, Entity, Event, Evidence, Fact, Reading, Role
from server import create_app

BASE = "http://localhost:8000/"
ASKED = {"Accept": "text/html", "Accept-Encoding": "zstd"}
_NAMED = (
    r"""(?:src=|stylesheet" href=|font" href=|from |loadStyle\(|loadScript\(|fetch\(|url\()["']?"""
    r"""(/static/[^"')]+|\.\.?/[^"')]+\.(?:js|woff2|css))"""
)
_LATER = ("/basemap.js", "/network.js")
_LOADED = re.compile(_NAMED)
DONE = Minter(BASE).graph("filled")
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
    """Puts the articles into a store, and infers; the last thing written says that it is done."""
    minter = Minter(BASE)
    began = time.perf_counter()
    install_ontology(store, minter)
    roles = load_roles(store)
    batch: list[str] = []
    for reading in readings(articles):
        batch += article_quads(reading, minter, roles)
        if len(batch) > 100_000:
            store.load("\n".join(batch).encode(), "nquads")
            batch = []
    store.load("\n".join(batch).encode(), "nquads")
    print(f"{articles:,} articles, {store.size():,} triples stated, {time.perf_counter() - began:.0f} s", flush=True)
    report = reasoner().infer(store, minter)
    store.replace_graph(minter.graph("filled"), [f"{minter.id(HUB)} {kg('filled')} {typed(articles)} {DONE} ."])
    print(f"{report.derived:,} triples derived, {time.perf_counter() - began:.0f} s so far", flush=True)


def filled(store: OxigraphStore, articles: int) -> bool:
    """Whether the store holds all of that many articles and what follows."""
    return store.contains(Minter(BASE).id(HUB), kg("filled"), typed(articles))


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
    "editor": "/sparql",
}


def measure(store: OxigraphStore, rounds: int = 15) -> None:
    """Prints for each page the first, median and slowest of some rounds, and its size alone and at a first visit."""
    app = create_app(store, Settings(base=BASE))
    client, began = app.test_client(), time.perf_counter()
    app.extensions["pages"].warm()
    client.get("/", headers=ASKED)
    print(f"first page after the start {time.perf_counter() - began:.1f} s", end=", ")
    while not app.extensions["pages"].whole:
        time.sleep(0.05)
    print(f"index complete after {time.perf_counter() - began:.1f} s")
    print(f"{'':22}{'median':>9}{'CPU':>9}{'first':>9}{'slowest':>9}   ms{'page':>10}{'first visit':>13}   KiB")
    event = client.get(f"/page/{HUB}?format=json").get_json()["listing"]["events"][0]["iri"]
    for name, path in PAGES.items():
        address = path or "/page/" + event.removeprefix(f"{BASE}id/")
        wall, cpu = zip(*(timed(client, address) for _ in range(rounds)), strict=True)
        size, whole = len(client.get(address, headers=ASKED).data) / 1024, first_visit(client, address) / 1024
        times = statistics.median(wall), statistics.median(cpu), wall[0], max(wall)
        print(f"{name:22}" + "".join(f"{each:9.1f}" for each in times) + f"     {size:10.1f}{whole:13.1f}", flush=True)


def timed(client: FlaskClient, address: str) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor for one answer."""
    clock, processor = time.perf_counter(), time.process_time()
    answered = client.get(address, headers=ASKED)
    took = 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)
    assert answered.status_code == 200, (address, answered.status_code)
    return took


def first_visit(client: FlaskClient, address: str) -> int:
    """The bytes of a page with everything that it, its styles and its scripts name.

    Fonts for other alphabets are left out, and what the editor loads for the map or graph of an answer.
    """
    waiting, seen, total = [address], set(), 0
    while waiting:
        path = waiting.pop()
        if path in seen or "-ext." in path or (address == "/sparql" and path.endswith(_LATER)):
            continue
        seen.add(path)
        body = client.get(path, headers=ASKED).data
        total += len(body)
        if not path.startswith("/static/") or (path.endswith((".css", ".js")) and "/vendor/" not in path):
            text = client.get(path, headers={"Accept": "text/html"}).text
            waiting += [urljoin(path, found) for found in _LOADED.findall(text)]
    return total


def main() -> None:
    """Fills a store where it is empty, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--store", type=Path, default=None, help="a folder to keep the store in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_store(options.store or Path(folder) / "store") as store:
        if not filled(store, options.articles):
            for graph in store.graphs():
                store.clear(graph)
            fill(store, options.articles)
        print(f"{store.size():,} triples, {len(store.graphs()):,} graphs")
        measure(store)


if __name__ == "__main__":
    main()
