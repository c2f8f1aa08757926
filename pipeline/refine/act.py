"""What is done in a court, in the clerk's words and in the press's: one vocabulary for both.

The press writes "hand over" where a docket says "compel", "put on hold" where it says "stay". An *act* is the kind of
paper (order, motion, complaint …); a *subject* is what it is about.
"""

from __future__ import annotations

import re

SUBJECTS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "dismissal": r"dismiss\w*|thr(?:ow|ows|ew|own) out|toss(?:es|ed)?|trims?|trimmed|press|go(?:es)? forward"
        r"|surviv\w+|end (?:the|a) (?:suit|case)",
        "production": r"compel\w*|hand(?:s|ed|ing)? over|turn(?:s|ed|ing)? over|produc(?:es?|ed|tion|ing)|force",
        "stay": r"stay\w*|halt\w*|paus\w+|freez\w+|on hold|suspend\w*|wakes? up",
        "rescheduling": r"adjourn\w*|reset\w*|reschedul\w*|continuance|postpon\w*|put off|pushed back|slips?|moved to"
        r"|extension|extend\w*|delay\w*",
        "schedule": r"schedul\w*|calendar|case management|deadlines",
        "conference": r"conferences?|meet (?:the|a) judge",
        "discovery": r"discovery|evidence|documents?",
        "privilege": r"privileg\w*|attorney-client|in camera",
        "deposition": r"depos\w+|testif\w+|testimony|question \w+|under oath",
        "sanctions": r"sanction\w*|punish\w*|spoliat\w*|fine[sd]|penalt\w+|eras\w+|delet\w+|destroy\w*|lost",
        "preservation": r"preserv\w*|keep (?:its|their|the|deleted)|retention",
        "class": r"class (?:action|status|certif\w*|settlement)|certif(?:y|ied|ication)|rule 23|no class|revive class",
        "settlement": r"settle\w*|accord|deal|payout|terms",
        "approval": r"approv\w+|nod|blessing",
        "summary judgment": r"summary judgment|fair use",
        "injunction": r"injuncti\w*|enjoin\w*|switched off",
        "restraining order": r"(?:temporary )?restraining order|TRO|emergency order",
        "sealing": r"(?:un)?seal\w*|redact\w*|made public|opened",
        "transfer": r"transfer\w*|venue|moved to [A-Z]\w+|stays in [A-Z]\w+|consolidat\w*|reassign\w*|centraliz\w+",
        "amendment": r"amend\w*|new pleading|tries again|try again",
        "appeal": r"appeal\w*|1292|certiorari|rehearing|en banc|circuit|USCA",
        "reconsideration": r"reconsider\w*|objection|object(?:s|ed)?|overrul\w+|overstepped|affirming|backs magistrate",
        "fees": r"attorneys?['’]? fees|fees and costs|pay .{0,20}lawyers",
        "experts": r"experts?|daubert|rule 702|economist|opinions of|exclude|kept out|bar [A-Z]\w+",
        "trial": r"trial|jury|jurors?|verdict",
        "complaint": r"complaint|sues?|sued|suing|lawsuit|takes? .{0,30} to court|suit was (?:lodged|filed)",
        "answer": r"answer(?!s? engine)(?: to complaint)?|denies copying",
        "amicus": r"amic(?:us|i)|friend-of-the-court",
        "default": r"default judgment|entry of default|never answered",
        "intervention": r"interven\w+",
        "remand": r"remand\w*",
        "protective order": r"protective order",
        "withdrawal": r"withdraw\w*|recus\w+",
        "mediation": r"mediat\w+",
    }.items()
}

# Whose act a report tells of, by its own verbs. The first sense that is heard in the headline counts most.
_ACTS = {
    name: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for name, words in {
        "order": r"rul(?:es|ed|ing)|order(?:s|ed) (?!against)|order (?:came|gives|sets)"
        r"|the (?:order|decision|memorandum)\b"
        r"|grants?|granted|den(?:y|ies|ied)\b(?! copying)|refus(?:es|ed|al)|overrul(?:es|ed)|must\b|need not"
        r"|may (?:press|summarize|speak)|trim(?:s|med)|toss(?:es|ed)|dismissed by|reject(?:s|ed)|affirm(?:s|ed)"
        r"|sets?\b|lift(?:s|ed)|approv(?:es|ed|al)|splits?\b|stays in|on hold|backs magistrate"
        r"|told .{0,30} to (?:keep|produce|pay)|no (?:class|injunction)"
        r"|jury to hear|will begin|nod\b|fines|fall in|wins?\b|loses?\b|scheduling order|judge says|says judge"
        r"|gave .{0,30}until|moves? to [A-Z]\w+ \d|put off|slips\b|resets?|certified|reviv\w+|verdict|recus\w+"
        r"|(?:judge|court|magistrate|jury|panel|justices) (?!hears|to\b|told\b|says\b)\w+s\b"
        r"|(?:claims|suit|case) survives?"
        r"|unseal\w*|block(?:s|ed)\b|trial date|to be kept|stays put",
        "complaint": r"sues?\b|sued\b(?! by)|files? (?:a )?(?:suit|lawsuit|complaint|class action)"
        r"|filed a (?:class action|suit|lawsuit|complaint)|takes? .{0,40}to court|suit was (?:lodged|filed|brought)"
        r"|new complaint|(?:the|amended|their) complaint|new pleading|accus(?:es|ed)\b|filed suit|hit with"
        r"|joins? suits|a suit (?:filed|in)",
        "motion": r"asks? (?:\w+ )?(?:for|judge|court|appeals)|asked (?:the|a|for|both)|ask for|wants?\b|moved for"
        r"|moves for|motion filed|motion to \w+ filed|seeks?\b|sought|urges?|in a motion|applied for|gives? notice"
        r"|bid to",
        "brief": r"brief|oppos(?:es|ing|ition)|answer (?!engine)|backs? (?!magistrate)|friend-of-the-court"
        r"|tells? (?:the )?(?:court|judge)",
        "answer": r"in its answer|denies copying|pleads",
        "objection": r"objects?\b|objected|objection\b",
        "appeal": r"appeal(?:s|ed)?\b(?! is decided)|goes to (?:the )?(?:appeals|\w+ circuit)|petition",
        "settlement": r"settles?\b|settled|agreed on terms|strikes? .{0,20}deal|notice of settlement|stipulation"
        r"|dismissed for good",
    }.items()
}
# A report of these speaks of no paper in a docket: business, talk, people.
_NO_PAPER = re.compile(
    r"\b(?:raises? \$|raised \$|investors|valued at|hires?|hired|opens? (?:\w+ )?(?:studio|office|plant)|sources say"
    r"|newsletter|talks\b|countersue\w*|interview|to watch|profile|hears?\b(?! parties)"
    r"|signs (?:a )?(?:licen[cs]e|deal)"
    r"|partners with|round-?up|week in)",
    re.IGNORECASE,
)
_OF_TYPE = {
    "opinion": "order", "order": "order", "minute entry": "order", "judgment": "order", "complaint": "complaint",
    "motion": "motion", "letter": "motion", "brief": "brief", "declaration": "brief", "answer": "answer",
    "stipulation": "settlement", "notice": "notice", "transcript": "transcript",
}  # fmt: skip


def subjects(text: str) -> frozenset[str]:
    """What a text is about, of the things that courts are asked and decide."""
    return frozenset(name for name, words in SUBJECTS.items() if words.search(text))


def reported_acts(title: str, lead: str) -> dict[str, float]:
    """Acts that a report tells of, 0 to 1: those of the headline in full, those of the lead by half.

    Empty for news of something else than a paper in a docket.
    """
    if _NO_PAPER.search(title):
        return {}
    heard = {name: 1.0 for name, words in _ACTS.items() if words.search(title)}
    for name, words in _ACTS.items():
        if words.search(lead):
            heard[name] = heard.get(name, 0.0) + 0.5
    return heard


def is_about_a_case(title: str) -> bool:
    """Whether a headline may tell of a case, rather than of business, people or many cases at once."""
    return _NO_PAPER.search(title) is None


def act(entry_type: str | None, description: str) -> str | None:
    """The act of a docket entry; None for bookkeeping and what says nothing."""
    if re.match(r"\W*notice of appeal|\W*petition for permission", description, re.IGNORECASE):
        return "appeal"
    if re.match(r"\W*notice of settlement", description, re.IGNORECASE):
        return "settlement"
    if re.match(r"\W*(?:mandate|USCA mandate)", description, re.IGNORECASE):
        return "order"
    if re.match(r"\W*objection", description, re.IGNORECASE):
        return "objection"
    return _OF_TYPE.get(entry_type or "")
