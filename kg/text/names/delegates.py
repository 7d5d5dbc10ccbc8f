"""Where those are posted who represent a state abroad: at the United Nations, or in the state that receives them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kg.link.titles import Title
from kg.text.document import Holding, Referent
from kg.text.lexicon import words
from kg.text.names.complements import AGENTS_ABROAD
from kg.text.names.roll import belonging

if TYPE_CHECKING:
    from kg.text.names.office import Office
    from kg.text.names.offices import Offices
    from kg.text.names.pieces import Piece

_AT_THE_UN = "to the United Nations"
_ORGANS = ("United Nations Security Council", "United Nations General Assembly", "United Nations Human Rights Council")
_LEAD = 5  # sentences
_DONE_TO = frozenset({"dobj", "nsubjpass", "npadvmod"})
_RESIDENT = frozenset({"Ambassador", "High Commissioner", "Deputy Ambassador"})
_ACCREDITED = frozenset({"Ambassador", "Permanent Representative", "Deputy Permanent Representative", "Delegate"})
_RECEIVING = words("naming", "posts", "receiving")
_RECALLING = words("naming", "posts", "recalling")


class Delegates:
    """Completes the titles of ambassadors and delegates of one scene."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene

    def posted(self, office: Office, holder: Referent, title: Title) -> Title:
        """An ambassador without a post is the one to the state that receives him or, where it is spoken of, the UN."""
        if office.text == f"Envoy {_AT_THE_UN}":
            office.text = f"Ambassador {_AT_THE_UN}"
            return replace(title, role="Ambassador")
        if title.role not in AGENTS_ABROAD or " to " in office.text or " for " in office.text:
            return title
        if not office.organisations or any(o.kind != "State" for o in office.organisations):
            return title
        known = self._is_at_un(holder)
        acting = None if known else self._acting(office)
        if acting is None and (known or self._is_delegate(office)):
            noun = "Delegate" if office.text == "Delegate" and not known else "Ambassador"
            deputy = "Deputy " if office.text.startswith("Deputy") else ""
            office.text = f"{deputy}{noun} {_AT_THE_UN}"
            return replace(title, role="Ambassador")
        host = acting or (self._host(office) if office.text in _RESIDENT else None)
        if host is None or host in office.organisations:
            return title
        noun = "Ambassador" if office.text == "Envoy" else office.text
        office.text = f"{noun} to {self.offices.titles.destination([host])}"
        return replace(title, role="Ambassador")

    def at_un(self, office: Office) -> bool:
        """Whether the article has spoken of the United Nations or one of its organs by the end of the sentence."""
        end = self.scene.parse.sentences[self.offices.sentence(office)][1]
        spans = (s for s in self.scene.document.spans if s.root < end)
        return any("United Nations" in r.name for span in spans for r in span.referents)

    def finish(self) -> None:
        """Who speaks in a meeting of the United Nations for a state, "Ann Lee (Peru)", "Ann Lee of Peru", is there."""
        if not self.meets:
            return
        for piece in self.scene.pieces:
            person = piece.referents[0] if piece.referents else None
            if person is None or person.kind != "Person" or self.offices.by_holder.get(person.id):
                continue
            state = self._for_state(piece)
            if state is not None and (self._is_at_un(person) or not self.scene.people.offices(person)):
                text = f"Ambassador {_AT_THE_UN}"
                title = Title(text, "Ambassador")
                self.offices.keep(
                    Holding(piece.start, piece.end, title, text, person, state, title.role, confidence=0.7)
                )
                person.state = person.state or state

    @cached_property
    def meets(self) -> bool:
        """Whether the article begins with what the Security Council or General Assembly did."""
        here = self.scene.document.dateline
        if here is not None and here.name == "United Nations":
            return True
        sentences = self.scene.parse.sentences[:_LEAD]
        last = sentences[-1][1] if sentences else 0
        spans = (span for span in self.scene.document.spans if span.root < last)
        return any(referent.name in _ORGANS for span in spans for referent in span.referents)

    def _is_at_un(self, person: Referent) -> bool:
        """Whether the reference data knows a person as ambassador there at the article's date."""
        offices = self.scene.people.offices(person)
        return any(o.role == "Ambassador" and "United Nations" in o.title for o in offices)

    def _is_delegate(self, office: Office) -> bool:
        """Whether a bare title is that of a delegate to the United Nations in this article."""
        if office.text in _ACCREDITED:
            return self.at_un(office)
        sent = {"special", "personal", "peace"} & set(office.left.words)
        return office.text in ("Representative", "Envoy") and self.meets and not sent

    def _acting(self, office: Office) -> Referent | None:
        """The state that expels, summons or receives him, or the other of two where his own calls him home."""
        parse = self.scene.parse
        root = self.scene.root(office.piece.start, office.piece.end)
        while parse.dep[root] == "appos":
            root = parse.head[root]
        verb = parse.head[root]
        if parse.dep[root] not in _DONE_TO or not parse.is_verb(verb):
            return None
        lemma = parse.lemma[verb]
        particles = [parse.word[k] for k in parse.children(verb, "prt", "advmod") if abs(k - verb) < 3]
        forms = {lemma, *(f"{lemma} {particle}" for particle in particles)}
        after = self.scene.low[office.end : parse.sentences[parse.sentence[verb]][1]]
        if lemma in ("declare", "pronounce") and "persona" in after:
            forms.add("expel")
        if office.text not in _RESIDENT and not (
            office.text == "Envoy" and forms & (_RECALLING | words("naming", "posts", "expelling"))
        ):
            return None
        if forms & _RECALLING:
            return self._left(verb, office) or self._other(office)
        if not forms & _RECEIVING:
            return None
        label = "agent" if parse.dep[root] == "nsubjpass" else "nsubj"
        heads = list(parse.children(verb, label))
        if not heads and parse.dep[verb] == "pcomp":  # "answered by expelling"
            heads = list(parse.children(parse.head[parse.head[verb]], "nsubj"))
        if label == "agent":
            heads = [target for head in heads for target in parse.children(head, "pobj")]
        for head in heads:
            for referent in self.offices.holders.referents(head):
                state = self.offices.titles.state_of(referent)
                if state is not None and state not in office.organisations:
                    return state
        return None

    def _host(self, office: Office) -> Referent | None:
        """The state in which the sentence, else the article, has its scene, where it is not his own."""
        scene, titles = self.scene, self.offices.titles
        dateline = scene.document.dateline
        states = (
            titles.scene_state(office.begin),
            titles.state_of(dateline) if dateline else None,
            scene.home,
            scene.document.focus,
        )
        return next((s for s in states if s is not None and s not in office.organisations), None)

    def _left(self, verb: int, office: Office) -> Referent | None:
        """The state from which he is called home: "recalled its ambassador *from* Lima"."""
        scene = self.scene
        for index in range(verb + 1, scene.parse.sentences[scene.parse.sentence[verb]][1] - 1):
            piece = scene.after(index + 1) if scene.low[index] == "from" else None
            for referent in piece.referents if piece and piece.senses else ():
                state = self.offices.titles.state_of(referent)
                if state is not None and state not in office.organisations:
                    return state
        return None

    def _other(self, office: Office) -> Referent | None:
        """The state spoken of beside his own: that named next to it, or that of the article."""
        near = self.offices.tracker.salient(lambda r: r.kind == "State" and r not in office.organisations, office.begin)
        return near or self._host(office)

    def _for_state(self, piece: Piece) -> Referent | None:
        """The state in brackets after a name, or after "of" where its bearer is the subject."""
        scene = self.scene
        if scene.low[piece.end : piece.end + 1] == ["("]:
            inside = scene.after(piece.end + 1 + (scene.low[piece.end + 1 : piece.end + 2] == ["the"]))
            closed = inside is not None and scene.low[inside.end : inside.end + 1] == [")"]
            named = inside.referents if inside and closed and inside.senses and not inside.is_demonym() else ()
            return named[0] if named and named[0].kind == "State" else None
        if not scene.is_subject(scene.root(piece.start, piece.end)):
            return None
        state = belonging(scene, piece.end)[0] if scene.low[piece.end : piece.end + 1] == ["of"] else None
        return state if state is not None and state.kind == "State" else None
