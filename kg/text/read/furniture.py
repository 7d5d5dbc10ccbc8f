"""What stands around the news: appeals, links, share bars, newsletter boxes, related stories, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINE = re.compile(
    r"""^\W*(?:
      (?:please\s+)?(?:leave|post|add|write)\s+(?:a\s+|your\s+)?(?:comment|reply|response)s?(?:\s+below)?
    | (?:\d+|no)\s+comments?(?:\s+so\s+far)? | comments?(?:\s*\(\d+\))? | view\s+(?:all\s+)?(?:\d+\s+)?comments
    | have\s+your\s+say(?:\s*\(\d+\))? | join\s+the\s+(?:conversation|discussion)(?:\s+\(\d+\))?
    | (?:read|see|show|load|learn|find\s+out)\s+(?:more|also|next)(?:\s*[:»>…-].*)? | continue\s+reading.*
    | (?:also\s+read|see\s+also|related(?:\s+\w+)?|don['’]t\s+miss
        |more\s+(?:on|from)\s+(?:this|the|our)\b.{0,40})\s*:?(?:\s*:.*)?
    | (?:share|tweet|print|e-?mail|save|bookmark)(?:\s+(?:this|on|via|to|it|with)\b.{0,60})?
    | (?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|reddit|telegram|pinterest|copy\s+link
        |\s|[|,/·•-])+
    | (?:follow|like|find|join)\s+us\s+on\b.{0,80}
    | (?:sign\s+up|subscribe|register|log\s*in|sign\s+in)(?:\s+(?:now|here|today|free|to|for|with)\b.{0,140})?
    | get\s+(?:our|the|your)\b.{0,60}\b(?:newsletter|briefing|alerts?|inbox|app|headlines)\b.{0,60}
    | (?:advertisement|advertising|sponsored(?:\s+content)?|promoted|ad\s+feedback|story\s+continues\s+below.*)
    | most\s+(?:read|viewed|popular|shared|e-?mailed).{0,30} | trending(?:\s+now)? | top\s+stories | in\s+this\s+section
    | editors?['’]?s?\s+picks?.{0,30} | recommended(?:\s+for\s+you)? | you\s+may\s+(?:also\s+)?like.{0,30}
    | click\s+here\b.{0,80} | back\s+to\s+top | skip\s+to\s+.{0,40} | remind\s+me\s+later
    | not\s+ready\s+to\s+support.{0,40} | pa[iy]ments?\s+methods? | (?:support|donate\s+to)\s+(?:the\s+)?[A-Z].{0,60}!
    | donate(?:\s+now)? | (?:support|contribute)(?:\s+(?:us|now|today))? | tags?\s*:.* | topics?\s*:.* | filed\s+under.*
    | (?:©|\(c\)|copyright\b).{0,160} | all\s+rights\s+reserved.{0,80}
    | (?:photo(?:graph)?s?|image|picture)\s*(?:by|:).{0,160}
    | (?:about\s+us|contact(?:\s+us)?|careers|advertise|privacy(?:\s+policy)?|terms(?:\s+of\s+\w+)?
        |cookies?(?:\s+policy)?|home|\s|[|,/·•-])+
    | accept(?:\s+all)?(?:\s+cookies)? | manage\s+(?:choices|preferences|cookies) | \d+\s+min(?:ute)?s?\s+read
    | this\s+article\s+(?:was\s+(?:first\s+|originally\s+)?(?:published|amended|updated)|first\s+appeared)\b.{0,200}
    | (?:reporting|additional\s+reporting|writing|editing)\s+by\b.{0,200}
    | (?:our\s+standards\s*:|the\s+thomson\s+reuters\s+trust\s+principles).{0,80}
    )\W*$""",
    re.I | re.X,
)
_COMMENTS = re.compile(
    r"^\W*(?:(?:leave|post|add)\s+(?:a\s+|your\s+)?(?:comment|reply)s?|\d+\s+comments?|comments?(?:\s*\(\d+\))?"
    r"|have\s+your\s+say(?:\s*\(\d+\))?|(?:readers?|users?)\s+(?:comments?|write)|join\s+the\s+conversation)\W*$",
    re.I,
)
_RELATED = re.compile(
    r"^\W*(?:related(?:\s+\w+)?|more\s+(?:on|from)\s+.{1,40}|see\s+also|most\s+(?:read|viewed|popular|shared).{0,20}"
    r"|trending(?:\s+now)?|you\s+may\s+(?:also\s+)?like.{0,20}|recommended.{0,20}|editors?['’]?s?\s+picks?|top\s+stories"
    r"|in\s+this\s+section|in\s+other\s+news|read\s+more(?:\s+stories)?|latest(?:\s+news)?)\s*:?$",
    re.I,
)
_TOOLBAR = re.compile(
    r"\b(?:print\s+this|e-?mail\s+(?:to|this)|share\s+this|have\s+your\s+say|send\s+to\s+a\s+friend)\b", re.I
)
_BOX = re.compile(
    r"""\bcookies?\b.{0,80}\b(?:site|browser|experience|consent|partners|policy|accept|improve|privacy)\b
      | \b(?:site|website|we|partners)\b.{0,60}\buses?\s+cookies\b | \bwe\s+use\s+cookies\b
      | \bsign\s+up\b.{0,80}\b(?:newsletter|briefing|e-?mail|inbox|alerts?|updates?)\b
      | \bsubscribe\b.{0,60}\b(?:newsletter|podcast|channel|updates?|unlimited|digital|access|free|today)\b
      | \b(?:newsletter|briefing|headlines)\b.{0,80}\b(?:inbox|sign\s+up|subscribe|register|free)\b
      | \bnever\s+miss\s+a\s+story\b | \bregister\s+free\b | \byou\s+have\s+\w+\s+free\s+articles?\b
      | \bdownload\s+(?:our|the)\s+(?:free\s+)?app\b | \bto\s+continue\s+reading\b | \balready\s+a\s+subscriber\b
      | \b(?:do\s+you|got|have)\b.{0,30}\b(?:a\s+)?(?:news\s+)?tips?\b.{0,60}\b(?:e-?mail|contact|write)\b
      | \byes\s+\d+\s?%.{0,20}\bno\s+\d+\s?%""",
    re.I | re.X,
)
_ASK = re.compile(
    r"""\b(?:donat(?:e|ion|ions|ing) | contribut(?:e|ion|ions) | small\s+favou?r | as\s+little\s+as | starting\s+from
      | reader[\s-]support(?:ed)? | reader[\s-]funded | independent\s+(?:journalism|news|reporting|media)
      | (?:our|quality|independent|open|unbiased|fearless|free)\s+(?:journalism|reporting|newsroom|work|mission|voice)
      | journalists?\s+of | integrity\s+of\s+journalism | support\s+(?:us|our|the\s+\w+|open|independent)
      | your\s+(?:support|help|contribution|gift|donation|backing) | need\s+your | monthly | paywall
      | subscri(?:be|ber|ption)s? | membership
      | become\s+a\s+(?:member|supporter|patron) | thank\s+you | tax[\s-]deductible | chip\s+in)\b""",
    re.I | re.X,
)
_SECOND = re.compile(r"\b(?:you|your|yours)\b", re.I)
_FIRST = re.compile(r"\b(?:we|us|our|ours)\b|(?<![\w.])us(?![\w.])", re.I)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|‘[^’]{12,}’(?!\w)")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]]*$")
_TAIL_SHARE = 1 / 3
_BODY = 400


def is_line(paragraph: str) -> bool:
    """Whether a paragraph is one of the phrases that pages put beside articles ("Read more", "Leave a comment")."""
    return len(paragraph) <= 260 and bool(_LINE.match(paragraph))


def is_box(paragraph: str) -> bool:
    """Whether a paragraph is a cookie notice, a newsletter box or a poll."""
    return len(paragraph) <= 400 and bool(_BOX.search(_QUOTED.sub("", paragraph)))


def is_appeal(paragraph: str) -> bool:
    """Whether a publication speaks to its readers about its own support, outside any quotation."""
    own = _QUOTED.sub(" ", paragraph)
    asks = len({match.group(0).casefold() for match in _ASK.finditer(own)})
    second, first = len(_SECOND.findall(own)), len(_FIRST.findall(own.replace("US", "").replace("U.S.", "")))
    if not asks or not (first or second):
        return False
    return 2 * asks + second + first >= 5 and (second > 0 or first > 1)


def is_about_author(paragraph: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph tells who the author is: "Jo Marsh is our diplomatic editor." """
    return len(paragraph) <= 400 and any(
        re.match(
            rf"\W*{re.escape(name)}\s+(?:is|was|writes|covers|reports|has\s+(?:been|covered|reported))\b", paragraph
        )
        for name in authors
        if name
    )


def clean(paragraphs: Sequence[str], *, title: str = "", authors: Sequence[str] = ()) -> list[str]:
    """The paragraphs that are news, in order; repeated headlines and everything after the comments' heading go too."""
    kept: list[str] = []
    in_list = False
    heading = _same(title)
    for number, paragraph in enumerate(paragraphs):
        if _ends(paragraph, kept, paragraphs[number + 1 :]):
            break
        if _RELATED.match(paragraph):
            in_list = True
            continue
        in_list = in_list and not _TERMINAL.search(paragraph)
        if in_list or is_line(paragraph) or is_box(paragraph) or is_appeal(paragraph):
            continue
        if is_about_author(paragraph, authors) or (heading and _same(paragraph) == heading):
            continue
        kept.append(paragraph)
    return kept


def _ends(paragraph: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the article ends here: a comments' heading below a body, or a share bar with little left below it."""
    body, rest = sum(map(len, before)), sum(map(len, after))
    if _COMMENTS.match(paragraph):
        return body >= _BODY or rest <= _TAIL_SHARE * body
    return len(paragraph) <= 160 and bool(_TOOLBAR.search(paragraph)) and rest <= _TAIL_SHARE * body


def _same(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
