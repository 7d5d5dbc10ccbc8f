"""Past tenses that the small parser took for participles: "Workers in Lima [downed] tools", "Hundreds [marched]"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import event_lexicon, words

if TYPE_CHECKING:
    from kg.text.parse import Parse

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AFTER_PARTICIPLES = frozenset({"to", "by", "in", "with", "from", "against", "for", "on", "at", "near"})
_JOINING = frozenset(
    {",", ";", ":", "-", "and", "but", "or", "that", "which", "who", "as", "when", "while", "where"}
    | {"after", "before", "since", "until", "because", "though", "although", "if", "whether", "than"}
)
_ORDERING = frozenset(
    {"insist", "demand", "ask", "request", "urge", "recommend", "require", "propose", "order", "plead", "stipulate"}
)
_FAR = 12
_PASTS = {"bore": "bear", "rang": "ring"}
_FIRING = frozenset({"squad", "squads"})
_BEFORE = frozenset({"NN", "NNS", "NNP", "NNPS", "RB"})


def make_finite(parse: Parse) -> None:
    """Gives sentences without a verb the one that the parser hung below their first noun."""
    for start, end in parse.sentences:
        root = next((i for i in range(start, end) if parse.head[i] == i), -1)
        if root < 0 or not parse.is_noun(root) or not any(parse.word[i] == "." for i in range(root + 3, end)):
            continue
        if _raise_before_object(parse, start, root):
            continue
        if any(parse.tag[index] in _FINITE and not _is_subordinate(parse, index) for index in range(start, end)):
            continue
        if _raise_after_age(parse, start, root) or _raise_resuming(parse, root, end):
            continue
        verb = next((index for index in range(root + 1, end) if _is_past(parse, index, root)), -1)
        if verb > 0:
            _raise(parse, verb, root)
    for index in range(parse.size):
        if parse.tag[index] == "VBN" and parse.dep[index] == "conj" and parse.tag[parse.head[index]] == "JJ":
            _join(parse, index)


def _raise_after_age(parse: Parse, start: int, root: int) -> bool:
    """Takes "the 54-year-old [blamed Mali]" for a sentence where the parser took it for one noun phrase."""
    for verb in range(start + 5, root):
        if parse.word[verb - 5 : verb][1:] != ["-", "year", "-", "old"] or parse.head[verb] != root:
            continue
        if parse.tag[verb] != "VBN" or parse.dep[verb] != "amod":
            continue
        parse.tag[verb] = "VBD"
        for kid in [kid for kid in parse.kids[root] if kid < verb or parse.dep[kid] in ("prep", "punct")]:
            parse.move(kid, verb - 1 if kid < verb else verb, parse.dep[kid])
        parse.raise_root(verb, root, "dobj")
        parse.move(verb - 1, verb, "nsubj")
        return True
    return False


def _raise_resuming(parse: Parse, root: int, end: int) -> bool:
    """Takes "Talks on trade [resume] on Friday" for a sentence where the parser took the verb for a noun."""
    verb = next((index for index in range(root + 1, end) if parse.word[index] == "resume"), -1)
    if verb < 0 or parse.tag[root] != "NNS" or parse.tag[verb] != "NN":
        return False
    parse.tag[verb] = "VBP"
    head, label = parse.head[verb], parse.dep[verb]
    last = verb - 1 if parse.head[verb - 1] == verb and parse.is_noun(verb - 1) else -1
    if label in ("pobj", "conj") and last >= 0:
        parse.move(last, head, label)
        for kid in [kid for kid in parse.kids[verb] if kid < last]:
            parse.move(kid, last, parse.dep[kid])
    for kid in [kid for kid in parse.kids[root] if kid > verb]:
        parse.move(kid, verb, parse.dep[kid])
    parse.raise_root(verb, root, "nsubj")
    return True


def _raise_before_object(parse: Parse, start: int, root: int) -> bool:
    """Takes "Mali's military [seized power]" for a sentence where the parser took it for one noun phrase."""
    for verb in range(start + 2, root):
        subject = verb - 1
        if parse.tag[verb] != "VBD" or parse.dep[verb] != "amod" or parse.head[verb] != root:
            continue
        if parse.head[subject] != root or parse.dep[subject] not in ("amod", "compound", "nmod"):
            continue
        parse.tag[subject] = parse.tag[subject] if parse.is_noun(subject) else "NN"
        for kid in [kid for kid in parse.kids[root] if kid != verb]:
            if kid < subject:
                parse.move(kid, subject, parse.dep[kid])
            elif kid == root + 1 or parse.dep[kid] == "punct" or parse.word[kid] != "of":
                parse.move(kid, verb, parse.dep[kid])
        parse.raise_root(verb, root, "dobj")
        parse.move(subject, verb, "nsubj")
        return True
    return False


def _is_subordinate(parse: Parse, index: int) -> bool:
    """Whether a finite verb or auxiliary is that of a clause below a noun or verb: "*who* had left"."""
    verb = parse.head[index] if parse.dep[index] in ("aux", "auxpass") else index
    return parse.dep[verb] in ("relcl", "ccomp", "advcl")


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


def free_subjects_of_participles(parse: Parse) -> None:
    """Gives "militias [opposed] to it *have burned* a town" their verb where the parser took the participle for it."""
    for index in range(1, parse.size - 2):
        subject = index - 1
        if parse.tag[index] != "VBN" and not (parse.tag[index] == "VBD" and parse.word[index].endswith("ed")):
            continue  # "went" is none
        if parse.head[subject] != index or parse.dep[subject] != "nsubj":
            continue
        if parse.word[index + 1] not in _AFTER_PARTICIPLES or parse.child(index, "aux", "auxpass", "dobj") is not None:
            continue
        verb = _lone(parse, index)
        if verb < 0:
            continue
        if parse.head[index] == index:
            parse.raise_root(verb, index, "acl")
        elif parse.head[verb] != verb:
            parse.move(verb, parse.head[index], parse.dep[index])
        for kid in [kid for kid in parse.kids[index] if kid < index]:
            parse.move(kid, verb, parse.dep[kid])
        parse.tag[index] = "VBN"
        parse.move(index, subject, "acl")


def part_elected(parse: Parse) -> None:
    """Gives "Ann Lee, [elected] chairman last Friday, said" back its subject, which the parser gave to the aside."""
    for index in range(2, parse.size - 1):
        said = parse.head[index]
        if parse.tag[index] != "VBN" or parse.dep[index] != "ccomp" or parse.word[index - 1] != "," or said < index:
            continue
        subject = parse.child(index, "nsubj")
        closed = parse.word[said - 1] == "," and parse.child(said, "nsubj", "nsubjpass") is None
        if subject is None or not closed or parse.child(index, "aux", "auxpass") is not None:
            continue
        for kid in [kid for kid in parse.kids[index] if kid < index]:
            parse.move(kid, said, parse.dep[kid])
        parse.move(index, subject, "acl")


def _lone(parse: Parse, participle: int) -> int:
    """The first verb after a participle that follows a noun, joined to it by nothing, and no subject; else -1."""
    end = parse.sentences[parse.sentence[participle]][1]
    for verb in range(participle + 3, min(end, participle + _FAR)):
        if parse.word[verb] in _JOINING:
            return -1
        if not parse.is_verb(verb) or parse.dep[verb] in ("aux", "auxpass", "amod", "compound", "acl"):
            continue
        helping = parse.child(verb, "aux", "auxpass")
        first = verb if helping is None else helping
        if parse.word[first] == "to" or first <= participle + 1 or (helping is None and parse.tag[verb] not in _FINITE):
            continue
        own = parse.child(verb, "nsubj", "nsubjpass", "mark", "expl") is None
        hung = parse.head[verb] in (participle, parse.head[participle]) or parse.dep[verb] in ("conj", "ccomp", "ROOT")
        return verb if own and hung and parse.is_noun(first - 1) else -1
    return -1


def verbalise_gerunds(parse: Parse) -> None:
    """Takes "in [voting] against it" for the clause it is where the parser made the gerund a noun."""
    for index, tag in enumerate(parse.tag):
        if tag == "NN" and parse.dep[index] == "acl" and parse.word[index].endswith("ing"):
            _make_participle(parse, index)
        if (
            tag == "VBG"
            and parse.dep[index] == "pobj"
            and parse.child(index, "det", "amod", "poss", "compound") is None
            and (parse.lemma[index] in ("vote", "abstain") or parse.child(index, "dobj") is not None)
        ):
            parse.dep[index] = "pcomp"


def _make_participle(parse: Parse, index: int) -> None:
    """Takes "those [siding] with Chad" for the verb it is."""
    known, stem = event_lexicon().verbs, parse.word[index][:-3]
    lemma = next((form for form in (stem, stem + "e") if form in known), "")
    if lemma:
        parse.tag[index], parse.lemma[index] = "VBG", lemma


def make_bare(parse: Parse) -> None:
    """Takes "insisted that the army [leave]" for the bare form it is: one army would have left."""
    for verb, tag in enumerate(parse.tag):
        governor = parse.head[verb]
        if tag != "VBP" or parse.dep[verb] != "ccomp" or parse.lemma[governor] not in _ORDERING:
            continue
        subject = parse.child(verb, "nsubj")
        if subject is None or parse.tag[governor] != "VBD" or parse.child(verb, "aux", "auxpass") is not None:
            continue
        one = parse.tag[subject] in ("NN", "NNP") or parse.word[subject] in ("he", "she", "it")
        if one and parse.child(subject, "conj") is None and parse.child(verb, "mark") is not None:
            parse.tag[verb] = "VB"


def raise_pasts(parse: Parse) -> None:
    """Takes "Chad [bore] responsibility", "she [rang] Mr. Lee" for verbs: none of these is the first of two nouns."""
    for verb in range(1, parse.size - 1):
        thing, subject = parse.head[verb], verb - 1
        if parse.word[verb] not in _PASTS or parse.dep[verb] not in ("compound", "amod", "dep") or thing < verb:
            continue
        if parse.word[subject] == "," and _raise_after_aside(parse, verb, thing):
            continue
        if parse.tag[subject] not in _BEFORE or parse.head[subject] not in (verb, thing):
            continue
        governor, label = parse.head[thing], parse.dep[thing]
        parse.tag[verb], parse.lemma[verb] = "VBD", _PASTS[parse.word[verb]]
        if governor == thing:
            parse.raise_root(verb, thing, "dobj")
        else:
            parse.move(verb, governor, "ccomp" if parse.is_verb(governor) else label)
            parse.move(thing, verb, "dobj")
        for kid in [kid for kid in parse.kids[thing] if kid < verb or kid > thing]:
            label = "advcl" if parse.dep[kid] in ("acl", "relcl") and parse.word[kid - 1] == "to" else parse.dep[kid]
            parse.move(kid, verb, "nsubj" if kid == subject else label)
        if parse.head[subject] == verb:
            parse.dep[subject] = "nsubj"


def _raise_after_aside(parse: Parse, verb: int, thing: int) -> bool:
    """Raises "Ann Lee, the premier, [rang] Mr. Roe to offer help" over the clause that the parser made the main one."""
    subject, below = parse.child(verb, "nsubj"), parse.head[thing]
    if subject is None and parse.dep[thing] == "appos" and parse.head[below] == below and parse.is_noun(below):
        _raise(parse, verb, below)
        parse.tag[verb], parse.lemma[verb] = "VBD", _PASTS[parse.word[verb]]
        parse.move(thing, verb, "dobj")
        return True
    if subject is None or parse.dep[thing] != "nsubj" or parse.head[below] != below:
        return False
    if not any(parse.word[kid] == "to" for kid in parse.children(below, "aux")):
        return False
    parse.tag[verb], parse.lemma[verb] = "VBD", _PASTS[parse.word[verb]]
    parse.raise_root(verb, below, "advcl")
    parse.move(thing, verb, "dobj")
    for kid in [kid for kid in parse.kids[below] if kid < below and parse.dep[kid] in ("npadvmod", "prep", "advmod")]:
        parse.move(kid, verb, parse.dep[kid])
    return True


def join_squads(parse: Parse) -> None:
    """Takes "shot by [firing squad]" for one noun, where the parser saw somebody fire it."""
    for index in range(parse.size - 1):
        squad = index + 1
        if parse.word[index] != "firing" or parse.word[squad] not in _FIRING or parse.head[squad] != index:
            continue
        parse.tag[index] = "NN"
        head, label = parse.head[index], parse.dep[index]
        parse.move(squad, head, "pobj" if label == "pcomp" else label)
        parse.move(index, squad, "compound")
