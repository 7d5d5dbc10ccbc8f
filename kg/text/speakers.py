"""Subjects that the parser hung on a noun before them: "…, a port official said", "in a letter, Ann Lee put"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.parse import Parse

SPEAKING = frozenset({"say", "tell", "add", "warn", "write", "announce", "declare", "note", "insist", "claim", "state"})
_TELLING = SPEAKING | {
    "report",
    "explain",
    "argue",
    "confirm",
    "acknowledge",
    "concede",
    "stress",
    "maintain",
    "suggest",
}
_VOWING = frozenset(
    {"vow", "urge", "ask", "plead", "warn", "demand", "promise", "pledge", "shout", "swear", "threaten", "cry"}
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_HUNG = frozenset({"appos", "conj", "dobj", "pobj", "npadvmod", "attr", "oprd", "dep", "nmod", "dative"})
_FAR = 25
_OPENING = frozenset({'"', "“", "``", "‘", "'", "«", "„"})


def find_speakers(parse: Parse) -> None:
    """Gives verbs of saying the subject that stands between the words said and them."""
    for verb, lemma in enumerate(parse.lemma):
        if parse.tag[verb] in _FINITE and verb > 1 and parse.tag[verb - 1] in ("''", ","):
            _turn_round(parse, verb)
        if lemma not in _TELLING or not parse.is_verb(verb):
            continue
        if parse.dep[verb] == "ccomp":
            _raise_above(parse, verb)
        if parse.dep[verb] == "acl":
            _part_relative(parse, verb)
        elif parse.child(verb, "nsubj", "nsubjpass", "aux") is None:
            speaker = _after_quotation(parse, verb) if lemma in SPEAKING else None
            speaker = _after_comma(parse, verb) if speaker is None else speaker
            if speaker is not None:
                parse.move(speaker, verb, "nsubj")


def _turn_round(parse: Parse, verb: int) -> None:
    """ "…", *shot back the minister*: after a quotation the noun phrase behind verb and particle is the subject."""
    before = {parse.word[verb - 1], parse.word[verb - 2]}
    ends = not before.isdisjoint(("''", '"', "”", "’")) and not before.isdisjoint((",", "?", "!", "…", "—"))
    opens = parse.word[parse.sentences[parse.sentence[verb]][0]] in _OPENING
    if not (ends and opens) or parse.child(verb, "nsubj", "nsubjpass", "csubj", "expl", "aux", "auxpass") is not None:
        return
    after = parse.child(verb, "prt", "prep", "advmod")
    if after is None or after != verb + 1:
        after = verb
    if after == verb and parse.lemma[verb] not in words("modality", "clause", "reported") | _VOWING:
        return
    doer = next((one for at in (after, verb) for one in parse.children(at, "dobj", "pobj", "attr", "npadvmod")), None)
    if doer is not None and parse.subtree(doer)[0] == after + 1 and parse.is_noun(doer):
        parse.dep[after] = "prt" if after != verb else parse.dep[verb]
        parse.move(doer, verb, "nsubj")


def _raise_above(parse: Parse, verb: int) -> None:
    """Puts "“We were asked, and we helped,” an envoy [said]" above what it quotes, not below its last verb."""
    speaker = parse.child(verb, "nsubj")
    first = -1 if speaker is None else parse.subtree(speaker)[0]
    if first < 2 or parse.tag[first - 1] != "''" or parse.head[verb] > first or parse.tag[verb] not in _FINITE:
        return
    root = parse.head[verb]
    while parse.head[root] != root:
        root = parse.head[root]
    if root < first:
        parse.raise_root(verb, root, "ccomp")


def _part_relative(parse: Parse, verb: int) -> None:
    """Makes a clause of "…, Togo's envoy, Ann Lee, [announced]" where it was taken for a participle of hers."""
    speaker = parse.head[verb]
    first, _ = parse.subtree(speaker)
    root = speaker
    while parse.head[root] != root:
        root = parse.head[root]
    human = parse.entity[speaker] == "PERSON" or parse.lemma[speaker] in words("events", "sets", "office")
    closing = verb > parse.sentences[parse.sentence[verb]][0] and parse.word[first - 1] == ","
    if not human or parse.dep[speaker] != "appos" or not closing or parse.child(verb, "agent", "prt") is not None:
        return
    if parse.head[speaker] >= first or not parse.is_verb(root) or parse.child(root, "nsubj", "nsubjpass") is None:
        return
    if parse.tag[parse.head[speaker]].startswith("NNP") and parse.entity[parse.head[speaker]] == "PERSON":
        return  # "Ann Lee, an envoy reported dead": she is told of
    parse.move(verb, root, "parataxis")
    parse.move(speaker, verb, "nsubj")
    parse.tag[verb] = "VBD"


def find_subjects(parse: Parse) -> None:
    """Gives the main verb of a sentence the noun phrase right before it, where it has no subject."""
    for verb, tag in enumerate(parse.tag):
        if tag not in _FINITE or parse.dep[verb] != "ROOT" or parse.child(verb, "nsubj", "nsubjpass", "csubj", "expl"):
            continue
        subject = _second_object(parse, verb) or _before(parse, verb)
        if subject is not None:
            parse.move(subject, verb, "nsubj")


def _second_object(parse: Parse, verb: int) -> int | None:
    """ "At the palace [Ann Lee] said": of two objects of one preposition the second is the subject."""
    for index in range(max(1, verb - _FAR), verb):
        if parse.tag[index] == "IN":
            objects = [kid for kid in parse.children(index, "pobj") if kid > index]
            if len(objects) == 2 and parse.subtree(objects[1])[1] == verb:
                return objects[1]
    return None


def _before(parse: Parse, verb: int) -> int | None:
    """The noun phrase from a comma to the verb, which the parser coordinated with what stands before the comma."""
    end = verb
    while parse.dep[end - 1] in ("advmod", "aux") and parse.head[end - 1] == verb:
        end -= 1
    for index in range(max(1, end - _FAR), end):
        first, last = parse.subtree(index)
        hung = parse.dep[index] in ("conj", "appos", "dobj", "npadvmod") and parse.head[index] < first
        mate = parse.head[index]
        if parse.dep[index] == "conj" and parse.tag[mate] not in ("NN", "NNS") and parse.child(mate, "cc") is not None:
            continue  # "the United States, Britain and Russia": one of several names
        closed = last == end - 1 and parse.word[last] == "," and "," in parse.word[first:last]
        if hung and parse.is_noun(index) and parse.word[first - 1] == "," and (last == end or closed):
            return index
    return None


def join_nouns(parse: Parse) -> None:
    """Joins "signed by Ann Lee, the envoy, and [Tom Hill]" to the name, where the parser joined a noun to the verb."""
    for index, label in enumerate(parse.dep):
        verb = parse.head[index]
        if label != "conj" or parse.tag[index] not in ("NN", "NNP", "NNS") or not parse.is_verb(verb) or index < verb:
            continue
        if parse.child(index, "nsubj", "cop") is not None or parse.tag[verb] == "VBG":
            continue
        last = [kid for kid in parse.kids[verb] if verb < kid < index and parse.dep[kid] in ("dobj", "agent", "prep")]
        if last:
            mate = last[-1] if parse.dep[last[-1]] == "dobj" else parse.child(last[-1], "pobj")
            if mate is not None and parse.is_noun(mate):
                parse.move(index, mate, "conj")


def _after_quotation(parse: Parse, verb: int) -> int | None:
    """The one noun phrase between the closing quotation mark and the verb."""
    mark = verb - 1
    while mark >= 0 and verb - mark < _FAR and parse.tag[mark] not in ("''", "``"):
        mark -= 1
    if mark < 0 or parse.tag[mark] != "''" or parse.dep[verb] in ("xcomp", "amod", "acl", "conj", "pcomp"):
        return None
    heads = [
        index
        for index in range(mark + 1, verb)
        if parse.is_noun(index)
        and not mark < parse.head[index] < verb
        and parse.dep[index] in ("appos", "conj", "dobj", "pobj")
    ]
    return heads[0] if len(heads) == 1 and parse.head[heads[0]] <= mark else None


def _after_comma(parse: Parse, verb: int) -> int | None:
    """The noun phrase from a comma to the verb, or to the comma that ends an apposition before the verb."""
    if parse.tag[verb] not in _FINITE or parse.dep[verb] not in ("ROOT", "parataxis", "conj", "ccomp"):
        return None
    if not (any(kid < verb for kid in parse.children(verb, "ccomp")) or _is_spliced(parse, verb)):
        return None
    aside = parse.word[verb - 1] == ","
    end = verb - aside
    found = []
    for index in range(max(1, verb - _FAR), end):
        if parse.dep[index] not in _HUNG or not (parse.is_noun(index) or parse.tag[index] == "PRP"):
            continue
        first, last = parse.subtree(index)
        if parse.word[first - 1] == "," and last == end and parse.head[index] < first:
            found.append((first, index))
    if aside:
        found = [one for one in found if "," in parse.word[one[0] : end]]
    return max(found)[1] if found else None


def _is_spliced(parse: Parse, verb: int) -> bool:
    """Whether only a comma joins it to what is said: "Nobody was hurt, the envoy, Ann Lee, [told] reporters"."""
    said = parse.head[verb]
    joined = any(parse.dep[kid] == "cc" for kid in parse.kids[said] if kid < verb)
    return parse.dep[verb] == "conj" and parse.is_verb(said) and not joined
