"""The offices that an article says somebody holds, as ``Tenure`` facts with their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Evidence, Tenure
from kg.text.dates import find_dates

if TYPE_CHECKING:
    from kg.text.document import Document, Holding


def positions(document: Document) -> list[Tenure]:
    """One tenure for each holder, office and organisation; the first sentence that tells it is its evidence."""
    found: dict[tuple[str, str, str, bool], Tenure] = {}
    for holding in document.holdings:
        key = (holding.holder.key, holding.organisation.key, holding.text, holding.former)
        if all(key[:3]) and key not in found:
            changed = _changed(document, holding)
            found[key] = Tenure(
                holder=holding.holder.key,
                organisation=holding.organisation.key,
                title=holding.text,
                role=holding.role,
                evidence=evidence(document, holding.start, holding.confidence),
                start="" if holding.former else changed,
                end=changed if holding.former else "",
                as_of="" if holding.former or holding.designate else document.article.published,
                former=holding.former,
            )
    return list(found.values())


def _changed(document: Document, holding: Holding) -> str:
    """When the office began or ended: the date nearest to the verb that says so, in its sentence."""
    if holding.verb < 0 or holding.designate:
        return ""
    token = document.doc[holding.verb]
    sentence = token.sent
    at = token.idx - sentence.start_char
    dated = [d for d in find_dates(sentence.text, document.article.published) if d.past and d.offset is None]
    nearest = min(dated, key=lambda d: (abs(d.begin - at), d.begin), default=None)
    return nearest.past.start if nearest and nearest.past else ""


def evidence(document: Document, token: int, confidence: float = 0.9) -> Evidence:
    """The sentence around a token as evidence, surrounding space left out."""
    sentence = document.doc[token].sent
    text = document.article.text
    begin, finish = sentence.start_char, sentence.end_char
    while begin < finish and text[begin].isspace():
        begin += 1
    while finish > begin and text[finish - 1].isspace():
        finish -= 1
    return Evidence(
        article=document.article.slug,
        begin=begin,
        finish=finish,
        quote=text[begin:finish],
        confidence=confidence,
    )
