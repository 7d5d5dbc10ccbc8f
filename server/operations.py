"""For those who run the server: is it alive, is it ready, what does it do, and stop that query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from flask import Blueprint, Response, jsonify, request

from kg.errors import NotFoundError
from server.guard.token import require_token
from server.observe import Observer


class Running(Protocol):
    """Whatever knows the queries that are running."""

    def running(self) -> list[dict[str, object]]:
        """What runs now: id, text, seconds, client."""
        ...

    def cancel(self, query_id: str) -> bool:
        """Stops a query; False where there is none of that id."""
        ...

    def ready(self) -> bool:
        """Whether queries are answered at full speed."""
        ...

    def metrics(self) -> Iterator[str]:
        """Lines for Prometheus."""
        ...


def blueprint(observer: Observer, running: Running, gauges: Callable[[], list[str]], token: str) -> Blueprint:
    """``/health``, ``/ready``, ``/metrics`` and ``/queries``."""
    routes = Blueprint("operations", __name__)

    @routes.get("/health")
    def health() -> Response:
        """Alive: the process answers."""
        return jsonify(status="ok")

    @routes.get("/ready")
    def ready() -> tuple[Response, int]:
        """Ready for traffic: 503 while the data is being read."""
        is_ready = running.ready()
        return jsonify(status="ready" if is_ready else "loading"), 200 if is_ready else 503

    @routes.get("/metrics")
    def metrics() -> Response:
        """Counters in the Prometheus text format."""
        lines = [*observer.metrics(), *running.metrics(), *gauges()]
        return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")

    @routes.get("/queries")
    def queries() -> Response:
        """The queries that run now; needs the token, as they are other people's."""
        require_token(request.headers.get("Authorization", ""), token)
        return jsonify(queries=running.running())

    @routes.delete("/queries/<query_id>")
    def cancel(query_id: str) -> Response:
        """Stops a query; needs the token, or the name that its client gave it, which nobody else knows."""
        if query_id.isdigit():
            require_token(request.headers.get("Authorization", ""), token)
        if not running.cancel(query_id) and query_id.isdigit():
            raise NotFoundError("no query of that id is running")
        return Response(status=204)

    return routes
