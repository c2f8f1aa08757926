"""Is it about AI *and* copyright *and* a legal dispute, and which words say so.

Three vocabularies are looked for in the title and the opening; each must be heard, and words of a neighbouring field
(patents, privacy, bills in parliament, invented citations) speak against. Headlines rarely say "copyright": whose works
were copied, and for what, says as much. A sure link to a followed docket is enough by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.model import DocketLink, Relevance

_OPENING = 2500  # characters: what an article is about stands in its title and lead, the rest is background
_OURS, _UNSURE = 0.32, 0.2  # least scores


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    name: str
    words: re.Pattern[str]

    def heard(self, title: str, opening: str) -> tuple[int, tuple[str, ...]]:
        """How often, and the words. A word in the title weighs as much as two in the text."""
        in_title = _distinct(self.words, title)
        in_text = _distinct(self.words, opening) - in_title
        return 2 * len(in_title) + len(in_text), tuple(sorted(in_title | in_text))


def _distinct(pattern: re.Pattern[str], text: str) -> set[str]:
    return {" ".join(found[0].lower().split()) for found in pattern.finditer(text)}


def _clarity(weight: int, most: float = 1.0) -> float:
    return most * (0.0, 0.72, 0.88, 1.0)[min(weight, 3)]


_AI = _Vocabulary(
    "AI",
    re.compile(
        r"\b(?:A\.?I\.?|artificial[- ]intelligence|gen(?:erative)?[- ]?AI|(?:large )?language models?|LLMs?|chatbots?"
        r"|ChatGPT|GPT-?\d\w*|OpenAI|Anthropic|Claude|Midjourney|Stability(?: AI)?|Stable Diffusion|Suno|Udio"
        r"|Perplexity|Copilot|Gemini|Llama|Cohere|xAI|Grok|Character\.AI|ElevenLabs|MiniMax|Hailuo|Sora|Seedance"
        r"|Runway|DeepSeek|Mistral|DALL[-·]E|Firefly|xGen|RedPajama|LAION|Common Crawl|Ross Intelligence|Lovo"
        r"|machine[- ]learning|training (?:data|sets?|corp(?:us|ora))|trained on|diffusion models?|neural networks?"
        r"|answer (?:engine|service)s?|code (?:assistant|generator)s?|text-to-(?:image|video|music)"
        r"|(?:image|music|video|voice|song|code|map|picture)[- ](?:generat(?:ors?|ion)|models?|tools?)"
        r"|voice clon(?:e|es|ing)|[Gg]enerative|machine[- ](?:author|made|generated)|KI|IA)\b"
    ),
)
# Say "AI" only where works are also said to have been used.
_PERHAPS_AI = _Vocabulary(
    "AI",
    re.compile(
        r"\b(?:Google|Microsoft|Apple|Meta|Nvidia|Amazon|Adobe|Salesforce|ByteDance|Databricks|Bloomberg|GitHub|Veo|Ross"
        r"|models?|machines?|computers?|train(?:ed|ing|s)?|prompts?|developers?|generators?|generated|algorithms?"
        r"|DeviantArt|crawlers?|scrapers?|bots?|image service|search tool|(?:type|rhyme|verse|text) generators?)\b"
    ),
)
_COPYRIGHT = _Vocabulary(
    "copyright",
    re.compile(
        r"\b(?:copyright(?:s|ed|able|ability)?|DMCA|fair[- ](?:use|dealing)|pira(?:ted?|cy|ting)|shadow librar(?:y|ies)"
        r"|torrent\w*|LibGen|Library Genesis|Books3|Anna['’]s Archive|droit d['’]auteur|Urheberrecht\w*|copying"
        r"|infring\w+|without (?:permission|a licen[cs]e|licen[cs]e|consent|paying)|copyright management information"
        r"|(?:books?|novels|articles|songs|lyrics|recordings|photos?|photographs|videos|works) (?:[\w-]+ ){0,3}"
        r"(?:to|for) train\w*|section 120[12]|substantially similar|stream[- ]ripp\w+|licen[cs]e text"
        r"|protected (?:characters?|texts?|works?|material|songs?|content)|(?:grants?|enjoys?) protection"
        r"|text[- ]and[- ]data mining|unlicensed|(?:human )?authorship|scrap(?:ed|ing))\b",
        re.IGNORECASE,
    ),
)
# Where copyright is not named, whose works …
_WORKS = _Vocabulary(
    "works",
    re.compile(
        r"\b(?:authors?|writers?|ghostwriters?|novelists?|poets?|biographers?|playwrights?|screenwriters?|journalists?"
        r"|reporters?|illustrators?|artists?|painters?|photographers?|cartoonists?|animators?|film-?makers?|designers?"
        r"|(?:documentary|crossword) makers|publish(?:ers?|ing)|newspapers?|newsrooms?|magazines?|dail(?:y|ies)"
        r"|press (?:group|agency|articles?)|(?:news|media) (?:groups?|companies|organi[sz]ations?|agency|service)"
        r"|bloggers?|creators|YouTubers|podcasters?|broadcasters?|choirs?|guilds?|foundr(?:y|ies)|columns?|columnists?"
        r"|(?:record )?labels?|musicians?|singers?|songwriters?|composers?|bands?|studios?|coders?|programmers?"
        r"|narrators?|academics|rights ?holders?|(?:copyright|rights) owners?|librar(?:y|ies)|archives?|catalogues?"
        r"|backlists?|lyrics|hymns?|hymnals?|books?|novels?|textbooks?|articles|stor(?:y|ies)|journalism|reporting"
        r"|songs?|recordings?|tracks|melod(?:y|ies)|albums?|sheet music|arrangements|headnotes?|annotations"
        r"|encyclop\w+|dictionar(?:y|ies)|comics?|manga|anime|characters?(?!\.AI)|cartoons?|images?|photos|photographs?"
        r"|portfolios?|drawings?|illustrations?|art(?:works?)?|typefaces?|puzzles|films?|movies?|footage|clips|shows"
        r"|scripts?|screenplays?|recipes?|poems?|poetry|paintings?|pictures?|audiobooks?|source code|open-source"
        r"|paywalled|The Times|New York Times|Getty|Disney|Universal|Warner|Sony|GEMA|Concord|Authors Guild"
        r"|Thomson Reuters|Penguin|Hachette|Britannica|Ziff Davis|Dow Jones)\b",
        re.IGNORECASE,
    ),
)
# … and what was done with them.
_USE = _Vocabulary(
    "use",
    re.compile(
        r"\b(?:train(?:ed|ing|s)?|teach|taught|learn(?:s|ed|ing)? from|cop(?:ies|ied|y|ying)|scrap(?:ed?|ing|ers?)"
        r"|torrent\w*|seed(?:ed|ing)|download\w*|swallow\w*|ingest\w*|digest\w*|lift(?:ed|ing)|reproduc\w+"
        r"|regurgitat\w+|memori[sz]\w+|imitat\w+|mimic\w*|plagiari\w+|verbatim|word for word|look-?alikes?|cloned"
        r"|fed (?:to|into|with|her|his)|feeds|repeats?|renders?|stol?en|steal\w*|theft|took|takings?|ripp(?:ed|ing)"
        r"|without (?:paying|asking|consent)|outputs?|crawl\w*|harvest\w*|corpus|dataset|data set|derivative"
        r"|communication to the public|pirated|transformation)\b",
        re.IGNORECASE,
    ),
)
_DISPUTE = _Vocabulary(
    "dispute",
    re.compile(
        r"\b(?:lawsuits?|sue[sd]?|suing|suits?|class[- ]actions?|litigation|litigants?|plaintiffs?|defendants?"
        r"|complaint|courts?|judges?|magistrate|bench|jur(?:y|ors?|ies)|trial|rul(?:es|ed|ing|ings)|verdict"
        r"|settle(?:s|d|ments?)?|accord|appeals?|appellate|injunctions?|motions?|dismiss(?:es|ed|al)?|tosses|revives"
        r"|summary judgment|depositions?|subpoena\w*|discovery|sanctions?|damages|tribunal|hearing|judgments?|privilege"
        r"|circuit|legal (?:action|battle|fight)|certif(?:ies|ied|ication)|opt[- ]outs?|(?:class|interim|lead) counsel"
        r"|proceedings|justices|docket|stipulation|rehearing|amicus|friend-of-the-court|(?:files?|filed) (?:a )?briefs?"
        r"|special master|protective order|fairness|payouts?|(?:drops?|ends?|brings?) (?:\w+ ){1,2}(?:case|suit|action)"
        r"|(?:case|suit|claims?|action|files?|goes) (?:against|after)|accus(?:es|ed)|alleg(?:es|ed|ing)|disputes"
        r"|petition|testif\w+|v\.?(?=\s[A-Z])|vs\.?(?=\s))\b",
        re.IGNORECASE,
    ),
)
# Say "dispute" only where works or rights are spoken of.
_PERHAPS_DISPUTE = _Vocabulary(
    "dispute",
    re.compile(
        r"\b(?:cases?|claims?|lawyers?|attorneys?|litigators?|filings?|(?:their|her|his) action)\b", re.IGNORECASE
    ),
)
# Words that make "infringement", "scraping" or "AI" somebody else's business, and how much of the score they leave.
_FALSE = (
    r"(?:fake|fabricated|bogus|invented|nonexistent|phantom|fictitious|made-up)"
    r" (?:\w+ )?(?:citations?|cases?|quot\w+|precedents?|authorit\w+)"
)
_NEIGHBOURS = tuple(
    (name, leaves, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, leaves, words in (
        ("patents", 0.35, r"patent(?:s|ed)?|PTAB|inter partes|Alice"),
        ("trademarks", 0.6, r"trademarks?"),
        ("privacy", 0.5, r"privacy|biometric|BIPA|wiretap\w*|personal data|GDPR|surveillance"),
        ("false citations", 0.2, rf"hallucinat\w+|{_FALSE}|(?:drafted|written) (?:with|by) ChatGPT"),
        (
            "legislation",
            0.45,
            r"bills?|lawmakers?|senat(?:e|ors?)|congress\w*|parliament\w*|legislat\w+|MPs|ministers?",
        ),
        ("rule-making", 0.35, r"consultation|AI Act|regulators?|white paper|executive order|governor|guidance"),
        ("rule-making", 0.35, r"inquiry|circular|invites? comments|proposed rule|pre-publication|discussion paper"),
        ("rule-making", 0.35, r"copyright office (?:report|publishes|issues|releases)"),
        ("harm to persons", 0.4, r"defam\w+|libel|suicide|wrongful death|self-harm|discriminat\w+|addict\w+"),
        ("likeness", 0.4, r"right of publicity|likeness(?:es)?|impersonat\w+"),
        ("licence deals", 0.5, r"licensing (?:deal|agreement|pact)|partnership|partners with|signs? (?:a )?deal"),
        ("competition", 0.45, r"antitrust|monopol\w+|non-profit"),
        ("crime", 0.4, r"prosecutors?|indict\w+|fraud|jailed|sentenced"),
        ("advice", 0.3, r"we tested|tools of the year|how to opt out|a guide (?:to|for)"),
    )
)


def relevance(title: str, text: str, *, links: tuple[DocketLink, ...] = (), outlet: str = "") -> Relevance:
    """Verdict, score 0 to 1, and the reasons in words: vocabulary heard, neighbours, dockets.

    ``links`` are those to *followed* dockets: a link to a docket the registry does not know says nothing about us.
    ``outlet`` is the host or the name of who publishes; words of an outlet's own name are no sign of what it reports.
    """
    title, opening = _without_outlet(title, text[:_OPENING], outlet)
    score, reasons = _vocabularies(title, opening)
    if score:
        named = re.search(r"copyright|DMCA|fair[- ]use", f"{title} {opening}", re.IGNORECASE)
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


def _vocabularies(title: str, opening: str) -> tuple[float, list[str]]:
    works, whose = _WORKS.heard(title, opening)
    use, done = _USE.heard(title, opening)
    ai, ai_words = _AI.heard(title, opening)
    clear_ai = _clarity(ai)
    if not ai and use:
        ai, ai_words = _PERHAPS_AI.heard(title, opening)
        clear_ai = _clarity(ai, 0.8)
    copied, copyright_words = _COPYRIGHT.heard(title, opening)
    clear_copyright = _clarity(copied)
    if works:
        clear_copyright = max(clear_copyright, _clarity(works + use + copied, 0.85 if use or copied else 0.7))
    elif copied and not re.search(r"copyright|DMCA|fair[- ]use", f"{title} {opening}", re.IGNORECASE):
        clear_copyright *= 0.75  # infringement, scraping and piracy without works may be another right
    dispute, dispute_words = _DISPUTE.heard(title, opening)
    clear_dispute = _clarity(dispute)
    if not dispute and (copied or works):
        dispute, dispute_words = _PERHAPS_DISPUTE.heard(title, opening)
        clear_dispute = _clarity(dispute, 0.75)
    heard = {"AI": ai_words, "copyright": copyright_words or (*whose, *done), "dispute": dispute_words}
    reasons = [f"{name}: {', '.join(words[:6])}" if words else f"no word of {name}" for name, words in heard.items()]
    return clear_ai * clear_copyright * clear_dispute, reasons


# ---------------------------------------------------------------------------------------------- outlets

_NAME = r"(?:[A-Z][\w.’'&+-]*|&|AI|and|of|on|the|for|in)"
_TAIL = re.compile(rf"\s+(?:\|\s+[^|]{{2,50}}|[-–—·]\s+[A-Z][\w.’'&+-]*(?:\s{_NAME}){{0,5}})\s*$")
_QUOTED_OUTLET = re.compile(
    rf"\b(?:told|tells|reported by|writes in|an interview with)\s+(?:the\s+)?[A-Z][\w.’'&-]*(?:\s{_NAME}){{1,5}}"
    rf"|(?:^|(?<=[.!?]\s))(?:[A-Z][\w’'&-]*\s)(?:{_NAME}\s){{1,6}}(?=was (?:the )?first to report|first reported\b)"
    rf"|^[^.\n]{{0,40}}\((?:[A-Z][\w.&-]*\s?){{1,5}}\)\s+[-–—]"
)


def _without_outlet(title: str, opening: str, outlet: str) -> tuple[str, str]:
    """Title and opening without the names of outlets: after the headline, as a source, in the dateline."""
    title = _TAIL.sub("", title)
    opening = _QUOTED_OUTLET.sub(" ", opening)
    host = re.sub(r"^www\.|\.(?:com|org|net|co|info|news|law|ai|io)?(?:\.[a-z]{2,})?$", "", outlet.lower())
    name = re.sub(r"[^a-z0-9]", "", host)
    if len(name) < 5:
        return title, opening
    spelled = re.compile(r"\b" + r"[\W_]{0,3}".join(map(re.escape, name)) + r"\b", re.IGNORECASE)
    return spelled.sub(" ", title), spelled.sub(" ", opening)
