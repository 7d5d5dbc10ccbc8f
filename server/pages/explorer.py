"""The graph explorer: a thing, those it shares events or relations with, and theirs when asked for."""

from __future__ import annotations

from flask import Blueprint, Response, request

from server.pages import drawing
from server.pages.entity import neighbours
from server.pages.home import most_seen
from server.pages.listing import Row, link
from server.pages.naming import page_of
from server.pages.present import pages as shared
from server.pages.present import show
from server.pages.stances import stances

pages = Blueprint("explorer", __name__)
_NEIGHBOURS, _STANCES = 16, 4


@pages.get("/graph")
def explorer() -> Response:
    """The neighbourhood of ``focus``: at most so many nodes that it stays readable; scripts ask for more of it."""
    page = shared()
    index = page.index()
    focus = request.args.get("focus", "")[:2000]
    if focus and focus not in index.things:
        found = index.names.find(focus, 5)
        focus = next((each.thing for each in found if each.thing in index.things), "")
    around = neighbours(index, focus, _NEIGHBOURS) if focus else []
    relations = [
        _relation(focus, group, item)
        for group in (stances(page.store, index, focus) if focus else [])
        for item in group["items"][:_STANCES]
    ]
    shown = {node["iri"] for node in around} | {focus}
    others = [link(index, relation["other"]) for relation in relations if relation["other"] not in shown]
    view: Row = {
        "focus": link(index, focus) | {"href": page_of(focus, index.minter.base)} if focus else None,
        "nodes": _placed(around + list({node["iri"]: node for node in others}.values()), index.minter.base),
        "edges": [{"from": focus, "to": n["iri"], "count": n["count"], "tone": n["tone"]} for n in around],
        "relations": relations,
        "drawing": drawing.radial(around),
        "most_seen": [] if focus else most_seen(index),
    }
    return show("graph.html", view)


def _relation(focus: str, group: Row, item: Row) -> Row:
    """A stance as an edge, from whoever takes it."""
    inward = group["name"].endswith("-by")
    start, end = (item["iri"], focus) if inward else (focus, item["iri"])
    said = {"label": group["label"], "verb": group["verb"], "stated": item["stated"], "why": item["why"]}
    return {"from": start, "to": end, "other": item["iri"]} | said


def _placed(nodes: list[Row], base: str) -> list[Row]:
    return [node | {"href": page_of(node["iri"], base)} for node in nodes]
