"""Each page used as a person would use it, with a mouse and scripts."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE, TOKEN, Opening, sign_in, wait_until

pytestmark = pytest.mark.browser
NORWAY, CHILE = f"{BASE}id/state/norway", f"{BASE}id/state/chile"


def test_search_suggests_while_typing_and_forgives_typos(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/")
    page.get_by_role("combobox").first.press_sequentially("ingird solh")
    expect(page.get_by_role("option").first).to_contain_text("Ingrid Solheim")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_have_text("Ingrid Solheim")
    watched.assert_clean()


@pytest.mark.parametrize(
    ("typed", "kind"), [("kingdom of norway", "State"), ("shots at a traw", "Article"), ("attack chile", "Attack")]
)
def test_search_finds_other_names_articles_and_events(typed: str, kind: str, site: str, watch: Opening) -> None:
    page = watch(site).open(f"/search?q={typed}")
    expect(page.locator("main li").first).to_contain_text(kind)


def test_home_says_what_the_graph_holds_and_asks_questions_that_run(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/")
    tally = dict(
        zip(page.locator(".tally dt").all_inner_texts(), page.locator(".tally dd").all_inner_texts(), strict=True)
    )
    assert (tally["Events"], tally["Articles"], tally["States"]) == ("9", "4", "4")
    expect(page.get_by_role("heading", name="Latest events")).to_be_visible()
    page.locator("[aria-labelledby=ask] a").nth(1).click()
    expect(page.locator("#status")).to_contain_text(re.compile(r"\d+ (row|triple)s? in"))
    watched.assert_clean()


def test_facets_narrow_events_and_stay_in_the_address(site: str, watch: Opening) -> None:
    page = watch(site).open("/page/state/chile")
    before = page.locator("#events .events > li").count()
    page.locator("#events").get_by_role("link", name=re.compile("^Attack")).click()
    page.wait_for_url("**class=Attack*")
    assert 0 < page.locator("#events .events > li").count() < before
    page.locator("#events").get_by_role("link", name=re.compile("^Japan")).click()
    page.wait_for_url("**class=Attack&with=*")
    expect(page.locator("#events .events > li")).to_have_count(1)


def test_stances_tell_stated_from_derived_and_lead_to_sentences(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/page/state/norway")
    allies = page.locator(".stance-group", has=page.get_by_role("heading", name=re.compile("Ally of")))
    expect(allies.locator(".tag")).to_have_text("stated")
    voted = page.locator(".stance-group", has=page.get_by_role("heading", name=re.compile("Voted with")))
    expect(voted.locator(".tag")).to_have_text("derived")
    voted.get_by_text("why?").click()
    expect(page.locator(".proof .quote").first).to_contain_text("voted for the moratorium")
    page.locator(".proof .source a").first.click()
    expect(page.locator(".said:target")).to_contain_text("voted for the moratorium")
    watched.assert_clean()


def test_an_event_sets_its_reports_side_by_side_and_says_where_they_differ(site: str, watch: Opening) -> None:
    page = watch(site).open("/page/event/fired")
    expect(page.locator(".report")).to_have_count(2)
    boxes = [box for card in page.locator(".report").all() if (box := card.bounding_box())]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] != boxes[1]["x"]
    expect(page.locator(".notice")).to_contain_text("Sources differ on the number killed")
    expect(page.locator(".notice")).to_contain_text("4 (Pacific Ledger)")
    expect(page.locator(".notice")).to_contain_text("at least 7 (Rift Wire)")


def test_pointing_at_a_fact_marks_its_sentence_and_the_reverse(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/page/article/ministers-meet-over-moratorium")
    page.locator(".taken > li", has_text="Accusation").hover()
    expect(page.locator(".said.lit")).to_have_text(re.compile("^Solheim accused Japan"))
    page.locator(".said", has_text="Solheim urged Japan").hover()
    expect(page.locator(".taken > li.lit")).to_contain_text("call its fleet home")
    page.locator(".article-text a.mention", has_text="Mateo Arancibia").click()
    expect(page.locator("h1")).to_have_text("Mateo Arancibia")
    watched.assert_clean()


def test_an_article_tells_claims_from_facts(site: str, watch: Opening) -> None:
    page = watch(site).open("/page/article/shots-at-a-trawler")
    expect(page.locator(".taken > li", has_text="Attack")).to_contain_text("claim of Ocean Forum")
    expect(page.locator(".taken > li", has_text="Rejection")).to_contain_text("own voice")


def test_a_cell_of_the_matrix_opens_its_grounds(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/alignments")
    page.get_by_role("link", name=re.compile("^Norway and Chile: 2 together, 0 against")).click()
    expect(page.locator("#grounds")).to_contain_text("Voted together")
    expect(page.locator("#grounds")).to_contain_text("Chile, Norway")
    expect(page.locator("#grounds").get_by_role("link", name=re.compile("Ally of"))).to_be_visible()
    page.get_by_label("From").fill("2032")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("No events or alliances between states in this period")
    watched.assert_clean()


def test_dragging_over_the_timeline_chooses_a_period(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/timeline")
    first = page.locator("[data-period='2031-02'] .hit").bounding_box()
    last = page.locator("[data-period='2031-03'] .hit").bounding_box()
    assert first and last
    page.mouse.move(first["x"] + 10, first["y"] + 60)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 60, steps=6)
    page.mouse.up()
    page.wait_for_url("**from=2031-02&to=2031-03*")
    expect(page.locator("#events-title .count")).to_have_text("8")
    page.locator("svg.brush a[data-period]").first.click()
    expect(page.locator("#events-title .count")).to_have_text("1")
    watched.assert_clean()


def test_the_map_shows_places_without_asking_for_tiles(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/map")
    expect(page.locator("#map[data-ready]")).to_be_visible()
    assert page.locator("#map path.land").count() > 0
    page.locator("#map path.spot").first.click()
    page.locator(".leaflet-popup a", has_text="Nairobi").click()
    expect(page.locator("h1")).to_have_text("Nairobi")
    watched.assert_clean()


def test_the_explorer_grows_from_the_node_that_is_chosen(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/graph?focus=Norway")
    expect(page.locator("#graph[data-ready]")).to_be_visible()
    expect(page.locator("#graph-status")).to_contain_text("nodes")
    assert page.locator("#graph canvas").count() > 0
    page.wait_for_timeout(600)
    page.get_by_role("link", name="Go on from Chile").click()
    expect(page.locator("h1")).to_have_text("Around Chile")
    watched.assert_clean()


def editor(page: Page, query: str) -> None:
    """Replaces the query in the editor by typing."""
    expect(page.locator(".editor[data-ready]")).to_be_visible()
    page.locator(".editor .CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)


def test_the_editor_runs_a_query_and_its_link_can_be_shared(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/sparql")
    editor(page, "SELECT ?s WHERE { ?s a kg:State } ORDER BY ?s")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("4 rows in")
    expect(page.locator("#results tbody tr").first).to_contain_text("Chile")
    again = watch(site)
    again.open(page.url.removeprefix(site))
    expect(again.page.locator("#results tbody tr")).to_have_count(4)
    watched.assert_clean()
    again.assert_clean()


def test_the_editor_marks_errors_as_they_are_typed(site: str, watch: Opening) -> None:
    page = watch(site).open("/sparql")
    editor(page, "SELECT ?s WHERE { ?s ?p }")
    expect(page.locator(".parseErrorIcon")).to_be_visible()


def test_the_editor_completes_classes_and_names_of_things(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/sparql")
    editor(page, "SELECT * WHERE { ?s a kg:Summ")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint").first).to_contain_text("kg:Summit")
    page.keyboard.press("Enter")
    editor(page, "SELECT * WHERE { ?s kg:agent <solhei")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint", has_text="Ingrid Solheim").first).to_contain_text("Person")
    watched.assert_clean()


VIEWS = {
    "chart": "SELECT ?who (COUNT(?e) AS ?n) WHERE { ?e a kg:Event ; kg:agent ?who } GROUP BY ?who",
    "map": "SELECT ?place ?lat ?long WHERE { ?place geo:lat ?lat ; geo:long ?long }",
    "timeline": "# view: timeline\nSELECT ?date ?e WHERE { ?e a kg:Event ; kg:date ?date }",
    "graph": "CONSTRUCT { ?e kg:agent ?who } WHERE { ?e a kg:Event ; kg:agent ?who }",
    "table": "SELECT ?s WHERE { ?s a kg:Event }",
}
NAMED = """# view: graph
SELECT ?one ?other ?kind WHERE {
  ?a kg:accuses ?b . ?a rdfs:label ?one . ?b rdfs:label ?other BIND("accuses" AS ?kind)
}"""
DRAWN = {"chart": "rect.bar", "map": "path.spot", "timeline": "ol.events li", "graph": "canvas", "table": "tbody tr"}


@pytest.mark.parametrize("view", VIEWS)
def test_an_answer_is_shown_as_what_it_is(view: str, site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/sparql")
    editor(page, VIEWS[view])
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#view[data-view={view}]")).to_be_visible()
    expect(page.locator(f"#view {DRAWN[view]}").first).to_be_visible()
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("#view tbody tr").first).to_be_visible()
    watched.assert_clean()


def test_a_graph_that_is_asked_for_is_drawn_of_names_too(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/sparql")
    editor(page, NAMED)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#view[data-view=graph] canvas").first).to_be_visible()
    watched.assert_clean()


def test_answers_download_in_every_format(site: str, watch: Opening) -> None:
    page = watch(site).open("/sparql?query=SELECT%20%3Fs%20WHERE%20%7B%20%3Fs%20a%20kg%3AState%20%7D")
    for name in ("csv", "tsv", "json", "xml"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download {name}").click()
        assert "norway" in download.value.path().read_text(encoding="utf-8")


def test_a_wrong_query_is_answered_in_words(site: str, watch: Opening) -> None:
    page = watch(site).open("/sparql")
    editor(page, "SELECT ?s WHERE { ?s ?p ")
    page.get_by_role("button", name=re.compile("^Run")).click()
    expect(page.locator("#results .notice")).to_contain_text(re.compile("line 1"))


def test_a_query_can_be_cancelled_where_it_runs(bounded_site: str, watch: Opening) -> None:
    watched = watch(bounded_site)
    page = watched.open("/sparql")
    editor(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()

    def running() -> list[object]:
        listed = page.request.get(f"{bounded_site}/queries", headers={"Authorization": f"Bearer {TOKEN}"})
        return list(listed.json()["queries"])

    wait_until(running)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#status")).to_have_text("Cancelled")
    wait_until(lambda: running() == [])
    watched.assert_clean()


def test_every_example_runs(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/sparql")
    names = [link.get_attribute("data-example") for link in page.locator("a[data-example]").all()]
    for name in names:
        page.locator(f"a[data-example='{name}']").click()
        expect(page.locator(f"a[data-example='{name}'][aria-current]")).to_be_visible()
        expect(page.locator("#status")).to_contain_text(re.compile(r"(rows?|triples?) in"))
        expect(page.locator("#results .notice")).to_have_count(0)
    watched.assert_clean()


def test_the_vocabulary_leads_to_terms_and_to_their_events(site: str, watch: Opening) -> None:
    watched = watch(site)
    page = watched.open("/vocabulary")
    page.get_by_role("navigation", name="Classes as a tree").get_by_role("link", name="Veto", exact=True).first.click()
    expect(page.locator(".term:target h3")).to_contain_text("Veto")
    page.locator("#Vote").get_by_role("link", name="Events of this kind").click()
    expect(page.locator("#events .events > li")).to_have_count(2)
    watched.assert_clean()


def test_facts_are_judged_and_exported_as_gold(writable_site: str, watch: Opening) -> None:
    watched = watch(writable_site)
    page = sign_in(watched, "/review")
    page.get_by_role("button", name=re.compile("^Right: Accusation")).click()
    page.get_by_role("button", name=re.compile("^Wrong: Attack")).click()
    expect(page.locator("#judged .count")).to_have_text("2")
    page.goto(f"{writable_site}/page/event/fired")
    expect(page.locator("main .notice")).to_contain_text("judged wrong and taken out of the graph")
    page.goto(f"{writable_site}/review")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Export as gold")).click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as packed:
        assert {name.split(".")[0] for name in packed.namelist()} == {
            "ministers-meet-over-moratorium",
            "shots-at-a-trawler",
            "seven-dead-at-sea",
        }
        gold = json.loads(packed.read("ministers-meet-over-moratorium.gold.json"))
        without = json.loads(packed.read("shots-at-a-trawler.gold.json"))
    (required,) = [event for event in gold["events"] if not event["optional"]]
    assert required["types"] == ["Accusation"]
    assert required["agents"] == ["Ingrid Solheim"]
    assert "Attack" not in {kind for event in without["events"] for kind in event["types"]}
    page.get_by_role("button", name=re.compile("^Take back: wrong")).click()
    expect(page.locator("#judged .count")).to_have_text("1")
    watched.assert_clean()


def test_entities_are_told_apart_and_links_corrected(writable_site: str, watch: Opening) -> None:
    watched = watch(writable_site)
    page = sign_in(watched, "/review")
    entities = page.get_by_role("region", name="Entities")
    entities.get_by_label("Entity", exact=True).fill("Coastal governments")
    entities.get_by_label("and entity").fill("Norway")
    entities.get_by_role("button", name="Are two").click()
    expect(page.locator(".stances").first).to_contain_text("split")
    links = page.get_by_role("region", name="Links")
    links.get_by_label("Entity", exact=True).fill("Norway")
    links.get_by_label("in another knowledge base").fill("http://www.wikidata.org/entity/Q20")
    links.get_by_role("button", name="Is not").click()
    page.goto(f"{writable_site}/page/state/norway")
    expect(page.locator("main")).not_to_contain_text("Q20")
    watched.assert_clean()


def test_an_article_is_shown_before_it_is_kept(writable_site: str, watch: Opening) -> None:
    watched = watch(writable_site)
    page = sign_in(watched, "/add")
    page.get_by_label("Text").fill(
        "Kenya's foreign minister accused Japan of stalling on Friday. Japan rejected the charge in Nairobi."
    )
    page.get_by_label("Title").fill("Harsh words in Nairobi")
    page.get_by_label("Published on").fill("2031-05-10")
    page.get_by_role("button", name="Show what would be taken").click()
    expect(page.locator("#preview .taken > li").first).to_be_visible()
    assert page.request.get(f"{writable_site}/search?q=harsh+words&format=json").json()["results"] == []
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("h1")).to_have_text("Harsh words in Nairobi")
    expect(page.locator(".taken > li").first).to_be_visible()
    watched.assert_clean()
