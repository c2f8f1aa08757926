"""One line for a document, put together from fields that were read from it; a field that is missing is left out."""

from __future__ import annotations

import re

from pipeline.model import Disposition, Document, Kind

# What "denied without prejudice" says of a motion: a verb, and what follows the motion.
_VERBS = re.compile(
    r"(?P<verb>granted|denied|dismissed|affirmed|reversed|vacated|remanded|stayed|overruled|sustained|adopted|approved"
    r"|rejected|quashed|enjoined|transferred|certified|struck|continued|extended)\b[\s,]*(?P<rest>.*)",
    re.IGNORECASE,
)
_ALONE = {"affirmed", "reversed", "vacated", "remanded"}  # what an appeals court does needs no object
_ASKED = re.compile(
    r"\b((?:cross-)?motions?|applications?|requests?|stipulations?|petitions?|objections?|appeals?)\b", re.IGNORECASE
)


def headline(document: Document) -> str:
    """An article's own title; for a filing who did what, or the paper's own title. Its matter is a field of its own.

    "Magistrate Judge Wang denied the motion (ECF 159) without prejudice".
    """
    if document.kind is not Kind.FILING:
        return document.title
    done = dict.fromkeys(filter(None, map(_done, document.dispositions)))
    if done:
        return _capital(f"{_who(document)} {' and '.join(list(done)[:2])}")
    return document.title


def _done(disposition: Disposition) -> str | None:
    """What was done to what, "denied the motion (ECF 159) without prejudice"; None where the words do not say."""
    motion = _motion(disposition)
    if disposition.outcome.lower() == "moot":
        return f"found {motion} moot" if motion else None
    said = _VERBS.match(disposition.outcome)
    if said is None or not (motion or said["verb"].lower() in _ALONE):
        return None
    return " ".join(filter(None, (said["verb"].lower(), motion, said["rest"].lower())))


def _motion(disposition: Disposition) -> str:
    asked = _ASKED.search(disposition.passage.text)
    noun = f"the {asked[1].lower()}" if asked else ""
    named = disposition.motion
    if named is None:
        return noun
    if re.match(r"(?:ECF|Dkt|Doc)\b", named):
        return f"{noun} ({named})" if noun else named
    return (
        named
        if re.match(
            r"(?:the|a|an|its|their|his|her|Counts?|summary judgment|leave)\b|\w+[’']s?\s", named, re.IGNORECASE
        )
        else f"the {named}"
    )


def _who(document: Document) -> str:
    """Name and rank as the document gives them: "Magistrate Judge Wang", "Judge Wang", else "the court"."""
    if not document.judge:
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


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
