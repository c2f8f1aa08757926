"""What a court did with what it was asked: granted, denied, in part, moot, stayed, affirmed. Each motion once.

Only performative words count: "is DENIED", "the Court GRANTS", "we affirm". What a party asks for, what was decided
before, what a quotation says and what the law would allow are no dispositions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.model import Disposition, Passage
from pipeline.refine import prose
from pipeline.refine.asked import alike, asked

_VERB = (
    r"modified\s+and\s+affirmed|granted|denied|dismissed|overruled|sustained|stayed|affirmed|reversed|vacated|remanded|terminated|adjourned|"
    r"withdrawn|struck|stricken|quashed|approved|adopted|rejected|transferred|lifted"
)
_PARTLY = {"partially": "in part", "provisionally": "provisionally", "conditionally": "conditionally"}
_ACTIVE = {
    "grants": "granted", "denies": "denied", "dismisses": "dismissed", "overrules": "overruled",
    "sustains": "sustained", "stays": "stayed", "affirms": "affirmed", "reverses": "reversed", "vacates": "vacated",
    "remands": "remanded", "strikes": "stricken", "quashes": "quashed", "approves": "approved", "adopts": "adopted",
    "rejects": "rejected", "transfers": "transferred", "lifts": "lifted",
}  # fmt: skip
_FIRST_PERSON = {verb[: -2 if verb in {"dismisses", "quashes"} else -1]: done for verb, done in _ACTIVE.items()} | {
    "deny": "denied",
    "modify and affirm": "modified and affirmed",
}
_PASSIVE = re.compile(
    r"\b(?:is|are|(?<!to )be|shall\s+be|stands?)\s+"
    r"(?:(?:hereby|therefore|accordingly|also|thus|respectfully|likewise)[\s,]+)*"
    rf"(?:(?P<partly>{'|'.join(_PARTLY)})\s+)?(?P<verb>{_VERB})\b",
    re.IGNORECASE,
)
_BY_COURT = re.compile(
    r"\b(?:(?:the|this)\s+(?:Court|undersigned|Panel|order|decision)|(?P<we>we|I)|Judge\s+\w+)\s+"
    r"(?:(?:hereby|therefore|accordingly|also|thus|likewise)[\s,]+)*"
    rf"(?P<verb>{'|'.join(sorted({*_ACTIVE, *_FIRST_PERSON}, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_BY_IT = re.compile(
    rf"\s*(?:(?:And|But|Also|Further|However)\b,?\s+)?it\s+(?P<verb>{'|'.join(_ACTIVE)})\b", re.IGNORECASE
)
_ALSO = re.compile(
    r"\band\s+(?:otherwise\s+)?(?P<verb>granted|denied)(?=\s+(?:as\s+to|in\s+part|insofar|otherwise|in\s+all)\b)",
    re.IGNORECASE,
)
# "We reverse the judgment and remand the case": the subject speaks on.
_GOES_ON = re.compile(rf",?\s+and\s+(?P<verb>remands?|{'|'.join(v for v in _ACTIVE if v != 'stays')})\b", re.IGNORECASE)
# "GRANTING IN PART": a heading announces, the text decides. "ORDERED: motion DENIED." has no verb at all.
_BARE = re.compile(rf"\b(?P<verb>{_VERB.upper()})\b")

# "Affirmed." and "Reversed and remanded." are whole sentences.
_ALONE = re.compile(
    r"\W*(?P<verb>affirmed|reversed|vacated|dismissed)(?P<remanded>\s+and\s+remanded)?\b\W*(?:[\[(][^\])]*[\])]\W*)*",
    re.IGNORECASE,
)

_NOT_DECIDED = re.compile(
    r"\b(?:if|whether|unless|should(?:n[’']t)?|no\s+(?:further\s+|additional\s+)?(?:continuances?|extensions?|requests?|motions?)|would|could|may|might|must|can|asks?|seeks?|requests?\s+that|requested|urges?|moves?|argues?|contends?"
    r"|previously|had|has|have|was|were|proposed|recommends?|when|until|before|after)\b",
    re.IGNORECASE,
)
_LEGAL_STANDARD = re.compile(
    r"^\s*(?:only\s+)?(?:when|where|if|unless|under|because\s+a\b|as\s+a\s+matter|by\s+(?!(?:the|this)\s+(?:Court|undersigned)))\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:motions?|requests?|applications?|petitions?|objections?|appeals?|stipulations?|judgment|order|complaint|claims?"
    r"|actions?|cases?|leave|discovery|injunction|certiorari|sanctions|conference|letter|ECF|Dkt|extension|counts?|settlement|agreement|recommendations?|designation|it|they)\b",
    re.IGNORECASE,
)
_COURT_PAPERS = frozenset({"order", "opinion", "judgment", "minute entry"})


@dataclass(frozen=True, slots=True)
class _Found:
    """One deciding clause: the outcome, and what it is about by number, by name, or by its bare noun ("motion")."""

    outcome: str
    number: str | None
    name: str | None
    noun: str | None
    passage: Passage

    @property
    def whole(self) -> Disposition:
        return Disposition(self.outcome, f"ECF {self.number}" if self.number else self.name, self.passage)


def dispositions(text: str, *, paper: str | None, title: str = "") -> tuple[Disposition, ...]:
    """Dispositions in order of appearance, each with its words. Empty for a type of paper that parties write.

    A motion that is granted as to one thing and denied as to another is "granted in part and denied in part". Where no
    sentence decides, the paper's own ``title`` does ("Order Granting …"), as long as it stands in the text.
    """
    if paper not in _COURT_PAPERS:
        return ()
    found = clerk = _each_once(_by_clerk(text), text)
    for sentence in prose.sentences(text):
        goes_on = found and 0 <= sentence.start - found[-1].passage.end < 3
        found = found + _each_once(_in_sentence(sentence, before=found[-1] if goes_on else None), text)
    found = [item for item in found if not any(_told_by_clerk(item, other) for other in clerk)]
    sure = 0.9 if found else 0.8  # a heading says less than a sentence
    found = _tied(found or _from_title(text, title), _closed(text))
    return tuple(replace(item.whole, confidence=sure) for item in _each_once(found, text))


# How clerks docket a ruling: "ORDER granting 43 Motion to Continue; denying [45] Motion in Limine".
_CLERK = re.compile(
    r"\b(?P<verb>granting|denying|finding\s+as\s+moot|adopting|vacating|overruling|sustaining|dismissing|withdrawing)"
    r"(?P<partly>\s+in\s+part(?:\s+and\s+(?:granting|denying)\s+in\s+part)?)?(?P<moot>\s+as\s+moot)?"
    r"(?P<prejudice>\s+with(?:out)?\s+prejudice)?\s+(?:re\s+|the\s+)?"
    r"(?P<what>\[?(?P<number>\d{1,4})(?:-\d+)?\]?(?![\d/:-])[^;.]*"
    r"|(?:motion|request|application|petition)\b[^;.:]*)",
    re.IGNORECASE,
)
_CLERKS_VERBS = {
    "granting": "granted", "denying": "denied", "overruling": "overruled", "sustaining": "sustained",
    "adopting": "adopted", "vacating": "vacated", "dismissing": "dismissed", "withdrawing": "withdrawn",
}  # fmt: skip


def _by_clerk(text: str) -> list[_Found]:
    found = []
    for match in _CLERK.finditer(text):
        if match["number"] is None and not (match["verb"].islower() and match.start() < 60):
            continue  # a heading, or a tale; the text decides
        outcome = _CLERKS_VERBS.get(match["verb"].lower(), "moot")
        if match["partly"]:
            outcome = (
                "granted in part and denied in part" if " and " in match["partly"].lower() else f"{outcome} in part"
            )
        outcome += " as moot" if match["moot"] else ""
        outcome += f" {' '.join(match['prejudice'].lower().split())}" if match["prejudice"] else ""
        _, name, noun = asked("", re.sub(r"^\W*\d[\d-]*\W*", "", match["what"]))
        found.append(_Found(outcome, match["number"], name, noun, Passage(match.start(), match.end(), match[0])))
    return found


def _told_by_clerk(item: _Found, clerk: _Found) -> bool:
    """Whether a sentence says no more than the clerk's line before it: the same outcome, of what has no other name."""
    if item is clerk or item.number or item.outcome != clerk.outcome:
        return False
    return item.name is None or clerk.name is None or alike(item.name, clerk.name)


def _each_once(found: list[_Found], text: str) -> list[_Found]:
    merged: list[_Found] = []
    for item in found:
        twin = next((i for i, known in enumerate(merged) if _same(known, item)), None)
        if twin is None:
            merged.append(item)
        else:
            merged[twin] = _merge(merged[twin], item, text)
    return merged


_CLOSED = re.compile(
    r"\bdirected\s+to\s+(?:close|terminate)\b[^.;]*?(?:ECF|Dkt\.?|Docket|Doc\.?)\s*(?:Nos?\.?\s*)?"
    r"(?P<numbers>\d{1,5}(?:(?:\s*[,&]\s*|\s*,?\s*and\s+)(?:ECF\s+)?\d{1,5})*)",
    re.IGNORECASE,
)


def _closed(text: str) -> list[str]:
    """Motions that the clerk is told to close: those that the order decides."""
    return [number for match in _CLOSED.finditer(text) for number in re.findall(r"\d+", match["numbers"])]


def _tied(found: list[_Found], closed: list[str]) -> list[_Found]:
    """Which one "the motion is denied" or "it is granted" means, when there is only one that it can be."""
    numbered = [item for item in found if item.number]
    tied: list[_Found] = []
    for item in found:
        if item.number or item.name or not (item.noun or item.outcome.startswith(("granted", "denied"))):
            tied.append(item)
            continue
        alike = {other.number for other in numbered if other.noun == item.noun}
        left = set(closed) - {other.number for other in numbered}
        only = alike if len(alike) == 1 else left if len(left) == 1 and not alike else set()
        tied.append(replace(item, number=next(iter(only), None)))
    return [item for item in tied if not _vague(item, tied)]


def _vague(item: _Found, others: list[_Found]) -> bool:
    """Whether it only says that we affirm, where another sentence says what is affirmed."""
    base = item.outcome.split()[0]
    return not (item.number or item.name or item.noun) and any(
        (other.number or other.name or other.noun) and base in other.outcome for other in others
    )


_OF_APPEALS = frozenset({"affirmed", "reversed", "vacated", "modified"})


def _same(a: _Found, b: _Found) -> bool:
    if a.number and b.number:
        return a.number == b.number
    if alike(a.name, b.name):
        return True
    if a.number or b.number:
        return False
    if a.outcome == b.outcome and a.outcome.split()[0] in _OF_APPEALS:
        return True
    if (a.name or "").lower() != (b.name or "").lower() or a.noun != b.noun:
        return False
    return bool(a.name) or a.outcome.split()[0] == b.outcome.split()[0] or _sides(a, b) == {"granted", "denied"}


def _sides(a: _Found, b: _Found) -> set[str]:
    return {side for side in ("granted", "denied") for item in (a, b) if side in item.outcome}


def _merge(a: _Found, b: _Found, text: str) -> _Found:
    """Two clauses about one motion: both outcomes, or the one that says more; the words of both where they adjoin."""
    both = _sides(a, b) == {"granted", "denied"}
    said = max((b, a), key=lambda item: (len(_sides(item, item)), len(item.outcome)))
    passage = said.passage
    if 0 <= b.passage.start - a.passage.end < 3:
        passage = Passage(a.passage.start, b.passage.end, text[a.passage.start : b.passage.end])
    outcome = "granted in part and denied in part" if both else said.outcome
    return replace(a, outcome=outcome, number=a.number or b.number, name=a.name or b.name, passage=passage)


_TITLE = re.compile(
    r"\bORDER\s+(?P<verb>GRANTING|DENYING)(?:\s+(?P<partly>IN\s+PART(?:\s+AND\s+(?:DENYING|GRANTING)\s+IN\s+PART)?))?\s+(?P<what>.+)",
    re.IGNORECASE,
)


def _from_title(text: str, title: str) -> list[_Found]:
    flat = re.compile(r"\s+".join(map(re.escape, title.split())), re.IGNORECASE)
    said, printed = _TITLE.search(title), flat.search(text)
    if not title or said is None or printed is None:
        return []
    outcome = "granted" if said["verb"].lower() == "granting" else "denied"
    if said["partly"]:
        outcome = "granted in part and denied in part" if " and " in said["partly"].lower() else f"{outcome} in part"
    number, name, noun = asked("", said["what"])
    return [_Found(outcome, number, name, noun, Passage(printed.start(), printed.end(), printed[0]))]


def _in_sentence(sentence: Passage, *, before: _Found | None) -> list[_Found]:
    """``before``: what the sentence just before decided, of which "it denies" still speaks."""
    words = _unquoted(sentence.text)
    if alone := _ALONE.fullmatch(words):
        outcome = alone["verb"].lower() + (" and remanded" if alone["remanded"] else "")
        return [_Found(outcome, None, None, None, sentence)]
    if not re.search(_VERB_STEM, words, re.IGNORECASE):
        return []
    found: list[_Found] = []
    last = 0
    for match in _decisions(words, goes_on=before is not None):
        if match.start() < last:
            continue
        ahead, after = words[last : match.start()], words[match.end() :]
        clause = re.split(r"[;:]|\band\b(?=[^,;]*\bmotions?\b)", ahead)[-1]
        verb = _done(match)
        upper = match["verb"].isupper()
        if _NOT_DECIDED.search(_clause_of(clause)) or _LEGAL_STANDARD.match(after):
            continue
        if verb == "adjourned" and re.match(r"\s*(?:to|until|from)\b", after):
            continue  # a date, not a ruling
        if not upper and match.re not in {_BY_IT, _ALSO} and not _THING.search(ahead + " " + after[:80]):
            continue
        active = match.re not in {_PASSIVE, _ALSO, _BARE}
        if active and not re.search(r"\w", after) and not match.groupdict().get("we"):
            continue  # the object stands in a list that follows
        outcome, length = _outcome(verb, after, active=active)
        if partly := match.groupdict().get("partly"):
            outcome += f" {_PARTLY[partly.lower()]}"
        last = match.end() + length
        number, name, noun = asked("" if active and found else ahead, after)
        told = found[-1] if found else before if match.re is _BY_IT else None
        if told and not (number or name or noun):
            number, name, noun = told.number, told.name, told.noun
        found.append(_Found(outcome, number, name, noun, sentence))
    return found


_VERB_STEM = (
    r"grant|den(?:y|ie)|dismiss|overrul|sustain|stay|affirm|revers|vacat|remand|terminat|adjourn|withdraw|str(?:uc|ic|ik)"
    r"|quash|approv|adopt|reject|transfer|lift"
)


def _unquoted(text: str) -> str:
    """The same length, with quoted words blanked: what is quoted is somebody else's."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"", lambda quote: " " * len(quote[0]), text)


def _decisions(words: str, *, goes_on: bool) -> list[re.Match[str]]:
    matches = [*_PASSIVE.finditer(words), *_BY_COURT.finditer(words)]
    if goes_on and (it := _BY_IT.match(words)):
        matches.append(it)
    if any(match.re is _BY_COURT for match in matches):
        matches += _GOES_ON.finditer(words, min(match.end() for match in matches))
    if matches:  # "are denied as to the rates and granted as to the discounts"
        matches += _ALSO.finditer(words, matches[0].end())
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
