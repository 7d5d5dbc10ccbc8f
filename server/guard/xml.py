"""RDF/XML that would grow when read: entities are expanded by the engine's parser, without a bound of its own."""

from __future__ import annotations

import re

from kg.errors import InputError

_ENTITY = re.compile(rb"<!ENTITY\s+(?P<kind>%\s+)?\S+\s+(?P<rest>[^>]*)>?", re.IGNORECASE)
_QUOTED = re.compile(rb"""\s*(?:"([^"]*)"|'([^']*)')\s*\Z""")
_GROWTH = 64 * 2**20


def refuse_bombs(body: bytes) -> None:
    """Raises InputError for entities that refer to others or to files, or whose expansion would be large.

    Plain ones stay allowed, since OWL editors use them to abbreviate namespaces.
    """
    entities = list(_ENTITY.finditer(body))
    if not entities:
        return
    longest = 0
    for entity in entities:
        quoted = _QUOTED.match(entity["rest"])
        value = (quoted[1] or quoted[2] or b"") if quoted else None
        if entity["kind"] or value is None or b"&" in value or b"%" in value:
            raise InputError("XML entities may only stand for plain text", source="body")
        longest = max(longest, len(value))
    if longest * body.count(b"&") > _GROWTH:
        raise InputError("the XML entities would grow beyond what is allowed", source="body")
