"""Gives every name in a document its referent: known names first, then persons, then what nothing knows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.link.names import name_words
from kg.text.document import Referent
from kg.text.lexicon import load, words
from kg.text.names.pieces import Piece
from kg.text.names.scene import Scene
from kg.text.parse import SUBJECTS

if TYPE_CHECKING:
    from kg.link.reference import Sense

_LABELS = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "NORP": "Group",
    "LAW": "Document",
}
_IN = words("naming", "places_before")
_SETTLEMENTS = words("naming", "settlements")
_TOWNS = _SETTLEMENTS - {"area", "stronghold", "region"}
_AFTER_SETTLEMENTS = frozenset({",", ".", "in", "near", "on", "where", "close", "outside", "that", "which", "held"})
_MOVING = words("naming", "moving")
_PLACE_NOUNS = words("naming", "place_nouns")
_POLICY = words("naming", "policy")
_COMPASS = frozenset({"north", "south", "east", "west"})
_ABSTRACT = words("naming", "abstract")
_NAME_NOUNS = ("Group", "Party", "Movement", "News Agency")
_AMBIGUOUS = frozenset({"Congress", "Senate", "House of Representatives", "State Council", "Supreme Court"})
_NOTABLE = 200_000
_REGION_ADJECTIVES: dict[str, str] = load("naming")["region_adjectives"]
_PHRASE = 10  # tokens between a title and the name after what it is of
_INSIDE = frozenset({"JJ", "NN", "NNS", "NNP", "NNPS", "HYPH"})
_TOWARDS = frozenset({"with", "against", "on", "by", "upon", "towards", "toward", "between"})


def name_all(scene: Scene) -> None:
    """Resolves all name pieces of the scene and records their mentions."""
    _acronyms(scene)
    _persons(scene)
    for piece in scene.pieces:
        if piece.kind == "name" and not piece.referents:
            piece.referents = _known(scene, piece)
        elif piece.kind == "run" and not piece.referents:
            piece.referents = _unknown(scene, piece)
        elif piece.kind == "honorific":
            person = scene.person_at(piece.start)
            if person:
                piece.referents = person.referents
    for piece in scene.pieces:
        if piece.referents and piece.kind in ("name", "run"):
            _join_half(scene, piece)
            _mention(scene, piece)


def _join_half(scene: Scene, piece: Piece) -> None:
    """ "North and South Korea": the second name stands for both where the parser does not coordinate them."""
    first = scene.at[piece.start - 2] if piece.start > 1 else None
    if first and first.kind == "name" and scene.is_half(first):
        root = scene.root(piece.start, piece.end)
        if root not in scene.parse.conjuncts(first.start):
            piece.referents = (*first.referents, *piece.referents)


def _mention(scene: Scene, piece: Piece) -> None:
    start = piece.start
    previous = scene.before(start)
    if previous and previous.kind == "honorific":
        start = previous.start
    span = scene.mention(start, piece.end, piece.referents)
    for index in range(start, piece.end):
        scene.document.by_root.setdefault(index, span)
    text = scene.text(piece.start, piece.end)
    for referent in piece.referents:
        if text != referent.name and text not in referent.aliases and not piece.is_demonym():
            referent.aliases.append(text)


# -- persons ---------------------------------------------------------------------------------------------------------


def _persons(scene: Scene) -> None:
    """Full names first, wherever they stand; then the single words that are parts of them."""
    labels = _labels(scene)
    single: list[Piece] = []
    for piece in scene.pieces:
        if piece.referents:
            continue
        known_as = _known_as(scene, piece)
        if known_as:
            piece.referents = (known_as,)
            continue
        several = piece.kind == "run" and len(name_words(scene.text(piece.start, piece.end))) > 1
        if piece.is_person() or (several and _is_person(scene, piece, labels)):
            piece.referents = (scene.people.add(scene.text(piece.start, piece.end)),)
        elif piece.kind in ("run", "name") and not several and (piece.kind == "run" or piece.end == piece.start + 1):
            single.append(piece)
    for piece in single:
        found = _short(scene, piece, labels)
        piece.referents = (found,) if found else piece.referents
    for person in scene.people.all:
        _by_name(scene, person)


def _by_name(scene: Scene, person: Referent) -> None:
    if not person.key and len(name_words(person.name)) > 1:
        found = scene.people.by_name(person)
        if found:
            scene.people.identify(person, found.record, found.score)


def _short(scene: Scene, piece: Piece, labels: dict[str, str]) -> Referent | None:
    """A single word as a person: part of a full name of the article, or new after a title or honorific."""
    word = scene.text(piece.start, piece.end)
    addressed = _addressed(scene, piece)
    if piece.kind == "name" and not (
        addressed or (piece.is_place() and scene.document.doc[piece.start].ent_type_ == "PERSON")
    ):
        return _namesake(scene, piece, word)
    person = scene.people.short(word)
    if person:
        return person
    if addressed and piece.kind == "run":
        return scene.people.add(word)
    head = scene.parse.head[piece.start]
    modifies = scene.parse.dep[piece.start] in ("compound", "amod", "nmod") and scene.tag[head] in ("NN", "NNS")
    settled = _settled(scene, piece)
    personal = piece.kind == "run" and labels.get(word) == "PERSON" and not modifies and not settled
    return scene.people.add(word) if personal else None


def _namesake(scene: Scene, piece: Piece, word: str) -> Referent | None:
    """The person of this surname, where it is that of a lesser city too and nothing happens there."""
    if not piece.is_place() or piece.sense.record.group == "capital" or _located(scene, piece):
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
    if scene.nouns.suffixes.get(scene.low[piece.end - 1]) or {"of", "for"} & set(scene.low[piece.start : piece.end]):
        return False
    if _in_office(scene, piece) or _listed(scene, piece):
        return True
    if _appositive(scene, piece.end) or _apposed(scene, piece.start):
        return True
    label = labels.get(scene.text(piece.start, piece.end), "")
    if label in ("PERSON", ""):
        if label == "" and not 2 <= len(scene.text(piece.start, piece.end).split()) <= 4:
            return False
        root = scene.root(piece.start, piece.end)
        return bool(label) or scene.parse.dep[root] in SUBJECTS or _beside_person(scene, root)
    return label in ("ORG", "GPE", "FAC", "LOC") and _looks_personal(scene, piece)


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
    acting = scene.parse.dep[scene.root(piece.start, piece.end)] in (*SUBJECTS, "appos", "conj", "agent", "poss")
    return (
        previous not in ("the", "a", "an")
        and not _located(scene, piece)
        and (acting or previous in ("of", "by", "with"))
    )


def _apposed(scene: Scene, index: int) -> bool:
    """Whether "the foreign minister," stands before: what follows is a person."""
    if index < 2 or scene.low[index - 1] != ",":
        return False
    title = scene.before(index - 1)
    return bool(title and title.kind == "title")


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
        if entity.label_ in _LABELS:
            text = " ".join(entity.text.split()).removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()
            votes.setdefault(text, Counter())[entity.label_] += 1
    return {text: found.most_common(1)[0][0] for text, found in votes.items()}


# -- known names -----------------------------------------------------------------------------------------------------


def _known(scene: Scene, piece: Piece) -> tuple[Referent, ...]:
    sense = piece.sense
    minority = _minority(scene, piece) if piece.is_demonym() else None
    if minority:
        return (minority,)
    if scene.text(piece.start, piece.end) in _AMBIGUOUS and not _american(scene, piece.start):
        return (_national_body(scene, piece),)
    if sense.how == "capital" and _best_sense(scene, piece) is sense and acts(scene, piece):
        former = (s for s in scene.reference.former_states(sense.record.name) if s in scene.states_named)
        state = scene.state(next(former, sense.record.state))
        return (state or scene.known(sense.record),)
    return (scene.known(_best_sense(scene, piece).record),)


def _minority(scene: Scene, piece: Piece) -> Referent | None:
    """ "ethnic Albanians in Serbia", "the Albanians of southern Serbia", "Bosnian Serbs": a people of another state."""
    text = scene.text(piece.start, piece.end)
    ethnic = piece.start > 0 and scene.low[piece.start - 1] == "ethnic"
    plural = scene.tag[piece.end - 1] in ("NNS", "NNPS")
    if not ethnic and not plural:
        return None
    before = scene.before(piece.start)
    if not ethnic and before and before.kind == "name":
        state = _lies_in(scene, before) if before.sense.record.kind in ("State", "Place") else None
        within = f"{scene.text(before.start, before.end)} {text}"
    else:
        state = _homeland(scene, piece, ("in", "of", "from") if ethnic else ("of",))
        within = f"ethnic {text}" if ethnic else f"{text} of {state.name}" if state else ""
    if not ethnic and (state is None or state.key == piece.sense.record.key):
        return None
    group = scene.named("Group", within, state)
    group.plural = True
    return group


def _homeland(scene: Scene, piece: Piece, prepositions: tuple[str, ...]) -> Referent | None:
    """The state named after a people: "of southern Serbia"."""
    index = piece.end
    if index >= scene.parse.size or scene.low[index] not in prepositions:
        return None
    for ahead in range(index + 1, min(index + 4, scene.parse.size)):
        place = scene.after(ahead)
        if place:
            return _lies_in(scene, place) if place.kind == "name" else None
    return None


def _lies_in(scene: Scene, piece: Piece) -> Referent | None:
    """The state that a name is, is the adjective of, or lies in."""
    record = piece.sense.record
    if record.kind == "State":
        return scene.known(record)
    return scene.state(record.state) if record.kind == "Place" and record.state else None


def _american(scene: Scene, index: int) -> bool:
    """Whether this sentence or the one before speaks of the United States, or the article mostly does."""
    sentence = scene.parse.sentence[index]
    start = scene.parse.sentences[max(sentence - 1, 0)][0]
    near = (p for p in scene.pieces if start <= p.start and scene.parse.sentence[p.start] <= sentence and p.senses)
    others = (p for p in near if p.start != index)
    persons = (r.key for p in scene.pieces if start <= p.start < index for r in p.referents if r.kind == "Person")
    americans = (scene.reference.records[key].state == "USA" for key in persons if key in scene.reference.records)
    named = any(p.sense.record.state == "USA" for p in others)
    return scene.main_state in ("USA", "") or named or any(americans)


def _national_body(scene: Scene, piece: Piece) -> Referent:
    """ "Congress" or "the Senate" of the state that the article is about."""
    state = scene.state(scene.main_state)
    assert state is not None
    return scene.named("GovernmentBody", f"{scene.text(piece.start, piece.end)} of {state.name}", state)


def _best_sense(scene: Scene, piece: Piece) -> Sense:
    """Of places with one name, the one in a state that the article speaks of; else the greatest."""
    capital = piece.senses and piece.sense.record.group == "capital"
    if (
        len(piece.senses) > 1
        and piece.is_place()
        and not capital
        and piece.sense.record.state not in scene.states_named
    ):
        others = (s for s in piece.senses if s.record.weight >= _NOTABLE and s.record.state in scene.states_named)
        return next(others, piece.sense)
    return next((s for s in piece.senses if s.record.key in scene.cast), piece.sense)


def acts(scene: Scene, piece: Piece) -> bool:
    """Whether a capital stands for its state: it speaks, owns a policy, is dealt with; not where somebody is."""
    parse, root = scene.parse, scene.root(piece.start, piece.end)
    first = root
    while parse.dep[first] == "conj":
        first = parse.head[first]
    dep, head = parse.dep[first], parse.head[first]
    if dep in SUBJECTS:
        return True
    if dep == "poss":
        return not any(w in _PLACE_NOUNS for w in scene.low[piece.end : head + 1])
    if dep in ("dobj", "dative", "agent"):
        return parse.lemma[head] not in _MOVING
    if dep == "pobj":
        return _dealt_with(scene, first)
    if dep in ("compound", "nmod", "amod"):
        return False
    following = scene.low[piece.end] if piece.end < parse.size else ""
    return dep in ("attr", "ROOT", "ccomp", "nmod") and following not in ("-", "--", "–", "—", ",")


def _dealt_with(scene: Scene, index: int) -> bool:
    """A capital after a preposition: "ties with Beijing", "pressure on Harare", "condemned by Ankara"."""
    parse = scene.parse
    preposition = parse.head[index]
    word, governor = parse.word[preposition], parse.head[preposition]
    if parse.dep[preposition] == "agent" or word in _TOWARDS:
        return parse.lemma[governor] not in _MOVING
    if word in ("to", "from", "for", "of"):
        return parse.lemma[governor] in _POLICY
    return False


# -- unknown names ---------------------------------------------------------------------------------------------------


def _acronyms(scene: Scene) -> None:
    """ "Shanghai Cooperation Organization (SCO)": the acronym stands for the name before it, in this article."""
    meant: dict[str, tuple[Referent, ...]] = {}
    for piece in scene.pieces:
        opening, closing = piece.start - 1, piece.end
        if opening < 1 or closing >= scene.parse.size or scene.low[opening] != "(" or scene.low[closing] != ")":
            continue
        named, text = scene.before(opening), scene.text(piece.start, piece.end)
        if named and named.kind in ("run", "name") and text.isupper() and piece.kind in ("run", "name"):
            resolve = _known if named.kind == "name" else _unknown
            named.referents = named.referents or resolve(scene, named)
            meant[text] = named.referents
    for piece in scene.pieces if meant else ():
        if piece.kind in ("run", "name"):
            piece.referents = meant.get(scene.text(piece.start, piece.end), piece.referents)


def _unknown(scene: Scene, piece: Piece) -> tuple[Referent, ...]:
    """A capitalised run as an organisation, place, group or document; nothing where there is no sign of which."""
    text = scene.text(piece.start, piece.end)
    following = scene.low[piece.end] if piece.end < scene.parse.size else ""
    if scene.low[piece.end - 1] == "resolution" and following.isdigit():
        return (scene.named("Document", f"{text} {following}"),)
    part = _REGION_ADJECTIVES.get(text.lower())
    if part:
        return (_part(scene, part),)
    found = scene.unknown.get(text) or _spoken_of(scene, text) or _institution(scene, piece, text)
    if found is None:
        kind = _kind(scene, piece, text)
        found = scene.named(kind, text, _state_before(scene, piece)) if kind else None
    if found:
        scene.unknown[text] = found
    return (found,) if found else ()


def _part(scene: Scene, name: str) -> Referent:
    """The part of a state of this name, that of the reference data if it is there."""
    known = (s.record for s in scene.reference.lookup(name) if s.record.kind in ("Place", "State"))
    record = next(known, None)
    return scene.known(record) if record else scene.named("Place", name)


def _spoken_of(scene: Scene, text: str) -> Referent | None:
    """What else the article calls by this name."""
    alike = (r for r in scene.document.referents if r.kind != "Person" and (r.name == text or text in r.aliases))
    return next(alike, None)


def _institution(scene: Scene, piece: Piece, text: str) -> Referent | None:
    """A name of the reference data without its last word ("Wagner"), or a body of the state in question."""
    for noun in _NAME_NOUNS:
        for sense in scene.reference.lookup(f"{text} {noun}"):
            if sense.record.kind != "Person":
                return scene.known(sense.record)
    body = scene.nouns.bodies.get(tuple(scene.low[piece.start : piece.end]))
    state = (_state_before(scene, piece) or scene.state(scene.main_state)) if body else None
    return scene.named("GovernmentBody", body.format(state=state.name), state) if body and state else None


def _kind(scene: Scene, piece: Piece, text: str) -> str:
    """The kind of an unknown name: by the words around it, its own last or first word, the parser, its capitals."""
    if _based(scene, piece) or _settled(scene, piece):
        return "Place"
    single = piece.end == piece.start + 1
    kind = "" if single else scene.nouns.suffixes.get(scene.low[piece.end - 1], "")
    if not kind and any(word in ("of", "for") for word in scene.low[piece.start : piece.end]):
        kind = scene.nouns.suffixes.get(scene.low[piece.start], "")
    if not kind and scene.low[piece.end - 1] in _ABSTRACT:
        return ""
    if not kind:
        doc = scene.document.doc
        kind = _LABELS.get(doc[piece.end - 1].ent_type_ or doc[piece.start].ent_type_, "")
    if kind == "Person":
        kind = "Place" if _located(scene, piece) else "" if single else "Organisation"
    if kind == "Document" and single:
        return ""
    if kind == "Group" and single and _describes(scene, piece):
        return ""
    if single and scene.low[piece.start] in _COMPASS:
        return ""
    if not kind and _located(scene, piece):
        return "Place"
    return kind or ("Organisation" if text.isupper() and len(text) > 2 else "")


def _describes(scene: Scene, piece: Piece) -> bool:
    """Whether a faith or people only describes the noun after it: "Islamist gunmen", "Tamil refugees"."""
    index = piece.end - 1
    return scene.tag[index] == "JJ" or (
        scene.parse.dep[index] in ("amod", "compound", "nmod") and scene.parse.head[index] > index
    )


def _based(scene: Scene, piece: Piece) -> bool:
    """ "at X air base", "in X province": the noun after makes it a place."""
    words = scene.low[piece.end : piece.end + 2]
    return _located(scene, piece) and any(scene.nouns.suffixes.get(word) == "Place" for word in words)


def _settled(scene: Scene, piece: Piece) -> bool:
    """Whether the text says that it is a settlement: "the town of Gori", "Gori, a town near the border"."""
    low = scene.low
    if low[piece.start - 1 : piece.start] == ["of"] and low[piece.start - 2] in _TOWNS:
        return True
    apposed = low[piece.end : piece.end + 7]
    if apposed[:1] != [","] or apposed[1:2] not in (["a"], ["an"], ["the"]):
        return False
    noun = next((i for i, word in enumerate(apposed[:-1]) if word in _TOWNS), 0)
    return bool(noun) and "," not in apposed[1:noun] and apposed[noun + 1] in _AFTER_SETTLEMENTS


def _located(scene: Scene, piece: Piece) -> bool:
    """Whether the words before make the name a place: "near Gori", "the town of Gori"."""
    previous = scene.low[piece.start - 1] if piece.start else ""
    return previous in _IN or (previous == "of" and scene.low[piece.start - 2] in _SETTLEMENTS)


def _state_before(scene: Scene, piece: Piece) -> Referent | None:
    """The state whose adjective or possessive stands before: "Syrian", "Syria's"."""
    index = piece.start
    if index and scene.tag[index - 1] == "POS":
        index -= 1
    if index > 2 and scene.low[index - 1] == "of" and scene.low[index - 2] in _SETTLEMENTS:
        index -= 2  # "the Malian town of Gao"
    previous = scene.before(index)
    if previous and previous.referents and previous.referents[0].kind == "State":
        return previous.referents[0]
    for inside in range(piece.start, piece.end):
        known = scene.known_at.get(inside)
        if known and known.senses[0].record.state and known.senses[0].record.kind in ("State", "Place"):
            return scene.state(known.senses[0].record.state)
    return None
