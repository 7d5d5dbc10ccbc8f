"""Names: what a stretch of text refers to, and of what kind it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document, Referent

Annotate = Callable[..., Document]


def referent(document: Document, text: str, last: bool = True) -> Referent | None:
    """The referent of the last (or first) mention with these words."""
    found = [
        span.referents
        for span in sorted(document.spans, key=lambda s: s.start)
        if " ".join(document.doc[span.start : span.end].text.split()) == text and span.referents
    ]
    return found[-1 if last else 0][0] if found else None


KEYS = [
    # institutions by part of their name
    (
        "The United Nations Force in Chad (UNFIC) left. UNFIC patrols fled.",
        "UNFIC",
        "body/united-nations-force-in-chad",
    ),
    (
        "The Liberation Tigers of Tamil Eelam met. The Tigers left.",
        "Tigers",
        "armed-group/liberation-tigers-of-tamil-eelam",
    ),
    ("Peru thanked the Government of Kenya.", "the Government", "state/kenya"),
    # single names that are ground by what is done there
    ("Protesters tried to enter Karvana and were beaten.", "Karvana", "place/karvana"),
    ("Ann Lee, the American envoy, flew to Mekvele, Kivu's capital, on Monday.", "Mekvele", "place/mekvele"),
    ("Six guards were murdered at Medvinkas.", "Medvinkas", "place/medvinkas"),
    ("Residents of Advara fled.", "Advara", "place/advara"),
    ("Soldiers were sent to Lodrika, where they fought.", "Lodrika", "place/lodrika"),
    # states by name, adjective and people
    ("Ghana and Togo agreed.", "Ghana", "state/ghana"),
    ("The Ghanaian delegation left.", "Ghanaian", "state/ghana"),
    ("Turks and Greeks live there.", "Turks", "state/turkey"),
    ("The U.S. and the UK agreed.", "U.S.", "state/united-states"),
    ("South Korea fired shells.", "South Korea", "state/south-korea"),
    (
        "The Democratic Republic of the Congo protested.",
        "Democratic Republic of the Congo",
        "state/democratic-republic-of-the-congo",
    ),
    # capitals that act
    ("Ankara condemned the raid.", "Ankara", "state/turkey"),
    ("Ties with Tehran are bad.", "Tehran", "state/iran"),
    ("The raid was condemned by Cairo.", "Cairo", "state/egypt"),
    ("They rejected Islamabad's offer.", "Islamabad", "state/pakistan"),
    ("The pressure on Khartoum grew.", "Khartoum", "state/sudan"),
    ("He had a message for Damascus.", "Damascus", "state/syria"),
    # capitals where somebody is
    ("They met in Ankara.", "Ankara", "place/ankara"),
    ("She flew to Tehran from Cairo.", "Tehran", "place/tehran"),
    ("She flew to Tehran from Cairo.", "Cairo", "place/cairo"),
    ("Troops entered Khartoum.", "Khartoum", "place/khartoum"),
    ("Cairo's streets were empty.", "Cairo", "place/cairo"),
    ("He visited Islamabad.", "Islamabad", "place/islamabad"),
    # institutions
    ("The Kremlin denied it.", "Kremlin", "body/kremlin"),
    ("The Pentagon denied it.", "Pentagon", "body/united-states-department-of-defense"),
    ("Foggy Bottom denied it.", "Foggy Bottom", "body/united-states-department-of-state"),
    ("Downing Street denied it.", "Downing Street", "state/united-kingdom"),
    ("The Knesset approved it.", "Knesset", "body/knesset"),
    ("Kenya's Foreign Ministry denied it.", "Kenya's Foreign Ministry", "body/ministry-of-foreign-affairs-of-kenya"),
    (
        "The Dutch defence ministry denied it.",
        "The Dutch defence ministry",
        "body/ministry-of-defence-of-the-netherlands",
    ),
    ("The Ministry of Finance of Chad denied it.", "The Ministry of Finance", "body/ministry-of-finance-of-chad"),
    # organisations
    ("The African Union agreed.", "African Union", "organisation/african-union"),
    ("The Security Council met.", "Security Council", "organisation/united-nations-security-council"),
    ("The U.N. Security Council met.", "U.N. Security Council", "organisation/united-nations-security-council"),
    ("Hezbollah fired rockets.", "Hezbollah", "armed-group/hezbollah"),
    ("Reuters reported it.", "Reuters", "media/reuters"),
    # informal collectives
    ("Western governments objected.", "Western governments", "group/western-governments"),
    ("Western powers objected.", "Western powers", "group/western-governments"),
    ("The international community objected.", "The international community", "group/international-community"),
    ("Syrian rebels objected.", "Syrian rebels", "armed-group/syrian-rebels"),
    ("Hungarian officials objected.", "Hungarian officials", "group/hungarian-officials"),
    # governments are their states
    ("The Syrian government objected.", "The Syrian government", "state/syria"),
    ("Syria's regime objected.", "Syria's regime", "state/syria"),
    (
        "The internationally recognised government of Yemen objected.",
        "The internationally recognised government",
        "state/yemen",
    ),
    # documents
    ("They debated Resolution 1325.", "Resolution", "document/resolution-1325"),
]


@pytest.mark.parametrize(("text", "mention", "key"), KEYS)
def test_mention_has_its_key(annotate: Annotate, text: str, mention: str, key: str) -> None:
    found = referent(annotate(text), mention)
    assert found is not None
    assert found.key == key


PERSONS = [
    # spaCy takes some of these for something else
    ("Nuri Basgoz said that Tarn Oluk had met Ilse Brandvold.", {"Nuri Basgoz", "Tarn Oluk", "Ilse Brandvold"}),
    ("Victoria Hale and Mike Lincoln met in Paris.", {"Victoria Hale", "Mike Lincoln"}),
    ("Sheikh Khalid bin Rashid al-Nuaimi met Ban Ki-moon.", {"Khalid bin Rashid al-Nuaimi", "Ban Ki-moon"}),
    ("In London Gordon Brown met Jan Kowalczyk.", {"Gordon Brown", "Jan Kowalczyk"}),
    ("Ministers Amina Sani and Shah Karim Durrani both called.", {"Amina Sani", "Shah Karim Durrani"}),
    ("Musa Danbatta, better known as Zaki, who leads the rebels, agreed.", {"Musa Danbatta"}),
    ("Lieutenant-General Sir Peter Hallam and Col. Ivan Sokol met.", {"Peter Hallam", "Ivan Sokol"}),
]


@pytest.mark.parametrize(("text", "names"), PERSONS)
def test_persons_are_told(annotate: Annotate, text: str, names: set[str]) -> None:
    document = annotate(text, "2009-01-01")
    assert {r.name for r in document.referents if r.kind == "Person"} == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They voted for the Movement for Social Justice.", "Movement for Social Justice", "PoliticalParty"),
        ("The Zorro mercenary group fled.", "Zorro", "ArmedGroup"),
        ("The Harbour Gazette reported it.", "Harbour Gazette", "MediaOrganisation"),
        ("They fled to the town of Qalbiya.", "Qalbiya", "Place"),
        ("They signed the Lakeside Treaty.", "Lakeside Treaty", "Document"),
    ],
)
def test_unknown_names_get_a_kind(annotate: Annotate, text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(r.name, r.kind) for r in annotate(text).referents}


def test_headline_in_title_case_makes_no_persons_of_verbs(annotate: Annotate) -> None:
    text = "Lagarde, Rutte Seek Deal On Budget\n\nChristine Lagarde met Mark Rutte in Bonn on Monday."
    document = annotate(text, "2012-03-01")
    assert {r.name for r in document.referents if r.kind == "Person"} == {"Christine Lagarde", "Mark Rutte"}


def test_dateline_is_a_place(annotate: Annotate) -> None:
    document = annotate("KUWAIT CITY — The emir flew to Amman on Tuesday.")
    assert document.dateline is not None
    assert (document.dateline.key, document.dateline.kind) == ("place/kuwait-city", "Place")


def test_acronym_introduced_by_the_text_stands_for_the_name(annotate: Annotate) -> None:
    document = annotate("The Lakes Mediation Forum (LMF) met. The LMF adjourned.")
    first, second = referent(document, "Lakes Mediation Forum"), referent(document, "LMF")
    assert first is not None
    assert first is second


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Felipe Calderon spoke. Calderon left.", "Calderon", "Felipe Calderón"),
        ("Hu Jintao spoke. Hu left.", "Hu", "Hu Jintao"),
        ("Alice Munyua spoke. Ms Munyua left.", "Ms Munyua", "Alice Munyua"),
        ("Sheikh Rashid bin Omar al-Hamdi spoke. Sheikh Rashid left.", "Sheikh Rashid", "Rashid bin Omar al-Hamdi"),
        ("Calderon spoke first. Felipe Calderon left.", "Calderon", "Felipe Calderón"),
    ],
)
def test_short_name_is_the_person_of_the_full_name(annotate: Annotate, text: str, short: str, full: str) -> None:
    found = referent(annotate(text, "2010-01-01"), short)
    assert found is not None
    assert found.name == full


def test_bare_surname_with_office_is_who_held_it_then(annotate: Annotate) -> None:
    bush = referent(annotate("President Bush spoke.", "2003-05-01"), "Bush")
    assert bush is not None
    assert bush.key == "person/george-w-bush"


@pytest.mark.parametrize(
    ("text", "published", "key"),
    [
        ("Warren M. Christopher flew to Oslo.", "1994-05-12", "person/warren-christopher"),
        ("Dmitri A. Medvedev flew to Oslo.", "2010-05-12", "person/dmitry-medvedev"),
    ],
)
def test_a_middle_initial_changes_nobody(annotate: Annotate, text: str, published: str, key: str) -> None:
    assert key in {one.key for one in annotate(text, published=published).referents}


def test_office_decides_between_namesakes_and_wrong_links_are_not_made(annotate: Annotate) -> None:
    minister = referent(annotate("Kenya's foreign minister, Igor Ivanov, spoke.", "2001-05-01"), "Igor Ivanov")
    assert minister is not None
    assert minister.score < 0.75


def test_every_token_of_a_name_and_its_title_refers_to_it(annotate: Annotate) -> None:
    document = annotate("President Jacques Chirac met Tony Blair.", "2003-05-01")
    assert {r.name for i in range(3) for r in document.refer(document.doc[i])} == {"Jacques Chirac"}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("France 24 reported that eight had died.", "France 24", "MediaOrganisation"),
        ("Russia 24 showed the column.", "Russia 24", "MediaOrganisation"),
        ("He told Radio Gabon that he would go.", "Radio Gabon", "MediaOrganisation"),
        ("The newspaper Al-Bayan al-Jadid printed it.", "Al-Bayan al-Jadid", "MediaOrganisation"),
        ("Kataib Hezbollah fired on the base.", "Kataib Hezbollah", "ArmedGroup"),
        ("A spokesman for Jaish al-Nour denied it.", "Jaish al-Nour", "ArmedGroup"),
        ("The General National Congress met in Tripoli.", "General National Congress", "PoliticalParty"),
        ("The Bank of Japan cut its rate.", "Bank of Japan", "Company"),
        ("Both signed the Declaration of Principles on Monday.", "Declaration of Principles", "Document"),
        ("The ruling Law and Order party split.", "Law and Order", "PoliticalParty"),
        ("A.K. Banerjee left for Rome.", "A.K. Banerjee", "Person"),
        ("U Ba Maung left for Rome.", "U Ba Maung", "Person"),
        ("President Santiago Trujillo left for Rome.", "Santiago Trujillo", "Person"),
    ],
)
def test_names_are_of_the_kind_that_their_words_tell(annotate: Annotate, text: str, name: str, kind: str) -> None:
    found = referent(annotate(text), name)
    assert found is not None
    assert found.kind == kind


def test_a_number_of_things_is_no_part_of_a_states_name(annotate: Annotate) -> None:
    assert referent(annotate("Iran gave Turkey 24 hours and lent Chad 12 jets."), "Turkey") is not None


def test_an_institution_is_named_again_by_its_last_word(annotate: Annotate) -> None:
    document = annotate("The National Renewal Front met. The Front's council named a leader.")
    whole, short = referent(document, "National Renewal Front"), referent(document, "Front")
    assert short is not None
    assert short is whole


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They questioned her confidante, Han Soon-ae, who denied it.", "Han Soon-ae", "Person"),
        ("Peru votes in May, and the opposition candidate, Efren Ortiz, has promised peace.", "Efren Ortiz", "Person"),
        ("The Council, whose President for May is Julio Ibarra (Chile), met.", "Julio Ibarra", "Person"),
        ("M. Blanchet flew to Lima on Monday.", "M. Blanchet", "Person"),
        (
            "The Upper Council of Elders and Chiefs met. The High Council of Chiefs refused.",
            "High Council of Chiefs",
            "",
        ),
        ("The Monitoring Group on Liberia, which reported in May, was heard.", "Monitoring Group on Liberia", ""),
    ],
)
def test_names_are_read_whole_and_as_what_they_are(annotate: Annotate, text: str, name: str, kind: str) -> None:
    found = {referent.name: referent.kind for referent in annotate(text).referents}
    assert name in found
    assert not kind or found[name] == kind
