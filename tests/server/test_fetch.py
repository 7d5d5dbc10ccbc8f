"""Adding an article by its address: from an allowed host as a browser would get it, and from nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from flask.testing import FlaskClient

from kg.config import Settings
from kg.errors import ForbiddenError
from kg.graph.store import open_store
from server import create_app
from server.guard import addresses, fetch
from server.guard.addresses import Target

PAGE = b"""<!doctype html><html><head><title>Ministers sign in Lima</title>
<meta property="article:published_time" content="2014-02-04"><meta property="og:site_name" content="Andean Post"></head>
<body><nav>Home News Sport</nav><article><h1>Ministers sign in Lima</h1>
<p>Peru and Chile signed a treaty on fishing in Lima on Monday after two years of talks between their governments.</p>
<p>Bolivia rejected the treaty on Tuesday, saying that it had not been asked about its own access to the sea.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""
HOST = "news.example.org"
TOKEN = "open-sesame"
AUTH = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}


class Newspaper(BaseHTTPRequestHandler):
    """A site with one article, a redirect to the machine itself, an endless page and none at all."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Newspaper.asked.append(f"{self.headers['Host']}{self.path}")
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1/secret")
            self.end_headers()
        elif self.path in ("/lima", "/huge"):
            body = PAGE if self.path == "/lima" else b"x" * (6 * 2**20)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def newspaper() -> Iterator[HTTPServer]:
    """The site, on a free port."""
    server = HTTPServer(("127.0.0.1", 0), Newspaper)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Newspaper.asked.clear()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(newspaper: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A server that may ask the site: its name is looked up as a public address, and the connection led to it."""

    def check(url: str, hosts: list[str]) -> Target:
        target = addresses.check_url(url, hosts, lambda host, port: ["93.184.216.34"])
        return Target("http", target.host, newspaper.server_port, "127.0.0.1", target.path)

    monkeypatch.setattr(fetch, "check_url", check)
    monkeypatch.setenv("KG_SERVICE_HOSTS", f"data.example.org, {HOST}")
    with open_store(None) as store:
        yield create_app(store, Settings(token=TOKEN)).test_client()


def test_an_article_is_read_from_its_address_shown_and_kept(client: FlaskClient) -> None:
    sent = {"url": f"http://{HOST}/lima"}
    shown = client.post("/add", json=sent, headers=AUTH)
    assert shown.status_code == 200, shown.text
    preview = shown.get_json()["preview"]
    assert (preview["label"], preview["issued"]) == ("Ministers sign in Lima", "2014-02-04")
    assert {fact["event"]["kind"] for fact in preview["facts"] if fact["event"]} >= {"Agreement", "Rejection"}
    assert "newsletter" not in preview["text"]
    kept = client.post("/add", json=sent | {"keep": "1"}, headers=AUTH)
    assert kept.status_code == 303
    article = client.get(kept.headers["Location"], headers={"Accept": "application/json"}).get_json()
    assert article["label"] == "Ministers sign in Lima"
    assert article["source"]["text"] == f"http://{HOST}/lima"
    assert set(Newspaper.asked) == {f"{HOST}/lima"}


@pytest.mark.parametrize(
    ("path", "status"), [("/moved", 400), ("/nowhere", 400), ("/huge", 400)], ids=["redirect", "missing", "too large"]
)
def test_what_is_no_article_is_refused_in_words(path: str, status: int, client: FlaskClient) -> None:
    answer = client.post("/add", json={"url": f"http://{HOST}{path}"}, headers=AUTH)
    assert answer.status_code == status
    assert HOST in answer.get_json()["detail"]
    assert all("secret" not in asked for asked in Newspaper.asked)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://169.254.169.254/latest/meta-data/",
        "http://elsewhere.example.com/",
        f"http://{HOST}.evil.example.com/",
        f"http://{HOST}@127.0.0.1/",
        f"http://{HOST}:8080/",
        "file:///etc/passwd",
        "gopher://news.example.org/",
    ],
)
def test_no_address_leads_anywhere_else(url: str, client: FlaskClient) -> None:
    answer = client.post("/add", json={"url": url}, headers=AUTH)
    assert answer.status_code == 403
    assert Newspaper.asked == []


def test_an_allowed_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_SERVICE_HOSTS", HOST)
    for inside in ("127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1", "::ffff:127.0.0.1"):
        monkeypatch.setattr(addresses, "resolve", lambda host, port, found=inside: [found])
        with pytest.raises(ForbiddenError, match="not public"):
            addresses.check_url(f"http://{HOST}/", [HOST], addresses.resolve)


def test_nothing_is_fetched_without_the_token_or_where_no_host_is_allowed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"url": f"http://{HOST}/lima"}
    assert client.post("/add", json=sent).status_code == 401
    monkeypatch.delenv("KG_SERVICE_HOSTS")
    answer = client.post("/add", json=sent, headers=AUTH)
    assert answer.status_code == 403 and "paste the text" in answer.get_json()["detail"]
    assert Newspaper.asked == []
