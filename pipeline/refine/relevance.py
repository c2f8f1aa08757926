"""Is it about AI *and* copyright *and* a legal dispute, and which words say so.

Three vocabularies are looked for in the title and the opening; each must be heard, and words of a neighbouring field
(patents, privacy, bills in parliament, invented citations) speak against. A sure link to a followed docket is enough by
itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.model import DocketLink, Relevance

_OPENING = 2500  # characters: what an article is about stands in its title and lead, the rest is background
_OURS, _UNSURE = 0.36, 0.2  # least scores


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    name: str
    words: re.Pattern[str]

    def heard(self, title: str, opening: str) -> tuple[float, tuple[str, ...]]:
        """How clearly, 0 to 1, and the words. A word in the title weighs as much as two in the text."""
        in_title = _distinct(self.words, title)
        in_text = _distinct(self.words, opening)
        weight = 2 * len(in_title) + len(in_text - in_title)
        return (0.0, 0.72, 0.88, 1.0)[min(weight, 3)], tuple(sorted(in_title | in_text))


def _distinct(pattern: re.Pattern[str], text: str) -> set[str]:
    return {" ".join(found[0].lower().split()) for found in pattern.finditer(text)}


_AI = _Vocabulary(
    "AI",
    re.compile(
        r"\b(?:A\.?I\.?|artificial[- ]intelligence|gen(?:erative)?[- ]?AI|(?:large )?language models?|LLMs?|chatbots?"
        r"|ChatGPT|GPT-?\d\w*|OpenAI|Anthropic|Claude|Midjourney|Stability AI|Stable Diffusion|Suno|Udio|Perplexity"
        r"|Copilot|Gemini|Llama|Cohere|xAI|Grok|Character\.AI|ElevenLabs|MiniMax|machine[- ]learning|training data"
        r"|text-to-(?:image|video|music)|(?:image|music|video|voice|song|code)[- ](?:generators?|generation)"
        r"|neural networks?|voice clon(?:e|es|ing)|[Gg]enerative|KI|IA)\b"
    ),
)
_COPYRIGHT = _Vocabulary(
    "copyright",
    re.compile(
        r"\b(?:copyright(?:s|ed|able|ability)?|DMCA|fair[- ](?:use|dealing)|pira(?:ted?|cy|ting)|shadow librar(?:y|ies)"
        r"|LibGen|Library Genesis|Books3|Anna['’]s Archive|droit d['’]auteur|Urheberrecht\w*|copying|infring\w+"
        r"|without (?:permission|a licen[cs]e|licen[cs]e|consent|paying)|copyright management information|1202\(b\)"
        r"|(?:books?|novels|articles|songs|lyrics|recordings|photos?|photographs|videos|works) (?:[\w-]+ ){0,3}"
        r"(?:to|for) train\w*"
        r"|protected characters|text[- ]and[- ]data mining|unlicensed|(?:human )?authorship|scrap(?:ed|ing))\b",
        re.IGNORECASE,
    ),
)
_DISPUTE = _Vocabulary(
    "dispute",
    re.compile(
        r"\b(?:lawsuits?|sue[sd]?|suing|suits?|class[- ]action|litigation|plaintiffs?|defendants?|complaint|courts?"
        r"|judges?|magistrate|jur(?:y|ors)|trial|rul(?:es|ed|ing)|verdict|settle(?:s|d|ment)?|appeals?|injunction"
        r"|motion|dismiss(?:es|ed|al)?|summary judgment|depositions?|subpoena|discovery|sanctions?|damages|tribunal"
        r"|hearing|judgment|rulings|privilege|circuit|legal (?:action|battle|fight)|certif(?:ies|ied|ication)"
        r"|opt[- ]outs?)\b",
        re.IGNORECASE,
    ),
)
# Words that make "infringement", "scraping" or "AI" somebody else's business, and how much of the score they leave.
_NEIGHBOURS = tuple(
    (name, leaves, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, leaves, words in (
        ("patents", 0.35, r"patent(?:s|ed)?|PTAB|inter partes|Alice"),
        ("trademarks", 0.6, r"trademarks?"),
        ("privacy", 0.5, r"privacy|biometric|BIPA|wiretap\w*|personal data|GDPR|surveillance"),
        (
            "false citations",
            0.2,
            r"hallucinat\w+|(?:fake|fabricated|bogus|invented|nonexistent|phantom) (?:citations?|cases?|quot\w+)",
        ),
        (
            "legislation",
            0.45,
            r"bills?|lawmakers?|senat(?:e|ors?)|congress\w*|parliament\w*|legislat\w+|MPs|ministers?",
        ),
        ("rule-making", 0.35, r"consultation|AI Act|regulators?|white paper|executive order|governor|guidance"),
        ("rule-making", 0.35, r"inquiry|circular|invites? comments|proposed rule"),
        ("harm to persons", 0.4, r"defam\w+|libel|suicide|wrongful death|self-harm|discriminat\w+|addict\w+"),
        ("licence deals", 0.5, r"licensing (?:deal|agreement|pact)|partnership|partners with|signs? (?:a )?deal"),
        ("competition", 0.6, r"antitrust|monopol\w+"),
    )
)


def relevance(title: str, text: str, *, links: tuple[DocketLink, ...] = ()) -> Relevance:
    """Verdict, score 0 to 1, and the reasons in words: vocabulary heard, neighbours, dockets.

    ``links`` are those to *followed* dockets: a link to a docket the registry does not know says nothing about us.
    """
    opening = text[:_OPENING]
    score = 1.0
    reasons: list[str] = []
    for vocabulary in (_AI, _COPYRIGHT, _DISPUTE):
        clarity, words = vocabulary.heard(title, opening)
        score *= clarity
        reasons.append(f"{vocabulary.name}: {', '.join(words[:6])}" if words else f"no word of {vocabulary.name}")
    if score:
        named = re.search(r"copyright|DMCA|fair[- ]use", f"{title} {opening}", re.IGNORECASE)
        score *= 1.0 if named else 0.75  # infringement, scraping and piracy without copyright may be another right
        for name, leaves, pattern in _NEIGHBOURS:
            in_title, found = pattern.search(title), pattern.search(opening)
            if heard := in_title or found:
                score *= leaves if in_title or not named else leaves**0.5
                reasons.append(f"but {name}: {heard[0].lower()}")
    for link in links[:3]:
        score = max(score, link.confidence)
        reasons.insert(0, f"docket {link.docket} ({link.reason})")
    score = round(score, 3)
    verdict: Literal["ours", "not", "unsure"] = "ours" if score >= _OURS else "unsure" if score >= _UNSURE else "not"
    return Relevance(verdict, score, tuple(reasons))
