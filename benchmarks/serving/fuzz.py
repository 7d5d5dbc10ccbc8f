"""``python -m benchmarks.serving.fuzz``: strangers' input by the hundred thousand; no 500, no hang, no crash.

Queries, updates, documents, Accept headers and names come from ``inputs``, the rest by schemathesis from the OpenAPI
document of the server itself, whose answers must be those that the document tells of.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from benchmarks.serving.inputs import KINDS, TOKEN, Sent
from kg.graph.store import open_store
from tests.server.conftest import filled
from tests.server.running import kg_serve

DOCUMENTED = frozenset(
    {200, 201, 204, 301, 303, 304, 308, 206, 400, 401, 403, 404, 405, 406, 413, 415, 416, 422, 429, 503}
)
_LONGEST = 30.0
_PER_RUN = 500


@schemathesis.serializer(
    "application/sparql-query", "application/sparql-update", "text/turtle", "text/n3", "application/n-triples"
)
def as_text(_context: object, value: Any) -> bytes:
    """Text bodies as they are; what is drawn for them may be anything."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


class Fuzz:
    """A server under fire: what was sent by kind, how it was answered, and what was wrong."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sent: Counter[str] = Counter()
        self.seen: Counter[int] = Counter()
        self.wrong: dict[str, str] = {}
        parts = urlsplit(url)
        self._http = HTTPConnection(str(parts.hostname), parts.port, timeout=_LONGEST)

    def run(self, inputs: int, first: int = 0) -> None:
        """Sends about that many."""
        for kind, (share, strategy) in KINDS.items():
            for turn, size in enumerate(_runs(inputs * share // 100)):
                self._draw(kind, strategy, size, first + turn)
        rest = inputs - sum(self.sent.values())
        operations = list(self._operations())
        for operation in operations:
            for turn, size in enumerate(_runs(rest // len(operations))):
                self._draw("openapi", operation.as_strategy(), size, first + turn)
        missing = inputs - sum(self.sent.values())  # an operation may have fewer inputs than its share
        for turn, size in enumerate(_runs(missing)):
            self._draw("queries", KINDS["queries"][1], size, first + inputs + turn)
        self._http.close()

    def _operations(self) -> Iterator[Any]:
        schema = schemathesis.openapi.from_url(f"{self.url}/openapi.json")
        for found in schema.get_all_operations():
            operation = found.ok()
            if operation.path != "/metrics":
                yield operation

    def _draw(self, kind: str, strategy: st.SearchStrategy[Any], size: int, number: int) -> None:
        @seed(number)
        @settings(
            max_examples=size,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(drawn=strategy)
        def each(drawn: Any) -> None:
            self.sent[kind] += 1
            if isinstance(drawn, Sent):
                self.send(drawn)
            else:
                self._conform(drawn)

        each()

    def send(self, sent: Sent) -> None:
        """Sends a request over the kept connection and looks at the answer."""
        began = time.monotonic()
        try:
            answer, body = self._ask(sent)
        except (HTTPException, OSError) as error:
            self._note(f"{type(error).__name__} after {time.monotonic() - began:.0f} s", sent)
            return
        self.seen[answer.status] += 1
        if answer.status not in DOCUMENTED or (answer.status == 503 and not answer.headers["Retry-After"]):
            self._note(f"status {answer.status}", sent, body)

    def _ask(self, sent: Sent) -> tuple[HTTPResponse, bytes]:
        """The answer; where the server has closed the kept connection, as it may, it is asked again on a new one."""
        headers = {name: value.encode("latin-1") for name, value in sent.headers.items()}
        for kept in (self._http.sock is not None, False):
            try:
                self._http.request(sent.method, sent.target, sent.body or None, headers)
                answer = self._http.getresponse()
                return answer, answer.read()
            except (HTTPException, OSError) as error:
                self._http.close()
                if isinstance(error, TimeoutError) or not kept:
                    raise
        raise AssertionError("not reached")

    def _conform(self, case: Any) -> None:
        """Sends a request of the document; the answer must be one that it tells of."""
        try:
            answer = case.call(base_url=self.url, headers=dict(TOKEN), timeout=_LONGEST)
            self.seen[answer.status_code] += 1
            case.validate_response(answer, checks=_CHECKS)
        except httpx.HTTPError as error:
            self._note(f"{case.method} {case.path}: {type(error).__name__}", case)
        except schemathesis.errors.SchemathesisError as error:
            self._note(f"{case.method} {case.path}: {error}", case)
        except BaseExceptionGroup as group:
            for failure in group.exceptions:
                title = getattr(failure, "title", type(failure).__name__)
                self._note(f"{case.method} {case.path}: {title}: {str(failure)[:200]}", case)

    def _note(self, what: str, sent: object, body: bytes = b"") -> None:
        if len(self.wrong) < 50 and what not in self.wrong:
            click.echo(f"wrong: {what}", err=True)
            self.wrong[what] = f"{str(sent)[:600]} {body[:300]!r}"


def _documented(_context: object, answer: Any, case: Any) -> None:
    assert answer.status_code in DOCUMENTED, f"status {answer.status_code}"


_CHECKS = [_documented, status_code_conformance, content_type_conformance, response_schema_conformance]


def _runs(size: int) -> Iterator[int]:
    """A number in parts; one long run of hypothesis grows slow."""
    while size > 0:
        yield min(size, _PER_RUN)
        size -= _PER_RUN


@click.command()
@click.option("--inputs", default=100_000)
@click.option("--first", default=0, help="The number that chance begins with.")
def main(inputs: int, first: int) -> None:
    """Sends that many inputs to a server of its own; the exit status is 1 where something was wrong."""
    with tempfile.TemporaryDirectory(prefix="communique-fuzz-") as folder:
        log = Path(folder) / "log"
        with open_store(Path(folder) / "store") as store:
            filled(store)
        with kg_serve(Path(folder) / "store", log, KG_WORKERS="2", KG_TIMEOUT="2", KG_MAX_TIMEOUT="2") as running:
            fuzz = Fuzz(running.url)
            try:
                fuzz.run(inputs, first)
            except KeyboardInterrupt:
                click.echo("stopped before its time")
            alive = running.process.poll() is None and httpx.get(f"{running.url}/health", timeout=10).status_code == 200
            busy = httpx.get(f"{running.url}/queries", headers=TOKEN, timeout=10).json()["queries"]
            metrics = httpx.get(f"{running.url}/metrics", timeout=10).text
        said = [
            line for line in log.read_text(errors="replace").splitlines() if "unforeseen" in line or "panicked" in line
        ]
    click.echo(f"inputs: {sum(fuzz.sent.values())} {dict(fuzz.sent)}")
    click.echo(f"answers: {dict(sorted(fuzz.seen.items()))}")
    click.echo("\n".join(line for line in metrics.splitlines() if line.startswith("kg_workers_")))
    for what, example in fuzz.wrong.items():
        click.echo(f"wrong: {what}\n    {example}")
    click.echo(f"alive: {alive}, still busy: {len(busy)}, wrong: {len(fuzz.wrong)}, unforeseen: {len(said)} {said[:3]}")
    raise SystemExit(1 if fuzz.wrong or said or busy or not alive else 0)


if __name__ == "__main__":
    main()
