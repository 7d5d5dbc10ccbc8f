"""Reads a scene from left to right: notes names, resolves titles, nouns and pronouns by what went before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.text.coref import Tracker
from kg.text.coref_pairs import Pairs
from kg.text.coref_sides import adversaries
from kg.text.coref_speaker import speaker
from kg.text.document import Referent
from kg.text.lexicon import words
from kg.text.names.atlas import Atlas
from kg.text.names.descriptions import Descriptions
from kg.text.names.naming import name_all
from kg.text.names.offices import Offices
from kg.text.names.parties import enrol
from kg.text.names.phrases import modifiers
from kg.text.names.pieces import Piece
from kg.text.names.roll import belonging
from kg.text.names.scene import Scene
from kg.text.parse import SUBJECTS

if TYPE_CHECKING:
    from kg.link.reference import Record

_LOCAL = frozenset({"ArmedGroup", "GovernmentBody", "PoliticalParty", "Organisation"})
_PRONOUNS = frozenset({"PRP", "PRP$"})
_NATIVE = ("an", "ite", "er")  # "the Texan", "the Brooklynite", "the New Yorker"
_ORDINALS = frozenset({"former", "latter"})
_CIVIL = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "monsieur", "madame", "herr"})
_ARTICLES = frozenset({"a", "an", "the", "some", "many", "several", "other", "those", "these", "that", "this"})
_BETWEEN = words("naming", "pairs", "between")
_SHORT = 4
_ALONE = frozenset({*SUBJECTS, "dobj", "pobj", "poss", "conj", "dative"})
_DATELINE = 2  # how often a state counts as named because the story is datelined in it
_OFTEN = 3  # how often a text speaks of both sides at least, before one strikes the other where nobody is named
_DASHES = frozenset({"-", "--", "–", "—"})


def read(scene: Scene) -> None:
    """Resolves everything in the scene."""
    name_all(scene)
    _dateline(scene)
    _focus(scene)
    scene.document.home = scene.home
    tracker = Tracker(scene)
    offices = Offices(scene, tracker)
    readers = _Readers(scene, tracker, offices, Descriptions(scene, tracker, offices), Pairs(tracker))
    for index in range(scene.parse.size):
        piece = scene.at[index]
        if piece is None:
            _read_word(readers, index)
        elif piece.start == index:
            _read_piece(readers, piece)
    offices.finish()
    if tracker.seen:
        scene.document.rivals = adversaries(tracker, scene.parse.size)
        scene.document.belligerents = adversaries(tracker, scene.parse.size, least=_OFTEN)
    _home(scene)
    enrol(scene, offices.titles.state_of)
    for person in scene.people.all:
        if not person.key and " " not in person.name:
            offices.titles.state_of(person)  # "Putin" is of the state that all who bore the name led
    _addressed(scene)
    for crowd in scene.document.crowds.values():
        _belong(scene, crowd)
    scene.people.finish()
    scene.document.atlas = Atlas(scene)


class _Readers(NamedTuple):
    """What reads the kinds of pieces and words, over one scene."""

    scene: Scene
    tracker: Tracker
    offices: Offices
    descriptions: Descriptions
    pairs: Pairs


def _read_piece(readers: _Readers, piece: Piece) -> None:
    """Reads a name, title, region or ministry at its first word."""
    scene, tracker, offices, descriptions, _ = readers
    if piece.kind == "title":
        offices.read(piece)
        descriptions.ranks.titled(piece)
        descriptions.characters.titled(piece)
    elif piece.kind == "region":
        _region(scene, tracker, piece)
    elif piece.kind == "ministry":
        _ministry(scene, offices, tracker, piece)
    elif piece.kind == "honorific":
        offices.rank(piece)
    elif piece.referents and not _is_agency(scene, piece):
        _compatriot(scene, tracker, piece)
        _native(scene, tracker, piece)
        _citizen(scene, piece)
        tracker.note(scene.root(piece.start, piece.end), piece.referents)


def _read_word(readers: _Readers, index: int) -> None:
    """Reads a word that is no part of a name: a pronoun, a noun, a verb of office."""
    scene, tracker, offices, descriptions, pairs = readers
    if scene.low[index] == "under":
        offices.leading.under(index)
    elif scene.tag[index] in _PRONOUNS or scene.low[index] in _ORDINALS:
        _mention(readers, index, tracker.pronoun(index) or tracker.ordinal(index), "pronoun")
    elif scene.tag[index] in ("NN", "NNS", "NNP", "NNPS"):
        if scene.parse.lemma[index] in _BETWEEN and scene.parse.dep[index] in SUBJECTS:
            scene.document.opposed[index] = adversaries(tracker, index)
        start, pair = pairs.noun(index)
        if not _mention(readers, index, pair, "description", start):
            descriptions.read(index)
    elif scene.low[index] == "old" or (scene.tag[index] in ("JJ", "VBN") and scene.parse.dep[index] in _ALONE):
        descriptions.characters.bare(index)
    elif not _mention(readers, index, pairs.alone(index), "pronoun") and scene.parse.is_verb(index):
        offices.leading.verb(index)


def _mention(
    readers: _Readers, index: int, referents: tuple[Referent, ...], how: str, start: int | None = None
) -> bool:
    """Notes whom a word, with what stands before it from ``start``, stands for; whether it is anybody."""
    if referents:
        readers.scene.mention(index if start is None else start, index + 1, referents, how, index)
        readers.tracker.note(index, referents)
    return bool(referents)


def _is_agency(scene: Scene, piece: Piece) -> bool:
    """Whether it is the agency in the brackets of a dateline, which no pronoun means."""
    bracketed = scene.low[piece.start - 1 : piece.start] == ["("] and scene.low[piece.end : piece.end + 1] == [")"]
    return bracketed and piece.referents[0].kind == "MediaOrganisation"


def _compatriot(scene: Scene, tracker: Tracker, piece: Piece) -> None:
    """ "The *South Korean* certified it": the person of that state spoken of last, where one of the people is meant."""
    parse, root = scene.parse, scene.root(piece.start, piece.end)
    if not piece.is_demonym() or scene.low[piece.start - 1 : piece.start] != ["the"] or parse.dep[root] not in _ALONE:
        return
    text, record = scene.text(piece.start, piece.end), piece.sense.record
    several = any(one.how == "demonym" and one.record is record for one in scene.reference.lookup(f"{text}s"))
    if not several or (piece.end < parse.size and parse.is_noun(piece.end)):
        return
    person = tracker.salient(lambda one: one.kind == "Person" and _is_of(scene, one, record), piece.start)
    person = person or speaker(tracker, piece.start - 1, piece.start, lambda one: one.state is None)
    span = scene.document.by_root.get(root)
    if person is not None and span is not None:
        piece.referents = span.referents = (person,)


def _native(scene: Scene, tracker: Tracker, piece: Piece) -> None:
    """ "“…,” the *Mississippian* said": who was spoken of, by where he is from, and no person of that name."""
    word, one = scene.low[piece.end - 1], piece.referents[0]
    if piece.end - piece.start > 1 or one.kind != "Person" or one.key or not word.endswith(_NATIVE):
        return
    span = scene.document.by_root.get(piece.start)
    if scene.low[piece.start - 1 : piece.start] != ["the"] or span is None:
        return
    person = speaker(tracker, piece.start - 1, piece.start, lambda other: other is not one)
    if person is not None:
        piece.referents = span.referents = (person,)


def _citizen(scene: Scene, piece: Piece) -> None:
    """ "Ann Lee *of Peru*": the person is of that state."""
    person = piece.referents[0]
    if person.kind == "Person" and person.state is None and scene.low[piece.end : piece.end + 1] == ["of"]:
        state, _ = belonging(scene, piece.end)
        person.state = state if state is not None and state.kind == "State" else None


def _is_of(scene: Scene, person: Referent, state: Record) -> bool:
    """Whether a person is of a state, by the text or by the reference data."""
    record = scene.people.records.get(person.id)
    return (person.state is not None and person.state.key == state.key) or (
        record is not None and record.state == state.state
    )


def _addressed(scene: Scene) -> None:
    """Keeps the form by which a person is addressed as another name: "General Ana Ruiz", "King Salman"."""
    for piece in scene.pieces:
        if len(piece.referents) != 1 or piece.referents[0].kind != "Person" or piece.kind in ("title", "honorific"):
            continue
        person, start = piece.referents[0], piece.start
        before = scene.before(start)
        alone = " " not in person.name  # "Mr Okello" is all that the text calls him
        while before and before.kind in ("title", "honorific") and (alone or scene.low[before.start] not in _CIVIL):
            start = before.start
            before = scene.before(start)
        form = scene.text(start, piece.end)
        if start < piece.start and form[:1].isupper() and form not in person.aliases:
            person.aliases.append(form)


def _belong(scene: Scene, crowd: Referent) -> None:
    """Calls people without a name by their state as well: "students" in Lima "Peruvian students"."""
    if crowd.state is None or crowd.state.kind != "State" or not crowd.name[:1].islower():
        return
    people = scene.demonym(crowd.state)
    told = (name for name in (crowd.name, *crowd.aliases) if name[:1].islower() and len(name.split()) < _SHORT)
    crowd.aliases.extend([f"{people} {name}" for name in told if name.split()[0] not in _ARTICLES])


def _home(scene: Scene) -> None:
    """Groups and bodies that no reference data knows are of the one state that the article speaks of, if it is one."""
    if len(scene.states_named) != 1:
        return
    state = scene.state(next(iter(scene.states_named)))
    for referent in scene.document.referents:
        if referent.kind in _LOCAL and referent.state is None and referent.key not in scene.reference.records:
            referent.state = state if referent.name not in scene.nouns.regions.values() else None
    visited = any(referent.name.startswith("Embassy") for referent in scene.document.referents)
    for crowd in scene.document.crowds.values() if not visited else ():
        crowd.state = crowd.state or state


def _region(scene: Scene, tracker: Tracker, piece: Piece) -> None:
    """ "Western calls for", "the West": an informal group of states; part of a phrase where its noun follows."""
    group = scene.named("Group", piece.text)
    group.plural = True
    piece.referents = ()
    span = scene.mention(piece.start, piece.end, (group,))
    if scene.low[piece.start] == "west" or scene.parse.dep[span.root] not in ("amod", "compound"):
        tracker.note(span.root, (group,))


def _ministry(scene: Scene, offices: Offices, tracker: Tracker, piece: Piece) -> None:
    """ "China's Foreign Ministry", "the Kenyan defence ministry"; part of a title's phrase where a title follows."""
    following = scene.after(piece.end)
    left = modifiers(scene, piece.start)
    states = [s for s in left.states if s.kind == "State"] + [p for p in left.possessors if p.kind == "State"]
    if not states and scene.low[piece.end : piece.end + 1] == ["of"]:
        after = scene.after(piece.end + 1)
        states = [r for r in after.referents if r.kind == "State"] if after else []
    state = states[0] if states else offices.titles.context_state(piece.start)
    ministry = offices.titles.ministry(piece.text, state)
    text = scene.text(piece.start, piece.end)
    for alias in (text, f"{scene.demonym(state)} {text}" if state else text):
        if alias not in ministry.aliases:
            ministry.aliases.append(alias)
    if following and following.kind == "title":
        return
    span = scene.mention(left.begin, piece.end, (ministry,))
    tracker.note(span.root, (ministry,))


def _dateline(scene: Scene) -> None:
    """The place in capitals before a dash at the beginning of a paragraph."""
    for piece in scene.pieces[:40]:
        text = scene.text(piece.start, piece.end)
        if text.isupper() and len(text) > 3 and piece.referents and piece.kind in ("name", "run"):
            ahead = scene.low[piece.end : piece.end + 14]
            if any(word in _DASHES for word in ahead):
                place = piece.referents[0]
                sense = piece.senses[0].record if piece.senses else None
                if sense and sense.kind == "Place":
                    place = scene.known(scene.reference.place_then(sense, scene.date))
                    piece.referents = (place,)
                    scene.mention(piece.start, piece.end, (place,))
                scene.document.dateline = place
                return


def _focus(scene: Scene) -> None:
    """The state mentioned most often, its adjective and capital counting as well; of two, that of more persons."""
    counts: Counter[int] = Counter()
    states = {}
    leading: Counter[int] = Counter()
    for person in scene.people.all:
        home = scene.people.homeland(person)
        if home:
            led = scene.known(scene.reference.records[home])
            states[led.id] = led
            leading[led.id] += 1
    for span in scene.document.spans:
        for referent in span.referents:
            state = referent if referent.kind == "State" else referent.state if referent.kind == "Place" else None
            if state:
                counts[state.id] += 1
                states[state.id] = state
    here = scene.document.dateline
    written = here if here is None or here.kind == "State" else here.state
    if written is not None and written.id in states:
        counts[written.id] += _DATELINE
    for named, told in scene.titled().items():
        state = scene.state(named)
        if state is not None and state.id in states:
            counts[state.id] += told
    if states:
        top = min(states, key=lambda i: (-counts[i], -leading[i], i))
        scene.document.focus = states[top]
