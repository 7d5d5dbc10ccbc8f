"""Reading plain text: front matter, header blocks, bare text, furniture."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.text import read
from kg.text.read import furniture, published, slug

BODY = (
    "OSLO — Foreign ministers of four Nordic states signed a fisheries accord on Tuesday after a week of talks.\n\n"
    "Norway's minister, Kari Lund, called the text fair to every fleet.\n"
)


def only(path: Path, **options: str) -> Article:
    (article,) = read.articles_of(path, **options)
    return article


def write(folder: Path, text: str, name: str = "story.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_front_matter_gives_title_publisher_date_and_url(tmp_path: Path) -> None:
    head = (
        "---\ntitle: 'Nordic accord: signed'\npublisher: Fjord Post\npublished: 2019-03-12\nurl: https://e.org/a\n---\n"
    )
    article = only(write(tmp_path, head + BODY))
    assert (article.title, article.publisher, article.published) == (
        "Nordic accord: signed",
        "Fjord Post",
        "2019-03-12",
    )
    assert article.source == "https://e.org/a"
    assert article.text.startswith("OSLO — ")


def test_header_block_gives_title_byline_publisher_and_date(tmp_path: Path) -> None:
    head = "Nordic accord signed\nBy Ola Berg in Oslo\nFJORD POST\nPublished: March 12, 2019 (Issue # 40)\n\n"
    article = only(write(tmp_path, head + BODY))
    assert (article.title, article.author, article.publisher) == ("Nordic accord signed", "Ola Berg", "FJORD POST")
    assert article.published == "2019-03-12"
    assert article.text.startswith("OSLO — ") and "Issue" not in article.text


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: June 6, 2014 (Issue # 1711)", "2014-06-06"),
        ("Posted: 1 December 2016, 06:15 GMT", "2016-12-01"),
        ("Friday, June 11, 1999", "1999-06-11"),
        ("Staff and agencies | Published: June 7, 2017 08:30 AST | 4 min read", "2017-06-07"),
        ("2021-02-03", "2021-02-03"),
        ("3rd of May 2011", "2011-05-03"),
    ],
)
def test_date_line_of_a_header_is_the_date_of_publication(tmp_path: Path, line: str, date: str) -> None:
    article = only(write(tmp_path, f"Nordic accord signed\n\n{line}\n\n{BODY}"))
    assert (article.published, article.title) == (date, "Nordic accord signed")
    assert line not in article.text


def test_first_publication_counts_not_the_update(tmp_path: Path) -> None:
    head = "Accord signed\nPosted: 12 March 2019\nLast updated: 14 March 2019\n\n"
    assert only(write(tmp_path, head + BODY)).published == "2019-03-12"


def test_bare_text_keeps_every_paragraph_and_has_no_title(tmp_path: Path) -> None:
    article = only(write(tmp_path, BODY))
    assert article.title == "" and article.published == ""
    assert article.text == BODY.strip()


def test_a_single_sentence_is_an_article_not_a_headline(tmp_path: Path) -> None:
    article = only(write(tmp_path, "Peru and Chile agreed on a sea border"))
    assert (article.title, article.text) == ("", "Peru and Chile agreed on a sea border")


def test_given_date_counts_only_where_the_text_has_none(tmp_path: Path) -> None:
    dated = write(tmp_path, f"Accord signed\n12 March 2019\n\n{BODY}", "a.txt")
    bare = write(tmp_path, BODY, "b.txt")
    assert only(dated, published="2000-01-01").published == "2019-03-12"
    assert only(bare, published="2000-01-01").published == "2000-01-01"


def test_hard_wrapped_lines_are_one_paragraph(tmp_path: Path) -> None:
    lines = (
        "The accord, which four states signed on Tuesday after a week",
        "of talks, sets quotas for cod and herring in the waters that",
        "they share.",
    )
    text = "\n".join(lines)
    assert only(write(tmp_path, text)).text == " ".join(text.split())


def test_repeated_headline_is_removed(tmp_path: Path) -> None:
    article = only(write(tmp_path, f"Accord signed in Oslo\n\nAccord signed in Oslo\n\n{BODY}"))
    assert "Accord signed in Oslo" not in article.text


APPEAL = [
    "We have a small favour to ask. The Fjord Post has no owner but its readers, and your support keeps us free.",
    "We, the reporters of the Fjord Post, refuse to stop. But we need your help to go on with our work.",
    "Whatever you give makes a difference. Please support us monthly, starting from 20 crowns. Thank you.",
]


@pytest.mark.parametrize(
    "line",
    [
        *APPEAL,
        "Read more",
        "Read more: Ten years of cod wars",
        "Leave a comment",
        "Comments (12)",
        "Advertisement",
        "Share on Facebook",
        "Facebook Twitter Email Print",
        "Sign up for our morning briefing and never miss a story.",
        "Follow us on Twitter @fjordpost",
        "Support The Fjord Post!",
        "Remind me later.",
        "© 2019 Fjord Post. All rights reserved.",
        "We use cookies on this site to improve your experience.",
        "Subscribe now",
        "Most read",
        "Get our newsletter in your inbox",
        "Photo: Agency / Ola Berg",
        "Related stories",
        "Tags: Norway, fish",
        "4 min read",
    ],
)
def test_furniture_is_not_news(line: str) -> None:
    news = ["Norway and Iceland signed an accord.", "Denmark abstained."]
    assert furniture.clean([news[0], line, news[1]]) == news


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell after the vote.",
        "Support for the minister is falling, a poll showed.",
        "“We need your help,” the president told donors. “Please support our army.”",
        "The United States pledged a contribution of $20 million to the fund.",
        "More than 50 people died in the raid.",
        "Print unions called a strike over the law.",
        "Readers of history will remember the siege.",
        "Kenya asked donors to support the court; the donations arrived on Monday.",
        'The envoy said: "Thank you for your support. We will not forget it."',
        "Comments by the minister angered Ankara.",
        "Related talks on gas broke down.",
        "It said that membership of the bloc would bring us closer to peace.",
    ],
)
def test_news_that_looks_like_furniture_stays(sentence: str) -> None:
    paragraphs = ["Norway and Iceland signed an accord.", sentence, "Denmark abstained."]
    assert furniture.clean(paragraphs) == paragraphs


def test_comments_below_an_article_are_removed_with_their_heading() -> None:
    news = [f"Paragraph {number} of the report tells what the ministers agreed on that day." for number in range(8)]
    assert furniture.clean([*news, "3 comments", "Ola: They attacked us first!", "Per: Sanctions now."]) == news


def test_related_headlines_are_removed_up_to_the_next_sentence() -> None:
    lines = [
        "Norway signed.",
        "Related stories",
        "Iceland bombs talks",
        "Denmark vetoes cod deal",
        "Sweden signed too.",
    ]
    assert furniture.clean(lines) == ["Norway signed.", "Sweden signed too."]


def test_author_note_is_removed() -> None:
    lines = ["Norway signed.", "Ola Berg is the Post's correspondent in Oslo. He was in Kabul before."]
    assert furniture.clean(lines, authors=["Ola Berg"]) == ["Norway signed."]


def test_invisible_characters_and_odd_spaces_do_not_reach_the_text(tmp_path: Path) -> None:
    article = only(write(tmp_path, "\ufeffNor\u00adway\u00a0signed\u200b the accord.\r\n\r\nIceland did too."))
    assert article.text == "Norway signed the accord.\n\nIceland did too."


def test_utf16_with_a_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes(BODY.encode("utf-16"))
    assert only(path).text == BODY.strip()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"  \n\n ", "is empty"),
        (b"\x7fELF\x02\x01\x00\x00\x00binary", "is a binary file"),
        (b"%PDF-1.7 ...", "is a PDF"),
        ("Der Präsident\nvon Österreich".encode("latin-1"), "is not UTF-8 text (byte 0xe4)"),
        (b"---\ntitle: [unclosed\n---\nText.", "front matter is not YAML"),
        (b"Read more\n\nLeave a comment", "has no text of an article"),
        (b"Ministers met again in Oslo on Monday. " * 60_000, "an article may have"),
        (
            b"La ministra de Chile dijo el martes en Lima que su gobierno no va a firmar el acuerdo. " * 3,
            "is not in English",
        ),
        ("Президент прибыл в Астану, где его встретил министр иностранных дел. ".encode() * 4, "is not in English"),
    ],
)
def test_unreadable_file_is_one_clear_error(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    (error,) = read.articles([path])
    assert isinstance(error, InputError)
    assert says in str(error) and str(error).startswith(str(path)) and "\n" not in str(error)


def test_names_alone_and_a_quotation_in_another_language_do_not_make_a_text_foreign(tmp_path: Path) -> None:
    path = tmp_path / "rollcall.txt"
    path.write_text(
        "In favour: Chile, Chad, Peru, Mali, Oman, Iran, Fiji, Togo.\n\nAbstaining: Cuba, Laos, Malta, Niger."
    )
    assert "Fiji" in only(path).text
    quotation = "“No vamos a firmar ningún acuerdo que no sea justo,” the minister said, and left."
    path.write_text(
        f"Chile will not sign.\n\n{quotation}\n\nHe had come to Lima to talk about the border with his peers."
    )
    assert "Lima" in only(path).text


def test_wrong_byte_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(b"One.\nTwo.\nThr\xe9e.")
    (error,) = read.articles([path])
    assert isinstance(error, InputError) and error.line == 3


def test_bad_files_do_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, BODY, "a.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    write(tmp_path, BODY.replace("OSLO", "BERGEN"), "c.txt")
    items = list(read.articles([tmp_path, tmp_path / "missing.txt"]))
    assert [isinstance(item, InputError) for item in items] == [False, True, False, True]


def test_folders_are_read_recursively_and_gold_files_are_not_articles(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    write(tmp_path / "deep", BODY, "a.txt")
    write(tmp_path / "deep" / ".hidden", BODY, "b.txt")
    write(tmp_path / "deep", "{}", "a.gold.json")
    assert [item.slug for item in read.articles_of(tmp_path)] == ["a"]


def test_slug_tells_title_and_date_and_is_the_same_every_time(tmp_path: Path) -> None:
    path = write(tmp_path, f"Łódź & São Paulo's pact\n12 March 2019\n\n{BODY}")
    assert only(path).slug == only(path).slug == "lodz-sao-paulos-pact-2019-03-12"


def test_different_articles_of_one_name_get_different_slugs(tmp_path: Path) -> None:
    for folder, text in (("a", BODY), ("b", BODY + "\nMore came later.")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, text, "story.txt")
    slugs = [item.slug for item in read.articles_of(tmp_path)]
    assert slugs[0] == "story" and slugs[1].startswith("story-") and len(set(slugs)) == 2


def test_the_same_article_met_twice_is_one(tmp_path: Path) -> None:
    path = write(tmp_path, BODY)
    assert len(list(read.articles([path, path]))) == 1


def test_long_titles_are_cut_at_a_word() -> None:
    assert slug.slugify("word " * 40).endswith("word") and len(slug.slugify("word " * 40)) <= slug.LENGTH


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2012-06-05T23:30:00-05:00", "2012-06-05"),
        ("Tue, 05 Jun 2012 10:00:00 GMT", "2012-06-05"),
        ("20120605", "2012-06-05"),
        ("2012/6/5", "2012-06-05"),
        ("June 2012", ""),
        ("2012-06", "2012-06"),
        ("le 6 juin 2012", "2012-06-06"),
        ("31 February 2012", ""),
        ("no date at all", ""),
    ],
)
def test_dates_are_read_as_written(text: str, date: str) -> None:
    assert published.iso(text) == date
