"""The site with a keyboard and nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE, Opening

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """What has the focus: its accessible words."""
    return str(page.evaluate("(document.activeElement.ariaLabel || document.activeElement.textContent || '').trim()"))


def tab_to(page: Page, words: str, most: int = 120) -> None:
    """Presses Tab until something with these words has the focus; fails where nothing comes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"the keyboard does not reach {words!r}; it ends at {focused(page)!r}")


def test_the_first_stop_skips_to_the_content(site: str, watch: Opening) -> None:
    page = watch(site).open("/page/state/norway")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_suggestion_is_chosen_with_arrows_and_enter(site: str, watch: Opening) -> None:
    page = watch(site).open("/timeline")
    page.keyboard.press("/")
    page.keyboard.type("ocean", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("Ocean Forum")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#masthead-q")).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ocean Forum")


def test_escape_closes_suggestions_and_enter_searches(site: str, watch: Opening) -> None:
    page = watch(site).open("/")
    page.keyboard.press("/")
    page.keyboard.type("chile", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=chile")


def test_tabbing_to_a_fact_marks_its_sentence(site: str, watch: Opening) -> None:
    page = watch(site).open("/page/article/ministers-meet-over-moratorium")
    tab_to(page, "Fact 4")
    expect(page.locator(".taken > li.lit")).to_contain_text("Accusation")
    tab_to(page, "Sentence of fact 7")
    expect(page.locator(".said.lit")).to_contain_text("Solheim urged Japan")


def test_from_a_stance_to_its_sentence(site: str, watch: Opening) -> None:
    page = watch(site).open("/page/state/norway")
    tab_to(page, "Voted with")
    page.keyboard.press("Enter")
    expect(page.locator(".proof").first).to_be_visible()
    tab_to(page, "Ministers meet over the moratorium")
    page.keyboard.press("Enter")
    expect(page.locator(".said:target")).to_be_visible()


def test_the_matrix_the_timeline_and_the_map_are_reached(site: str, watch: Opening) -> None:
    page = watch(site).open("/alignments")
    tab_to(page, "Norway and Chile")
    page.keyboard.press("Enter")
    expect(page.locator("#grounds")).to_be_visible()
    page.goto(f"{site}/timeline")
    tab_to(page, "March 2031")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2031-03*")
    page.goto(f"{site}/map")
    expect(page.locator("#map[data-ready]")).to_be_visible()
    tab_to(page, "Nairobi, 2 events")
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_contain_text("Nairobi")


def test_the_editor_is_no_trap(site: str, watch: Opening) -> None:
    page = watch(site).open("/sparql")
    expect(page.locator(".editor[data-ready]")).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.editor') !== null"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT ?s WHERE { ?s a kg:State }")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Run")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("4 rows")
    tab_to(page, "Graph") if page.get_by_role("tab", name="Graph").count() else tab_to(page, "Table")


def test_the_explorer_has_a_way_without_the_canvas(site: str, watch: Opening) -> None:
    page = watch(site).open(f"/graph?focus={BASE}id/state/norway")
    tab_to(page, "Go on from Chile")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Around Chile")
