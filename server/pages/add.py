"""Adding an article, with the token: paste it or name its address, see what would be taken from it, keep it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from kg.errors import InputError, UsageError
from kg.graph.map import article_quads
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from server.guard.fetch import fetch_page
from server.limits import Limits
from server.pages import index as indexing
from server.pages.article import view_of
from server.pages.listing import Row
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.session import require_writer, sent_fields, signed_in
from server.pages.settle import kept_reasoner

pages = Blueprint("add", __name__)
_LONGEST = 400_000
_FIELDS = ("text", "title", "publisher", "published", "url")


@pages.get("/add")
def form() -> Response:
    """The form."""
    return show("add.html", _view(dict.fromkeys(_FIELDS, "")))


def _view(given: dict[str, str]) -> Row:
    return {"signed_in": signed_in(), "writable": bool(shared().settings.token), "given": given, "preview": None}


@pages.post("/add")
def add() -> AnyResponse:
    """Shows what would be taken from the article, or, with ``keep``, adds it to the graph and goes to its page."""
    require_writer()
    sent = sent_fields()
    given = {name: str(sent.get(name, ""))[: _LONGEST + 1].strip() for name in _FIELDS}
    if not given["text"] and not given["url"]:
        raise UsageError("paste the text of an article, or name its address")
    if len(given["text"]) > _LONGEST:
        raise UsageError(f"an article may have at most {_LONGEST:,} characters")
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), given)
        if sent.get("keep"):
            return redirect(f"/page/article/{keep(path)}", 303)
        view = _view(given) | {"preview": preview(path)}
    return show("add.html", view)


def written(folder: Path, given: dict[str, str]) -> Path:
    """The article as a JSON line that the readers take; fields that are given come before what a fetched page says."""
    said = {name: text for name, text in given.items() if text}
    if "text" not in said:
        said = fetched(folder, given["url"]) | said
    path = folder / "article.jsonl"
    path.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def fetched(folder: Path, url: str) -> dict[str, str]:
    """What the page at an address says, its furniture removed; raises ForbiddenError where it may not be asked."""
    from kg.build import one_article

    hosts = Limits.from_environment().service_hosts.split(",")
    page = folder / "page.html"
    page.write_bytes(fetch_page(url, [host for host in hosts if host.strip()]))
    article = one_article(page)
    said = {"text": article.text, "title": article.title, "publisher": article.publisher}
    return {name: text for name, text in (said | {"published": article.published}).items() if text}


def preview(path: Path) -> Row:
    """The view of the article's page, read and mapped as a build would, in a store that is forgotten."""
    from kg.build import one_article, read_together

    settings = shared().settings
    minter = Minter(settings.base)
    (reading,) = read_together([one_article(path)], settings)
    with open_store(None) as store:
        install_ontology(store, minter)
        store.replace_graph(
            minter.article_graph(reading.article.slug), article_quads(reading, minter, load_roles(store))
        )
        index = indexing.build(store, minter)
        return view_of(store, index, next(iter(index.pieces.values())))


def keep(path: Path) -> str:
    """Adds the article to the graph and infers; answers its slug. Raises InputError where it cannot be read.

    The application keeps its reasoner, so that the next article costs only what follows from it.
    """
    from kg.build import build, one_article

    page = shared()
    outcome = build([path], cast("OxigraphStore", page.store), page.settings, reasoner=kept_reasoner())
    if outcome.errors:
        raise InputError(outcome.errors[0].reason)
    return one_article(path).slug
