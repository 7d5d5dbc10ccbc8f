"""Review, with the token: judging facts, merging and splitting entities, correcting links, exporting gold."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kg.errors import NotFoundError
from kg.graph.find import find
from kg.graph.terms import value
from server.pages import queries
from server.pages.evidence import reports_of
from server.pages.gold import archive
from server.pages.index import Index
from server.pages.judgements import FACTS, Judgement, judge, judgements, withdraw
from server.pages.listing import Row, link
from server.pages.present import pages as shared
from server.pages.present import prefers_json, show
from server.pages.session import local, require_writer, sent_fields, signed_in
from server.pages.settle import settle

pages = Blueprint("review", __name__)
_QUEUE = 20


@pages.get("/review")
def review() -> Response:
    """The facts that most need a look, forms for entities and links, and what was judged so far."""
    page = shared()
    index = page.index()
    found = judgements(page.store, page.minter)
    done = {each.judged for each in found if each.verdict in FACTS}
    fact = request.args.get("fact", "")[:2000]
    waiting = [fact] if fact else queue(done)
    view: Row = {
        "signed_in": signed_in(),
        "writable": bool(page.settings.token),
        "facts": fact_rows(index, waiting, found),
        "judgements": [judged_row(index, each) for each in found[:200]],
        "total": len(found),
        "fact": fact,
    }
    return show("review.html", view)


def queue(done: set[str]) -> list[str]:
    """The reported facts of least confidence that nobody has judged yet."""
    found = [value(row["fact"]) for row in shared().store.rows(queries.UNSURE)]
    return [fact for fact in dict.fromkeys(found) if fact not in done][:_QUEUE]


def fact_rows(index: Index, facts: list[str], found: list[Judgement]) -> list[Row]:
    """Facts with their reports and the verdict on each."""
    reports = reports_of(shared().store, index, facts)
    verdicts = {each.judged: each.verdict for each in found if each.verdict in FACTS}
    return [
        {"iri": fact, "label": index.label(fact), "reports": reports.get(fact, []), "verdict": verdicts.get(fact, "")}
        for fact in facts
        if fact in index.labels
    ]


def judged_row(index: Index, judgement: Judgement) -> Row:
    """A judgement as the list shows it."""
    return {
        "key": judgement.key,
        "verdict": judgement.verdict,
        "judged": link(index, judgement.judged) | ({"label": judgement.label} if judgement.label else {}),
        "other": link(index, judgement.other) if judgement.other else None,
        "note": judgement.note,
        "created": judgement.created,
    }


@pages.post("/review")
def record() -> AnyResponse:
    """Records a judgement: ``verdict``, ``judged`` and, for entities and links, ``other``; a form or JSON."""
    require_writer()
    page = shared()
    sent = sent_fields()
    given = {name: str(sent.get(name, "")).strip()[:2000] for name in ("verdict", "judged", "other", "note", "next")}
    judged = value(find(page.store, page.minter, given["judged"]))
    other = given["other"]
    if other and given["verdict"] not in ("link", "unlink"):
        other = value(find(page.store, page.minter, other))
    judgement = judge(page.store, page.minter, Judgement(given["verdict"], judged, other, given["note"]))
    settle(page.store, page.minter)
    if prefers_json() and request.is_json:
        return show("review.html", judged_row(page.index(), judgement), 201)
    return redirect(local(given["next"] or "/review"), 303)


@pages.post("/review/withdraw")
def take_back() -> AnyResponse:
    """Takes a judgement back."""
    require_writer()
    page = shared()
    if not withdraw(page.store, page.minter, request.form.get("key", "")):
        raise NotFoundError("there is no such judgement")
    settle(page.store, page.minter)
    return redirect("/review", 303)


@pages.get("/review/gold.zip")
def gold() -> Response:
    """What was judged right, as gold files for ``kg evaluate``."""
    page = shared()
    judged = [each for each in judgements(page.store, page.minter) if each.verdict in FACTS]
    headers = {"Content-Disposition": 'attachment; filename="gold.zip"'}
    return Response(archive(page.store, page.index(), judged), content_type="application/zip", headers=headers)
