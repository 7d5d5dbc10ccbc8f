"""What the model is told and in which form it must answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kg.model import Article
from kg.text.lexicon import event_lexicon

_TASK = """You read news about world politics and record the facts that a passage states.
Copy every name, date and sentence from the passage exactly, letter by letter; never add what it does not say.
An event is something that happened ("happened") or is scheduled ("planned"). What somebody urges, fears, denies,
demands, threatens or imagines did not happen: record only the Appeal, Rejection, Demand or Threat itself.
agents: who does it. targets: to whom. At meetings, talks and agreements everybody is an agent.
sentence: the whole sentence that states it. Answer with one JSON object and nothing else."""


@lru_cache(maxsize=1)
def classes() -> tuple[str, ...]:
    """The event classes that the lexicon has triggers for, sorted."""
    lexicon = event_lexicon()
    triggers = (t for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives) for ts in table.values() for t in ts)
    return tuple(sorted({trigger.kind for trigger in triggers} - {"Nothing"}))


def messages(article: Article, passage: str) -> list[dict[str, str]]:
    """The conversation that asks for the facts of one passage."""
    about = f"Published {article.published or 'on an unknown day'}. Title: {article.title}\n\n"
    return [
        {"role": "system", "content": f"{_TASK}\nEvent classes: {', '.join(classes())}."},
        {"role": "user", "content": f"{about}Passage:\n{passage}"},
    ]


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON schema of an answer."""
    text, texts, number = {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "integer"}
    event = {
        "class": {"type": "string", "enum": list(classes())},
        "status": {"type": "string", "enum": ["happened", "planned"]},
        "agents": texts,
        "targets": texts,
        "place": text,
        "date": text,
        "killed": number,
        "injured": number,
        "choice": {"type": "string", "enum": ["", "For", "Against", "Abstain"]},
        "sentence": text,
    }
    office = {"person": text, "title": text, "organisation": text, "sentence": text}
    return _object({"events": _list(event, ["killed", "injured"]), "positions": _list(office, [])})


def _list(properties: dict[str, Any], optional: list[str]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties, optional)}


def _object(properties: dict[str, Any], optional: list[str] | None = None) -> dict[str, Any]:
    required = [name for name in properties if name not in (optional or [])]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
