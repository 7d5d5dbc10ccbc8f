"""What is said: statements beside other speech acts, and quotations that run on over several sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Event
from kg.text.events.build import build
from kg.text.events.frames import Frame
from kg.text.events.subjects import subjects
from kg.text.events.unnamed import cited
from kg.text.factuality import judge
from kg.text.lexicon import event_lexicon

if TYPE_CHECKING:
    from kg.text.events.frames import Scene
    from kg.text.quotes import Quote

_SPEECH_ACTS = frozenset({"Accusation", "Appeal", "Demand", "Rejection", "Threat", "Support", "Concession"})
_MOSTLY = 0.7
_SENTENCE = 4
_SOON = 40
_PARTING = frozenset({",", "''", '"', "”", "’", "—", "–"})


def statement_of(scene: Scene, frame: Frame) -> Frame | None:
    """The statement that an accusation, warning or the like also is, where its words are given."""
    parse = scene.parse
    promises = parse.lemma[frame.token] in ("promise", "pledge", "vow")
    if parse.lemma[frame.token] != frame.trigger.lemma:
        return None  # "will not sign" refuses without a word of refusing
    if not (frame.kind in _SPEECH_ACTS or promises) or not parse.is_verb(frame.token) or not frame.roles.get("agent"):
        return None
    if scene.quotes.at(parse.doc[frame.token].idx) is not None:
        return None
    clause = any(
        parse.dep[kid] == "ccomp" and parse.child(kid, "nsubj", "nsubjpass") is not None
        for kid in parse.kids[frame.token]
    )
    if not clause and not promises and not _quotes_below(scene, frame.token):
        return None
    unnamed = scene.document.crowds.values()
    if all(one in unnamed and one.state is None for one in frame.roles["agent"]):
        return None
    trigger = replace(frame.trigger, kind="Statement", flags=frozenset({"speech"}))
    return Frame(frame.token, trigger, frame.companion, frame.judgement, dict(frame.roles))


def quoting(scene: Scene, start: int, end: int, told: set[str]) -> Event | None:
    """The statement of a sentence that quotes its subject at some length with no verb of speech: "Ann Lee saw '…'"."""
    if told & _SPEECH_ACTS | told & {"Statement"}:
        return None
    parse, doc = scene.parse, scene.parse.doc
    quotes = scene.quotes.within(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    between = _between(scene, start, end) if quotes else -1
    if between >= 0:
        speakers = cited(scene.document, parse, subjects(parse, between))
        if speakers:
            return build(scene, Frame(between, event_lexicon().verbs["say"][-1], roles={"agent": speakers}))
    verb = next((index for index in range(start, end) if parse.head[index] == index), start)
    if not parse.is_verb(verb) or scene.quotes.at(doc[verb].idx) is not None:
        return None
    own = [quote for quote in quotes if quote.words >= _SENTENCE and quote.begin > doc[start].idx]
    people = [one for one in cited(scene.document, parse, subjects(parse, verb)) if one.kind == "Person"]
    if not own or not people or not judge(parse, verb).is_event:
        return None
    return build(scene, Frame(verb, event_lexicon().verbs["say"][-1], roles={"agent": people}))


def _between(scene: Scene, start: int, end: int) -> int:
    """The verb of a clause of speaker and verb alone, before or after a quotation: "They were, *he went on*, “…”"."""
    parse = scene.parse
    for verb in range(start + 1, end - 1):
        subject = parse.child(verb, "nsubj")
        if parse.tag[verb] not in ("VBD", "VBZ", "VBP") or subject is None or not start < subject < verb:
            continue
        first = parse.subtree(subject)[0]
        last = verb + 1 + (parse.dep[verb + 1] in ("prt", "advmod"))
        if last == end or parse.word[last] not in (",", ":", ".") or parse.word[first - 1] not in _PARTING:
            continue
        if scene.quotes.at(parse.doc[verb].idx) is None and parse.subtree(subject)[1] == verb:
            return verb
    return -1


def _quotes_below(scene: Scene, token: int) -> list[Quote]:
    first, last = scene.parse.subtree(token)
    doc = scene.parse.doc
    return [
        quote
        for quote in scene.quotes.within(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        if quote.begin >= doc[first].idx
    ]


def note_speaker(scene: Scene, frame: Frame) -> None:
    """Remembers who was quoted last, for quotations that run on."""
    parse = scene.parse
    if frame.kind != "Statement" or scene.quotes.at(parse.doc[frame.token].idx) is not None:
        return
    start, end = parse.sentences[parse.sentence[frame.token]]
    if scene.quotes.within(parse.doc[start].idx, parse.doc[end - 1].idx + 1):
        scene.story.speaker = frame.roles.get("agent", [])


def _is_named_later(scene: Scene, quote: Quote) -> bool:
    """Whether who speaks is told where a quotation of several sentences ends: "“…. …,” *the minister said*"."""
    text = scene.parse.source
    after = text[quote.finish + 1 : quote.finish + _SOON].lstrip()
    return text[quote.finish - 1] in ",?!" or text[quote.finish + 1 : quote.finish + 2] == "," or after[:1].islower()


def quoted_on(scene: Scene, start: int, end: int) -> list[Event]:
    """A sentence that only goes on quoting is one more statement of the same speaker."""
    doc = scene.parse.doc
    begin, finish = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    quotes = scene.quotes.within(begin, finish)
    covered = sum(min(quote.finish, finish) - max(quote.begin, begin) for quote in quotes)
    if not quotes or not scene.story.speaker or covered < _MOSTLY * (finish - begin):
        return []
    if quotes[-1].finish > finish and _is_named_later(scene, quotes[-1]):
        return []
    trigger = event_lexicon().verbs["say"][-1]
    verb = next((index for index in range(start, end) if scene.parse.head[index] == index), start)
    frame = Frame(verb, trigger, roles={"agent": list(scene.story.speaker)})
    return [build(scene, frame)]
