"""What is due and who must act, in the few words that a calendar has room for."""

from __future__ import annotations

import re

from pipeline.refine.dates import DAY

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# Words that only lead to the date: "…, no later than Friday,".
_LEAD = re.compile(
    rf"(?:[\s,(]*\b(?:on\s+or\s+before|(?:no|not)\s+later\s+than|or\s+before|by|before|until|till|on|for|to|at|of|is|are|be|now|due|previously|originally|currently|"
    rf"hereby|close\s+of\s+business|end\s+of\s+(?:the\s+)?day|(?:12\s+)?noon|midnight|\d{{1,2}}(?::\d\d)?\s*[ap]\.?m\.?(?:\s+[ECMP][SD]?T)?|the|"
    rf"{_WEEKDAY})\b\.?)+[\s,:]*$",
    re.IGNORECASE,
)
MODAL = (
    r"(?:(?:is|are|was|were)\s+(?:(?:hereby|further|also|respectfully|jointly)\s+)*(?:directed|ordered|required|instructed|expected)\s+to"
    r"|shall|must|should|will|may|(?:has|have)\s+until|(?:is|are)\s+to(?=\s+[a-z]))"
)
NP = (
    r"(?:[Tt]he\s+|[Aa]ll\s+|[Bb]oth\s+|[Ee]ach\s+|[Aa]ny\s+)?(?:[Cc]lass\s+|[Ll]ead\s+|[Nn]ews\s+)?"
    r"(?:Clerk\s+of\s+(?:the\s+)?Court|[Pp]laintiffs?|[Dd]efendants?|[Pp]art(?:ies|y)|[Gg]overnment|[Cc]ounsel|[Mm]ovants?|"
    r"[Pp]etitioners?|[Rr]espondents?|[Aa]ppell(?:ants?|ees?)|[A-Z][\w&’'-]*(?:\s+(?:of\s+)?[A-Z][\w&’'.-]*){0,4})"
)
_ADVERB = r"(?:(?:also|each|further|jointly|therefore|then|promptly|thereafter)\s+)?"
_SUBJECT = re.compile(rf"(?P<actor>{NP})\s+{_ADVERB}{MODAL}\b")
_TOLD = re.compile(
    rf"\b(?:directs?|orders?|instructs?|requires?|directed|ordered|gave|gives?|given|grants?|granted|allow(?:s|ed)?)\s+"
    rf"(?P<actor>{NP})\s+(?:until|to)\b"
)
_NO_ACTOR = re.compile(
    r"(?!Clerk)(?:.*\b)?(?:Court|It|This|That|There|Such|They|He|She|Orders?|Judge\b.*|Trial|Hearings?|Conferences?|Arguments?"
    r"|Motions?|Oppositions?|Repl(?:y|ies)|Reports?|Letters?|Briefs?|Discovery|Papers|Statements?|Disclosures?|Mediation"
    r"|Requests?|Applications?|Notices?|Complaints?)",
)


def actor(before: str, after: str = "") -> str | None:
    """Who must act, when the sentence says: the subject nearest before the date, else the first behind it."""
    flat = " ".join(before.split())
    found = [*_SUBJECT.finditer(flat)] or [*_TOLD.finditer(flat + " until")]
    told = found[-1] if found else re.match(rf"[\W\d]*(?:\d{{4}},?\s+)?(?P<actor>{NP})\s+{_ADVERB}{MODAL}\b", after)
    return _named(told["actor"]) if told else None


def subject(sentences: str) -> str | None:
    """The last in some sentences who shall do something: whom "they shall" in the next one means."""
    told = [*_SUBJECT.finditer(sentences)]
    return _named(told[-1]["actor"]) if told else None


def _named(words: str) -> str | None:
    name = re.sub(r"^(?:[Tt]he|[Aa]ll|[Bb]oth|[Ee]ach|[Aa]ny)\s+(?=[A-Z])", "", " ".join(words.split()))
    return None if _NO_ACTOR.fullmatch(name) else name[:1].upper() + name[1:]


# ---------------------------------------------------------------------------------------------- titles

_ACT = re.compile(
    r"\b(?:shall|must|should|will|may|(?:is|are|directed|ordered|required|instructed|expected"
    r"|[Pp]arties|[Cc]ounsel|[Pp]laintiffs?|[Dd]efendants?|[Gg]overnment)\s+to)"
    r"\s+(?P<act>.+)$"
)
_DUE = re.compile(
    r"(?P<what>[^,;:]+?)\s+(?:(?:shall|must|will|should|may)\s+be|is|are|be)\s+(?:(?:now|hereby|also)\s+)*"
    r"(?P<done>due|filed|served|submitted|lodged|exchanged|completed?|produced|made|closed?)\b[^,;]*$",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:deadline|cut-?off|last\s+day|time|date)\s+(?P<to>for|to|by\s+which\s+to)\s+(?P<what>[^;:]+?)"
    r"(?:\s+(?:(?:is|are|shall\s+be|will\s+be|be)\b.*|expires?.*|extended.*|continued.*|reset.*|set.*))?$",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"(?:(?:and|or|jointly|promptly|also|each|either|then|first|thereafter|therefore|shall|so)\s+)*"
    r"(?:(?:file|serve|submit|lodge|exchange|deliver)\b(?:\s*(?:,|and/or|and|or)\s+(?:file|serve|submit|lodge|deliver)\b)*)"
    r"(?:\s+with\s+the\s+(?:Court|Clerk))?\s+(?P<what>.+)",
    re.IGNORECASE,
)
# Where the thing is named and the telling begins.
_TELLING = re.compile(
    r"(?<!\d)\s*\(.*|\s+(?:that|which|who|whose|setting|stating|containing|describing|identifying|listing|limited|addressing|explaining|"
    r"showing|indicating|advising|informing|notifying|in\s+accordance|pursuant|so\s+that|if\s+any|not\s+to\s+exceed|not\s+exceeding|"
    r"of\s+(?:no|not)\s+more|no\s+longer|with\s+only|as\s+set\s+forth|as\s+directed|under\s+(?:seal|Rule))\b.*|[,;:—–].*",
    re.IGNORECASE | re.DOTALL,
)
_PAPER = re.compile(
    r"\b(?:logs?|reports?|letters?|oppositions?|repl(?:y|ies)|briefs?|briefing|motions?|statements?|disclosures?|lists?|responses?|"
    r"answers?|objections?|complaint|pleadings|papers|memorand(?:um|a)|stipulations?|schedule|plans?|applications?|notices?|"
    r"declarations?|submissions?|instructions|exhibits?|requests?|contentions)\b",
    re.IGNORECASE,
)


_CLOCK_FIRST = re.compile(r"^[\W]*(?:at\s+)?\d{1,2}:\d\d\s*[ap]\.?m\.?\W*(?:with\s+)?", re.IGNORECASE)


def due_title(before: str, after: str) -> str:
    """The title of a deadline from the words of its sentence before and behind the date; empty when they say nothing.

    "the parties shall file a joint letter of no more than five pages by" → "Joint letter due".
    """
    clauses = re.split(rf"(?:{DAY})", before)
    ahead = " ".join(after.split())
    for clause in reversed(clauses):
        clause = _CLOCK_FIRST.sub("", clause)  # noqa: PLW2901 - the hour of the date before
        if title := _from(_LEAD.sub("", " ".join(clause.split()))):
            return title
    # "has until May 1 to produce the logs", "By May 1, Tessellate shall produce the logs".
    if later := re.match(r"\W*to\s+(?P<act>[a-z].*)", ahead) or _ACT.search(re.split(rf"(?:{DAY})", ahead)[0]):
        return act_title(later["act"])
    if late := re.match(
        r"\W*(?:deadline|cut-?off|due\s+date)\s+(?P<to>for|to)\s+(?P<what>[^.;]+)", ahead, re.IGNORECASE
    ):
        return _deadline(late)
    return ""


def _from(words: str) -> str:
    """``words`` end where the date began, its leading prepositions cut."""
    words = re.sub(r",?\s*\bif\s+any\b,?", "", words)
    if re.search(r"\bto\s+show\s+cause$", words, re.IGNORECASE):
        return "Show cause"
    if deadline := _DEADLINE.search(words):
        return _deadline(deadline)
    # The second date of a sentence has an act of its own: "…, and make them available", "and any reply".
    if own := re.match(r"\W*and\s+(?P<act>(?:to\s+)?[a-z].*)$", words):
        act = own["act"].removeprefix("to ")
        subject = re.match(rf"{NP}\s+{_ADVERB}{MODAL}\s+(?P<act>.+)$", act)
        if not subject and re.match(r"(?:any|the|all|a|an|its|their|his|her)\b", act):
            done = _DUE.search(act)
            return paper_title(done["what"] if done else act)
        return act_title(subject["act"] if subject else act)
    if done := _DUE.search(words):
        what = re.split(r"\b(?:that|and|IT\s+IS\s+(?:HEREBY\s+)?ORDERED)\s+(?=(?:any|the|all)\b)", done["what"])[-1]
        return (
            paper_title(what)
            if done["done"].lower() not in {"complete", "completed", "close", "closed", "made"}
            else label_title(f"{what} {done['done']}")
        )
    if act := _ACT.search(words):
        return act_title(re.sub(rf"^.*\b{MODAL}\s+(?={_ADVERB}[a-z])", "", act["act"]))
    if told := re.search(
        r"\b[Oo]rdered\s+that\s+(?:the\s+)?(?:\w+\s+){1,3}?(?P<act>[a-z]+\s+(?:him|her|it|them)selves?\b.+|[a-z]+\s+.+)$",
        words,
    ):
        return act_title(told["act"])
    bare = re.search(r"(?:^|[,;]\s*|\b(?:and|that)\s+)(?P<what>[^,;]{3,90})$", words)
    return paper_title(bare["what"]) if bare and _PAPER.search(bare["what"]) else ""


def _deadline(match: re.Match[str]) -> str:
    what = match["what"]
    if match["to"].lower() != "for":
        return act_title(what)
    named = re.match(rf"(?P<actor>{NP})\s+to\s+(?P<act>[a-z].*)", what)
    return act_title(named["act"]) if named else paper_title(what)


def act_title(act: str) -> str:
    """The title of an act: "file a joint letter that …" → "Joint letter due"; "answer or respond" as it is."""
    act = _LEAD.sub("", act).strip()
    act = re.sub(rf"^{_ADVERB}", "", act)
    if handed := _HANDED_IN.match(act):
        return paper_title(handed["what"])
    act = re.sub(r",?\s+(?:if\s+any|that|which|so\s+that)\b.*|\s*\(.*", "", act)
    words = act.split()
    if len(words) > 12:  # the first member of an enumeration is enough
        act = _TELLING.sub("", act)
        words = act.split()
    return sentence_case(_short(words, 12))


def paper_title(what: str) -> str:
    """A thing to be handed in, without article and description, and "due"."""
    what = re.sub(r"^.*\b(?:ORDERED|ORDERS|directs)\s+that\s+", "", " ".join(what.split()))
    what = re.sub(r"^(?:and|or|that)\s+", "", what, flags=re.IGNORECASE)
    what = re.sub(r"^(?:(?:a|an|the|its|their|his|her|any|all|such|said|one)\s+)+", "", what, flags=re.IGNORECASE)
    what = re.sub(r"\s+(?:previously|currently|originally|now|hereby)$", "", _TELLING.sub("", what))
    short = _short(what.split(), 10)
    return (
        sentence_case(f"{short} due")
        if short and not re.fullmatch(r"(?:it|they|he|she|this|that)", short, re.IGNORECASE)
        else ""
    )


def _short(words: list[str], most: int) -> str:
    if len(words) <= most:
        return " ".join(words)
    kept = re.sub(r"(?:\s+(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with|its|their))+$", "", " ".join(words[:most]))
    return f"{kept} …"


def label_title(label: str) -> str:
    """The title of a schedule's row: "Privilege logs" → "Privilege logs due", "Close of fact discovery" as it is."""
    label = re.sub(r",?\s+at\s+\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?", "", label)
    label = re.sub(rf"[\s,|:.–—-]*(?:{_WEEKDAY})?[\s,|:.–—-]*$", "", " ".join(label.split())).strip(" |:.–—-•")
    label = re.sub(r"^(?:\(?[\dA-Za-z]{1,2}[.)]\s+)", "", label)
    name = re.split(r",\s+(?:not\s+to|Courtroom|in\s+Courtroom|at|by|if)\b|\s+\((?!.*\)\s+\w)", label)[0]
    states = re.search(
        r"\b(?:due|deadline|cut-?off|close[sd]?|begins?|ends?|starts?|complet\w*|last\s+day|conference|hearing|trial|discovery|inspection|"
        r"date|no\s+later|by)\b",
        name,
        re.IGNORECASE,
    )
    return sentence_case(name if states or not _PAPER.search(name) else f"{name} due")


def gathering_title(what: str, between: str, before: str, after: str) -> str:
    """The title of a conference, hearing or trial: its name, and what it is about or how it is held, when said."""
    name = re.sub(r"^(?:the|a|an)\s+", "", " ".join(what.split()), flags=re.IGNORECASE)
    about = re.search(
        r"\b(?P<about>(?:on|re|regarding|concerning|before)\s+(?!or\b|the\s+Court\b|the\s+undersigned\b).+)", between
    )
    words = (
        _LEAD.sub(
            "",
            re.sub(
                r"\b(?:is|are|was|will|shall|set|scheduled|previously|currently|to\s+be|RESET)\b.*", "", about["about"]
            ),
        )
        if about
        else ""
    )
    if not words and (
        heard := re.search(
            r"\bhear\s+(?:the\s+parties|argument|counsel|oral\s+argument)\s+(?P<about>on\s+[^,;]+?)\s+(?:at|during)\b",
            before,
        )
    ):
        words = heard["about"]
    if (
        not words
        and len(name.split()) == 1
        and (how := re.search(r"\bby\s+(?:video\w*|telephone|phone|Zoom)\b|\bin\s+person\b", after[:80], re.IGNORECASE))
    ):
        words = how[0]
    words = _TELLING.sub("", words).strip(" ,;:.")
    if not words and len(name.split()) == 1:
        name, words = _which(name, before, after)
    return sentence_case(f"{name} {words}" if 0 < len(words.split()) <= 9 else name)


_ASKED = (
    r"(?:[Cc]ross-)?"
    r"(?:[Mm]otions?|MOTIONS?|[Aa]pplications?|APPLICATION|[Pp]etitions?|PETITION|[Oo]bjections?|[Rr]equests?)"
)
_MATTER = re.compile(rf"\bre:?\s+(?:\[?(?:ECF\s+(?:No\.\s+)?)?\d{{1,4}}\]?\s+)?(?P<what>{_ASKED}\b[^(;.,\[\]]*)")
_SET_FOR = re.compile(
    rf"\b(?P<what>{_ASKED}\b[^.;:,()]{{0,80}}?)\s+(?:is|are|was|were|(?:ha(?:s|ve)|will|shall)\s+(?:now\s+)?be(?:en)?)\s+(?:\w+\s+)?"
    r"(?:set|scheduled|noticed|calendared|heard|reset|continued)\b[^.;]*$"
)


def _which(name: str, before: str, after: str) -> tuple[str, str]:
    """Name and words of a hearing whose noun alone was found: "Detention Hearing", "Hearing on Motion to Dismiss"."""
    called = re.search(rf"(?P<kind>(?:[A-Z][\w’'-]+\s+(?:(?:to|of|for|in|and|on)\s+)*){{1,6}}){name}\b[^.;]*$", before)
    if called and not re.search(
        r"\b(?:order|minute|set|notice|the|this|any|court|duty)\b", called["kind"], re.IGNORECASE
    ):
        return f"{' '.join(called['kind'].split())} {name}", ""
    asked = _SET_FOR.search(" ".join(before.split())) or _MATTER.search(" ".join(f"{before} {after}".split()))
    what = (
        re.sub(r"^([A-Z])([A-Z]+)\b", lambda shouted: shouted[1] + shouted[2].lower(), asked["what"]) if asked else ""
    )
    return name.capitalize() if name.isupper() else name, f"on {_short(what.split(), 8)}" if what else ""


def sentence_case(text: str) -> str:
    flat = " ".join(text.split()).strip(" ,;:|.-–—")
    return flat[:1].upper() + flat[1:]
