"""``kg evaluate``: figures against gold files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GOLD...")
@click.option("--errors", is_flag=True, help="List what was missed, extra and wrong, by class, with sentences.")
@options.output_option
@options.format_option("table", "json")
@options.verbose_option
def evaluate_command(gold: tuple[Path, ...], errors: bool, output: Path, form: str) -> None:
    """Print precision, recall and F1 against gold files.

    GOLD is a NAME.gold.json with its article NAME.txt or NAME.html beside it, or a folder of such. All articles count
    as being in one store, so that events and entities that they share are one.
    """
    from kg.build import codec
    from kg.evaluate import evaluate, show

    form = options.text_or_json(form, output)
    score = evaluate(gold)
    lines = [codec.dumps(show.as_data(score))] if form == "json" else list(show.table(score))
    if errors and form != "json":
        lines += show.errors(score)
    with options.written(output) as out:
        out.write("".join(f"{line}\n" for line in lines).encode())
