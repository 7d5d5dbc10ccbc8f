"""Repairs what the parser joins to the wrong word: gerunds, finite verbs after others, charges after "accuse"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

CHARGING = {"accuse": "of", "suspect": "of", "convict": "of", "acquit": "of", "blame": "for", "criticise": "for"}
CHARGING |= {"criticize": "for", "condemn": "for", "denounce": "for", "praise": "for", "thank": "for"}
FINITE = frozenset({"VBD", "VBZ", "VBP"})
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_HELD = frozenset({"occupied", "annexed", "besieged", "divided", "united", "liberated", "defeated"})
RELATIVE_WORDS = frozenset({"who", "which", "that", "whom", "whose"})


def join_gerunds(parse: Parse) -> None:
    """Joins "blamed her *for* lying and [stealing]" where the parser joined the gerund to the finite verb."""
    for index in range(parse.size):
        head = parse.head[index]
        if parse.tag[index] != "VBG" or parse.dep[index] != "conj" or parse.tag[head] not in FINITE:
            continue
        owners = [
            head,
            *parse.children(head, "dobj"),
            *(o for d in parse.children(head, "dobj") for o in parse.kids[d]),
        ]
        for kid in [kid for owner in owners for kid in parse.kids[owner]]:
            if parse.word[kid] in ("of", "for", "from") and head < kid < index:
                gerunds = [g for g in parse.children(kid, "pobj", "pcomp") if parse.word[g].endswith("ing")]
                if gerunds and parse.child(index, "aux", "nsubj") is None:
                    parse.move(index, kid, "pcomp")
                    break


def raise_conjuncts(parse: Parse) -> None:
    """Joins "threatened to close the port and [accused]" to the finite verb, not to the form before it."""
    for index in range(parse.size):
        head = parse.head[index]
        if parse.dep[index] != "conj" or parse.tag[index] not in ("VBD", "VBN") or not _is_unlike(parse, index, head):
            continue
        above = parse.head[head]
        while parse.tag[above] not in ("VBD", "VBN", "VBZ", "VBP") and parse.head[above] != above:
            above = parse.head[above]
        if parse.is_verb(above) and above != index:
            parse.move(index, above, "conj")


def _is_unlike(parse: Parse, verb: int, head: int) -> bool:
    """Whether a past tense cannot be joined to a form: to an infinitive, a gerund, a participle that describes."""
    helped = [parse.word[kid] for kid in parse.children(head, "aux")]
    if parse.tag[head] == "VB":
        return "to" in helped or (bool(helped) and parse.tag[verb] == "VBD")  # "said he did not know and left"
    if parse.tag[head] == "VBG":  # "accused Chad of arming rebels and cancelled the talks"
        return parse.tag[verb] == "VBD" and not helped
    if parse.tag[head] != "VBN" or parse.tag[verb] != "VBD":
        return False
    if parse.dep[head] == "acl":
        return not helped
    # "denied his men had fired and accused Chad"
    return parse.dep[head] == "ccomp" and "had" in helped and parse.child(head, "nsubj") is not None


def leave_relatives(parse: Parse) -> None:
    """Joins "blamed a raid, in which two died, and [called] on them" to the verb before the relative clause."""
    for index in range(parse.size):
        died = parse.head[index]
        if parse.dep[index] != "conj" or parse.dep[died] != "relcl" or parse.tag[index] != "VBD":
            continue
        subject, joining = parse.child(died, "nsubj", "nsubjpass"), parse.child(died, "cc")
        if (
            subject is None
            or joining is None
            or parse.word[subject] in RELATIVE_WORDS
            or parse.word[joining - 1] != ","
            or parse.child(index, "nsubj", "nsubjpass", "auxpass") is not None
        ):
            continue
        above = parse.head[died]
        while not parse.is_verb(above) and parse.head[above] != above:
            above = parse.head[above]
        if parse.tag[above] in FINITE:
            parse.move(index, above, "conj")


def leave_quotations(parse: Parse) -> None:
    """Joins "declared that 'war has started' and [conferred]" to the verb outside the quotation."""
    for index in range(parse.size):
        quoted = parse.head[index]
        above = parse.head[quoted]
        if parse.dep[index] != "conj" or not (parse.is_verb(index) and parse.is_verb(above)) or above >= quoted:
            continue
        if _quotes(parse, above, quoted) % 2 and _quotes(parse, quoted, index) % 2:
            parse.move(index, above, "conj")


def _quotes(parse: Parse, start: int, end: int) -> int:
    return sum(parse.word[index] in _QUOTES for index in range(start + 1, end))


def free_conjunct_subjects(parse: Parse) -> None:
    """Gives "shelled the town and *troops* [fought]" its subject, hung on the object: it needs an "and" else."""
    for verb in range(3, parse.size):
        if (
            parse.dep[verb] != "conj"
            or parse.tag[verb] not in FINITE
            or parse.child(verb, "nsubj", "nsubjpass") is not None
        ):
            continue
        first = min([verb, *(kid for kid in parse.children(verb, "aux", "auxpass", "advmod", "neg") if kid < verb)])
        noun = first - 1
        if parse.dep[noun] != "conj" or not parse.is_noun(noun) or parse.subtree(noun)[1] > first:
            continue
        start, above = parse.subtree(noun)[0], parse.head[noun]
        joined = parse.word[start - 1] in ("and", "but", "while") and parse.dep[above] in ("dobj", "pobj")
        if joined and parse.head[verb] < above:
            parse.move(noun, verb, "nsubjpass" if parse.child(verb, "auxpass") is not None else "nsubj")


def join_occupied(parse: Parse) -> None:
    """Joins "Iraq and [occupied Kuwait]" as two names, where the parser took what Kuwait is for a deed."""
    for index in range(2, parse.size - 1):
        name, before = index + 1, index - 2
        if parse.word[index] not in _HELD or parse.head[name] != index or parse.dep[index] != "conj":
            continue
        tied = parse.word[index - 1] == "and" and parse.tag[before] == "NNP" and parse.dep[before] == "pobj"
        if tied and parse.tag[name] == "NNP" and parse.child(index, "nsubj", "aux", "auxpass") is None:
            parse.tag[index] = "JJ"
            parse.move(name, before, "conj")
            parse.move(index, name, "amod")


def join_charges(parse: Parse) -> None:
    """Joins "accuse [troops loyal to him] *of* killing" where the parser joined the charge to a word before."""
    for verb in range(parse.size):
        word, accused = CHARGING.get(parse.lemma[verb]), parse.child(verb, "dobj")
        if word is None or accused is None or not parse.is_verb(verb):
            continue
        for index in range(accused + 1, parse.subtree(verb)[1]):
            head = parse.head[index]
            if (
                parse.word[index] == word
                and (parse.tag[head] == "JJ" or (word == "of" and parse.is_noun(head)))
                and accused <= head < index
                and any(parse.tag[kid] == "VBG" for kid in parse.children(index, "pcomp"))
            ):
                parse.move(index, verb, "prep")
                break
