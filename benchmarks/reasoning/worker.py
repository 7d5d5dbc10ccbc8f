"""One measurement in a process of its own, so that memory is its own: ``worker KIND FILE [ARTICLE…]`` prints JSON."""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.config import data_dir
from kg.graph.infer import reasoner
from kg.graph.reason import Engine
from kg.graph.reason.adapter import NativeReasoner
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter

MINTER = Minter("http://localhost:8000/")
NEWS = MINTER.graph("article/all")
ONE = MINTER.graph("article/one-more")


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall clock that a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def memory() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def filled(news: Path) -> OxigraphStore:
    """A store in memory with the ontology and the news."""
    store = open_store(None)
    store.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
    store.extend(NEWS, news.read_bytes())
    return store


def infer(name: str, news: Path) -> dict[str, float]:
    """A loaded store is closed, and the inferred graph written back."""
    store = filled(news)
    made = reasoner(name)
    before = time.process_time()
    seconds = timed(lambda: made.infer(store, MINTER))
    cpu = time.process_time() - before
    return {"seconds": seconds, "cpu": cpu, "derived": store.size(MINTER.inferred), "memory": memory()}


def engine(news: Path) -> dict[str, float]:
    """N-Triples in, N-Triples out: reading, closing, writing apart."""
    made = Engine()
    data = news.read_bytes()
    begun = time.perf_counter()
    columns = made.state.dictionary.encode(data)
    read = time.perf_counter() - begun
    before = time.process_time()
    closed = timed(lambda: made.close(*columns))
    cpu = time.process_time() - before
    del data
    count = 0
    begun = time.perf_counter()
    with open("/dev/null", "wb") as out:
        for line in made.statements(expand=True):
            out.write(line)
            count += 1
    written = time.perf_counter() - begun
    return {
        "read": read,
        "closure": closed,
        "closure_cpu": cpu,
        "write": written,
        "derived": made.state.derived,
        "memory": memory(),
    }


def reasonable(news: Path) -> dict[str, float]:
    """The library reasonable: loading a Turtle file, then reasoning."""
    import reasonable as library

    made = library.PyReasoner()
    before = time.process_time()
    loaded = timed(lambda: made.load_file(str(news)))
    begun, between = time.perf_counter(), time.process_time()
    found = made.reason()
    seconds, after = time.perf_counter() - begun, time.process_time()
    cpu = {"cpu": after - before, "reason_cpu": after - between}
    return {"load": loaded, "reason": seconds, **cpu, "derived": len(found), "memory": memory()}


def changes(news: Path, articles: list[Path]) -> dict[str, float]:
    """Adding and retracting articles one by one, each followed by the inferred graph's update, against recomputing."""
    store = filled(news)
    kept = NativeReasoner()
    recomputed = timed(lambda: kept.infer(store, MINTER))
    added, retracted = [], []
    for article in articles:
        store.load(article.read_bytes(), "ntriples", graph=ONE)
        added.append(timed(lambda: kept.infer(store, MINTER)))
        store.clear(ONE)
        retracted.append(timed(lambda: kept.infer(store, MINTER)))
    again = timed(lambda: NativeReasoner().infer(store, MINTER))
    return {
        "recomputed": recomputed,
        "recomputed_again": again,
        "added": statistics.median(added[1:]),
        "retracted": statistics.median(retracted[1:]),
        "first_added": added[0],
        "memory": memory(),
    }


def proofs(news: Path) -> dict[str, float]:
    """Proofs of inferred triples drawn at random."""
    made = Engine()
    made.load(news.read_bytes())
    lines = list(made.statements(expand=True))
    seconds = []
    for line in random.Random(3).sample(lines, 300):
        subject, predicate, obj = line.decode().split(" ", 2)
        seconds.append(timed(lambda s=subject, p=predicate, o=obj: made.prove(s, p, o)))  # type: ignore[misc]
    seconds.sort()
    return {"median": statistics.median(seconds), "p95": seconds[int(0.95 * len(seconds))], "memory": memory()}


def main() -> None:
    """Runs what the command line says."""
    kind, news, *rest = sys.argv[1:]
    match kind:
        case "native" | "owlrl":
            result = infer(kind, Path(news))
        case "engine":
            result = engine(Path(news))
        case "reasonable":
            result = reasonable(Path(news))
        case "changes":
            result = changes(Path(news), [Path(name) for name in rest])
        case _:
            result = proofs(Path(news))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
