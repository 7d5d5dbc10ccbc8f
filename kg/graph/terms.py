"""Namespaces, the IRIs minted under the base, and terms as N-Triples text.

A term crosses module borders as the text N-Triples writes it: ``<iri>``, ``"text"``, ``"5"^^<datatype>``,
``"text"@en`` or ``_:label``. A quad crosses them as one N-Quads line.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

KG: Final = "https://w3id.org/communique/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
GEO: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"

PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "geo": GEO,
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
"""Prefixes that every query may use without declaring them, and that every Turtle file declares when it needs them."""

_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
_UCSCHAR = f"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd"
_NOT_IN_IRI = re.compile(rf"[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~{_UCSCHAR}]|%(?![0-9A-Fa-f]{{2}})")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_UNESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_DATES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}\Z"), "date"),
    (re.compile(r"\d{4}-\d{2}\Z"), "gYearMonth"),
    (re.compile(r"\d{4}\Z"), "gYear"),
)


def iri(text: str) -> str:
    """The IRI ``text`` as a term; characters that no IRI may hold (RFC 3987) are percent-encoded."""
    return f"<{_NOT_IN_IRI.sub(_percent, text)}>"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


def kg(name: str) -> str:
    """The term of our ontology with that local name: ``kg("Meeting")``."""
    return iri(KG + name)


def curie(text: str) -> str:
    """The term that a prefixed name stands for, such as ``skos:altLabel``; the prefix is one of ``PREFIXES``."""
    prefix, _, name = text.partition(":")
    return iri(PREFIXES[prefix] + name)


def literal(value: str, datatype: str = "", language: str = "") -> str:
    """A literal as a term; ``datatype`` is an IRI, lone surrogates become U+FFFD as no encoding can carry them."""
    text = value.encode("utf-8", "replace").decode() if not value.isascii() else value
    quoted = f'"{_TO_ESCAPE.sub(_escape, text)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^{iri(datatype)}" if datatype and datatype != XSD + "string" else quoted


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def typed(value: object) -> str:
    """A Python bool, int or float as ``xsd:boolean``, ``xsd:integer`` or ``xsd:decimal``; anything else as a string."""
    if isinstance(value, bool):
        return literal("true" if value else "false", XSD + "boolean")
    if isinstance(value, int):
        return literal(str(value), XSD + "integer")
    if isinstance(value, float):
        return literal(f"{value:.6f}".rstrip("0").rstrip(".") or "0", XSD + "decimal")
    return literal(str(value))


def date(value: str) -> str:
    """An ISO date as xsd:date, xsd:gYearMonth or xsd:gYear by its precision; empty when it is none of these."""
    for shape, datatype in _DATES:
        if shape.match(value) and _possible(value):
            return literal(value, XSD + datatype)
    return ""


def _possible(value: str) -> bool:
    year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


def is_iri(term: str) -> bool:
    """Whether the term is an IRI."""
    return term.startswith("<") and not term.startswith("<<")


def is_literal(term: str) -> bool:
    """Whether the term is a literal."""
    return term.startswith('"')


def value(term: str) -> str:
    """What a term says without its syntax: the IRI, the literal's text, or a blank node's label."""
    if term.startswith('"'):
        return unescape(term[1 : term.rindex('"')])
    return term[1:-1] if term.startswith("<") else term.removeprefix("_:")


def unescape(text: str) -> str:
    """Undoes the escapes of N-Triples."""
    return _ESCAPED.sub(_plain, text) if "\\" in text else text


def _plain(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else _UNESCAPES.get(match.group(3), match.group(3))


def datatype(term: str) -> str:
    """The datatype IRI of a literal term, with ``xsd:string`` where none is written."""
    _, _, suffix = term.rpartition('"')
    if suffix.startswith("^^"):
        return suffix[3:-1]
    return RDF + "langString" if suffix.startswith("@") else XSD + "string"


def shorten(term: str, base: str = "") -> str:
    """A term as a person reads it: a prefixed name, a path below ``base``, a literal's text; otherwise unchanged."""
    if not is_iri(term):
        return value(term) if is_literal(term) else term
    text = term[1:-1]
    for prefix, namespace in PREFIXES.items():
        name = text[len(namespace) :]
        if text.startswith(namespace) and re.fullmatch(r"[A-Za-z_][\w-]*", name):
            return f"{prefix}:{name}"
    return text[len(base) :] if base and text.startswith(base) else term


def slugify(text: str) -> str:
    """Text as a readable piece of an IRI: ASCII letters, digits and hyphens; a hash where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:80].strip("-") or digest(text)


def digest(*parts: object) -> str:
    """A short stable hash (60 bits, base 16) of what identifies a thing; parts cannot run into each other."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "replace")).hexdigest()[:15]


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints IRIs under ``base`` (which ends with a slash), all as N-Triples terms."""

    base: str = "http://localhost:8000/"

    def id(self, key: str) -> str:
        """The thing with that key: ``state/russia`` becomes ``<…/id/state/russia>``."""
        return iri(f"{self.base}id/{key}")

    def key(self, term: str) -> str:
        """The key of a thing minted here, or the empty string for any other term."""
        start = f"<{self.base}id/"
        return term[len(start) : -1] if term.startswith(start) else ""

    def graph(self, name: str) -> str:
        """The named graph ``…/graph/<name>``."""
        return iri(f"{self.base}graph/{name}")

    def article_graph(self, slug: str) -> str:
        """The graph of what one article says."""
        return self.graph(f"article/{slug}")

    @property
    def ontology(self) -> str:
        """The graph of classes, properties, axioms and alignments."""
        return self.graph("ontology")

    @property
    def reference(self) -> str:
        """The graph of what the reference data says of the entities that occur."""
        return self.graph("reference")

    @property
    def links(self) -> str:
        """The graph of identities with other knowledge bases."""
        return self.graph("links")

    @property
    def inferred(self) -> str:
        """The graph of all that was derived by OWL 2 RL, and nothing else."""
        return self.graph("inferred")

    @property
    def rules(self) -> str:
        """The graph of what rules beyond OWL derived."""
        return self.graph("rules")

    @property
    def derived(self) -> tuple[str, str]:
        """The graphs of what nobody stated."""
        return self.inferred, self.rules
