"""Offices told by who had them before or has them after: "his predecessor, X", "whom she succeeded"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.link.titles import Title
from kg.text.names.office import Office
from kg.text.names.phrases import modifiers
from kg.text.names.titles import LEADING

if TYPE_CHECKING:
    from kg.text.document import Holding, Referent
    from kg.text.names.offices import Offices
    from kg.text.names.pieces import Piece

_FOLLOWING = frozenset({"succeed", "replace", "take"})
_POSTS = frozenset({"chair", "post", "job", "office", "role", "presidency", "premiership", "palace"})


@dataclass(frozen=True, slots=True)
class _Turn:
    """One person after another in an office, told by the verb at ``index``."""

    index: int
    later: Referent
    earlier: Referent


class Succession:
    """Reads who follows whom in one scene; what verbs tell is settled when all offices are read."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.scene = offices.scene
        self.turns: list[_Turn] = []

    def title(self, piece: Piece) -> None:
        """ "His successor, Nana Asare", "one of her predecessors, X": the same office, earlier or later."""
        left = modifiers(self.scene, piece.start)
        office = Office(piece, left, left.begin, self._past_post(piece.end), Title("", ""), "")
        owners = self._beside(office) or [p for p in left.possessors if p.kind == "Person"]
        holder = self.offices.holders.beside(office) or self._titled(office.end)
        chairing = office.end > piece.end and self.scene.low[office.end - 1].startswith("chair")
        model = self._last_office(owners[0], chairing) if owners and holder and owners[0] is not holder else None
        if holder is None or model is None:
            return
        office.title, office.text, office.organisations, office.explicit = (
            model.title,
            model.text,
            (model.organisation,),
            True,
        )
        office.former = piece.pseudo == "predecessor"
        office.designate = not office.former and not model.former
        self.offices.hold(office, holder, 0.8)
        self.offices.mention((holder,), office)
        self.offices.holders.ended[office.end] = (office, holder)

    def verb(self, index: int) -> None:
        """Takes note of "X succeeds Y", "X was replaced by Y", "X, whom Y succeeded", "X takes over from Y"."""
        parse, leading = self.scene.parse, self.offices.leading
        if parse.lemma[index] not in _FOLLOWING:
            return
        if parse.lemma[index] == "take":
            later, earlier = leading.leads(index)[0], self._from_whom(index)
        elif parse.is_passive(index):
            later, earlier = leading.led_by(index)
        else:
            later, earlier = leading.leads(index)
            earlier = earlier or self._whom(index)
        later = [p for p in later if p.kind == "Person" and not p.members]
        earlier = [p for p in earlier if p.kind == "Person" and not p.members]
        if later and earlier and later[0] is not earlier[0]:
            self.turns.append(_Turn(index, later[0], earlier[0]))

    def finish(self) -> None:
        """Gives each of two in turn the office that is told of the other."""
        for turn in self.turns:
            held, had = self._told(turn.later, turn.index), self._told(turn.earlier, turn.index)
            if held is not None:
                former = not held.designate
                text = held.text if former else held.title.text
                self._keep(replace(held, text=text, former=former, designate=False), turn.earlier, turn.index)
            elif had is not None and self.scene.parse.lemma[turn.index] != "take":
                self._keep(replace(had, former=False), turn.later, turn.index)

    def _keep(self, holding: Holding, person: Referent, index: int) -> None:
        told = self.offices.by_holder.get(person.id, ())
        if not any(h.role == holding.role and h.organisation is holding.organisation for h in told):
            self.offices.keep(replace(holding, start=index, end=index + 1, holder=person, verb=-1))

    def _told(self, person: Referent, index: int) -> Holding | None:
        """The office told of a person last, by the end of the sentence."""
        end = self.scene.parse.sentences[self.scene.parse.sentence[index]][1]
        held = [h for h in self.offices.by_holder.get(person.id, ()) if not h.former and h.start < end]
        return held[-1] if held else None

    def _from_whom(self, index: int) -> list[Referent]:
        """Y of "takes over from Y", "takes the chair from Y"; nobody where something else is taken."""
        parse = self.scene.parse
        over = any(parse.word[kid] == "over" for kid in parse.children(index, "prt", "advmod", "prep"))
        if not over and not any(parse.lemma[kid] in _POSTS for kid in parse.children(index, "dobj")):
            return []
        sources = [k for k in parse.kids[index] if parse.word[k] == "from"]
        return self.offices.leading.all([t for k in sources for t in parse.children(k, "pobj")])

    def _whom(self, index: int) -> list[Referent]:
        """X of "X, whom she succeeded"."""
        parse = self.scene.parse
        if parse.dep[index] != "relcl" or not any(
            parse.word[k] in ("whom", "who") for k in parse.children(index, "dobj")
        ):
            return []
        return self.offices.leading.all([parse.head[index]])

    def _beside(self, office: Office) -> list[Referent]:
        """Whose predecessor it is where he is named before "and": "met Ann Lee and *her* predecessor"."""
        parse, begin = self.scene.parse, office.begin
        noun = office.piece.start
        if begin < 1 or self.scene.low[begin] not in ("his", "her") or self.scene.low[begin - 1] != "and":
            return []
        if parse.dep[noun] != "conj":
            return []
        told = self.offices.holders.referents(parse.head[noun])
        return [p for p in told if p.kind == "Person" and not p.members][:1]

    def _titled(self, end: int) -> Referent | None:
        """Who is named after a comma and his title: "her predecessor, *President Ann Lee*"."""
        start = end + (self.scene.low[end : end + 1] == [","])
        person = self.scene.person_at(min(self.offices.titles.past_titles(start), self.scene.parse.size))
        return person.referents[0] if person else None

    def _past_post(self, end: int) -> int:
        """The end of "successor in the chair", "predecessor in that post"."""
        low = self.scene.low
        return end + 3 if low[end : end + 1] == ["in"] and set(low[end + 2 : end + 3]) & _POSTS else end

    def _last_office(self, person: Referent, chairing: bool) -> Holding | None:
        """The office of a person that somebody else has after or had before: the highest told, else known."""
        held = self.offices.by_holder.get(person.id, [])
        high = [h for h in held if (h.role == "HeadOfOrganisation" if chairing else h.role in LEADING)] or held
        return high[-1] if high else self.offices.several.model(person)
