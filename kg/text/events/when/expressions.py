"""Date expressions at the words they date: the verb or event noun above them, and how far clauses lie apart."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.text.date_words import LAG, MONTH
from kg.text.datelines import written_on
from kg.text.dates import DateExpression, When, find_dates
from kg.text.events.frames import Time
from kg.text.lexicon import event_lexicon, words
from kg.text.spells import Lag, find_lags, find_spells, shifted

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_DAY, _MONTH = len("2012-06-05"), len("2012-06")
_TODAY = ("earlier", "later")
_HOURS = frozenset({"p.m.", "a.m.", "pm", "am", "noon", "midnight", "gmt", "o'clock"})
_ORDERING = frozenset({"order", "announce", "declare", "decree", "impose", "call", "set", "agree", "propose", "plan"})
_THAT_YEAR = re.compile(r"\s+(?:of\s+)?(?:that|the\s+same)\s+(?:same\s+)?year\b")
_MONTHLY = re.compile(rf"(?!last|this|next)(?!.*\b(?:last|this|next|\d{{4}})\b).*\b{MONTH}", re.IGNORECASE | re.VERBOSE)
_LAGGING = re.compile(rf",\s+(?:just\s+|only\s+|some\s+|about\s+)?{LAG.pattern}", re.VERBOSE)
_BACK = re.compile(r"\b(?:earlier|before|previous)", re.IGNORECASE)
_RECENT = 3
_SOON = 60
_NUMBERED = frozenset({"resolution", "no.", "flight", "number", "article", "section", "chapter", "operation"})


class _Anchor:
    """What "a day later" and "the following month" count from: the day, and the time of any kind, told last.

    ``gone`` is the day told last that is not one for which something is only arranged: "a day earlier" counts from it.
    """

    def __init__(self, published: str) -> None:
        self.published = published[:_DAY]
        self.day: When | None = None
        self.gone: When | None = None
        self.ahead = False
        self.time: When | None = None
        self.sentence = -1
        self.main = False
        self.paragraph = -1

    def count(self, expression: DateExpression) -> When | None:
        """When an expression is that tells only how far off it is."""
        number, unit = expression.offset or 0, expression.unit
        if unit == "ordinal":
            return self._day_of_month(number)
        if unit == "then":
            return self.time
        if unit == "weekof":
            return _week_of(shifted(self.day, 7 * number, "day") if self.day is not None else None)
        if unit == "midnight":
            base = self.day or (When(self.published) if len(self.published) == _DAY else None)
            return base and (shifted(base, number, "day") if base.start < self.published else base)
        last = self.gone if _BACK.search(expression.text) else self.day
        base = last if unit in ("day", "week", "fortnight") else self.time
        arranged = self.ahead and base == self.day
        if base is not None and self.time is not None and not (arranged or base.start.startswith(self.time.start)):
            base = self.time  # "in August 2003 … a week later", after a day of another year
        if base is None and not number and unit == "day" and expression.text.lower().startswith(_TODAY):
            return When(self.published) if len(self.published) == _DAY else None  # "earlier in the day"
        return shifted(base, number, unit) if base is not None else None

    def _day_of_month(self, number: int) -> When | None:
        """ "On the 23rd": of the month told last, else the last one before publication."""
        months = [self.time.start[:_MONTH]] if self.time is not None and len(self.time.start) >= _MONTH else []
        if len(self.published) == _DAY:
            this = When(self.published[:_MONTH])
            months.extend(when.start for when in (this, shifted(this, -1, "month")) if when is not None)
        for month in months:
            try:
                day = date.fromisoformat(f"{month}-{number:02d}").isoformat()
            except ValueError:
                continue
            if not self.published or day <= self.published:
                return When(day)
        return None

    def in_that_year(self, when: When | None) -> When | None:
        """A day or month in the year told last: "on May 1 *of that year*"."""
        if when is None or self.time is None:
            return when
        year = self.time.start[:4]
        return When(year + when.start[4:], year + when.end[4:] if when.end else "")

    def in_story(self, expression: DateExpression, paragraph: int) -> When | None:
        """A day or month without a year in a paragraph that tells of years ago: the first one after what it told."""
        when = expression.past
        if when is None or self.time is None or paragraph != self.paragraph or not _MONTHLY.match(expression.text):
            return when
        told, year = self.time.start, int(self.time.start[:4])
        if len(told) < _MONTH or len(self.published) < _DAY or year + 1 >= int(self.published[:4]):
            return when
        recent = shifted(When(self.published), -_RECENT, "month")
        if recent is None or when.start >= recent.start[: len(when.start)]:
            return when  # the story may be back in the present
        year += when.start[4 : len(told)] < told[4 : len(when.start)]
        return When(f"{year}{when.start[4:]}", f"{year}{when.end[4:]}" if when.end else "")

    def note(self, when: When | None, sentence: int, *, main: bool, ahead: bool) -> None:
        """A time was told; what a clause within a sentence tells gives way to what its main clause told."""
        if when is None or (not main and sentence == self.sentence and self.main):
            return
        self.time = when if not when.end and not ahead else self.time
        if len(when.start) == _DAY and not when.end:
            self.gone, self.ahead = (self.gone if ahead else when), ahead
            self.day, self.sentence, self.main = when, sentence, main


def _week_of(day: When | None) -> When | None:
    """The week from Monday to Sunday in which a day lies."""
    if day is None:
        return None
    monday = shifted(day, -date.fromisoformat(day.start).weekday(), "day")
    sunday = shifted(monday, 6, "day") if monday is not None else None
    return When(monday.start, sunday.start) if monday is not None and sunday is not None else None


def times_by_token(document: Document, parse: Parse) -> dict[int, list[Time]]:
    """Every date expression under the verb or noun that it modifies in the parse."""
    found: dict[int, list[Time]] = {}
    article = document.article
    anchor = _Anchor(article.published)
    finish = -9
    expressions = find_dates(article.text, written_on(article.text, article.published))
    for number, expression in enumerate(expressions):
        span = document.doc.char_span(expression.begin, expression.finish, alignment_mode="expand")
        if span is None or not len(span):
            continue
        before = parse.word[span.start - 1] if span.start else ""
        paragraph = article.text.count("\n\n", 0, expression.begin)
        if before in _NUMBERED and expression.text.isdigit():
            continue
        past, coming = expression.past, expression.coming
        if expression.offset is not None:
            following = expressions[number + 1].begin if number + 1 < len(expressions) else expression.finish + 9
            if expression.unit == "midnight" and (following - expression.finish < 5 or expression.begin - finish < 12):
                continue  # "after midnight on Tuesday" is on Tuesday
            past = coming = anchor.count(expression)
        elif _THAT_YEAR.match(article.text[expression.finish : expression.finish + 24]):
            past = coming = anchor.in_that_year(past)
        else:
            past = anchor.in_story(expression, paragraph)
        owner = _possessed(parse, span.end) or _dated(parse, span.root.i)
        if _LAGGING.match(article.text, expression.finish):
            owner = _delayed(parse, owner)
        aside = _is_aside(parse, owner) or _is_attribute(parse, span.root.i)
        before = _introducing(parse, span.start)
        ahead = before == "for" or (_is_soon(coming, article.published) and _is_ahead(parse, owner))
        anchor.note(past, parse.sentence[span.start], main=not aside, ahead=ahead)
        anchor.paragraph = paragraph
        finish = expression.finish
        ordered = before == "from" and _is_soon(coming, article.published) and _is_order(parse, owner)
        soon = before == "as" and parse.word[span.start - 2] in ("early", "soon")  # "as early as Monday"
        if before in ("for", "until", "till", "through") or ordered or soon:
            past = None  # "called a session for Monday" tells when the session is to be, "until May" when it ends
        time = Time(span.start, span.end, expression.text, past, coming, before == "since")
        found.setdefault(owner, []).append(time)
    return found


def _introducing(parse: Parse, start: int) -> str:
    """The word before an expression, before the hour that may stand with it: "*from* 8 P.M. Friday"."""
    before = start - 1
    while before > 0 and (parse.tag[before] == "CD" or parse.word[before] in _HOURS):
        before -= 1
    return parse.word[before] if before >= 0 else ""


def _is_order(parse: Parse, owner: int) -> bool:
    """Whether somebody orders or announces what is to begin: "*ordered* a cease-fire from Friday"."""
    return parse.lemma[owner] in _ORDERING


def _delayed(parse: Parse, owner: int) -> int:
    """The verb that is dated where a clause says how long after: "on May 4, hours *after* Peru signed, Chad *left*"."""
    head = parse.head[owner]
    return head if parse.dep[owner] in ("advcl", "ccomp") and head > owner and parse.is_verb(head) else owner


def _is_soon(coming: When | None, published: str) -> bool:
    """Whether a day is within weeks of publication: what is arranged is arranged for one."""
    if coming is None or len(coming.start) < _DAY or len(published) < _DAY:
        return False
    return 0 <= (date.fromisoformat(coming.start) - date.fromisoformat(published[:_DAY])).days <= _SOON


def _is_ahead(parse: Parse, owner: int) -> bool:
    """Whether a clause tells of what is yet to come: "he *is to land* on Friday", "she sees the king on Friday"."""
    if not parse.is_verb(owner):
        return False
    auxiliaries = [parse.word[kid] for kid in parse.children(owner, "aux", "auxpass")]
    if {"will", "shall", "to", "'ll", "’ll"} & set(auxiliaries):
        return True
    return parse.tag[owner] in ("VBZ", "VBP") and not auxiliaries


def _is_aside(parse: Parse, token: int) -> bool:
    """Whether a word stands in a relative clause or a participle: "ending a siege that *began* on Friday"."""
    for _ in range(6):
        if parse.dep[token] in ("relcl", "acl"):
            return True
        if parse.head[token] == token:
            return False
        token = parse.head[token]
    return False


def _is_attribute(parse: Parse, token: int) -> bool:
    """Whether a date only tells which of several: "threw out the result of the *June 8* run-off"."""
    return parse.dep[token] in ("compound", "nmod", "poss", "amod") and parse.is_noun(parse.head[token])


def _possessed(parse: Parse, after: int) -> int | None:
    """The noun that "last month's" stands before."""
    if after >= parse.size or parse.word[after] not in ("'s", "’s"):
        return None
    return next(
        (index for index in range(after + 1, min(parse.size, after + 5)) if parse.tag[index] in ("NN", "NNS")), None
    )


def _dated(parse: Parse, root: int) -> int:
    """The verb above the expression, or the event noun in whose phrase it stands."""
    nouns = event_lexicon().nouns
    here = root
    for _ in range(8):
        head = parse.head[here]
        if head == here:
            break
        if parse.is_verb(head):
            return parse.head[head] if parse.dep[head] == "aux" else head  # "*had* on Friday summoned"
        possessive = parse.dep[here] == "poss"
        here = head
        if parse.is_noun(here) and (possessive or parse.lemma[here] in nouns):
            return here
    return here


def lags_by_token(document: Document, parse: Parse) -> dict[int, Lag]:
    """How long before or after it what is above it happens, by the head of each clause or noun phrase told so."""
    found: dict[int, Lag] = {}
    for lag in find_lags(document.article.text):
        span = document.doc.char_span(lag.begin, lag.finish, alignment_mode="expand")
        if span is None or not len(span):
            continue
        word = span.end - 1
        if parse.dep[word] == "mark":
            found[parse.head[word]] = lag
            continue
        for kid in parse.children(word, "pobj", "pcomp"):
            found[_verb_after(parse, kid) or kid] = lag
    return found


def _verb_after(parse: Parse, noun: int) -> int | None:
    """The verb of a clause of which the parser saw the subject only: "a day after *its chief*, Ann Lee, *quit*"."""
    end = parse.subtree(noun)[1]
    end += end < parse.size and parse.word[end] == ","
    if end >= parse.size or parse.tag[end] != "VBD" or parse.child(end, "nsubj", "nsubjpass") is not None:
        return None
    return end if parse.is_noun(noun) else None


def spells_by_token(document: Document, parse: Parse) -> dict[int, Time]:
    """Since when what a noun tells of has lasted: "its 11-week bombing", "five days of talks"."""
    found: dict[int, Time] = {}
    lasting = words("places", "words", "lasting")
    for spell in find_spells(document.article.text, document.article.published):
        span = document.doc.char_span(spell.begin, spell.finish, alignment_mode="expand")
        if span is None or not len(span):
            continue
        for index in range(span.end, min(parse.size, span.end + 4)):
            if parse.is_noun(index) and parse.dep[index] not in ("compound", "nmod"):
                if parse.lemma[index] in lasting:
                    found[index] = Time(span.start, span.end, spell.text, spell.when, None)
                break
    return found


Occasion = tuple[str, frozenset[str]]


def occasion_of(parse: Parse, noun: int) -> Occasion:
    """A happening by its noun and what qualifies it: "the first round" is not "the second round"."""
    return parse.lemma[noun], frozenset(parse.lemma[kid] for kid in parse.children(noun, "amod", "compound"))


def occasions(parse: Parse, times: dict[int, list[Time]]) -> dict[Occasion, When]:
    """When the text says that happenings took place which it names by a noun: "won the first round in March"."""
    found: dict[Occasion, When] = {}
    for owner in sorted(times):
        past = next((time.past for time in times[owner] if time.past is not None), None)
        if past is None:
            continue
        nouns = [owner] if parse.is_noun(owner) else _named_by(parse, owner)
        for noun in nouns:
            if parse.tag[noun] in ("NN", "NNS"):
                found.setdefault(occasion_of(parse, noun), past)
    for owner in sorted(times):
        past = next((time.past for time in times[owner] if time.past is not None), None)
        if past is not None and parse.tag[owner] in ("VBD", "VBN"):
            for name in _deeds(parse.lemma[owner]):
                found.setdefault((name, frozenset()), past)
    return found


def _deeds(verb: str) -> tuple[str, str]:
    """What a deed is called when it is spoken of again: "bombed the port": "the bombing"; "raided": "the raid"."""
    return verb, (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def _named_by(parse: Parse, verb: int) -> list[int]:
    nouns = list(parse.children(verb, "dobj", "nsubj", "nsubjpass"))
    if parse.dep[verb] == "relcl" and parse.lemma[verb] in ("take", "happen", "occur", "hold", "begin", "start"):
        nouns.append(parse.head[verb])  # "the vote, which took place on Friday"
    for kid in parse.children(verb, "prep"):
        if parse.word[kid] in ("in", "at", "during"):
            nouns.extend(parse.children(kid, "pobj"))
    return nouns
