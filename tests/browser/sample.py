"""A small graph with something of everything, some of it hostile: readings as an extractor would give them.

Names, sentences and events are made up. ``readings()`` are mapped, stored and inferred over by the project's own code.
"""

from __future__ import annotations

from functools import partial

from kg.model import (
    Article,
    Entity,
    Event,
    Evidence,
    Fact,
    Identity,
    Membership,
    Mention,
    Proposition,
    Reading,
    Relation,
    Role,
    Tenure,
)

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE_IRI = "javascript:alert(3)"

ENTITIES = {
    entity.key: entity
    for entity in (
        Entity(
            key="state/norway",
            kind="State",
            name="Norway",
            aliases=("Oslo", "Kingdom of Norway"),
            iso3="NOR",
            latitude=60.5,
            longitude=8.5,
            identities=(Identity(iri="http://www.wikidata.org/entity/Q20"), Identity(iri=HOSTILE_IRI, score=0.4)),
        ),
        Entity(key="state/chile", kind="State", name="Chile", iso3="CHL", latitude=-35.7, longitude=-71.5),
        Entity(key="state/kenya", kind="State", name="Kenya", iso3="KEN", latitude=0.2, longitude=37.9),
        Entity(key="state/japan", kind="State", name="Japan", iso3="JPN", latitude=36.2, longitude=138.3),
        Entity(
            key="place/bergen", kind="Place", name="Bergen", located_in="state/norway", latitude=60.39, longitude=5.32
        ),
        Entity(
            key="place/nairobi", kind="Place", name="Nairobi", located_in="state/kenya", latitude=-1.29, longitude=36.82
        ),
        Entity(
            key="person/ingrid-solheim",
            kind="Person",
            name="Ingrid Solheim",
            aliases=("Solheim",),
            of_state="state/norway",
        ),
        Entity(key="person/mateo-arancibia", kind="Person", name="Mateo Arancibia", of_state="state/chile"),
        Entity(key="person/wanjiru-otieno", kind="Person", name="Wanjiru Otieno", of_state="state/kenya"),
        Entity(
            key="organisation/ocean-forum",
            kind="IntergovernmentalOrganisation",
            name="Ocean Forum",
            aliases=("the Forum",),
            identities=(Identity(iri="http://dbpedia.org/resource/Ocean_Forum"),),
        ),
        Entity(key="group/coastal-governments", kind="Group", name="Coastal governments"),
        Entity(
            key="document/trawling-moratorium",
            kind="Document",
            name="Trawling moratorium",
            authors=("person/ingrid-solheim",),
        ),
        Entity(key="group/hostile", kind="Group", name=HOSTILE, aliases=('"><svg onload=alert(4)>',)),
    )
}

TREATY = (
    "Norwegian Foreign Minister Ingrid Solheim met her Chilean colleague Mateo Arancibia in Bergen on Tuesday.\n\n"
    "Solheim accused Japan of ignoring the trawling moratorium, which she wrote. "
    "Chile and Norway voted for the moratorium in the Ocean Forum, Kenya abstained.\n\n"
    "Solheim urged Japan to call its fleet home before winter. "
    "Norway and Chile, allies for decades, will hold a summit in Nairobi in June."
)
CLASH = (
    "Coast guards from Chile fired on a Japanese trawler on Wednesday, killing four sailors, the Ocean Forum said.\n\n"
    "Norway, a member of the Ocean Forum, voted for the moratorium the day before. "
    "Japan rejected the accusation by Solheim."
)
SECOND = (
    "At least seven sailors died when Chilean coast guards opened fire on a trawler from Japan on Wednesday, "
    "Kenyan Envoy Wanjiru Otieno said."
)
ODD = f"Delegates of the group {HOSTILE} met Kenya in Nairobi."


def _evidence(slug: str, text: str, quote: str, *credited: str, confidence: float = 0.9) -> Evidence:
    begin = text.index(quote)
    return Evidence(
        article=slug, begin=begin, finish=begin + len(quote), quote=quote, attributed_to=credited, confidence=confidence
    )


def _mentions(text: str, **forms: str) -> tuple[Mention, ...]:
    """Mentions of entities by the words used for them; ``_`` stands for a blank in keyword names."""
    found = []
    for words, key in forms.items():
        name, start = words.replace("_", " "), 0
        while (at := text.find(name, start)) >= 0:
            found.append(Mention(key=key, begin=at, finish=at + len(name)))
            start = at + len(name)
    return tuple(found)


def _event(kind: str, evidence: Evidence, date: str = "", key: str = "", **given: object) -> Event:
    roles = tuple(
        Role(name=name, key=each)
        for name in ("agent", "target", "place", "body", "motion", "topic")
        for each in str(given.pop(name, "")).split()
    )
    return Event(kind=kind, evidence=evidence, roles=roles, date=date, key=key, **given)  # type: ignore[arg-type]


def _treaty() -> Reading:
    slug, text = "ministers-meet-over-moratorium", TREATY
    said = partial(_evidence, slug, text)
    met = said(
        "Norwegian Foreign Minister Ingrid Solheim met her Chilean colleague Mateo Arancibia in Bergen on Tuesday."
    )
    accused = said("Solheim accused Japan of ignoring the trawling moratorium, which she wrote.")
    voted = said("Chile and Norway voted for the moratorium in the Ocean Forum, Kenya abstained.")
    urged = said("Solheim urged Japan to call its fleet home before winter.")
    summit = said("Norway and Chile, allies for decades, will hold a summit in Nairobi in June.")
    ballot = {"body": "organisation/ocean-forum", "motion": "document/trawling-moratorium"}
    facts: tuple[Fact, ...] = (
        _event(
            "Meeting",
            met,
            "2031-03-04",
            agent="person/ingrid-solheim person/mateo-arancibia",
            place="place/bergen",
            date_text="Tuesday",
        ),
        _event(
            "Accusation", accused, "2031-03-04", "event/accused", agent="person/ingrid-solheim", target="state/japan"
        ),
        _event("Vote", voted, "2031-03-03", "event/voted", agent="state/chile state/norway", choice="For", **ballot),
        _event("Vote", voted, "2031-03-03", agent="state/kenya", choice="Abstain", **ballot),
        _event(
            "Appeal",
            urged,
            "2031-03-04",
            agent="person/ingrid-solheim",
            target="state/japan",
            content=Proposition(
                text="call its fleet home before winter", describes="Retreat", mentions=("state/japan",)
            ),
        ),
        _event("Summit", summit, "2031-06", agent="state/norway state/chile", place="place/nairobi", planned=True),
        Relation(kind="allyOf", subject="state/norway", object="state/chile", evidence=summit, as_of="2031-03-05"),
        Tenure(
            holder="person/ingrid-solheim",
            organisation="state/norway",
            title="Foreign Minister",
            role="ForeignMinister",
            evidence=met,
            as_of="2031-03-04",
        ),
        Tenure(
            holder="person/mateo-arancibia",
            organisation="state/chile",
            title="Foreign Minister",
            role="ForeignMinister",
            evidence=met,
            as_of="2031-03-04",
        ),
        Tenure(
            holder="person/ingrid-solheim",
            organisation="organisation/ocean-forum",
            title="Chair",
            role="",
            evidence=None,
            start="2026-01",
            end="2029-12-31",
            former=True,
            source="made up",
        ),
    )
    mentions = _mentions(
        text,
        Ingrid_Solheim="person/ingrid-solheim",
        Mateo_Arancibia="person/mateo-arancibia",
        Japan="state/japan",
        Kenya="state/kenya",
        Ocean_Forum="organisation/ocean-forum",
        Nairobi="place/nairobi",
    )
    article = Article(
        slug=slug,
        title="Ministers meet over the moratorium",
        text=text,
        source="made-up/treaty.txt",
        publisher="Fjord Courier",
        published="2031-03-05",
    )
    return Reading(article=article, entities=tuple(ENTITIES.values()), mentions=mentions, facts=facts)


def _clash() -> Reading:
    slug, text = "shots-at-a-trawler", CLASH
    said = partial(_evidence, slug, text)
    fired = said(
        "Coast guards from Chile fired on a Japanese trawler on Wednesday, killing four sailors, the Ocean Forum said.",
        "organisation/ocean-forum",
    )
    member = said("Norway, a member of the Ocean Forum, voted for the moratorium the day before.")
    rejected = said("Japan rejected the accusation by Solheim.")
    facts: tuple[Fact, ...] = (
        _event(
            "Attack",
            fired,
            "2031-03-05",
            "event/fired",
            agent="state/chile",
            target="state/japan",
            killed=4,
            date_text="Wednesday",
        ),
        Membership(member="state/norway", organisation="organisation/ocean-forum", evidence=member, as_of="2031-03-06"),
        _event("Rejection", rejected, "2031-03-06", agent="state/japan", target="person/ingrid-solheim"),
    )
    article = Article(
        slug=slug,
        title="Shots at a trawler",
        text=text,
        source="https://news.example/shots",
        publisher="Pacific Ledger",
        published="2031-03-06",
    )
    mentions = _mentions(text, Chile="state/chile", Japan="state/japan", Solheim="person/ingrid-solheim")
    return Reading(article=article, entities=tuple(ENTITIES.values())[:10], mentions=mentions, facts=facts)


def _second() -> Reading:
    slug, text = "seven-dead-at-sea", SECOND
    fired = _evidence(slug, text, text, "person/wanjiru-otieno", confidence=0.8)
    facts: tuple[Fact, ...] = (
        _event(
            "Attack",
            fired,
            "2031-03-05",
            "event/fired",
            agent="state/chile",
            target="state/japan",
            killed=7,
            at_least=True,
            date_text="Wednesday",
        ),
        Tenure(
            holder="person/wanjiru-otieno",
            organisation="state/kenya",
            title="Envoy",
            role="Envoy",
            evidence=fired,
            as_of="2031-03-05",
        ),
    )
    article = Article(
        slug=slug,
        title="Seven dead at sea",
        text=text,
        source="https://wire.example/seven",
        publisher="Rift Wire",
        published="2031-03-06",
    )
    mentions = _mentions(text, Wanjiru_Otieno="person/wanjiru-otieno", Japan="state/japan")
    return Reading(article=article, entities=tuple(ENTITIES.values())[:10], mentions=mentions, facts=facts)


def _odd() -> Reading:
    slug, text = "odd-names", ODD
    met = _evidence(slug, text, text, HOSTILE)
    facts: tuple[Fact, ...] = (
        _event(
            "Meeting",
            met,
            "2031-02-01",
            "event/odd",
            agent="group/hostile state/kenya",
            place="place/nairobi",
            quotation=HOSTILE,
        ),
    )
    article = Article(
        slug=slug,
        title=f"Odd names {HOSTILE}",
        text=text,
        source=HOSTILE_IRI,
        publisher=HOSTILE,
        published="2031-02-02",
    )
    entities = (ENTITIES["group/hostile"], ENTITIES["state/kenya"], ENTITIES["place/nairobi"])
    mentions = (Mention(key="group/hostile", begin=text.index(HOSTILE), finish=text.index(HOSTILE) + len(HOSTILE)),)
    return Reading(article=article, entities=entities, mentions=mentions, facts=facts)


def readings() -> tuple[Reading, ...]:
    """The four articles as read."""
    return (_treaty(), _clash(), _second(), _odd())
