"""From data to a page: the index of the moment, and one dictionary shown as HTML or as JSON."""

from __future__ import annotations

import calendar
import itertools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request

from kg.config import Settings
from kg.graph.store.protocol import Store
from kg.graph.terms import Minter
from server.negotiate import HTML, Format, choose
from server.pages import assets
from server.pages import index as indexing
from server.pages.index import Index
from server.pages.naming import in_words, page_of
from server.pages.schema import TONE_NAMES

_PATIENCE = 2.0  # seconds that a request waits for the index; one that takes longer is read beside the requests
JSON = Format("json", "application/json", "json")
Found = TypeVar("Found")
View = Mapping[str, Any]  # what Jinja and JSON take: nested plain data whose shape each page documents


@dataclass(slots=True)
class Pages:
    """What the pages share: the store, the settings, and the index of the store's latest version.

    A large graph takes seconds to index. Requests wait for that only at the very start and only a little; then they see
    what is there already, and after a change the index of a moment ago.
    """

    store: Store
    settings: Settings
    minter: Minter
    _index: Index | None = None
    _seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _remembered: dict[str, tuple[Index, Any]] = field(default_factory=dict)

    def index(self) -> Index:
        """The index of the store as it is now, or as far as it goes while a large one is read."""
        kept = self._index
        if kept is not None and kept.complete and kept.version == self.store.version:
            return kept
        if kept is not None and (not kept.complete or self._seconds > _PATIENCE):
            self.warm()
            return kept
        for patience in itertools.chain([_PATIENCE], itertools.repeat(0.1)):
            if self._lock.acquire(timeout=patience):
                try:
                    return self._current() or self._read()
                finally:
                    self._lock.release()
            if self._index is not None:
                break
        return cast("Index", self._index)

    @property
    def whole(self) -> bool:
        """Whether lists have everything in them; not so in the first seconds over a large graph."""
        return self._index is None or self._index.complete

    def warm(self) -> None:
        """Reads the index in a thread, unless one does so already."""
        if self._current() is None and self._lock.acquire(blocking=False):
            threading.Thread(target=self._read_and_release, name="page-index", daemon=True).start()

    def _current(self) -> Index | None:
        kept = self._index
        return kept if kept is not None and kept.complete and kept.version == self.store.version else None

    def _read(self) -> Index:
        """Reads the index; where there was none, its stages are shown as they come."""
        began = time.monotonic()
        for read in indexing.stages(self.store, self.minter):
            if read.complete or self._index is None or not self._index.complete:
                self._index = read
        self._seconds = time.monotonic() - began
        return read

    def _read_and_release(self) -> None:
        try:
            self._read()
        finally:
            self._lock.release()

    def remembered(self, name: str, compute: Callable[[Index, Store], Found]) -> Found:
        """What ``compute`` makes of the index and the store, kept under ``name`` until the store changes."""
        index = self.index()
        kept = self._remembered.get(name)
        if kept is None or kept[0] is not index:
            kept = self._remembered[name] = (index, compute(index, self.store))
        return cast("Found", kept[1])


def prepare(app: Flask, store: Store, settings: Settings) -> None:
    """Gives an application what its pages and templates need."""
    app.view_functions["static"] = assets.serve
    app.extensions["pages"] = Pages(store, settings, Minter(settings.base))
    app.jinja_env.globals.update(tone_names=TONE_NAMES)
    app.jinja_env.filters.update(
        href=lambda iri: page_of(iri, settings.base), words=in_words, day=day, thousands=thousands
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def pages() -> Pages:
    """What the pages of the current application share."""
    return cast("Pages", current_app.extensions["pages"])


def prefers_json() -> bool:
    """Whether the request asks for JSON rather than HTML, by ``?format=json`` or by Accept."""
    wanted = choose(request.headers.get("Accept", ""), (HTML, JSON))
    return wanted is JSON or request.args.get("format") == "json"


def show(template: str, view: View, status: int = 200) -> Response:
    """The view as HTML through ``template``, or as JSON where the Accept header prefers that."""
    if prefers_json():
        response = jsonify(view)
        response.status_code = status
    else:
        response = make_response(render_template(template, reading=not pages().whole, **view), status)
    response.headers.add("Vary", "Accept")
    return response


_MONTHS = tuple(calendar.month_name)


def day(date: str) -> str:
    """An ISO date as a reader writes it, no more precise than it is: ``2012-06-05`` becomes "5 June 2012"."""
    parts = date[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or not 1 <= int((*parts, "1")[1]) <= 12:
        return date
    month = _MONTHS[int(parts[1])] if len(parts) > 1 else ""
    return " ".join(filter(None, [parts[2].lstrip("0") if len(parts) > 2 else "", month, parts[0]]))


def thousands(number: int) -> str:
    """A number with thousands set apart."""
    return f"{number:,}"
