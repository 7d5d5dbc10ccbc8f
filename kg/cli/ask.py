"""``kg query``, ``kg explain`` and ``kg describe``: questions to the graph."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from kg.cli import options

_FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads", "n3")


def _width(output: Path) -> int | None:
    """The columns of the terminal that the answer goes to; None where it goes elsewhere and is not cut."""
    return shutil.get_terminal_size().columns if str(output) == "-" and sys.stdout.isatty() else None


@click.command("query")
@click.argument("source", required=False, metavar="[QUERY|FILE|NAME|-]")
@options.store_option
@options.output_option
@options.format_option(*_FORMATS)
@click.option("--asserted", is_flag=True, help="Ask only what is stated, not what is inferred.")
@click.option("--list", "listed", is_flag=True, help="List the queries that have a name, with what they answer.")
@options.verbose_option
def query_command(source: str | None, store_path: Path, output: Path, form: str, asserted: bool, listed: bool) -> None:
    """Ask the graph a question in SPARQL.

    The question is a QUERY in quotes, a FILE, a NAME of the library (see --list), or - for stdin. Common prefixes need
    no declaration.
    """
    from kg.graph.query import read_query, run_query, stated_only
    from kg.graph.terms import Minter

    if listed or source is None:
        _list_queries()
        return
    text = read_query(source, sys.stdin)
    base = options.settings().base
    with options.opened(store_path) as store, options.written(output) as out:
        dataset = stated_only(store, Minter(base).derived) if asserted else None
        chosen = form or _result_format(options.suffix_of(output))
        run_query(store, text, out, chosen, base=base, width=_width(output), dataset=dataset, source=_place(source))


def _place(source: str) -> str:
    """What messages call a query: its file, or nothing where it has none."""
    from kg.graph.query import is_text

    return "<stdin>" if source == "-" else source if not is_text(source) and Path(source).is_file() else ""


def _result_format(suffix: str) -> str:
    return {"": "table", "txt": "table", "srj": "json", "srx": "xml"}.get(suffix, suffix)


def _list_queries() -> None:
    from kg.graph.query import query_library

    library = query_library()
    width = max(map(len, library), default=0)
    for name, query in library.items():
        click.echo(f"{name:{width}}  {query.title}")


@click.command("explain")
@click.argument("subject", metavar="S")
@click.argument("predicate", metavar="P")
@click.argument("obj", metavar="O")
@options.store_option
@options.output_option
@options.format_option("text", "json", "turtle", "ntriples", "mermaid", otherwise="text")
@options.verbose_option
def explain_command(subject: str, predicate: str, obj: str, store_path: Path, output: Path, form: str) -> None:
    """Show why a fact holds: its proof, down to the sentences.

    S, P and O are IRIs, prefixed names (kg:votedWith), keys (state/russia) or names ("Russia"). The other ways in
    which the fact follows are told, too. RDF is in PROV-O.
    """
    from kg.cli import proofs

    chosen = proofs.chosen(form, options.suffix_of(output))
    with options.opened(store_path) as store, options.written(output) as out:
        out.write(proofs.explain(store, (subject, predicate, obj), chosen, options.settings().base).encode())


@click.command("describe")
@click.argument("name", metavar="NAME|IRI")
@options.store_option
@options.output_option
@options.format_option("text", "json", otherwise="text")
@options.verbose_option
def describe_command(name: str, store_path: Path, output: Path, form: str) -> None:
    """Show what is known of an entity, each fact with its evidence."""
    from kg.cli import proofs

    with options.opened(store_path) as store, options.written(output) as out:
        chosen = options.text_or_json(form, output)
        out.write(proofs.describe(store, name, chosen, options.settings().base).encode())
