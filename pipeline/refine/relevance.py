"""Is it about AI *and* copyright *and* a legal dispute, and which words say so.

Three vocabularies are looked for in the title and the opening; how clearly two and three of them are heard together is
weighed, and words of a neighbouring field (patents, privacy, bills in parliament, invented citations) speak against.
Headlines rarely say "copyright": whose works were copied, and for what, says as much. What every other word adds has
been learned (`lexicon`), and a model that reads the whole may be asked. A sure link to a followed docket is enough by
itself.
"""

from __future__ import annotations

import re
from math import exp, log
from typing import Literal

from pipeline.model import DocketLink, Relevance, SubjectModel
from pipeline.refine import lexicon
from pipeline.refine import vocabulary as words_of
from pipeline.refine.neighbours import NEIGHBOURS

_OPENING = 2500  # characters: what an article is about stands in its title and lead, the rest is background
# How clearly copyright is heard at most where only the owners of works are named, only works, only a use.
_OWNERS_ALONE, _THINGS_ALONE, _USE_ALONE = 0.65, 0.4, 0.25
# Characters in which an article names its subject outright: hints are for headlines. The rest is background.
_ROOM = 500
OURS, _UNSURE = 0.5, 0.2  # least scores

# What each sign adds to the log odds beside the wording (`lexicon`); and, where the model that reads the whole is
# asked, what words and model add, by headlines to which neither was fitted: ``python -m benchmarks.relevance_weights``.
_ALWAYS = -2.23
_WEIGHTS = {
    "AI and copyright": 1.65, "AI and dispute": 1.32, "copyright and dispute": 3.36, "all three": 2.48,
    "a maker of models": 1.4, "neighbours": -3.25,
}  # fmt: skip
_BOTH = {"always": -0.28, "words": 0.58, "whole": 0.85}
_LEAST = 1e-4  # probability that a model may claim


def _clarity(weight: int, most: float = 1.0) -> float:
    return most * (0.0, 0.72, 0.88, 1.0)[min(weight, 3)]


def relevance(
    title: str, text: str, *, links: tuple[DocketLink, ...] = (), outlet: str = "", subject: SubjectModel | None = None
) -> Relevance:
    """Verdict, score 0 to 1, and the reasons in words: vocabulary heard, neighbours, wording, dockets.

    ``links`` are those to *followed* dockets: a link to a docket the registry does not know says nothing about us.
    ``outlet`` is the host or the name of who publishes; words of an outlet's own name are no sign of what it reports.
    ``subject`` reads headline and opening as a whole; its answer is weighed with the words. It was taught in English:
    what the words call ours it can make unsure, and no less.
    """
    title, opening = without_outlet(title, text[:_OPENING], outlet)
    found, reasons = _signs(title, opening)
    wording, speaking_for, against = lexicon.heard(title, opening)
    odds = _ALWAYS + sum(_WEIGHTS[name] * sign for name, sign in found.items()) + wording
    said = " ".join(reasons)
    for name, words in {"wording for": speaking_for, "wording against": against}.items():
        if new := [word for word in words if word not in said]:
            reasons.append(f"{name}: {', '.join(new)}")
    score, least = 1 / (1 + exp(-odds)), 0.0
    if subject:
        whole = min(max(subject(title, opening), _LEAST), 1 - _LEAST)
        least = _UNSURE if score >= OURS else 0.0
        odds = _BOTH["always"] + _BOTH["words"] * odds + _BOTH["whole"] * log(whole / (1 - whole))
        reasons.append(f"read as a whole: {whole:.0%}")
        score = 1 / (1 + exp(-odds))
    score = max(score, least)
    for link in links[:3]:
        score = max(score, link.confidence)
        reasons.insert(0, f"docket {link.docket} ({link.reason})")
    score = round(score, 3)
    verdict: Literal["ours", "not", "unsure"] = "ours" if score >= OURS else "unsure" if score >= _UNSURE else "not"
    return Relevance(verdict, score, tuple(reasons))


def signs(title: str, opening: str) -> dict[str, float]:
    """What the vocabularies make of a headline and the opening, by the names of `_WEIGHTS`."""
    return _signs(title, opening)[0]


def _signs(title: str, opening: str) -> tuple[dict[str, float], list[str]]:
    found, reasons = _vocabularies(title, opening)
    away, neighbours = _neighbours(title, opening)
    return found | {"neighbours": away}, reasons + neighbours


def _vocabularies(title: str, opening: str) -> tuple[dict[str, float], list[str]]:
    """The signs by their names in `_WEIGHTS`, each 0 to 1; and the words."""
    works, whose = words_of.WORKS.heard(title, opening)
    use, done = words_of.USE.heard(title, opening)
    maybe_works, _ = words_of.PERHAPS_WORKS.heard(title, opening)
    copied, copyright_words = words_of.COPYRIGHT.heard(title, opening)
    ai, ai_words = words_of.AI.heard(title, opening)
    hint = 1.0 if len(opening) < _ROOM else 0.4
    clear_ai = _clarity(ai)
    if not ai:  # one word alone is a fashion model, or a song in Apple's film
        ai, ai_words = words_of.PERHAPS_AI.heard(title, opening)
        clear_ai = _clarity(ai, hint * (0.8 if len(ai_words) > 1 else 0.6))
    clear_copyright = _clarity(copied) * (1.0 if _NAMED.search(f"{title} {opening}") else 0.7)
    if works and (use or copied):
        told = _clarity(works + use + copied, 0.85)
    elif works:
        told = _clarity(works, _OWNERS_ALONE if any(map(words_of.OWNERS.fullmatch, whose)) else _THINGS_ALONE)
    else:  # "the AI training trial": a person should look
        told = _clarity(use + maybe_works, _USE_ALONE)
    clear_copyright = max(clear_copyright, told * (1.0 if copied else hint))
    dispute, dispute_words = words_of.DISPUTE.heard(title, opening)
    clear_dispute = _clarity(dispute)
    if not dispute:
        dispute, dispute_words = words_of.PERHAPS_DISPUTE.heard(title, opening)
        clear_dispute = _clarity(dispute, hint * 0.75)
    heard = {"AI": ai_words, "copyright": copyright_words or (*whose, *done), "dispute": dispute_words}
    reasons = [f"{name}: {', '.join(words[:6])}" if words else f"no word of {name}" for name, words in heard.items()]
    signs = {
        "AI and copyright": clear_ai * clear_copyright,
        "AI and dispute": clear_ai * clear_dispute,
        "copyright and dispute": clear_copyright * clear_dispute,
        "all three": clear_ai * clear_copyright * clear_dispute,
        "a maker of models": float(bool(words_of.NAMED_AI.search(f"{title} {opening}"))),
    }
    return signs, reasons


def _neighbours(title: str, opening: str) -> tuple[float, list[str]]:
    """How far other fields lead away: less where only the text has their words, and where copyright is named; words."""
    away, reasons = 0.0, []
    named = _NAMED.search(f"{title} {opening}")
    for name, (far, pattern) in NEIGHBOURS.items():
        in_title, found = pattern.search(title), pattern.search(opening[:_ROOM])
        if heard := in_title or found:
            away += far * (1.0 if in_title else 0.65) * (0.6 if named else 1.0)
            reasons.append(f"but {name}: {heard[0].lower()}")
    return away, reasons


_NAMED = re.compile(r"copyright|DMCA|fair[- ](?:use|dealing)", re.IGNORECASE)


# ---------------------------------------------------------------------------------------------- outlets

_NAME = r"(?:[A-Z][\w.’'&+-]*|&|AI|and|of|on|the|for|in)"
_TAIL = re.compile(rf"\s+(?:\|\s+[^|]{{2,50}}|[-–—·]\s+[A-Z][\w.’'&+-]*(?:\s{_NAME}){{0,5}})\s*$")
_QUOTED_OUTLET = re.compile(
    rf"\b(?:told|tells|reported by|writes in|an interview with)\s+(?:the\s+)?[A-Z][\w.’'&-]*(?:\s{_NAME}){{1,5}}"
    rf"|(?:^|(?<=[.!?]\s))(?:[A-Z][\w’'&-]*\s)(?:{_NAME}\s){{1,6}}(?=was (?:the )?first to report|first reported\b)"
    rf"|^[^.\n]{{0,40}}\([A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){{0,4}}\)\s+[-–—]"
)


def _goes_on(words: str) -> bool:
    """What speaks of a dispute is no outlet: "Fair use – Authors Sue", "told the Third Circuit"."""
    return words_of.DISPUTE.words.search(words) is not None


def without_outlet(title: str, opening: str, outlet: str) -> tuple[str, str]:
    """Title and opening without the names of outlets: after the headline, as a source, in the dateline."""
    tail = _TAIL.search(title)
    if tail and ("|" in tail[0] or not _goes_on(tail[0])) and len(title[: tail.start()].split()) > 2:
        title = title[: tail.start()]
    opening = _QUOTED_OUTLET.sub(lambda said: said[0] if _goes_on(said[0]) else " ", opening)
    host = re.sub(r"^www\.|\.(?:com|org|net|co|info|news|law|ai|io)?(?:\.[a-z]{2,})?$", "", outlet.lower())
    name = re.sub(r"[^a-z0-9]", "", host)
    if len(name) < 5:
        return title, opening
    spelled = re.compile(r"\b" + r"[\W_]{0,3}".join(map(re.escape, name)) + r"\b", re.IGNORECASE)
    return spelled.sub(" ", title), spelled.sub(" ", opening)
