"""Numbers of dead that verbs of saying give: "put at 40 the number of those killed", "admits to 12 dead"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events.ballots import is_at_ballot

if TYPE_CHECKING:
    from kg.text.document import Document
    from kg.text.parse import Parse

_DEAD = frozenset({"dead", "killed", "slain", "deaths", "fatalities", "casualties", "victims", "losses"})
_MEN = _DEAD | {"men", "soldiers", "troops", "fighters"}
_SUM = frozenset({"number", "toll", "figure", "count", "total"})
# what may stand between a verb and the number that it gives
_LEADING = frozenset(
    {"to", "up", "of", "at", "only", "just", "some", "about", "around", "nearly", "almost", "under"}
) | {*("over", "least", "no", "as", "many", "fewer", "more", "less", "than", "between", "roughly", "a", "mere")}
_ADMITTING = frozenset({"admit", "acknowledge", "concede", "speak", "own", "claim", "confirm", "report", "count"})
_DYING = frozenset({"dead", "die", "kill", "death", "toll", "perish", "casualty", "massacre", "slaughter"})
_REACH, _BESIDE = 8, 4


def is_tallied(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether a number of dead is given right after: "put at 40 the number of dead", or "admits to 12" after a toll."""
    number = _number_after(parse, verb)
    if number is None:
        return False
    after = _beside(parse, number)
    if _DEAD & set(after) or (_SUM & set(after) and _DEAD & set(_beside(parse, number, 2 * _BESIDE))):
        return True
    following = number + 1
    if parse.lemma[verb] not in _ADMITTING or following >= parse.size:
        return False
    bare = parse.tag[following][:2] not in ("NN", "JJ", "CD", "$") and parse.word[following] not in ("per", "%", "of")
    return bare and is_at_ballot(parse, verb, _DYING)


def is_costly(_document: Document, parse: Parse, verb: int) -> bool:
    """Whether the price is so many dead: "has cost France 92,000 dead"."""
    number = tally_at(parse, verb)
    if number is None:
        return False
    after = _beside(parse, number)
    return bool(_MEN & set(after)) and "their" not in after


def tally_at(parse: Parse, verb: int) -> int | None:
    """The number of dead that a verb gives or that something costs."""
    if parse.lemma[verb] != "cost":
        return _number_after(parse, verb)
    end = min(verb + _REACH, parse.sentences[parse.sentence[verb]][1])
    return next((here for here in range(verb + 1, end) if parse.tag[here] == "CD"), None)


def _number_after(parse: Parse, verb: int) -> int | None:
    """The number that stands after a verb with nothing but "at", "only", "fewer than" between."""
    for here in range(verb + 1, min(verb + _REACH, parse.sentences[parse.sentence[verb]][1])):
        if parse.tag[here] == "CD":
            return here
        if parse.word[here] not in _LEADING:
            return None
    return None


def _beside(parse: Parse, number: int, reach: int = _BESIDE) -> list[str]:
    """The words after a number, up to the next mark."""
    found: list[str] = []
    for here in range(number + 1, min(number + 1 + reach, parse.size)):
        if parse.tag[here] in (",", ".", ":", "CC"):
            break
        found.append(parse.word[here])
    return found
