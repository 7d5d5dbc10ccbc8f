"""What is right in what is read: ``python -m benchmarks.quality ../shared [--errors]``.

Prints as Markdown the figures of docs/quality.md: the gold articles beside the project, our own in ``tests/gold``, the
PLOVER gold standard records, and the sentences of the PIKES evaluation. What is absent is passed over and named.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kg.evaluate import evaluate, pikes, plover, show

OWN = Path(__file__).resolve().parents[2] / "tests" / "gold"


def main() -> None:
    """Parses the command line and prints every table for which there is material."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with seeds/, gold/dev/ and eval/")
    parser.add_argument("--errors", action="store_true", help="what was missed and what is extra, too")
    chosen = parser.parse_args()
    shared: Path = chosen.shared
    articles("Articles of the samples", [shared / "seeds", shared / "gold" / "dev"], chosen.errors)
    articles("Articles of our own", [OWN], chosen.errors)
    plover_records(shared / "eval" / "plover_gsr_dev.jsonl", chosen.errors)
    pikes_sentences(shared / "eval" / "pikes_syria", chosen.errors)


def articles(title: str, folders: Sequence[Path], errors: bool) -> None:
    """Precision, recall and F1 as ``kg evaluate`` prints them."""
    print(f"## {title}\n")
    if absent(folders):
        return
    score = evaluate(folders)
    print("```\n" + "\n".join(show.table(score)) + "\n```\n")
    if errors:
        print("\n".join(show.errors(score)) + "\n")


def plover_records(path: Path, errors: bool) -> None:
    """Shares of the PLOVER records."""
    print("## PLOVER gold standard records\n")
    if absent([path]):
        return
    result = plover.evaluate(path)
    print("| | share | right of |\n|---|---|---|")
    for name, share in result.shares.items():
        print(f"| {name} | {share.right / share.total:.3f} | {share.right} of {share.total} |")
    print("\n" + "".join(f"- {line}\n" for line in result.errors if errors))


def pikes_sentences(folder: Path, errors: bool) -> None:
    """Precision, recall and F1 of the mapped part of the PIKES gold graphs."""
    print("## PIKES sentences\n")
    if absent([folder]):
        return
    result = pikes.evaluate(folder)
    print("| | precision | recall | F1 | right | predicted | gold |\n|---|---|---|---|---|---|---|")
    for name, found in result.figures.items():
        figures = f"{found.precision:.3f} | {found.recall:.3f} | {found.f1:.3f}"
        print(f"| {name} | {figures} | {found.right} | {found.predicted} | {found.gold} |")
    print("\n" + "".join(f"- {line}\n" for line in result.errors if errors))


def absent(paths: Sequence[Path]) -> bool:
    """Whether material is missing; says which."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        print(f"Not measured: {', '.join(missing)} is absent.\n")
    return bool(missing)


if __name__ == "__main__":
    main()
