"""Past tenses that the small parser took for participles: "Workers in Lima [downed] tools", "Hundreds [marched]"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BEFORE = frozenset({"NN", "NNS", "NNP", "NNPS", "RB"})


def make_finite(parse: Parse) -> None:
    """Gives sentences without a verb the one that the parser hung below their first noun."""
    for start, end in parse.sentences:
        root = next((i for i in range(start, end) if parse.head[i] == i), -1)
        if root < 0 or not parse.is_noun(root) or not any(parse.word[i] == "." for i in range(root + 3, end)):
            continue
        if any(parse.tag[index] in _FINITE for index in range(start, end)):
            continue
        verb = next((index for index in range(root + 1, end) if _is_past(parse, index, root)), -1)
        if verb > 0:
            _raise(parse, verb, root)
    for index in range(parse.size):
        if parse.tag[index] == "VBN" and parse.dep[index] == "conj" and parse.tag[parse.head[index]] == "JJ":
            _join(parse, index)


def _is_past(parse: Parse, index: int, root: int) -> bool:
    """Whether a participle does what only a verb does: stand before a bare object, or tell of what nobody suffers."""
    if parse.tag[index] != "VBN" or parse.tag[index - 1] not in _BEFORE:
        return False
    head = parse.head[index]
    if parse.dep[index] == "acl":
        acting = parse.lemma[index] in words("events", "grammar", "acting")
        return acting and (head == root or parse.head[parse.head[head]] == root)
    return parse.dep[index] == "amod" and parse.subtree(head)[0] == index and parse.head[head] == root


def _raise(parse: Parse, verb: int, root: int) -> None:
    """Makes the verb the root, the noun its subject, and what the verb stood before its object."""
    thing = parse.head[verb] if parse.dep[verb] == "amod" else -1
    parse.tag[verb] = "VBD"
    for kid in [kid for kid in parse.kids[root] if kid > verb and kid != thing]:
        parse.move(kid, verb, "advcl" if parse.dep[kid] == "acl" else parse.dep[kid])
    parse.raise_root(verb, root, "nsubj")
    if thing >= 0:
        parse.move(thing, verb, "dobj")


def _join(parse: Parse, verb: int) -> None:
    """Joins "said that it was unfair and [threatened] measures" to the verb of saying: no adjective has an object."""
    if parse.child(verb, "dobj") is None or parse.child(verb, "aux", "auxpass", "nsubj") is not None:
        return
    above = parse.head[verb]
    while parse.head[above] != above and not (parse.tag[above] in _FINITE and parse.child(above, "nsubj") is not None):
        above = parse.head[above]
    if parse.tag[above] in ("VBD", "VBZ", "VBP"):
        parse.tag[verb] = "VBD"
        parse.move(verb, above, "conj")


def verbalise_gerunds(parse: Parse) -> None:
    """Takes "in [voting] against it" for the clause it is where the parser made the gerund a noun."""
    for index, tag in enumerate(parse.tag):
        if (
            tag == "VBG"
            and parse.dep[index] == "pobj"
            and parse.child(index, "det", "amod", "poss", "compound") is None
            and (parse.lemma[index] in ("vote", "abstain") or parse.child(index, "dobj") is not None)
        ):
            parse.dep[index] = "pcomp"
