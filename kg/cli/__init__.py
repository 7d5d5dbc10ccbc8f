"""The command line: ``kg``, a thin layer that parses, calls and prints.

Data goes to stdout, everything else to stderr. Exit status: 0 fine; 1 violations, or some articles failed; 2 usage;
3 unreadable input or query; 4 store unavailable.
"""

from __future__ import annotations

import sys

import click

from kg.cli.group import KgGroup, run

__all__ = ["cli", "main", "run"]


@click.group(cls=KgGroup, name="kg", epilog="Begin with: kg build ARTICLES, then kg query NAME, or kg serve.")
@click.version_option(package_name="communique", message="%(version)s")
def cli() -> None:
    """Turn news on world politics into a knowledge graph that reasons and explains itself."""


def main() -> None:
    """The entry point of the ``kg`` script."""
    sys.exit(run(cli, sys.argv[1:]))
