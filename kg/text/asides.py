"""What follows an aside and the parser hung on it: "Kenya, whose envoy had died, [asked] for help"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.parse import Parse

_CLOSING = frozenset({",", "''", '"', "”"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def end_asides(parse: Parse) -> None:
    """Makes a participle that follows a name and an aside the verb of the sentence, if nothing else is."""
    for verb in range(2, parse.size):
        if parse.dep[verb] != "acl" or parse.tag[verb] not in ("VBN", "VBD") or parse.word[verb - 1] != ",":
            continue
        name = parse.head[verb]
        known = parse.tag[name].startswith("NNP") or parse.child(name, "poss") is not None
        known = known or "the" in (parse.word[kid] for kid in parse.children(name, "det"))
        if not known or name > verb or parse.word[name + 1] != ",":
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


def join_second_clauses(parse: Parse) -> None:
    """Gives "A condemned it, and *B*, in Lima for talks, [called] for calm" its second clause."""
    for verb in range(4, parse.size):
        if parse.dep[verb] != "acl" or parse.tag[verb] not in ("VBN", "VBD") or parse.word[verb - 1] != ",":
            continue
        above = parse.head[verb]
        while parse.head[above] != above and not parse.is_verb(above):
            above = parse.head[above]
        for name in parse.children(above, "npadvmod", "dep", "conj"):
            start, end = parse.subtree(name)
            joined = above < name < verb and parse.word[start - 1] in ("and", "but", "while")
            if joined and parse.tag[name] == "NNP" and parse.word[min(end, verb)] == ",":
                parse.tag[verb] = "VBD"
                parse.move(verb, above, "conj")
                parse.move(name, verb, "nsubj")
                for kid in [kid for kid in parse.children(above, "prep") if name < kid < verb]:
                    parse.move(kid, name, "prep")
                break


def free_before_asides(parse: Parse) -> None:
    """Gives "*Some of the wounded*, Ann Lee said, *had been shot*" its subject, not hung on the aside."""
    for verb in range(parse.size):
        if not parse.is_verb(verb) or parse.child(verb, "nsubj", "nsubjpass", "csubj", "expl") is not None:
            continue
        own = _aside_of(parse, verb)
        if own < 0:
            continue
        said = parse.child(own, "nsubj", "nsubjpass")
        for kid in list(parse.children(own, "dep", "npadvmod", "nsubj", "dobj", "attr")):
            start, end = parse.subtree(kid)
            opens = start == parse.sentences[parse.sentence[verb]][0]
            if said is not None and end <= said and parse.word[end] == "," and opens:
                parse.move(kid, verb, "nsubjpass" if parse.child(verb, "auxpass") is not None else "nsubj")
                break


def _aside_of(parse: Parse, verb: int) -> int:
    """The verb of the aside before a verb, above it or below: "Ann Lee, *it was said*, had left"; else -1."""
    teller = parse.head[verb]
    if parse.dep[verb] == "ccomp" and teller < verb:
        first = parse.subtree(verb)[0]
        return teller if parse.word[first - 1] == "," and parse.tag[first] in _FINITE else -1
    helping = [kid for kid in (*parse.children(verb, "aux", "auxpass"), verb) if parse.tag[kid] in _FINITE]
    for aside in parse.children(verb, "parataxis"):
        if helping and aside < helping[0] and parse.word[helping[0] - 1] == ",":
            return aside
    return -1


def free_before_participles(parse: Parse) -> None:
    """Gives "*Ann Lee*, fearing that they would come, *appealed* to Mali" its subject, not hung on the participle."""
    for participle in range(2, parse.size - 2):
        _raise_after(parse, participle)
        verb = parse.head[participle]
        if parse.dep[participle] not in ("advcl", "ccomp") or parse.tag[participle] != "VBG" or verb < participle:
            continue
        if parse.dep[participle] == "ccomp" and parse.tag[verb] not in _FINITE:
            continue
        subject = parse.child(participle, "nsubj")
        alone = parse.child(verb, "nsubj", "nsubjpass", "expl") is None and parse.child(participle, "aux") is None
        if subject is None or not alone or parse.subtree(subject)[1] > participle or parse.tag[subject][:2] != "NN":
            continue
        first = min([verb, *parse.children(verb, "aux", "auxpass", "advmod", "neg")])
        first = first if first > participle else verb
        if parse.word[participle - 1] == "," and parse.word[first - 1] in _CLOSING:
            parse.dep[participle] = "advcl"
            parse.move(subject, verb, "nsubjpass" if parse.child(verb, "auxpass") is not None else "nsubj")


def _raise_after(parse: Parse, participle: int) -> None:
    """Makes a finite verb after a participle that was taken for that of the sentence the verb it is."""
    if parse.tag[participle] != "VBG" or parse.head[participle] != participle or parse.word[participle - 1] != ",":
        return
    for verb in parse.children(participle, "ccomp", "conj", "dep", "advcl", "acl"):
        alone = parse.child(verb, "nsubj", "nsubjpass", "mark", "aux") is None
        if alone and parse.tag[verb] in ("VBD", "VBZ") and parse.word[verb - 1] in _CLOSING and verb > participle:
            if parse.child(participle, "aux") is None:
                parse.raise_root(verb, participle, "advcl")
            return


def join_after_asides(parse: Parse) -> None:
    """Joins "Ann Lee, the envoy, and [Tom Hill]" to the name before the aside, where the parser joined it to that."""
    for other, label in enumerate(parse.dep):
        if label != "conj" or parse.tag[other] not in ("NNP", "NN"):
            continue
        aside = parse.head[other]
        name = parse.head[aside]
        if parse.dep[aside] != "appos" or parse.tag[aside] != "NN" or parse.tag[name] != "NNP" or name > aside:
            continue
        named = parse.tag[other] == "NNP" or any(parse.tag[kid] == "NNP" for kid in parse.children(other, "appos"))
        joint = parse.subtree(other)[0] - 1
        if not named or parse.word[joint] != "and" or parse.word[joint - 1] != ",":
            continue
        parse.move(other, name, "conj")
        for kid in [kid for kid in parse.children(aside, "cc") if kid == joint]:
            parse.move(kid, name, "cc")


def part_relatives(parse: Parse) -> None:
    """Gives "Chad, *which has often used its veto*, [hailed] the step" its subject, taken for that of the aside."""
    for verb in range(4, parse.size):
        if (
            parse.tag[verb] != "VBD"
            or parse.word[verb - 1] != ","
            or parse.child(verb, "nsubj", "nsubjpass") is not None
        ):
            continue
        for clause in list(parse.children(verb, "ccomp")):
            name = parse.child(clause, "nsubj", "nsubjpass")
            if name is None or name > clause or clause > verb or parse.word[name + 1 : name + 2] != [","]:
                continue
            pronoun = name + 2
            if parse.word[pronoun] not in ("which", "who") or parse.child(name, "relcl") is None:
                continue
            helping = [
                kid for kid in parse.children(name, "relcl") if parse.lemma[kid] in ("have", "be") and kid < clause
            ]
            parse.move(name, verb, "nsubj")
            parse.move(clause, name, "relcl")
            parse.move(pronoun, clause, "nsubj")
            for kid in helping:
                for below in [one for one in parse.kids[kid] if one != pronoun]:
                    parse.move(below, clause, parse.dep[below] if parse.dep[below] != "dobj" else "npadvmod")
                parse.move(kid, clause, "aux")


def join_descriptions(parse: Parse) -> None:
    """Takes "the minister, *a poet turned politician*, said" for the apposition it is, no clause of its own."""
    for turned in range(3, parse.size - 2):
        subjects = list(parse.children(turned, "nsubj"))
        if parse.word[turned] != "turned" or parse.dep[turned] != "ccomp" or len(subjects) != 2:
            continue
        described, first = subjects
        after = parse.child(turned, "oprd", "dobj", "attr")
        if first != turned - 1 or parse.word[described + 1] != "," or after is None:
            continue
        if parse.subtree(after)[0] == turned + 1 and parse.head[turned] > turned:
            parse.move(described, parse.head[turned], "nsubj")
            parse.move(first, described, "appos")
            parse.move(turned, first, "acl")


def _is_passive(parse: Parse, verb: int) -> bool:
    """Whether somebody is told to have done it to the name: "Ann Lee, accused by Chad of"."""
    return any(parse.word[kid] == "by" for kid in parse.kids[verb]) or parse.child(verb, "agent") is not None


def _rise(parse: Parse, verb: int, name: int, end: int) -> None:
    finite = [here for here in range(verb + 1, end) if parse.tag[here] in _FINITE and parse.head[here] == name]
    if any(parse.dep[here] != "relcl" or parse.child(here, "mark") is None for here in finite):
        return
    parse.tag[verb] = "VBD"
    for kid in [kid for kid in parse.kids[name] if kid > verb]:
        parse.move(kid, verb, "ccomp" if kid in finite else parse.dep[kid])
    parse.raise_root(verb, name, "nsubj")
