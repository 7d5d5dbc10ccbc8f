"""Asks an OpenAI-compatible server for a chat completion under a JSON schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.config import Settings
from kg.errors import ExtractorError, UsageError

_LONGEST = 2048
_NOT_UNDERSTOOD = (400, 422, 500)
"""What servers answer to a form of structured output that they do not have."""


class Client:
    """One server and model; ``timeout`` is in seconds for a whole answer."""

    def __init__(self, url: str, model: str, *, key: str = "", timeout: float = 60.0) -> None:
        try:
            import httpx
        except ImportError as error:
            raise UsageError("the model extractor needs the extra: pip install 'communique[llm]'") from error
        self.url = url.rstrip("/")
        self.model = model
        self.timeout = timeout
        self._httpx = httpx
        self._forms = [_json_schema, _json_object]
        self._http = httpx.Client(timeout=timeout, headers={"Authorization": f"Bearer {key}"} if key else {})

    @classmethod
    def from_settings(cls, settings: Settings) -> Client:
        """The server that ``KG_LLM_URL`` and its siblings name."""
        if not settings.llm_url or not settings.llm_model:
            raise UsageError("the model extractor needs KG_LLM_URL and KG_LLM_MODEL")
        return cls(settings.llm_url, settings.llm_model, key=settings.llm_key, timeout=settings.llm_timeout)

    def complete(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """What the model says; empty when it refuses. Raises ExtractorError when no answer is to be had."""
        body: dict[str, Any] = {  # JSON
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "max_tokens": _LONGEST,
        }
        first, *others = self._forms
        answer = self._ask({**body, "response_format": first(schema)})
        for other in others if answer.status_code in _NOT_UNDERSTOOD else ():
            answer = self._ask({**body, "response_format": other(schema)})
            if answer.status_code == 200:
                self._forms = [other]
        if answer.status_code != 200:
            raise ExtractorError(f"the model's server answered {answer.status_code}")
        return _content(answer.content)

    def close(self) -> None:
        """Ends the connections to the server."""
        self._http.close()

    def _ask(self, body: Mapping[str, Any]) -> Any:  # a response of httpx, which is optional
        try:
            return self._http.post(f"{self.url}/chat/completions", json=body)
        except self._httpx.TimeoutException as error:
            raise ExtractorError(f"the model {self.model} did not answer within {self.timeout:g} s") from error
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
            raise ExtractorError(f"the model's server cannot be reached: {error}") from error


def _json_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """How most servers are asked for structured output."""
    return {"type": "json_schema", "json_schema": {"name": "facts", "schema": dict(schema)}}


def _json_object(schema: Mapping[str, Any]) -> dict[str, Any]:
    """How llama-cpp-python is asked for it."""
    return {"type": "json_object", "schema": dict(schema)}


def _content(body: bytes) -> str:
    """The text of the first choice; empty for a refusal. Raises ExtractorError for what is no chat completion."""
    import json

    try:
        message = json.loads(body)["choices"][0]["message"]
        refused, content = message.get("refusal"), message.get("content")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ExtractorError("the model's server sent something that is no chat completion") from error
    return "" if refused or not isinstance(content, str) else content
