"""From noun heads to referents: coordination expanded, partitives opened, a group's state where it has no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.phrases import prepositional
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Document, Referent
    from kg.text.parse import Parse

_NATIONAL = words("events", "grammar", "national")
_BODIES = frozenset({"PoliticalParty", "Organisation", "ArmedGroup", "Company", "IntergovernmentalOrganisation"})
PLACES = frozenset({"Place"})
DOCUMENTS = frozenset({"Document"})


def participants(document: Document, parse: Parse, heads: list[int]) -> list[Referent]:
    """The actors that noun heads refer to, in order, each once."""
    found: list[Referent] = []
    for head in heads:
        for index in _joined(document, parse, head):
            for referent in referents(document, parse, index):
                if referent not in found:
                    found.append(referent)
    return found


def _joined(document: Document, parse: Parse, head: int) -> list[int]:
    """The members of a coordination, also where it hangs on an apposition: "the minister, Ann Lee, and his aide"."""
    found = list(parse.conjuncts(head))
    for item in tuple(found):
        for name in parse.children(item, "appos"):
            if parse.tag[item] in ("NN", "NNP") and parse.tag[name] == "NNP":
                more = [one for one in parse.conjuncts(name) if one != name]
                listed = more and any(
                    all(_is_of(document, parse, one, kind) for one in (item, name)) for kind in ("State", "Person")
                )
                found.extend([name, *more] if listed else more)  # "Canada, the Czech Republic and Peru": three
    return found


def _is_of(document: Document, parse: Parse, index: int, kind: str) -> bool:
    return any(one.kind == kind for one in document.refer(parse.doc[index]))


def referents(document: Document, parse: Parse, index: int, depth: int = 0) -> list[Referent]:
    """Whom one noun head refers to; else what it is a part of, people without a name, the state it belongs to."""
    ship = _ship(parse, index)
    if ship is not None:
        return _modifiers(document, parse, ship) or (_modifiers(document, parse, index) if ship != index else [])
    found = [one for referent in document.refer(parse.doc[index]) for one in (referent.members or (referent,))]
    found = found or _own_country(document, parse, index)
    person = _named_beside(document, parse, index, found)
    if person:
        return person
    if found or depth > 3 or parse.is_verb(index):
        return found
    ruled = _governed(document, parse, index) if parse.tag[index] == "NNS" else []
    if ruled:
        return ruled
    for kid in parse.children(index, "appos"):
        found.extend(participants_of(document, parse, kid, depth))
    found = found or _whose(document, parse, index, depth) or _whole(document, parse, index, depth)
    if found and all(one.kind in PLACES for one in found):
        found = _modifiers(document, parse, index) or found  # "a Taliban envoy in Kabul"
    if not found and index in document.crowds:
        return [document.crowds[index]]
    named = parse.tag[index] == "NNP" and parse.lemma[index] not in words("events", "grammar", "partitive")
    return found if found or named else _modifiers(document, parse, index)


def _ship(parse: Parse, index: int) -> int | None:
    """The noun before the name of a ship: "the American *destroyer* Halsey"."""
    if parse.tag[index] == "NN" and parse.lemma[index] in words("events", "sets", "ships"):
        return index if any(parse.tag[kid] == "NNP" for kid in parse.children(index, "appos")) else None
    if parse.tag[index] != "NNP":
        return None
    before = (kid for kid in parse.children(index, "compound", "nmod") if parse.tag[kid] == "NN")
    return next((kid for kid in before if parse.lemma[kid] in words("events", "sets", "ships")), None)


def _own_country(document: Document, parse: Parse, index: int) -> list[Referent]:
    """ "Her country", where the text names no her: the state of whoever says so."""
    if parse.lemma[index] not in ("country", "government", "nation", "delegation"):
        return []
    if not any(parse.tag[kid] == "PRP$" for kid in parse.children(index, "poss")):
        return []
    verb = parse.head[index]
    for _ in range(4):
        if parse.dep[verb] in ("ccomp", "advcl") and parse.is_verb(parse.head[verb]):
            for teller in parse.children(parse.head[verb], "nsubj"):
                told = referents(document, parse, teller, 3)
                states = [one if one.kind == "State" else one.state for one in told]
                return [one for one in states if one is not None][:1]
        verb = parse.head[verb]
    return []


def _named_beside(document: Document, parse: Parse, index: int, found: list[Referent]) -> list[Referent]:
    """The person an apposition names: "the minister, Ann Lee"."""
    if any(one.kind == "Person" for one in found):
        return []
    beside = list(parse.children(index, "appos"))
    if parse.lemma[index] in words("events", "sets", "office"):
        # "the mission chief in Lima, Ann Lee, said": the name hung on the place
        beside.extend(name for place in _places_below(parse, index) for name in parse.children(place, "appos"))
    elif parse.lemma[index] in words("events", "sets", "voices"):
        owners = [*prepositional(parse, index, "to"), *prepositional(parse, index, "from")]
        own = {one for owner in owners for one in document.refer(parse.doc[owner])}
        hung = [name for owner in owners for name in parse.children(owner, "appos")]
        beside.extend(name for name in hung if not own & set(document.refer(parse.doc[name])))
    if parse.tag[index] == "NN" and parse.lemma[index] in words("naming", "bodies_called"):
        told = [one for kid in beside for one in document.refer(parse.doc[kid]) if one.kind in _BODIES]
        if told:
            return told  # "his party, the Hills Front": by its name
    if parse.tag[index] in ("NNS", "CD"):
        listed = [one for kid in beside for item in parse.conjuncts(kid) for one in document.refer(parse.doc[item])]
        if len(listed) > 1 and all(one.kind == "Person" for one in listed):
            return listed  # "two officers, Ali Hamid and Omar Saleh"
    for kid in beside:
        named = [one for one in document.refer(parse.doc[kid]) if one.kind == "Person"]
        if named and (not found or parse.tag[index] == "NN" or _is_native(parse, index)):
            return named
    return []


def _is_native(parse: Parse, index: int) -> bool:
    """ "A *Norwegian*, Ann Lee": one of a people."""
    return parse.tag[index] in ("NNP", "JJ") and any(
        parse.word[kid] in ("a", "an") for kid in parse.children(index, "det")
    )


def _places_below(parse: Parse, index: int) -> list[int]:
    return [place for word in ("in", "to", "for", "at", "from") for place in prepositional(parse, index, word)]


def _whose(document: Document, parse: Parse, index: int, depth: int) -> list[Referent]:
    """The owner in "the alliance, whose leaders"."""
    for kid in parse.children(index, "poss"):
        if parse.word[kid] == "whose":
            clause = parse.head[index]
            owner = parse.head[clause] if parse.dep[clause] == "relcl" else kid - 1 - (parse.word[kid - 1] == ",")
            if owner in (index, clause) or owner < 0:
                return []
            found = referents(document, parse, owner, depth + 1)
            national = parse.lemma[index] in _NATIONAL  # "Ann Lee, whose country has joined": Chad has
            return [one.state if national and one.kind == "Person" and one.state else one for one in found]
    return []


def _governed(document: Document, parse: Parse, index: int) -> list[Referent]:
    """The state of those who have it in their hands: "the officers who now *govern Ghana*"."""
    for clause in parse.children(index, "relcl"):
        if parse.lemma[clause] in ("govern", "rule", "run", "control"):
            told = [one for item in parse.children(clause, "dobj") for one in document.refer(parse.doc[item])]
            return [one for one in told if one.kind == "State"]
    return []


def _whole(document: Document, parse: Parse, index: int, depth: int) -> list[Referent]:
    """What the noun is a part of or comes from: "dozens of Malians", "students across Peru"."""
    if parse.tag[index] not in ("NN", "NNS", "CD", "DT") or parse.lemma[index] in words("naming", "opponents"):
        return []
    people = parse.tag[index] == "NNS" or parse.lemma[index] in words("events", "grammar", "partitive")
    order = ("of", "from", "in", "throughout", "across", "for") if people else ("of", "from", "for")
    if parse.lemma[index] in words("events", "grammar", "bounding"):
        order = (*order, "with")  # "the border with Chad"
    for preposition in order:
        found: list[Referent] = []
        for filler in prepositional(parse, index, preposition):
            found.extend(participants_of(document, parse, filler, depth))
        if found:
            return found
    return _obeyed(document, parse, index, depth)


def _obeyed(document: Document, parse: Parse, index: int, depth: int) -> list[Referent]:
    """Whom those without a name of their own obey: "troops *loyal to* Ann Lee", "fighters commanded by her"."""
    found: list[Referent] = []
    for kid in parse.children(index, "amod", "acl", "relcl", "appos"):
        if parse.word[kid] in words("events", "grammar", "obeying"):
            for preposition in ("to", "by", "with"):
                for filler in prepositional(parse, kid, preposition):
                    found.extend(participants_of(document, parse, filler, depth))
    for filler in prepositional(parse, index, "under"):
        found.extend(one for one in participants_of(document, parse, filler, depth) if one.kind == "Person")
    return [_ruled(document, one) for one in found]


def _ruled(document: Document, leader: Referent) -> Referent:
    """The state of a leader in office, whose forces are its own; else the leader."""
    held = (one for one in document.holdings if one.holder is leader and not one.former)
    return next((one.organisation for one in held if one.organisation.kind == "State"), leader)


def participants_of(document: Document, parse: Parse, index: int, depth: int) -> list[Referent]:
    """The referents of a head and its conjuncts, one level deeper."""
    return [referent for item in parse.conjuncts(index) for referent in referents(document, parse, item, depth + 1)]


def _modifiers(document: Document, parse: Parse, index: int) -> list[Referent]:
    if parse.lemma[index] in words("events", "sets", "office") and _is_past(parse, index):
        return []  # "the former alliance chief" is not the alliance
    found: list[Referent] = []
    for kid in parse.children(index, "poss", "amod", "compound", "nmod"):
        for item in parse.conjuncts(kid):
            found.extend(
                referent
                for referent in document.refer(parse.doc[item])
                if referent.kind not in PLACES
                and referent.kind not in DOCUMENTS
                and not (parse.dep[kid] == "poss" and _is_another(parse, index, referent))
            )
            if not found and parse.dep[kid] == "poss" and parse.lemma[index] in words("events", "sets", "voices"):
                owners = document.refer(parse.doc[item])  # "the president's spokesman" speaks for the state
                found.extend(one.state for one in owners if one.kind == "Person" and one.state is not None)
    return found


def _is_past(parse: Parse, index: int) -> bool:
    return any(parse.word[kid] in ("former", "ex", "erstwhile", "onetime") for kid in parse.children(index, "amod"))


def _is_another(parse: Parse, index: int, owner: Referent) -> bool:
    """Whether the noun is somebody else than its owner: "his brother", "Ann Lee's police chief"."""
    lemma = parse.lemma[index]
    if lemma in words("events", "grammar", "related"):
        return True
    human = words("events", "sets", "people") | words("events", "sets", "office")
    return owner.kind == "Person" and parse.tag[index] in ("NN", "NNS") and lemma in human


def actors(document: Document, parse: Parse, heads: list[int]) -> list[Referent]:
    """Participants without places and documents."""
    return [
        referent
        for referent in participants(document, parse, heads)
        if referent.kind not in PLACES and referent.kind not in DOCUMENTS
    ]
