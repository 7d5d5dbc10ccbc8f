"""Which events are one happening: decided from scratch and step by step, to the same keys, in any order."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.merge import Merger, assign, blocks, load_branches, merge, span_of
from kg.model import Event, Evidence, Proposition, Role


def event(kind: str, article: str = "a", at: int = 0, roles: str = "", **fields: Any) -> Event:
    """An event of ``article`` at offset ``at``; ``roles`` as in "agent:state/peru place:place/lima"."""
    pairs = (pair.split(":") for pair in roles.split())
    return Event(
        kind=kind,
        evidence=Evidence(article=article, begin=at, finish=at + 10, quote="x"),
        roles=tuple(Role(name=name, key=key) for name, key in pairs),
        **fields,
    )


def same(*events: Event, **context: Any) -> bool:
    """Whether all these events are one happening."""
    return len({e.key for e in merge(events, **context)}) == 1


PERU_CHILE = "agent:state/peru agent:state/chile"
ONE = [
    (
        "same day, same people",
        event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04"),
        event("Meeting", "b", roles=PERU_CHILE, date="2014-03-04"),
    ),
    (
        "more general class",
        event("Summit", "a", roles=PERU_CHILE, date="2014-03-04"),
        event("Meeting", "b", roles=PERU_CHILE, date="2014-03-04"),
    ),
    (
        "less precise date",
        event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04"),
        event("Meeting", "b", roles=PERU_CHILE, date="2014-03"),
    ),
    (
        "interval around the day",
        event("Summit", "a", roles=PERU_CHILE, date="2014-03-04", end_date="2014-03-06"),
        event("Summit", "b", roles=PERU_CHILE, date="2014-03-05"),
    ),
    (
        "fewer participants named",
        event("Meeting", "a", roles=PERU_CHILE + " agent:state/cuba", date="2014-03-04"),
        event("Meeting", "b", roles=PERU_CHILE, date="2014-03-04"),
    ),
    (
        "figures that conflict between articles",
        event("Killing", "a", roles="target:group/miners place:place/lima", date="2014-03-04", killed=12),
        event("Killing", "b", roles="target:group/miners place:place/lima", date="2014-03", killed=10, at_least=True),
    ),
    (
        "many dead, nobody named, place told by one only",
        event("Killing", "a", date="2014-03", killed=108),
        event("Killing", "b", roles="place:place/lima", date="2014-03", killed=100, at_least=True),
    ),
    (
        "place told by one only",
        event("Meeting", "a", roles=PERU_CHILE + " place:place/lima", date="2014-03-04"),
        event("Meeting", "b", roles=PERU_CHILE, date="2014-03-04"),
    ),
    (
        "place and date, nobody named",
        event("Killing", "a", roles="place:place/lima", date="2014-03-04"),
        event("Attack", "b", roles="place:place/lima target:group/miners", date="2014-03-04"),
    ),
    (
        "same words said",
        event("Statement", "a", roles="agent:person/x", date="2014-03-04", quotation="the border stays closed"),
        event("Statement", "b", roles="agent:person/x", date="2014-03-04", quotation="border stays closed"),
    ),
]


@pytest.mark.parametrize(("why", "one", "other"), ONE, ids=[o[0] for o in ONE])
def test_reports_of_one_happening(why: str, one: Event, other: Event) -> None:
    assert same(one, other)


TWO = [
    (
        "few dead, nobody named",
        event("Killing", "a", date="2014-03", killed=3),
        event("Killing", "b", roles="place:place/lima", date="2014-03", killed=3),
    ),
    ("another day", event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04"),
     event("Meeting", "b", roles=PERU_CHILE, date="2014-03-05")),
    ("another place", event("Meeting", "a", roles=PERU_CHILE + " place:place/lima", date="2014-03-04"),
     event("Meeting", "b", roles=PERU_CHILE + " place:place/quito", date="2014-03-04")),
    ("other people", event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04"),
     event("Meeting", "b", roles="agent:state/peru agent:state/cuba", date="2014-03-04")),
    ("another class", event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04"),
     event("Agreement", "b", roles=PERU_CHILE, date="2014-03-04")),
    ("another choice", event("Vote", "a", roles=PERU_CHILE, date="2014-03-04", choice="For"),
     event("Vote", "b", roles=PERU_CHILE, date="2014-03-04", choice="Against")),
    ("another body", event("Vote", "a", roles="agent:state/peru body:organisation/x", date="2014-03-04", choice="For"),
     event("Vote", "b", roles="agent:state/peru body:organisation/y", date="2014-03-04", choice="For")),
    ("planned and held", event("Summit", "a", roles=PERU_CHILE, date="2014-03-04", planned=True),
     event("Summit", "b", roles=PERU_CHILE, date="2014-03-04")),
    ("other words", event("Statement", "a", roles="agent:person/x", date="2014-03-04", quotation="border stays closed"),
     event("Statement", "b", roles="agent:person/x", date="2014-03-04", quotation="prices will rise again")),
    ("figures within one article",
     event("Killing", "a", 0, "target:group/miners", date="2014-03-04", killed=12),
     event("Killing", "a", 90, "target:group/miners", date="2014-03-04", killed=3)),
    ("dates within one article", event("Meeting", "a", 0, PERU_CHILE, date="2014-03-04"),
     event("Meeting", "a", 90, PERU_CHILE, date="2014-03")),
    ("undated, unknown when", event("Meeting", "a", roles=PERU_CHILE), event("Meeting", "b", roles=PERU_CHILE)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "one", "other"), TWO, ids=[t[0] for t in TWO])
def test_happenings_that_differ(why: str, one: Event, other: Event) -> None:
    assert not same(one, other)


def test_undated_event_is_as_old_as_its_article() -> None:
    dated = event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04")
    undated = event("Meeting", "b", roles=PERU_CHILE)
    assert same(dated, undated, published={"b": "2014-03-05"})
    assert not same(dated, undated, published={"b": "2014-05-05"})


def test_place_within_the_other_place_agrees() -> None:
    one = event("Attack", "a", roles="target:group/x place:place/village", date="2014-03-04")
    other = event("Attack", "b", roles="target:group/x place:state/peru", date="2014-03-04")
    assert same(one, other, located={"place/village": "state/peru"})
    assert not same(one, other)


def test_vague_report_does_not_bridge_two_happenings() -> None:
    first = event("Meeting", "a", roles=PERU_CHILE, date="2014-03-04")
    second = event("Meeting", "b", roles=PERU_CHILE, date="2014-03-20")
    vague = event("Meeting", "c", roles=PERU_CHILE, date="2014-03")
    keys = [e.key for e in merge((vague, first, second))]
    assert keys[1] != keys[2]
    assert keys[0] in keys[1:]


def test_key_is_readable_and_short() -> None:
    key = merge((event("Visit", roles="agent:person/x", date="2014"),))[0].key
    assert key.startswith("event/")
    assert len(key) == len("event/") + 12


def test_branches_mirror_the_ontology() -> None:
    import rdflib

    from kg.config import data_dir

    graph = rdflib.Graph().parse(data_dir("ontology") / "communique.ttl")
    kg = rdflib.Namespace("https://w3id.org/communique/ontology#")
    branches = load_branches()
    for child, parent in branches.parents.items():
        assert (kg[child], rdflib.RDFS.subClassOf, kg[parent]) in graph, (child, parent)
    for kind in branches.symmetric | branches.spoken:
        assert (kg[kind], rdflib.RDF.type, rdflib.OWL.Class) in graph, kind


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2012-02", "", 29),
        ("2012-06-05", "", 1),
        ("2012", "", 366),
        ("2012-06-05", "2012-06-07", 3),
        ("2012-12", "", 31),
    ],
)
def test_span_of_a_date(start: str, end: str, days: int) -> None:
    span = span_of(start, end)
    assert span is not None
    assert span[1] - span[0] + 1 == days


@pytest.mark.parametrize("text", ["", "soon", "2012-13-01"])
def test_span_of_no_date(text: str) -> None:
    assert span_of(text, "") is None


# -- invariants ------------------------------------------------------------------------------------------------------

KEYS = ["state/peru", "state/chile", "person/x", "group/miners"]


@st.composite
def events_of(draw: st.DrawFn, article: str) -> list[Event]:
    """A few events of one article, from a world small enough that reports meet."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        roles = [f"agent:{key}" for key in draw(st.sets(st.sampled_from(KEYS), max_size=2))]
        roles += [f"target:{key}" for key in draw(st.sets(st.sampled_from(KEYS), max_size=1))]
        roles += [f"place:{key}" for key in draw(st.sets(st.sampled_from(["place/lima", "place/quito"]), max_size=1))]
        content = draw(st.sampled_from([None, Proposition(text="open the border at once")]))
        found.append(
            event(
                draw(
                    st.sampled_from(["Meeting", "Summit", "Attack", "Killing", "Vote", "Veto", "Statement", "Demand"])
                ),
                article,
                number * 20,
                " ".join(sorted(roles)),
                date=draw(st.sampled_from(["", "2014", "2014-03", "2014-03-04", "2014-03-05", "2014-04"])),
                choice=draw(st.sampled_from(["", "For"])),
                killed=draw(st.sampled_from([None, 3, 12])),
                planned=draw(st.booleans()),
                content=content,
            )
        )
    return found


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, list[Event]]:
    """Some articles with their events."""
    return {name: draw(events_of(name)) for name in "abcd"[: draw(st.integers(1, 4))]}


PUBLISHED = {"a": "2014-03-05", "b": "2014-03-06", "c": "2014-04-01"}


def keys_by_identity(events: tuple[Event, ...]) -> dict[str, set[str]]:
    """Which events, named by article and offset, share which key."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in events:
        found[item.key].add(f"{item.evidence.article}{item.evidence.begin}{item.kind}")
    return found


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_of_articles_and_events_does_not_matter(world: dict[str, list[Event]], chance: random.Random) -> None:
    events = [e for items in world.values() for e in items]
    shuffled = events.copy()
    chance.shuffle(shuffled)
    assert keys_by_identity(merge(events, PUBLISHED)) == keys_by_identity(merge(shuffled, PUBLISHED))


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_adding_and_removing_article_by_article_equals_merging_from_scratch(
    world: dict[str, list[Event]], chance: random.Random
) -> None:
    merger, known = Merger(PUBLISHED), {}
    steps = [*world, *chance.choices(list(world), k=2)]
    chance.shuffle(steps)
    for article in steps:
        change = merger.remove(article) if article in known else merger.add(article, world[article])
        if article in known:
            del known[article]
        else:
            known[article] = list(change.events)
        for changed in change.rekeyed:
            others = known[changed.evidence.article]
            index = next(i for i, e in enumerate(others) if _alike(e, changed))
            others[index] = changed
    expected = merge([e for name in known for e in world[name]], PUBLISHED)
    assert [e.key for name in known for e in known[name]] == [e.key for e in expected]


def _alike(one: Event, other: Event) -> bool:
    return (one.kind, one.evidence, one.roles, one.date, one.choice, one.killed, one.planned, one.content) == (
        other.kind, other.evidence, other.roles, other.date, other.choice, other.killed, other.planned, other.content
    )  # fmt: skip


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_assigning_a_new_article_equals_merging_from_scratch(world: dict[str, list[Event]]) -> None:
    *old, new = world
    known = merge([e for name in old for e in world[name]], PUBLISHED)
    change = assign(world[new], known, PUBLISHED)
    expected = merge([*(e for name in old for e in world[name]), *world[new]], PUBLISHED)
    assert [e.key for e in change.events] == [e.key for e in expected[len(known) :]]
    rekeyed = [after for before, after in zip(known, expected, strict=False) if before.key != after.key]
    assert list(change.rekeyed) == rekeyed


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_no_group_holds_events_that_disagree(world: dict[str, list[Event]]) -> None:
    groups: dict[str, list[Event]] = defaultdict(list)
    for item in merge([e for items in world.values() for e in items], PUBLISHED):
        groups[item.key].append(item)
    for group in groups.values():
        for one, other in itertools.combinations(group, 2):
            assert one.choice == other.choice
            assert one.planned == other.planned
            assert load_branches().on_one_branch(one.kind, other.kind)
            if one.evidence.article == other.evidence.article and None not in (one.killed, other.killed):
                assert one.killed == other.killed


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_events_of_one_happening_share_a_block_with_another_of_it(world: dict[str, list[Event]]) -> None:
    groups: dict[str, list[Event]] = defaultdict(list)
    for item in merge([e for items in world.values() for e in items], PUBLISHED):
        groups[item.key].append(item)
    for group in groups.values():
        for one in group:
            others = [o for o in group if o is not one]
            assert not others or any(blocks(one, PUBLISHED) & blocks(o, PUBLISHED) for o in others)
