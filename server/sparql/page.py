"""A plain page to ask the endpoint: a form, example queries, and the answer as a table; no script needed."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from server.pages.questions import questions


def blueprint() -> Blueprint:
    """``/sparql`` for readers."""
    routes = Blueprint("editor", __name__)

    @routes.get("/sparql")
    def editor() -> str:
        """The form with the query that is asked."""
        return render_template("sparql.html", query=request.args.get("query", ""), questions=questions())

    return routes
