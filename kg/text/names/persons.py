"""Which names are persons: full names first, wherever they stand, then the single words that are parts of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.link.names import name_words
from kg.text.date_words import MONTHS
from kg.text.lexicon import words
from kg.text.names.grounds import ground_words, lies_there
from kg.text.names.kin import is_kin
from kg.text.names.runs import INITIALS
from kg.text.names.unknowns import LABELS, kind_beside, located, settled, stands_at
from kg.text.parse import SUBJECTS

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_DONE_TO_PEOPLE = words("naming", "making") | words("naming", "addressing")
_FIRST_WORDS = words("naming", "first_words")
_STANDING = frozenset({"at", "in", "near", "outside", "inside"})
_PHRASE = 10  # tokens between a title and the name after what it is of
_FIRST_NAMED = frozenset({"King", "Queen", "Emir", "Sultan"})
_INSIDE = frozenset({"JJ", "NN", "NNS", "NNP", "NNPS", "HYPH"})


def persons(scene: Scene) -> None:
    """Full names first, wherever they stand; then the single words that are parts of them."""
    scene.grounds = ground_words(scene)
    runs = (piece for piece in scene.pieces if piece.kind == "run" and _honoured(scene, piece))
    scene.surnames = {scene.low[run.end - 1] for run in runs}
    labels = _labels(scene) | dict.fromkeys(scene.grounds, "GPE")
    single: list[Piece] = []
    for piece in scene.pieces:
        if piece.referents:
            continue
        known_as = _known_as(scene, piece)
        if known_as:
            piece.referents = (known_as,)
            continue
        named = len(name_words(scene.text(piece.start, piece.end))) > 1 or scene.low[piece.start] in _FIRST_WORDS
        named = named or bool(INITIALS.fullmatch(scene.text(piece.start, piece.start + 1)))  # "M. Blanc"
        several = piece.kind == "run" and named and piece.end > piece.start + 1
        if piece.is_person() or (several and _is_person(scene, piece, labels)):
            piece.referents = (scene.people.add(scene.text(piece.start, piece.end)),)
            if piece.is_person() and piece.end == piece.start + 1:  # "Pope Francis" without his title
                scene.people.identify(piece.referents[0], piece.sense.record, 0.9)
        elif piece.kind in ("run", "name") and not several and (piece.kind == "run" or piece.end == piece.start + 1):
            single.append(piece)
    _kin(scene)
    for piece in single:
        found = _short(scene, piece, labels)
        piece.referents = (found,) if found else piece.referents
    for person in scene.people.all:
        _by_name(scene, person)
        _by_surname(scene, person)


def _kin(scene: Scene) -> None:
    """Marks who is told of as somebody's relative only: "the president's *father*, Juan Lee", "his wife Ann Lee"."""
    named: dict[int, list[Piece]] = {}
    for piece in scene.pieces:
        for one in piece.referents if len(piece.referents) == 1 else ():
            named.setdefault(one.id, []).append(piece)
    for person in scene.people.all:
        told = named.get(person.id, [])
        if told and any(is_kin(scene, piece) for piece in told) and not any(_addressed(scene, piece) for piece in told):
            scene.people.kin.add(person.id)


def _by_surname(scene: Scene, person: Referent) -> None:
    """Takes "Mrs Thatcher" for who of this last name leads a state of which the article speaks."""
    if person.key or " " in person.name or not scene.date:
        return
    for role in ("HeadOfGovernment", "HeadOfState"):
        states = (state for named in sorted(scene.states_named) if (state := scene.state(named)) is not None)
        found = [one for state in states if (one := scene.people.by_office(person.name, role, state.key))]
        if len(found) == 1 and found[0].record.name.split()[-1].casefold() == person.name.casefold():
            scene.people.identify(person, found[0].record, 0.9)
            person.state = person.state or scene.state(found[0].record.state)
            return


def _by_name(scene: Scene, person: Referent) -> None:
    several = len(name_words(person.name)) > 1 or INITIALS.match(person.name)
    if not person.key and several:
        found = scene.people.by_name(person)
        if found:
            scene.people.identify(person, found.record, found.score)


def _short(scene: Scene, piece: Piece, labels: dict[str, str]) -> Referent | None:
    """A single word as a person: part of a full name of the article, or new after a title or honorific."""
    word = scene.text(piece.start, piece.end)
    if piece.start in scene.dated_from:
        return None
    addressed = _addressed(scene, piece)
    if piece.kind == "name" and not (
        addressed or (piece.is_place() and scene.document.doc[piece.start].ent_type_ == "PERSON")
    ):
        return _namesake(scene, piece, word)
    person = scene.people.short(name_words(word)[-1], _gender(scene, piece))
    if person and _as_monarch(scene, piece) and _is_surname(person, word):
        return scene.people.crowned(word)
    if person:
        return person
    if addressed and piece.kind == "run":
        return scene.people.add(word)
    head = scene.parse.head[piece.start]
    modifies = scene.parse.dep[piece.start] in ("compound", "amod", "nmod") and scene.tag[head] in ("NN", "NNS")
    labelled = labels.get(word) == "PERSON" or _told_as_person(scene, piece, labels.get(word, ""))
    body = scene.low[piece.start - 1 : piece.start] == ["the"] and scene.low[piece.start] in scene.nouns.suffixes
    personal = piece.kind == "run" and labelled and not (modifies or body or _stands_in(scene, piece))
    return scene.people.add(word) if personal else None


def _told_as_person(scene: Scene, piece: Piece, label: str) -> bool:
    """Whether an aside tells that a single name is somebody's: "Karim, the soldier", "Karim, who ruled Chad"."""
    parse, start = scene.parse, piece.start
    if scene.low[piece.end : piece.end + 1] != [","] or parse.dep[start] not in ("nsubj", "nsubjpass"):
        return False
    people = words("events", "sets", "people") | words("events", "sets", "office")
    aside = any(parse.tag[kid] == "NN" and parse.lemma[kid] in people for kid in parse.children(start, "appos"))
    return aside or any(
        label != "ORG" and parse.word[who] == "who"
        for kid in parse.children(start, "relcl")
        for who in parse.children(kid, "nsubj")
    )


def _stands_in(scene: Scene, piece: Piece) -> bool:
    """Whether the text says that it is a settlement, or in what it lies: "at Tarvi in northern Mali"."""
    if settled(scene, piece) or (scene.low[piece.start - 1] != "at" and stands_at(scene, piece)):
        return True
    if scene.low[piece.end : piece.end + 1] != ["in"] or scene.low[piece.start - 1] not in _STANDING:
        return False
    lies = [scene.after(index) for index in (piece.end + 1, piece.end + 2) if index < scene.parse.size]
    return any(one and one.senses and one.sense.record.kind in ("State", "Place") for one in lies)


def _namesake(scene: Scene, piece: Piece, word: str) -> Referent | None:
    """The person of this surname, where it is that of a lesser city too and nothing happens there."""
    if not piece.is_place() or piece.sense.record.group == "capital" or located(scene, piece):
        return None
    person = scene.people.short(word)
    return person if person and person.name.split()[-1] == word else None


def _known_as(scene: Scene, piece: Piece) -> Referent | None:
    """The person named before "better known as X", "nicknamed X"."""
    start = piece.start
    if piece.kind != "run" or start < 3 or scene.low[start - 2 : start] != ["known", "as"]:
        return None
    before = start - 2
    while before > start - 6 and scene.low[before - 1] in (",", "better", "also", "widely", "commonly"):
        before -= 1
    named = scene.before(before)
    if named and named.referents and named.referents[0].kind == "Person":
        scene.people.rename(named.referents[0], scene.text(piece.start, piece.end))
        return named.referents[0]
    return None


def _addressed(scene: Scene, piece: Piece) -> bool:
    """Whether a title or honorific stands just before."""
    previous = scene.before(piece.start)
    return bool(previous and (previous.kind == "honorific" or (previous.kind == "title" and not previous.pseudo)))


def _honoured(scene: Scene, piece: Piece) -> bool:
    """Whether an honorific stands just before: "*Mr* Lee"."""
    previous = scene.before(piece.start)
    return previous is not None and previous.kind == "honorific"


def _gender(scene: Scene, piece: Piece) -> str:
    """What an honorific just before tells of the person: "*Mrs* Lee"."""
    previous = scene.before(piece.start)
    told = previous.text if previous is not None and previous.kind == "honorific" else ""
    return {"man": "male", "woman": "female"}.get(told, "")


def _as_monarch(scene: Scene, piece: Piece) -> bool:
    """Whether a king's title stands just before."""
    previous = scene.before(piece.start)
    return previous is not None and previous.title is not None and previous.title.text in _FIRST_NAMED


def _is_surname(person: Referent, word: str) -> bool:
    """Whether somebody has the word only as his last name; kings are called by their first."""
    names = [name_words(name) for name in (person.name, *person.aliases)]
    return all(len(parts) > 1 and parts[0].lower() != word.lower() for parts in names)


def _in_office(scene: Scene, piece: Piece) -> bool:
    """Whether a title with what it is of stands just before: "the mayor of Varna Ivan Petrov"."""
    first = scene.parse.sentences[scene.parse.sentence[piece.start]][0]
    for index in range(piece.start - 1, max(first, piece.start - _PHRASE) - 1, -1):
        before = scene.at[index]
        if before and before.kind == "title":
            inside = [word for word in scene.low[before.end : piece.start] if word not in ("of", "the", "for")]
            of = scene.low[before.end : before.end + 1] == ["of"] and bool(inside)
            return of and not before.plural and not before.pseudo
        if not before and scene.low[index] not in ("of", "the", "for") and scene.tag[index] not in _INSIDE:
            return False
    return False


def _holds_there(scene: Scene, piece: Piece) -> bool:
    """Whether commas set it off after a title and where its holder is: "the envoy in the Congo, Rajeshwar Dayal,".

    Also after what the title is of: "met the president of Chad, Ann Lee."
    """
    words = piece.end - piece.start
    if piece.kind != "run" or not 1 < words < 5 or scene.low[piece.start - 1 : piece.start] != [","]:
        return False
    if _presides(scene, piece.start - 1):
        return True
    if scene.low[piece.end : piece.end + 1] not in ([","], ["."]):
        return False
    place = scene.before(piece.start - 1)
    for index in range(place.start - 1, max(place.start - 4, 0), -1) if place is not None else ():
        title = scene.before(index)
        if scene.low[index] in ("in", "to", "at", "of", "for") and title is not None and title.kind == "title":
            return not title.plural and not title.pseudo
    return False


def _presides(scene: Scene, end: int) -> bool:
    """Whether a title and its month end before ``end``: "its president for March", "the chairman for the month"."""
    start = end - 2 - (scene.low[end - 2 : end] == ["the", "month"])
    if scene.low[start : start + 1] != ["for"] or not {"month", *MONTHS} & {scene.low[end - 1]}:
        return False
    title = scene.before(start)
    return title is not None and title.kind == "title" and not title.plural and not title.pseudo


def _named_as(scene: Scene, piece: Piece) -> bool:
    """Whether "as" and a title follow: "elected X as prime minister", "the appointment of X as president"."""
    if piece.end - piece.start < 2 or scene.low[piece.end : piece.end + 1] != ["as"]:
        return False
    ahead = range(piece.end + 1, min(piece.end + 4, scene.parse.size))
    titles = [one for i in ahead if (one := scene.after(i)) and one.kind == "title" and not one.plural]
    return bool(titles) and scene.low[piece.start - 1] not in ("the", "a")


def _listed(scene: Scene, piece: Piece) -> bool:
    """Whether a person with his state stands before "and" or a comma: "A of Chad and B of Niger"."""
    end = piece.start - 1
    state = scene.before(end) if scene.low[end : end + 1] in ([","], ["and"]) else None
    if not state or not state.senses or state.sense.record.kind != "State":
        return False
    of = state.start - 1 - (scene.low[state.start - 1] == "the")
    named = scene.before(of) if scene.low[of] == "of" else None
    return bool(named and named.referents and named.referents[0].kind == "Person")


def _is_person(scene: Scene, piece: Piece, labels: dict[str, str]) -> bool:
    if _addressed(scene, piece):
        return True
    if scene.nouns.suffixes.get(scene.low[piece.end - 1]) or {"of", "for", "on"} & set(
        scene.low[piece.start : piece.end]
    ):
        return False
    if INITIALS.fullmatch(scene.text(piece.start, piece.start + 1)):
        return True  # "J.D. Vance"
    if scene.low[piece.start] in _FIRST_WORDS and not located(scene, piece):
        return True
    if scene.nouns.prefixes.get(scene.low[piece.start]) or scene.low[piece.end - 1].isdigit():
        return False
    if kind_beside(scene, piece) or piece.start in scene.dated_from or settled(scene, piece):
        return False
    if scene.low[piece.start - 1 : piece.start] == ["the"] and scene.low[piece.end : piece.end + 1] != ["who"]:
        return False
    if scene.text(piece.start, piece.end) in scene.grounds or lies_there(scene, piece):
        return False
    if scene.low[piece.end - 1] in scene.surnames:
        return True
    if _in_office(scene, piece) or _holds_there(scene, piece) or _listed(scene, piece) or _named_as(scene, piece):
        return True
    if _appositive(scene, piece.end) or _apposed(scene, piece.start) or _is_in_office(scene, piece):
        return True
    label = labels.get(scene.text(piece.start, piece.end), "") or _in_part(scene, piece)
    if label in ("PERSON", ""):
        if label == "" and not 2 <= len(scene.text(piece.start, piece.end).split()) <= 4:
            return False
        root = scene.root(piece.start, piece.end)
        if bool(label) or scene.parse.dep[root] in SUBJECTS or _beside_person(scene, root):
            return True
    if _bears_given_name(scene, piece):
        return True
    return label in ("ORG", "GPE", "FAC", "LOC") and _looks_personal(scene, piece)


def _bears_given_name(scene: Scene, piece: Piece) -> bool:
    """Two to four words without an article, of which the first is somebody's given name: "blamed *Viktor* Mazur"."""
    words = [scene.text(i, i + 1) for i in range(piece.start, piece.end)]
    cased = all(word[:1].isupper() and not word.isupper() for word in words if word.isalpha() and len(word) > 3)
    if not (cased and 2 <= len(words) <= 6) or scene.low[piece.start - 1 : piece.start] in (["the"], ["a"], ["an"]):
        return False
    return not located(scene, piece) and scene.reference.is_given(words[0])


def _in_part(scene: Scene, piece: Piece) -> str:
    """PERSON where the parser takes the end of a name of three or four words for a person's, else nothing."""
    last = scene.document.doc[piece.end - 1]
    part = last.ent_type_ == "PERSON" and piece.end - piece.start in (3, 4)
    return "PERSON" if part and scene.document.doc[piece.start].ent_type_ == "" else ""


def _is_in_office(scene: Scene, piece: Piece) -> bool:
    """Whether a name tells who the holder of an office is: "the council, whose president this month *is* Ann Lee"."""
    parse, root = scene.parse, scene.root(piece.start, piece.end)
    verb = parse.head[root]
    if parse.dep[root] != "attr" or parse.lemma[verb] != "be" or not 1 < piece.end - piece.start < 5:
        return False
    titles = (scene.at[kid] for kid in parse.children(verb, "nsubj"))
    return any(one is not None and one.kind == "title" and not one.plural for one in titles)


def _beside_person(scene: Scene, index: int) -> bool:
    """Whether the name is coordinated with a person's: "Swaraj and Shah Mahmood Qureshi"."""
    head = scene.at[scene.parse.head[index]] if scene.parse.dep[index] == "conj" else None
    return bool(head and head.referents and head.referents[0].kind == "Person")


def _looks_personal(scene: Scene, piece: Piece) -> bool:
    """Two or three words in normal case with no article or "in" before: a person more often than not."""
    words = [scene.text(i, i + 1) for i in range(piece.start, piece.end)]
    if not 2 <= len(words) <= 3 or any(not w[:1].isupper() or w.isupper() or not w.isalpha() for w in words):
        return False
    previous = scene.low[piece.start - 1] if piece.start else ""
    root = scene.root(piece.start, piece.end)
    acting = scene.parse.dep[root] in (*SUBJECTS, "appos", "conj", "agent", "poss")
    acting = acting or (
        scene.parse.dep[root] == "dobj" and scene.parse.lemma[scene.parse.head[root]] in _DONE_TO_PEOPLE
    )
    return (
        previous not in ("the", "a", "an")
        and not located(scene, piece)
        and (acting or previous in ("of", "by", "with"))
    )


def _apposed(scene: Scene, index: int) -> bool:
    """Whether "the foreign minister," stands before: what follows is a person."""
    if index < 2 or scene.low[index - 1] != ",":
        return False
    title = scene.before(index - 1)
    if title and title.kind == "title":
        return True
    parse, noun = scene.parse, index - 2  # "the opposition candidate, Ann Lee, has"
    standing = words("naming", "standing") | words("naming", "close")
    named = scene.after(index)
    listed = named is None or parse.dep[named.end - 1] == "conj"
    return parse.tag[noun] == "NN" and parse.lemma[noun] in standing and not listed


def _appositive(scene: Scene, index: int) -> bool:
    """Whether ", the foreign minister" or ", 54," follows: what stands before is a person."""
    if index >= scene.parse.size or scene.low[index] != ",":
        return False
    for ahead in range(index + 1, min(index + 9, scene.parse.size)):
        piece = scene.at[ahead]
        if piece and piece.kind == "title" and not piece.plural:
            return True
        if not piece and scene.tag[ahead] not in ("DT", "PRP$", "POS", "JJ", "NN", "VBN", "HYPH", "RB", "NNP"):
            return scene.tag[ahead] == "CD" and ahead == index + 1 and scene.low[ahead + 1 : ahead + 2] == [","]
    return False


def _labels(scene: Scene) -> dict[str, str]:
    """What the parser most often takes a name for, by the name without possessive and article."""
    votes: dict[str, Counter[str]] = {}
    for entity in scene.document.doc.ents:
        if entity.label_ in LABELS:
            text = " ".join(entity.text.split()).removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()
            votes.setdefault(text, Counter())[entity.label_] += 1
    return {text: found.most_common(1)[0][0] for text, found in votes.items()}
