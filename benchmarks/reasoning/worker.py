"""One measurement in a process of its own, so that memory is its own: ``worker KIND FILE [ARTICLE…]`` prints
lines of JSON."""

from __future__ import annotations

import json
import os
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


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall clock, and of the processor, that a piece of work takes."""
    begun, before = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - before


def tell(**figures: float) -> None:
    """Prints figures at once, so that they are known if the process is stopped later."""
    print(json.dumps(figures), flush=True)


def tell_start() -> None:
    """Prints what passed before the measurement itself, so that the time of one that is stopped is known, too."""
    tell(before=time.time() - float(os.environ.get("BENCHMARK_BEGUN", time.time())), before_cpu=time.process_time())


def medians(name: str, times: list[tuple[float, float]]) -> dict[str, float]:
    """The medians of wall clock and processor time."""
    return {
        name: statistics.median(wall for wall, _ in times),
        f"{name}_cpu": statistics.median(cpu for _, cpu in times),
    }


def memory() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def filled(news: Path) -> OxigraphStore:
    """A store in memory with the ontology and the news."""
    store = open_store(None)
    store.load((data_dir("ontology") / "communique.ttl").read_bytes(), "turtle", graph=MINTER.ontology)
    store.extend(NEWS, news.read_bytes())
    return store


def infer(name: str, news: Path) -> None:
    """A loaded store is closed, and the inferred graph written back."""
    store = filled(news)
    made = reasoner(name)
    tell_start()
    seconds, cpu = timed(lambda: made.infer(store, MINTER))
    tell(seconds=seconds, cpu=cpu, derived=store.size(MINTER.inferred), memory=memory())


def engine(news: Path) -> None:
    """N-Triples in, N-Triples out: reading, closing, writing apart."""
    made = Engine()
    data = [news.read_bytes()]
    begun = time.perf_counter()
    columns = made.state.dictionary.encode(data.pop())
    read = time.perf_counter() - begun
    closure, cpu = timed(lambda: made.close(*columns))
    tell(read=read, closure=closure, closure_cpu=cpu)
    count = 0
    between = time.perf_counter()
    with open("/dev/null", "wb") as out:
        for line in made.statements(expand=True):
            out.write(line)
            count += 1
    ended = time.perf_counter()
    tell(write=ended - between, total=ended - begun, derived=made.state.derived, memory=memory())


def reasonable(news: Path) -> None:
    """The library reasonable: loading a Turtle file, then reasoning."""
    import reasonable as library  # type: ignore[import-untyped]  # it has none

    made = library.PyReasoner()
    tell_start()
    loaded, cpu = timed(lambda: made.load_file(str(news)))
    tell(load=loaded, load_cpu=cpu)
    found: list[object] = []
    seconds, cpu = timed(lambda: found.extend(made.reason()))
    tell(reason=seconds, reason_cpu=cpu, derived=len(found), memory=memory())


def changes(news: Path, articles: list[Path]) -> None:
    """Adding and retracting articles, each followed by the inferred graph's update, against inferring anew.

    Articles come and go as builds write them, and as SPARQL Updates. What is inferred anew is compared with the
    inferred graph, and nothing is written, as nothing differs: recomputing at its cheapest.
    """
    store = filled(news)
    kept = NativeReasoner()
    kept.infer(store, MINTER)
    added, retracted = [], []
    for number, article in enumerate(articles):
        if number % 2:
            store.update(f"INSERT DATA {{ GRAPH {ONE} {{ {article.read_text()} }} }}")
        else:
            store.replace_graph(ONE, article.read_bytes())
        added.append(timed(lambda: kept.infer(store, MINTER)))
        if number % 2:
            store.update(f"DROP GRAPH {ONE}")
        else:
            store.clear(ONE)
        retracted.append(timed(lambda: kept.infer(store, MINTER)))
    again = timed(lambda: NativeReasoner().infer(store, MINTER))
    tell(**medians("recomputed", [again]), **medians("added", added), **medians("retracted", retracted))
    tell(memory=memory())


def proofs(news: Path) -> None:
    """Proofs of inferred triples drawn at random."""
    made = Engine()
    made.load(news.read_bytes())
    lines = list(made.statements(expand=True))
    seconds = []
    for line in random.Random(3).sample(lines, 300):
        subject, predicate, obj = line.decode().split(" ", 2)
        seconds.append(timed(lambda s=subject, p=predicate, o=obj: made.prove(s, p, o))[0])  # type: ignore[misc]
    seconds.sort()
    tell(median=statistics.median(seconds), p95=seconds[int(0.95 * len(seconds))], memory=memory())


def main() -> None:
    """Runs what the command line says."""
    kind, news, *rest = sys.argv[1:]
    match kind:
        case "native" | "owlrl":
            infer(kind, Path(news))
        case "engine":
            engine(Path(news))
        case "reasonable":
            reasonable(Path(news))
        case "changes":
            changes(Path(news), [Path(name) for name in rest])
        case _:
            proofs(Path(news))


if __name__ == "__main__":
    main()
