"""What a court did with what it was asked: granted, denied, in part, moot, stayed, affirmed.

Only performative words count: "is DENIED", "the Court GRANTS", "we affirm". What a party asks for, what was decided
before, what a quotation says and what the law would allow are no dispositions.
"""

from __future__ import annotations

import re

from pipeline.model import Disposition, Passage
from pipeline.refine import prose

_VERB = (
    r"granted|denied|dismissed|overruled|sustained|stayed|affirmed|reversed|vacated|remanded|terminated|adjourned|"
    r"withdrawn|struck|stricken|quashed|approved|adopted|rejected|transferred|lifted"
)
_ACTIVE = {
    "grants": "granted", "denies": "denied", "dismisses": "dismissed", "overrules": "overruled",
    "sustains": "sustained", "stays": "stayed", "affirms": "affirmed", "reverses": "reversed", "vacates": "vacated",
    "remands": "remanded", "strikes": "stricken", "quashes": "quashed", "approves": "approved", "adopts": "adopted",
    "rejects": "rejected", "transfers": "transferred", "lifts": "lifted",
}  # fmt: skip
_FIRST_PERSON = {verb[: -2 if verb in {"dismisses", "quashes"} else -1]: done for verb, done in _ACTIVE.items()} | {
    "deny": "denied",
}
_PASSIVE = re.compile(
    rf"\b(?:is|are|be|shall\s+be|stands?)\s+(?:(?:hereby|therefore|accordingly|also|thus|respectfully)[\s,]+)*"
    rf"(?P<verb>{_VERB})\b",
    re.IGNORECASE,
)
_BY_COURT = re.compile(
    r"\b(?:(?:the|this)\s+(?:Court|undersigned|Panel)|(?P<we>we|I)|Judge\s+\w+)\s+"
    r"(?:(?:hereby|therefore|accordingly|also|thus|likewise)[\s,]+)*"
    rf"(?P<verb>{'|'.join(sorted({*_ACTIVE, *_FIRST_PERSON}, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
# "GRANTING IN PART": a heading announces, the text decides. "ORDERED: motion DENIED." has no verb at all.
_BARE = re.compile(rf"\b(?P<verb>{_VERB.upper()})\b")

_NOT_DECIDED = re.compile(
    r"\b(?:if|whether|unless|should|would|could|may|might|must|can|asks?|seeks?|requests?\s+that|requested|urges?|moves?|argues?|contends?"
    r"|previously|had|has|have|was|were|proposed|recommends?|when|until|before|after)\b",
    re.IGNORECASE,
)
_LEGAL_STANDARD = re.compile(
    r"^\s*(?:only\s+)?(?:when|where|if|unless|under|because\s+a\b|as\s+a\s+matter)\b", re.IGNORECASE
)
_THING = re.compile(
    r"\b(?:motions?|requests?|applications?|petitions?|objections?|appeals?|stipulations?|judgment|order|complaint|claims?"
    r"|actions?|case|leave|discovery|injunction|certiorari|sanctions|conference|letter|ECF|Dkt|extension|counts?|it|they)\b",
    re.IGNORECASE,
)
_COURT_PAPERS = frozenset({"order", "opinion", "judgment", "minute entry"})


def dispositions(text: str, *, paper: str | None) -> tuple[Disposition, ...]:
    """Dispositions in order of appearance, each with its sentence. Empty for a type of paper that parties write."""
    if paper not in _COURT_PAPERS:
        return ()
    found: list[Disposition] = []
    for sentence in prose.sentences(text):
        for disposition in _in_sentence(sentence):
            if (disposition.outcome, disposition.motion) not in {(d.outcome, d.motion) for d in found}:
                found.append(disposition)
    return tuple(found)


def _in_sentence(sentence: Passage) -> list[Disposition]:
    words = _unquoted(sentence.text)
    if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", words) or not re.search(_VERB_STEM, words, re.IGNORECASE):
        return []
    found: list[Disposition] = []
    last = 0
    for match in _decisions(words):
        if match.start() < last:
            continue
        before, after = words[last : match.start()], words[match.end() :]
        clause = re.split(r"[;:]|\band\b(?=[^,;]*\bmotions?\b)", before)[-1]
        verb = _done(match)
        upper = match["verb"].isupper()
        if _NOT_DECIDED.search(_clause_of(clause)) or _LEGAL_STANDARD.match(after):
            continue
        if not upper and not _THING.search(before + " " + after[:80]):
            continue
        active = match.re is _BY_COURT
        if active and not re.search(r"\w", after) and not match["we"]:
            continue  # the object stands in a list that follows
        outcome, length = _outcome(verb, after, active=active)
        last = match.end() + length
        motion = _motion(before, after) or (found[-1].motion if found else None)
        found.append(Disposition(outcome, motion, sentence))
    return found


_VERB_STEM = (
    r"grant|den(?:y|ie)|dismiss|overrul|sustain|stay|affirm|revers|vacat|remand|terminat|adjourn|withdraw|str(?:uc|ic|ik)"
    r"|quash|approv|adopt|reject|transfer|lift"
)


def _unquoted(text: str) -> str:
    """The same length, with quoted words blanked: what is quoted is somebody else's."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"", lambda quote: " " * len(quote[0]), text)


def _decisions(words: str) -> list[re.Match[str]]:
    matches = [*_PASSIVE.finditer(words), *_BY_COURT.finditer(words)]
    spans = [(match.start("verb"), match.end("verb")) for match in matches]
    bare = [match for match in _BARE.finditer(words) if match.span("verb") not in spans and not _is_title(words)]
    return sorted(matches + bare, key=lambda match: match.start("verb"))


def _is_title(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.7 * len(letters)


def _done(match: re.Match[str]) -> str:
    verb = match["verb"].lower()
    return _ACTIVE.get(verb) or _FIRST_PERSON.get(verb) or verb


def _clause_of(text: str) -> str:
    """What governs the verb: the words after the last comma that opens a new subject, or the whole clause."""
    return re.split(
        r",\s+(?:and\s+)?(?=(?:the|their|its|his|her|this|that|Plaintiff|Defendant|[A-Z]\w+[’']s?)\b)", text
    )[-1]


def _outcome(verb: str, after: str, *, active: bool) -> tuple[str, int]:
    """The outcome with what qualifies it, and how many characters of ``after`` said so.

    In "denies the motion without prejudice" the motion stands between.
    """
    outcome, length = verb, 0
    if active and (
        object_ := re.match(r"[^.;,]{0,160}?(?=\s+(?:with(?:out)?\s+prejudice|as\s+moot|in\s+part)\b)", after)
    ):
        between = object_[0]
        length = (
            0
            if re.search(rf"\b(?:and|but)\b.*\b(?:{_VERB}|{'|'.join(_ACTIVE)})\b", between, re.IGNORECASE)
            else len(between)
        )
    rules = (
        (
            r"[\s,]*in[\s-]+part(?:[\s,]+and[\s,]+(?:is\s+)?(?P<other>den|grant)(?:ied|ies|ed|s)(?:[\s,]+in[\s-]+part)?)?",
            "in part",
        ),
        (r"[\s,(]*(?P<how>with(?:out)?\s+prejudice)", ""),
        (r"[\s,(]*as\s+(?:being\s+)?moot", "as moot"),
        (r"[\s,(]*with(?:out)?\s+leave\s+to\s+amend", ""),
    )
    for pattern, name in rules:
        if match := re.match(pattern, after[length:], re.IGNORECASE):
            said = match.groupdict()
            outcome += " " + (name or " ".join((said.get("how") or match[0]).lower().strip(" ,(").split()))
            if said.get("other"):
                outcome += f" and {'denied' if said['other'].lower() == 'den' else 'granted'} in part"
            length += match.end()
    return outcome, length


_ECF = re.compile(
    r"\b(?:ECF|Dkt\.?|Doc\.?|Docket|D\.E\.|DE|Document)\s*(?:Nos?\.?|Entry|Numbers?|\#)?\s*(\d{1,5}(?:/\d{1,5})?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b((?:motions?|requests?|applications?|petitions?|objections?|leave|appeals?)"
    r"(?:\s+(?:to|for|in\s+limine|of|that)\b[^,;:.()]{0,80}?)?)"
    r"(?=\s*(?:$|[,;:.()]|\b(?:is|are|be|shall|filed|pursuant|under|against|with|without|as|for|on\s+the\s+grounds?)\b))",
    re.IGNORECASE,
)


def _motion(before: str, after: str) -> str | None:
    """The motion, by ECF number where the words tie one to it, else by its name."""
    numbers = [
        match
        for match in _ECF.finditer(before)
        if not re.search(r"\b(?:opp|repl|respon|brief|decl|see)\w*\W*$", before[: match.start()], re.IGNORECASE)
    ]
    number = numbers[-1] if numbers else _ECF.search(re.split(r";|\band\b", after)[0][:160])
    if number:
        return f"ECF {number[1]}"
    name = [*_NAME.finditer(before)]
    chosen = name[-1] if name else _NAME.search(after[:160])
    said = " ".join(chosen[1].split()) if chosen else ""
    return said if " " in said else None
