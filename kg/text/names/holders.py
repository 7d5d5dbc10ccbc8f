"""Whose a title is: the person named beside it, apposed to it, or of whom it is predicated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.document import Referent
from kg.text.lexicon import words
from kg.text.parse import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.text.names.office import Office
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_AFTER = frozenset({"IN", "VBN", "VBG", "WP", "WDT", "-RRB-", "''"})
_CLOSING = frozenset(
    {",", ".", ";", ")", "and", "who", "whose", "-", "--", "–", "—", ":", "?", "!", '"', "”", "but", "as", "in", "on"}
)
_PREDICATES = words("naming", "predicates")
_MAKING = words("naming", "making")
_LEAVING = words("naming", "leaving")
_NAMING = words("naming", "namings")
_TEMPORAL = frozenset(
    {
        "now",
        "then",
        "currently",
        "formerly",
        "previously",
        "once",
        "until",
        "till",
        "recently",
        "today",
        "twice",
        "thrice",
    }
)
_PHRASE = 9  # tokens of what an office is of
_ONCE = frozenset({"formerly", "previously", "once", "until", "till", "twice", "thrice"})


class Holders:
    """Finds the persons whom titles belong to; ``ended`` keeps the offices read, by the token after them."""

    def __init__(self, scene: Scene, pronoun: Callable[[int], tuple[Referent, ...]]) -> None:
        self.scene = scene
        self.pronoun = pronoun
        self.ended: dict[int, tuple[Office, Referent]] = {}

    def holder(self, office: Office) -> tuple[Referent | None, int, int]:
        """The person named with the title, and the stretch that the two cover together."""
        scene = self.scene
        adjacent = scene.person_at(office.piece.end)
        if adjacent:
            return adjacent.referents[0], office.begin, adjacent.end
        if office.end > office.piece.end:
            beside = scene.person_at(office.end)
            if beside and (office.designate or office.explicit):
                return beside.referents[0], office.begin, beside.end
        if scene.low[office.end : office.end + 1] == [","] and scene.low[office.begin - 1] == "as":
            acting = self._predicated(office)  # "As president of Peru, X declared war"
            if acting:
                return acting, office.begin, office.end
        if scene.low[office.end : office.end + 1] == [","]:
            following = scene.person_at(self._past_nation(office.end + 1))
            if following and self.before(office) is None:
                return following.referents[0], office.begin, following.end
            titled = self._titled(office)
            if titled:
                return titled, office.begin, office.end
        named = self._is_named(office)
        if named:
            return named, office.begin, office.end
        before = self.before(office) or self._made(office)
        if before:
            return before, office.begin, office.end
        return self._predicated(office), office.begin, office.end

    def _titled(self, office: Office) -> Referent | None:
        """Who is named with another title after the comma: "its chairman, *President Ann Lee of Peru*"."""
        scene, index = self.scene, office.end + 1
        if not office.left.possessed or not office.explicit or office.left.possessors[:1] == ():
            return None
        nation = scene.after(index) if index < scene.parse.size else None
        if nation and nation.kind == "name" and nation.referents and nation.referents[0].kind == "State":
            index = nation.end + (scene.low[nation.end : nation.end + 1] in (["'s"], ["’s"]))
        title = scene.after(index) if index < scene.parse.size else None
        if title is None or title.kind != "title" or title.plural or title.pseudo:
            return None
        person = scene.person_at(title.end)
        return person.referents[0] if person and self.before(office) is None else None

    def _is_named(self, office: Office) -> Referent | None:
        """ "whose president *is X*", "The new minister *is X*": a name after a phrase that tells of what."""
        scene = self.scene
        head = scene.root(office.piece.start, office.piece.end)
        if scene.low[office.end : office.end + 1] != ["is"] or scene.parse.dep[head] not in SUBJECTS:
            return None
        piece = scene.person_at(office.end + 1) if office.left.definite or office.left.possessed else None
        return piece.referents[0] if piece else None

    def before(self, office: Office) -> Referent | None:
        """The person to whom the title is apposed: "X, the Y minister", "X, 54, Y's minister", "X (the minister)"."""
        scene, index = self.scene, self._past_adverbs(office)
        if index < 2:
            return None
        owners = (owner.kind for owner in office.left.possessors)
        another = scene.low[office.left.begin] in ("his", "her", "their") or "Person" in owners
        own = {o.id for o in office.organisations if o.kind == "State"}
        another = another or (bool(own) and office.left.definite and scene.low[office.end : office.end + 1] == [","])
        another = another and scene.person_at(min(office.end + 1, scene.parse.size)) is not None
        if scene.low[index - 1] == "and" and not another and (joined := self._joined(index - 1)):
            former, holder = joined
            if self._shares(office, former):
                office.organisations, office.explicit = former.organisations, former.explicit
            return holder
        if scene.low[index - 1] not in (",", "(", "-", "--", "–", "—"):
            return None
        end = index - 1
        if end >= 3 and scene.tag[end - 1] == "CD" and scene.low[end - 2] == ",":
            end -= 2
        other = scene.low[office.end : office.end + 1] == [","] and scene.person_at(
            min(office.end + 1, scene.parse.size)
        )
        piece = scene.before(end) if other else self._citizen(scene.before(end))
        if not piece or not piece.referents or piece.referents[0].kind != "Person":
            return None
        following = scene.low[office.end] if office.end < scene.parse.size else "."
        loose = office.left.determiner in ("a", "an") or office.end > office.piece.end
        if loose or following in _CLOSING or scene.low[index - 1] == "(" or scene.tag[office.end] in _AFTER:
            return piece.referents[0]
        return None

    def _citizen(self, piece: Piece | None) -> Piece | None:
        """The person whose state is named after him: "*Ann Lee* of Peru, the council's president"."""
        scene = self.scene
        if piece is None or not piece.referents or piece.referents[0].kind != "State" or piece.is_demonym():
            return piece
        of = piece.start - 1 - (scene.low[piece.start - 1] == "the")
        before = scene.before(of) if scene.low[of : of + 1] == ["of"] else None
        return before if before and before.referents and before.referents[0].kind == "Person" else piece

    def _past_nation(self, index: int) -> int:
        """Where the name begins after a nation and a rank: "the alliance's commander, *U.S.* General X"."""
        nation = self.scene.after(index) if index < self.scene.parse.size else None
        rank = self.scene.after(nation.end) if nation and nation.end < self.scene.parse.size else None
        ranked = nation is not None and rank is not None and rank.kind == "honorific" and nation.kind == "name"
        return rank.start if ranked and rank else index

    def _shares(self, office: Office, former: Office) -> bool:
        """Whether a second office is of what the first is: "minister of Chad and envoy", "of Chad and *its* envoy"."""
        bare = not office.organisations and office.left.determiner == "" and not office.left.possessed
        own = self.scene.low[office.left.begin] == "its"
        national = office.title.role.endswith("Minister") or office.title.national
        state = any(one.kind == "State" for one in former.organisations)
        return (bare or own) and bool(former.organisations) and (state or not national)

    def _joined(self, conjunction: int) -> tuple[Office, Referent] | None:
        """The office and holder that a phrase before "and" told, whatever it is of: "chief of the rebels *and* …"."""
        scene = self.scene
        for end in range(conjunction, max(conjunction - _PHRASE, 0), -1):
            if end in self.ended:
                return self.ended[end]
            person = scene.person_at(end - 1) or scene.before(end)
            if person and person.referents and person.referents[0].kind == "Person":
                return None
            if scene.low[end - 1] in (",", ".", ";", "(", "who") or scene.parse.is_verb(end - 1):
                return None
        return None

    def _past_adverbs(self, office: Office) -> int:
        """Where the phrase begins with what tells since or until when: "X, *until now* the president of"."""
        scene, index = self.scene, office.begin
        while index > 2 and scene.low[index - 1] in _TEMPORAL:
            index -= 1
        if set(scene.low[index : office.begin]) & _ONCE:
            office.former = True
        return index if scene.low[index - 1] in (",", "(", "-", "--", "–", "—") else office.begin

    def _made(self, office: Office) -> Referent | None:
        """ "elected Maria Popescu president of Romania": a name, then a bare title, after a verb of making."""
        scene = self.scene
        piece = scene.before(office.begin)
        if not piece or not piece.referents or piece.referents[0].kind != "Person" or office.left.definite:
            return None
        verbs = (scene.parse.lemma[i] for i in range(max(piece.start - 4, 0), piece.start) if scene.parse.is_verb(i))
        return piece.referents[0] if any(verb in _MAKING for verb in verbs) else None

    def _predicated(self, office: Office) -> Referent | None:
        """The subject of "is", "became", "was appointed", "serves as"; the object of "appointed X as"."""
        scene, parse = self.scene, self.scene.parse
        head = scene.root(office.piece.start, office.piece.end)
        dep, verb = parse.dep[head], parse.head[head]
        if dep == "pobj" and parse.word[verb] == "as":
            as_, verb = verb, parse.head[verb]
            found = self._named_as(office, verb) or self._acting_as(office, as_)
            if found:
                return found
        elif dep not in ("attr", "oprd", "ccomp", "xcomp", "acomp") and (dep, parse.word[verb]) != ("dobj", "acting"):
            return None
        over = parse.lemma[verb] == "take" and any(parse.word[kid] == "over" for kid in parse.kids[verb])
        if not parse.tag[verb].startswith("VB") or not (parse.lemma[verb] in _PREDICATES or over):
            return None
        self._tense(office, verb)
        self._appointer(office, verb)
        mirrored = self._himself(verb) or self._object(office, verb)
        if mirrored is not None:
            return mirrored
        labels = ("dobj",) if parse.lemma[verb] in _MAKING and not parse.is_passive(verb) else ("nsubj", "nsubjpass")
        for kid in parse.children(verb, *labels):
            for referent in self.referents(kid):
                if referent.kind == "Person" and not referent.members:
                    return referent
            for apposed in parse.children(kid, "appos") if labels == ("dobj",) else ():
                for referent in self.referents(apposed):  # "swore in a surgeon, Ann Lee, as"
                    if referent.kind == "Person" and not referent.members:
                        return referent
        return self._antecedent(verb)

    def _object(self, office: Office, verb: int) -> Referent | None:
        """Whom somebody makes it, where an aside names him: "swore in a nurse, *Ann Lee*, as", "*whom* they chose"."""
        parse, scene = self.scene.parse, self.scene
        if parse.lemma[verb] not in _MAKING or parse.is_passive(verb):
            return None
        as_ = office.begin - 1 if scene.low[office.begin - 1] == "as" else office.begin
        named = scene.before(as_ - 1) if scene.low[as_ - 1 : as_] == [","] else None
        if named and named.start > verb and named.referents and named.referents[0].kind == "Person":
            return named.referents[0]
        whom = any(parse.word[kid] in ("whom", "who") for kid in parse.children(verb, "dobj"))
        return self._antecedent(verb) if whom else None

    def _himself(self, verb: int) -> Referent | None:
        """ "X had *himself* sworn in as president": he is the subject of the verb above."""
        parse = self.scene.parse
        if not any(
            parse.word[kid] in ("himself", "herself") for kid in parse.children(verb, "nsubj", "nsubjpass", "dobj")
        ):
            return None
        above = parse.head[verb] if parse.lemma[parse.head[verb]] in ("have", "get") else verb
        for kid in (*parse.children(above, "nsubj"), *parse.children(parse.head[above], "nsubj")):
            for referent in self.referents(kid):
                if referent.kind == "Person" and not referent.members and parse.word[kid] not in ("himself", "herself"):
                    return referent
        return None

    def _named_as(self, office: Office, owner: int) -> Referent | None:
        """ "the appointment of X *as* president", "elected X *as* president", "as" hung on the name or noun."""
        parse = self.scene.parse
        people = [r for r in self.referents(owner) if r.kind == "Person" and not r.members]
        governor = parse.head[parse.head[owner]] if parse.dep[owner] == "pobj" else parse.head[owner]
        if people and parse.lemma[governor] in _MAKING | _NAMING:
            office.former = office.former or parse.lemma[governor] in _LEAVING
            return people[0]
        if parse.is_verb(owner):  # "delayed the appointment of X as": the parser may hang "as" on the verb
            owner = next((k for k in parse.children(owner, "dobj", "nsubj") if parse.lemma[k] in _NAMING), owner)
        if parse.lemma[owner] not in _NAMING or not parse.is_noun(owner):
            return None
        fillers = [*parse.children(owner, "poss")]
        for kid in parse.children(owner, "prep"):
            fillers.extend(parse.children(kid, "pobj") if parse.word[kid] == "of" else ())
        named = [r for filler in fillers for r in self.referents(filler) if r.kind == "Person" and not r.members]
        return named[0] if named else None

    def _acting_as(self, office: Office, as_: int) -> Referent | None:
        """ "*As* president, X declared war": an office that the subject holds, or held then."""
        parse, verb = self.scene.parse, self.scene.parse.head[as_]
        subject = parse.child(verb, "nsubj", "nsubjpass")
        if subject is None or as_ > subject or office.left.determiner:
            return None
        people = [r for r in self.referents(subject) if r.kind == "Person" and not r.members]
        people = people or list(self.pronoun(subject)) if parse.tag[subject] == "PRP" else people
        if not people:
            return None
        held = {o.role for o in self.scene.people.offices(people[0])}
        office.former = office.former or (parse.tag[verb] == "VBD" and office.title.role not in held)
        return people[0]

    def _appointer(self, office: Office, verb: int) -> None:
        """ "was appointed mediator by the African Union": the office is there."""
        parse = self.scene.parse
        for kid in parse.kids[verb]:
            if parse.dep[kid] == "agent" and not office.organisations:
                for target in parse.children(kid, "pobj"):
                    found = [r for r in self.referents(target) if r.kind == "IntergovernmentalOrganisation"]
                    office.organisations = office.organisations or tuple(found)

    def referents(self, index: int) -> tuple[Referent, ...]:
        span = self.scene.document.by_root.get(index)
        return span.referents if span else ()

    def _antecedent(self, verb: int) -> Referent | None:
        """The subject of a relative clause or of a governing verb: "X, who served as", "X was sworn in as"."""
        parse = self.scene.parse
        if parse.dep[verb] in ("relcl", "acl", "xcomp", "conj", "advcl"):
            head = parse.head[verb]
            apposed = [parse.head[head]] if parse.dep[verb] == "relcl" and parse.dep[head] == "appos" else []
            kids = [head, *parse.children(head, "nsubj", "nsubjpass"), *apposed]
            for kid in kids:
                for referent in self.referents(kid):
                    if referent.kind == "Person" and not referent.members:
                        return referent
        return None

    def _tense(self, office: Office, verb: int) -> None:
        parse = self.scene.parse
        if parse.lemma[verb] in (_LEAVING | _MAKING | {"become", "swear", "inaugurate"}):
            office.verb = verb
        if parse.lemma[verb] in _LEAVING or (parse.lemma[verb] == "replace" and parse.is_passive(verb)):
            office.former = True
        elif parse.lemma[verb] in ("nominate", "propose", "designate") or self._to_come(verb):
            office.designate = True
        elif parse.lemma[verb] in ("be", "serve") and parse.tag[verb] in ("VBD", "VBN") and not parse.is_passive(verb):
            over = parse.lemma[verb] == "be" and parse.dep[verb] == "relcl" and parse.tag[verb] == "VBD"
            office.former = office.former or parse.lemma[verb] == "serve" or over

    def _to_come(self, verb: int) -> bool:
        """Whether somebody only is to have the office: "is to become president", "will become president"."""
        parse = self.scene.parse
        if parse.lemma[verb] != "become" or parse.tag[verb] != "VB":
            return False
        to_be = parse.dep[verb] == "xcomp" and parse.word[parse.head[verb]] in ("is", "are")
        return to_be or any(parse.word[kid] in ("will", "'ll", "shall") for kid in parse.kids[verb])

    def beside(self, office: Office) -> Referent | None:
        scene = self.scene
        for index in (office.piece.end, office.end, office.end + 1):
            if index in (office.piece.end, office.end) or scene.low[office.end : office.end + 1] == [","]:
                person = scene.person_at(index)
                if person:
                    return person.referents[0]
        return self.before(office)
