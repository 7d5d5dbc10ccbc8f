"""The site with scripts switched off: everything reads, forms and links do the work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE, TOKEN, Opening
from tests.browser.test_every_page import PAGES

pytestmark = pytest.mark.browser


def plain(watch: Opening, site: str, path: str) -> Page:
    """A page in a browser without scripts."""
    return watch(site, java_script_enabled=False).open(path)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_reads(name: str, site: str, watch: Opening) -> None:
    page = plain(watch, site, PAGES[name])
    assert page.locator("h1").inner_text().strip()
    assert len(page.locator("main").inner_text()) > 40


def test_search_is_a_form(site: str, watch: Opening) -> None:
    page = plain(watch, site, "/")
    page.get_by_role("searchbox").fill("aranciba")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Mateo Arancibia")).click()
    expect(page.locator("h1")).to_have_text("Mateo Arancibia")


def test_neighbours_offices_and_columns_are_drawn(site: str, watch: Opening) -> None:
    page = plain(watch, site, "/page/person/ingrid-solheim")
    page.get_by_role("link", name=re.compile("^Mateo Arancibia: 1 event")).click()
    expect(page.locator("h1")).to_have_text("Mateo Arancibia")
    page.goto(f"{site}/page/person/ingrid-solheim")
    assert page.locator("svg rect.bar, svg circle.bar-dot").count() >= 2
    page.goto(f"{site}/timeline")
    page.get_by_role("link", name=re.compile("March 2031: 7 events")).click()
    expect(page.locator("#events-title .count")).to_have_text("7")


def test_marks_of_an_article_lead_to_facts_and_back(site: str, watch: Opening) -> None:
    page = plain(watch, site, "/page/article/ministers-meet-over-moratorium")
    page.get_by_role("link", name="Fact 4", exact=True).click()
    expect(page.locator(".taken > li:target")).to_contain_text("Accusation")
    page.get_by_role("link", name="Sentence of fact 4").click()
    expect(page.locator(".said:target")).to_contain_text("Solheim accused Japan")


def test_a_query_is_answered_as_a_table(site: str, watch: Opening) -> None:
    page = plain(watch, site, "/sparql")
    page.get_by_label("Query").fill("SELECT ?state WHERE { ?state a kg:State } ORDER BY ?state")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#results tbody tr")).to_have_count(4)
    page.locator("#results").get_by_role("link", name="Kenya").click()
    expect(page.locator("h1")).to_have_text("Kenya")


def test_a_wrong_query_says_what_is_wrong(site: str, watch: Opening) -> None:
    page = plain(watch, site, "/sparql?run=1&query=SELECT%20%3Fs%20WHERE%20%7B")
    expect(page.locator("#results .notice")).to_contain_text("line 1")


def test_the_explorer_goes_on_by_links(site: str, watch: Opening) -> None:
    page = plain(watch, site, f"/graph?focus={BASE}id/state/norway")
    page.get_by_role("link", name="Go on from Chile").click()
    expect(page.locator("h1")).to_have_text("Around Chile")


def test_judging_works(writable_site: str, watch: Opening) -> None:
    page = plain(watch, writable_site, "/login?next=/review")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=re.compile("^Right: Accusation")).click()
    expect(page.locator("#judged .count")).to_have_text("1")
