"""The page of an article: its text with every recognised span marked, beside what was taken from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import Response

from kg.graph.store.protocol import Store
from kg.graph.terms import DCTERMS, KG, RDF, iri, value
from server.pages import queries
from server.pages.evidence import collect
from server.pages.index import Index, Piece
from server.pages.listing import Row, link, row
from server.pages.naming import safe_link
from server.pages.present import pages as shared
from server.pages.present import show

_MOST_FACTS = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text: a sentence behind the facts of ``facts``, or a mention of the thing ``iri``."""

    begin: int
    finish: int
    facts: tuple[int, ...] = ()
    iri: str = ""


def article_page(piece: Piece) -> Response:
    """The page of one article."""
    page = shared()
    return show("article.html", view_of(page.store, page.index(), piece))


def view_of(store: Store, index: Index, piece: Piece) -> Row:
    """All that the page of an article shows."""
    said = statements(store, piece.iri)
    text = next(iter(said.get(KG + "text", [])), "")
    facts = taken(store, index, piece.iri)
    mentions = spans(index, next(iter(said.get(KG + "spans", [])), ""))
    source = next(iter(said.get(DCTERMS + "source", [])), "")
    return {
        "iri": piece.iri,
        "label": piece.title,
        "publisher": piece.publisher,
        "issued": piece.issued,
        "author": ", ".join(said.get(DCTERMS + "creator", [])),
        "source": {"text": source, "link": safe_link(source)},
        "text": text,
        "facts": facts,
        "segments": segments(text, sentences(facts), mentions),
        "entities": mentioned(index, mentions),
    }


def statements(store: Store, subject: str) -> dict[str, list[str]]:
    """The values that are said of a thing, by property."""
    found: dict[str, list[str]] = defaultdict(list)
    for _, predicate, obj in store.triples(iri(subject)):
        found[value(predicate)].append(value(obj))
    return found


def taken(store: Store, index: Index, article: str) -> list[Row]:
    """The facts taken from an article in the order of its text, numbered from 1; each says whether it is a claim."""
    reports = collect(index, store.rows(queries.fill(queries.ARTICLE_FACTS, thing=article)), article)
    ordered = sorted(reports, key=lambda fact: (min(r["begin"] for r in reports[fact]), fact))[:_MOST_FACTS]
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for found in (
        store.rows(queries.fill(queries.FACT_STATEMENTS, facts=ordered, inferred=index.inferred)) if ordered else []
    ):
        said[value(found["fact"])][value(found["p"])].append(found["o"])
    return [fact_row(index, number, fact, reports[fact], said[fact]) for number, fact in enumerate(ordered, 1)]


def fact_row(index: Index, number: int, fact: str, reports: list[Row], said: dict[str, list[str]]) -> Row:
    """One fact of the list beside the text."""
    credited = {r["iri"] + r["label"]: r for report in reports for r in report["attributed_to"]}
    content = [index.label(value(term)) for term in said.get(KG + "content", [])]
    shown: Row = {"number": number, "iri": fact, "reports": reports, "credited": list(credited.values())}
    shown |= {"claim": bool(credited), "content": content, "event": None, "tone": "office"}
    happening = index.events.get(fact)
    if happening:
        event = row(index, happening)
        return shown | {"event": event, "label": happening.label, "tone": happening.tone, "kind": event["kind_label"]}
    kinds = [value(kind) for kind in said.get(RDF + "type", []) if value(kind).startswith(KG)]
    kind = index.schema.label(index.schema.most_specific(kinds)) if kinds else ""
    return shown | {"label": index.label(fact), "kind": kind}


def spans(index: Index, written: str) -> list[Mark]:
    """The mentions that an article's ``kg:spans`` lists: begin, finish and key, a line each."""
    found = []
    for line in written.splitlines():
        begin, _, rest = line.partition(" ")
        finish, _, key = rest.partition(" ")
        if begin.isdigit() and finish.isdigit() and int(begin) < int(finish):
            found.append(Mark(int(begin), int(finish), iri=f"{index.minter.base}id/{key}"))
    return found


def sentences(facts: Iterable[Row]) -> list[Mark]:
    """The sentences behind facts; facts of one sentence share its mark."""
    by_span: dict[tuple[int, int], list[int]] = defaultdict(list)
    for fact in facts:
        for report in fact["reports"]:
            if report["begin"] < report["finish"]:
                by_span[report["begin"], report["finish"]].append(fact["number"])
    return [Mark(begin, finish, tuple(dict.fromkeys(numbers))) for (begin, finish), numbers in sorted(by_span.items())]


def segments(text: str, said: Sequence[Mark], mentions: Sequence[Mark]) -> list[Row]:
    """The text cut so that marks never cross: runs with the facts they are behind, each of plain and linked pieces."""
    inside = [mark for mark in said if mark.finish <= len(text)]
    cuts = sorted({0, len(text), *(edge for mark in inside for edge in (mark.begin, mark.finish))})
    links = _apart([mark for mark in mentions if mark.finish <= len(text)])
    runs: list[Row] = []
    for begin, finish in pairwise(cuts):
        over = [mark for mark in inside if mark.begin <= begin and finish <= mark.finish]
        facts = list(dict.fromkeys(number for mark in over for number in mark.facts))
        ends = list(dict.fromkeys(number for mark in over if mark.finish == finish for number in mark.facts))
        pieces = list(_pieces(text, begin, finish, links))
        runs.append({"begin": begin, "facts": facts, "ends": ends, "pieces": pieces})
    return runs


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that do not overlap, the longer one kept where two do."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.begin, -m.finish)):
        if not kept or mark.begin >= kept[-1].finish:
            kept.append(mark)
    return kept


def _pieces(text: str, begin: int, finish: int, links: Sequence[Mark]) -> Iterable[Row]:
    at = begin
    for mark in links:
        if mark.begin < at or mark.finish > finish:
            continue
        if mark.begin > at:
            yield {"text": text[at : mark.begin], "iri": ""}
        yield {"text": text[mark.begin : mark.finish], "iri": mark.iri}
        at = mark.finish
    if at < finish:
        yield {"text": text[at:finish], "iri": ""}


def mentioned(index: Index, mentions: Iterable[Mark]) -> list[Row]:
    """The things an article speaks of, the most often mentioned first."""
    counts: dict[str, int] = defaultdict(int)
    for mark in mentions:
        counts[mark.iri] += 1
    ranked = sorted(counts, key=lambda each: (-counts[each], each))
    return [link(index, each) | {"count": counts[each]} for each in ranked]
