"""The application: one store, its pages, its endpoints, and what stands in front of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, cast

from flask import Flask, render_template

from kg.config import Settings
from kg.graph.reason.keeping import Keeper
from kg.graph.reason.renewal import Renewal
from kg.graph.store import OxigraphStore, Store
from kg.graph.terms import Minter
from server import export, linked_data, openapi, operations, pages, problems, well_known
from server.answer import Answer
from server.desk import Desk
from server.federation import Relay
from server.front import Endpoint, Front, compressed
from server.graph_store import GraphStore
from server.guard.rate import RateLimit
from server.limits import Limits
from server.negotiate import Format
from server.observe import Observer
from server.problems import title_of
from server.readers.readers import GARBAGE, Readers
from server.sparql.bounded import Fans
from server.sparql.cache import ResultCache
from server.sparql.description import service_description
from server.sparql.endpoint import QueryEndpoint
from server.sparql.environ import Environ
from server.sparql.evaluate import Evaluator, InProcess
from server.sparql.plan import Finder
from server.sparql.texts import TextIndex
from server.sparql.update import UpdateEndpoint
from server.statistics import Counted
from server.workers.pool import Pool


class Idle:
    """Stands in for the workers where there are none: nothing runs that could be listed or stopped."""

    def running(self) -> list[dict[str, object]]:
        """Nothing."""
        return []

    def cancel(self, query_id: str) -> bool:
        """Nothing to stop."""
        return False

    def ready(self) -> bool:
        """Always."""
        return True

    def metrics(self) -> Iterator[str]:
        """Nothing."""
        return iter(())


def create_app(store: Store, settings: Settings, limits: Limits | None = None) -> Flask:
    """The Flask application over a store.

    >>> app = create_app(open_store(None), Settings())
    >>> app.test_client().get("/health").json
    {'status': 'ok'}
    """
    limits = limits or Limits(workers=0)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = limits.max_body
    keeper = _keeper(store, settings)
    observer, counted, cache = Observer(), Counted(store), ResultCache(limits.cache_bytes)
    fans = Fans(store) if limits.workers and isinstance(store, OxigraphStore) else None
    readers = _readers(settings, limits, observer, fans)
    pool = Pool(store, limits, fans.read, readers) if fans and isinstance(store, OxigraphStore) else None
    running: operations.Running = pool or Idle()
    bounded: Evaluator = pool or InProcess(store)
    _add_routes(app, store, settings, counted)
    app.register_blueprint(operations.blueprint(observer, running, lambda: _gauges(store, cache), settings.token))
    flask_app = app.wsgi_app
    evaluators = InProcess(store), bounded, TextIndex(store) if pool else None, fans
    page = partial(_through, flask_app)
    query = _query_endpoint(store, settings, limits, cache, counted, evaluators, page, keeper)
    endpoints: dict[str, Endpoint] = {
        "sparql": query,
        "update": UpdateEndpoint(store, settings, limits, pool.repeatable if pool else _once, keeper),
        "store": GraphStore(store, settings, limits, keeper),
    }
    rate = RateLimit(limits.rate, limits.burst)
    front = Front(
        flask_app,
        endpoints,
        rate,
        observer,
        _error_page(app),
        limits.timeout,
        desk=Desk(query, store, rate, observer),
    )
    app.extensions["workers"] = pool
    app.extensions["front"] = front
    app.extensions["readers"] = readers
    if keeper:
        app.extensions["keeper"] = keeper
        app.extensions["rules"] = Renewal(store, Minter(settings.base), wanted=lambda: keeper.keeps)
    app.wsgi_app = front  # type: ignore[method-assign]  # Flask documents assigning middleware here
    return app


def _readers(settings: Settings, limits: Limits, observer: Observer, fans: Fans | None) -> Readers:
    """Who keeps the processes that answer beside this one."""

    def about() -> dict[str, object]:
        return {
            "base": f"{settings.base}sparql",
            "fans": fans.known() if fans else {},
            "kept": limits.cache_bytes // 4,
            "access_log": limits.access_log,
            "garbage": GARBAGE,
        }

    return Readers(limits.most_readers, observer, about)


def _keeper(store: Store, settings: Settings) -> Keeper | None:
    """Who keeps the inferred graph true, where anybody may write and that is wanted."""
    wanted = settings.token and settings.infer and isinstance(store, OxigraphStore)
    return Keeper(store, Minter(settings.base)) if wanted and isinstance(store, OxigraphStore) else None


def _once(_text: str, _base: str) -> AbstractContextManager[None]:
    """Nobody has to repeat an update where there are no workers."""
    return nullcontext()


def _add_routes(app: Flask, store: Store, settings: Settings, counted: Counted) -> None:
    problems.register(app)
    pages.register(app, store, settings)
    app.register_blueprint(linked_data.blueprint(store, settings.base))
    app.register_blueprint(export.blueprint(store, Minter(settings.base)))
    app.register_blueprint(openapi.blueprint(settings.base))
    app.register_blueprint(well_known.blueprint(store, counted, settings.base))


def _query_endpoint(
    store: Store,
    settings: Settings,
    limits: Limits,
    cache: ResultCache,
    counted: Counted,
    evaluators: tuple[Evaluator, Evaluator, Finder | None, Fans | None],
    page: Callable[[Environ], Answer],
    keeper: Keeper | None,
) -> QueryEndpoint:
    def describe(_environ: Environ, chosen: Format) -> Answer:
        name = f"service {chosen.name}"
        true = keeper is None or keeper.keeps
        body = counted.written(name, lambda now: service_description(now, settings.base, chosen.name, true=true))
        size = str(len(body))
        return Answer(200, [("Content-Type", chosen.content_type), ("Content-Length", size), ("Vary", "Accept")], body)

    quick, bounded, finder, fans = evaluators
    return QueryEndpoint(
        store,
        limits,
        cache,
        base=settings.base,
        quick=quick,
        bounded=bounded,
        finder=finder,
        fans=fans,
        relay=Relay(limits.service_hosts.split(",")) if limits.service_hosts else None,
        describe=describe,
        page=page,
        pool=bounded if isinstance(bounded, Pool) else None,
    )


def _through(flask_app: Any, environ: Environ) -> Answer:
    """What Flask answers to a request of the fast lane that is for a reader."""
    page = Front.page_of(flask_app, cast("dict[str, Any]", environ))
    return compressed(page, str(environ.get("HTTP_ACCEPT_ENCODING", "")))


def _error_page(app: Flask) -> Callable[[int, str], bytes]:
    def render(status: int, detail: str) -> bytes:
        with app.test_request_context("/error"):
            return render_template("error.html", status=status, title=title_of(status), detail=detail).encode()

    return render


def _gauges(store: Store, cache: ResultCache) -> list[str]:
    return [
        "# TYPE kg_store_version gauge",
        f"kg_store_version {store.version}",
        "# TYPE kg_cache_hits_total counter",
        f"kg_cache_hits_total {cache.hits}",
        "# TYPE kg_cache_misses_total counter",
        f"kg_cache_misses_total {cache.misses}",
        "# TYPE kg_cache_bytes gauge",
        f"kg_cache_bytes {cache.held}",
    ]
