"""What is done in a court, in the clerk's words and in the press's: one vocabulary for both.

The press writes "hand over" where a docket says "compel", "put on hold" where it says "stay". An *act* is the kind of
paper (order, motion, complaint …); a *subject* is what it is about.
"""

from __future__ import annotations

import re

SUBJECTS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "dismissal": r"must face|may (?:proceed|go on)|dismiss\w*|thr(?:ow|ows|ew|own) out|toss(?:es|ed)?|trims?"
        r"|trimmed|press|go(?:es)? forward"
        r"|narrow(?:s|ed)|first hurdle|may pursue|(?:main|core) claims?"
        r"|surviv\w+|ends? (?:the|a|their|its|his|her) (?:suit|case)|gives? up|voluntar\w+",
        "production": r"compel\w*|hand(?:s|ed|ing)? over|turn(?:s|ed|ing)? over|produc(?:es?|ed|tion|ing)|force"
        r"|surrender\w*|give (?:\w+ ){1,4}(?:data|logs|records|documents|messages|prompts)|open .{0,20}books",
        "stay": r"stay\w*|halt\w*|paus\w+|freez\w+|on hold|suspend\w*|wakes? up",
        "rescheduling": r"adjourn\w*|reset\w*|reschedul\w*|continuance|postpon\w*|put off|pushed back|slips?|moved to"
        r"|extension|extend\w*|delay\w*",
        "schedule": r"schedul\w*|calendar|case management|deadlines",
        "conference": r"conferences?|meet (?:the|a) judge|(?:by|to the) (?:tele)?phone|telephone|conference call",
        "hearing": r"hearing|(?:oral )?arguments?|argued|under submission",
        "discovery": r"discovery|evidence|documents?",
        "privilege": r"privileg\w*|attorney-client|in camera",
        "deposition": r"depos\w+|testif\w+|testimony|question \w+|under oath",
        "sanctions": r"sanction\w*|punish\w*|spoliat\w*|vanish\w*|missing|fine[sd]|penalt\w+|eras\w+|delet\w+"
        r"|destroy\w*|lost",
        "preservation": r"preserv\w*|keep (?:its|their|the|deleted)|retention",
        "class": r"(?:represent|on behalf of|speak for) all|class of|class (?:action|status|certif\w*|settlement)"
        r"|certif(?:y|ied|ication)|rule 23|no class|revive class",
        "settlement": r"settle\w*|accord|deal|payout|terms",
        "approval": r"approv\w+|nod|blessing",
        "summary judgment": r"summary judgment|fair use|liab(?:le|ility)|without (?:a )?trial",
        "injunction": r"injuncti\w*|enjoin\w*|switched off",
        "restraining order": r"(?:temporary )?restraining order|TRO|emergency order",
        "sealing": r"(?:un)?seal\w*|redact\w*|made public|opened",
        "transfer": r"move (?:\w+ )?(?:case|suit) to|stays put|transfer\w*|venue|moved to [A-Z]\w+|stays in [A-Z]\w+"
        r"|consolidat\w*|reassign\w*"
        r"|gets? .{0,30}case|centraliz\w+",
        "amendment": r"amend\w*|new pleading|tries again|try again",
        "appeal": r"appeal\w*|1292|certiorari|rehearing|en banc|circuit|USCA",
        "reconsideration": r"reconsider\w*|objection|object(?:s|ed)?|overrul\w+|overstepped|affirming|backs magistrate",
        "fees": r"attorneys?['’]? fees|fees and costs|pay .{0,20}lawyers",
        "experts": r"experts?|daubert|rule 702|economist|opinions of|exclude|kept out|bar [A-Z]\w+",
        "new trial": r"new trial|undo .{0,20}verdict|judgment as a matter of law",
        "trial": r"trial|jury|jurors?|verdict",
        "complaint": r"complaint|sues?|sued|suing|lawsuit|takes? .{0,30} to court|suit was (?:lodged|filed)",
        "answer": r"answer(?!s? engine)(?: to complaint)?|denies copying",
        "counterclaim": r"counter-?(?:claims?|su\w+)|claims? of (?:its|their|her|his) own",
        "amicus": r"amic(?:us|i)|friend-of-the-court",
        "default": r"default judgment|entry of default|never answered",
        "intervention": r"interven\w+",
        "remand": r"remand\w*",
        "protective order": r"protective order|secrecy|confidentiality",
        "withdrawal": r"withdraw\w*|recus\w+",
        "mediation": r"mediat\w+",
        "relief from an order": r"relief from|undo|set aside|vacate\w*",
    }.items()
}

# Whose act a report tells of, by its own verbs. The first sense that is heard in the headline counts most.
_ACTS = {
    name: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for name, words in {
        "order": r"rul(?:es|ed|ing)|order(?:s|ed) (?!against)|order (?:came|gives|sets)"
        r"|the (?:order|decision|memorandum)\b"
        r"|decid(?:es|ed)\b|decision (?:by|of|from)|declin(?:es|ed)\b|strikes? (?!(?:a|back|\w+ deal)\b)|struck\b"
        r"|stopp?(?:s|ed) short"
        r"|can[’']t\b|cannot\b|fails? to\b|(?:kept|keeps) .{0,30}\bin\b|signed off|will wait|to be made public"
        r"|goes? (?:on|ahead|forward)\b|may (?:stay|go on|proceed|continue)"
        r"|gets? .{0,30}\bcase|grants?|granted|den(?:y|ies|ied)\b(?! copying)|refus(?:es|ed|al)|overrul(?:es|ed)"
        r"|must\b|need not"
        r"|may (?:press|pursue|summarize|speak)|clears? (?:\w+ )?hurdle|upholds?\b|upheld"
        r"|trim(?:s|med)|toss(?:es|ed)|dismissed by|reject(?:s|ed)|affirm(?:s|ed)"
        r"|sets?\b|lift(?:s|ed)|approv(?:es|ed|al)|splits?\b|stays in|on hold|backs magistrate"
        r"|told .{0,30} to (?:keep|produce|pay)|no (?:class|injunction)"
        r"|jury to hear|will begin|nod\b|fines|fall in|wins?\b|loses?\b|scheduling order|judge says|says judge"
        r"|gave .{0,30}until|moves? to [A-Z]\w+ \d|put off|slips\b|resets?|certified|reviv\w+|verdict|recus\w+"
        r"|(?:judge|court|magistrate|jury|panel|justices) (?!hears|to\b|told\b|says\b)\w+s\b"
        r"|(?:claims?|suit|case)\b.{0,40}\bsurvives?"
        r"|unseal\w*|block(?:s|ed)\b|trial date|to be kept|stays put",
        "complaint": r"counter-?claims?\b|hits? back with|claims? of (?:its|their|her|his) own|amended (?:suit|case)"
        r"|sues?\b|sued\b(?! by)|files? (?:a )?(?:suit|lawsuit|complaint|class action)"
        r"|filed a (?:class action|suit|lawsuit|complaint)|takes? .{0,40}to court|suit was (?:lodged|filed|brought)"
        r"|new complaint|(?:the|amended|their) complaint|new pleading|accus(?:es|ed)\b|filed suit|hit with"
        r"|joins? suits|a suit (?:filed|in)",
        "motion": r"moves? to (?:throw|dismiss|toss|strike|end|compel|seal|block|exclude|delay|certify|intervene"
        r"|transfer)"
        r"|should be (?:thrown|tossed|dismissed)|in (?:a filing|papers filed)|asks? (?:\w+ )?(?:for|judge|court"
        r"|appeals)|asked (?:the|a|for|both|leave|permission|that|to)\b|ask for|wants?\b|moved for"
        r"|moves for|motion filed|motion to \w+ filed|seeks?\b|sought|urges?|in a motion|applied for|gives? notice"
        r"|bid to",
        "brief": r"(?:fires?|hits?) back(?! with)|brief|oppos(?:es|ing|ition)|answer (?!engine)"
        r"|backs? (?!magistrate)|friend-of-the-court"
        r"|tells? (?:the )?(?:court|judge)",
        "answer": r"in its answer|denies copying|pleads",
        "objection": r"(?:fights?|challenges?|attacks?) (?:\w+ ){0,2}(?:order|ruling|decision)|objects?\b|objected"
        r"|objection\b",
        "appeal": r"appeal(?:s|ed)?\b(?! is decided)|goes to (?:the )?(?:appeals|\w+ circuit)|petition",
        "settlement": r"gives? up|drops?\b|abandons?|withdraws? (?:\w+ ){0,2}(?:suit|case|complaint)|ends? (?:its"
        r"|their|his|her) (?:suit|case)"
        r"|settles?\b|settled|agreed on terms|strikes? .{0,20}deal|notice of settlement|stipulation"
        r"|dismissed for good",
        "hearing": r"(?:hears?|heard) (?!from\b)|at (?:a|the|\w+day[’']s) (?:\w+ )?(?:hearing|conference)"
        r"|hearing (?:on|ends)|spars?\b|sparred"
        r"|did not rule|under advisement|under submission|seems? (?:torn|ready|inclined)|weighs?\b|grill(?:s|ed)",
    }.items()
}
# A report of these speaks of no paper in a docket: business, talk, people.
_NO_PAPER = re.compile(
    r"\b(?:raises? \$|raised \$|investors|valued at|hires?|hired|opens? (?:\w+ )?(?:studio|office|plant)|sources say"
    r"|newsletter|talks\b|countersue\w*|interview|profile|hears?\b(?! parties)"
    r"|signs (?:a )?(?:licen[cs]e|deal)"
    r"|partners with)",
    re.IGNORECASE,
)
# A preview or a round-up tells of many papers and reports none.
_MANY = re.compile(
    r"\bto watch\b|\bround-?up\b|\bweek(?:ly)? (?:in|ahead|review)\b|\b(?:month|year) in review\b|\bstate of play\b"
    r"|\bwhat (?:to expect|to know|comes next)\b|\bwhat[’']s next\b|\bwhere .{3,60} stand\b|\blook(?:s|ing)? ahead\b"
    r"|\b(?:preview|recap|timeline|explainer|primer)(?:$|:)|\b(?:case|lawsuit|litigation|docket) tracker\b"
    r"|\bwho is suing wh|\bexplained$|\bso far this (?:month|year)\b",
    re.IGNORECASE,
)
_OF_TYPE = {
    "opinion": "order", "order": "order", "minute entry": "order", "judgment": "order", "complaint": "complaint",
    "motion": "motion", "letter": "motion", "brief": "brief", "declaration": "brief", "answer": "answer",
    "stipulation": "settlement", "notice": "notice", "transcript": "transcript",
}  # fmt: skip


# Minutes of a hearing that ends without a ruling.
_HEARD = re.compile(
    r"^\W*(?:(?:electronic )?(?:clerk['’]s )?minute entr(?:y|ies)|(?:civil )?minutes?)\b.*\b(?:held|hearing)"
    r"|^\W*\w*\s?hearing\W*$",
    re.IGNORECASE | re.DOTALL,
)
_RULED = re.compile(r"\b(?:grant(?:s|ed|ing)|den(?:ies|ied|ying)|overrul\w+|sustain\w+|in chambers)\b", re.IGNORECASE)


def subjects(text: str) -> frozenset[str]:
    """What a text is about, of the things that courts are asked and decide."""
    return frozenset(name for name, words in SUBJECTS.items() if words.search(text))


def reported_acts(title: str, lead: str) -> dict[str, float]:
    """Acts that a report tells of, 0 to 1: those of the headline in full, those of the lead by half.

    Empty for news of something else than a paper in a docket.
    """
    if not is_about_a_case(title):
        return {}
    heard = {name: 1.0 for name, words in _ACTS.items() if words.search(title)}
    for name, words in _ACTS.items():
        if words.search(lead):
            heard[name] = heard.get(name, 0.0) + 0.5
    return heard


def is_about_a_case(title: str) -> bool:
    """Whether a headline may tell of a case, rather than of business, people or many cases at once."""
    return not _NO_PAPER.search(title) and not is_about_many(title)


def is_about_many(title: str) -> bool:
    """Whether a headline previews or sums up many cases, or many papers of one."""
    return _MANY.search(title) is not None


def act(entry_type: str | None, description: str) -> str | None:
    """The act of a docket entry; None for bookkeeping and what says nothing."""
    if re.match(r"\W*notice of appeal|\W*petition for permission", description, re.IGNORECASE):
        return "appeal"
    if re.match(r"\W*notice of (?:settlement|voluntary dismissal)", description, re.IGNORECASE):
        return "settlement"
    if re.match(r"\W*complaint\b", description, re.IGNORECASE):
        return "complaint"
    if re.match(
        r"\W*(?:memorandum|brief|declaration)\b(?! (?:opinion|and order|& order)).{0,60}\bin support",
        description,
        re.IGNORECASE,
    ):
        return "brief"
    if re.match(r"\W*notice of motion\b", description, re.IGNORECASE):
        return "motion"
    if re.match(r"\W*(?:order )?(?:of |re)*(?:assigning|assignment|case reassigned)", description, re.IGNORECASE):
        return "order"
    if re.match(r"\W*(?:cause )?argued\b|\W*(?:oral )?argument (?:held|heard)", description, re.IGNORECASE):
        return "hearing"
    if entry_type == "order" and _HEARD.search(description) and not _RULED.search(description):
        return "hearing"
    if re.match(r"\W*(?:mandate|USCA mandate)", description, re.IGNORECASE):
        return "order"
    if re.match(r"\W*objection", description, re.IGNORECASE):
        return "objection"
    return _OF_TYPE.get(entry_type or "")
