"""``kg build`` and ``kg extract``: from articles to facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.build import Outcome
    from kg.config import Settings
    from kg.model import Article

_paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
_published = click.option("--published", default="", metavar="DATE", help="The date of articles that give none.")
_extractor = click.option(
    "--extractor",
    default="",
    metavar="NAME",
    type=click.Choice(["", "rules", "llm", "both"]),
    help="Who finds facts: rules (default), llm or both.",
)


@click.command("build")
@_paths
@options.store_option
@_published
@_extractor
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@click.option("--reasoner", default="", metavar="NAME", help="The reasoner, native or owlrl.")
@click.option("--no-infer", is_flag=True, help="Leave inference to a later kg infer.")
@options.verbose_option
def build_command(
    paths: tuple[Path, ...],
    store_path: Path,
    published: str,
    extractor: str,
    workers: int,
    reasoner: str,
    no_infer: bool,
) -> int:
    """Read articles, add what they say to the store, and infer.

    A PATH is a file or a folder: plain text (with YAML front matter, a header, or neither), HTML, JSON lines
    ({"id", "text", "title", "published", "publisher", "url"}, only "text" required), RSS or Atom, WARC. Articles that
    are unchanged since they were read are skipped; a changed one replaces what it said. Stopping is safe at any time:
    start again, and the rest is done.
    """
    from kg.build import Watch, build
    from kg.cli.progress import Progress
    from kg.text import read

    dated = read.date(published) if published else ""
    if not store_path.exists() and (unreadable := _only_errors(read.articles(paths, published=dated))):
        click.echo("\n".join(f"kg: {error}" for error in unreadable), err=True)
        return InputError.exit_status
    with options.opened(store_path, writing=True) as store, Progress(paths) as progress:
        watch = Watch(error=progress.error, article=progress.article, graph=progress.graph, stage=progress.stage)
        outcome = build(
            paths,
            store,
            _settings(extractor),
            published=dated,
            workers=workers,
            infer=not no_infer,
            reasoner=reasoner,
            watch=watch,
        )
    click.echo(_summary(outcome), err=True)
    return _status(outcome)


def _only_errors(items: Iterable[Article | InputError]) -> list[InputError]:
    """The errors where nothing else comes, so that no store is made for nothing; none once there is an article."""
    errors = []
    for item in items:
        if not isinstance(item, InputError):
            return []
        errors.append(item)
    return errors


def _settings(extractor: str) -> Settings:
    settings = options.settings()
    return replace(settings, extractor=extractor) if extractor else settings


def _summary(outcome: Outcome) -> str:
    parts = [
        f"{outcome.read:,} {'article' if outcome.read == 1 else 'articles'} read",
        f"{outcome.unchanged:,} unchanged",
    ]
    if outcome.errors:
        parts.append(f"{len(outcome.errors):,} failed")
    if outcome.inference:
        parts.append(f"{outcome.inference.derived:,} facts derived in {outcome.inference.seconds:.1f} s")
    return ", ".join(parts)


def _status(outcome: Outcome) -> int:
    """0 when all went well, 1 when some articles failed, 3 when nothing could be read at all."""
    if not outcome.errors:
        return 0
    return 1 if outcome.read or outcome.unchanged else InputError.exit_status


@click.command("extract")
@_paths
@_published
@_extractor
@options.output_option
@options.verbose_option
def extract_command(paths: tuple[Path, ...], published: str, extractor: str, output: Path) -> int:
    """Print the facts of articles as JSON lines, without touching any store.

    Each line is an event, tenure, membership or relation with the sentence it comes from.
    """
    from kg.build import codec, load_tools, read_article
    from kg.text import read

    dated = read.date(published) if published else ""
    tools = load_tools(_settings(extractor))
    failed = done = 0
    with options.written(output) as out:
        for item in read.articles(paths, published=dated):
            if isinstance(item, InputError):
                failed += 1
                click.echo(f"kg: {item}", err=True)
                continue
            done += 1
            for fact in read_article(item, tools).facts:
                out.write((codec.dumps(codec.fact(fact)) + "\n").encode())
    return 0 if not failed else 1 if done else InputError.exit_status
