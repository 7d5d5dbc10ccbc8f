"""Names that no reference data knows: an organisation, place, group or document, by the words around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.text.lexicon import load, words
from kg.text.names.governments import led_by
from kg.text.names.lexicon import singular

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

LABELS = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "NORP": "Group",
    "LAW": "Document",
}
"""The kinds of names by the labels of the parser."""

_IN = words("naming", "places_before")
_SENT_TO = words("naming", "sent_to")
_SETTLEMENTS = words("naming", "settlements")
_SITING = frozenset({"in", "near", "outside", "inside", "around", "at"})
_SPOTS = ("spots", "occasions", "scenes", "premises", "lasting")
_TRUSTING = words("naming", "trusting")
_GROUNDS = words("naming", "grounds")
_TOWNS = _SETTLEMENTS - {"area", "stronghold", "region"}
_AFTER_SETTLEMENTS = frozenset(
    {",", ".", "in", "near", "on", "where", "close", "outside", "that", "which", "held", "off", "just", "some", "about"}
    | {"north", "south", "east", "west", "between", "along", "overlooking", "by", "with", "of"}
)
_EITHER = frozenset({"front", "movement"})
_CONTENDING, _WARRING = words("naming", "contending"), words("naming", "warring")
_AROUND = 8  # tokens
_COMPASS = frozenset({"north", "south", "east", "west"})
_GOVERNMENTS = frozenset({"government", "administration", "cabinet", "regime"})
_ABSTRACT = words("naming", "abstract")
_COMPLEMENT = re.compile(r" (?:of|for|in|to|on) ")
_FIGHTING = frozenset({"ArmedGroup", "PoliticalParty"})
_WHOSE = frozenset({"of", "for", "in", "to", "on"})
_NAME_NOUNS = ("Group", "Party", "Movement", "News Agency")
_REGION_ADJECTIVES: dict[str, str] = load("naming")["region_adjectives"]
_BESIDE: dict[str, str] = {word: kind for kind, beside in load("naming")["beside"].items() for word in beside}

# aircraft and hours are nobody's name: "U-2", "MiG-21s", "P.M."
_DESIGNATION = re.compile(r"(?:[A-Z][A-Za-z]{0,2}-\d{1,3}[A-Z]?s?|[AP]\.M\.)")


def unknown_name(scene: Scene, piece: Piece) -> tuple[Referent, ...]:
    """A capitalised run as an organisation, place, group or document; nothing where there is no sign of which."""
    text = scene.text(piece.start, piece.end)
    following = scene.low[piece.end] if piece.end < scene.parse.size else ""
    if _DESIGNATION.fullmatch(text):
        return ()
    if scene.low[piece.end - 1] == "resolution" and following.isdigit():
        return (scene.named("Document", f"{text} {following}"),)
    part = _REGION_ADJECTIVES.get(text.lower())
    if part:
        return (_part(scene, part),)
    twins = load("countries")["twins"].get(text.lower())
    if twins:
        return tuple(state for code in twins if (state := scene.state(code)) is not None)
    half = _half_of_nation(scene, piece) or _partys_government(scene, piece)
    if half is not None:
        return (half,)
    found = scene.unknown.get(text) or _spoken_of(scene, text) or _shortened(scene, piece, text)
    found = found or _institution(scene, piece, text)
    if found is None:
        kind = _kind(scene, piece, text)
        name = text.title() if piece.start in scene.dated_from else text
        found = scene.named(kind, name, _state_before(scene, piece)) if kind else None
    if found:
        scene.unknown[text] = found
        _called_by_state(scene, piece, found)
    return (found,) if found else ()


def _half_of_nation(scene: Scene, piece: Piece) -> Referent | None:
    """The state that its part of a divided nation means: "the *North*" after North or South Korea."""
    part = scene.low[piece.start]
    if piece.end != piece.start + 1 or part not in ("north", "south") or scene.low[piece.start - 1] != "the":
        return None
    if not scene.text(piece.start, piece.end)[:1].isupper():
        return None
    for before in reversed(scene.pieces):
        if before.start >= piece.start or before.kind != "name" or before.sense.record.kind != "State":
            continue
        side, _, nation = before.sense.record.name.partition(" ")
        if side.lower() not in ("north", "south") or not nation:
            continue
        for sense in scene.reference.lookup(f"{part.title()} {nation}"):
            if sense.record.kind == "State":
                return scene.known(sense.record)
    return None


def _partys_government(scene: Scene, piece: Piece) -> Referent | None:
    """The state that a government called by its party or leader stands for: "the *Labour Government*"."""
    if piece.end == piece.start + 1 or scene.low[piece.end - 1] not in _GOVERNMENTS:
        return None
    for sense in scene.reference.lookup(scene.text(piece.start, piece.end - 1)):
        if sense.record.kind == "State" and sense.how in ("demonym", "name"):
            return scene.known(scene.reference.state_then(sense.record, scene.date))  # "the *French Government*"
    if piece.end != piece.start + 2:
        return None
    if scene.low[piece.start] not in words("naming", "governing"):
        return led_by(scene, scene.text(piece.start, piece.start + 1))
    owned = scene.before(piece.start - 1) if scene.tag[piece.start - 1] == "POS" else None
    owner = owned.referents[0] if owned and owned.referents else None
    own = owner.state if owner is not None and owner.kind == "Person" else None
    return own or _state_before(scene, piece) or scene.state(scene.main_state)


def _called_by_state(scene: Scene, piece: Piece, found: Referent) -> None:
    """Takes what follows "of" for a part of a body's full name, too: "the Bar Association *of Chad*"."""
    of = piece.end
    state = scene.after(of + 1 + (scene.low[of + 1 : of + 2] == ["the"])) if scene.low[of : of + 1] == ["of"] else None
    if state is None or found.kind in ("Person", "Place") or not state.senses or piece.end == piece.start + 1:
        return
    record = state.sense.record
    if record.kind == "State" and state.sense.how == "name":
        full = scene.text(piece.start, state.end)
        found.state = found.state or scene.known(record)
        if full not in found.aliases:
            found.aliases.append(full)


def _part(scene: Scene, name: str) -> Referent:
    """The part of a state of this name, that of the reference data if it is there."""
    known = (s.record for s in scene.reference.lookup(name) if s.record.kind in ("Place", "State"))
    record = next(known, None)
    return scene.known(record) if record else scene.named("Place", name)


def _spoken_of(scene: Scene, text: str) -> Referent | None:
    """What else the article calls by this name."""
    alike = (r for r in scene.document.referents if r.kind != "Person" and (r.name == text or text in r.aliases))
    return next(alike, None)


def _shortened(scene: Scene, piece: Piece, text: str) -> Referent | None:
    """The institution named before by a name that ends so: "the *Front*" after "the National Rescue Front".

    An armed group or party goes by any last word of its name, also before "of": "the *Lions*", of the Lions of Kivu.
    """
    told = scene.low[piece.start - 1 : piece.start]
    if piece.end != piece.start + 1 or told not in (["the"], ["'s"], ["’s"], ["its"]):
        return None
    institution = bool(scene.nouns.suffixes.get(scene.low[piece.start]))
    if _names_state(scene, piece.start):
        return None
    before = (one for one in reversed(scene.pieces) if one.start < piece.start and one.kind in ("name", "run"))
    for one in before:
        for referent in one.referents or _of_name(scene, one):
            named = [
                part
                for name in (referent.name, scene.text(one.start, one.end))
                for part in (name, _COMPLEMENT.split(name)[0])
            ]
            fits = referent.kind not in ("Person", "Place", "State") if institution else referent.kind in _FIGHTING
            if fits and any(f" {n}".endswith(f" {text}") for n in named):
                return referent
    return None


def _of_name(scene: Scene, piece: Piece) -> tuple[Referent, ...]:
    """What a known name before stands for, where it is not resolved yet."""
    return (scene.known(piece.sense.record),) if piece.senses and piece.kind == "name" else ()


def _names_state(scene: Scene, index: int) -> bool:
    """Whether a state's possessive tells whose institution it is: "Chad's *Senate*"."""
    owner = scene.before(index - 1) if scene.tag[index - 1] == "POS" else None
    return bool(owner and owner.senses and owner.sense.record.kind == "State")


def _institution(scene: Scene, piece: Piece, text: str) -> Referent | None:
    """A name of the reference data without its last word ("Wagner"), or a body of the state in question."""
    if scene.low[piece.end - 1] == "embassy" and piece.end > piece.start + 1:
        for sense in scene.reference.lookup(scene.text(piece.start, piece.end - 1)):
            if sense.record.kind == "State":
                return scene.body(scene.nouns.bodies[("embassy",)], scene.known(sense.record))  # "the Belgian Embassy"
    own = _state_before(scene, piece)
    for sense in scene.reference.lookup(f"{text} of {own.name}") if own and piece.end > piece.start + 1 else ():
        if sense.record.kind != "Person":
            return scene.known(sense.record)  # "Iran's Atomic Energy Organization"
    for noun in _NAME_NOUNS:
        for sense in scene.reference.lookup(f"{text} {noun}"):
            if sense.record.kind != "Person":
                return scene.known(sense.record)
    body = scene.nouns.bodies.get(tuple(scene.low[piece.start : piece.end]))
    state = (_state_before(scene, piece) or scene.state(scene.main_state)) if body else None
    return scene.body(body, state) if body and state else None


def _kind(scene: Scene, piece: Piece, text: str) -> str:
    """The kind of an unknown name: by the words around it, its own last or first word, the parser, its capitals."""
    if _based(scene, piece) or settled(scene, piece) or text in scene.grounds:
        return "Place"
    if piece.start in scene.dated_from:
        return "Place"  # "SAIGON, Nov. 2 —"
    if scene.low[piece.end - 1].isdigit() and piece.end - piece.start == 2:
        return "MediaOrganisation"  # "France 24"
    single = piece.end == piece.start + 1
    of = next((i for i in range(piece.start, piece.end) if scene.low[i] in _WHOSE), -1)
    kind = scene.nouns.suffixes.get(scene.low[of - 1], "") if of > piece.start else ""
    if "news" in scene.low[piece.start : piece.end]:
        kind = "MediaOrganisation"
    if not kind and of == piece.start + 1 and scene.tag[piece.start] == "NNPS":
        kind = "Organisation"  # "Lions of the Desert"
    last = scene.low[piece.end - 1]
    suffixes = scene.nouns.suffixes
    kind = kind or ("" if single else suffixes.get(last, "") or suffixes.get(singular(last), ""))
    if not kind and of > piece.start:
        kind = scene.nouns.suffixes.get(scene.low[piece.start], "")
    if not kind and scene.low[piece.end - 1] in _ABSTRACT:
        return ""
    if scene.low[piece.end - 1] in _EITHER:
        kind = _by_strife(scene, text) or kind
    kind = kind or scene.nouns.prefixes.get(scene.low[piece.start], "") if not single else kind
    kind = kind or kind_beside(scene, piece)
    if not kind:
        doc = scene.document.doc
        kind = LABELS.get(doc[piece.end - 1].ent_type_ or doc[piece.start].ent_type_, "")
        if kind == "Place" and scene.tag[piece.end - 1] == "NNPS" and last.endswith(("ers", "ians")):
            kind = "Group"  # "Berliners"
    if kind == "Organisation" and single and stands_at(scene, piece):
        kind = "Place"
    if kind == "Person":
        kind = "Place" if located(scene, piece) else "" if single else "Organisation"
    if kind == "Document" and single:
        return ""
    if kind == "Group" and single and _describes(scene, piece):
        return ""
    if single and scene.low[piece.start] in _COMPASS:
        return ""
    if not kind and located(scene, piece):
        return "Place"
    return kind or ("Organisation" if (text.isupper() and len(text) > 2) or _acts(scene, piece) else "")


def _acts(scene: Scene, piece: Piece) -> bool:
    """Whether a name of several words with an article does something: "the *Tan Sangha* opposes the pact"."""
    parse, root = scene.parse, scene.root(piece.start, piece.end)
    told = scene.low[piece.start - 1 : piece.start] == ["the"] and piece.end - piece.start > 1
    return told and parse.dep[root] == "nsubj" and parse.lemma[parse.head[root]] in words("naming", "acting")


def _by_strife(scene: Scene, text: str) -> str:
    """Whether what is told around a name is of elections or of arms: "the National *Front* won the vote"."""
    elections = arms = 0
    for piece in scene.pieces:
        if scene.text(piece.start, piece.end) == text:
            around = {
                *scene.low[max(0, piece.start - _AROUND) : piece.start],
                *scene.low[piece.end : piece.end + _AROUND],
            }
            elections += len(around & _CONTENDING)
            arms += len(around & _WARRING)
    return "PoliticalParty" if elections > arms else "ArmedGroup" if arms > elections else ""


def kind_beside(scene: Scene, piece: Piece) -> str:
    """The kind that the noun beside tells: "the Zorya *party*", "the *newspaper* Al-Nahda", "Maharashtra *state*"."""
    following = scene.low[piece.end] if piece.end < scene.parse.size else ""
    kind = _BESIDE.get(following, "")
    if kind and scene.tag[piece.end] in ("NN", "NNS"):
        return "" if located(scene, piece) and kind != "Place" else kind
    previous = piece.start - 1
    if previous < 0 or scene.tag[previous] != "NN" or scene.low[previous] in _TOWNS:
        return ""
    return _BESIDE.get(scene.low[previous], "")


def _describes(scene: Scene, piece: Piece) -> bool:
    """Whether a faith or people only describes the noun after it: "Islamist gunmen", "Tamil refugees"."""
    index = piece.end - 1
    return scene.tag[index] == "JJ" or (
        scene.parse.dep[index] in ("amod", "compound", "nmod") and scene.parse.head[index] > index
    )


def _based(scene: Scene, piece: Piece) -> bool:
    """ "at X air base", "in X province": the noun after makes it a place."""
    words = scene.low[piece.end : piece.end + 2]
    return located(scene, piece) and any(scene.nouns.suffixes.get(word) == "Place" for word in words)


def settled(scene: Scene, piece: Piece) -> bool:
    """Whether the text says that it is a settlement: "the town of Gori", "Gori, a town near the border"."""
    low = scene.low
    if low[piece.start - 1 : piece.start] == ["of"] and low[piece.start - 2] in _TOWNS:
        return True
    if low[piece.start - 1] == "," and low[piece.start - 2] in _TOWNS | {"capital"} and piece.start > 2:
        return low[piece.end : piece.end + 1] != ["'s"]  # "in the capital, Tarvi"
    if _governed(scene, piece):
        return True
    apposed = low[piece.end : piece.end + 7]
    if apposed[:1] != [","] or apposed[1:2] not in (["a"], ["an"], ["the"]):
        return False
    noun = next((i for i, word in enumerate(apposed[:-1]) if word in _TOWNS | _GROUNDS), 0)
    return bool(noun) and "," not in apposed[1:noun] and apposed[noun + 1] in _AFTER_SETTLEMENTS


def _governed(scene: Scene, piece: Piece) -> bool:
    """Whether a mayor or governor is said to be of a name: "Tarvi's *mayor*"."""
    if scene.low[piece.end : piece.end + 1] not in (["'s"], ["’s"]):
        return False
    title = scene.after(piece.end + 1)
    return bool(title and title.kind == "title" and title.title and title.title.role in ("Mayor", "Governor"))


def located(scene: Scene, piece: Piece) -> bool:
    """Whether the words before make the name a place: "near Gori", "the town of Gori"."""
    previous = scene.low[piece.start - 1] if piece.start else ""
    if previous == "to" and scene.low[piece.start - 2] in _SENT_TO:
        return False  # "a letter to Ann Lee"
    return previous in _IN or (previous == "of" and scene.low[piece.start - 2] in _SETTLEMENTS)


def stands_at(scene: Scene, piece: Piece) -> bool:
    """Whether something happens or stands at a name that the parser took for a body's: "a base in *Tarvi*"."""
    parse, start = scene.parse, piece.start
    preposition = scene.low[start - 1] if start else ""
    if preposition not in _SITING or scene.text(start, piece.end).isupper() or parse.dep[start] != "pobj":
        return False
    if scene.low[piece.end : piece.end + 1] in (["'s"], ["’s"]) or parse.head[start] != start - 1:
        return False
    above = parse.head[start - 1]
    if preposition != "at":
        return parse.lemma[above] not in _TRUSTING
    lemma = parse.lemma[above]
    return (
        parse.is_verb(above) or lemma in scene.nouns.forces or any(lemma in words("places", "words", w) for w in _SPOTS)
    )


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
