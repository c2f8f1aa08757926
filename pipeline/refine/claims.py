"""The claims and defences a paper names, in a vocabulary of our own."""

from __future__ import annotations

import re

from pipeline.model import Passage, Reading

# Claim → how courts and parties write it. A defence is named as such. More exact ones stand first.
VOCABULARY = {
    "direct infringement": r"direct(?:ly)?\s+(?:copyright\s+)?infring\w+|direct\s+liability\s+for\s+infring\w+",
    "vicarious infringement": r"vicarious(?:ly)?\s+(?:copyright\s+)?(?:infring\w+|liab\w+)",
    "contributory infringement": r"contributory\s+(?:copyright\s+)?infring\w+|contributor(?:y|ily)\s+liab\w+",
    "induced infringement": r"induc(?:ed|ing|ement\s+of)\s+(?:copyright\s+)?infring\w+",
    "secondary infringement": r"secondary\s+(?:copyright\s+)?(?:infring\w+|liability)",
    "DMCA § 1201(a)": r"(?:DMCA|17\s+U\.\s?S\.\s?C\.|[Ss]ections?)\s*§{0,2}\s*1201(?:\(a\)|\b)|anti-?circumvention",
    "DMCA § 1202(a)": r"§{0,2}\s*1202\(a\)|false\s+copyright\s+management\s+information",
    "DMCA § 1202(b)": r"§{0,2}\s*1202\(b\)|removal\s+(?:or\s+alteration\s+)?of\s+copyright\s+management\s+information"
    r"|CMI\s+removal",
    "DMCA § 512(f)": r"§{0,2}\s*512\(f\)",
    "Lanham Act": r"Lanham\s+Act|15\s+U\.\s?S\.\s?C\.\s*§{0,2}\s*1125\(a\)|false\s+designation\s+of\s+origin",
    "trademark infringement": r"trademark\s+infring\w+",
    "trademark dilution": r"trademark\s+dilution|dilution\s+of\s+(?:a\s+)?(?:famous\s+)?(?:trade)?mark"
    r"|§{0,2}\s*1125\(c\)",
    "unfair competition": r"unfair\s+competition|\bUCL\b"
    r"|(?:Bus\.|Business)\s+(?:&|and)\s+Prof(?:\.|essions)\s+Code\s*§{0,2}\s*17200",
    "unjust enrichment": r"unjust(?:ly)?\s+enrich\w+|quasi-?contract",
    "trespass to chattels": r"trespass\s+to\s+chattels?",
    "conversion": r"(?:claim|count|cause\s+of\s+action|tort)\w*\s+(?:for|of)\s+conversion|^\W*conversion\W*$",
    "breach of contract": r"breach(?:es|ed|ing)?\s+of\s+(?:express\s+|implied\s+|the\s+)?"
    r"(?:contract|terms\s+of\s+(?:service|use))",
    "right of publicity": r"rights?\s+of\s+publicity|misappropriation\s+of\s+(?:name\s+(?:or|and)\s+)?likeness"
    r"|Civ(?:\.|il)\s+Code\s*§{0,2}\s*3344|Civ(?:\.|il)\s+Rights\s+Law\s*§{0,2}\s*5[01]",
    "Computer Fraud and Abuse Act": r"Computer\s+Fraud\s+and\s+Abuse\s+Act|\bCFAA\b",
    "BIPA": r"Biometric\s+Information\s+Privacy\s+Act|\bBIPA\b",
    "misappropriation": r"(?:hot[\s-]news|common[\s-]law)\s+misappropriation",
    "trade secrets": r"misappropriation\s+of\s+trade\s+secrets?|trade\s+secret\s+misappropriation"
    r"|Defend\s+Trade\s+Secrets\s+Act",
    "tortious interference": r"tortious\s+interference|interference\s+with\s+(?:contract|prospective)\w*",
    "negligence": r"(?:claim|count|cause\s+of\s+action)\w*\s+(?:for|of)\s+negligence|^\W*negligence\W*$",
    "moral rights": r"Visual\s+Artists\s+Rights\s+Act|\bVARA\b|moral\s+rights",
    "antitrust": r"Sherman\s+(?:Antitrust\s+)?Act|Clayton\s+Act|monopoliz\w+",
    "declaratory judgment": r"(?:claim|count|action|complaint)\w*\s+for\s+(?:a\s+)?declarat\w+"
    r"|Declaratory\s+Judgment\s+Act",
    "fair use (defence)": r"fair[\s-]use",
    "preemption (defence)": r"Copyright\s+Act\s+pre-?empt\w*|pre-?empt\w*\s+by\s+the\s+Copyright\s+Act"
    r"|complete(?:ly)?\s+pre-?empt\w*",
    "statute of limitations (defence)": r"statute\s+of\s+limitations|time[\s-]barred",
    "safe harbor (defence)": r"(?:DMCA|512(?:\(c\))?)\W+safe[\s-]harbou?rs?",
    "substantial noninfringing use (defence)": r"substantial(?:ly)?\s+non-?infringing\s+uses?",
    "copyright infringement": r"copyright\s+infring\w+|infring\w+\s+of\s+(?:\w+\s+)?copyrights?",
}
# One of these stands in every spelling of the claim: most papers name few, and need not be searched for the rest.
_STEMS = {
    "direct infringement": "direct",
    "vicarious infringement": "vicarious",
    "contributory infringement": "contributor",
    "induced infringement": "induc",
    "secondary infringement": "secondary",
    "DMCA § 1201(a)": "1201 circumvention",
    "DMCA § 1202(a)": "1202 management",
    "DMCA § 1202(b)": "1202 management cmi",
    "DMCA § 512(f)": "512",
    "Lanham Act": "lanham 1125 designation",
    "trademark infringement": "trademark",
    "trademark dilution": "dilution 1125",
    "unfair competition": "unfair ucl 17200",
    "unjust enrichment": "unjust quasi",
    "trespass to chattels": "trespass",
    "conversion": "conversion",
    "breach of contract": "breach",
    "right of publicity": "publicity likeness 3344 civil civ.",
    "Computer Fraud and Abuse Act": "computer cfaa",
    "BIPA": "biometric bipa",
    "misappropriation": "misappropriation",
    "trade secrets": "trade",
    "tortious interference": "interference",
    "negligence": "negligence",
    "moral rights": "visual vara moral",
    "antitrust": "sherman clayton monopoliz",
    "declaratory judgment": "declarat",
    "fair use (defence)": "fair",
    "preemption (defence)": "preempt pre-empt",
    "statute of limitations (defence)": "limitations barred",
    "safe harbor (defence)": "harbo",
    "substantial noninfringing use (defence)": "infringing",
    "copyright infringement": "infring",
}
_NAMED = {name: re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE | re.MULTILINE) for name, words in VOCABULARY.items()}
_AS_CLAIM = re.compile(
    r"\b(?:claims?|counts?|causes?\s+of\s+action|defen[cs]es?|liab(?:le|ility)\s+for|sues?\s+for|alleg\w+)\b",
    re.IGNORECASE,
)
_MORE_EXACT = {"copyright infringement": re.compile(r"direct|vicarious|contributory|secondary|induc", re.IGNORECASE)}


def find_claims(text: str, *, after: int = 0) -> tuple[Reading, ...]:
    """Each claim or defence of the `VOCABULARY` that a text names behind its caption, once, in order of appearance.

    The words chosen are the first that speak of it as one ("the claim for …", "COUNT II …": confidence .9); else the
    first that name it at all (.6).
    """
    found: list[Reading] = []
    lower = text.lower()
    for name, pattern in _NAMED.items():
        if not any(stem in lower for stem in _STEMS[name].split()):
            continue
        named = [*pattern.finditer(text, after)]
        if exact := _MORE_EXACT.get(name):
            named = [match for match in named if not exact.search(text, max(0, match.start() - 15), match.start())]
        if not named:
            continue
        as_claim = next((match for match in named if _AS_CLAIM.search(_around(text, match))), None)
        chosen = as_claim or named[0]
        passage = Passage(chosen.start(), chosen.end(), chosen[0])
        found.append(Reading("claim", name, passage, 0.9 if as_claim else 0.6))
    return tuple(sorted(found, key=lambda reading: reading.passage.start))


def _around(text: str, match: re.Match[str]) -> str:
    """The words of the sentence or heading near a mention."""
    first, last = max(0, match.start() - 80), match.end() + 60
    start = max(text.rfind(". ", first, match.start()), text.rfind("\n\n", first, match.start()), first)
    stops = [at for at in (text.find(end, match.end(), last + 1) for end in (". ", "\n\n")) if at >= 0]
    return text[start : min([*stops, last])]
