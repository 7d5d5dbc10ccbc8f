"""The words and patterns of date expressions; what they mean is in ``dates``."""

from __future__ import annotations

import calendar
import re

WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a": 1, "an": 1, "couple": 2,
}  # fmt: skip

# feasts whose day is the same every year
FEASTS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "may day": (5, 1),
}  # fmt: skip

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\."
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
)
_COUNT = (
    r"(?i:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty"
    r"|several|a\ few|a\ couple\ of)"
)
_UNIT = r"(?:day|night|week|fortnight|month|year|decade|hour)s?"
_PART = r"(?:morning|afternoon|evening|night|midnight|noon|dawn|lunchtime)"
MONTH_DAY = rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH})"
# what bears a day for a name: "6 October City"
_NAMED = (
    r"(?:City|Square|Bridge|Street|Avenue|Movement|Revolution|University|Airport|Brigades?|Party|Front|Group"
    r"|Park|Stadium)"
)
_SEASON = r"(?:spring|summer|autumn|winter)"
_YEAR = r"(?:19|20)\d{2}"
_OF_YEAR = rf"(?:{_YEAR}|(?:of\s+)?(?:last|this|next)\s+year)"
PATTERN = re.compile(
    rf"""
    \b(?=\w)(?:  # most of a text begins no word, and is passed over at once
      (?P<range>\b(?P<range_a>{MONTH_DAY})\s*(?:to|until|till|through|-|–|(?<=\s)and)\s*(?P<range_b>{MONTH_DAY})
        (?:,?\s+(?P<range_y>(?:19|20)\d{{2}}))?\b)
    | (?P<season>\b(?:[Ii]n\s+the\s+|[Tt]he\s+)?(?:early\s+|late\s+)?(?P<se_name>{_SEASON}|fall)\s+(?:of\s+)?
        (?P<se_year>{_YEAR})
        |\b(?P<se_rel>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<se_said>{_SEASON}|fall)\b
        |\b(?:in|during|since|by)\s+the\s+(?:early\s+|late\s+)?(?P<se_bare>{_SEASON})\b(?!\s+of\b))
    | (?P<quarter>\b[Tt]he\s+(?P<qu_n>first|second|third|fourth|last|final)\s+(?P<qu_u>quarter|half)\s+of\s+
        (?:(?P<qu_year>{_YEAR})|(?P<qu_rel>last|this|the)\s+year)\b)
    | (?P<decade>\b(?:[Tt]he\s+)?(?:(?:early|mid|late)[\s-])?(?:19|20)\d0s\b)
    | (?P<years>\b(?:[Bb]etween\s+(?P<ys_a>{_YEAR})\s+and|[Ff]rom\s+(?P<ys_b>{_YEAR})\s+(?:to|until|till|through))
        \s+(?P<ys_c>{_YEAR})\b)
    | (?P<months>\b(?:[Bb]etween|[Ff]rom|[Ii]n)\s+(?P<ms_a>{MONTH})\s+(?:and|to|until|till|through|or)\s+
        (?P<ms_b>{MONTH})(?:,?\s+(?:of\s+)?(?P<ms_year>{_YEAR}))?(?!\w)(?!\s+\d{{1,2}}\b))
    | (?P<feast>\b(?P<fe_name>New\ Year[’']s\ (?:Eve|Day)|Christmas\ (?:Eve|Day)|Boxing\ Day|May\ Day)
        (?:,?\s+(?:of\s+)?(?P<fe_year>{_YEAR}))?\b)
    | (?P<midnight>\b(?:after|past)\s+midnight\b)
    | (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
    | (?P<mdy>\b(?:(?:{_DAY}),?\s+)?(?P<mdy_m>{MONTH})\s+(?:the\s+(?=\d+[snrt]))?(?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?
        (?:\s*(?:[-–]|to|and)\s*(?P<mdy_e>\d{{1,2}}(?:st|nd|rd|th)?)(?!\d))?(?:,?\s+(?P<mdy_y>{_OF_YEAR}))?\b(?!,\d{{3}}))
    | (?P<dmy>\b(?:(?:{_DAY}),?\s+)?(?P<dmy_d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and)\s*(?P<dmy_e>\d{{1,2}}))?
        \s+(?:of\s+)?(?P<dmy_m>{MONTH})(?:,?\s+(?P<dmy_y>{_OF_YEAR}))?\b(?!\s+{_NAMED}\b))
    | (?P<days>\b(?P<days_a>{_DAY})\s+(?:and|to|through|or|until)\s+(?P<days_b>{_DAY}))
    | (?P<weekday>\b(?:(?P<wd_rel>last|next|this|this\s+past|past|this\s+coming|the\s+following|the\s+previous)\s+)?
        (?P<wd>{_DAY})(?:\s+{_PART})?(?P<wd_week>\s+(?:of\s+)?(?:last|next|this)\s+week)?)
    | (?P<today>\b(?:[Tt]oday|[Tt]onight|[Ee]arlier\s+today|[Tt]his\s+(?:{_PART})|[Oo]vernight))\b
    | (?P<yesterday>\b(?:[Yy]esterday(?:\s+{_PART})?|[Ll]ast\s+(?:night|evening)))\b
    | (?P<tomorrow>\b[Tt]omorrow(?:\s+{_PART})?)\b
    | (?P<weekend>\b(?:(?P<we_rel>last|next|this|the|over\s+the|at\s+the)\s+)?weekend)\b
    | (?P<month>\b(?:(?P<mo_rel>last|next|this|mid|early|late|[Ee]arly\s+in|[Ll]ate\s+in
        |the\s+beginning\s+of|the\s+end\s+of)[\s-]+)?
        (?P<mo_name>(?!Jan\s+[A-Z]){MONTH})(?:\s+(?:of\s+)?(?P<mo_y>(?:19|20)\d{{2}}|last\s+year|this\s+year|next\s+year))?(?![\w’'])
        (?!\s+\d{{1,2}}\b)(?!\s+{_NAMED}\b))
    | (?P<span>\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin)\s+(?:(?:the|these)\s+(?P<span_p>past|last)\s+)?
        (?:about\s+|nearly\s+|almost\s+|some\s+)?
        (?P<span_n>{_COUNT})\s+(?P<span_u>hours|days|weeks|months|years)(?P<span_of>\s+of\s+\w+)?\b)
    | (?P<ago>\b(?:(?:about|some|nearly|almost|around|more\s+than|over|just|only|less\s+than)\s+)?
        (?P<ago_n>{_COUNT})\s+(?P<ago_u>{_UNIT})\s+
        (?P<ago_w>ago|earlier|later|afterwards?|previously|(?:before|after)(?=\s*[,.;]))\b)
    | (?P<step>\b(?:[Ee]arlier\s+|[Ll]ater\s+)?[Tt]he\s+(?:next|following|previous|(?:very\s+)?same)\s+
            (?:day|morning|afternoon|evening|night)\b
        |\b(?:[Hh]ours|[Mm]inutes|[Mm]oments)\s+(?:earlier|later|afterwards?|before(?=\s*[,.;]))\b
        |\b(?:[Tt]hroughout|[Aa]ll\s+through|[Dd]uring)\s+the\s+day\b
        |\b[Tt]hat\s+(?:same\s+|very\s+)?(?:day|morning|afternoon|evening|night)\b(?![’'])
        |\b[Tt]he\s+night\s+before(?=\s*[,.;])
        |\b[Tt]he\s+day\s+(?:after|before)(?:\s+that)?(?=[\s,.;])(?!\s+(?:yesterday|tomorrow|the|a|his|her|its|he|she|it|they|[A-Z])))
    | (?P<rel>\b(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+(?:in\s+)?)?(?P<rel_w>[Ll]ast|[Nn]ext|[Tt]his
        |[Tt]he\s+previous|[Tt]he\s+following|[Tt]he\s+same|[Tt]he\s+past|[Tt]he\s+coming|[Tt]hat(?:\s+same)?)\s+
        (?P<rel_u>week|month|year|day|decade|century)\b)
    | (?P<then>\b[Oo]n\s+that\s+occasion\b|\b[Aa]t\s+(?:the|that)\s+time\b(?!\s+(?:of|that|when|the|to)\b)
        |\b[Tt]he\s+(?P<th_u>week|month|year)\s+before(?=\s*[,.;])
        |(?<!since\s)(?<!until\s)(?<!by\s)(?<!from\s)(?<!till\s)(?<!before\s)(?<=[a-z]\s)then(?=[.;]))
    | (?P<ordinalday>\b(?:the\s+)?(?:day\s+before\s+yesterday|day\s+after\s+tomorrow))
    | (?P<ordinal>\b(?:on|by|until|till|since|before|after|as)\s+the\s+(?P<or_d>[12]?\d|3[01])(?:st|nd|rd|th)\b
        (?!\s+(?:of\b|anniversary|century|floor|parallel|birthday|time|day|year|session|round|congress|summit|minute
        |edition|place|month|week|amendment|meridian|infantry|division|[A-Z])))
    | (?P<withinday>\b(?:[Ee]arlier|[Ll]ater)\s+(?:in\s+the|that|the\s+same)\s+
        (?P<wi_u>day|evening|morning|afternoon|week)\b)
    | (?P<endof>\b(?:the\s+)?(?:end|start|beginning|middle|rest)\s+of\s+(?:the|this|next|last)
        \s+(?P<end_u>year|month|week)\b)
    | (?P<year>\b(?:(?<=[Mm]id-)|(?<=[Ll]ate-)|(?<=[Ee]arly-)|(?<![\d,.$€£-]))
        (?P<year_n>(?:19|20)\d{{2}})\b(?![,.]\d|-\w
        |\s+(?:people|soldiers|troops|men|dead|barrels|civilians|tons|tonnes|km|miles|refugees|dollars|euros|pounds|metres|meters|feet|others)))
    )
    """,
    re.VERBOSE,
)

BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|by|from|last|this|to|and|between|during|mid|late|early|for|through)[\s-]+$", re.IGNORECASE
)

LAG = re.compile(
    rf"""\b(?:(?P<number>{_COUNT})\s+(?P<unit>{_UNIT})|[Tt]he\s+(?P<one>day|night|week|month|year)|(?P<some>[Hh]ours|[Mm]inutes))
        \s+(?P<way>after|before)\b(?!\s*[,.;])""",
    re.VERBOSE,
)

SPELL = re.compile(
    rf"""\b(?:(?P<number>{_COUNT})-(?P<unit>day|week|month|year)(?:-old|-long)?
        |(?P<count>{_COUNT})\s+(?P<units>days|weeks|months|years)\s+of)\b""",
    re.VERBOSE,
)


def count(words: str) -> int | None:
    """The number that "three", "a", "12" or "a couple of" says; None for "several"."""
    words = words.lower().strip()
    if words.isdigit():
        return int(words)
    if "couple" in words:
        return 2
    number = NUMBERS.get(words.split()[-1] if words not in ("a few",) else "few")
    return number or None
