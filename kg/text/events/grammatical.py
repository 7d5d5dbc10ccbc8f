"""The word that the parse has for a verb's subject, where it offers several."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_NAMES = frozenset({"GPE", "ORG", "PERSON", "NORP"})


def grammatical_subject(parse: Parse, verb: int, labels: tuple[str, ...]) -> int | None:
    """The nearest subject before the verb (a dateline may be parsed as another), else the first after it."""
    candidates = [kid for kid in parse.kids[verb] if parse.dep[kid] in labels and not parse.is_verb(kid)]
    # "Kenya has thrice refused": some parses hang the subject on the auxiliary
    auxiliary = [kid for aux in parse.children(verb, "aux") for kid in parse.children(aux, "nsubj") if kid < aux]
    if auxiliary:
        return auxiliary[0]
    if len(candidates) > 1:
        named = [kid for kid in candidates if not _is_aside(parse, kid)]
        before = [kid for kid in named if kid < verb]
        candidates = before[-1:] or named or candidates
        if len(before) > 1 and _is_described(parse, before[-2], before[-1], verb):
            return before[-2]
    if not candidates and parse.head[verb] == verb:
        # "Turkey massed troops": a name before the verb that the parser took for an adverbial
        candidates = [kid for kid in parse.children(verb, "npadvmod") if kid < verb and parse.entity[kid] in _NAMES]
    return candidates[0] if candidates else None


def _is_described(parse: Parse, name: int, noun: int, verb: int) -> bool:
    """ "Lima, for years the main buyer of Chile's copper, protested": the noun between commas says what the name is."""
    _, last = parse.subtree(noun)
    return (
        parse.tag[noun] in ("NN", "NNS")
        and parse.tag[name] in ("NNP", "NNPS")
        and parse.word[name + 1] == ","
        and last <= verb
        and "," in (parse.word[last - 1], parse.word[last])
    )


def _is_aside(parse: Parse, kid: int) -> bool:
    """ "either of which could", "some of whom were"."""
    return any(
        parse.word[inner] in ("which", "whom")
        for of in parse.children(kid, "prep")
        for inner in parse.children(of, "pobj")
    )


def is_joined(parse: Parse, subject: int) -> bool:
    """ "Mali and", "Mali as well as", "Ann Lee, the envoy, and": right before what it is joined to."""
    joining = parse.child(subject, "cc")
    if joining is None:
        return False
    named = parse.word[joining - 1] == "," and parse.child(subject, "appos") is not None
    return named or joining == subject + 1 or parse.word[joining - 1] == "well"
