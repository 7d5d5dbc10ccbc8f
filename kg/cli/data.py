"""``kg load``, ``infer``, ``check``, ``export`` and ``stats``: the graph as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("load")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@options.store_option
@click.option("--graph", default="", metavar="IRI", help="The named graph that triples without one go to.")
@click.option("-f", "--format", "form", default="", metavar="FORMAT", help="The RDF format, else told by the suffix.")
@click.option("--reference", is_flag=True, help="Load all of the reference data, beyond what articles mention.")
@options.verbose_option
def load_command(files: tuple[Path, ...], store_path: Path, graph: str, form: str, reference: bool) -> None:
    """Load RDF files of any format, each as a whole or not at all.

    What follows from them is derived by the next kg infer.
    """
    from kg.errors import UsageError
    from kg.graph.load import load_file
    from kg.graph.schema import install_ontology
    from kg.graph.terms import Minter, iri

    if not files and not reference:
        raise UsageError("nothing to load: give files, or --reference")
    minter = Minter(options.settings().base)
    with options.opened(store_path, writing=True) as store:
        install_ontology(store, minter)
        for path in files:
            added = load_file(store, path, graph=iri(graph.strip("<>")) if graph else None, fmt=form or None)
            click.echo(f"{path}: {added:,} new", err=True)
        if reference:
            from kg.build import load_all_reference

            click.echo(f"reference data: {load_all_reference(store, options.settings()):,} triples", err=True)


@click.command("infer")
@options.store_option
@click.option("--reasoner", default="", metavar="NAME", help="The reasoner, native or owlrl.")
@click.option("--show-rules", is_flag=True, help="Print the rules that the axioms are compiled to.")
@options.verbose_option
def infer_command(store_path: Path, reasoner: str, show_rules: bool) -> None:
    """Recompute what follows from all that is stated."""
    from kg.errors import UsageError
    from kg.graph.infer import reasoner as make_reasoner
    from kg.graph.reason.adapter import NativeReasoner
    from kg.graph.reason.beyond import apply_rules
    from kg.graph.schema import install_ontology
    from kg.graph.terms import Minter

    minter = Minter(options.settings().base)
    with options.opened(store_path, writing=True) as store:
        install_ontology(store, minter)
        chosen = make_reasoner(reasoner)
        report = chosen.infer(store, minter)
        apply_rules(store, minter)
        if show_rules:
            if not isinstance(chosen, NativeReasoner):
                raise UsageError("only the native reasoner compiles rules that it can show")
            click.echo("\n".join(chosen.engine(store, minter).show_rules()))
    click.echo(
        f"{report.derived:,} facts derived from {report.asserted:,} in {report.rounds} rounds and"
        f" {report.seconds:.1f} s ({report.reasoner}): {report.added:,} new, {report.removed:,} gone",
        err=True,
    )
    for problem in report.problems:
        click.echo(f"kg: not reasoned with: {problem}", err=True)
    for found in report.inconsistencies:
        click.echo(f"kg: inconsistent: {found.message}", err=True)


@click.command("check")
@options.store_option
@options.output_option
@options.format_option("text", "json", otherwise="text")
@options.verbose_option
def check_command(store_path: Path, output: Path, form: str) -> int:
    """Find inconsistencies, each with its proof, and violations of the shapes (SHACL).

    Exits with 1 where there are any.
    """
    from kg.graph.check import check, render
    from kg.graph.terms import Minter

    base = options.settings().base
    chosen = options.text_or_json(form, output)
    with options.opened(store_path) as store, options.written(output) as out:
        report = check(store, Minter(base))
        out.write((report.as_json() + "\n" if chosen == "json" else render(report, store, base)).encode())
    return 0 if report else 1


@click.command("stats")
@options.store_option
@options.output_option
@options.format_option("table", "json")
@options.verbose_option
def stats_command(store_path: Path, output: Path, form: str) -> None:
    """Count what is in the graph: articles, entities, events, triples, by graph, class and property."""
    from kg.graph.stats import render, statistics
    from kg.graph.terms import Minter

    chosen = options.text_or_json(form, output)
    with options.opened(store_path) as store, options.written(output) as out:
        found = statistics(store, Minter(options.settings().base))
        out.write((found.as_json() + "\n" if chosen == "json" else render(found)).encode())


@click.command("export")
@options.store_option
@options.output_option
@options.format_option("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "csv", "graphml", otherwise="turtle")
@click.option("--graph", default="", metavar="IRI", help="One named graph: an IRI, or a name such as inferred.")
@options.verbose_option
def export_command(store_path: Path, output: Path, form: str, graph: str) -> None:
    """Write the graph to a file; Turtle and TriG are byte-identical for equal graphs."""
    from kg.graph.export import SUFFIXES, export
    from kg.graph.terms import Minter, iri

    base = options.settings().base
    suffix = options.suffix_of(output)
    chosen = form or SUFFIXES.get(f".{suffix}", suffix or "turtle")
    name = (iri(graph.strip("<>")) if ":" in graph else Minter(base).graph(graph)) if graph else None
    with options.opened(store_path) as store, options.written(output) as out:
        export(store, out, SUFFIXES.get(f".{chosen}", chosen), graph=name, base=base)
