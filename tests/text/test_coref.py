"""Pronouns and descriptions: whom they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.text.document import Document

Annotate = Callable[..., Document]


def meant(document: Document, words: str) -> list[str]:
    """The names of those whom the last mention with these words means."""
    spans = sorted(document.spans, key=lambda s: (s.start, s.end))
    found = [s for s in spans if " ".join(document.doc[s.start : s.end].text.split()) == words]
    return [r.name for r in found[-1].referents] if found else []


PRONOUNS = [
    ("Angela Merkel met reporters in Bonn. She left early.", "She", ["Angela Merkel"]),
    ("Angela Merkel praised Tony Blair and said that he was a friend.", "he", ["Tony Blair"]),
    ("Mali and Chad quarrelled. The plane was over Gao when it was hit by a missile.", "it", []),
    ("Jacques Chirac met Angela Merkel in Paris, and he thanked her.", "her", ["Angela Merkel"]),
    ("Tony Blair spoke in London. He told Jacques Chirac that he was tired.", "He", ["Tony Blair"]),
    ("Tony Blair resigned. After his talks with reporters, Jacques Chirac left.", "his", ["Jacques Chirac"]),
    ("Kenya closed its border.", "its", ["Kenya"]),
    ("Kenya warned Uganda. It closed the border.", "It", ["Kenya"]),
    ("Russia and China objected. They cast vetoes.", "They", ["Russia", "China"]),
    ("Syrian rebels shelled Homs. They denied it.", "They", ["Syrian rebels"]),
    ("Tony Blair met reporters. Jacques Chirac had refused twice, he said.", "he", ["Tony Blair"]),
    ("Tony Blair met reporters. Jacques Chirac, he added, had refused.", "he", ["Tony Blair"]),
    ('Tony Blair met reporters. "We told Jacques Chirac that in May," he said.', "he", ["Tony Blair"]),
    ('Tony Blair spoke first. Jacques Chirac was brief: "I agree," he said.', "he", ["Jacques Chirac"]),
    ("Kenya and Uganda recognised Chad after its parliament voted.", "its", ["Chad"]),
    ("Kenya banned exports, and Uganda said it would cut aid.", "it", ["Uganda"]),
    ("Kenya closed the border. Uganda had shelled its posts, it said.", "it", ["Kenya"]),
    ("Tony Blair left. The fall of the junta brought Jacques Chirac back; he took over.", "he", ["Jacques Chirac"]),
    ("Tony Blair denied it: Britain, he said, had only kept its word.", "he", ["Tony Blair"]),
]


@pytest.mark.parametrize(("text", "pronoun", "names"), PRONOUNS)
def test_pronoun(annotate: Annotate, text: str, pronoun: str, names: list[str]) -> None:
    assert meant(annotate(text, "2006-01-01"), pronoun) == names


DESCRIPTIONS = [
    ("Karen rebels of the Free Hills Army shelled Moulmein. The rebels fled.", "The rebels", ["Free Hills Army"]),
    ("Miguel d'Escoto spoke in Lima. He left.", "He", ["Miguel d'Escoto"]),
    ("Israel blamed Hamas for the shelling. The Palestinian group denied it.", "The Palestinian group", ["Hamas"]),
    ("Officials blamed Hezbollah. The Lebanese movement denied it.", "The Lebanese movement", ["Hezbollah"]),
    ("A bomb of the Zorin Front hit Lima. The Peruvian group fled.", "The Peruvian group", ["Zorin Front"]),
    ("The UN Security Council met. Members of the council agreed.", "the council", ["United Nations Security Council"]),
    ("The European Union met. Sanctions were lifted by the bloc.", "the bloc", ["European Union"]),
    ("NATO met. Strikes by the alliance went on.", "the alliance", ["NATO"]),
    ("OPEC met. Output of the cartel fell.", "the cartel", ["OPEC"]),
    ("Saudi Arabia and Peru met. Oil of the kingdom is cheap.", "the kingdom", ["Saudi Arabia"]),
    ("France and Spain met. Both countries agreed.", "Both countries", ["France", "Spain"]),
    ("France and Spain met. The two countries agreed.", "The two countries", ["France", "Spain"]),
    (
        "Tony Blair met Jacques Chirac in Paris. The two leaders agreed.",
        "The two leaders",
        ["Tony Blair", "Jacques Chirac"],
    ),
    ("The leaders of Russia and China met. Hu spoke.", "The leaders of Russia and China", ["Russia", "China"]),
    (
        "The leaders of Russia and China met. Hu Jintao spoke.",
        "The leaders of Russia and China",
        ["Vladimir Putin", "Hu Jintao"],
    ),
    (
        "Peru, Chile (CHL), the United Kingdom and Cuba met. The four countries agreed.",
        "The four countries",
        ["Peru", "Chile", "United Kingdom", "Cuba"],
    ),
    (
        "The International Atomic Energy Agency met. The UN watchdog reported.",
        "The UN watchdog",
        ["International Atomic Energy Agency"],
    ),
    ("Jacques Chirac spoke. The French president left.", "The French president", ["Jacques Chirac"]),
    ("The Russian president left.", "The Russian president", ["Vladimir Putin"]),
    ("Juma Otieno, Kenya's oil minister, spoke. The minister left.", "The minister", ["Juma Otieno"]),
    ("They met in Austria. The Austrian capital was calm.", "The Austrian capital", ["Vienna"]),
    ("Tony Blair spoke of his country.", "his country", ["United Kingdom"]),
    ("Syrian rebels shelled Homs. The rebels fled.", "The rebels", ["Syrian rebels"]),
    ("The Bush administration objected, George Bush said.", "The Bush administration", ["United States"]),
    ("Tony Blair spoke. A plan was drawn up. Blair's peace plan failed.", "Blair's peace plan", ["Blair peace plan"]),
    ("A draft resolution on Haiti was circulated. The text failed.", "The text", ["draft resolution on Haiti"]),
    ("Tony Blair met Hu Jintao. The Briton smiled at the Chinese.", "Briton", ["Tony Blair"]),
    (
        "Chad shelled Niger. Niger struck Chad. Chad blamed Niger. Fiji and Peru urged calm. The two sides met.",
        "The two sides",
        ["Chad", "Niger"],
    ),
    (
        "Chad shelled Niger. Niger struck Chad. Fiji and Peru urged calm. The two neighbours met.",
        "The two neighbours",
        ["Chad", "Niger"],
    ),
    ("Juma Otieno, Kenya's oil minister, won. The Kenyan thanked Fiji.", "Kenyan", ["Juma Otieno"]),
    ("Juma Otieno of Kenya won. The Kenyans thanked Fiji.", "Kenyans", ["Kenya"]),
    ("Juma Otieno of Kenya won. The Kenyan team thanked Fiji.", "Kenyan", ["Kenya"]),
    ("Ivo Maric resigned. Maric's party, the Hill Union, refused.", "Maric's party", ["Hill Union"]),
    ("Juma Otieno, Kenya's oil minister, spoke. His Fijian counterpart agreed.", "His Fijian counterpart", ["Fiji"]),
]


NEAR_BY = [
    ("1972-03-01", "Iran denounced the raid. The Shah flew to Rabat.", "The Shah", ["Mohammad Reza Pahlavi"]),
    ("1972-03-01", "In Addis Ababa the Emperor met Leonid Brezhnev.", "the Emperor", ["Haile Selassie"]),
    ("1972-03-01", "France protested. The President flew to Rabat.", "The President", ["Georges Pompidou"]),
    ("1972-03-01", "Mali and Ghana fought. The army of Ghana left. The Prime Minister fled.", "The Prime Minister", []),
    (
        "1972-03-01",
        "Officers overthrew the King of Burundi. Mali recognized the new regime.",
        "the new regime",
        ["Burundi"],
    ),
]


CAPITALS = [
    ("The French Government protested.", "The French Government", ["France"]),
    ("The Soviet Government protested in 1970.", "The Soviet Government", ["Soviet Union"]),
    ("Turkey was calm. The Army arrested Ann Lee.", "The Army", ["Turkish army"]),
    ("The Turkish Parliament met.", "The Turkish Parliament", ["Parliament of Turkey"]),
    ("Greece was calm. The Peruvian Congress met.", "Congress", ["Congress of Peru"]),
    ("ANKARA - Turkey rose. Richard Nixon spoke. Tanks shelled parliament.", "parliament", ["Parliament of Turkey"]),
]


@pytest.mark.parametrize(("text", "words", "names"), CAPITALS)
def test_capitals_do_not_make_a_name(annotate: Annotate, text: str, words: str, names: list[str]) -> None:
    assert meant(annotate(text, published="1972-06-05"), words) == names


@pytest.mark.parametrize(("day", "text", "words", "names"), NEAR_BY)
def test_who_is_near_by_is_meant(annotate: Annotate, day: str, text: str, words: str, names: list[str]) -> None:
    assert meant(annotate(text, published=day), words) == names


@pytest.mark.parametrize(("text", "words", "names"), DESCRIPTIONS)
def test_description(annotate: Annotate, text: str, words: str, names: list[str]) -> None:
    assert meant(annotate(text, "2006-01-01"), words) == names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is clear that Kenya will vote.", "It"),
        ("It remains to be seen whether Kenya will vote.", "It"),
        ("A council was formed in Kenya.", "A council"),
        ("Presidents come and go in Kenya.", "Presidents"),
    ],
)
def test_what_means_nobody_stays_open(annotate: Annotate, text: str, words: str) -> None:
    assert meant(annotate(text), words) == []


def test_object_pronoun_is_not_the_subject_of_its_clause(annotate: Annotate) -> None:
    assert meant(annotate("Tony Blair met reporters. Jacques Chirac called him.", "2006-01-01"), "him") == [
        "Tony Blair"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Manuel Zorin left. Zorin's followers threw stones.", {"Zorin followers", "Zorin's followers"}),
        ("King Salman met General Ana Ruiz.", {"King Salman", "General Ana Ruiz"}),
        ("Turkey's parliament approved it.", {"Turkish parliament", "Turkey's parliament"}),
        ("Kenyan troops left.", {"Kenyan soldiers", "Kenyan armed forces"}),
        ("Zorin's backers marched. Manuel Zorin left.", {"Zorin supporters", "supporters of Manuel Zorin"}),
    ],
)
def test_other_names_by_which_texts_call_them_are_kept(annotate: Annotate, text: str, names: set[str]) -> None:
    assert names <= {alias for referent in annotate(text).referents for alias in referent.aliases}


def test_a_crowd_is_called_with_its_number_too(annotate: Annotate) -> None:
    (crowd,) = annotate("Police beat tens of thousands of striking miners.").crowds.values()
    assert "tens of thousands of striking miners" in crowd.aliases
