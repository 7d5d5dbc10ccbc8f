"""Titles in the text: whose they are, in which organisation, and whether still held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.link.titles import Title, titled
from kg.text.document import Holding, Referent, Span
from kg.text.names.phrases import Modifiers, modifiers

if TYPE_CHECKING:
    from kg.text.coref import Tracker
    from kg.text.names.pieces import Piece
    from kg.text.names.scene import Scene

_HEADS = frozenset({"HeadOfState", "HeadOfGovernment", "Monarch"})
_LEADING = ("HeadOfState", "Monarch", "HeadOfGovernment", "Leader")
_UNIQUE = frozenset(
    {"HeadOfState", "HeadOfGovernment", "Monarch", "ForeignMinister", "SecretaryGeneral", "DefenceMinister"}
)
_AGENTS_ABROAD = frozenset({"Ambassador", "Envoy", "Diplomat"})
_NATIONAL = frozenset({"DeputyHeadOfState", "DeputyHeadOfGovernment", "Minister", "DeputyMinister"}) | _HEADS
_MINISTERIAL = ("Minister", "Secretary", "Chancellor")
_COMPLEMENT = frozenset({"of", "for", "at", "in", "to"})
_AFTER = frozenset({"IN", "VBN", "VBG", "WP", "WDT", "-RRB-", "''"})
_CLOSING = frozenset(
    {",", ".", ";", ")", "and", "who", "whose", "-", "--", "–", "—", ":", "?", "!", '"', "”", "but", "as", "in", "on"}
)
UNITED_NATIONS = "organisation/united-nations"


@dataclass(slots=True)
class Office:
    """A title with its phrase, from ``begin`` to ``end``, and the organisations that the phrase names."""

    piece: Piece
    left: Modifiers
    begin: int
    end: int
    title: Title
    text: str
    organisations: tuple[Referent, ...] = ()
    former: bool = False
    designate: bool = False
    explicit: bool = False


class Offices:
    """Reads the titles of one scene in order."""

    def __init__(self, scene: Scene, tracker: Tracker) -> None:
        self.scene = scene
        self.tracker = tracker
        self.by_holder: dict[int, list[Holding]] = {}
        self.named = {p.id for p in scene.people.all}
        self.ended: dict[int, tuple[Office, Referent]] = {}
        self.describe: Callable[[int], tuple[Referent, ...]] = lambda index: ()

    def read(self, piece: Piece) -> None:
        """Resolves one title: records the office where its holder is told, and the mention."""
        if piece.pseudo:
            self._counterpart(piece)
            return
        office = self._office(piece)
        if piece.plural:
            self._plural(office)
            return
        holder, start, end = self._holder(office)
        if holder is not None:
            self._hold(office, holder)
            self._mention((holder,), office)
            self.scene.ending[end] = Span(start, end, self.scene.root(start, end), (holder,))
            self.ended[office.end] = (office, holder)
            return
        described = self._described(office)
        if described:
            self._mention((described,), office)
            if not office.former and not self._told(office, described):
                self._hold(office, described, 0.8)
            self.ended[office.end] = (office, described)

    def _told(self, office: Office, person: Referent) -> bool:
        """Whether an office that the description may mean is recorded already, or the description is too vague."""
        held = [h for h in self.by_holder.get(person.id, ()) if not h.former]
        if office.explicit:
            return any(h.organisation in office.organisations for h in held)
        return bool(held) or office.title.role not in _UNIQUE

    # -- the phrase --------------------------------------------------------------------------------------------------

    def _office(self, piece: Piece) -> Office:
        scene, title = self.scene, piece.title or Title("", "")
        left = modifiers(scene, piece.start)
        office = Office(piece, left, left.begin, piece.end, title, title.text)
        office.former = bool(scene.titles.modifiers["former"] & set(left.words)) or "ex" in left.words
        office.designate = bool(scene.titles.modifiers["designate"] & set(left.words))
        if title.text.endswith("Minister") and title.role in ("Minister", "DeputyMinister"):
            self._portfolio(office)
        after = scene.low[office.end : office.end + 2]
        if after[:1] == ["-"] and after[1:] and after[1] in ("elect", "designate"):
            office.end, office.designate = office.end + 2, True
        elif after[:1] and after[0] in ("designate", "elect", "nominee"):
            office.end, office.designate = office.end + 1, True
        organisations = self._inside(office)
        complement = self._complement(office)
        parties = [o for o in organisations if o.kind == "PoliticalParty" and complement]
        office.organisations = tuple((*complement, *parties) if complement else organisations)
        office.explicit = bool(office.organisations)
        return office

    def _portfolio(self, office: Office) -> None:
        """A portfolio that the lexicon does not list: "the fisheries and forests minister"."""
        scene, start = self.scene, office.piece.start
        while start and scene.tag[start - 1] in _PORTFOLIO_TAGS and scene.low[start - 1] not in scene.titles.modifying:
            piece = scene.at[start - 1]
            if piece and piece.kind != "run":
                break
            start -= 1
        words = scene.low[start : office.piece.start]
        while words and words[0] in ("and", ",", "-"):
            words = words[1:]
        if words and office.title.text == "Minister":
            office.text = f"{titled(words)} Minister"

    def _inside(self, office: Office) -> list[Referent]:
        """The organisations named before the title: "Chinese Foreign Ministry", "the MDC", "its"."""
        left = office.left
        self._possessor(office)
        states = [*left.states, *(self.state_of(p) for p in left.possessors if p.kind != "Place")]
        named = [s for s in states if s is not None]
        if office.title.body and named:
            return [self.scene.named("GovernmentBody", office.title.body.format(state=named[0].name), named[0])]
        if left.ministry:
            return [self.ministry(left.ministry, self._first_state(named, office))]
        actors = [a for a in left.actors if not (office.title.role == "Ambassador" and a.key == UNITED_NATIONS)]
        if len(actors) < len(left.actors):
            office.text = f"{office.text} to the United Nations"
        for possessor in left.possessors:
            if possessor.kind not in ("State", "Person", "Place"):
                actors.append(possessor)
        if actors:
            return actors
        for word in left.words:
            if word in ("government", "military", "army", "police", "parliament", "opposition", "party", "rebel"):
                office.text = titled([word, office.text]) if office.title.role in ("Leader",) else office.text
        return list(dict.fromkeys(named))

    def _possessor(self, office: Office) -> None:
        """Takes "its" for a state before "foreign minister", and for an organisation before "secretary-general"."""
        left, role = office.left, office.title.role
        if len(left.possessors) != 1 or self.scene.low[left.begin] != "its":
            return
        national = role in _NATIONAL or role.endswith("Minister")
        kinds = frozenset({"State"}) if national else _BODY_KINDS if role == "SecretaryGeneral" else frozenset()
        if kinds and left.possessors[0].kind not in kinds and left.possessors[0].kind != "Person":
            found = self.tracker.salient(lambda r: r.kind in kinds, left.begin)
            left.possessors = (found,) if found else left.possessors

    def _first_state(self, named: list[Referent], office: Office) -> Referent | None:
        return named[0] if named else self.context_state(office.begin)

    def ministry(self, portfolio: str, state: Referent | None) -> Referent:
        """The ministry of a state for a portfolio; that of nobody in particular where the state is unknown."""
        if state and state.key == "state/united-states" and portfolio == "Foreign Affairs":
            return self.scene.named("GovernmentBody", "United States Department of State", state)
        if state and state.key == "state/united-states" and portfolio == "Defence":
            return self.scene.named("GovernmentBody", "United States Department of Defense", state)
        of = f" of {state.name}" if state else ""
        return self.scene.named("GovernmentBody", f"Ministry of {portfolio}{of}", state)

    def context_state(self, index: int) -> Referent | None:
        """The state that a bare institution belongs to: the dateline's, else the one that the article is about."""
        document = self.scene.document
        subject = self._subject_state(index) or self.scene_state(index)
        return subject or (self.state_of(document.dateline) if document.dateline else None) or document.focus

    def scene_state(self, index: int) -> Referent | None:
        """The state of the city where the sentence sets its scene: "In Dhaka, the government said"."""
        start, _ = self.scene.parse.sentences[self.scene.parse.sentence[index]]
        for piece in (self.scene.after(start + 1), self.scene.after(start + 2)):
            if piece and piece.referents and self.scene.low[start] in ("in", "from", "at") and piece.start < index:
                return self.state_of(piece.referents[0])
        return None

    def _subject_state(self, index: int) -> Referent | None:
        """The state that is the subject earlier in the sentence: "Iran urged it, a foreign ministry official said"."""
        sentence = self.scene.parse.sentence[index]
        for seen in reversed(self.tracker.seen):
            if seen.sentence != sentence:
                return None
            if seen.subject and seen.index < index and len(seen.referents) == 1 and seen.referents[0].kind == "State":
                return seen.referents[0]
        return None

    def state_of(self, referent: Referent) -> Referent | None:
        """The state itself, or that of a person's office, of a body or of a place."""
        if referent.kind == "State":
            return referent
        if referent.state is None and referent.kind == "Person":
            for held in self.scene.people.offices(referent):
                record = self.scene.reference.records.get(held.organisation)
                if record and record.kind == "State":
                    referent.state = self.scene.known(record)
                    break
            else:
                led = self.scene.people.state_of_name(referent.name) if " " not in referent.name else ""
                referent.state = self.scene.known(self.scene.reference.records[led]) if led else None
        return referent.state

    def _complement(self, office: Office) -> list[Referent]:
        """What follows "of", "for", "to" or "at": the organisation, or for envoys the place they are sent to."""
        scene, index = self.scene, office.end
        if index >= scene.parse.size or scene.low[index] not in _COMPLEMENT:
            return []
        preposition, start = scene.low[index], index + 1
        while start < scene.parse.size and (
            scene.low[start] in ("the", "its", "a") or scene.tag[start] in ("JJ", "VBG", "NN", "CD")
        ):
            piece = scene.after(start)
            if piece and piece.kind in ("name", "run", "ministry", "title"):
                break
            if scene.document.by_root.get(start) and scene.tag[start] != "DT":
                break
            start += 1
        referents, end = self._named_at(start)
        if not referents or scene.low[end : end + 1] in (["'s"], ["’s"]) or referents[0].kind == "Person":
            deeper, after = self._noun_after(office.end)
            if deeper or not referents or referents[0].kind == "Person":
                referents, end = deeper, after
        if not referents:
            return []
        if office.title.role in _AGENTS_ABROAD and preposition in ("to", "for", "in"):
            capital = referents[0].state if self._is_capital(referents[0]) else None
            if office.title.role == "Ambassador" and capital:
                preposition, referents = "to", [capital]
            office.text = f"{office.text} {preposition} {self._destination(referents)}"
            office.end = end
            return []
        if preposition in ("to", "in") and referents[0].kind != "State":
            return []
        if all(r.kind in ("Person", "Document") for r in referents):
            return []
        office.end = end
        if referents[0].name.startswith("General Staff"):
            office.text = f"{office.text} of the General Staff"
        return [r if r.kind != "Place" else (r.state if self._is_capital(r) else r) or r for r in referents]

    def _noun_after(self, index: int) -> tuple[list[Referent], int]:
        """The organisation meant by a common noun after "of": "of the alliance", "of Russia's general staff"."""
        scene = self.scene
        for target in scene.parse.children(index, "pobj"):
            if scene.at[target] is None and scene.tag[target] in ("NN", "NNP"):
                found = [r for r in self.describe(target) if r.kind in _BODY_KINDS or r.kind == "State"]
                if found:
                    return found, target + 1
        return [], index

    def _is_capital(self, place: Referent) -> bool:
        record = self.scene.reference.records.get(place.key)
        return bool(record and record.group == "capital")

    def _destination(self, referents: list[Referent]) -> str:
        name = referents[0].name
        plural = self.scene.document.article.text.find(f"the {name}") >= 0
        article = "the " if plural or name.startswith(("United", "European", "African", "Arab League")) else ""
        return f"{article}{name}"

    def _named_at(self, index: int) -> tuple[list[Referent], int]:
        """The referents of the phrase that begins at ``index``, coordination included, and its end."""
        scene, found = self.scene, []
        end = index
        while index < scene.parse.size:
            piece = scene.after(index)
            if piece and piece.kind == "ministry":
                found.append(self.ministry(piece.text, None))
                end = piece.end
            elif piece and piece.referents and piece.kind in ("name", "run"):
                if piece.is_demonym():
                    nested = self.scene.after(piece.end)
                    if nested and nested.kind == "ministry":
                        return [self.ministry(nested.text, piece.referents[0])], nested.end
                    break
                found.extend(piece.referents)
                end = piece.end
                if end + 1 < scene.parse.size and scene.low[end] in ("'s", "’s"):
                    inner = scene.after(end + 1)
                    if inner and inner.referents and inner.kind in ("name", "run"):
                        found[-1:] = inner.referents
                        end = inner.end
            else:
                span = scene.document.by_root.get(index)
                if not span or found:
                    break
                return [r for r in span.referents if r.kind != "Person"], span.end
            if end < scene.parse.size and scene.low[end] in (",", "and") and not self._person_follows(end + 1):
                index = end + 1
                if scene.low[end] == "," and scene.low[index] == "and":
                    index += 1
                if scene.low[index] == "the":
                    index += 1
            else:
                break
        return found, end

    def _person_follows(self, index: int) -> bool:
        return self.scene.person_at(index) is not None

    # -- the holder --------------------------------------------------------------------------------------------------

    def _holder(self, office: Office) -> tuple[Referent | None, int, int]:
        """The person named with the title, and the stretch that the two cover together."""
        scene = self.scene
        adjacent = scene.person_at(office.piece.end)
        if adjacent:
            return adjacent.referents[0], office.begin, adjacent.end
        if office.end > office.piece.end:
            beside = scene.person_at(office.end)
            if beside and office.designate:
                return beside.referents[0], office.begin, beside.end
        if scene.low[office.end : office.end + 1] == [","]:
            following = scene.person_at(office.end + 1)
            if following and self._person_before(office) is None:
                return following.referents[0], office.begin, following.end
        before = self._person_before(office) or self._made(office)
        if before:
            return before, office.begin, office.end
        return self._predicated(office), office.begin, office.end

    def _person_before(self, office: Office) -> Referent | None:
        """The person to whom the title is apposed: "X, the Y minister", "X, 54, Y's minister", "X (the minister)"."""
        scene, index = self.scene, office.begin
        if index < 2:
            return None
        if scene.low[index - 1] == "and" and index - 1 in self.ended:
            former, holder = self.ended[index - 1]
            if not office.organisations and office.left.determiner == "" and not office.left.possessed:
                office.organisations, office.explicit = former.organisations, former.explicit
            return holder
        if scene.low[index - 1] not in (",", "(", "-", "--", "–", "—"):
            return None
        end = index - 1
        if end >= 3 and scene.tag[end - 1] == "CD" and scene.low[end - 2] == ",":
            end -= 2
        piece = scene.before(end)
        if not piece or not piece.referents or piece.referents[0].kind != "Person":
            return None
        following = scene.low[office.end] if office.end < scene.parse.size else "."
        loose = office.left.determiner in ("a", "an") or office.end > office.piece.end
        if loose or following in _CLOSING or scene.low[index - 1] == "(" or scene.tag[office.end] in _AFTER:
            return piece.referents[0]
        return None

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
            verb = parse.head[verb]
        elif dep not in ("attr", "oprd", "ccomp", "xcomp"):
            return None
        if not parse.tag[verb].startswith("VB") or parse.lemma[verb] not in _PREDICATES:
            return None
        self._tense(office, verb)
        self._appointer(office, verb)
        labels = ("dobj",) if parse.lemma[verb] in _MAKING and not parse.is_passive(verb) else ("nsubj", "nsubjpass")
        for kid in parse.children(verb, *labels):
            for referent in self._referents(kid):
                if referent.kind == "Person" and not referent.members:
                    return referent
        return self._antecedent(verb)

    def _appointer(self, office: Office, verb: int) -> None:
        """ "was appointed mediator by the African Union": the office is there."""
        parse = self.scene.parse
        for kid in parse.kids[verb]:
            if parse.dep[kid] == "agent" and not office.organisations:
                for target in parse.children(kid, "pobj"):
                    found = [r for r in self._referents(target) if r.kind == "IntergovernmentalOrganisation"]
                    office.organisations = office.organisations or tuple(found)

    def _referents(self, index: int) -> tuple[Referent, ...]:
        span = self.scene.document.by_root.get(index)
        return span.referents if span else ()

    def _antecedent(self, verb: int) -> Referent | None:
        """The subject of a relative clause or of a governing verb: "X, who served as", "X was sworn in as"."""
        parse = self.scene.parse
        if parse.dep[verb] in ("relcl", "acl", "xcomp", "conj", "advcl"):
            head = parse.head[verb]
            kids = [head, *parse.children(head, "nsubj", "nsubjpass")]
            for kid in kids:
                for referent in self._referents(kid):
                    if referent.kind == "Person" and not referent.members:
                        return referent
        return None

    def _tense(self, office: Office, verb: int) -> None:
        parse = self.scene.parse
        if parse.lemma[verb] in _LEAVING:
            office.former = True
        elif parse.lemma[verb] in ("nominate", "propose", "designate"):
            office.designate = True
        elif parse.lemma[verb] in ("be", "serve") and parse.tag[verb] in ("VBD", "VBN") and not parse.is_passive(verb):
            office.former = office.former or parse.lemma[verb] == "serve"

    # -- records -----------------------------------------------------------------------------------------------------

    def _hold(self, office: Office, holder: Referent, confidence: float = 0.9) -> None:
        """Records that ``holder`` holds the office, once the organisation is known."""
        self._affiliate(office, holder)
        title = self._settled(office, holder)
        if not title.person or not office.organisations:
            return
        for organisation in office.organisations:
            if organisation is holder:
                continue
            role = title.role if organisation.kind == "State" or not title.body_role else title.body_role
            text = office.text
            holding = Holding(
                office.begin,
                office.end,
                title,
                text,
                holder,
                organisation,
                role,
                office.former,
                office.designate,
                confidence,
            )
            self._keep(holding)
            if organisation.kind == "State" and holder.state is None:
                holder.state = organisation
            elif holder.state is None and organisation.state is not None:
                holder.state = organisation.state

    def _affiliate(self, office: Office, holder: Referent) -> None:
        """ "The Republican speaker": he belongs to the party, but his office is not in it."""
        parties = [o for o in office.organisations if o.kind == "PoliticalParty"]
        if not parties or office.title.role not in _PARTISAN:
            return
        office.organisations = tuple(o for o in office.organisations if o not in parties)
        office.explicit = bool(office.organisations)
        holder.state = holder.state or parties[0].state
        self.scene.document.affiliations.append((office.begin, holder, parties[0]))

    def _keep(self, holding: Holding) -> None:
        """Adds an office to those of its holder; an unclear title gives way to the same one in clear."""
        held = self.by_holder.setdefault(holding.holder.id, [])
        for other in held:
            if (other.organisation, other.former) == (holding.organisation, holding.former):
                if other.text == holding.text or (other.role == holding.role and other.text.endswith(holding.text)):
                    return
                if other.role == holding.role and holding.text.endswith(other.text):
                    other.text, other.title = holding.text, holding.title
                    return
        held.append(holding)
        self.scene.document.holdings.append(holding)

    def _settled(self, office: Office, holder: Referent) -> Title:
        """The title with its organisation filled in from the holder's identity, the title itself or the context."""
        title = office.title
        self._identify(office, holder)
        if title.at and not any(o.kind == "State" for o in office.organisations):
            record = self.scene.reference.records.get(title.at)
            office.organisations = (self.scene.known(record),) if record else office.organisations
        elif title.at and title.in_state:
            known = [o for o in self.scene.people.offices(holder) if o.role == "ForeignMinister"]
            office.text = known[0].title if known else title.in_state
            return replace(title, text=office.text, role="ForeignMinister")
        if not office.organisations:
            office.organisations = self._implied(office, holder)
        return self._abroad(office, holder, title)

    def _identify(self, office: Office, holder: Referent) -> None:
        """Uses office, organisation and date to find out who the holder is."""
        if office.former or office.designate:
            return
        people, role = self.scene.people, office.title.role
        organisation = office.organisations[0].key if len(office.organisations) == 1 else ""
        found = None
        for candidate in (role, *(("Monarch",) if role == "HeadOfState" else ())):
            found = found or people.by_office(holder.name, candidate, organisation)
        if found is None and role in ("Leader", "Envoy", "Diplomat") and organisation:
            for candidate in (*_LEADING, "Ambassador"):
                found = found or people.by_office(holder.name, candidate, organisation)
        if found:
            people.identify(holder, found.record, found.score)
        elif organisation and holder.score and self._contradicted(holder, organisation):
            people.forget(holder)

    def _contradicted(self, holder: Referent, organisation: str) -> bool:
        """Whether the person taken for the holder never held an office of this state."""
        record = self.scene.people.records.get(holder.id)
        offices = self.scene.reference.offices(record.key) if record else ()
        return (
            bool(offices) and organisation.startswith("state/") and all(o.organisation != organisation for o in offices)
        )

    def _implied(self, office: Office, holder: Referent) -> tuple[Referent, ...]:
        """The organisation of a bare title: by the holder's known offices, the title's own state, the context."""
        scene, title = self.scene, office.title
        own = scene.reference.offices(scene.people.records[holder.id].key) if holder.id in scene.people.records else ()
        for held in own:
            fits = held.role == title.role or (title.role == "HeadOfState" and held.role == "Monarch")
            if fits and (office.former or held.held(scene.date)):
                record = scene.reference.records.get(held.organisation)
                if record:
                    return (scene.known(record),)
        if title.state:
            state = scene.state(title.state)
            return (state,) if state else ()
        if title.role == "Spokesperson":
            near = self.tracker.salient(lambda r: r.kind in _BODY_KINDS or r.kind == "State", office.begin)
            return (near,) if near else ()
        if title.role == "Legislator" and holder.state:
            return (holder.state,)
        if title.role in _INTERNAL and not title.national:
            return ()
        if holder.state:
            return (holder.state,)
        led = scene.people.state_of_name(holder.name) if title.role in _HEADS else ""
        if led:
            return (scene.known(scene.reference.records[led]),)
        if title.national or title.role in _NATIONAL or title.role.endswith("Minister"):
            state = self._speaking_state(office)
            return (state,) if state else ()
        return ()

    def _speaking_state(self, office: Office) -> Referent | None:
        """The state of which a bare "the foreign minister" is one: that of the person or state last in focus."""
        return self.scene_state(office.begin) or self.scene.document.focus

    def _abroad(self, office: Office, holder: Referent, title: Title) -> Title:
        """An ambassador without a post is the one to the United Nations, where he is known or likely to be that."""
        if title.role not in ("Ambassador", "Envoy", "Diplomat") or " to " in office.text or " for " in office.text:
            return title
        known = any(o.role == "Ambassador" and "United Nations" in o.title for o in self.scene.people.offices(holder))
        state = bool(office.organisations) and all(o.kind == "State" for o in office.organisations)
        if state and (
            known or (office.text in ("Ambassador", "Permanent Representative", "Delegate") and self._at_un(office))
        ):
            noun = "Delegate" if office.text == "Delegate" and not known else "Ambassador"
            office.text = f"{noun} to the United Nations"
            return replace(title, role="Ambassador")
        return title

    def _at_un(self, office: Office) -> bool:
        """Whether the article has spoken of the United Nations or one of its organs by the end of the sentence."""
        end = self.scene.parse.sentences[self._sentence(office)][1]
        spans = (s for s in self.scene.document.spans if s.root < end)
        return any("United Nations" in r.name for span in spans for r in span.referents)

    def _mention(self, referents: tuple[Referent, ...], office: Office) -> None:
        """Records the description; the tokens of the title refer to its holder, too."""
        scene = self.scene
        span = scene.mention(
            office.begin, office.end, referents, "description", scene.root(office.piece.start, office.piece.end)
        )
        for index in range(office.piece.start, office.piece.end):
            scene.document.by_root.setdefault(index, span)
        self.tracker.note(span.root, referents)

    # -- descriptions ------------------------------------------------------------------------------------------------

    def _described(self, office: Office) -> Referent | None:
        """Whom "the Russian president" or "the minister" means."""
        title = office.title
        if {"only", "next", "first", "last", "likely"} & set(office.left.words):
            return None
        if office.left.determiner in ("a", "an", "any", "some", "no", "every", "each", "another") or office.designate:
            return None
        if not office.left.definite and not self.scene.headline[self._sentence(office)]:
            return None
        named = self._among_named(office)
        if named:
            return named
        if office.former or title.role not in _UNIQUE or len(office.organisations) != 1:
            return None
        return self._by_reference(title.role, office.organisations[0])

    def _sentence(self, office: Office) -> int:
        return self.scene.parse.sentence[office.piece.start]

    def _among_named(self, office: Office) -> Referent | None:
        """The person of the article who holds such an office, the last mentioned first."""
        wanted = {o.key for o in office.organisations}
        roles = set(_LEADING) if office.title.role == "Leader" else {office.title.role}

        def holds(person: Referent) -> bool:
            if person.kind != "Person":
                return False
            for holding in self.by_holder.get(person.id, ()):
                alike = holding.role in roles or holding.text == office.text or _generic(office.text, holding.text)
                if alike and (not wanted or holding.organisation.key in wanted):
                    return True
            held = () if office.former else self.scene.people.offices(person)
            return any(o.role in roles and (not wanted or o.organisation in wanted) for o in held)

        return self.tracker.last(holds, office.begin) or next(
            (p for p in self.scene.people.all if wanted and holds(p)), None
        )

    def _by_reference(self, role: str, organisation: Referent) -> Referent | None:
        roles = ("HeadOfState", "Monarch") if role == "HeadOfState" else (role,)
        for candidate in roles:
            holders = (
                self.scene.reference.holders(candidate, organisation.key, self.scene.date) if self.scene.date else ()
            )
            if holders:
                return self.scene.person_of(holders[0], 0.9)
        return None

    def leader(self, state: Referent) -> Referent | None:
        """Who leads a state: whom the article says or shows to, else by the reference data."""
        for role in _LEADING:
            for person in self.scene.people.all:
                if any(
                    h.role == role and h.organisation is state and not h.former
                    for h in self.by_holder.get(person.id, ())
                ):
                    return person
        for role in _LEADING:
            for person in self.scene.people.all:
                if any(o.role == role and o.organisation == state.key for o in self.scene.people.offices(person)):
                    return person
        first, second = (
            ("HeadOfGovernment", "HeadOfState")
            if self.scene.reference.led_by_premier(state.key)
            else ("HeadOfState", "HeadOfGovernment")
        )
        return self._by_reference(first, state) or self._by_reference(second, state)

    # -- verbs -------------------------------------------------------------------------------------------------------

    def verb(self, index: int) -> None:
        """ "The council is led by X", "X, who heads the agency", "Y holds the presidency of the union"."""
        parse, lemma = self.scene.parse, self.scene.parse.lemma[index]
        text = _LEADING_VERBS.get(lemma)
        if text:
            title = self.scene.titles.normalise(text)
            people, bodies = self._led_by(index) if parse.is_passive(index) else self._leads(index)
            self._lead(index, title, people, bodies)
        elif lemma in ("hold", "assume"):
            self._presides(index)

    def under(self, index: int) -> None:
        """ "the presidential guard under General X": he commands it."""
        before, person = self.scene.ending.get(index), self.scene.person_at(index + 1)
        if before and person and before.referents[0].kind in ("GovernmentBody", "ArmedGroup"):
            if any(word in before.referents[0].name.lower() for word in _COMMANDED):
                self._lead(index, self.scene.titles.normalise("Commander"), [*person.referents], [*before.referents])

    def _lead(self, index: int, title: Title, people: list[Referent], bodies: list[Referent]) -> None:
        for person in [p for p in people if p.kind == "Person"][:1]:
            for body in [b for b in bodies if b.kind in _BODY_KINDS][:1]:
                role = title.body_role or title.role
                self._keep(Holding(index, index + 1, title, title.text, person, body, role))
                person.state = person.state or body.state

    def _led_by(self, index: int) -> tuple[list[Referent], list[Referent]]:
        parse = self.scene.parse
        agents = [
            t
            for k in parse.children(index, "agent", "prep")
            if parse.word[k] == "by"
            for t in parse.children(k, "pobj")
        ]
        subjects = list(parse.children(index, "nsubjpass"))
        if parse.dep[index] in ("acl", "relcl"):
            subjects = [parse.head[index]]
        return self._all(agents), self._all(subjects)

    def _leads(self, index: int) -> tuple[list[Referent], list[Referent]]:
        parse = self.scene.parse
        subjects = list(parse.children(index, "nsubj"))
        if parse.dep[index] == "relcl" and any(parse.word[k] == "who" for k in subjects):
            subjects = [parse.head[index]]
        objects = [k for k in parse.children(index, "dobj") if k > index]
        return self._all(subjects), self._all(objects)

    def _all(self, heads: list[int]) -> list[Referent]:
        """The referents of some heads, descriptions read where they were not yet."""
        found: list[Referent] = []
        for head in heads:
            found.extend(self._referents(head) or (self.describe(head) if self.scene.at[head] is None else ()))
        return found

    def _presides(self, index: int) -> None:
        """ "X, who holds the presidency of the union": its president; a state's turn makes no office."""
        parse = self.scene.parse
        for target in parse.children(index, "dobj"):
            if parse.lemma[target] not in ("presidency", "chairmanship", "chair", "premiership"):
                continue
            people, _ = self._leads(index)
            bodies = [
                r
                for k in parse.children(target, "prep")
                if parse.word[k] == "of"
                for r in self._all(list(parse.children(k, "pobj")))
            ]
            text = "President" if parse.lemma[target] == "presidency" else "Chairman"
            self._lead(index, self.scene.titles.normalise(text), people, bodies)

    # -- several at once ---------------------------------------------------------------------------------------------

    def _plural(self, office: Office) -> None:
        """ "The leaders of Russia and China", "the two presidents", "foreign ministers Lavrov and Kerry"."""
        scene = self.scene
        states = [o for o in office.organisations if o.kind == "State"]
        people: list[Referent] = []
        named = scene.person_at(office.piece.end)
        if named:
            self._named_together(office, named)
            return
        if len(states) > 1 and office.left.determiner in ("the", "both", ""):
            for state in states:
                person = (
                    self.leader(state)
                    if office.title.role == "Leader"
                    else self._by_reference(office.title.role, state)
                )
                people.extend([person] if person else [])
            if len(people) != len(states) or not any(p.id in self.named for p in people):
                people = states
        elif not states and (office.left.determiner in ("both", "the") and _number(office) > 1):
            people = list(self._last_leaders(office))
        if people:
            self._mention(tuple(people), office)
        elif not self._bodies_themselves(office):
            self.describe(office.piece.end - 1)

    def _bodies_themselves(self, office: Office) -> bool:
        """ "EU foreign ministers", "the leaders of the bloc": together they are the organisation."""
        bodies = [o for o in office.organisations if o.kind == "IntergovernmentalOrganisation"]
        if not bodies or office.title.role not in (*_LEADING, *_UNIQUE, "Minister", "Ambassador"):
            return False
        self._mention((bodies[0],), office)
        return True

    def _named_together(self, office: Office, named: Piece) -> None:
        scene, index = self.scene, named.start
        for item in scene.parse.conjuncts(scene.root(named.start, named.end)):
            for person in self._referents(item):
                if person.kind == "Person":
                    self._hold(replace_organisations(office), person)
        del index

    def _last_leaders(self, office: Office) -> tuple[Referent, ...]:
        def leads(person: Referent) -> bool:
            held = {h.role for h in self.by_holder.get(person.id, ())} | {
                o.role for o in self.scene.people.offices(person)
            }
            return person.kind == "Person" and (
                office.title.role in held or (office.title.role == "Leader" and bool(held & set(_LEADING)))
            )

        return self.tracker.together(leads, _number(office), office.begin)

    # -- counterparts ------------------------------------------------------------------------------------------------

    def _counterpart(self, piece: Piece) -> None:
        """ "His Chinese counterpart, Hu Jintao": the office is that of the possessor, in another state."""
        left = modifiers(self.scene, piece.start)
        office = Office(piece, left, left.begin, piece.end, Title("", ""), "")
        complement = self._complement(office)
        states = [*left.states, *(r for r in complement if r.kind == "State")]
        owners = [p for p in left.possessors if p.kind == "Person"]
        if not states or not owners or piece.plural:
            return
        holder = self._beside(office)
        model = self._shared_role(holder, states[0], office) if holder else None
        held = [h for h in self.by_holder.get(owners[0].id, ()) if not h.former]
        model = model or (held[-1] if held else self._model(owners[0]))
        if model is None or model.organisation is states[0]:
            if holder:
                holder.state = holder.state or states[0]
                self._mention((holder,), office)
            return
        office.title, office.text = model.title, model.text
        office.organisations = (self._parallel(model.organisation, states[0]),)
        office.explicit = True
        person = holder or self._by_reference(model.role, office.organisations[0])
        if person:
            self._hold(office, person, 0.85)
            self._mention((person,), office)

    def _shared_role(self, holder: Referent, state: Referent, office: Office) -> Holding | None:
        """The office of somebody mentioned shortly before that the counterpart is known to hold in his own state."""
        self._by_spelling(holder)
        own = {(o.role, o.title) for o in self.scene.people.offices(holder) if o.organisation == state.key}
        for seen in reversed(self.tracker.seen[-24:]):
            for person in seen.referents:
                for held in self.by_holder.get(person.id, ()):
                    if person is not holder and not held.former and (held.role, held.text) in own:
                        return held
        del office
        return None

    def _by_spelling(self, person: Referent) -> None:
        found = self.scene.people.by_name(person) if not person.key else None
        if found:
            self.scene.people.identify(person, found.record, found.score)

    def _model(self, person: Referent) -> Holding | None:
        """The office of a person that only the reference data tells."""
        for held in self.scene.people.offices(person):
            record = self.scene.reference.records.get(held.organisation)
            if record and held.role:
                title = Title(held.title, held.role)
                return Holding(0, 0, title, held.title, person, self.scene.known(record), held.role)
        return None

    def _parallel(self, organisation: Referent, state: Referent) -> Referent:
        """The organisation of a counterpart: the state itself, or its ministry of the same kind."""
        if organisation.kind == "GovernmentBody" and organisation.name.startswith("Ministry of "):
            return self.ministry(organisation.name.removeprefix("Ministry of ").split(" of ")[0], state)
        return state

    def _beside(self, office: Office) -> Referent | None:
        scene = self.scene
        for index in (office.piece.end, office.end, office.end + 1):
            if index in (office.piece.end, office.end) or scene.low[office.end : office.end + 1] == [","]:
                person = scene.person_at(index)
                if person:
                    return person.referents[0]
        return self._person_before(office)


_BODY_KINDS = frozenset(
    {"IntergovernmentalOrganisation", "GovernmentBody", "Organisation", "PoliticalParty", "ArmedGroup", "Company"}
)
_PREDICATES = frozenset(
    {
        "be",
        "become",
        "remain",
        "serve",
        "act",
        "work",
        "appoint",
        "elect",
        "name",
        "nominate",
        "designate",
        "swear",
        "install",
    }
    | {
        "succeed",
        "resign",
        "step",
        "quit",
        "inaugurate",
        "proclaim",
        "declare",
        "confirm",
        "choose",
        "pick",
        "reappoint",
        "reelect",
    }
    | {"re-elect", "retire", "replace", "propose", "select", "dismiss", "sack", "fire", "oust", "remove"}
)
_MAKING = frozenset(
    {
        "appoint",
        "elect",
        "name",
        "nominate",
        "designate",
        "choose",
        "pick",
        "confirm",
        "propose",
        "select",
        "install",
        "reappoint",
    }
    | {"dismiss", "sack", "fire", "oust", "remove", "proclaim", "declare", "succeed", "replace"}
)
_LEAVING = frozenset({"resign", "quit", "step", "retire", "dismiss", "sack", "fire", "oust", "remove"})
_PARTISAN = frozenset(
    {"Legislator", "SpeakerOfParliament", "Governor", "Mayor", "HeadOfState", "HeadOfGovernment", "Adviser"}
)
_LEADING_VERBS = {"lead": "Leader", "head": "Head", "chair": "Chairman", "command": "Commander", "found": "Founder"}
_INTERNAL = frozenset(
    {"Official", "Founder", "Legislator", "Judge", "Commander", "Adviser", "Diplomat", "PartyLeader", "OfficeHolder"}
)
_COMMANDED = (
    "army",
    "guard",
    "forces",
    "force",
    "troops",
    "navy",
    "military",
    "rebels",
    "fighters",
    "militia",
    "police",
)
_PORTFOLIO_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "CC"})
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}


def replace_organisations(office: Office) -> Office:
    """A copy whose organisation is still open, for one of several holders."""
    return replace(office, organisations=())


def _number(office: Office) -> int:
    return _NUMBERS.get(office.left.number, 2 if office.left.determiner == "both" else 0)


def _generic(said: str, held: str) -> bool:
    """Whether a short title may mean a longer one: "Minister" for "Foreign Minister", "Envoy" for "Special Envoy"."""
    return held.endswith(said) or (said == "Spokesman" and held.startswith("Spokes"))
