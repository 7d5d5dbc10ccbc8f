"""A real Chromium on a real server: over a small graph made for these tests, and over one built from real articles."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, sync_playwright

from kg.config import Settings
from kg.graph.infer import reasoner
from kg.graph.map import article_quads, link_quads
from kg.graph.roles import load_roles
from kg.graph.schema import install_ontology
from kg.graph.store import OxigraphStore, open_store
from kg.graph.terms import Minter
from server import create_app
from server.limits import Limits
from server.listen import Server
from tests.browser.sample import ENTITIES, readings

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BASE = "http://localhost:8000/"
TOKEN = "open-sesame"


def chromium() -> str:
    """Where Debian's Chromium is; the tests are skipped with a reason where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no chromium here: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield launched
        launched.close()


def sample_store() -> OxigraphStore:
    """The sample graph in memory: mapped, linked and inferred over by the project's own code."""
    store, minter = open_store(None), Minter(BASE)
    install_ontology(store, minter)
    roles = load_roles(store)
    for reading in readings():
        store.replace_graph(minter.article_graph(reading.article.slug), article_quads(reading, minter, roles))
    store.replace_graph(minter.links, link_quads(ENTITIES.values(), minter))
    reasoner().infer(store, minter)
    return store


def serving(store: OxigraphStore, token: str = TOKEN, limits: Limits | None = None) -> Iterator[str]:
    """Serves a store on a free port while the generator is held; yields the address."""
    limits = limits or Limits(workers=0)
    app = create_app(store, Settings(base=BASE, token=token), limits)
    server = Server(app, limits, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        if app.extensions["workers"]:
            app.extensions["workers"].close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a server over the sample graph, which no test changes."""
    with sample_store() as store:
        yield from serving(store)


@pytest.fixture
def writable_site() -> Iterator[str]:
    """The address of a server over a sample graph of its own, to be changed."""
    with sample_store() as store:
        yield from serving(store)


@pytest.fixture
def bounded_site() -> Iterator[str]:
    """The address of a server over the sample graph whose queries run in a process that can be stopped."""
    with sample_store() as store:
        yield from serving(store, limits=Limits(workers=1))


@pytest.fixture(scope="session")
def real_site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the graph of the source articles and the articles with gold files."""
    from kg.build import build

    gold = shared / "gold" / "dev"
    articles = [*(shared / "seeds").glob("*.txt"), *gold.glob("*.txt"), *gold.glob("*.html")]
    with open_store(tmp_path_factory.mktemp("real") / "store") as store:
        build(sorted(articles), store, Settings(base=BASE))
        yield from serving(store)


@dataclass
class Watched:
    """A page and what went wrong on it: errors of scripts and console, requests to other hosts."""

    page: Page
    site: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Opens an address of the site and waits until it is quiet; fails where it does not answer with 200."""
        response = self.page.goto(self.site + path)
        assert response is not None and response.status == 200, f"{path}: {response and response.status}"
        self.page.wait_for_load_state("networkidle")
        return self.page

    def assert_clean(self) -> None:
        """Fails where anything went wrong so far."""
        assert self.errors == []
        assert self.foreign == []


Opening = Callable[..., Watched]


@pytest.fixture
def watch(browser: Browser) -> Iterator[Opening]:
    """Opens watched pages; keywords are those of a browser context (viewport, color_scheme, java_script_enabled)."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def opening(site: str, **options: object) -> Watched:
        chosen = {"viewport": {"width": 1280, "height": 900}} | options
        context = browser.new_context(**chosen)  # type: ignore[arg-type]  # keywords as Playwright takes them
        contexts.append(context)
        page = context.new_page()
        seen = Watched(page, site)

        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                seen.errors.append(message.text)

        def request(sent: Request) -> None:
            if not sent.url.startswith((site, "data:", "blob:")):
                seen.foreign.append(sent.url)

        def dialog(shown: Dialog) -> None:
            seen.errors.append(f"dialog {shown.message}")
            shown.dismiss()

        page.on("console", console)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("request", request)
        page.on("dialog", dialog)
        watched.append(seen)
        return seen

    yield opening
    for context in contexts:
        context.close()


def sign_in(watched: Watched, onward: str) -> Page:
    """Signs in with the token as a person does, and goes on to a page."""
    page = watched.open(f"/login?next={onward}")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{onward}")
    return page


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Waits for something to happen; fails where it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.05)
