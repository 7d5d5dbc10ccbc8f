"""Speed and size of extraction: ``python -m benchmarks.extraction [--size 10000] [--articles FOLDER]``.

Prints tables: whole extraction against the bare spaCy pipeline, one process against two, the memory of a build over
many articles, and (``--only resume``) what a build kept that was stopped by ``kill -9`` and by Ctrl-C. Figures are
medians of ``--runs``; nothing else should run on the machine.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.extraction import vary
from benchmarks.extraction.process import Run, stopped, watched
from kg.build import load_tools, pool, read_article
from kg.build.ledger import ledger_of
from kg.config import Settings, data_dir
from kg.graph.store import open_store
from kg.model import Article
from kg.text import read

MIB = 2**20
_FIRST = 20


def main() -> None:
    """Parses the command line and runs what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[data_dir("seeds")], help="samples to read")
    parser.add_argument("--size", type=int, default=10_000, help="articles of the long build")
    parser.add_argument("--batch", type=int, default=200, help="articles of the comparison of one process with two")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=["time", "workers", "size", "resume"])
    parser.add_argument("--stop-after", type=float, default=600, help="seconds until each of the two stops")
    chosen = parser.parse_args()
    samples = [item for item in read.articles(chosen.articles, published="2012-06-05") if isinstance(item, Article)]
    if chosen.only in (None, "time"):
        against_spacy(samples, chosen.runs)
    if chosen.only in (None, "workers"):
        two_processes(samples, chosen.batch, chosen.runs)
    if chosen.only in (None, "size"):
        many_articles(samples, chosen.size)
    if chosen.only == "resume":
        resumed(samples, chosen.size, chosen.stop_after)


def against_spacy(samples: list[Article], runs: int) -> None:
    """Processor time of reading articles to facts, over that of the parser alone on the same text."""
    import spacy

    tools = load_tools(Settings.from_environment())
    bare = spacy.load(f"{tools.nlp.lang}_{tools.nlp.meta['name']}")
    ratios, parsing, reading = [], [], []
    for number in range(runs + 1):
        begun = time.process_time()
        for article in samples:
            bare(article.text)
        parsed = time.process_time()
        for article in samples:
            read_article(article, tools)
        done = time.process_time()
        if number:
            parsing.append(parsed - begun)
            reading.append(done - parsed)
            ratios.append(reading[-1] / parsing[-1])
    words = sum(len(article.text.split()) for article in samples)
    print(f"## Extraction against bare spaCy ({len(samples)} articles, {words:,} words, {runs} runs)\n")
    print("| spaCy alone, s | to facts, s | ratio |\n|---|---|---|")
    print(
        f"| {statistics.median(parsing):.2f} | {statistics.median(reading):.2f} | {statistics.median(ratios):.2f} |\n"
    )


def two_processes(samples: list[Article], batch: int, runs: int) -> None:
    """Wall time in which further articles become facts with one process and with two, start-up taken out."""
    records = vary.corpus(samples, batch + _FIRST)
    articles = [replace(samples[0], slug=record["id"], text=record["text"]) for record in records]
    seconds = {workers: statistics.median(_further(articles, workers) for _ in range(runs)) for workers in (1, 2)}
    print(f"## One process and two ({batch} articles to facts, {runs} runs)\n")
    print("| one, s | two, s | speed-up |\n|---|---|---|")
    print(f"| {seconds[1]:.1f} | {seconds[2]:.1f} | {seconds[1] / seconds[2]:.2f} |\n")


def _further(articles: list[Article], workers: int) -> float:
    """Seconds from when the first articles are read, and every process is at work, to the last."""
    begun = 0.0
    for number, _ in enumerate(pool.readings(articles, Settings.from_environment(), workers=workers), start=1):
        if number == _FIRST:
            begun = time.monotonic()
    return time.monotonic() - begun


def many_articles(samples: list[Article], size: int) -> None:
    """Memory over a long build, its peak, and whether it grows between the second and the last quarter."""
    run = _build(samples, size, 2)
    quarters = [
        max(m for at, m in run.memory if low * run.seconds <= at * 4 <= (low + 1) * run.seconds) for low in range(4)
    ]
    shown = " | ".join(f"{quarter / MIB:,.0f}" for quarter in quarters)
    print(f"## {size:,} articles with two processes ({run.seconds:,.0f} s, {size / run.seconds:.1f} articles/s)\n")
    print("| resident MiB, first quarter | second | third | fourth | peak |\n|---|---|---|---|---|")
    print(f"| {shown} | {run.peak / MIB:,.0f} |\n\n{run.said}\n")


def resumed(samples: list[Article], size: int, after: float) -> None:
    """A build that is killed, started again, interrupted, and started again to its end; counts what each had kept."""
    with tempfile.TemporaryDirectory() as scratch:
        command, store = _command(Path(scratch), samples, size, 2)
        kept = []
        for sign in (signal.SIGKILL, signal.SIGINT):
            stopped(command, after, sign)
            kept.append(_kept(store))
        run = watched(command)
        with open_store(store, read_only=True) as opened:
            whole = len(opened.rows("SELECT ?article { ?article a kg:Article ; kg:text ?text }"))
    print(
        f"## {size:,} articles, kill -9 and Ctrl-C after {after:,.0f} s each, then to the end ({run.seconds:,.0f} s)\n"
    )
    print("| read before kill -9 | before Ctrl-C | articles in the store at the end |\n|---|---|---|")
    print(f"| {kept[0]:,} | {kept[1]:,} | {whole:,} |\n\n{run.said}\n")


def _kept(store: Path) -> int:
    """How many readings a build that was stopped has kept."""
    with open_store(store) as opened, ledger_of(opened) as ledger:
        return len(ledger.slugs())


def _command(scratch: Path, samples: list[Article], size: int, workers: int) -> tuple[list[str], Path]:
    corpus, store = scratch / "corpus.jsonl", scratch / "kg.store"
    vary.write(corpus, samples, size)
    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", "--no-infer"]
    return [*command, "-s", str(store), "--workers", str(workers), str(corpus)], store


def _build(samples: list[Article], size: int, workers: int) -> Run:
    with tempfile.TemporaryDirectory() as scratch:
        run = watched(_command(Path(scratch), samples, size, workers)[0])
    if run.status:
        raise SystemExit(f"the build failed: {run.said}")
    return run


if __name__ == "__main__":
    main()
