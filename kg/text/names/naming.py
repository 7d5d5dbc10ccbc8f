"""Gives every name in a document its referent: known names first, then persons, then what nothing knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.document import Referent
from kg.text.lexicon import load, words
from kg.text.names.complements import UNITED_STATES
from kg.text.names.persons import persons
from kg.text.names.pieces import Piece
from kg.text.names.scene import Scene
from kg.text.names.unknowns import unknown_name
from kg.text.parse import SUBJECTS

if TYPE_CHECKING:
    from kg.link.reference import Record, Sense

# what towns do and states do not
_OF_TOWNS = frozenset({"fall", "burn", "wake", "awake", "awaken", "sleep", "starve", "lie"})
_MOVING = words("naming", "moving")
_PLACE_NOUNS = words("naming", "place_nouns")
_POLICY = words("naming", "policy")
_SETTLEMENTS = words("naming", "settlements")
_AMBIGUOUS = frozenset({"Congress", "Senate", "House of Representatives", "State Council", "Supreme Court"})
_NOTABLE = 200_000
_TOWARDS = frozenset({"with", "against", "on", "by", "upon", "towards", "toward", "between"})


def name_all(scene: Scene) -> None:
    """Resolves all name pieces of the scene and records their mentions."""
    _acronyms(scene)
    persons(scene)
    for piece in scene.pieces:
        if piece.kind == "name" and not piece.referents:
            piece.referents = _known(scene, piece)
        elif piece.kind == "run" and not piece.referents:
            piece.referents = unknown_name(scene, piece)
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


def _acronyms(scene: Scene) -> None:
    """ "Shanghai Cooperation Organization (SCO)": the acronym stands for the name before it, in this article."""
    meant: dict[str, tuple[Referent, ...]] = {}
    for piece in scene.pieces:
        opening, closing = piece.start - 1, piece.end
        if opening < 1 or closing >= scene.parse.size or scene.low[opening] != "(" or scene.low[closing] != ")":
            continue
        named, text = scene.before(opening), scene.text(piece.start, piece.end)
        place = named.sense.record if named and named.kind == "name" else None
        if place and place.kind in ("Place", "State") and text != _initials(place.name):
            continue  # "LIMA (AP)", "GAO, Mali (AFP)": who tells it
        if named and named.kind in ("run", "name") and text.isupper() and piece.kind in ("run", "name"):
            resolve = _known if named.kind == "name" else unknown_name
            named.referents = named.referents or resolve(scene, named)
            meant[text] = named.referents
    for piece in scene.pieces if meant else ():
        if piece.kind in ("run", "name"):
            piece.referents = meant.get(scene.text(piece.start, piece.end), piece.referents)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


# -- known names -----------------------------------------------------------------------------------------------------


def _known(scene: Scene, piece: Piece) -> tuple[Referent, ...]:
    sense = piece.sense
    minority = _minority(scene, piece) if piece.is_demonym() else None
    if minority:
        return (minority,)
    if scene.text(piece.start, piece.end) in _AMBIGUOUS:
        owner = _national_before(scene, piece)
        if (owner is not None and owner.key != UNITED_STATES) or not _american(scene, piece.start):
            return (_national_body(scene, piece),)
    then = scene.reference.capital_then(sense.record, scene.date)
    if (then is not None or sense.how == "capital") and _best_sense(scene, piece) is sense and acts(scene, piece):
        spoken_for = _spoken_for(scene, sense.record)
        if spoken_for is not None:
            return (spoken_for,)
        former = (s for s in scene.reference.former_states(sense.record.name) if s in scene.states_named)
        state = scene.state(then.state if then is not None else next(former, sense.record.state))
        return (state or scene.known(sense.record),)
    best = scene.reference.place_then(_best_sense(scene, piece).record, scene.date)
    told = _told_state(scene, piece) if best.kind == "Place" else None
    if told is not None and best.state and scene.state(best.state) is not told:
        other = next((s.record for s in piece.senses if scene.state(s.record.state) is told), None)
        return (scene.known(other) if other else scene.named("Place", scene.text(piece.start, piece.end), told),)
    return (scene.known(best),)


def _spoken_for(scene: Scene, capital: Record) -> Referent | None:
    """The bloc that a capital speaks for where the article names it, and not the capital's state: "Brussels"."""
    bloc = load("places")["speaking_for"].get(capital.name)
    if bloc is None or any(p.sense.record.kind == "State" and p.sense.how != "capital" for p in _of(scene, capital)):
        return None
    named = (p.sense.record for p in scene.pieces if p.senses and p.sense.record.name == bloc)
    return next((scene.known(record) for record in named), None)


def _of(scene: Scene, capital: Record) -> list[Piece]:
    """The names in the article of the state whose capital it is."""
    return [p for p in scene.pieces if p.senses and p.sense.record.state == capital.state]


def _told_state(scene: Scene, piece: Piece) -> Referent | None:
    """The state in which the text says a settlement lies: "the *Iranian* town of Saravan"."""
    low, start = scene.low, piece.start
    if low[start - 1 : start] != ["of"] or low[start - 2] not in _SETTLEMENTS:
        return None
    before = scene.before(start - 2)
    record = before.sense.record if before and before.is_demonym() else None
    return scene.known(record) if record and record.kind == "State" else None


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
    """ "Congress" or "the Senate" of the state named before it, else of the one that the article is about."""
    state = _national_before(scene, piece) or scene.state(scene.main_state)
    assert state is not None
    return scene.body(f"{scene.text(piece.start, piece.end)} of {{state}}", state)


def _national_before(scene: Scene, piece: Piece) -> Referent | None:
    """The state of the adjective before a name: "the *Peruvian* Congress"."""
    beside = scene.before(piece.start)
    named = beside.senses[0].record if beside and beside.is_demonym() else None
    return scene.known(named) if named is not None and named.kind == "State" else None


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
        return parse.lemma[head] not in (_MOVING if dep == "nsubjpass" else _OF_TOWNS)
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
