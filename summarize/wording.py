"""What a sentence does, read from its words: decides, orders, sets a date, gives a reason, alleges, or idles.

Courts decide in a few dozen set phrases ("is DENIED", "IT IS ORDERED", "we affirm"); the press reports it in others
("the judge ruled"). The readers of `pipeline.refine` find dispositions and dates in filings with more care; these cues
serve where a document has none of them, as news has not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Kind

_DONE = (
    r"granted|denied|dismissed|affirmed|reversed|vacated|remanded|stayed|overruled|sustained|quashed|terminated|stricken"
    r"|struck|withdrawn|moot|approved|adopted|rejected|certified|consolidated|transferred|continued|sealed|unsealed"
    r"|compelled|enjoined|excluded|suppressed|modified|waived"
)
_DOES = (
    r"grants|denies|dismisses|affirms|reverses|vacates|remands|stays|overrules|sustains|quashes|strikes|approves|adopts"
    r"|rejects|certifies|orders|holds|concludes|declines|enters|enjoins|transfers|directs"
)
_THUS = r"(?:(?:hereby|therefore|thus|accordingly|also|now|respectfully),?\s+)*"
_DID = (
    r"ruled|ordered|directed|denied|granted|rejected|dismissed|declared|found|held|sided|approved|blocked|certified"
    r"|affirmed|upheld|reversed|vacated|threw\ out|tossed|gave|set|allowed|barred|sentenced|convicted|acquitted|awarded"
    r"|concluded|decided|refused|declined|agreed|permitted|required|compelled|sanctioned|fined|struck\ down|overturned"
    r"|issued|extended|scheduled|stayed|imposed|cleared|revived|signed\ off|wrote|said"
)
_SPAN = r"(?:(?!\b(?:if|whether|unless|should|would|could|may|might|if)\b)[^.;])"

_PERFORMS = re.compile(
    rf"\b(?:is|are|be|is\ hereby|was\ therefore)\b{_SPAN}{{0,60}}?\b(?:{_DONE})\b"
    rf"|\b(?:we|I)\s+{_THUS}(?:grant|deny|dismiss|affirm|reverse|vacate|remand|overrule|sustain|order|hold|conclude|decline|adopt)\b"
    rf"|\b(?:(?:the|this)\s+(?:court|panel|board|order|opinion|judge)|undersigned)\s+{_THUS}(?:{_DOES})\b"
    rf"|\bit\s+is\s+(?:so\s+|hereby\s+|further\s+|therefore\s+|FURTHER\s+)*(?:ordered|adjudged)\b|\bhereby\s+orders?\b"
    rf"|\bjudgment\s+(?:is|shall\ be|will\ be)\s+entered\b|\b(?:affirmed|reversed|vacated\ and\ remanded|remanded)\.$"
    rf"|\bremand\ is\ (?:required|necessary|warranted)\b|\bentitlement\b{_SPAN}{{0,200}}\bis\s+(?:{_DONE})\b",
    re.IGNORECASE | re.VERBOSE,
)
_LOUD = re.compile(
    r"\b(?:GRANTED|DENIED|DENIES|GRANTS|DISMISSED|AFFIRMED|REVERSED|VACATED|REMANDED|STAYED|OVERRULED|SUSTAINED|ORDERED|ORDERS|MOOT|STRICKEN)\b"
)
_REPORTS = re.compile(
    rf"\b(?:judges?|court|panel|jury|jurors|justices?|magistrate|tribunal|commission|regulators?|appeals\ court|circuit)\b{_SPAN}{{0,80}}?\b(?:{_DID})\b"
    rf"|\b(?:was|were|been)\s+(?:further\s+|also\s+|then\s+)?(?:ordered|directed|denied|granted|dismissed|sentenced|fined|convicted|acquitted|enjoined|barred)\b"
    rf"|\b(?:ruling|verdict|order|decision|injunction)\b{_SPAN}{{0,40}}?\b(?:requires?|bars?|means?|directs?|allows?|blocks?|ends?|against)\b",
    re.IGNORECASE | re.VERBOSE,
)
_ORDERS = re.compile(
    r"\b(?:shall|must|is\ to|are\ to)\b(?!\ (?:have|be\ (?:construed|read)))|\b(?:is|are|was|were)\s+(?:\w+\s+){0,2}(?:directed|ordered|required|instructed)\s+to\b"
    r"|\b(?:orders?|directs?)\s+(?:the\s+)?[\w\s]{1,40}\bto\b",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
DATE = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\b\d{{1,2}}\s+{_MONTH}\s+\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
)
_DUE = re.compile(
    r"\b(?:by|before|until|till|due|deadline|no\ later\ than|not\ later\ than|on\ or\ before|within\ (?:\w+\ )?\(?\d*\)?\s*(?:calendar\ |business\ )?(?:days|weeks|months)"
    r"|conference|hearing|trial|argument|deposition|scheduled|set\ for)\b",
    re.IGNORECASE | re.VERBOSE,
)
_WITHIN = re.compile(
    r"\bwithin\s+[\w-]+\s*(?:\(\d+\)\s*)?(?:calendar\s+|business\s+|court\s+)?(?:days|weeks|months)\b", re.IGNORECASE
)
_REASONS = re.compile(
    r"\b(?:because|since|therefore|accordingly|thus|consequently|for\s+(?:the|these|those|this)\b[^.]{0,30}\breasons?|fail(?:s|ed|ure)\s+to|"
    r"lacks?|insufficient|does\s+not|did\s+not|cannot|has\s+not|have\s+not|not\s+(?:met|shown|established)|good\s+cause)\b",
    re.IGNORECASE,
)
_PARTY = (
    r"plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ants?|ees?)|movants?|complaint|lawsuit|suit|attorneys?"
    r"|counsel|lawyers?|government|critics|company|companies"
)
_ALLEGES = re.compile(
    rf"\b(?:alleg(?:e|es|ed|ing|ations?)|accus(?:e|es|ed|ing)|contend(?:s|ed|ing)?|argu(?:e|es|ed|ing|ment)|claim(?:s|ing|ed\ that)|assert(?:s|ed|ing)?"
    rf"|represents\ that|seeks?|requests?|moves\ (?:to|for)|asks?|urges?|proposed?)\b|\b(?:{_PARTY})\b.{{0,40}}\bsa(?:y|ys|id)\b",
    re.IGNORECASE | re.VERBOSE,
)
_RECITES = re.compile(
    rf"\b(?:previously|earlier|in\s+\d{{4}},|the\s+(?:district|trial|lower|bankruptcy|magistrate)\s+(?:court|judge)\b|below"
    rf"|(?:may|can|must|should|would|could)\s+(?:not\s+)?be\s+(?:{_DONE})|is\s+(?:appropriate|proper|warranted)\s+(?:when|if|where|only)"
    r"|when\s+a\s+court|a\s+(?:district\s+)?(?:court|motion)\s+(?:may|must|shall|should|is|will)|courts\s+(?:have|may|must)|^If\s)",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b\d{1,4}\s(?:U\.\s?S\.|S\.\s?Ct\.|F\.(?:\s?(?:2d|3d|4th|Supp)|\s)|Cal\.|WL\b|Fed\.\s?Appx)|\b(?:Cir\.|[SNEWCD]\.D\.)\s?[\w.]*\s?\d{4}\)|\bid\.\s+at\b"
)
_IDLE = re.compile(
    r"""
      ^(?:IT\ IS\ )?SO\ ORDERED\b | ^.{0,200}\bORDERED(?:\ AND\ ADJUDGED)?(?:,?\ that|,?\ as\ follows)?[:,]?$
    | \b(?:subscribe|sign\ up|newsletter|read\ more|click\ (?:here|on)|follow\ us|cookies?|advertisement|all\ rights\ reserved|©
      |contributed\ to\ this\ (?:report|article|story)|this\ (?:article|story|post)\ (?:was|is|has\ been|originally)|will\ provide\ updates
      |file\ photo|getty\ images|reporting\ by|editing\ by|editor.s\ note|want\ more|join\ us|reach\ (?:him|her|them)\ at|@\w+)\b
    | ^(?:By|Photo|Image|Source|Credit|Caption|Updated|Published|Posted|Correction|Disclosure|Related|Also|Article)\b[:.]
    | ^Respectfully\ submitted
    | \b(?:Attorneys?|Counsel)\ for\ (?:Plaintiff|Defendant|Petitioner|Respondent)s?\b.{0,40}$
    | ^(?:Photo|Image)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTERWORD = re.compile(
    r"^(?:further\s+reading|related|read\s+(?:more|next)|see\s+also|more\s+(?:from|on|stories)|references|sources|notes|about\s+(?:the\s+author|us)"
    r"|from\s+our|sponsor|recommended|most\s+(?:read|popular)|comments|share|tags|topics|trending|you\s+may\s+also|certificate\s+of\s+service"
    r"|appearances|table\s+of\s+(?:contents|authorities)|exhibit\s+list)\b",
    re.IGNORECASE,
)
_CONNECTS = re.compile(
    r"^(?:But|And|So|Or|Yet|Still|Also|Instead|Otherwise|Nevertheless|Nonetheless|Similarly|Likewise|That\s|This\s|These\s|Those\s|It\s|They\s|He\s|She\s|Such\s|His\s|Her\s|Their\s)"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """``decision`` 0–1: how surely the sentence says what was decided here and now; the rest as named."""

    decision: float = 0.0
    orders: bool = False
    due: bool = False  # gives a date or a term by which something is to happen
    reason: bool = False
    alleges: bool = False  # reports what a party says
    recites: bool = False  # law or history: another court's or an earlier ruling
    connects: bool = False  # leans on the sentence before it


def cues(sentence: str, kind: Kind) -> Cues:
    alleges = _ALLEGES.search(sentence)
    recites = bool(_REFERS.search(sentence)) or (kind is Kind.FILING and bool(_RECITES.search(sentence)))
    reads = _in_filing if kind is Kind.FILING else _in_news
    return Cues(
        decision=reads(sentence, alleges, recites=recites),
        orders=bool(_ORDERS.search(sentence)),
        due=bool(_DUE.search(sentence) and DATE.search(sentence)) or bool(_WITHIN.search(sentence)),
        reason=bool(_REASONS.search(sentence)),
        alleges=bool(alleges),
        recites=recites,
        connects=bool(_CONNECTS.match(sentence)),
    )


def _in_filing(sentence: str, alleges: re.Match[str] | None, *, recites: bool) -> float:
    performs = _PERFORMS.search(sentence)
    loud = _LOUD.search(sentence) and not sentence.isupper()
    score = (0.7 if performs else 0.0) + (0.3 if loud or (performs and sentence.isupper()) else 0.0)
    if recites:
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
    """Does this heading open a part that is no longer the document: further reading, appearances, service?"""
    return bool(_AFTERWORD.match(heading.strip(" *#_:\\")))
