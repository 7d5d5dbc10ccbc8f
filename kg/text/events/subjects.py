"""Logical subjects and objects of verbs, over passives, relatives, control, raising, coordination and light verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.conjuncts import RELATIVE_WORDS
from kg.text.events.company import beside, companions, likewise
from kg.text.events.grammatical import grammatical_subject, is_joined
from kg.text.events.phrases import by_phrases, modifiers, prepositional, shared
from kg.text.events.relatives import antecedent, described, equated
from kg.text.factuality.done import OCCASIONS
from kg.text.lexicon import event_lexicon, words
from kg.text.parse import OBJECTS

if TYPE_CHECKING:
    from kg.text.parse import Parse


# what comes of something done, not what it is done to does
_CONTROLLED = frozenset({"of", "for", "from", "with", "into"})
_CONSEQUENT = frozenset({"kill", "wound", "injure", "maim", "destroy", "damage", "sink", "end", "spark", "trigger"})


def subjects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """Logical subjects of a verb, found through passives, relatives, control, raising and coordination."""
    if depth > 6:
        return []
    if parse.is_noun(verb):
        return light_subject(parse, verb, depth)
    if parse.is_passive(verb):
        return agents(parse, verb)
    deed = parse.child(verb, "csubj")
    if deed is not None and parse.tag[deed] == "VBG" and deed < verb:
        return by_phrases(parse, deed)  # "shelling by Mali claimed two lives"
    own = _own_subject(parse, verb) or _borrowed_subject(parse, verb, depth)
    return [*own, *likewise(parse, verb), *companions(parse, verb, own)]


def agents(parse: Parse, verb: int) -> list[int]:
    """The by-phrase of a passive verb, also where the parser hung it on a noun in between."""
    own = by_phrases(parse, verb)
    if own:
        return own
    for other in parse.children(verb, "conj"):
        if parse.is_passive(other) and by_phrases(parse, other):
            return by_phrases(parse, other)  # "was shot and killed by Ann Lee"
    _, last = parse.subtree(verb)
    for index in range(verb + 1, last):
        hung = parse.is_noun(parse.head[index]) or parse.lemma[verb] == "let"
        if parse.word[index] == "by" and parse.dep[index] in ("prep", "agent") and hung:
            found = [filler for filler in parse.children(index, "pobj") if parse.is_noun(filler)]
            if found and _is_below(parse, index, verb):
                return found
    return []


def _is_below(parse: Parse, index: int, verb: int) -> bool:
    """Whether only prepositional phrases lie between: no clause has another claim to the by-phrase."""
    here = index
    while here != verb:
        released = parse.dep[here] in ("ccomp", "xcomp") and parse.lemma[parse.head[here]] == "let"
        if parse.dep[here] not in ("prep", "agent", "pobj", "npadvmod", "advmod", "appos") and not released:
            return False
        here = parse.head[here]
    return True


def _own_subject(parse: Parse, verb: int) -> list[int]:
    found = grammatical_subject(parse, verb, ("nsubj", "csubj"))
    if found is not None:
        # "Mali and, a day later, Chad recalled": two subjects joined around an aside
        joined = [
            kid for kid in parse.kids[verb] if kid < found and parse.dep[kid] == "nsubj" and is_joined(parse, kid)
        ]
        return [*joined, antecedent(parse, verb, found)]
    # "after Lima urged": the parser sometimes hangs the subject on the conjunction
    for kid in parse.children(verb, "mark", "prep"):
        if parse.dep[kid] == "mark":
            for grandchild in parse.children(kid, "pobj"):
                return [grandchild]
    # "In Lima the council, after a debate, urged": the subject taken for an apposition of the place before it
    for kid in parse.children(verb, "prep"):
        for place in parse.children(kid, "pobj"):
            for name in parse.children(place, "appos"):
                if kid < verb and parse.subtree(name)[0] == place + 1:
                    return [name]
    return []


def _is_active(parse: Parse, verb: int) -> bool:
    return parse.is_verb(verb) and not parse.is_passive(verb)


def _borrowed_subject(parse: Parse, verb: int, depth: int) -> list[int]:
    label, head = parse.dep[verb], parse.head[verb]
    if head == verb:
        return []
    if label == "csubj" and parse.tag[verb] == "VBG" and parse.lemma[head] == "be" and verb < head:
        return list(parse.children(head, "attr"))  # "also voting for it was *Chad*"
    if label == "conj":
        if parse.is_verb(head) or parse.tag[head].startswith("JJ"):
            if parse.is_passive(head):
                return surface_subjects(parse, head, depth + 1)
            return subjects(parse, head, depth + 1)
        return []
    if (
        label == "xcomp"
        and parse.tag[verb] == "VBG"
        and parse.lemma[head] in words("events", "grammar", "witnessing")
        and _is_active(parse, head)
    ):
        return []  # "reported shelling": who shelled is not told
    if label in ("xcomp", "ccomp") and parse.is_verb(head):
        return _controlled(parse, head, depth)
    if label in ("xcomp", "acl", "advcl", "ccomp") and parse.tag[head][:2] in ("JJ", "RB"):
        if parse.dep[head] == "amod" and parse.is_noun(parse.head[head]):
            return [parse.head[head]]  # "Ann Lee, *due* to meet him in Oslo"
        return surface_subjects(parse, parse.head[head], depth + 1)
    if label in ("advcl", "acomp") or (parse.word[verb] == "against" and parse.lemma[head] == "be"):
        if any(parse.word[index] == ";" for index in range(min(verb, head), max(verb, head))):
            return []
        if parse.is_passive(head) and head < verb and parse.lemma[verb] in _CONSEQUENT and parse.tag[verb] == "VBG":
            return agents(parse, head)  # "was shot down by rebels, *killing* six"
        alone = _absolute(parse, verb, head) if label == "advcl" else None
        if alone is not None:
            return [alone]
        return surface_subjects(parse, head, depth + 1)
    if label in ("acl", "relcl"):
        if parse.tag[verb] == "VBG" and parse.lemma[head] in words("events", "sets", "papers"):
            issuers = _issuers(parse, head, depth)
            if issuers:
                return issuers
        if parse.tag[verb] == "VBG" and parse.dep[head] not in ("dobj",):
            return [equated(parse, head)]
        infinitive = any(parse.word[kid] == "to" for kid in parse.children(verb, "aux"))
        same = equated(parse, head)
        if same != head or not infinitive:
            return [same]
        return _holder(parse, head, depth)
    if label == "pcomp":
        return _gerund_subject(parse, head, depth)
    return []


def _absolute(parse: Parse, verb: int, head: int) -> int | None:
    """Who stands before a participle of his own: "Mali agreed, *its envoy*, Ann Lee, saying that"."""
    if parse.tag[verb] != "VBG" or head > verb:
        return None
    for kid in parse.children(head, "npadvmod", "dep"):
        apart = head < kid and parse.word[parse.subtree(kid)[0] - 1] == "," and parse.is_noun(kid)
        if apart and parse.subtree(kid)[1] == verb and parse.child(kid, "appos") is not None:
            return kid
    named = verb - 2  # or hung on what was agreed to: "agreed to the plan, *its envoy*, Ann Lee, saying that"
    noun = parse.head[named]
    hung = head < noun < named and parse.dep[noun] == parse.dep[named] == "appos"
    return noun if hung and parse.child(noun, "poss") is not None else None


def _issuers(parse: Parse, paper: int, depth: int) -> list[int]:
    """Whose words a paper has: "*Mali* issued a statement condemning", "a letter *from Chad* demanding"."""
    verb = parse.head[paper]
    if parse.dep[paper] == "nsubjpass":
        return agents(parse, verb)
    if parse.dep[paper] == "dobj":
        return subjects(parse, verb, depth + 1)
    if parse.dep[paper] == "pobj" and parse.word[verb] == "in" and parse.is_verb(parse.head[verb]):
        own = list(parse.children(paper, "poss"))
        if parse.lemma[parse.head[verb]] == "join":  # "joined Ann Lee in a letter asking"
            return [*surface_subjects(parse, parse.head[verb], depth + 1), *objects(parse, parse.head[verb])]
        return own or surface_subjects(parse, parse.head[verb], depth + 1)  # "in a note accusing Mali, *Chad* said"
    return (
        list(parse.children(paper, "poss")) or prepositional(parse, paper, "from") or prepositional(parse, paper, "by")
    )


def _controlled(parse: Parse, governor: int, depth: int) -> list[int]:
    if parse.lemma[governor] in words("events", "grammar", "object_control"):
        found = objects(parse, governor)
        if found:
            return found
    return surface_subjects(parse, governor, depth + 1)


def _gerund_subject(parse: Parse, preposition: int, depth: int) -> list[int]:
    governor = parse.head[preposition]
    if parse.is_noun(governor):
        return _holder(parse, governor, depth)
    if parse.is_verb(governor):
        if parse.lemma[governor] == "join" and parse.word[preposition] == "in":
            if parse.is_passive(governor):
                return [*surface_subjects(parse, governor, depth + 1), *by_phrases(parse, governor)]
            return [*surface_subjects(parse, governor, depth + 1), *objects(parse, governor)]
        controls = parse.lemma[governor] in words("events", "grammar", "object_control")
        if (controls and parse.word[preposition] in _CONTROLLED) or parse.word[preposition] == "as":
            found = objects(parse, governor)  # "Tass quoted *Ann Lee* as saying"
            if found:
                return found
        return surface_subjects(parse, governor, depth + 1)
    return surface_subjects(parse, parse.head[governor], depth + 1)


def _holder(parse: Parse, noun: int, depth: int) -> list[int]:
    """Whose plan, refusal or attempt it is."""
    if parse.lemma[noun] == "invitation" and parse.lemma[parse.head[noun]] in words("modality", "accepting"):
        return surface_subjects(parse, parse.head[noun], depth + 1)
    if parse.dep[noun] == "dobj" and parse.lemma[noun] in OCCASIONS:
        return surface_subjects(parse, parse.head[noun], depth + 1)  # "seized the chance to"
    found = list(parse.children(noun, "poss")) or prepositional(parse, noun, "by") or prepositional(parse, noun, "of")
    if found:
        return found
    return light_subject(parse, noun, depth + 1) or modifiers(parse, noun) or adjunct_subject(parse, noun, depth + 1)


def surface_subjects(parse: Parse, verb: int, depth: int = 0) -> list[int]:
    """The grammatical subject, active or passive: whom a participle or infinitive below the verb is about."""
    found = grammatical_subject(parse, verb, ("nsubj", "nsubjpass"))
    if found is not None:
        return [antecedent(parse, verb, found)]
    if parse.is_passive(verb) and parse.dep[verb] in ("acl", "relcl"):
        return [parse.head[verb]]
    return [] if depth > 6 else (_own_subject(parse, verb) or _borrowed_subject(parse, verb, depth))


def objects(parse: Parse, verb: int) -> list[int]:
    """Logical objects: direct object, subject of a passive, antecedent of an object relative."""
    if parse.is_noun(verb):
        return []
    if parse.is_passive(verb):
        return _passive_objects(parse, verb)
    found = [kid for kid in parse.kids[verb] if parse.dep[kid] in OBJECTS]
    for kid in found:
        if parse.tag[kid].startswith("W"):
            return [antecedent(parse, verb, kid)]
    if not found and parse.dep[verb] == "relcl" and _lacks_object(parse, verb):
        return [parse.head[verb]]
    found = found or _predicated(parse, verb)
    if not found and parse.dep[verb] == "conj" and parse.is_verb(parse.head[verb]):
        return []
    if not found:
        # "forced the rebels to leave": some parses make the object the subject of the infinitive
        for clause in parse.children(verb, "ccomp"):
            if parse.lemma[verb] in words("events", "grammar", "object_control") and (
                parse.lemma[verb] == "let" or any(parse.word[k] == "to" for k in parse.children(clause, "aux"))
            ):
                return list(parse.children(clause, "nsubj"))[:1]
    if not found:
        return shared(parse, verb)
    return found


def _predicated(parse: Parse, verb: int) -> list[int]:
    """ "held *Ann Lee* responsible", "called *it* a crime": of whom a clause without a verb says what he is."""
    for clause in parse.children(verb, "ccomp", "oprd", "xcomp"):
        bare = parse.tag[clause][:2] in ("JJ", "NN") and parse.child(clause, "aux", "mark") is None
        if bare and parse.lemma[verb] in words("events", "appraisal", "calling"):
            return [kid for kid in parse.children(clause, "nsubj") if verb < kid < clause]
    return []


def _passive_objects(parse: Parse, verb: int) -> list[int]:
    for kid in parse.kids[verb]:
        if parse.dep[kid] in ("nsubjpass", "nsubj"):
            return [antecedent(parse, verb, kid), *beside(parse, verb)]
    if parse.dep[verb] in ("acl", "relcl", "amod"):
        return [described(parse, parse.head[verb], "")]
    if parse.dep[verb] in ("conj", "advcl", "xcomp", "ccomp") and parse.is_verb(parse.head[verb]):
        return surface_subjects(parse, parse.head[verb])
    if parse.dep[verb] == "pcomp":
        return _gerund_subject(parse, parse.head[verb], 0)  # "left after being accused"
    return []


def _lacks_object(parse: Parse, verb: int) -> bool:
    if any(parse.word[inner] in RELATIVE_WORDS for kid in parse.children(verb, "prep") for inner in parse.kids[kid]):
        return False
    # "whom until then she had accused": both taken for subjects
    return any(parse.word[subject] not in RELATIVE_WORDS for subject in parse.children(verb, "nsubj"))


def light_subject(parse: Parse, noun: int, depth: int = 0) -> list[int]:
    """The subject of a verb that lends it to an event noun: "the army *staged* an attack" → the army."""
    verb = support_verb(parse, noun)
    if verb is None or parse.lemma[verb] not in words("events", "light", "agent") or _takes_up(parse, verb):
        return []
    if depth > 6:
        return []
    if parse.is_passive(verb):
        return agents(parse, verb)
    return _own_subject(parse, verb) or _borrowed_subject(parse, verb, depth + 1)


def _takes_up(parse: Parse, verb: int) -> bool:
    """Whether a body only turns to the matter: "took up the killing"."""
    return parse.lemma[verb] == "take" and any(parse.word[kid] == "up" for kid in parse.children(verb, "prt"))


def givers(parse: Parse, noun: int) -> list[int]:
    """From whom it comes where the verb says so: "drew condemnation *from* Mali", "criticism came *from* Mali"."""
    verb = support_verb(parse, noun)
    if verb is not None and parse.lemma[verb] in words("events", "light", "target"):
        return prepositional(parse, verb, "from")
    head = parse.head[noun]
    if parse.dep[noun] == "nsubj" and parse.lemma[head] in ("come", "emanate", "arrive"):
        return prepositional(parse, head, "from")
    return []


def receivers(parse: Parse, noun: int) -> list[int]:
    """Who gets it where the verb says so: "*Mali* faced criticism", "*Mali* received a warning"."""
    verb = support_verb(parse, noun)
    if verb is None or parse.lemma[verb] not in words("events", "light", "target"):
        return []
    return [] if parse.is_passive(verb) else _own_subject(parse, verb)


def support_verb(parse: Parse, noun: int) -> int | None:
    """The verb whose object (or passive subject) the event noun is, also through "a round of", "into" or "in"."""
    here = noun
    for _ in range(3):
        head, label = parse.head[here], parse.dep[here]
        if label in ("dobj", "nsubjpass", "obj") and parse.is_verb(head):
            return head
        if label == "conj" and parse.is_noun(head):
            here = head
            continue
        if label == "pobj":
            governor = parse.head[head]
            if parse.is_noun(governor) and parse.word[head] == "of":
                if parse.lemma[governor] in _MOMENTS and parse.child(governor, "det") is not None:
                    return None  # "called up men on the day of the raid"
                here = governor
                continue
            if parse.is_verb(governor) and parse.word[head] in ("in", "into", "on", "out", "with"):
                return None if parse.word[head] == "into" and _has_inquiry(parse, governor) else governor
            if parse.lemma[governor] == "preside" and parse.word[head] == "over":
                return governor
        return None
    return None


def _has_inquiry(parse: Parse, verb: int) -> bool:
    """ "opened an *inquiry* into the raid": the raid is looked into, and not theirs who do."""
    nouns = event_lexicon().nouns
    return any(parse.lemma[kid] in nouns for kid in parse.children(verb, "dobj", "nsubjpass"))


_MOMENTS = frozenset({"day", "night", "morning", "evening", "eve", "anniversary", "date", "moment", "hour"})
_CIRCUMSTANCE = frozenset(
    {"after", "during", "in", "at", "following", "before", "on", "amid", "for", "through", "with"}
)


def adjunct_subject(parse: Parse, noun: int, depth: int = 0) -> list[int]:
    """Who takes part in an event told in passing: "after two days of talks the envoys left" → the envoys."""
    verb = adjunct_verb(parse, noun)
    if verb is None or depth > 4:
        return _travellers(parse, noun)
    doers = by_phrases(parse, verb) if parse.is_passive(verb) else []
    return doers or surface_subjects(parse, verb, depth + 1)  # "will be discussed by ministers at a meeting"


def _travellers(parse: Parse, noun: int) -> list[int]:
    """Who is somewhere for an event, by an aside: "*Ann Lee*, in Lima for talks with Mali, said"."""
    preposition = parse.head[noun]
    owner = parse.head[preposition]
    if parse.dep[noun] != "pobj" or parse.word[preposition] not in ("for", "on", "after") or owner >= preposition:
        return []
    aside = parse.tag[owner] == "NNP" and parse.word[owner + 1] == ","
    return [owner] if aside and parse.child(owner, "prep") == owner + 2 else []


def adjunct_verb(parse: Parse, noun: int) -> int | None:
    """The verb whose circumstances the noun gives: "*during* a visit to Lima she said"."""
    here = noun
    for _ in range(3):
        preposition = parse.head[here]
        if parse.dep[here] != "pobj":
            return None
        owner = parse.head[preposition]
        if parse.is_noun(owner) and parse.word[preposition] == "of":
            here = owner
            continue
        if parse.word[owner] in ("back", "fresh", "home") and parse.word[preposition] == "from":
            return parse.head[owner] if parse.is_verb(parse.head[owner]) else None  # "Back from a trip to Lima, she"
        return owner if parse.is_verb(owner) and parse.word[preposition] in _CIRCUMSTANCE else None
    return None


def outer_subjects(parse: Parse, verb: int) -> list[int]:
    """The subject of the clause around, where the parser joined "and *blamed*" to the verb of what was said."""
    if parse.dep[verb] != "conj" or parse.child(verb, "nsubj", "nsubjpass") is not None:
        return []
    here = verb
    while parse.dep[here] == "conj" and parse.is_verb(parse.head[here]):
        here = parse.head[here]
    if parse.dep[here] not in ("ccomp", "relcl", "advcl") or not parse.is_verb(parse.head[here]):
        return []
    return surface_subjects(parse, parse.head[here])
