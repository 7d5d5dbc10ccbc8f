"""Content negotiation: which of the formats on offer an Accept header prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.graph.store import formats

_LONGEST_HEADER = 4096


@dataclass(frozen=True, eq=False)
class Format:
    """A serialisation: its name in the command line and in ``?format=``, its media type, suffix and other names.

    There is one object for each, so they are compared and hashed by identity.
    """

    name: str
    media_type: str
    suffix: str
    aliases: tuple[str, ...] = ()

    @cached_property
    def content_type(self) -> str:
        """The value of Content-Type, with a charset for the textual types whose default is not UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media type itself, then the others it is also asked for by."""
        return (self.media_type, *self.aliases)


_ALSO = {
    "json": ("application/json", "text/json"),
    "xml": ("application/xml", "text/xml"),
    "turtle": ("application/x-turtle", "application/turtle"),
    "jsonld": ("application/json",),
    "ntriples": ("text/plain",),
    "rdfxml": ("application/xml", "text/xml"),
    "trig": ("application/x-trig",),
    "nquads": ("text/x-nquads",),
    "n3": ("text/rdf+n3",),
}


def _offer(known: formats.Format) -> Format:
    suffix = known.suffixes[0].lstrip(".")
    return Format(known.name, known.media_type, suffix, _ALSO.get(known.name, ()))


_GRAPH_ORDER = ("turtle", "jsonld", "ntriples", "rdfxml", "trig", "nquads", "n3")
RESULTS: tuple[Format, ...] = tuple(_offer(f) for f in formats.RESULT_FORMATS.values())
GRAPHS: tuple[Format, ...] = tuple(_offer(formats.GRAPH_FORMATS[name]) for name in _GRAPH_ORDER)
HTML = Format("html", "text/html", "html", ("application/xhtml+xml",))
PROBLEM = Format("problem", "application/problem+json", "json", ("application/json",))

BY_SUFFIX = {f.suffix: f for f in GRAPHS}
_SHORT = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml", "json-ld": "jsonld", "srj": "json"}


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header with its quality."""

    kind: str
    subkind: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """2 for an exact match, 1 for ``type/*``, 0 for ``*/*``, -1 where it does not match."""
        kind, _, subkind = media_type.partition("/")
        if self.kind == "*":
            return 0
        if self.kind != kind:
            return -1
        return 1 if self.subkind == "*" else 2 if self.subkind == subkind else -1


@lru_cache(maxsize=1024)
def parse_accept(header: str) -> tuple[Range, ...]:
    """The media ranges of an Accept header; an empty header accepts anything, broken parts are passed over."""
    ranges = [r for part in header[:_LONGEST_HEADER].split(",") if (r := _range(part))]
    return tuple(ranges) if ranges or header.strip() else (Range("*", "*", 1.0),)


def _range(part: str) -> Range | None:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    kind, slash, subkind = media.lower().partition("/")
    if not slash or not kind or not subkind:
        return Range("*", "*", _quality(parameters)) if media == "*" else None
    return Range(kind, subkind, _quality(parameters))


def _quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


@lru_cache(maxsize=4096)
def choose(accept: str, offers: tuple[Format, ...]) -> Format | None:
    """The offered format that the header prefers, the earlier of equals; None where it takes none of them."""
    ranges = parse_accept(accept)
    best: tuple[float, Format] | None = None
    for offer in offers:
        quality = max(_preference(ranges, media, main=i == 0) for i, media in enumerate(offer.media_types))
        if quality > 0 and (best is None or quality > best[0]):
            best = (quality, offer)
    return best[1] if best else None


def _preference(ranges: Sequence[Range], media_type: str, *, main: bool) -> float:
    """The quality of the most specific range that matches; an alias counts only where it is named itself."""
    matching = [(r.specificity(media_type), r.quality) for r in ranges]
    fitting = [m for m in matching if m[0] >= (0 if main else 2)]
    return max(fitting)[1] if fitting else 0.0


def by_name(name: str, offers: Sequence[Format]) -> Format | None:
    """The offered format called ``name``: its name, suffix or media type, as ``?format=`` gives it."""
    wanted = _SHORT.get(name.lower(), name.lower())
    for offer in offers:
        if wanted in (offer.name, offer.suffix) or wanted in offer.media_types:
            return offer
    return None
