"""The command line: ``kg``, a thin layer that parses, calls and prints.

Data goes to stdout, everything else to stderr. Exit status: 0 fine; 1 violations, or some articles failed; 2 usage;
3 unreadable input or query; 4 store unavailable.
"""

from __future__ import annotations

import sys

from kg.cli.group import KgGroup, run

__all__ = ["cli", "main"]

cli = KgGroup(
    name="kg",
    help="Turns news on world politics into a knowledge graph that reasons and explains itself.",
    epilog="Begin with: kg build ARTICLES, then kg query NAME, or kg serve.",
)


def main() -> None:
    """The entry point of the ``kg`` script."""
    sys.exit(run(cli, sys.argv[1:]))
