"""The pages: each is a view of the graph as plain data, shown as HTML or, by Accept, as the JSON it was made from.

A blueprint per page computes a dictionary and hands it to :func:`server.pages.present.show`. :func:`register` adds all
of them to an application.
"""

from __future__ import annotations

from flask import Flask

from kg.config import Settings
from kg.graph.store.protocol import Store
from server.pages import (
    add,
    alignments,
    editor,
    explorer,
    home,
    places,
    present,
    review,
    session,
    things,
    timeline,
    vocabulary,
    why,
)


def register(app: Flask, store: Store, settings: Settings) -> None:
    """Adds the pages over ``store`` to an application."""
    present.prepare(app, store, settings)
    for module in (home, things, why, timeline, places, alignments, explorer, vocabulary, editor, session, review, add):
        app.register_blueprint(module.pages)
