"""Fills a store on disk with a large graph at once: ``python -m benchmarks.serving.fill GRAPH.nt STORE``."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.serving.peers import GRAPH
from kg.graph.store import open_store


def main(graph: Path, folder: Path) -> None:
    """Every triple goes into a named graph and, as the store keeps it, into the merge of all."""
    image = folder.with_suffix(".image")
    with graph.open(encoding="utf-8") as lines, image.open("w", encoding="utf-8") as both:
        for line in lines:
            both.write(line)
            both.write(f"{line[:-2]} {GRAPH} .\n")
    with open_store(folder) as store:
        store.load_image(image)
    image.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
