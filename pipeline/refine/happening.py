"""What an article says has happened: the kind of event, what it is about, who acts, where, on which day.

Read from the headline and the lead under it. What the headline says counts most, then the first two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.refine import news_kind, places, who_acts
from pipeline.refine.dates import WEEKDAYS, latest
from pipeline.refine.judge import judges_named

LEAD = 600  # characters in which an article says what happened
_DATED = 400  # characters in which it says when
_COUNTED = 1200  # characters whose figures count
# The share of an article's words that are the field's: of those after so many where it tells of an event, else of all.
_SOME, _SHORT, _MANY = 0.12, 20, 0.2


@dataclass(frozen=True, slots=True)
class Happening:
    """Names and words are their first six letters, small; days are ordinals."""

    day: int  # of publication
    kind: str | None  # what the headline tells of, or else the lead
    by_headline: bool
    kinds: frozenset[str]  # all that headline and first sentences have words of
    title_kinds: frozenset[str]  # all that the headline has words of
    subjects: frozenset[str]
    title_subjects: frozenset[str]
    benches: frozenset[str]  # who decides: magistrate, district judge, appeals court, …
    judges: frozenset[str]  # of headline and first sentences
    days: frozenset[int]  # of the last week, on which something happened
    first_day: int | None  # that is told first
    places: frozenset[str]
    court_places: frozenset[str]
    plaintiffs: frozenset[str]
    trades: frozenset[str]  # of the headline
    ordered: frozenset[str]  # to do something, by the headline
    given: frozenset[str]  # what they are ordered to hand over
    one_more: bool  # suit, beside an earlier one
    beside: bool  # told beside another order, suit or case
    names: frozenset[str]  # of parties, products, works
    top_names: frozenset[str]  # of headline and first sentence, or, where those have fewer than two, of more
    openers: frozenset[str]  # first words of sentences: names, where the other article opens with them too
    no_parties: frozenset[str]  # words of names of judges and places
    figures: frozenset[str]
    title_words: frozenset[str]
    words: frozenset[str]  # of headline and lead, that carry meaning
    small: frozenset[str]  # words of the whole text that stand in small letters
    proper: frozenset[str]  # those that stand in capitals alone
    of_field: bool  # in the field's words: some, where it tells of a kind of event, else many
    said: frozenset[str]  # every word of the whole text


@lru_cache(maxsize=4096)  # an article is compared with many
def read(title: str, text: str, day: int) -> Happening:
    """``day``: on which it was published, as an ordinal."""
    dateline = _DATELINE.match(text)
    filed, text = (dateline[0], text[dateline.end() :]) if dateline else ("", text)
    text = of_this_case(text)
    title, lead = in_small_letters(title, text), text[:LEAD]
    head = f"{title}\n{lead}"
    sentences = _sentences(lead)
    first = " ".join(sentences[:2])
    top = f"{title}\n{first}"
    told, spoken = news_kind.kind(title), news_kind.kinds(first)
    if told == "suit":  # the lead knows better whether it is the first
        told = next((name for name in ("counterclaim", "amended") if name in spoken), told)
    title_kinds, words = news_kind.kinds(title), stems(head)
    kind, kinds = told or news_kind.first_kind(first), title_kinds | spoken
    days = _days(f"{title}\n{filed}{text[:_DATED]}", day)
    small = _keys(re.findall(r"\b[a-z][\w-]+", f"{title}\n{text}"))
    no_parties = _judges(f"{title}\n{text}") | _keys(_WORD_IN_CAPITALS.findall(" ".join(places.spelled(head))))
    named = [_names(part) - no_parties for part in (f"{title}\n{sentences[0]}", top, head)]
    return Happening(
        day,
        kind,
        told is not None,
        kinds,
        title_kinds,
        frozenset(name for name, words in _SUBJECTS.items() if words.search(head)),
        frozenset(name for name, words in _SUBJECTS.items() if words.search(title)),
        frozenset(name for name, words in _BENCHES.items() if words.search(top)),
        frozenset(name.split()[-1] for name in judges_named(top)),
        frozenset(days),
        days[0] if days else None,
        places.named(head),
        places.of_courts(head),
        who_acts.plaintiffs(title, lead) if "suit" in kinds else frozenset(),
        who_acts.trades(title),
        who_acts.ordered(title, lead),
        who_acts.given(title),
        who_acts.is_one_more(title),
        _BESIDE.search(top) is not None,
        named[2],
        next((names for names in named if len(names) > 1), named[2]),
        _keys(_FIRST.findall(_without_judges(head))),
        no_parties,
        _figures(f"{title}\n{text[:_COUNTED]}"),
        stems(title),
        words,
        small,
        _keys(_WORD_IN_CAPITALS.findall(f"{title}\n{text}")) - small,
        len(words & FIELD) >= (_SOME if kind else _MANY) * (len(words) - (_SHORT if kind else 0)),
        _keys(re.findall(r"[\w-]+", f"{title}\n{text}")),
    )


# ---------------------------------------------------------------------------------------------- what belongs to it

# Of one more order, suit or judge, told beside this one.
_KINDS_OF_ACT = (
    r"(?:\w+ )?(?:orders?|rulings?|decisions?|opinions?|suits?|lawsuits?|actions?|complaints?|cases?|motions?)"
)
_BESIDE = re.compile(
    rf"\b(?:second|separate|different|further|another|other|own|two) (?:of (?:two|three) )?{_KINDS_OF_ACT}\b"
    r"|\b(?:same|that) day\b|\bon the same \w+day\b|\bsame (?:judge|court|case)\b"
    r"|\balso (?:rul|order|den|grant|dismiss|su|fil|reject|refus)\w+",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:colleagues?|elsewhere|meanwhile|unrelated|separately"
    r"|another (?:judge|court|courtroom|case|lawsuit|suit|panel|jury|defendant)"
    r"|(?:an?|the) (?:similar|parallel|related|separate|different) (?:case|suit|lawsuit|matter|action|dispute)"
    r"|on the day that|(?:the|that) same (?:afternoon|morning|day)|other courts|same courthouse)\b",
    re.IGNORECASE,
)


def of_this_case(text: str) -> str:
    """The text without sentences that speak of another case; the first one stays."""
    first, *rest = _sentences(text)
    return " ".join([first, *(sentence for sentence in rest if not _ELSEWHERE.search(sentence))])


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


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
        "district": r"(?:district|federal|trial|lower) (?:court )?judge",
        "appeals": r"circuit|appeals? court|appeals judges|court of appeals?|appellate|on appeal|dissent(?:s|ed|ing)?"
        r"|panel|higher regional court|oberlandesgericht",
        "supreme": r"supreme court|justices",
        "jury": r"jury|jurors|verdict",
    }.items()
}


# ---------------------------------------------------------------------------------------------- days

_YEAR = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
# "from Friday's ruling" is Friday's, "from Friday" is to come.
_DAY = re.compile(
    rf"\b(?P<coming>by|until|next|due|through|from|before)? ?(?:on |the )?\b(?P<weekday>{'|'.join(WEEKDAYS)})\b"
    r"(?P<its>[’']s)?"
    r"|\b(?P<yesterday>[Yy]esterday|[Ll]ast night)\b"
    rf"|\b(?P<month>{_MONTH}) (?P<number>\d{{1,2}})\b|\b(?P<number_first>\d{{1,2}}) (?P<month_last>{_MONTH})"
)


def _days(text: str, day: int) -> list[int]:
    """Days of the last week on which a text says that something happened, in its order. A weekday is the latest one."""
    found = []
    for at in _DAY.finditer(text):
        if at["yesterday"]:
            found.append(day - 1)
        elif at["weekday"]:
            if not at["coming"] or (at["its"] and at["coming"] in {"from", "before"}):
                found.append(latest(at["weekday"], date.fromordinal(day)).toordinal())
        else:
            found += _date(at["month"] or at["month_last"], int(at["number"] or at["number_first"]), day)
    return found


def _date(month: str, number: int, day: int) -> list[int]:
    """The date of the last week, if it is one."""
    for year in {date.fromordinal(day).year, date.fromordinal(max(1, day - 7)).year}:
        try:
            at = date(year, _YEAR.index(month[:3]) + 1, number).toordinal()
        except ValueError:
            continue
        if 0 <= day - at <= 7:
            return [at]
    return []


# ---------------------------------------------------------------------------------------------- words

# Where and when a wire's report was filed: "NEW YORK, March 3 - ", "PHOENIX (Wire) — ".
_DATELINE = re.compile(
    rf"\s*[A-Z][A-Z.’' -]{{2,24}}(?:, [A-Z][\w. ]{{1,12}})?(?:, {_MONTH} \d{{1,2}})?(?: \([\w ]+\))? ?(?:[—–]|-+ )\s*"
)
# Names; not of days, months and courts.
_NO_NAME = (
    r"(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Judge"
    r"|Court|Circuit|District|Magistrate|Rule|Copyright|Act|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth"
    r"|Tenth|Eleventh|Supreme|High|Appeals|Federal|Senate|House|Congress|The|An?)\b)"
)
_NAME = re.compile(rf"(?<=[\w,] ){_NO_NAME}[A-Z][\w-]{{2,}}")
_FIRST = re.compile(rf"(?:^|(?<=[.!?:] )|(?<=\n)){_NO_NAME}[A-Z][\w-]{{2,}}")
_WORD_IN_CAPITALS = re.compile(r"\b[A-Z][\w-]+")
_JUDGES = re.compile(r"\b(?:Judges?|Justices?|Magistrate)\s((?:[A-Z][\w.’'-]*\s?(?:and |, )?){1,4})")
_FIGURE = re.compile(
    r"(?P<money>[$€£¥]\s?)?(?P<number>\d[\d.,]*\d|\d)\s?(?P<unit>million|billion|mln|bn|m\b|b\b)?", re.IGNORECASE
)
_DAY_OF_MONTH = re.compile(rf"\b{_MONTH} \d{{1,2}}\b|\b\d{{1,2}}\.? {_MONTH}(?!\w)")
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


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower()[:6] for name in names)


def _judges(text: str) -> frozenset[str]:
    """Every word of a judge's name."""
    return _keys(word for names in _JUDGES.findall(text) for word in _WORD_IN_CAPITALS.findall(names)) - {
        "judge",
        "justic",
    }


def _without_judges(text: str) -> str:
    return places.without(re.sub(r"\b(?:Judge|Justice)\s(?:[A-Z][\w.’'-]*\s?){1,4}", " ", text))


def _names(text: str) -> frozenset[str]:
    return _keys(_NAME.findall(_without_judges(text)))


def _figures(text: str) -> frozenset[str]:
    """Sums to two digits, so that $88.4 million is $88 million; other numbers from ten on that are no years."""
    found = set()
    for at in _FIGURE.finditer(_DAY_OF_MONTH.sub(" ", text)):
        try:
            value = float(at["number"].replace(",", ""))
        except ValueError:  # 12.03.26
            continue
        unit = (at["unit"] or "")[:1].lower()
        if at["money"] or unit or (value >= 10 and not 1990 <= value <= 2035):
            value *= {"m": 1e6, "b": 1e9}.get(unit, 1)
            found.add(f"{value:.2g}" if value >= 1e5 else f"{value:.4g}")
    return frozenset(found)
