"""The optional extractor: a language model proposes facts, and only what aligns with characters of the text is kept.

Any server with the OpenAI chat interface will do. The model sees one passage at a time and answers under a JSON schema
made of the same classes as the rules use. Nothing it says is believed: see ``align``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.link.merge import load_branches
from kg.model import Event, Tenure
from kg.text.llm.align import Aligner
from kg.text.llm.client import Client
from kg.text.llm.prompt import messages, schema
from kg.text.llm.proposals import Proposals, read_proposals

if TYPE_CHECKING:
    from kg.model import Fact
    from kg.text.document import Document

__all__ = ["Client", "beside", "passages", "propose"]

_PASSAGE = 1600
_TRIES = 2


def propose(document: Document, client: Client) -> list[Fact]:
    """The facts a model finds in an article, each aligned to its text and marked with the model that found it.

    Raises ExtractorError when the server cannot be reached, refuses the request or does not answer in time; a passage
    whose answer is refused or malformed twice yields nothing.
    """
    aligner = Aligner(document, f"llm:{client.model}")
    facts: dict[Fact, None] = {}
    for begin, finish in passages(document.article.text):
        answer = _ask(client, document, begin, finish)
        for fact in aligner.facts(answer, begin, finish) if answer else ():
            facts[fact] = None
    return list(facts)


def beside(facts: list[Fact], proposed: list[Fact]) -> list[Fact]:
    """What a model proposes beyond ``facts``: an event that the same sentence was found to tell is not told again."""
    branches = load_branches()

    def known(fact: Fact) -> bool:
        if not isinstance(fact, Event):
            return any(isinstance(other, Tenure) and _office(other) == _office(fact) for other in facts)
        return any(
            isinstance(other, Event)
            and other.evidence.begin == fact.evidence.begin
            and branches.on_one_branch(other.kind, fact.kind)
            and bool({role.key for role in other.roles} & {role.key for role in fact.roles})
            for other in facts
        )

    return [fact for fact in proposed if not known(fact)]


def _office(fact: Fact) -> tuple[str, str, str] | None:
    return (fact.holder, fact.organisation, fact.role) if isinstance(fact, Tenure) else None


def _ask(client: Client, document: Document, begin: int, finish: int) -> Proposals | None:
    for _ in range(_TRIES):
        said = client.complete(messages(document.article, document.article.text[begin:finish]), schema())
        proposals = read_proposals(said) if said else None
        if proposals is not None:
            return proposals
    return None


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Character ranges of whole paragraphs, together no longer than a model of small context reads well."""
    begin = finish = position = 0
    for paragraph in text.split("\n\n"):
        end = position + len(paragraph)
        if finish > begin and end - begin > _PASSAGE:
            yield begin, finish
            begin = position
        finish = end
        position = end + 2
    if text[begin:finish].strip():
        yield begin, finish
