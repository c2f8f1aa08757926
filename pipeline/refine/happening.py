"""What an article says has happened: the kind of event, what it is about, who acts, where, on which day.

Read from the headline and the lead under it. What the headline says counts most, then the first two sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.refine import news_kind, places, who_acts
from pipeline.refine.dates import WEEKDAYS, latest
from pipeline.refine.judge import judges_named

LEAD = 600  # characters in which an article says what happened
_DATED = 400  # characters in which it says when


@dataclass(frozen=True, slots=True)
class Happening:
    """Names and words are their first six letters, small; days are ordinals."""

    kind: str | None  # what the headline tells of, or else the lead
    by_headline: bool
    kinds: frozenset[str]  # all that headline and first sentences have words of
    subjects: dict[str, float]  # → how much of the article speaks of it, 0 to 1.75
    title_subjects: frozenset[str]
    benches: frozenset[str]  # who decides: magistrate, district judge, appeals court, …
    judges: frozenset[str]
    days: frozenset[int]  # of the last week, on which something happened
    places: frozenset[str]
    court_places: frozenset[str]
    plaintiffs: frozenset[str]
    trades: frozenset[str]  # of the headline
    ordered: frozenset[str]  # to do something, by the headline
    one_more: bool  # suit, beside an earlier one
    names: frozenset[str]
    first_words: frozenset[str]  # of sentences: names, where the other article has them as names
    title_names: frozenset[str]
    figures: frozenset[str]
    money: frozenset[str]
    title_words: frozenset[str]
    words: frozenset[str]  # of headline and lead, that carry meaning
    small: frozenset[str]  # words of the whole text that stand in small letters
    said: frozenset[str]  # every word of the whole text


@lru_cache(maxsize=4096)  # an article is compared with many
def read(title: str, text: str, day: int) -> Happening:
    """``day``: on which it was published, as an ordinal."""
    title, lead = in_small_letters(title, text), text[:LEAD]
    head = f"{title}\n{lead}"
    sentences = re.split(r"(?<=[.!?])\s+", lead)
    first, rest = " ".join(sentences[:2]), " ".join(sentences[2:])
    parties = places.without(re.sub(r"\b(?:Judge|Justice)\s(?:[A-Z][\w.’'-]*\s?){1,4}", " ", head))
    told, spoken = news_kind.kind(title), news_kind.kinds(first)
    if told == "suit":  # the lead knows better whether it is the first
        told = next((name for name in ("counterclaim", "amended") if name in spoken), told)
    kinds = news_kind.kinds(title) | spoken
    return Happening(
        told or news_kind.first_kind(first),
        told is not None,
        kinds,
        _subjects(title, first, rest),
        frozenset(name for name, words in _SUBJECTS.items() if words.search(title)),
        frozenset(name for name, words in _BENCHES.items() if words.search(f"{title}\n{first}")),
        frozenset(name.split()[-1] for name in judges_named(head)),
        _days(f"{title}\n{text[:_DATED]}", day),
        places.named(head),
        places.of_courts(head),
        who_acts.plaintiffs(title, lead) if "suit" in kinds else frozenset(),
        who_acts.trades(title),
        who_acts.ordered(title, lead),
        who_acts.is_one_more(title),
        _keys(_NAME.findall(parties)),
        _keys(_FIRST.findall(parties)),
        _keys(_NAME.findall(places.without(title))),
        frozenset(_figure(found) for found in _FIGURE.findall(head)),
        frozenset(_figure(found) for found in _MONEY.findall(head)),
        stems(title),
        stems(head),
        _keys(re.findall(r"\b[a-z][\w-]+", f"{title}\n{text}")),
        _keys(re.findall(r"[\w-]+", f"{title}\n{text}")),
    )


def in_small_letters(title: str, text: str) -> str:
    """A Headline Set Like This One in small letters, but for the words that the text has in capitals in a sentence."""
    long = re.findall(r"\b(?!(?:with|from|over|that|into|after|than|upon|against|about|under)\b)[A-Za-z]\w{3,}", title)
    if len(long) < 4 or not all(word[0].isupper() for word in long):
        return title
    names = frozenset(re.findall(r"(?<=[a-z,] )[A-Z][\w-]+", text))
    return re.sub(r"(?<!^)\b[A-Z][a-z][\w-]*", lambda word: word[0] if word[0] in names else word[0].lower(), title)


# ---------------------------------------------------------------------------------------------- subjects

# What courts are asked and decide, in the press's words. `pipeline.refine.act` has the clerks' words too, among which
# are some that the press uses of anything ("press", "terms", "agreed").
_SUBJECTS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "dismissal": r"dismiss\w*|thr(?:ow|ows|ew|own) out|toss(?:es|ed)?|trims?|trimmed|narrow(?:s|ed)|first hurdle"
        r"|surviv\w+|must face|may (?:proceed|pursue|press|go (?:on|ahead|forward))|go(?:es)? forward"
        r"|(?:core|main) claims?|keeps? .{0,40}alive|lets?\b.{0,40}(?:proceed|press|pursue)|to proceed|shake off"
        r"|may sue|can sue|frees|plausibl\w+|preempt\w*|reinstat\w+|revives?|(?:another|second) chance"
        r"|leave to amend|voluntar\w+",
        "production": r"compel\w*|hand(?:s|ed|ing)? over|turn(?:s|ed|ing)? over|produce[sd]?|production|surrender\w*"
        r"|give (?:up |\w+ ){1,4}(?:data|logs|records|documents|messages|prompts)|open(?:ed|s)? .{0,30}(?:books?|to)"
        r"|source code|access to|inspect\w*|inspection|look inside|show .{0,60}(?:index|data|list|logs|code|records"
        r"|sources)|disclos\w+|discovery|to be handed",
        "deposition": r"depos\w+|under oath|sit for|question \w+|questioned|testif(?:y|ies) .{0,20}(?:about|under)",
        "preservation": r"preserv\w*|stop deleting|keep .{0,20}(?:logs|prompts|records|chats)|retention|to be kept",
        "sanctions": r"sanction\w*|punish\w*|spoliat\w*|fine[sd]|penalt\w+|eras\w+|delet\w+|wip(?:es|ed|ing)"
        r"|vanish\w*|missing|lost (?:\w+ )?(?:logs|data|chats|tiles)",
        "class": r"class of|class action .{0,30}(?:may|can) proceed|class (?:status|certif\w*)|certif(?:y|ies|ied"
        r"|ication)|rule 23|no class|as (?:a )?(?:class|group)"
        r"|proposes a class|join forces|sue together|denied class|on behalf of all|represent all",
        "settlement": r"settle\w*|accord|deal|payout|bargain|pact|agreement|to end .{0,30}(?:suit|class action|case)",
        "approval": r"approv\w+|nod|signs? off|fairness hearing|range of reasonableness|back to the table|blessing",
        "summary judgment": r"summary judgment|fair[- ]use|without (?:a )?trial|early win|transformative|market harm"
        r"|(?:was|is) fair|fourth factor|wins? early|for the jury|jury must|(?:a|no) jury|substitutes?|goes to jury"
        r"|heads to trial",
        "injunction": r"injuncti\w*|enjoin\w*|halts?|blocks?|bars|barred|ban(?:s|ned)?|prohibit\w*|off the market"
        r"|switch(?:ed)? off|must withdraw|restraining order|must stop",
        "stay": r"stay(?:s|ed)?|paus\w+|on hold|suspend\w*|freez\w+",
        "schedule": r"trial date|schedul\w*|postpon\w*|adjourn\w*|date (?:set|for)|deadline",
        "privilege": r"privileg\w*|attorney-client",
        "sealing": r"(?:un)?seal\w*|redact\w*|kept secret|made public",
        "transfer": r"transfer\w*|venue|mov(?:e|es|ed) .{0,30}(?:case|suit|litigation) to|moved to [A-Z]\w+"
        r"|stays? (?:put|in)|forum|jurisdiction|consolidat\w*|reassign\w*|centraliz\w+|must defend .{0,30} in",
        "recusal": r"recus\w+|new judge",
        "amendment": r"amended|broaden|widen|among the plaintiffs|adds? .{0,30}(?:plaintiff|defendant|claim|titles)",
        "appeal": r"appeal\w*|certiorari|rehearing|en banc|higher court",
        "reconsideration": r"reconsider\w*|object(?:s|ed|ions?)?|overrul\w+|affirming|backs magistrate",
        "fees": r"attorneys?['’]? fees|fees|costs",
        "experts": r"experts? (?!for\b)|expert|daubert|rule 702|economist|statistician|survey|opinions? of",
        "new trial": r"new trial|undo .{0,20}verdict|judgment as a matter of law",
        "verdict": r"verdict|jurors?|foreman|award(?:s|ed)",
        "trial": r"trial|opening statements?|jury selection",
        "complaint": r"complaint|sues?|sued|suing|lawsuit|to court|accus\w+|brought an action|legal action|goes after",
        "counterclaim": r"counter-?(?:claims?|su\w+)",
        "registration": r"late registration|regist\w+|section 411",
        "licence": r"licen[cs]\w+",
        "mining": r"data mining|exception|opt[- ]?outs?|press right|communication to the public|memori[sz]\w+",
    }.items()
}
_BENCHES = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "magistrate": r"magistrate",
        "district": r"district judge|federal judge|(?<!magistrate )judge",
        "appeals": r"circuit|appeals? court|appeals judges|court of appeals?|appellate|panel|higher regional court"
        r"|oberlandesgericht",
        "supreme": r"supreme court|justices",
        "jury": r"jury|jurors|verdict",
    }.items()
}


def _subjects(title: str, first: str, rest: str) -> dict[str, float]:
    told = {
        name: bool(words.search(title)) + 0.5 * bool(words.search(first)) + 0.25 * bool(words.search(rest))
        for name, words in _SUBJECTS.items()
    }
    return {name: weight for name, weight in told.items() if weight}


# ---------------------------------------------------------------------------------------------- days

_YEAR = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAY = re.compile(rf"\b(by|until|before|next|last|due|through|from)? ?(?:on |the )?\b({'|'.join(WEEKDAYS)})\b")
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(rf"\b{_MONTH} (\d{{1,2}})\b|\b(\d{{1,2}}) {_MONTH}")


def _days(text: str, day: int) -> frozenset[int]:
    """Days of the last week on which a text says that something happened. A weekday is the latest of its name."""
    published = date.fromordinal(day)
    found = {
        latest(name, published).toordinal()
        for coming, name in _WEEKDAY.findall(text)
        if not coming
    }  # fmt: skip
    for month, number, number_first, month_last in _DATE.findall(text):
        for year in (published.year, published.year - 1):
            try:
                at = date(year, _YEAR.index(month or month_last) + 1, int(number or number_first)).toordinal()
            except ValueError:
                continue
            if 0 <= day - at <= 7:
                found.add(at)
    return frozenset(found)


# ---------------------------------------------------------------------------------------------- words

# Names within a sentence; not of days, months and courts.
_NAME = re.compile(
    r"(?<=[\w,] )(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Judge"
    r"|Court|Circuit|District|Magistrate|Rule|Copyright|Act|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth"
    r"|Tenth|Eleventh|Supreme|High|Appeals|Federal|Senate|House|Congress|The|An?)\b)[A-Z][\w-]{2,}"
)
_FIRST = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))[A-Z][\w-]{2,}")
_FIGURE = re.compile(r"[$€£]\s?\d[\d.,]*\d?(?:\s?(?:m|b)(?:illion)?\b)?|\b\d[\d,]*\d\b|\b\d\b")
_MONEY = re.compile(r"[$€£¥]\s?\d[\d.,]*(?:\s?(?:m|b)(?:illion|n)?\b)?")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the and for with that from this will was were has have had its his her their they not but who what when which"
        " after before against about into over upon case court judge said says company its are one two out may must"
        " been than other more also new would could lawsuit suit sue sues copyright ai training trained model",
    )
)
# The field's own words, cut as `stems` cuts them: half of all articles have some.
FIELD = frozenset(
    word[:6]
    for word in re.findall(
        r"\w+",
        "accuse accuses action agency agree ai alleges alleging allowed amended answer appeal appeals approval"
        " approved archive argued argues article articles artist artists asked asks assistant attorney author"
        " authors ban bench bid book books brief chatbot circuit claim claims class code complaint content copied"
        " copies copy copying counsel damages data decided decision denied denies denying developer discovery"
        " dismiss dismissal dismissed dispute district documents engine evidence expert face faces fair federal"
        " fees fight filed files filing firm fourth freed generator grant granted grants heard hearing held high"
        " image images infringed infringement injunction judges judgment jurors jury justices labels lawyer"
        " lawyers licence license loses lower magistrate maker makers material million model models motion music"
        " must names news newspaper newspapers novel novelist novelists novels office order ordered orders page"
        " panel part pay photographers photos picture pictures pirate pirated plaintiffs play preliminary press"
        " private produce proceed protected publisher publishers question recordings refused register rejected"
        " rejects request research rights ruled rules ruling rulings scraped scraping search second seek seeks"
        " service settle settled settlement settles site software songs start state statement stop studio summary"
        " supreme system takes tech technology testify text third throw times told tool tossed trial tried united"
        " use used users using video wants win wins without witness word work works write writer writers writing"
        " written",
    )
)


def stems(text: str) -> frozenset[str]:
    """Words that carry meaning, cut to six letters."""
    words = re.findall(r"[^\W_]{3,}", re.sub(r"[’']s\b", "", text.lower()))
    return frozenset(word[:6] for word in words if word not in _COMMON)


def _keys(names: list[str]) -> frozenset[str]:
    return frozenset(name.lower()[:6] for name in names)


def _figure(found: str) -> str:
    return re.sub(r"illion|[\s,]", "", found).rstrip(".")
