"""What a sentence does, read from its words: decides, orders, sets a date, gives a reason, alleges, or idles.

Courts decide in a few dozen set phrases ("is DENIED", "IT IS ORDERED", "we affirm"); the press reports it in others
("the judge ruled"). The readers of `pipeline.refine` find dispositions and dates in filings with more care; these cues
serve where a document has none of them, as news has not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Kind


def _any(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of the alternatives, as whole words; a blank in them stands for any white space."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)".replace(" ", r"\s+"), flags)


_DONE = (
    "granted|denied|dismissed|affirmed|reversed|vacated|remanded|stayed|overruled|sustained|quashed|terminated|stricken"
    "|struck|withdrawn|moot|approved|adopted|rejected|certified|consolidated|transferred|continued|sealed|unsealed"
    "|compelled|enjoined|excluded|suppressed|modified|waived"
)
_DO = "grant|deny|dismiss|affirm|reverse|vacate|remand|overrule|sustain|order|hold|conclude|decline|adopt"
_DOES = (
    "grants|denies|dismisses|affirms|reverses|vacates|remands|stays|overrules|sustains|quashes|strikes|approves|adopts"
    "|rejects|certifies|orders|holds|concludes|declines|enters|enjoins|transfers|directs"
)
_DID = (
    "ruled|ordered|directed|denied|granted|rejected|dismissed|declared|found|held|sided|approved|blocked|certified"
    "|affirmed|upheld|reversed|vacated|threw out|tossed|gave|set|allowed|barred|sentenced|convicted|acquitted|awarded"
    "|concluded|decided|refused|declined|agreed|permitted|required|compelled|sanctioned|fined|struck down|overturned"
    "|issued|extended|scheduled|stayed|imposed|cleared|revived|signed off"
)
_BENCH = (
    "judges?|courts?|jury|jurors|justices|magistrate|tribunal|appeals panel|(?-i:Justice [A-Z]\\w+|[A-Z]\\w+ Circuit)"
)
_PARTY = (
    "plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ants?|ees?)|movants?|complaint|lawsuit|suit|attorneys?"
    "|counsel|lawyers?|government|critics|company|companies"
)
_THUS = "(?:(?:hereby|therefore|thus|accordingly|also|now|respectfully),? )*"
# What stands between subject and verb, unless it turns the statement into a condition or a wish.
_SPAN = r"(?:(?!\b(?:if|whether|unless|should|would|could|may|might)\b)[^.;])"

_PERFORMS = _any(
    rf"(?:is|are|be){_SPAN}{{0,60}}?\b(?:{_DONE})",
    rf"(?:we|I) {_THUS}(?:{_DO})",
    rf"(?:(?:the|this) (?:court|panel|board|order|opinion|judge)|undersigned) {_THUS}(?:{_DOES})",
    r"it is (?:so |hereby |further |therefore )*(?:ordered|adjudged)|hereby orders?",
    r"judgment (?:is|shall be|will be) entered|(?:affirmed|reversed|remanded)\.$",
    rf"remand is (?:required|necessary|warranted)|entitlement\b{_SPAN}{{0,200}}\bis (?:{_DONE})",
)
_LOUD = _any(
    "GRANTE?[DS]|DENIE[DS]|DISMISSED|AFFIRMED|REVERSED|VACATED|REMANDED|STAYED|OVERRULED|SUSTAINED|MOOT|STRICKEN",
    "ORDERED|ORDERS",
    flags=re.NOFLAG,
)
_REPORTS = _any(
    rf"(?:{_BENCH})\b{_SPAN}{{0,80}}?\b(?:{_DID})",
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
    rf"the (?:district|trial|lower|magistrate) (?:court|judge) (?:(?!is|are)\w+ )?(?:{_DID})",
    rf"(?:may|can|must|should|would|could) (?:not )?be (?:{_DONE})",
    r"is (?:appropriate|proper|warranted) (?:when|if|where|only)|courts (?:have|may|must)|^If",
    r"a (?:district )?(?:court|motion) (?:may|must|shall|should|is|will)",
)
_SUPPOSES = _any("if|whether|unless|when")
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
    | © | @\w{3,} | \[REDACTED\] | ^hearing\ held\b
    | ^(?:By|Photo|Image|Source|Credit|Updated|Published|Posted|Correction|Disclosure|Related|Also|Article)\b[:.]
    | ^(?:Respectfully\ submitted|Advertisement|Photo|Image)\b
    | \b(?:Attorneys?|Counsel)\ for\ (?:Plaintiff|Defendant|Petitioner|Respondent)s?\b.{0,40}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTERWORD = _any(
    "^(?:further reading|related|read (?:more|next)|see also|more (?:from|on|stories)|references|sources|notes",
    "about (?:the author|us)|from our|sponsor|recommended|most (?:read|popular)|comments|share|tags|topics|trending",
    "you may also|certificate of service|appearances|table of (?:contents|authorities)|exhibit list)",
)
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
    return 0.4 if alleges and alleges.start() < reports.start() else 0.8


def idle(sentence: str) -> bool:
    """Words that serve the page and not its reader: formulas, bylines, appeals to subscribe."""
    return bool(_IDLE.search(sentence))


def afterword(heading: str) -> bool:
    """Whether this heading opens a part that is no longer the document: further reading, appearances, service."""
    return bool(_AFTERWORD.match(heading.strip(" *#_:\\")))
