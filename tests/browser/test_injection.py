"""Attempts to run script through titles, texts, labels, publishers, IRIs, queries and addresses."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import BASE, Opening, sample_store, serving, sign_in
from tests.browser.sample import HOSTILE

pytestmark = pytest.mark.browser
HOSTILE_THING = f"{BASE}id/group/hostile"
WHERE_IT_SHOWS = {
    "home": "/",
    "search": f"/search?q={quote(HOSTILE)}",
    "entity": "/page/group/hostile",
    "its neighbour": "/page/state/kenya",
    "event": "/page/event/odd",
    "article": "/page/article/odd-names",
    "timeline": f"/timeline?with={quote(HOSTILE_THING)}&class={quote(HOSTILE)}",
    "map": "/map",
    "graph": f"/graph?focus={quote(HOSTILE_THING)}",
    "alignments": f"/alignments?a={quote(HOSTILE)}&b={quote(HOSTILE)}&from={quote(HOSTILE)}",
    "filters": f"/page/state/kenya?class={quote(HOSTILE)}&with={quote(HOSTILE)}&from={quote(HOSTILE)}&page=99",
    "review": "/review",
    "editor": f"/sparql?query={quote('SELECT * WHERE { ?s rdfs:label ?l } # </textarea>' + HOSTILE)}",
    "editor run": f"/sparql?run=1&query={quote('SELECT * WHERE { ?s rdfs:label ?l } # </textarea>' + HOSTILE)}",
}


@pytest.mark.parametrize("place", WHERE_IT_SHOWS)
def test_hostile_words_stay_words(place: str, site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open(WHERE_IT_SHOWS[place])
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelectorAll('img[src=x], script:not([src]), svg[onload]').length") == 0
    assert page.evaluate("[...document.querySelectorAll('[href^=javascript], [onerror], [onclick]')].length") == 0
    watched.assert_clean()


def test_a_suggestion_shows_a_hostile_label_as_text(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/")
    page.get_by_role("combobox").fill("script alert")
    expect(page.get_by_role("option").first).to_contain_text("<script>")
    watched.assert_clean()


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT ("{HOSTILE}" AS ?x) (IRI("javascript:alert(9)") AS ?y) WHERE {{}}',
        f'# view: chart\nSELECT ?x ?n WHERE {{ VALUES (?x ?n) {{ ("{HOSTILE}" 1) ("b" 2) }} }}',
        f'# view: map\nSELECT ?x ?lat ?long WHERE {{ VALUES (?x ?lat ?long) {{ ("{HOSTILE}" 1 2) ("b" 2 3) }} }}',
        f'CONSTRUCT {{ <urn:a> <urn:b> "{HOSTILE}" ; <urn:c> <javascript:alert(8)> }} WHERE {{}}',
        f'# view: timeline\nSELECT ?d ?x WHERE {{ VALUES (?d ?x) {{ ("2031-01-01"^^xsd:date "{HOSTILE}") }} }}',
    ],
)
def test_hostile_answers_stay_words_in_every_view(query: str, site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open(f"/sparql?query={quote(query)}")
    expect(page.locator("#view[data-view]")).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('[href^=javascript], img[src=x]')].length") == 0
    for tab in page.get_by_role("tab").all():
        tab.click()
    marker = page.locator("path.spot").first
    if marker.count():
        marker.click()
    watched.assert_clean()


@pytest.mark.parametrize(
    "path",
    [
        "/page/state/norway%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/page/%3E%20%3C%7D%20%3Fp%20%7C%20%3Fo%20%7D%20%23",
        "/page/..%2f..%2fetc%2fpasswd",
        "/static/..%2f..%2fapp.py",
        "/explain?s=%3E&p=%22&o=%3Cscript%3E",
        "/explain?s=Norway",
        "/search?q=" + "a" * 5000,
        "/suggest?q=%00%ff",
        "/timeline?page=-1&from=zzzz&to=0",
        "/alignments?state=nothing",
        "/graph?focus=%3Cscript%3E",
        "/sparql?example=../../etc/passwd",
        "/examples/..%2f..%2fsecret.rq",
        "/login?next=//evil.example/",
        "/review?fact=%3E%20.%20%7D",
    ],
)
def test_hostile_addresses_get_an_ordinary_answer(path: str, site: str) -> None:
    answered = httpx.get(site + path, headers={"Accept": "text/html"}, timeout=30)
    assert answered.status_code in (200, 400, 404), answered.text[:300]
    assert "<script>alert" not in answered.text
    assert "root:" not in answered.text and "def create_app" not in answered.text


def test_no_page_allows_inline_scripts_or_styles(site: str) -> None:
    policy = httpx.get(site).headers["content-security-policy"]
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


def test_signing_in_leads_nowhere_else(writable_site: str, watch: Opening) -> None:
    watched = watch(writable_site)
    page = watched.open("/login?next=//evil.example/")
    assert page.locator("input[name=next]").get_attribute("value") == "/review"


@pytest.mark.parametrize("path", ["/review", "/add", "/review/withdraw"])
def test_writing_needs_the_token_and_this_site(path: str, writable_site: str, watch: Opening) -> None:
    form = {"verdict": "wrong", "judged": f"{BASE}id/event/fired", "text": "x", "keep": "1", "key": "x"}
    assert httpx.post(writable_site + path, data=form).status_code == 401
    watched = watch(writable_site)
    sign_in(watched, "/review")
    cookies = {each["name"]: each["value"] for each in watched.page.context.cookies()}
    foreign = httpx.post(writable_site + path, data=form, cookies=cookies, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    forged = {name: said[:-1] + ("0" if said[-1] != "0" else "1") for name, said in cookies.items()}
    assert httpx.post(writable_site + path, data=form, cookies=forged).status_code == 401


def test_without_a_token_nothing_can_be_written() -> None:
    with sample_store() as store:
        for site in serving(store, token=""):
            assert httpx.post(f"{site}/login", data={"token": ""}).status_code == 403
            assert httpx.post(f"{site}/review", data={"verdict": "wrong", "judged": "Norway"}).status_code == 403
            assert "read-only" in httpx.get(f"{site}/add").text
