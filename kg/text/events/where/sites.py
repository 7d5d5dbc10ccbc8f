"""What place a phrase names: cities, states, buildings and seats of bodies below a locating preposition."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.text.events.phrases import modifiers, prepositional
from kg.text.events.subjects import surface_subjects
from kg.text.lexicon import words

if TYPE_CHECKING:
    from kg.text.document import Referent
    from kg.text.events.frames import Scene
    from kg.text.parse import Parse

LOCATING = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout", "around", "off", "along"})
_PARTS = frozenset({"province", "island", "peninsula", "enclave", "valley", "archipelago", "territory"})
SURFACES = frozenset({"on", "over", "through", "along", "into"})
_CITIES = frozenset({"city", "town", "capital", "village", "port"})
_CALLED = ("spots", "premises", "locales")
_BUILDINGS = frozenset({"at", "outside", "inside"})
_BODY_KINDS = frozenset({"GovernmentBody", "IntergovernmentalOrganisation"})


def places_under(scene: Scene, token: int, depth: int = 0, *, surfaces: bool = False) -> list[Referent]:
    """The places of the locating phrases below a token; with ``surfaces`` also "on" and "over"."""
    parse = scene.parse
    for kid in parse.children(token, "prep", "advmod", "agent"):
        if parse.word[kid] in ("here", "there") and parse.dep[kid] == "advmod":
            found = _pointed_at(scene, kid)
            if found:
                return found
        if parse.word[kid] in LOCATING or (surfaces and parse.word[kid] in SURFACES):
            if not parse.kids[kid]:
                return _cut_off(scene, kid + 1)
            for filler in parse.children(kid, "pobj"):
                found = _just_before(scene, kid) or place(scene, filler, depth, building=parse.word[kid] in _BUILDINGS)
                if found:
                    return found
    return []


def _just_before(scene: Scene, preposition: int) -> list[Referent]:
    """The place that a wider one follows, hung elsewhere by the parser: "a rally at *Churu* in Rajasthan"."""
    parse, before = scene.parse, preposition - 1
    span = scene.document.by_root.get(before)
    if span is None or parse.word[preposition] != "in" or parse.dep[before] != "pobj":
        return []
    located = parse.word[parse.head[before]] in LOCATING and parse.head[before] < before
    return [one for one in span.referents if one.kind == "Place"] if located and span.form == "name" else []


def _pointed_at(scene: Scene, adverb: int) -> list[Referent]:
    """Where "here" is, the city of the dateline, and "there": the place named last, at most a sentence before."""
    parse = scene.parse
    if parse.word[adverb] == "here":
        return [scene.dateline] if scene.dateline is not None and not _is_quoted(scene, adverb) else []
    return last_named(scene, adverb)


def _is_quoted(scene: Scene, token: int) -> bool:
    return scene.quotes.at(scene.parse.doc[token].idx) is not None


def _cut_off(scene: Scene, index: int) -> list[Referent]:
    """The city at ``index`` that the parser took for a part of the name after it: "In [Accra Ann Lee] said"."""
    spans = (span for span in scene.document.spans if span.start == index and span.form == "name")
    return [one for span in spans for one in span.referents if one.kind == "Place"]


def place(scene: Scene, filler: int, depth: int, *, building: bool = False) -> list[Referent]:
    """The places that the object of a locating preposition names, itself or further down in its phrase."""
    parse = scene.parse
    if parse.lemma[filler] in words("events", "grammar", "settlement"):
        # "the Malian town of Gao": the name comes after; "the Gao district of Mali": before
        return (
            city_at(scene, filler + 2 if parse.word[min(filler + 1, parse.size - 1)] == "of" else -1)
            or _called(scene, filler)
            or inner_place(scene, filler, depth)
            or named(scene, filler, building)
            or _meant(scene, filler)
        )
    if any(one.kind in _BODY_KINDS for one in scene.document.refer(parse.doc[filler])):
        # "at the ministry in Lima"
        return inner_place(scene, filler, depth) or named(scene, filler, building)
    found = named(scene, filler, building) or (inner_place(scene, filler, depth) if depth < 4 else [])
    return found or _meant(scene, filler)


def city_at(scene: Scene, index: int) -> list[Referent]:
    """The city whose name begins at ``index``, also where the parser took it for a part of the next name."""
    spans = (span for span in scene.document.spans if span.start == index and span.form == "name")
    return [one for span in spans for one in span.referents if one.kind == "Place"][:1]


def _meant(scene: Scene, filler: int) -> list[Referent]:
    """The place named before that "the city", "the area" or "the city's main market" speaks of."""
    parse = scene.parse
    for noun in (filler, *parse.children(filler, "poss"), *prepositional(parse, filler, "of")):
        pointing = any(parse.word[kid] in ("the", "this", "that") for kid in parse.children(noun, "det"))
        if pointing and parse.lemma[noun] in words("places", "words", "scenes") and not _is_named(scene, noun):
            if parse.lemma[noun] == "capital":
                return _capital(scene, noun)
            told = last_named(scene, noun)
            if parse.lemma[noun] in _PARTS and any(_is_capital(scene, one) for one in told):
                told = []  # "in Oslo … to the island"
            told = told or _told_most(scene, noun)
            return [one for one in told if not _is_premises(one)] if parse.lemma[noun] in _CITIES else told
    return []


def _capital(scene: Scene, noun: int) -> list[Referent]:
    """Which city "the capital" is: a capital named last, else that of the state that the article is about."""
    atlas, parse = scene.document.atlas, scene.parse
    if atlas is None or any(parse.word[kid] == "of" for kid in parse.children(noun, "prep")):
        return []
    told = [one for one in last_named(scene, noun) if atlas.is_capital(one)]
    home = scene.document.home or scene.document.focus
    city = atlas.capital(home) if home is not None and not told else None
    return told or ([city] if city is not None else [])


def _is_capital(scene: Scene, one: Referent) -> bool:
    return scene.document.atlas is not None and scene.document.atlas.is_capital(one)


def _is_premises(one: Referent) -> bool:
    """Whether a place is a building or ground by its name, and no city: "the Holiday Inn"."""
    return one.name.lower().split()[-1] in words("places", "words", "premises") | {"inn"}


def _told_most(scene: Scene, noun: int) -> list[Referent]:
    """The part of a state that an article speaks of again and again: "the province", "the island"."""
    if scene.parse.lemma[noun] not in _PARTS:
        return []
    told = [one for s in scene.document.spans if s.start < noun for one in s.referents if one.kind == "Place"]
    counts = Counter(one.id for one in told if scene.document.atlas is None or not scene.document.atlas.is_capital(one))
    if not counts:
        return []
    most, times = counts.most_common(1)[0]
    return [one for one in told if one.id == most][:1] if times > 1 else []


def _is_named(scene: Scene, noun: int) -> bool:
    """Whether a name beside a noun says which it is: "the Gaza area"."""
    kids = scene.parse.children(noun, "amod", "compound", "nmod", "poss", "appos", "relcl", "acl")
    return any(scene.document.refer(scene.parse.doc[kid]) or scene.parse.is_verb(kid) for kid in kids)


def last_named(scene: Scene, token: int, reach: int = 2) -> list[Referent]:
    """The place named last, at most ``reach`` sentences before."""
    parse = scene.parse
    nearest = parse.sentences[max(0, parse.sentence[token] - reach)][0]
    spans = [span for span in scene.document.spans if nearest <= span.start < token and span.form == "name"]
    for span in sorted(spans, key=lambda span: -span.start):
        found = [one for one in span.referents if one.kind == "Place"]
        if found:
            return found
    return []


def named(scene: Scene, filler: int, building: bool) -> list[Referent]:
    """The places that a noun and those joined to it name; with ``building`` also the seats of bodies."""
    found: list[Referent] = []
    for item in scene.parse.conjuncts(filler):
        span = scene.document.by_root.get(item)
        if span is None or span.form == "pronoun":
            continue
        owner = _owning_city(scene, item)
        for one in [owner] if owner is not None else span.referents:
            site = _site(scene, item, one, building)
            if site is not None and site not in found:
                found.append(site)
    return found


def _owning_city(scene: Scene, item: int) -> Referent | None:
    """The city whose square or palace is named: "in *Kiev's* Independence Square"."""
    parse, atlas = scene.parse, scene.document.atlas
    if parse.lemma[item] not in words("places", "words", "premises"):
        return None
    for kid in parse.children(item, "poss"):
        city = atlas.city(kid) if atlas is not None else None
        own = [one for one in scene.document.refer(parse.doc[kid]) if one.kind == "Place"]
        if own or city is not None:
            return own[0] if own else city
    return None


def _site(scene: Scene, item: int, one: Referent, building: bool) -> Referent | None:
    """The place that a referent is, or has its house at."""
    atlas = scene.document.atlas
    if one.kind == "Place":
        return one
    if one.kind == "State":
        if scene.parse.tag[item] == "NNPS" and str(scene.parse.doc[item]) not in one.name:
            return None  # "on the Americans"
        return (atlas.address(item) if atlas is not None else None) or one
    if one.kind not in _BODY_KINDS or atlas is None:
        return None
    if _is_mission(scene.parse, item):
        return _host(scene, item)
    if one.name == "White House":
        return one if building else None
    if building or atlas.is_building(one):
        local = any(scene.parse.lemma[kid] in words("places", "words", "local") for kid in modifiers(scene.parse, item))
        return next(iter(last_named(scene, item)), None) if local else atlas.seat(one)
    return None


def _is_mission(parse: Parse, item: int) -> bool:
    """Whether a body is one that sits abroad."""
    return parse.lemma[item] in words("places", "words", "missions")


def _host(scene: Scene, item: int) -> Referent | None:
    """The city of an embassy that the text names none of: the story's, the one named last, the dateline's.

    It is in no city of those whose embassy it is, and best in one of those who act there.
    """
    parse = scene.parse
    own = {one if one.kind == "State" else one.state for one in scene.document.refer(parse.doc[item])}
    verb = parse.head[item]
    while parse.head[verb] != verb and not parse.is_verb(verb):
        verb = parse.head[verb]
    acting = [one for kid in surface_subjects(parse, verb) for one in scene.document.refer(parse.doc[kid])]
    nearby = [scene.story.place, *last_named(scene, item, 1), scene.dateline]
    cities = [one for one in nearby if one is not None and one.kind == "Place" and one.state not in own]
    at_home = [one for one in cities if any(one.state in (actor, actor.state) for actor in acting)]
    return next(iter(at_home or cities), None)


def inner_place(scene: Scene, filler: int, depth: int) -> list[Referent]:
    """The places further down in the phrase of a noun: "a market *in Gao*", "a town *called Gao*"."""
    parse = scene.parse
    for kid in parse.children(filler, "prep", "appos", "acl"):
        if parse.dep[kid] == "appos":
            found = named(scene, kid, False)
        elif parse.dep[kid] == "acl":
            heads = [
                name for as_ in parse.children(kid, "prep", "oprd") for name in [as_, *parse.children(as_, "pobj")]
            ]
            found = _named_any(scene, heads) if parse.lemma[kid] in ("know", "call", "name") else []
        elif parse.word[kid] in _inner_words(parse, filler):
            found = [site for inner in parse.children(kid, "pobj") for site in place(scene, inner, depth + 1)]
        else:
            continue
        if found:
            return found
    return _headquarters(scene, filler) or _called(scene, filler)


def _called(scene: Scene, filler: int) -> list[Referent]:
    """The place that a stretch of land or a spot is called by: "the Gao *sector*", "at its Tarvi test *site*"."""
    parse = scene.parse
    if not any(parse.lemma[filler] in words("places", "words", kind) for kind in _CALLED):
        return []
    first, _ = parse.subtree(filler)
    spans = (span for span in scene.document.spans if first <= span.start < filler and span.form == "name")
    inside = (span for span in spans if parse.dep[span.root] in ("compound", "nmod", "amod", "conj"))
    found = [one for span in inside for one in span.referents if one.kind == "Place"]
    beside = [kid for kid in parse.children(filler, "compound", "nmod") if str(parse.doc[kid])[:1].isupper()]
    cities = [scene.document.atlas.city(kid) for kid in beside] if scene.document.atlas is not None else []
    return found or [city for city in cities if city is not None]


def _headquarters(scene: Scene, filler: int) -> list[Referent]:
    """ "At NATO headquarters", "outside the ministry's building": the seat of the body."""
    atlas, parse = scene.document.atlas, scene.parse
    if atlas is None or parse.lemma[filler] not in words("places", "headquarters"):
        return []
    if any(parse.word[kid] in ("a", "an", "another") for kid in parse.children(filler, "det")):
        return []  # "threw a grenade at a UN building": one of many
    for kid in [*modifiers(parse, filler), *parse.children(filler, "poss")]:
        if _is_mission(parse, kid):
            host = _host(scene, kid)
            return [host] if host is not None else []
        for one in scene.document.refer(parse.doc[kid]):
            seat = one if one.name == "White House" else atlas.seat(one)
            if seat is not None:
                return [seat]
    return []


def _named_any(scene: Scene, heads: list[int]) -> list[Referent]:
    return [one for head in heads for one in named(scene, head, False)]


def _inner_words(parse: Parse, filler: int) -> tuple[str, ...]:
    """The prepositions that lead on from a noun to a place: an attack is "on" a town."""
    if parse.lemma[filler] in words("places", "words", "abstractions"):
        return ()  # "at the request of Peru"
    inner = ("of", "in", "near", "at", "outside")
    if _is_mission(parse, filler):
        return inner[1:]  # "the embassy of Chad *in Paris*"
    if parse.lemma[filler] in words("places", "words", "ways"):
        return (*inner, "from", "to", "between")  # "on the road *from* Gao"
    attacked = parse.lemma[filler] in words("events", "sets", "attacks")
    return (*inner, "on") if attacked or parse.lemma[filler] in words("places", "words", "premises") else inner
