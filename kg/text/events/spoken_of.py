"""Of whom somebody speaks: "said that *Chad* had broken its word" is said of Chad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.participants import actors

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.events.frames import Frame
    from kg.text.parse import Parse


def spoken_of(document: Document, parse: Parse, frame: Frame) -> list[Referent]:
    """The one state that is the subject of what is said, or whose doing is; nobody where it is the speaker's own."""
    agents = frame.roles.get("agent", [])
    if frame.kind != "Statement" or not agents or not parse.is_verb(frame.token):
        return []
    clauses = [kid for kid in parse.children(frame.token, "ccomp") if parse.is_verb(kid)]
    if len(clauses) != 1:
        return []
    told = [kid for kid in parse.children(clauses[0], "nsubj", "nsubjpass") if parse.tag[kid] != "PRP"]
    found = actors(document, parse, told)
    own = {one.key for agent in agents for one in (agent, agent.state) if one is not None}
    if len(found) != 1 or found[0].kind != "State":
        return []
    sides = {one.key for one in (found[0], found[0].state) if one is not None}
    return [] if sides & own else found
