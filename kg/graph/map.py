"""What was read from one article, as the N-Quads of its named graph.

A pure function of its arguments: the same reading gives the same lines, byte for byte, and nodes that two articles
share (entities, merged events, tenures) get the same IRIs in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatchmethod

from kg.graph.entities import (
    Context,
    link_quads,
    reference_quads,
    words,
    write_entity,
    write_membership,
    write_tenure,
)
from kg.graph.roles import RoleTable
from kg.graph.sheet import Sheet, text
from kg.graph.terms import Minter, curie, date, digest, kg, literal, slugify, typed
from kg.model import Article, Event, Evidence, Fact, Membership, Proposition, Reading, Relation, Tenure

__all__ = ["article_quads", "event_labels", "link_quads", "reference_quads"]

_LABEL_LENGTH = 90


def article_quads(
    reading: Reading, minter: Minter, roles: RoleTable, labels: Mapping[str, str] | None = None
) -> list[str]:
    """The graph of one article as sorted N-Quads lines.

    ``labels`` says by key what to call happenings that other reports name differently; the article's own words for
    them become other names, so that each has one label however many graphs tell of it.
    """
    return _ArticleMapper(reading, minter, roles, labels or {}).lines()


def event_labels(reading: Reading, minter: Minter, roles: RoleTable) -> dict[str, str]:
    """What the reading alone would call each of its events, by key."""
    return _ArticleMapper(reading, minter, roles, {}).event_labels()


class _ArticleMapper:
    """Writes one reading to one sheet."""

    def __init__(self, reading: Reading, minter: Minter, roles: RoleTable, labels: Mapping[str, str]) -> None:
        self._reading = reading
        self._labels = dict(labels)
        self._minter = minter
        self._roles = roles
        self._context = Context.of(reading.entities, minter, roles)
        self._sheet = Sheet(minter.article_graph(reading.article.slug))
        self._confidence: dict[str, float] = {}

    def lines(self) -> list[str]:
        self._write_article(self._reading.article)
        for entity in self._reading.entities:
            write_entity(self._sheet, entity, self._context)
        self._labels = self.event_labels() | self._labels
        for fact in self._reading.facts:
            self._write(fact)
        for report, confidence in self._confidence.items():
            self._sheet.set(report, confidence=typed(confidence))
        return self._sheet.lines()

    def event_labels(self) -> dict[str, str]:
        """The label of each event by key, of two of one key that of the fuller."""
        found: dict[str, str] = {}
        for fact in self._reading.facts:
            if isinstance(fact, Event):
                key, label = fact.key or self._event_key(fact), self._event_label(fact)
                found[key] = max(found.get(key, ""), label, key=lambda each: (len(each), each))
        return found

    def _write_article(self, article: Article) -> None:
        node, sheet = self._minter.id(f"article/{article.slug}"), self._sheet
        sheet.describe(node, "Article", article.title or article.slug)
        sheet.set(node, text=literal(article.text))
        sheet.add(node, curie("dcterms:title"), text(article.title))
        sheet.add(node, curie("dcterms:publisher"), text(article.publisher))
        sheet.add(node, curie("dcterms:creator"), text(article.author))
        sheet.add(node, curie("dcterms:issued"), date(article.published[:10]))
        sheet.add(node, curie("dcterms:source"), text(article.source))
        sheet.add(node, curie("dcterms:language"), text(article.language))
        for mention in self._reading.mentions:
            sheet.add(node, curie("dcterms:references"), self._minter.id(mention.key))
        # One literal rather than four triples a mention: an article has many, and nobody joins on offsets.
        spans = sorted((mention.begin, mention.finish, mention.key) for mention in self._reading.mentions)
        sheet.set(node, spans=text("\n".join(f"{begin} {finish} {key}" for begin, finish, key in spans)))

    @singledispatchmethod
    def _write(self, fact: Fact) -> None:
        raise TypeError(f"not a fact: {fact!r}")

    @_write.register
    def _(self, fact: Tenure) -> None:
        node = write_tenure(self._sheet, fact, self._context, incumbent=True)
        self._write_report(node, fact.evidence)

    @_write.register
    def _(self, fact: Membership) -> None:
        node = write_membership(self._sheet, fact, self._context)
        self._write_report(node, fact.evidence)

    @_write.register
    def _(self, fact: Relation) -> None:
        """The triple itself, and a node that the report hangs on."""
        subject, obj = self._minter.id(fact.subject), self._minter.id(fact.object)
        node = self._minter.id(f"relation/{digest(fact.kind, fact.subject, fact.object)}")
        self._sheet.add(subject, kg(fact.kind), obj)
        label = f"{self._context.name(fact.subject)}: {words(fact.kind)} {self._context.name(fact.object)}"
        self._sheet.describe(node, "StatedRelation", label)
        self._sheet.set(node, subject=subject, relation=kg(fact.kind), object=obj, asOf=date(fact.as_of))
        self._write_report(node, fact.evidence)

    @_write.register
    def _(self, fact: Event) -> None:
        key = fact.key or self._event_key(fact)
        node, own = self._minter.id(key), self._event_label(fact)
        self._sheet.describe(node, fact.kind, self._labels[key], own)
        for role in fact.roles:
            of = self._context.kinds.get(role.key, "")
            for name in self._roles.roles(fact.kind, role.name, planned=fact.planned, choice=fact.choice, of=of):
                self._sheet.add(node, kg(name), self._minter.id(role.key))
        self._sheet.set(
            node,
            choice=kg(fact.choice) if fact.choice else "",
            date=date(fact.date),
            endDate=date(fact.end_date),
            planned=typed(True) if fact.planned else "",
            quotation=text(fact.quotation),
            content=self._write_proposition(fact.content) if fact.content else "",
            **_figures(fact),
        )
        self._write_report(node, fact.evidence, **_figures(fact))

    def _event_key(self, event: Event) -> str:
        """An event that was not merged is one with those of the same article that say the same of it."""
        roles = sorted((role.name, role.key) for role in event.roles)
        said = (event.kind, roles, event.date, event.end_date, event.choice, event.planned, event.content)
        return f"event/{digest(self._reading.article.slug, *said)}"

    def _event_label(self, event: Event) -> str:
        def names(role: str) -> str:
            return ", ".join(
                sorted({self._context.name(r.key) for r in event.roles if role in self._roles.general(r.name)})
            )

        agents, targets, place = names("agent"), names("target"), names("place")
        who = " → ".join(part for part in (agents, targets) if part)
        when = " to ".join(part for part in (event.date, event.end_date) if part)
        details = ", ".join(part for part in (place, when) if part)
        title = words(event.kind).capitalize()
        head = f"{title}: {who}" if who else title
        return f"{head} ({details})" if details else head

    def _write_proposition(self, proposition: Proposition) -> str:
        mentions = sorted(proposition.mentions)
        node = self._minter.id(f"proposition/{digest(proposition.text, proposition.describes, mentions)}")
        self._sheet.describe(node, "Proposition", _shortened(proposition.text))
        self._sheet.set(
            node, text=text(proposition.text), describes=kg(proposition.describes) if proposition.describes else ""
        )
        for key in mentions:
            self._sheet.set(node, mentions=self._minter.id(key))
        return node

    def _write_report(self, fact: str, evidence: Evidence | None, **figures: str) -> None:
        """The report of a fact; one sentence gives one report, as sure as can be, to each fact that it states."""
        if evidence is None:
            return
        place = (evidence.article, evidence.begin, evidence.finish, evidence.quote)
        node = self._minter.id(f"report/{digest(*place, self._minter.key(fact))}")
        self._sheet.describe(node, "Report", f"“{_shortened(evidence.quote)}”")
        self._sheet.set(fact, report=node)
        self._sheet.set(
            node,
            article=self._minter.id(f"article/{evidence.article}"),
            quote=text(evidence.quote),
            begin=typed(evidence.begin),
            finish=typed(evidence.finish),
            foundBy=text(evidence.found_by),
            **figures,
        )
        self._confidence[node] = max(float(evidence.confidence), self._confidence.get(node, 0.0))
        for source in evidence.attributed_to:
            self._sheet.set(node, attributedTo=self._source(source))

    def _source(self, source: str) -> str:
        """Whoever an article credits: an entity's key, or the words for somebody who is no entity of the reading."""
        if source in self._context.names or "/" in source:
            return self._minter.id(source)
        node = self._minter.id(f"group/{slugify(source)}")
        self._sheet.describe(node, "Group", source)
        return node


def _figures(event: Event) -> dict[str, str]:
    """The figures that an event and each report of it carry."""
    return {
        "killed": "" if event.killed is None else typed(event.killed),
        "injured": "" if event.injured is None else typed(event.injured),
        "atLeast": typed(True) if event.at_least else "",
        "dateText": text(event.date_text),
    }


def _shortened(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LABEL_LENGTH else flat[: _LABEL_LENGTH - 1].rstrip() + "…"
