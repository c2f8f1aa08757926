"""One line for a document, put together from fields that were read from it; a field that is missing is left out."""

from __future__ import annotations

import re

from pipeline.model import Disposition, Document, Kind

# What "denied without prejudice" says of a motion: a verb, and what follows the motion.
_VERBS = re.compile(
    r"(?P<verb>modified and affirmed|granted|denied|dismissed|affirmed|reversed|vacated|remanded|stayed|overruled"
    r"|sustained|adopted|approved|rejected|quashed|enjoined|transferred|certified|struck|continued|extended|lifted)\b[\s,]*(?P<rest>.*)",
    re.IGNORECASE,
)
# What an appeals court does needs no object, and is not one judge's, whoever wrote the opinion.
_ALONE = {"affirmed", "reversed", "vacated", "remanded", "modified and affirmed"}
_ASKED = re.compile(
    r"\b((?:cross-)?motions?|applications?|requests?|stipulations?|petitions?|objections?|appeals?"
    r"|(?:\w+ )?(?:designation|stay|injunction)(?= (?:\w+ ){0,20}?(?:is|are) lifted))\b",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\bthe (?:(?:\w+ ){1,2}court[’']s (?:judgments?|orders?|decisions?|rulings?)"
    r"|(?:judgments?|orders?|decisions?|rulings?|opinions?) of the (?:\w+ ){0,4}Court(?: of \w+(?: \w+)?)?"
    r"|(?:judgments?|convictions?|sentences?)\b)",
    re.IGNORECASE,
)
_BARE = r"(?:(?!\b(?:is|are)\b)[^.;,]){0,60}?\b(?:is|are)\s(?:\w+\s)?"
_MOST = 3  # rulings a line has room for
# What a court answers, and what it answers with: a ruling's title should open with the second.
_PAPERS = re.compile(
    r"\b(?P<ruling>orders?|opinion|judgment|decision|ruling|memorandum|findings|decree|minutes?|verdict|hearing|conference"
    r"|docket|schedul\w+)\b"
    r"|\b(?:motions?|application|request|stipulation|petition|notice|letter|objections?|brief|response|reply)\b",
    re.IGNORECASE,
)
_RULINGS = {"order", "opinion", "judgment", "minute entry"}


def headline(document: Document) -> str:
    """An article's own title; for a filing who did what, or the paper's own title. Its matter is a field of its own.

    "Magistrate Judge Wang denied the motion (ECF 159) without prejudice".
    """
    if document.kind is not Kind.FILING:
        return document.title
    done = list(dict.fromkeys(filter(None, map(_done, document.dispositions))))
    if len(done) > 1:  # beside another ruling, "vacated" alone says of what too little
        done = [what for what in done if what not in _ALONE] or done
    if not done:
        return _title(document)
    if len(done) > _MOST:
        done[_MOST - 1 :] = [f"made {len(done) - _MOST + 1} more rulings"]
    last = done.pop()
    return _capital(f"{_who(document)} {', '.join(done)}{' and ' if done else ''}{last}")


_BEFORE_A_TITLE = re.compile(
    r"^(?:\W*in chambers\b\W*|\W*(?:redacted|proposed|sealed)\b\W*(?=(?:order|opinion|judgment|memorandum|minute)))+",
    re.IGNORECASE,
)


def _title(document: Document) -> str:
    """The paper's own title; of a court's ruling under a party's title, that it rules on that."""
    title = document.title
    if document.type not in _RULINGS:
        return title
    title = _BEFORE_A_TITLE.sub("", title) or title
    while title.count("(") > title.count(")"):
        title = title[: title.rindex("(")].rstrip(" ,;:-–—") or title.replace("(", "")
    named = list(_PAPERS.finditer(title))
    if not named or any(word["ruling"] for word in named):
        return title
    return f"{'Minutes' if document.type == 'minute entry' else _capital(document.type)} on {title}"


def _done(disposition: Disposition) -> str | None:
    """What was done to what, "denied the motion (ECF 159) without prejudice"; None where the words do not say."""
    motion = _motion(disposition)
    if disposition.outcome.lower() == "moot":
        return f"found {motion} moot" if motion else None
    said = _VERBS.match(disposition.outcome)
    if said is None:
        return None
    verb, rest = said["verb"].lower(), said["rest"].lower()
    if verb in _ALONE and not motion:
        return " ".join(filter(None, (verb, _below(disposition, verb), rest)))
    if not motion:
        return None
    # "granted in part and denied in part the motion", but "denied the motion without prejudice".
    return " ".join(filter(None, (verb, rest, motion) if rest.startswith("in part and") else (verb, motion, rest)))


def _below(disposition: Disposition, verb: str) -> str:
    """The judgment that the words say "is affirmed", or that the court affirms; empty where they say none."""
    last = verb.rsplit(maxsplit=1)[-1]
    tied = re.compile(
        rf"(?P<before>{_BELOW.pattern}){_BARE}{last}\b|\b{last.removesuffix('ed')}\w*\s(?P<after>{_BELOW.pattern})",
        re.IGNORECASE,
    )
    found = tied.search(" ".join(disposition.passage.text.split()))
    return _uncapital(found["before"] or found["after"]) if found else ""


def _motion(disposition: Disposition) -> str:
    asked = _ASKED.search(disposition.passage.text)
    noun = f"the {asked[1].lower()}" if asked else ""
    named = disposition.motion
    if named is None:
        return noun
    if re.match(r"(?:ECF|Dkt|Doc)\b", named):
        asked_for = noun or ("the request" if disposition.outcome.startswith(("granted", "denied")) else "")
        return f"{asked_for} ({named})" if asked_for else named
    if named.isupper():
        named = named.lower()
    elif re.search(rf"{re.escape(named)}, (?:\w+,? ){{1,3}}?(?:or|and) ", f"{disposition.passage.text} "):
        named += " …"  # "any testimony, evidence, or argument": its first member is not all of it
    return (
        named
        if re.match(
            r"(?:the|a|an|its|their|his|her|Counts?|summary judgment|leave)\b|\w+[’']s?\s", named, re.IGNORECASE
        )
        else f"the {named}"
    )


def _who(document: Document) -> str:
    """Name and rank as the document gives them: "Magistrate Judge Wang", "Judge Wang", else "the court"."""
    if not document.judge or any(map(_reviews, document.dispositions)) or all(map(_alone, document.dispositions)):
        return "the court"
    if re.match(r"(?:\w+ )*(?:Judge|Justice)\b", document.judge):
        return document.judge
    name = re.sub(r",.*|\s+(?:Jr|Sr|II|III|IV)\.?$", "", document.judge).split()[-1]
    near = re.search(
        rf"{re.escape(name)}\b[^\w]{{0,40}}United States (Magistrate|District|Bankruptcy|Circuit) Judge",
        document.text,
        re.IGNORECASE,
    )
    rank = f"{near[1].title()} " if near and near[1].lower() == "magistrate" else ""
    return f"{rank}Judge {name.title() if name.isupper() else name}"


def _alone(disposition: Disposition) -> str | None:
    """The verb of what an appeals court does, but that a hearing or a conference may be vacated too."""
    said = _VERBS.match(disposition.outcome)
    return said["verb"].lower() if said and said["verb"].lower() in _ALONE else None


def _reviews(disposition: Disposition) -> bool:
    """Whether it is another court's judgment that is affirmed or reversed."""
    verb = _alone(disposition)
    return verb is not None and bool(_below(disposition, verb))


def _uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
