"""What readers call a term, and where an IRI has its page."""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.graph.terms import KG


def local_name(iri: str) -> str:
    """What follows the last ``#`` or ``/`` of an IRI."""
    return re.split(r"[#/]", iri.rstrip("/#"))[-1]


def in_words(name: str) -> str:
    """A CamelCase or camelCase name as a reader would write it: ``OfficeChange`` becomes "Office change"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:].lower() if words else name


def safe_link(iri: str) -> str:
    """The IRI where a browser may follow it (http and https only), else nothing."""
    return iri if re.match(r"^https?://[^\s<>\"]+$", iri) else ""


def page_of(iri: str, base: str) -> str:
    """The address of the page about a thing: a local one for things under ``base``, else the IRI where it is safe."""
    things = f"{base}id/"
    if iri.startswith(things):
        return "/page/" + quote(iri[len(things) :], safe="/-._~%")
    if iri.startswith(KG):
        return "/vocabulary#" + quote(iri[len(KG) :])
    return safe_link(iri)
