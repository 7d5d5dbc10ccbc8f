"""Judgements as gold files: articles with a fact that was judged, in the form that ``kg evaluate`` reads.

What was judged right is required; what nobody judged is optional, so that it counts neither way; what was judged wrong
is left out, so that finding it again counts against the extraction.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Container, Iterable
from typing import Any

from kg.graph.store.protocol import Store
from kg.graph.terms import KG
from server.pages.article import statements, taken
from server.pages.index import Happening, Index
from server.pages.judgements import Judgement
from server.pages.listing import Row
from server.pages.naming import local_name


def archive(store: Store, index: Index, judged: Iterable[Judgement]) -> bytes:
    """A ZIP of ``slug.txt`` and ``slug.gold.json`` for each article with a fact that was judged."""
    verdicts = {each.judged: each for each in judged}
    confirmed = {fact for fact, each in verdicts.items() if each.verdict == "right"}
    articles = {article for each in verdicts.values() for article in each.articles}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for article in sorted(articles & index.pieces.keys()):
            slug = article.rpartition("/")[2]
            packed.writestr(f"{slug}.txt", text_of(store, index, article))
            facts = [
                fact for fact in taken(store, index, article) if fact["iri"] not in verdicts or fact["iri"] in confirmed
            ]
            document = gold_of(store, index, article, facts, confirmed)
            packed.writestr(f"{slug}.gold.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return out.getvalue()


def text_of(store: Store, index: Index, article: str) -> str:
    """The article with its front matter, as the readers take it."""
    piece = index.pieces[article]
    head = {"title": piece.title, "publisher": piece.publisher, "published": piece.issued}
    matter = "\n".join(f"{name}: {json.dumps(said, ensure_ascii=False)}" for name, said in head.items() if said)
    text = next(iter(statements(store, article).get(KG + "text", [])), "")
    return f"---\n{matter}\n---\n{text}\n"


def gold_of(store: Store, index: Index, article: str, facts: list[Row], confirmed: Container[str]) -> dict[str, Any]:
    """One gold document; facts that are not ``confirmed`` are optional."""
    piece = index.pieces[article]
    sorted_facts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    named: dict[str, None] = {}
    for fact in facts:
        quote, optional = fact["reports"][0]["quote"], {"optional": fact["iri"] not in confirmed}
        said = {local_name(name): values for name, values in statements(store, fact["iri"]).items()}
        if fact["event"]:
            event = index.events[fact["iri"]]
            sorted_facts["events"].append(_event(index, fact, quote, event) | optional)
            named.update(dict.fromkeys(party for _, party in event.general))
        elif "holder" in said:
            of = statements(store, said["position"][0]).get(KG + "positionIn", [""])[0]
            title = said.get("title") or [index.label(said["position"][0])]
            former = said.get("former", ["false"])[0] == "true"
            about = {"person": index.label(said["holder"][0]), "role": title[0], "of": index.label(of)}
            dates = {"as_of": said.get("asOf", [None])[0], "former": former, "evidence": quote}
            sorted_facts["positions"].append(about | dates | optional)
            named.update(dict.fromkeys([said["holder"][0], of]))
        elif "membershipKind" in said or "member" in said:
            member, organisation = said["member"][0], said["organisation"][0]
            kind = said.get("membershipKind", ["member"])[0]
            names = {"member": index.label(member), "organisation": index.label(organisation)}
            sorted_facts["memberships"].append(names | {"kind": kind, "evidence": quote} | optional)
            named.update(dict.fromkeys([member, organisation]))
        elif "relation" in said:
            a, b = said["subject"][0], said["object"][0]
            names = {"type": local_name(said["relation"][0]), "a": index.label(a), "b": index.label(b)}
            sorted_facts["relations"].append(names | {"evidence": quote} | optional)
            named.update(dict.fromkeys([a, b]))
    about_article = {"title": piece.title, "publisher": piece.publisher, "published": piece.issued, "language": "en"}
    lists = {name: sorted_facts[name] for name in ("positions", "memberships", "relations", "events")}
    return {
        "article": about_article,
        "entities": [_entity(index, each) for each in named if each in index.things],
    } | lists


def _entity(index: Index, iri: str) -> dict[str, Any]:
    thing = index.things[iri]
    return {"name": thing.label, "type": thing.kind, "aliases": [name for name in thing.names if name != thing.label]}


def _event(index: Index, fact: Row, quote: str, event: Happening) -> dict[str, Any]:
    row = fact["event"]
    return {
        "types": [row["kind"]],
        "agents": [each["label"] for each in row["agents"]],
        "targets": [each["label"] for each in row["targets"]],
        "place": row["places"][0]["label"] if row["places"] else None,
        "date": "/".join(filter(None, (event.date, event.end))) or None,
        "attributed_to": fact["credited"][0]["label"] if fact["credited"] else None,
        "planned": row["planned"],
        "evidence": quote,
    }
