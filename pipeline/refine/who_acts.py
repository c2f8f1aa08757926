"""Who goes to court against whom, as headlines and leads word it."""

from __future__ import annotations

import re

from pipeline.refine import places

# Those who go to court, by their trade; two words for one trade are one. "Authors" and "artists" may be any of them.
_TRADES = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "playwrights": r"playwrights?|dramatists?|theat(?:re|er) writers?",
        "novelists": r"novelists?|(?:fantasy|crime|fiction|romance|thriller|mystery) (?:writers?|authors?)",
        "screenwriters": r"screenwriters?|(?:TV|television|script|film)[- ]?writers?",
        "songwriters": r"songwriters?|(?:ballad|song)[- ]?writers?|lyricists?|composers?|music publishers?",
        "photographers": r"photographers?|photo (?:agenc(?:y|ies)|librar(?:y|ies))|stock[- ](?:photo|picture) \w+",
        "newspapers": r"newspapers?|dailies|newsrooms?|(?:news|regional|press) (?:chain|group|publishers?|agency)",
        "narrators": r"narrators?|voice actors?|voice talents?|dubbers?|audiobook (?:readers?|house)",
        "labels": r"(?:record |music |indie )?labels|record compan(?:y|ies)|majors",
        "studios": r"(?:film |movie |animation )?studios?",
        "illustrators": r"illustrators?|cartoonists?|comic artists?",
        "poets": r"poets?|poetry",
        "translators": r"translators?",
        "archives": r"archives?|librar(?:y|ies)",
        "dictionaries": r"dictionar(?:y|ies)|lexicographers?|encyclop\w+",
        "programmers": r"programmers?|coders|open-source developers?",
        "guides": r"(?:hotel|restaurant|travel) guides?",
        "guide writers": r"(?:guidebook|travel) (?:writers?|authors?)",
    }.items()
}
_OWNERS = re.compile(
    r"(?:ers|ors|ists|ians|wrights|poets|plaintiffs|labels|studios|newspapers|dailies|guild|union|archive|library"
    r"|agency"
    r"|society|houses?|press)$",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"(?:^|[:;,] |\b(?:[Oo]rders|[Tt]ells|[Mm]akes|[Ff]orces) )(?:the )?([\w’'& -]{2,40}?)"
    r"(?:,? (?:must|has to|have to|ordered to|told to|to (?:hand|turn|give|pay|produce|open|show|reveal|disclose)))\b"
)
_GIVEN = re.compile(
    r"\b(?:must|has to|have to|ordered to|told to|to (?:hand|turn|give|produce|open|show|reveal|disclose))\b"
    r".* to (?:the )?([A-Z][\w’'-]+)$"
)
OWNERS, OTHER = "of works", "the other side"
_COMPANY = re.compile(r"\b(?:compan\w+|firm|maker|developer|start-?up|service|app|generator|bot|AI)\b", re.IGNORECASE)
_ONE_MORE = re.compile(
    r"\b(?:too|also|second|third|another|new) (?:suit|lawsuit|case|complaint|class action)\b|,? too$"
    r"|\balso (?:sues?|takes?)\b|\bjoins? (?:the )?(?:fight|battle|suits?|lawsuits?|others|queue"
    r"|list)\b|\b(?:second|third) suit in\b",
    re.IGNORECASE,
)
_SUES = (
    r"sues?|sued|suing|files?|filed|takes?|took|accuses?|accused|goes after|joins?|joined|launch(?:es|ed)|brought"
    r"|brings|lodge[sd]"
)
_AGENT = re.compile(
    rf"(?P<who>(?:[^.;:!?\n]|\.(?=\w| [A-Z]\. )){{2,90}}?),? (?:(?:has|have|had|also|on \w+day"
    rf"|\w+day) )*\b(?:{_SUES})\b"
)
_BY = re.compile(
    r"\b(?:sued|accused|(?:law)?suit|complaint|case|action|claim|brought|filed)\b[^.;\n]{0,40}? (?:by|from)"
    r" (?P<who>[^.;:!?\n]{2,80}?)(?= (?:over|for|that|who|says?|in|on|against|accus\w+|alleg\w+|claims?|after)\b"
    r"|[.;:,!?\n]|$)"
)
_TARGET = re.compile(
    r"\b(?:sues?|sued(?! by)|suing|against|accuses?|accused(?! (?:of|by))|goes after|takes?|took|made by|(?:maker"
    r"|owner) of)\b"
    r" (?P<who>(?:[A-Za-z’'&.-]+ ){0,5}?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
_SAYS = re.compile(
    r"(?:^|[.,;:] )(?P<who>[A-Z][^.,;:!?\n]{1,60}?),? (?:says|alleges|claims)\b|\b(?:says|claims"
    r"|alleges) (?P<last>[A-Z][^.;:!?\n]{1,40})$",
    re.MULTILINE,
)
_FACES = re.compile(
    r"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*),? (?:faces?|facing|hit with|sued by|accused (?:of|by)|(?:is|was"
    r"|has been) (?:accused|sued|told))\b"
)
# Words that stand in capitals before a name or for one, and name nobody.
_NOBODY = re.compile(
    r"Authors?|Artists?|Writers?|Judges?|Two|Three|Four|Five|Six|Seven|Lawsuit|Suit|Class|Group|Company|Courts?"
    r"|Federal|AI"
    r"|The|An?|News|Music|Film|Photo|Local|New|More|Another|Second|Third|First|Major|Lawyers?|Plaintiffs?|He|She"
    r"|They|It"
    r"|His|Her|Its|Their|In|On|At|This|That|But|Copyright|Creators?|Small|Romance|Crime|Business|Publishers?|U\.?S|Here"
    r"|What|Why|How|When|After|Before|As|Under|Some|Several|Dozens|Hundreds|Thousands"
)


def trades(text: str) -> frozenset[str]:
    """The trades of those who are spoken of as going to court."""
    return frozenset(name for name, words in _TRADES.items() if words.search(text))


def is_one_more(title: str) -> bool:
    """Whether a headline tells of one more suit beside an earlier one."""
    return _ONE_MORE.search(title) is not None


def ordered(title: str, lead: str) -> frozenset[str]:
    """Whom a headline says that a court ordered to do something: ``OWNERS`` of works or the ``OTHER`` side, and words
    of a name, six letters of each. A bare name is the other side's where the lead speaks of a company.
    """
    found = _ORDERED.search(title)
    if found is None:
        return frozenset()
    if _OWNERS.search(found[1].strip()):
        return frozenset({OWNERS})
    side = {OTHER} if _COMPANY.search(f"{found[1]} {lead}") else set()
    return frozenset(side | _names(found[1], f"{title}\n{lead}", at_start=True))


def given(title: str) -> frozenset[str]:
    """Whom a headline says that something must be handed to: six letters of a name."""
    found = _GIVEN.search(title)
    return frozenset({_key(found[1])}) if found else frozenset()


def are_two_ordered(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two headlines speak of orders to two sides, or to two who are named."""
    sides = {OWNERS, OTHER}
    if (one | other) >= sides and not (one & other & sides):
        return True
    return bool(one - sides and other - sides and not one & other - sides)


def plaintiffs(title: str, lead: str) -> frozenset[str]:
    """Words of the names of those who sue, six letters of each; empty where only their trade is told."""
    text = f"{title}\n{lead}"
    passive = {_key(name) for found in _FACES.finditer(text) for name in found["who"].split()}
    sued = {_key(name) for found in _TARGET.finditer(text) for name in re.findall(r"[A-Z][\w-]+", found["who"])}
    where = {
        _key(word) for word in re.findall(r"[\w-]+", " ".join(set(text.split()) - set(places.without(text).split())))
    }
    who: set[str] = set()
    for sentence in (title, *re.split(r"(?<=[.!?])\s+", lead)[:3]):
        agent = _AGENT.match(sentence)
        if agent:
            who |= _names(agent["who"], text, at_start=True)
        for found in _BY.finditer(sentence):
            who |= _names(found["who"], text, at_start=False)
        for found in _SAYS.finditer(sentence):
            who |= _names(found["who"] or found["last"], text, at_start=bool(found["who"]))
    return frozenset(who - sued - passive - where)


def _names(words: str, text: str, *, at_start: bool) -> set[str]:
    found = set()
    for name in re.finditer(r"[A-Z][\w-]*\w", words):
        if _NOBODY.fullmatch(name[0]) or trades(name[0]):
            continue
        first = at_start and name.start() == 0
        if not first or _is_name(name[0], words, text):
            found.add(_key(name[0]))
    return found


def _is_name(first: str, words: str, text: str) -> bool:
    """A sentence's first word is a name where the text has it within a sentence, or where the name goes on."""
    inside = re.search(rf"[a-z,] {re.escape(first)}\b", text)
    goes_on = re.match(r" (?:[A-Z]|& |(?:of|and) [A-Z])", words[len(first) :])
    alone = words.strip() == first and not re.search(r"(?:rs|ts|es|ians)$", first)
    return bool(inside or goes_on or alone)


def _key(name: str) -> str:
    return name.lower()[:6]
