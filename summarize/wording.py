"""What a sentence does, read from its words: decides, orders, sets a date, gives a reason, alleges, or idles.

Courts decide in a few dozen set phrases ("is DENIED", "IT IS ORDERED", "we affirm"); the press reports it in others
("the judge ruled"). The readers of `pipeline.refine` find dispositions and dates in filings with more care; these cues
serve where a document has none of them, as news has not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Kind


def _any(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of the alternatives, as whole words; a blank in them stands for any white space."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)".replace(" ", r"\s+"), flags)


_BRIEF = 30  # words
_MOSTLY = 0.6  # of a sentence's characters
_DONE = (
    "granted|denied|dismissed|affirmed|reversed|vacated|remanded|stayed|overruled|sustained|quashed|terminated|stricken"
    "|struck|withdrawn|moot|approved|adopted|rejected|certified|consolidated|transferred|continued|sealed|unsealed"
    "|compelled|enjoined|excluded|suppressed|modified|waived|awarded|appointed|extended|suspended"
)
_DO = "grant|deny|dismiss|affirm|reverse|vacate|remand|overrule|sustain|order|hold|conclude|decline|adopt"
_DOES = (
    "grants|denies|dismisses|affirms|reverses|vacates|remands|stays|overrules|sustains|quashes|strikes|approves|adopts"
    "|rejects|certifies|orders|holds|concludes|declines|enters|enjoins|transfers|directs|recommends|suggests|awards"
    "|appoints|extends"
)
_DID = (
    "ruled|ordered|directed|denied|granted|rejected|dismissed|declared|found|held|sided|approved|blocked|certified"
    "|affirmed|upheld|reversed|vacated|threw out|tossed|gave|set|allowed|barred|sentenced|convicted|acquitted|awarded"
    "|concluded|decided|refused|declined|agreed|permitted|required|compelled|sanctioned|fined|struck down|overturned"
    "|issued|extended|scheduled|stayed|imposed|cleared|revived|signed off"
)
_BENCH = (
    "judges?|courts?(?! (?:documents?|papers?|filings?|records?|officials?))|jury|jurors|justices|magistrate|tribunal"
    "|appeals panel|(?-i:Justice [A-Z]\\w+|[A-Z]\\w+ Circuit)"
)
_PARTY = (
    "plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ants?|ees?)|movants?|complaint|lawsuit|suit|attorneys?"
    "|counsel|lawyers?|government|critics|company|companies"
)
_THUS = "(?:(?:hereby|therefore|thus|accordingly|also|now|respectfully),? )*"
# What stands between subject and verb, unless it turns the statement into a condition or a wish.
_SPAN = r"(?:(?!\b(?:if|whether|unless|until|should|would|could|may|might)\b)[^.;])"

_PERFORMS = _any(
    rf"(?:is|are|be)\b{_SPAN}{{0,60}}?\b(?:{_DONE})",
    rf"(?:we|I) {_THUS}(?:{_DO})",
    rf"(?:(?:the|this) (?:court|panel|board|order|opinion|judge)|undersigned) {_THUS}(?:{_DOES})",
    r"it is (?:so |hereby |further |therefore )*(?:ordered|adjudged|recommended)|hereby orders?",
    "takes? .{0,60}under (?:submission|advisement)",
    r"judgment (?:is|shall be|will be) entered|(?:affirmed|reversed|remanded)\.$",
    rf"remand is (?:required|necessary|warranted)|entitlement\b{_SPAN}{{0,200}}\bis (?:{_DONE})",
)
_LOUD = _any(
    "GRANTE?[DS]|DENIE[DS]|DISMISSED|AFFIRMED|REVERSED|VACATED|REMANDED|STAYED|OVERRULED|SUSTAINED|MOOT|STRICKEN",
    "ORDERED|ORDERS",
    flags=re.NOFLAG,
)
_REPORTS = _any(
    rf"(?:{_BENCH})\b{_SPAN}{{0,80}}?\b(?<!who\x20)(?<!that\x20)(?<!which\x20)(?<!is\x20)(?<!was\x20)"
    rf"(?<!been\x20)(?:{_DID})",
    r"(?:was|were|been) (?:further |also |then )?(?:ordered|directed) to",
    r"(?:was|were) (?:sentenced|convicted|acquitted|enjoined)",
    rf"(?:ruling|verdict|injunction)\b{_SPAN}{{0,40}}?\b(?:requires?|bars?|directs?|allows?|blocks?|against)",
)
_ORDERS = _any(
    r"(?:shall|must|is to|are to)(?! have)",
    r"(?:is|are|was|were) (?:\w+ ){0,2}(?:directed|ordered|required|instructed) to",
    r"(?:orders?|directs?) (?:the )?[\w ]{1,40}\bto",
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|\d{{1,2}} {_MONTH} \d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
DATE = _any(_DATE)
_DUE = _any(
    "(?:by|before|until|till|due|deadline|no later than|set for|scheduled for|hearing|conference|trial|argument)"
    rf" (?:[\w.:]+,? ){{0,6}}?(?:{_DATE})",
    rf"(?:{_DATE}),? (?:\w+ )?(?:deadline|hearing|conference|trial|argument)",
    r"within [\w-]+(?: \(\d+\))? (?:calendar |business |court )?(?:days|weeks|months)",
)
_REASONS = _any(
    r"because|since|therefore|accordingly|thus|consequently|for (?:the|these|those|this)\b[^.]{0,30}\breasons?",
    "fail(?:s|ed|ure) to|lacks?|insufficient|good cause|cannot|(?:does|did|has|have) not|not (?:met|shown)",
)
_ALLEGES = _any(
    r"alleg(?:e|es|ed|ing|ations?)|accus(?:e|es|ed|ing)|contend(?:s|ed|ing)?|argu(?:e|es|ed|ing|ment)",
    "claim(?:s|ing|ed that)|assert(?:s|ed|ing)?|represents that|seeks?|requests?|moves (?:to|for)",
    "asks?|urges?|proposed?",
    rf"(?:{_PARTY})\b.{{0,40}}\bsa(?:y|ys|id)",
)
_ASKS = _any(
    "(?:respectfully )?(?:seeks?|requests?|moves?|submits?|asks?|opposes?|demands?|prays?|stipulates?|petitions?)",
    "brings? this|appl(?:y|ies) (?:for|to)|agrees? (?:to|that)",
)
_RECITES = _any(
    r"previously|earlier|below|in \d{4},",
    r"(?:the )?(?:(?:district|trial|lower|magistrate|bankruptcy|state|superior) (?:court|judge)|court of appeals"
    rf"|\w+ circuit) (?:(?!is|are)\w+ )?(?:{_DID})",
    rf"(?:may|can|must|should|would|could) (?:not )?be (?:\w+ly )?(?:{_DONE})",
    r"is (?:appropriate|proper|warranted) (?:when|if|where|only)|courts (?:have|may|must)|^If",
    r"a (?:district )?(?:court|motion) (?:may|must|shall|should|is|will)",
)
_BEFORE = _any(
    "previously|earlier|last (?:year|month|week)|in a series of|lower courts?", r"(?:in|since) (?:19|20)\d\d"
)
_SUPPOSES = _any("if|whether|unless|when|in the event")
_MARKED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_REFERS = re.compile(
    r"\b\d{1,4}\s(?:U\.\s?S\.|S\.\s?Ct\.|F\.(?:\s?(?:2d|3d|4th|Supp)|\s)|Cal\.|WL\b|Fed\.\s?Appx)"
    r"|\b(?:Cir\.|[SNEWCD]\.D\.)\s?[\w.]*\s?\d{4}\)|\bid\.\s+at\b"
)
_IDLE = re.compile(
    r"""
      ^(?:it\ is\ )?so\ ordered\b | ^the\ court\ (?:is\ in\ receipt\ of|has\ (?:read|received|reviewed))\b
    | ^.{0,200}\bordered(?:\ and\ adjudged)?(?:,?\ that|,?\ as\ follows)?[:,]?$
    | \b(?:subscribe\ (?:to|now|today|for)|sign\ up\ (?:to|for|now|here)|our\ newsletter|read\ more|click\ (?:here|on)
      |follow\ us|follow\ \w+\ on|we\ use\ cookies|all\ rights\ reserved|contributed\ to\ this\ (?:report|article|story)
      |independently\ select|this\ (?:article|story|post)\ (?:was|is|has\ been|originally)|will\ provide\ updates
      |file\ photo|getty\ images|reporting\ by|editing\ by|editor.s\ note|join\ us|reach\ (?:him|her|them)\ at)\b
    | \byou\ can\ (?:now\ |also\ )?(?:hear|listen|watch|read|follow|subscribe|download)\b | ^just\ search\b
    | \b(?:can\ be\ found\ (?:at|on|in)|is\ available\ (?:at|on))\b
    | \b(?:browser\ version|please\ share\ your|share\ your\ thoughts|in\ the\ comments|let\ us\ know)\b
    | ^(?:the\ court\ confers\b|(?:everything|all)\ else\b)
    | ^(?:this\ (?:order|opinion)\ (?:addresses|proceeds|turns|does\ the\ same)
      |(?:we|I)\ (?:first|next|then|now)?\ ?(?:turn\ to|begin\ with|start\ with|address)
      |as\ (?:previously|already|just)\ (?:noted|stated|discussed|mentioned))\b
    | \b(?:should\ not\ be\ published|is\ not\ precedent|advised\ of\ (?:his|her|their|its)\ (?:appeal\ )?rights)\b
    | © | @\w{3,} | \[REDACTED\] | ^hearing\ held\b
    | ^(?:By|Photo|Image|Source|Credit|Updated|Published|Posted|Correction|Disclosure|Related|Also|Article)\b[:.]
    | ^(?:Respectfully\ submitted|Advertisement|Photo|Image)\b
    | \b(?:Attorneys?|Counsel)\ for\ (?:Plaintiff|Defendant|Petitioner|Respondent)s?\b.{0,40}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What a ruling tells of its own making: who answered whom, and that there was a hearing.
_BRIEFING = _any(
    "(?:opposes?|opposed|(?:has|have) (?:opposed|replied|responded)|(?:did|do|does) not oppose)",
    r"filed (?:(?:an?|its|their|his|her|the|timely) ){0,2}(?:\w+ )?"
    r"(?:opposition|response|(?:sur-?)?repl(?:y|ies)|briefs?)",
    r"(?:is|are|was|were) (?:now )?(?:fully briefed|ripe|heard)",
    r"(?:court|I|we) (?:heard|held|conducted) (?:\w+ ){0,5}(?:argument|hearing|conference)s?",
)
_AFTERWORD = _any(
    "^(?:further reading|related|read (?:more|next)|see also|more (?:from|on|stories)|references|sources|notes",
    "about (?:the author|us)|from our|sponsor|recommended|most (?:read|popular)|comments|share|tags|topics|trending",
    "you may also|certificate of service|appearances|table of (?:contents|authorities)|exhibit list)",
)
# What a part of the document does, by its heading; the first that fits.
_SECTIONS = {
    "law": _any(
        "(?:legal |applicable |governing )?standards?(?: of (?:review|law))?|applicable (?:law|statutes|legal)",
        "governing (?:law|principles)|legal (?:framework|principles|criteria)|laws? and regulations|jurisdiction",
        "duty to (?:notify|assist)|duties to notify",
    ),
    "terms": _any(
        "definitions?|short title|effective date|table of contents|severability|rules? of construction|appropriations",
        "technical|conforming|applicability|regulations",
    ),
    "issue": _any("(?:the )?issues?|questions?(?: presented)?"),
    "ruling": _any("conclusions?|orders?|dispositions?|decision|remand|rulings?|holding|judgment|verdict|ordered"),
    "facts": _any("background|facts?|factual|findings?|history|proceedings|evidence|statement of the case"),
    "opening": _any("introduction|summary|overview|abstract|purposes?|in brief"),
}
_CONNECTS = _any(
    "^(?:But|And|So|Or|Yet|Still|Also|Instead|Otherwise|Nevertheless|Nonetheless|Similarly|Likewise|That|This|These|Those",
    "It|They|He|She|Such|His|Her|Their)",
    flags=re.NOFLAG,
)


@dataclass(frozen=True, slots=True)
class Cues:
    """``decision`` 0–1: how surely the sentence says what was decided here and now; the rest as named."""

    decision: float = 0.0
    orders: bool = False
    due: bool = False  # gives a date or a term by which something is to happen
    reason: bool = False
    alleges: bool = False  # reports what a party says
    asks: bool = False  # says what a party wants
    recites: bool = False  # law or history: another court's or an earlier ruling
    connects: bool = False  # leans on the sentence before it


def cues(sentence: str, kind: Kind) -> Cues:
    alleges = _ALLEGES.search(sentence)
    recites = bool(_REFERS.search(sentence)) or (kind is Kind.FILING and bool(_RECITES.search(sentence)))
    reads = _in_filing if kind is Kind.FILING else _in_news
    return Cues(
        decision=reads(sentence, alleges, recites=recites),
        orders=bool(_ORDERS.search(sentence)),
        due=bool(_DUE.search(sentence)),
        reason=bool(_REASONS.search(sentence)),
        alleges=bool(alleges),
        asks=bool(_ASKS.search(sentence)),
        recites=recites,
        connects=bool(_CONNECTS.match(sentence)),
    )


def _in_filing(sentence: str, alleges: re.Match[str] | None, *, recites: bool) -> float:
    # What a contract says "is terminated", in its own words, the court does not terminate.
    sentence = _MARKED.sub(lambda quoted: " " * len(quoted[0]), sentence)
    performs = _PERFORMS.search(sentence)
    loud = _LOUD.search(sentence) and not sentence.isupper()
    score = (0.7 if performs else 0.0) + (0.3 if loud or (performs and sentence.isupper()) else 0.0)
    if recites or (performs and not loud and _SUPPOSES.search(sentence, 0, performs.start())):
        return 0.3 * score
    # "Acme argues that the claim is barred" argues; "the claim Acme asserts is DISMISSED" decides.
    return 0.6 * score if performs and alleges and alleges.start() < performs.start() and not loud else score


def _in_news(sentence: str, alleges: re.Match[str] | None, *, recites: bool) -> float:
    reports = _REPORTS.search(sentence)
    if not reports or recites:
        return 0.0
    if _BEFORE.search(sentence):
        return 0.3
    return 0.4 if alleges and alleges.start() < reports.start() else 0.8


# "It is not shown that …" and "This case arises from …" stand alone; "It lapsed", "Later, she denied it" do not.
_LEANS = re.compile(
    r"""
      (?:[A-Z][\w’'-]*,?\s(?:[\w’'-]+,?\s){0,4})??(?:(?<=,\s)|(?<![\w\s]))
      (?:It(?!\s(?:is|was|has\ been|appears|seems|follows)\s(?:[\w-]+\s){0,4}(?:that|to|whether|ordered|recommended)\b)
        |They|Their|Its|Such|Neither|Another|Others|it|they
        |(?:This|That|These|Those)(?!\s(?:[\w-]+\s){0,2}(?:case|court|action|order|matter|appeal|opinion|litigation|dispute|lawsuit
          |suit|proceeding|petition|motion|board|panel|Act|bill|report|week|month|year|morning|summer|fall|spring|winter)s?\b)
        |The\s(?:pair|duo|former|latter|others?)
        |(?:But|And|So|Or|Yet|Nor|Still)\s(?:then\s|now\s)?(?:that|this|these|those|its?|their|such)
          (?!\s(?:is|was)\s(?:not\s)?(?:clear|true|undisputed)\b)
        |(?P<person>(?:(?:But|And|So|Or|Yet|Nor|Still)\s(?:then\s|now\s)?)?(?:he|she|his|her)|He|She|His|Her)
      )\s
    | (?:For\ example|For\ instance|Similarly|Likewise|In\ other\ words|That\ is|After\ all|Of\ course|Indeed),
    """,
    re.VERBOSE,
)
# "…," he wrote: a quotation of we do not know whom.
_SPOKEN = re.compile(
    r"[”’\"],?\s(?:(?:he|she|they)\s(?:said|says|told|wrote|writes|added|adds|asked|replied)|(?:said|says)\s(?:he|she|they))\b"
)
_NARRATOR = re.compile(r"\b(?:I|I[’']\w+|me|my|My)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'].*?[’'](?!\w)")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|shall|may|must|can|could|would|should|might|cannot)\b"
    r"|\b(?!this\b)[a-z]{3,}(?:ed|es|s)\b|[’'](?:s|re|ve|ll)\s[a-z]+(?:ing|ed)\b",
)


def leans(sentence: str) -> Literal["thing", "person"] | None:
    """Whether the sentence opens with a word that only the sentence before it explains, and for what it stands."""
    if _SPOKEN.search(sentence):
        return "person"
    opening = _LEANS.match(sentence)
    return opening and ("person" if opening["person"] else "thing")


def narrates(sentence: str) -> bool:
    """Whether the writer speaks of himself, outside quotation marks."""
    return bool(_NARRATOR.search(_QUOTED.sub("", sentence)))


def aside(sentence: str) -> float:
    """How much of a news sentence tells nothing itself, 0 to 1: words somebody is quoted with, or a writer's own."""
    return 1.0 if narrates(sentence) else sum(map(len, _QUOTED.findall(sentence))) / len(sentence)


def label(sentence: str) -> bool:
    """No statement but a name: the title of an exhibit, the row of a table. Mostly capitals, and no verb."""
    words = [word for word in re.findall(r"[^\W\d_]+", sentence) if len(word) > 3]
    return 2 * sum(word[0].isupper() for word in words) > len(words) and not _FINITE.search(sentence)


# How a tribunal speaks of itself in its rulings, and how parties close their papers.
_BENCH_VOICE = _any(
    "we (?:hold|conclude|affirm|reverse|vacate|agree|granted certiorari|decline)",
    "the (?:court|board|panel|tribunal) (?:finds|concludes|holds|grants|denies|orders|agrees|notes|has considered)",
    rf"(?:judgment|decision|appeal|claim|motion|petition)s?\b{_SPAN}{{0,80}}\bis (?:{_DONE})",
    "it is (?:so |hereby )?ordered|so ordered",
    r"\n(?:order|conclusions? of law|findings? of fact)\n",
)
_BAR_VOICE = _any("respectfully submitted|comes? now|prayer for relief|wherefore")


def from_the_bench(text: str) -> bool:
    """Whether a paper that does not say what it is speaks as courts do, more than once, and not as parties do."""
    return len(_BENCH_VOICE.findall(text)) >= 2 and not _BAR_VOICE.search(text)


def idle(sentence: str) -> bool:
    """Words that serve the page and not its reader: formulas, bylines, appeals to subscribe."""
    return bool(_IDLE.search(sentence))


_BARE_RULING = re.compile(
    r"(?:(?:accordingly|therefore|thus|for (?:the|these|those|all) [\w ]{0,30}reasons?[\w ]{0,20}),? )?"
    r"(?:(?:we|I) (?:hereby )?)?"
    rf"(?P<verbs>(?:{_DONE}|{_DO})(?:,? (?:and )?(?:{_DONE}|{_DO}))*)\W*",
    re.IGNORECASE,
)


def bare_ruling(sentence: str) -> frozenset[str]:
    """What "MODIFIED AND AFFIRMED." and "For these reasons, we AFFIRM." do, as stems; empty where it says to what."""
    found = _BARE_RULING.fullmatch(sentence)
    return frozenset(word[:5] for word in re.findall(r"\w{4,}", found["verbs"].lower())) if found else frozenset()


_OF_THE_REST = _any("in all other respects|otherwise|(?:the )?(?:remainder|balance|rest) of|all (?:other|remaining)")


def of_the_rest(sentence: str) -> bool:
    """Whether it rules on what another sentence leaves: "In all other respects it is denied" is half the ruling."""
    return bool(_OF_THE_REST.search(sentence))


_COUNTS = re.compile(r"\b(?i:counts?)\s+((?:[IVXL]+|\d+)(?:(?:,? (?i:and) |, | ?& ?)(?:[IVXL]+|\d+))*)\b")
_OUTCOMES = re.compile(
    r"\b(?:grant|deni|dismiss|str[iu]ck|surviv|sustain|overrul|proceed|stay|in part\b)", re.IGNORECASE
)


def counts(sentence: str) -> frozenset[str]:
    """The counts of a complaint that it names: "Counts III and V" → III, V."""
    return frozenset(number for named in _COUNTS.findall(sentence) for number in re.findall(r"[IVXL]+|\d+", named))


def outcomes(sentence: str) -> frozenset[str]:
    """What it does, by stems: "GRANTED in part" → grant, in part."""
    return frozenset(stem.lower() for stem in _OUTCOMES.findall(sentence))


_FROM_THE_BENCH = _any(
    rf"(?:{_BENCH})\b.{{0,40}}? (?:said|wrote|writes|says|found|held|ruled|noted|added)",
    "(?:said|wrote) (?:the )?(?:judge|court)",
)


def asides_of_others(sentence: str) -> bool:
    """Whether a news sentence is a quotation or the writer's own remark, and no judge's words."""
    return aside(sentence) >= _MOSTLY and not _FROM_THE_BENCH.search(sentence)


def briefing(sentence: str) -> bool:
    """Whether a short sentence of a ruling only tells that the question was briefed or heard."""
    return len(sentence.split()) <= _BRIEF and bool(_BRIEFING.search(sentence)) and not _REASONS.search(sentence)


def afterword(heading: str) -> bool:
    """Whether this heading opens a part that is no longer the document: further reading, appearances, service."""
    return bool(_AFTERWORD.match(heading.strip(" *#_:\\")))


def section(heading: str) -> str:
    """``law``, ``terms``, ``issue``, ``ruling``, ``facts`` or ``opening``; empty where the heading does not say."""
    return next((name for name, words in _SECTIONS.items() if words.search(heading)), "")
