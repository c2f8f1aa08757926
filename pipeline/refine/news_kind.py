"""The kind of event a headline tells of: a suit, a motion, a ruling, an appeal … in the press's words.

A docket's clerk has few words and the press has many: `pipeline.refine.act` reads both for what paper an article
reports; this tells apart the events that follow each other in one case.
"""

from __future__ import annotations

import re

_COURT = "(?:judges?|courts?|magistrates?|panels?|circuit|justices|bench|tribunal|master)"
_RULES = (
    r"rul\w+|orders?|ordered|lets?|tells?|told|says?|said|keeps?|kept|toss\w*|trims?|narrows?|dismiss\w*|den(?:y"
    r"|ies|ied)"
    r"|grants?|granted|refus\w+|reject\w*|finds?|found|holds?|held|blocks?|halts?|bars?|barred|allows?|clears?"
    r"|sanctions?"
    r"|fin(?:es|ed)|certif\w+|excludes?|decid\w+|sets?|sid(?:es|ed)|throws?|strikes?|will not|won[’']t|must|unseals?"
    r"|pauses?|stays?|splits?|declin\w+|limits?|cuts?|approves?|appoints?|named?"
)
_ASKS = (
    r"asks?|asked|urges?|urged|seeks?|sought|wants?"
    r"|moves? (?:to (?:dismiss|strike|compel|seal|block|exclude|certify|intervene|transfer|end|throw|toss|stay"
    r"|delay)|for)"
    r"|motion (?:filed|for|to .{3,30} filed)"
)
_DEAL = "(?:settlement|deal|accord|agreement|pact|payout)"
# In order: of a headline the first that its words match is what it tells.
_KINDS = {
    "many": r"to watch|round-?up|week (?:in (?:review|AI|court|copyright)|ahead)|weekly (?:review|digest|news)"
    r"|(?:month|year) in review|state of play"
    r"|where .{3,60} stand|tracker|so far this (?:month|year)",
    "lawmakers": r"lawmakers?|senators?|senate|congress\w*|(?:house|select) (?:sub)?committee|parliament\w*|MPs|peers"
    r"|ministers?",
    "business": r"raise[sd] [$€£]\S+|investors|valued at|hires?|hired|interview|profile|sign(?:s"
    r"|ed) (?:a )?(?:licen[cs]\w+|deal)"
    r"|licen[cs]es (?:its|their|\w+ (?:catalogue|backlist))|partners with|funding round",
    "counterclaim": r"counter-?(?:su\w+|claims?)(?!.*\b(?:thrown|dismiss\w*|toss\w*|reject\w*))|claims? of (?:its"
    r"|their|her|his) own|hits? back with",
    "answer": r"in its answer|answers(?: to)?(?! engine)|denies (?:copying|cloning|\w+ing)|pleads",
    "post-trial": r"new trial|second jury|undo .{0,30}verdict|judgment as a matter of law"
    r"|(?:overturn|set aside|reduce) .{0,20}(?:verdict|award)",
    "verdict": r"verdict|(?:loses?|lost|wins?|won) (?:\w+ ){0,3}trial|jur(?:y|ors) (?:\w+ ){0,2}?(?:finds?|found"
    r"|awards?|awarded|sides?|sided|clears?|cleared|rejects?"
    r"|says?|decid\w+|agree\w*|could not)|(?:says|finds) jury|hung jury|mistrial|awarded [$€£]\S+",
    "trial": r"trial\b.{0,40}\b(?:opens?|opened|begins?|began|starts?|started|under way)|(?:opens|begins"
    r"|starts) .{0,20}trial"
    r"|opening statements?|jury selection|jurors? (?:hears?|heard|seated)|tells? (?:the )?(?:jury|jurors)"
    r"|takes? the stand|(?:on|stand) trial",
    "approval": r"(?:preliminar\w+|final(?:ly)?|first) (?:approv\w+|nod)|gives? .{0,20}nod|signs? off"
    rf"|approv(?:es|ed|al)\b.{{0,60}}\b{_DEAL}|{_DEAL}\b.{{0,60}}\b(?:approv(?:es|ed|al)|nod|clears?|blessing)"
    rf"|balks? at"
    rf"|{_DEAL}\b.{{0,60}}\b(?:snag|stalls?|rejected|refused|in doubt)|(?:refuses|declines|rejects) .{{0,40}}{_DEAL}"
    r"|doubts over\b.{0,30}deal|fairness hearing",
    "supreme court": r"supreme court|justices|certiorari|high court (?:agrees|declines|to decide)",
    "argument": r"(?:circuit|appeals? (?:court|judges)|appellate|panel)\b.{0,40}\b(?:hears?|heard|weighs?|questions?"
    r"|press(?:es|ed)?|grill\w*|skeptical|sceptical|torn|wary)|oral argument",
    "objection": r"(?:fights?|challenges?|attacks?) (?:\w+ ){0,2}(?:order|ruling|decision)|objects? to|objected to"
    r"|to (?:undo|reverse|set aside|overturn|lift) (?:\w+ ){0,3}(?:order|ruling|decision)|objections?",
    "asked": rf"^(?!.*\b(?:{_COURT}|loses?|lost|wins?|rejects?|denie[sd]|refuses)\b.{{0,30}}\b(?:{_ASKS}|bid"
    rf"|request|motion)\b)"
    r"(?!.*\b(?:asks?|seeks?)\b.{0,40}\b(?:circuit|appeals? court|supreme court|appeal of|review of)\b)"
    rf".*\b(?:{_ASKS})\b",
    "appeal": r"(?:asks?|seeks?|tells?) .{0,40}\b(?:circuit|appeals? court|supreme court|appeal of|review of)"
    r"|(?<!loses )(?<!lose )(?<!lost )(?<!wins )(?<!win )(?<!won )(?<!on )(?<!loses an )(?<!early )"
    r"(?<!during )(?<!pending )(?<!pending an )"
    r"appeal(?:s|ed)?(?! (?:court|judges?|panel|against .{3,40} (?:dismissed|rejected|fails)))(?!.{0,20}(?:request"
    r"|rejected))"
    r"|notice of appeal|to (?:the )?(?:\w+ circuit|appeals court|higher court)|petition(?:s|ed)?|review by",
    "appeal ruling": r"(?:loses?|lost|wins?|won) (?:an? |its |their |on )?appeal|on appeal|circuit"
    r"|appeals? (?:court|judges)|appellate|court of appeal|oberlandesgericht",
    "upheld": r"affirms?|affirmed|upholds?|upheld|overrul\w+|backs magistrate|reconsider\w*|second try",
    "amended": r"amended|(?<!leave to )amend(?:s|ing)?|broaden\w*|widen\w*|adds? (?:\w+ ){0,4}(?:claims?"
    r"|plaintiffs?|defendants?|titles)"
    r"|joins? (?:\w+['’]? ){0,2}(?:lawsuit|suit|case|plaintiffs)",
    "bankruptcy": r"bankrupt\w*|automatic stay|insolven\w+",
    "settlement": r"settl(?:es?|ed|ing|ement)|(?:reach(?:es|ed)?|strikes?|struck|agree\w*"
    r"|announce\w*) .{0,40}(?:deal|accord"
    r"|pact|agreement|settlement|terms)"
    r"|(?<!ordered )(?<!told )(?<!forced )to pay\b.{0,60}\b(?:to end|to resolve|authors|novelists|writers|artists"
    r"|poets)"
    r"|(?:drops?|ends?|withdraws?|abandons?) .{0,40}(?:suit|lawsuit|case|fight|litigation)|stipulation|deal|agreement"
    r"|accord",
    "ruling": rf"{_COURT}\b.{{0,80}}?\b(?:{_RULES})|must|may (?:proceed|pursue|press|go|testify|sue)|(?:loses?"
    rf"|wins?|won|lost)"
    r"|survives?|(?:ordered|told|forced) to|(?:fined|sanctioned|barred|tossed|dismissed|denied|granted|excluded"
    r"|certified"
    r"|rejected|stayed|trimmed|upheld|unsealed)|(?:ruling|order|opinion|decision)|(?:goes?|heads?) to (?:trial|jury)"
    r"|(?:judge|court|magistrate|bench|tribunal) (?!hears\b|to\b|case\b)\w+s|beats|infringes|banned|revived|frees"
    r"|second chance|case ends|no (?:copyright|defen[cs]e|class|fair use|injunction|transfer)|fails? to"
    r"|keep .{0,40} from testifying|to examine|date (?:set|for)|can(?:not|[’']t)|clears? (?:\w+ )?hurdle|case trimmed"
    r"|not infring\w+|(?:trims?|narrows?) .{0,40}(?:suit|lawsuit|case|claims?)|gets to|put on hold|to be (?:kept"
    r"|handed|made)|goes? (?:on|ahead|forward)|recus\w+|reassign\w*"
    r"|new judge",
    "hearing": r"hears?|heard|hearing|spar(?:s|red)|reserv(?:es?|ed)|under (?:advisement|submission)"
    r"|seems? (?:torn|ready|inclined)|weighs?|grill(?:s|ed)|argu(?:es|ed)|skeptical",
    "motion": r"(?:asks?|asked|asking|urges?|urged|seeks?|sought|seeking|wants?|moves?|moved)(?! .{0,20}public)|motion"
    r"|bid (?:to|for)|request(?:s|ed)?|in a filing|oppos(?:es|ed|ing|ition)|brief|tells? (?:the )?(?:court|judge)"
    r"|friend-of-the-court"
    r"|press(?:es)? for",
    "suit": r"sue[sd]?|suing|(?:law)?suits?|complaint|class action|(?:in)?to court|accus(?:es?|ed|ing)|summons?"
    r"|legal action"
    r"|goes? after|takes? on|v\.?(?= [A-Z])|joins? (?:fight|attack|battle)|claim form|brought an action|copied our"
    r"|alleg\w+"
    r"|says? .{0,60}\b(?:copied|cropped|stole|scraped|ended up inside)|faces? .{0,30}(?:claim|action)"
    r"|(?:brings?|brought) .{0,60}\b(?:before|action|claim|case)|(?:trained on|copied|stole) .{0,60}\b(?:claims?"
    r"|says?)$",
    "licence": r"licen[cs]\w+|partner\w*",
    "agency": r"copyright office|inquiry|consultation|guidance|registration",
}  # fmt: skip
_WORDS = {
    name: re.compile(words if words.startswith("^") else rf"\b(?:{words})(?!\w)", re.IGNORECASE)
    for name, words in _KINDS.items()
}
_SAME = {"asked": "motion"}

RULINGS = frozenset({"ruling", "upheld", "appeal ruling", "approval", "verdict", "supreme court"})
_COURTS = frozenset({"ruling", "appeal ruling", "supreme court"})
# Beside another kind these are never its paraphrase: they answer it, or come after it.
FOLLOWING = frozenset({"amended", "answer", "appeal", "counterclaim", "many", "objection", "post-trial"})


def kind(headline: str) -> str | None:
    """What a headline tells of; None where its words do not say."""
    found = next((name for name, words in _WORDS.items() if words.search(headline)), None)
    return _SAME.get(found, found) if found else None


def first_kind(lead: str) -> str | None:
    """What a lead speaks of first."""
    found = ((at.start(), name) for name, words in _WORDS.items() if name != "asked" and (at := words.search(lead)))
    first = min(found, key=lambda each: each[0], default=None)
    return first[1] if first else None


def kinds(text: str) -> frozenset[str]:
    """Every kind of event that a text has words of."""
    return frozenset(_SAME.get(name, name) for name, words in _WORDS.items() if words.search(text))


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two kinds may name one event: an appeals court's ruling is a ruling, and so is a verdict to many."""
    return one == other or {one, other} <= _COURTS or {one, other} == {"ruling", "verdict"}
