"""The dependency parse as plain Python lists, so that rules walk it without asking spaCy for every edge."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.asides import (
    end_asides,
    free_before_asides,
    free_before_participles,
    join_after_asides,
    join_descriptions,
    join_second_clauses,
    part_relatives,
)
from kg.text.attendant import hang_attendants
from kg.text.complements import part_complements
from kg.text.conjuncts import (
    FINITE,
    free_conjunct_subjects,
    join_charges,
    join_gerunds,
    join_occupied,
    leave_quotations,
    leave_relatives,
    raise_conjuncts,
)
from kg.text.date_words import MONTHS
from kg.text.finite import (
    free_subjects_of_participles,
    join_squads,
    make_bare,
    make_finite,
    part_elected,
    raise_pasts,
    verbalise_gerunds,
)
from kg.text.fragments import free_numbers, join_fragments
from kg.text.lexicon import event_lexicon, words
from kg.text.listings import join_lists, tell_forms
from kg.text.reported import join_reported, raise_tellers
from kg.text.speakers import SPEAKING, find_speakers, find_subjects, join_nouns
from kg.text.weekdays import WEEKDAYS, part_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})


@lru_cache(maxsize=1)
def known_verbs() -> frozenset[str]:
    """Every verb that the lexicon knows."""
    governors = frozenset[str]().union(
        *(words("modality", "clause", mood) for mood in ("reported", "possible", "demanded", "denied"))
    )
    return governors | frozenset(event_lexicon().verbs)


@lru_cache(maxsize=1)
def hyphenated() -> frozenset[str]:
    """Every word with a hyphen that the lexicon knows, and every other noun and verb that may be spelt with one."""
    lexicon = event_lexicon()
    known = {*lexicon.verbs, *lexicon.nouns}
    for triggers in lexicon.verbs.values():
        for trigger in triggers:
            known.update(word for word in trigger.objects | trigger.preposition_objects if "-" in word)
    return frozenset(known)


_PAST = {
    "readmitte": "readmit",
    "retook": "retake",
    "overran": "overrun",
    "overthrew": "overthrow",
    "withdrew": "withdraw",
    "rebuilt": "rebuild",
}


class Parse:
    """Words, lemmas, tags, dependency labels, heads and children of a document, by token index.

    ``sentence[i]`` is the index of the sentence of token ``i`` in ``sentences``, a list of token ranges;
    paragraphs begin at the tokens ``paragraphs``; ``bounds[i]`` is where token ``i`` is in the text ``source``.
    """

    __slots__ = (
        *("bounds", "dep", "doc", "entity", "head", "kids", "lemma", "paragraphs", "sentence", "sentences", "size"),
        *("source", "tag", "word"),
    )

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        tokens = list(doc)
        self.size = len(tokens)
        self.source = doc.text
        self.bounds = [(begin, begin + length) for begin, length in doc.to_array(["IDX", "LENGTH"]).tolist()]
        self.word = [token.lower_ for token in tokens]
        self.lemma = [token.lemma_.lower() for token in tokens]
        self.tag = [token.tag_ for token in tokens]
        self.dep = [token.dep_ for token in tokens]
        self.entity = [token.ent_type_ for token in tokens]
        self.head = [token.head.i for token in tokens]
        self.kids: list[list[int]] = [[] for _ in tokens]
        for index, head in enumerate(self.head):
            if head != index:
                self.kids[head].append(index)
        broken = (index for index, word in enumerate(self.word[:-1]) if "\n" in word and word.count("\n") > 1)
        self.paragraphs = [0, *(index + 1 for index in broken)]
        self.sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
        self.sentence = [number for number, (start, end) in enumerate(self.sentences) for _ in range(start, end)]
        join_fragments(self)
        self._restore_lemmas()
        self._drop_datelines()
        tell_forms(self)
        make_finite(self)
        make_bare(self)
        raise_pasts(self)
        join_squads(self)
        join_descriptions(self)
        part_relatives(self)
        free_subjects_of_participles(self)
        part_elected(self)
        self._free_subjects()
        self._free_cities()
        part_complements(self)
        self._mark_clauses()
        self._part_asides()
        self._part_sentences()
        self._free_complements()
        find_speakers(self)
        find_subjects(self)
        join_nouns(self)
        join_lists(self)
        hang_attendants(self)
        verbalise_gerunds(self)
        join_gerunds(self)
        join_charges(self)
        raise_conjuncts(self)
        leave_relatives(self)
        leave_quotations(self)
        free_conjunct_subjects(self)
        join_occupied(self)
        join_reported(self)
        raise_tellers(self)
        part_weekdays(self)
        free_before_asides(self)
        free_before_participles(self)
        end_asides(self)
        join_second_clauses(self)
        join_after_asides(self)

    def _restore_lemmas(self) -> None:
        """Puts back the final e that the lemmatizer loses ("hopes" → "hop"), where only that makes a known verb."""
        known, joined = known_verbs(), hyphenated()
        for index, (word, lemma) in enumerate(zip(self.word, self.lemma, strict=True)):
            if word == "wound" and self.word[index + 1 : index + 2] in (["up"], ["down"]):
                self.lemma[index] = "wind"
                self.tag[index] = "VBD" if self.tag[index] == "VBP" else self.tag[index]
            elif lemma in _PAST:
                self.lemma[index] = _PAST[lemma]
            if "-" in lemma and lemma not in known and self.tag[index][:2] == "VB":
                forms = (form for stem in (lemma, lemma[:-1], lemma + "e") for form in (stem, stem.replace("-", "")))
                lemma = self.lemma[index] = next((form for form in forms if form in known), lemma)
            if self.word[index].startswith("chargé"):
                self.lemma[index] = "chargé"  # who charges nobody
            if index > 1 and self.word[index - 1] == "-" and not self.doc[index - 1].whitespace_:
                first = self.word[index - 2]  # "cease-fire", "build-up": three tokens, one word
                self.lemma[index] = next(
                    (one for one in (f"{first}-{lemma}", f"{first}{lemma}") if one in joined), self.lemma[index]
                )
            if self.tag[index] in ("VBZ", "VBD", "VBN", "VBG") and lemma not in known and lemma + "e" in known:
                self.lemma[index] = lemma + "e"
            elif lemma.endswith("e") and lemma not in known and lemma[:-1] in known and self.tag[index][:2] == "VB":
                self.lemma[index] = lemma[:-1]  # "reappointed" is no form of "reappointe"
            if lemma in ("fire", "launch") and self.word[max(0, index - 2) : index] == ["test", "-"]:
                self.lemma[index] = "test-fire"

    def _drop_datelines(self) -> None:
        """Takes "LIMA, May 3 -" out of the first sentence, where the parser made it the subject."""
        for start, end in self.sentences[:3]:
            dash = next((i for i in range(start, min(end, start + 10)) if self.word[i] in ("-", "--", "–", "—")), None)
            if dash is None or not str(self.doc[start]).isupper() or dash == start:
                continue
            for index in range(start, dash):
                head = self.head[index]
                if self.dep[index] in ("nsubj", "nsubjpass") and head > dash:
                    for kid in [kid for kid in self.kids[index] if kid > dash and self.dep[kid] == "appos"][:1]:
                        self.move(kid, head, self.dep[index])
                    self.dep[index] = "dep"

    def _part_asides(self) -> None:
        """Frees "…, the ministry said, …" in the middle of a sentence from the clause around it."""
        for verb, lemma in enumerate(self.lemma):
            subject = self.child(verb, "nsubj")
            if lemma not in SPEAKING or self.dep[verb] != "ccomp" or subject is None or verb + 1 >= self.size:
                continue
            first, _ = self.subtree(subject)
            if (
                subject < verb
                and self.word[first - 1] == ","
                and self.word[verb + 1] == ","
                and self.head[verb] < first
            ):
                head = self.head[verb]
                self.dep[verb] = "parataxis"
                for kid in list(self.children(verb, "ccomp", "xcomp")):
                    self.move(kid, head, self.dep[kid])

    def _part_sentences(self) -> None:
        """Makes two sentences joined by a semicolon coordinate, where the parser put one inside the other."""
        for index in range(self.size):
            head = self.head[index]
            if self.dep[index] == "ccomp" and ";" in self.word[min(index, head) : max(index, head)]:
                self.dep[index] = "conj"

    def _free_subjects(self) -> None:
        """Undoes "on [Friday Castro]", "In [March Peru]": the parser took when it was and the subject for one name."""
        for index, word in enumerate(self.word):
            if not (word in WEEKDAYS or word in MONTHS) or self.dep[index] not in ("compound", "nmod"):
                continue
            name, preposition = self.head[index], self.head[self.head[index]]
            if self.dep[name] != "pobj" or self.word[preposition] not in ("on", "in") or name < index:
                continue
            verb = self.head[preposition]
            while not self.is_verb(verb) and self.head[verb] != verb:
                verb = self.head[verb]
            if self.is_verb(verb) and self.child(verb, "nsubj", "nsubjpass") is None and verb > name:
                self.move(index, preposition, "pobj")
                self.move(name, verb, "nsubjpass" if self.child(verb, "auxpass") is not None else "nsubj")
                self.move(preposition, verb, "prep")

    def _free_cities(self) -> None:
        """Undoes "In [Paris Ann Lee] said" where the parser took a city and the person after it for one name."""
        for start, _ in self.sentences:
            head = self.head[start]
            if self.word[start] not in ("in", "at", "from"):
                continue
            free_numbers(self, start)
            objects = list(self.children(start, "pobj"))
            if len(objects) == 2 and self.is_verb(head) and self.child(head, "nsubj", "nsubjpass") is None:
                self.move(objects[1], head, "nsubjpass" if self.child(head, "auxpass") is not None else "nsubj")
            if objects:
                self._free_title(objects[0], head)
                continue
            end = start + 1
            while end < self.size and self.entity[end] == "GPE" and self.dep[end] == "compound":
                end += 1
            city, person = end - 1, self.head[end - 1]
            if city > start and person >= end and self.entity[person] != "GPE" and self.is_verb(head):
                self.move(city, start, "pobj")
                for index in range(start + 1, city):
                    self.move(index, city, "compound")

    def _free_title(self, city: int, verb: int) -> None:
        """Undoes "In Rabat [the King] named", where the parser took who acts for another word for the city."""
        for title in list(self.children(city, "appos")):
            apart = self.word[city + 1] == "the" and self.subtree(title) == (city + 1, verb)
            if apart and self.tag[verb] in ("VBD", "VBN") and self.child(verb, "nsubj", "nsubjpass") is None:
                self.tag[verb] = "VBD"
                self.move(title, verb, "nsubj")

    def _mark_clauses(self) -> None:
        """Undoes "a day [after the king, Peru and Chile] cut ties": the noun phrase is the subject of the clause."""
        for verb, tag in enumerate(self.tag):
            head, joined = self.head[verb], self.dep[verb] == "conj"
            helping = next((kid for kid in self.kids[verb] if kid < verb and self.tag[kid] in FINITE), -1)
            if (tag not in FINITE and helping < 0) or self.dep[verb] not in ("advcl", "ccomp", "dep", "conj"):
                continue
            others = list(self.children(verb, "nsubj"))
            if bool(others) != joined or (joined and any(head < cc < verb for cc in self.children(head, "cc"))):
                continue
            edge = self.subtree(others[0])[0] - 1 if others else helping if helping >= 0 else verb
            for kid in list(self.children(head, "prep")):
                subject = self.child(kid, "pobj")
                if subject is None or kid > verb or self.word[kid] not in ("after", "before", "since", "until"):
                    continue
                last = self.subtree(subject)[1]
                told = not others and last == self.subtree(verb)[0]  # "after Washington on Monday vetoed"
                if last == edge or told or (last == edge - 1 and self.tag[last] == "RB"):
                    self.move(kid, verb, "mark")
                    self.move(subject, verb, "nsubj")
                    self.dep[verb] = "advcl"
                    for other in others:
                        self.move(other, subject, "conj")
                    break

    def _free_complements(self) -> None:
        """Undoes "the release on [Tuesday of the crew]": weekdays have no of-phrase, the noun before them does."""
        for index, word in enumerate(self.word):
            if word == "of" and self.word[self.head[index]] in WEEKDAYS and self.dep[self.head[index]] == "pobj":
                owner = self.head[self.head[self.head[index]]]
                if owner != index:
                    self.move(index, owner, "prep")

    def move(self, index: int, head: int, label: str) -> None:
        """Hangs a token below another head, with another label; nothing is moved below what hangs below it."""
        if self._is_above(index, head):
            return
        if self.head[index] != index:
            self.kids[self.head[index]].remove(index)
        self.head[index], self.dep[index] = head, label
        self.kids[head] = sorted([*self.kids[head], index])

    def _is_above(self, index: int, below: int) -> bool:
        """Whether ``below`` is the token ``index`` or hangs below it."""
        while below != index and self.head[below] != below:
            below = self.head[below]
        return below == index

    def raise_root(self, index: int, root: int, label: str) -> None:
        """Makes the token ``index`` the root of its sentence, and the root of before its dependent."""
        if self.head[root] != root or not self._is_above(root, index):
            return
        self.kids[self.head[index]].remove(index)
        self.head[index], self.dep[index] = index, "ROOT"
        self.head[root], self.dep[root] = index, label
        self.kids[index] = sorted([*self.kids[index], root])

    def child(self, index: int, *labels: str) -> int | None:
        """The first child of ``index`` whose dependency is one of ``labels``."""
        for kid in self.kids[index]:
            if self.dep[kid] in labels:
                return kid
        return None

    def children(self, index: int, *labels: str) -> Iterator[int]:
        """The children of ``index`` whose dependency is one of ``labels``, in order."""
        dep = self.dep
        return iter([kid for kid in self.kids[index] if dep[kid] in labels])

    def is_verb(self, index: int) -> bool:
        """Whether the token is tagged as a verb form."""
        return self.tag[index].startswith("VB")

    def is_noun(self, index: int) -> bool:
        """Whether the token is tagged as a common or proper noun."""
        return self.tag[index] in NOUN_TAGS

    def is_passive(self, index: int) -> bool:
        """Whether the verb is passive: "was bombed", or a reduced participle as in "sanctions imposed by"."""
        kids = self.kids[index]
        if any(self.dep[kid] in ("nsubjpass", "auxpass") for kid in kids):
            return True
        if self.tag[index] == "VBD" and self.dep[index] == "acl" and self.child(index, "agent") is not None:
            return self.child(index, "nsubj", "dobj") is None  # "a plan worked out by", the participle taken for a past
        if self.tag[index] != "VBN" or any(self.dep[kid] == "aux" for kid in kids):
            return False
        if self.dep[index] in ("acl", "amod", "relcl"):
            return self.child(index, "dobj", "nsubj") is None
        if self.dep[index] == "xcomp" or (self.dep[index] == "acomp" and self.lemma[self.head[index]] == "stand"):
            return self.child(index, "dobj", "nsubj") is None  # "was found shot", "stands accused"
        found = self.dep[index] == "ccomp" and self.lemma[self.head[index]] in ("find", "see")
        if found or (self.dep[index] == "pcomp" and self.word[self.head[index]] == "with"):
            return self.child(index, "nsubj") is not None  # "found itself accused by"
        if self.dep[index] == "conj":
            return self.is_passive(self.head[index]) and self.child(index, "nsubj", "dobj") is None
        return self.dep[index] == "advcl" and self.child(index, "nsubj", "dobj") is None

    def subtree(self, index: int) -> tuple[int, int]:
        """The range of tokens that ``index`` dominates, as first and one past the last."""
        kids, first, last = self.kids, index, index
        stack = kids[index][:]
        while stack:
            token = stack.pop()
            if token < first:
                first = token
            elif token > last:
                last = token
            stack += kids[token]
        return first, last + 1

    def conjuncts(self, index: int) -> list[int]:
        """The token and everything coordinated with it ("Peru, Chile and Bolivia" → all three heads)."""
        found: list[int] = []
        waiting = [index]
        while waiting:
            item = waiting.pop()
            found.append(item)
            waiting.extend(kid for kid in reversed(self.kids[item]) if self.dep[kid] == "conj")
        return found

    def text(self, first: int, last: int) -> str:
        """The characters from token ``first`` to ``last`` (exclusive)."""
        return self.source[self.bounds[first][0] : self.bounds[last - 1][1]] if first < last else ""
