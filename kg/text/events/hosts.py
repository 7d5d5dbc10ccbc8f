"""Who turns somebody out where nobody is said to: the state or club he has to leave ("were expelled *from Chad*")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import participants
from kg.text.events.phrases import prepositional
from kg.text.events.subjects import agents
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame
    from kg.text.parse import Parse

_HOSTS = frozenset({"State", "IntergovernmentalOrganisation", "Organisation", "PoliticalParty"})
_KINDS = frozenset({"Expulsion", "Sanction"})


def hosts(document: Document, parse: Parse, frame: Frame) -> list[Referent]:
    """Who expels or suspends in a passive without a by-phrase; nobody where what is left is no state or club."""
    token = frame.token
    if frame.kind not in _KINDS or not parse.is_verb(token) or not parse.is_passive(token) or agents(parse, token):
        return []
    left = prepositional(parse, token, "from")
    owners = [token] if frame.companion is None else [token, frame.companion]
    for owner in owners:
        for clause in parse.children(owner, "xcomp", "advcl", "acl"):
            if parse.lemma[clause] in words("events", "grammar", "leaving"):
                left.extend(parse.children(clause, "dobj"))
    targets = frame.roles.get("target", [])
    return [one for one in participants(document, parse, left) if one.kind in _HOSTS and one not in targets][:1]
