"""What strangers may send: queries, updates, documents, headers and names, near to what is right or far from it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

TOKEN = {"Authorization": "Bearer correct-horse"}
QUERIES = (
    "SELECT ?s ?l WHERE { ?s a kg:Meeting ; rdfs:label ?l FILTER(LANG(?l) = '' && ?l > \"T\"@en) } ORDER BY DESC(?l)",
    "PREFIX e: <urn:e:> SELECT (COUNT(?o) AS ?n) ?p { GRAPH ?g { ?s ?p ?o } OPTIONAL { ?o e:p* ?x } } GROUP BY ?p",
    "CONSTRUCT { ?s <urn:p> [ rdfs:label ?o ] } WHERE { ?s (kg:agent|^kg:target)/rdfs:label ?o MINUS { ?s a kg:V } }",
    "ASK { VALUES (?a ?b) { (1 2.5e3) (UNDEF 'x'^^xsd:date) } BIND(REGEX(STR(?a), '[0-9]+', 'i') AS ?c) }",
    "DESCRIBE <http://localhost:8000/id/event/e1> ?x { { SELECT ?x { ?x a kg:State } } UNION { ?x kg:iso3 'NLD' } }",
)
UPDATES = (
    "INSERT DATA { GRAPH <urn:x:fuzz> { <urn:a> <urn:p> 'one'@en-GB , 2.0 , true ; <urn:q> _:b } }",
    "PREFIX e: <urn:e:> DELETE { ?s e:p ?o } INSERT { GRAPH e:g { ?s e:q ?o } } USING <urn:x:fuzz> WHERE { ?s ?p ?o }",
    "CLEAR SILENT GRAPH <urn:x:fuzz> ; DELETE WHERE { GRAPH ?g { <urn:a> ?p ?o } } ; COPY DEFAULT TO <urn:x:copy>",
)
DOCUMENTS = {
    "text/turtle": "@prefix e: <urn:e:> .\ne:a e:p 'x'@en , 1.5 , [ e:q ( true <#rel> ) ] ; a e:C .\n# end\n",
    "application/n-triples": '<u:a> <u:p> "x\\u0041"^^<http://www.w3.org/2001/XMLSchema#int> .\n_:b <u:p> <c:d> .\n',
    "application/rdf+xml": (
        '<?xml version="1.0"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
        '<r:Description r:about="urn:a"><e:p xml:lang="en">x &amp; y</e:p><e:q r:resource="#z"/></r:Description>'
        "</r:RDF>"
    ),
    "application/ld+json": (
        '{"@context": {"e": "urn:e:"}, "@id": "urn:a", "e:p": [{"@value": "x", "@language": "en"}, 1, {"@id": "_:b"}]}'
    ),
    "text/n3": "@prefix e: <urn:e:> .\n{ e:a e:p ?x } => { ?x e:q e:a } .\n",
}
_SPARQL = (
    *(
        "SELECT",
        "ASK",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "?s",
        "$p",
        "*",
        "<urn:a>",
        "<",
        ">",
        '"',
        "'",
        '"""',
        "a",
        ".",
        ";",
        ",",
    ),
    *(
        "FILTER",
        "OPTIONAL",
        "GRAPH",
        "UNION",
        "ORDER BY",
        "LIMIT",
        "1",
        "-1",
        "1e999",
        "99999999999999999999",
        "kg:x",
        "_:b",
    ),
    *(
        "\\u0041",
        "\\uD800",
        "#",
        "\n",
        "@en",
        "^^",
        "VALUES",
        "MINUS",
        "é",
        "\x00",
        "\ufeff",
        "😀",
        "SERVICE",
        "BASE <x>",
    ),
    *(
        "/",
        "|",
        "+",
        "!",
        "^",
        "IN",
        "NOT EXISTS",
        "BIND",
        "AS",
        "COUNT(*)",
        "<<(",
        ")>>",
        "INSERT DATA",
        "LOAD",
        "PREFIX",
    ),
)
_MEDIA = (
    *("text/html", "text/turtle", "application/sparql-results+json", "application/ld+json", "application/rdf+xml"),
    *("text/csv", "*/*", "text/*", "application/*", "image/png", "application/n-quads", "text/tab-separated-values"),
)
_PIECES = (
    *("person", "mira-lindqvist", "event", "e1", "..", ".", "", "%2e%2e", "%00", "%0d%0a", "%ff", "state", "norland"),
)
_QUALITIES = ("", ";q=0", ";q=0.5", ";q=1.0", ";q=x", ";q=-1", ";charset=utf-8;q=.3", ";;", ";q")


@dataclass(frozen=True)
class Sent:
    """A request as it is sent."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def changed(text: str) -> st.SearchStrategy[str]:
    """The text with some of its pieces left out, doubled, moved, or replaced by what is not expected there."""
    return st.tuples(st.integers(0, 2**32), st.integers(0, 6)).map(lambda drawn: _changed(text, *drawn))


def _changed(text: str, number: int, often: int) -> str:
    chance = random.Random(number)
    for _ in range(often):
        begin = chance.randrange(len(text) + 1)
        end = min(len(text), begin + chance.choice((0, 1, 1, 2, 5, 20)))
        piece = chance.choice(
            ("", text[begin:end] * 2, chance.choice(_SPARQL), chr(chance.randrange(0xD800)), "\udc80")
        )
        text = text[:begin] + piece + text[end:]
    return text


def texts(examples: Sequence[str]) -> st.SearchStrategy[str]:
    """Language of a kind: examples that were changed, words in any order, or anything at all."""
    words = st.lists(st.sampled_from(_SPARQL), max_size=25).map(" ".join)
    return st.one_of(*map(changed, examples), words, st.text(max_size=60))


ACCEPT = st.one_of(
    st.lists(st.tuples(st.sampled_from(_MEDIA), st.sampled_from(_QUALITIES)).map("".join), max_size=6).map(",".join),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80).map(str.strip),
)
IRIS = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=5).map("/".join),
    *map(changed, ("http://localhost:8000/id/event/e1", "urn:x:fuzz", "http://[::1]:80/a?b#c")),
    st.text(max_size=40),
)
_NAMED = st.one_of(
    st.just({}), st.fixed_dictionaries({"default-graph-uri": IRIS}), st.fixed_dictionaries({"named-graph-uri": IRIS})
)
_ASKED = st.one_of(
    st.just({}), st.fixed_dictionaries({"format": st.sampled_from((*_MEDIA, "json", "csv", "ttl", "", "x"))})
)


def encoded(parameters: dict[str, str]) -> str:
    """Parameters as a URL or a form has them, what is no Unicode as bytes that are no UTF-8."""
    return urlencode(parameters, errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@st.composite
def queries(draw: st.DrawFn) -> Sent:
    """A query, by each of the three ways to send it."""
    text, way = draw(texts(QUERIES)), draw(st.integers(0, 2))
    more = {**draw(_NAMED), **draw(_ASKED), "timeout": "1"}
    headers = {"Accept": draw(ACCEPT)} if draw(st.booleans()) else {}
    if way == 0:
        return Sent("GET", f"/sparql?{encoded({'query': text, **more})}", headers)
    if way == 1:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Sent("POST", "/sparql", headers, encoded({"query": text, **more}).encode())
    headers["Content-Type"] = "application/sparql-query"
    return Sent("POST", f"/sparql?{encoded(more)}", headers, _bytes(text))


@st.composite
def updates(draw: st.DrawFn) -> Sent:
    """An update, as a form, as itself, or as a patch of a graph."""
    text, way = draw(texts(UPDATES)), draw(st.integers(0, 2))
    if way == 0:
        headers = {**TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        return Sent("POST", "/update", headers, encoded({"update": text}).encode())
    headers = {**TOKEN, "Content-Type": "application/sparql-update"}
    return (
        Sent("POST", "/update", headers, _bytes(text))
        if way == 1
        else Sent("PATCH", "/store?graph=urn:x:fuzz", headers, _bytes(text))
    )


@st.composite
def documents(draw: st.DrawFn) -> Sent:
    """A document of some format, or said to be of one, put, posted, or in a form."""
    kind = draw(st.sampled_from(sorted(DOCUMENTS)))
    body = draw(st.one_of(changed(DOCUMENTS[kind]).map(_bytes), st.binary(max_size=120)))
    kind = draw(
        st.sampled_from(
            (kind, kind, kind, *DOCUMENTS, "text/plain", "application/json", "", "x", "text/turtle;charset=x")
        )
    )
    graph = draw(
        st.sampled_from(("graph=urn:x:fuzz", "graph=urn:x:fuzz", "graph=urn:x:other", "default", "default", ""))
    )
    if draw(st.integers(0, 5)) == 0:
        part = f'--b\r\nContent-Disposition: form-data; name="f"; filename="f.ttl"\r\nContent-Type: {kind}\r\n\r\n'
        headers = {**TOKEN, "Content-Type": "multipart/form-data; boundary=b"}
        return Sent("POST", f"/store?{graph}", headers, part.encode() + body + b"\r\n--b--\r\n")
    headers = {**TOKEN, **({"Content-Type": kind} if kind else {})}
    if draw(st.integers(0, 9)) == 0:
        headers["Content-Encoding"] = draw(st.sampled_from(("gzip", "zstd", "identity", "x")))
    return Sent(draw(st.sampled_from(("PUT", "POST"))), f"/store?{graph}", headers, body)


@st.composite
def accepts(draw: st.DrawFn) -> Sent:
    """What is there, asked for in any format."""
    places = (
        "/sparql",
        "/sparql?query=ASK%7B%7D",
        "/ontology",
        "/.well-known/void",
        "/id/event/e1",
        "/data/event/e1.ttl",
    )
    more = ("/store?default", "/export.ttl", "/page/event/e1", "/", "/nothing", "/openapi.json", "/explain?s=a&p=b&o=c")
    headers = {"Accept": draw(ACCEPT)}
    if draw(st.booleans()):
        headers["Accept-Encoding"] = draw(
            st.sampled_from(("gzip", "zstd", "gzip;q=0", "br", "*", "identity;q=0, *;q=0", "gzip;q=x"))
        )
    if draw(st.integers(0, 3)) == 0:
        headers["Range"] = draw(
            st.sampled_from(("bytes=0-9", "bytes=-5", "bytes=999999999-", "bytes=5-1", "x=1", "bytes=0-1,3-4"))
        )
    if draw(st.integers(0, 3)) == 0:
        headers["If-None-Match"] = draw(st.sampled_from(("*", '"x"', 'W/"x"', "x", '"', ",")))
    return Sent(
        draw(st.sampled_from(("GET", "GET", "HEAD", "OPTIONS"))), draw(st.sampled_from((*places, *more))), headers
    )


@st.composite
def names(draw: st.DrawFn) -> Sent:
    """A name, wherever one is taken."""
    one, two, three = draw(IRIS), draw(IRIS), draw(IRIS)
    path = quote(one, safe="/%", errors="surrogateescape")
    targets = [
        f"{start}{path}"
        for start in ("/id/", "/data/", "/page/", "/store/", "/export.", "/ontology.", "/queries/", "/")
    ]
    targets += [f"/store?{encoded({'graph': one})}", f"/explain?{encoded({'s': one, 'p': two, 'o': three})}"]
    targets += [
        f"{page}?{encoded({'q': one, 'page': two, 'type': three})}"
        for page in ("/search", "/timeline", "/events", "/why")
    ]
    return Sent(
        draw(st.sampled_from(("GET", "GET", "GET", "HEAD", "DELETE"))), draw(st.sampled_from(targets)), dict(TOKEN)
    )


KINDS = {
    "accepts": (10, accepts()),
    "names": (15, names()),
    "queries": (30, queries()),
    "updates": (10, updates()),
    "documents": (20, documents()),
}
"""By kind, how many of a hundred inputs it gets, and the strategy; the rest is of the OpenAPI document."""
