"""Words that make "infringement", "scraping" or "AI" somebody else's business: other laws, other trades.

Most suits about AI are not about copyright; each ground on which they are brought has words of its own.
"""

from __future__ import annotations

import re
from math import log

_FALSE = (
    r"(?:fake|fabricated|bogus|invented|non-?existent|phantom|fictitious|made-up)"
    r" (?:\w+ )?(?:citations?|cases?|quot\w+|precedents?|authorit\w+|reviews?)"
    r"|invent(?:s|ed|ing)? (?:\w+ ){0,2}(?:citations?|cases?|quot\w+|precedents?)"
    r"|(?:citations?|cases?|precedents?) (?:that|which) (?:do|did|does)(?: not|n[’']t) exist|never existed"
)
# How much of the odds the words of each field leave, roughly.
_LEAVES = {
    "patents": 0.35, "trade secrets": 0.35, "trademarks": 0.6, "privacy": 0.5, "false citations": 0.12,
    "legislation": 0.45, "rule-making": 0.35, "licence deals": 0.5, "competition": 0.45,
    "contract and consumers": 0.5, "power and land": 0.35, "courts' own tools": 0.35, "no AI": 0.2, "prizes": 0.5,
    "advice": 0.3,
}  # fmt: skip
_WORDS = {
    "patents": r"patent(?:s|ed|able)?|PTAB|inter partes|Alice|inventors?|inventorship",
    "trade secrets": r"trade[- ]secrets?|non-?compete|secrets|confidential files|poach\w*"
    r"|(?:former|ex)[- ](?:engineer|employee|researcher|staffer)s?",
    "trademarks": r"trade ?marks?|(?:on|over|using|under) (?:\w+[’']s )?(?:a |its |the |their |similar )?names?"
    r"|confusion (?:was |is )?(?:likely|among)|(?:likelihood of|consumer) confusion|brand names?"
    r"|rebrand\w*|(?<!AI )logos?(?! (?:mak|gener)\w+)",
    "privacy": r"privacy|biometric|BIPA|wiretap\w*|personal data|GDPR|surveillance|data[- ]protection"
    r"|personal information|face search|users[’'] (?:posts|chats|suit)"
    r"|(?:user|users[’']|children[’']s|customer|patient|health) data"
    r"|fac(?:ial|e) recognition|private (?:messages|conversations|chats|photos)|eavesdrop\w*"
    r"|(?:pixel|location|cookie) track\w*|tracking (?:pixels?|cookies|tools?)"
    r"|voice ?prints?|secretly record\w*|medical records",
    "false citations": rf"hallucinat\w+|{_FALSE}"
    r"|(?:drafted|written|prepared) (?:with|by) (?:ChatGPT|Copilot|Gemini|Claude|a chatbot|AI)"
    r"|AI-(?:generated|assisted) (?:filings?|briefs?|citations?)",
    "legislation": r"bills?|lawmakers?|senat(?:e|ors?)|congress\w*|parliament\w*|legislat\w+|MPs|peers|Lords"
    r"|ministers?",
    "rule-making": r"consultation|AI Act|regulators?|watchdogs?|ministry|working paper|panel (?:floats|proposes)"
    r"|white paper|executive order|White House|the president (?:has|had|signed|ordered)"
    r"|(?<!ex-)(?<!former )governors?|guidance|guidelines|task force"
    r"|state laws?|ordinance|inquiry|circular|invites? comments|proposed rule|pre-publication"
    r"|discussion paper"
    r"|copyright office(?:[’']s)? (?:report|study|says|finds|concludes|publishes|issues|releases)",
    "harm to persons": r"defam\w+|libel|reputation\w*|suicid\w*|wrongful death|self-harm|own li(?:fe|ves)|died"
    r"|death"
    r"|killed|mental health|toddlers?|parents|AI toys?"
    r"|psychosis|minors|teen\w*|harm(?:s|ed)? to|grooming|child (?:safety|abuse)"
    r"|negligen\w+|product liability|wrongful|overdose|stalk\w*|misinformation|discriminat\w+"
    r"|bias(?:ed)?|addict\w+|undress\w*|intimate images|nud(?:e|ity|if\w+)|indecent|crash(?:es|ed)?"
    r"|malpractice",
    "likeness": r"rights? (?:of|to) publicity|(?:personality|publicity|image) (?:rights|claims?)"
    r"|digital (?:doubles?|replicas?)|NO FAKES|sound-?alike|deepfak\w+|likeness(?:es)?|impersonat\w+"
    r"|endorsements?|posed as|names and faces",
    "licence deals": r"licen[cs]es (?:\w+ ){1,4}(?:for|to)\b|licensing (?:deal|agreement|pact)"
    r"|content (?:deal|licen[cs]e|partnership)|extends? .{0,30}(?:licen[cs]e|deal)"
    r"|partner(?:s|ed|ing|ship)|signs? (?:a )?deal|team(?:s|ed|ing)? up|joins? forces|tie-up"
    r"|collaborat\w+",
    "competition": r"antitrust|anti-?trust|monopol\w+|dominan(?:ce|t)|competition (?:authority|watchdog|law)"
    r"|Sherman Act|for-?profit|non-?profit status|charitable|shopping|cartel|crush rivals|mergers?",
    "contract and consumers": r"breach of (?:contract|terms|warranty)|terms of service|unjust enrichment|trespass"
    r"|unpaid (?:invoices|rent)|false advertising|decepti\w+"
    r"|misled (?:customers|consumers|buyers|users)|refunds?|consumer protection|overcharg\w+"
    r"|robo-?calls?|civil rights",
    "investors": r"shareholders?|stockholders?|investors|securities|SEC|share price|stock drop|fiduciary"
    r"|short-?sellers?",
    "business": r"outlook|revenues?|earnings|profits?|valuation|funding round|fundrais\w+|IPO|subscribers"
    r"|raises? (?:\$|€|£)|shares (?:rise|fall|jump|rose|fell|of)|acqui(?:res|red|sition)"
    r"|quarterly results",
    "work": r"layoffs?|laid off|(?:fired|firing) (?:of|after|for)|sacked|practi[sc](?:ed?|ing) law"
    r"|strike (?:vote|ends)|collective (?:bargaining|agreement)|union contract"
    r"|job applicants?|hiring|wages?|overtime|ratif\w+|resum[eé]s|whistle-?blow\w+|harassment",
    "security": r"pentagon|military|hack(?:ers?|ed)|data breach|phishing|malware|supply[- ]chain|weapons?"
    r"|national security|export controls?|immigration|police",
    "speech and elections": r"elections?|candidates?|First Amendment|free speech|Section 230|content moderation"
    r"|age verification",
    "power and land": r"data cent(?:er|re)s?|turbines?|zoning|power plants?|emissions|Clean Air Act",
    "courts' own tools": r"judicial conference|stenograph\w+|court reporters?|(?:judges?|courts?) (?:uses?|tests?) AI",
    "no AI": r"(?:does|did|do) not (?:involve|concern|mention)",
    "prizes": r"prizes?|awards? (?:ceremony|show)|festival|exhibition",
    "crime": r"prosecutors?|indict\w+|fraud\w*|defraud\w*|jailed|sentenced|prison|arrest(?:s|ed)|extort\w*"
    r"|counterfeit\w*|guilty|convicted|criminal(?:ly)? charge[sd]?|scams?|burglar\w*|murder\w*",
    "advice": r"we tested|tools of the year|how to opt out|five clauses|drafting|checklist|best practices?"
    r"|a guide (?:to|for)",
}
# Name → (how far its words lead away, its words).
NEIGHBOURS = {
    name: (-log(_LEAVES.get(name, 0.4)), re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in _WORDS.items()
}
