"""Verbs after an aside that the parser takes for participles: "Kenya, whose envoy had died, [asked] for help"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def end_asides(parse: Parse) -> None:
    """Makes a participle that follows a name and an aside the verb of the sentence, if nothing else is."""
    for verb in range(2, parse.size):
        if parse.dep[verb] != "acl" or parse.tag[verb] != "VBN" or parse.word[verb - 1] != ",":
            continue
        name = parse.head[verb]
        if not parse.tag[name].startswith("NNP") or name > verb or parse.word[name + 1] != ",":
            continue
        if parse.child(verb, "prep", "dobj", "xcomp", "ccomp") is None or _is_passive(parse, verb):
            continue
        first = parse.subtree(name)[0]
        start, end = parse.sentences[parse.sentence[verb]]
        if parse.dep[name] == "ROOT" and first == start:
            _rise(parse, verb, name, end)
        elif parse.dep[name] == "appos" and parse.word[max(0, first - 1)] == ";":
            parse.tag[verb] = "VBD"
            parse.move(verb, parse.head[name], "parataxis")
            parse.move(name, verb, "nsubj")


def _is_passive(parse: Parse, verb: int) -> bool:
    """Whether somebody is told to have done it to the name: "Ann Lee, accused by Chad of"."""
    return any(parse.word[kid] == "by" for kid in parse.kids[verb]) or parse.child(verb, "agent") is not None


def _rise(parse: Parse, verb: int, name: int, end: int) -> None:
    if any(parse.tag[here] in _FINITE and parse.head[here] == name and here > verb for here in range(verb, end)):
        return
    parse.tag[verb] = "VBD"
    for kid in [kid for kid in parse.kids[name] if kid > verb]:
        parse.move(kid, verb, parse.dep[kid])
    parse.raise_root(verb, name, "nsubj")
