"""What holds of every page: accessible, quiet, at home on a phone, light and dark, and on no other host."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import BASE, Opening, Watched, sign_in

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
NORWAY, CHILE = f"{BASE}id/state/norway", f"{BASE}id/state/chile"
PAGES = {
    "home": "/",
    "search": "/search?q=solhiem",
    "nothing found": "/search?q=zzzzqqq",
    "state": "/page/state/norway",
    "person": "/page/person/ingrid-solheim",
    "organisation": "/page/organisation/ocean-forum",
    "group": "/page/group/coastal-governments",
    "place": "/page/place/nairobi",
    "document": "/page/document/trawling-moratorium",
    "position": "/page/position/foreign-minister-norway",
    "filtered": "/page/state/norway?class=Vote&from=2031&to=2031",
    "event": "/page/event/fired",
    "planned event": "/page/event/voted",
    "article": "/page/article/ministers-meet-over-moratorium",
    "hostile article": "/page/article/odd-names",
    "why form": "/explain",
    "why": f"/explain?s={NORWAY}&p=kg:alignedWith&o={CHILE}",
    "alignments": "/alignments",
    "a pair": f"/alignments?a={NORWAY}&b={CHILE}",
    "timeline": "/timeline",
    "map": "/map",
    "graph start": "/graph",
    "graph": f"/graph?focus={NORWAY}",
    "vocabulary": "/vocabulary",
    "editor": "/sparql",
    "answer": "/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20a%20kg%3AState%20%7D",
    "answer without scripts": "/sparql?run=1&query=SELECT%20*%20WHERE%20%7B%20%3Fs%20a%20kg%3AState%20%7D",
    "review": "/review",
    "add": "/add",
    "login": "/login",
}


def violations(page: Page) -> list[str]:
    """What axe finds wrong, one line a finding."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def assert_fits(page: Page) -> None:
    """Fails where a page is wider than its window."""
    wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1
             && !e.closest(".scroll, .stage, .visually-hidden, .editor, pre, .beside")).slice(0, 5)
             .map((e) => e.tagName + "." + e.className + " " + e.textContent.slice(0, 40))"""
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), wide


def assert_good_in_every_form(watched: Watched) -> None:
    """Checks a page that is open at both widths, dark and light."""
    page = watched.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page)
            assert violations(page) == [], f"{scheme} at {width} px"
    watched.assert_clean()


@pytest.mark.parametrize("name", PAGES)
def test_is_accessible_quiet_and_fits_every_window(name: str, site: str, watch: Opening) -> None:
    watched = watch(site)
    watched.open(PAGES[name])
    assert_good_in_every_form(watched)


@pytest.mark.parametrize("path", ["/review", "/add"])
def test_pages_behind_the_token_are_as_good(path: str, site: str, watch: Opening) -> None:
    watched = watch(site)
    sign_in(watched, path)
    assert_good_in_every_form(watched)


@pytest.mark.parametrize(
    "path", ["/", "/page/state/russia", "/page/organisation/nato", "/alignments", "/map", "/timeline"]
)
def test_real_articles_make_pages_as_good(path: str, real_site: str, watch: Opening) -> None:
    watched = watch(real_site)
    watched.open(path)
    assert_good_in_every_form(watched)


def test_an_error_is_a_page_like_any_other(site: str, watch: Opening) -> None:
    watched = watch(site)
    response = watched.page.goto(f"{site}/page/person/nobody-at-all")
    assert response is not None and response.status == 404
    assert "Not Found" in watched.page.inner_text("h1")
    assert violations(watched.page) == []


@pytest.mark.parametrize("name", ["home", "state", "event", "article", "map", "graph", "editor"])
def test_a_first_visit_moves_at_most_300_kib(name: str, site: str, watch: Opening) -> None:
    watched = watch(site)
    sizes: list[int] = []
    session = watched.page.context.new_cdp_session(watched.page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    watched.open(PAGES[name])
    watched.page.wait_for_timeout(500)
    assert sum(sizes) <= 300 * 1024
