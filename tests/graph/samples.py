"""Readings of two invented articles on one vote, and strategies that invent more."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.model import (
    Article,
    Entity,
    Event,
    Evidence,
    Identity,
    Membership,
    Mention,
    Proposition,
    Reading,
    Relation,
    Role,
    Tenure,
)

NORLAND = Entity(key="state/norland", kind="State", name="Norland", aliases=("Norlandic",), iso3="NRL")
SUDRIA = Entity(key="state/sudria", kind="State", name="Sudria", iso3="SDR")
ESTRA = Entity(key="state/estra", kind="State", name="Estra")
COUNCIL = Entity(key="organisation/harbour-council", kind="IntergovernmentalOrganisation", name="Harbour Council")
PACT = Entity(key="organisation/northern-pact", kind="DefenceAlliance", name="Northern Pact")
MOTION = Entity(key="document/fishing-motion", kind="Document", name="fishing motion")
CITY = Entity(key="place/velm", kind="Place", name="Velm", located_in="state/norland", latitude=61.5, longitude=-3.25)
LEADER = Entity(
    key="person/ada-brandt",
    kind="Person",
    name="Ada Brandt",
    aliases=("Brandt",),
    identities=(Identity(iri="http://www.wikidata.org/entity/Q999999001", score=0.75),),
)


def evidence(slug: str, quote: str, begin: int = 0, *credited: str) -> Evidence:
    return Evidence(article=slug, begin=begin, finish=begin + len(quote), quote=quote, attributed_to=credited)


def article(slug: str, text: str, published: str = "2031-05-04") -> Article:
    return Article(
        slug=slug,
        title=f"News of {slug}",
        text=text,
        source=f"{slug}.txt",
        publisher="The Velm Courier",
        published=published,
    )


FIRST_TEXT = (
    "Norland and Sudria vetoed the fishing motion in the Harbour Council on Friday. "
    "President Ada Brandt met Estra's envoys in Velm. She urged Estra to attack nobody. "
    "Norland is an ally of Estra. A summit is planned for June."
)


def _sentence(text: str, start: str) -> tuple[str, int]:
    begin = text.index(start)
    return text[begin : text.index(".", begin) + 1], begin


def first() -> Reading:
    """Two states veto a motion; their leader meets, urges, is to attend a summit; one alliance is stated."""
    said = {
        word: evidence("one", *_sentence(FIRST_TEXT, word)) for word in ("Norland and", "President", "She", "A summit")
    }
    veto = Event(
        kind="Veto",
        key="event/veto",
        evidence=said["Norland and"],
        roles=(
            Role(name="agent", key=NORLAND.key),
            Role(name="agent", key=SUDRIA.key),
            Role(name="motion", key=MOTION.key),
            Role(name="body", key=COUNCIL.key),
        ),
        choice="Against",
        date="2031-05-02",
        date_text="on Friday",
    )
    meeting = Event(
        kind="Meeting",
        evidence=said["President"],
        roles=(Role(name="agent", key=LEADER.key), Role(name="agent", key=ESTRA.key), Role(name="place", key=CITY.key)),
        date="2031-05",
    )
    appeal = Event(
        kind="Appeal",
        evidence=said["She"],
        roles=(Role(name="agent", key=LEADER.key), Role(name="target", key=ESTRA.key)),
        content=Proposition(text="attack nobody", describes="Attack", mentions=(ESTRA.key,)),
    )
    summit = Event(
        kind="Summit",
        evidence=said["A summit"],
        roles=(Role(name="agent", key=NORLAND.key),),
        date="2031-06",
        planned=True,
    )
    tenure = Tenure(
        holder=LEADER.key,
        organisation=NORLAND.key,
        title="president",
        role="HeadOfState",
        evidence=said["President"],
        as_of="2031-05-04",
    )
    alliance = Relation(
        kind="allyOf",
        subject=NORLAND.key,
        object=ESTRA.key,
        evidence=evidence("one", *_sentence(FIRST_TEXT, "Norland is")),
    )
    return Reading(
        article=article("one", FIRST_TEXT),
        entities=(NORLAND, SUDRIA, ESTRA, COUNCIL, MOTION, CITY, LEADER),
        mentions=(Mention(key=NORLAND.key, begin=0, finish=7),),
        facts=(veto, meeting, appeal, summit, tenure, alliance),
    )


SECOND_TEXT = (
    "Sudria blocked the motion. Relief workers say more than 40 people died in a raid on Velm. Norland is in the Pact."
)


def second() -> Reading:
    """The same veto told by another article, a raid with figures, and a membership."""
    veto = Event(
        kind="Veto",
        key="event/veto",
        evidence=evidence("two", *_sentence(SECOND_TEXT, "Sudria")),
        roles=(Role(name="agent", key=SUDRIA.key),),
        choice="Against",
        date="2031-05-02",
    )
    raid = Event(
        kind="Attack",
        evidence=evidence("two", *_sentence(SECOND_TEXT, "Relief"), "relief workers"),
        roles=(Role(name="place", key=CITY.key),),
        killed=40,
        at_least=True,
    )
    membership = Membership(
        member=NORLAND.key, organisation=PACT.key, evidence=evidence("two", *_sentence(SECOND_TEXT, "Norland"))
    )
    return Reading(
        article=article("two", SECOND_TEXT, "2031-05-05"),
        entities=(SUDRIA, CITY, NORLAND, PACT),
        facts=(veto, raid, membership),
    )


_WORDS = st.text(min_size=1, max_size=30)
_KEYS = st.sampled_from([NORLAND.key, SUDRIA.key, LEADER.key, CITY.key, MOTION.key, COUNCIL.key])
_DATES = st.sampled_from(["", "2031", "2031-05", "2031-05-02", "soon", "2031-02-30"])
_EVIDENCE = st.builds(
    Evidence,
    article=st.just("any"),
    begin=st.integers(0, 500),
    finish=st.integers(0, 500),
    quote=_WORDS,
    attributed_to=st.lists(_KEYS | _WORDS, max_size=2).map(tuple),
    confidence=st.floats(0, 1),
)
_EVENTS = st.builds(
    Event,
    kind=st.sampled_from(["Meeting", "Veto", "Attack", "Support", "Statement"]),
    evidence=_EVIDENCE,
    roles=st.lists(
        st.builds(Role, name=st.sampled_from(["agent", "target", "place", "voter", "topic"]), key=_KEYS), max_size=4
    ).map(tuple),
    date=_DATES,
    date_text=st.text(max_size=20),
    killed=st.none() | st.integers(0, 10**6),
    at_least=st.booleans(),
    planned=st.booleans(),
    quotation=st.text(max_size=40),
    content=st.none() | st.builds(Proposition, text=_WORDS, mentions=st.lists(_KEYS, max_size=2).map(tuple)),
)
_TENURES = st.builds(
    Tenure,
    holder=st.just(LEADER.key),
    organisation=_KEYS,
    title=st.text(max_size=20),
    role=st.sampled_from(["", "HeadOfState", "Envoy"]),
    evidence=_EVIDENCE,
    start=_DATES,
    former=st.booleans(),
)
READINGS = st.builds(
    Reading,
    article=st.builds(
        Article,
        slug=st.just("any"),
        title=st.text(max_size=40),
        text=st.text(max_size=80),
        source=_WORDS,
        published=_DATES,
    ),
    entities=st.lists(st.sampled_from([NORLAND, SUDRIA, LEADER, CITY, MOTION, COUNCIL]), max_size=6).map(tuple),
    facts=st.lists(_EVENTS | _TENURES, max_size=5).map(tuple),
)
"""Readings with any text in them, control characters and surrogates included where the model lets them in."""
