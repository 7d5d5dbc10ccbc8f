"""The dataset's description in VoID and DCAT, where machines look for it, and the sitemap for those who crawl."""

from __future__ import annotations

from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from kg.graph import terms
from kg.graph.store import Store
from server.asked import graph_format_for, graph_response
from server.problems import HttpProblem
from server.rdf import Row, write
from server.statistics import Counted, Statistics

_EXPORTS = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_VOCABULARIES = (terms.KG, *(terms.PREFIXES[prefix] for prefix in ("skos", "dcterms", "schema", "foaf", "org", "sem")))
_PER_SITEMAP = 50_000
_PAGES = "SELECT DISTINCT ?s { ?s rdfs:label ?l FILTER(STRSTARTS(STR(?s), %s)) } ORDER BY ?s LIMIT %d OFFSET %d"


def blueprint(store: Store, counted: Counted, base: str) -> Blueprint:
    """``/.well-known/void``, ``/robots.txt`` and ``/sitemap.xml``."""
    routes = Blueprint("well_known", __name__)

    @routes.get("/.well-known/void")
    def void() -> Response:
        """The dataset description by Accept, Turtle where the client does not mind."""
        chosen = graph_format_for(request)
        body = counted.written(f"void {chosen.name}", lambda now: write(description(now, base), chosen.name))
        return graph_response(body, chosen, request)

    @routes.get("/void")
    def moved() -> Response:
        """Where people look for it, too."""
        return Response(status=303, headers={"Location": "/.well-known/void"})

    @routes.get("/favicon.ico")
    def icon() -> Response:
        """Where browsers look that were shown no page; pages name the icon itself."""
        return Response(status=301, headers={"Location": "/static/icon.svg", "Cache-Control": "max-age=86400"})

    @routes.get("/robots.txt")
    def robots() -> Response:
        """Crawlers may read pages and data; queries and dumps are for those who ask for them."""
        rules = "User-agent: *\nDisallow: /sparql\nDisallow: /explain\nDisallow: /export\n"
        return Response(f"{rules}Sitemap: {base}sitemap.xml\n", content_type="text/plain; charset=utf-8")

    @routes.get("/sitemap.xml")
    def sitemap() -> Response:
        """The pages of all things; beyond 50,000 in parts, ``?part=2`` and so on, after the sitemap protocol."""
        part = request.args.get("part", 1, type=int)
        if not 1 <= part <= 1000:
            raise HttpProblem(404, "there is no such part of the sitemap")
        names = terms.literal(f"{base}id/")
        found = store.rows(_PAGES % (names, _PER_SITEMAP, (part - 1) * _PER_SITEMAP))
        pages = (terms.value(row["s"]).replace(f"{base}id/", f"{base}page/", 1) for row in found)
        body = "".join(f"<url><loc>{escape(page)}</loc></url>\n" for page in pages)
        start = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return Response(f"{start}{body}</urlset>\n", content_type="application/xml")

    return routes


def description(statistics: Statistics, base: str) -> list[Row]:
    """The dataset in VoID (with partitions by graph, class and property) and in DCAT (with its distributions)."""
    dataset = f"<{base}.well-known/void#dataset>"
    rows: list[Row] = [
        (f"<{base}.well-known/void>", "rdf:type", "void:DatasetDescription"),
        (f"<{base}.well-known/void>", "foaf:primaryTopic", dataset),
        (dataset, "rdf:type", "void:Dataset"),
        (dataset, "rdf:type", "dcat:Dataset"),
        (dataset, "dcterms:title", '"Communiqué"@en'),
        (
            dataset,
            "dcterms:description",
            '"What news articles say of world politics, with the sentences that say it"@en',
        ),
        (dataset, "foaf:homepage", f"<{base}>"),
        (dataset, "void:sparqlEndpoint", f"<{base}sparql>"),
        (dataset, "void:uriSpace", terms.literal(f"{base}id/")),
        (dataset, "void:triples", terms.typed(statistics.triples)),
        (dataset, "void:distinctSubjects", terms.typed(statistics.subjects)),
        (dataset, "void:distinctObjects", terms.typed(statistics.objects)),
        (dataset, "void:classes", terms.typed(len(statistics.classes))),
        (dataset, "void:properties", terms.typed(len(statistics.properties))),
    ]
    rows += [(dataset, "void:vocabulary", f"<{name}>") for name in _VOCABULARIES]
    rows += _distributions(dataset, base)
    rows += _partitions(dataset, base, statistics)
    return rows


def _distributions(dataset: str, base: str) -> list[Row]:
    """The dumps and the endpoint, as DCAT has them."""
    rows: list[Row] = []
    for suffix, media_type in _EXPORTS.items():
        dump, at = f"<{base}export.{suffix}>", f"<{base}.well-known/void#{suffix}>"
        rows += [
            (dataset, "void:dataDump", dump),
            (dataset, "dcat:distribution", at),
            (at, "rdf:type", "dcat:Distribution"),
            (at, "dcat:downloadURL", dump),
            (at, "dcat:mediaType", f"<https://www.iana.org/assignments/media-types/{media_type}>"),
        ]
    service = f"<{base}.well-known/void#endpoint>"
    return [
        *rows,
        (service, "rdf:type", "dcat:DataService"),
        (service, "dcat:endpointURL", f"<{base}sparql>"),
        (service, "dcat:servesDataset", dataset),
        (service, "dcterms:conformsTo", "<http://www.w3.org/TR/sparql11-protocol/>"),
    ]


def _partitions(dataset: str, base: str, statistics: Statistics) -> list[Row]:
    rows: list[Row] = []
    for i, (graph, triples) in enumerate(statistics.graphs.items()):
        at = f"<{base}.well-known/void#graph-{i}>"
        rows += [(dataset, "void:subset", at), (at, "rdf:type", "void:Dataset"), (at, "dcterms:identifier", graph)]
        rows.append((at, "void:triples", terms.typed(triples)))
    for i, (name, entities) in enumerate(statistics.classes.items()):
        at = f"<{base}.well-known/void#class-{i}>"
        rows += [(dataset, "void:classPartition", at), (at, "void:class", name)]
        rows.append((at, "void:entities", terms.typed(entities)))
    for i, (name, triples) in enumerate(statistics.properties.items()):
        at = f"<{base}.well-known/void#property-{i}>"
        rows += [(dataset, "void:propertyPartition", at), (at, "void:property", name)]
        rows.append((at, "void:triples", terms.typed(triples)))
    return rows
