"""The words by which `pipeline.refine.relevance` hears AI, copyright and a dispute.

Where a vocabulary has a *perhaps*, its words count only beside words of another: "model" and "Meta" speak of AI where a
work is said to have been used, "maps" of works where they are said to have been copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    words: re.Pattern[str]

    def heard(self, title: str, opening: str) -> tuple[int, tuple[str, ...]]:
        """How often, and the words. A word in the title weighs as much as two in the text."""
        in_title = _distinct(self.words, title)
        in_text = _distinct(self.words, opening) - in_title
        return 2 * len(in_title) + len(in_text), tuple(sorted(in_title | in_text))


def _distinct(pattern: re.Pattern[str], text: str) -> set[str]:
    return {" ".join(found[0].lower().split()) for found in pattern.finditer(text)}


# Makers of models and their products.
_MAKERS = (
    r"\w*GPT(?:-?\d\w*)?|OpenAI|Anthropic|Claude|Midjourney|Stability(?: AI)?|Stable (?:Diffusion|Audio)|Suno|Udio"
    r"|Perplexity|Copilot|Gemini|NotebookLM|Imagen|Gemma|Llama|Cohere|xAI|Grok|Character\.AI|ElevenLabs|MiniMax"
    r"|Hailuo|Sora|Seedance|Kling|Runway|DeepSeek|Qwen|Mistral|DALL[-·]E|Firefly|xGen|NeMo|Megatron|OpenELM"
    r"|Black Forest Labs|Ideogram|Leonardo\.AI|Luma|Pika|Riffusion|Uncharted Labs|Mubert|Boomy|Jasper|AI21|Inflection"
    r"|Aleph Alpha|EleutherAI|Eleuther|The Pile|C4|Moonshot|Kimi|Zhipu|Doubao|Ernie Bot|Sarvam|Krutrim|Bard|Codex"
    r"|Bing Chat|AI Overviews?|NovelAI|Replika|Caseway|Prosecraft|Alexa|Siri|Bedrock|CoCounsel|Vincent AI"
    r"|Apple Intelligence|Hugging Face|RedPajama|LAION|Common Crawl|Creativity Machine"
)
AI = Vocabulary(
    re.compile(
        r"\b(?:A\.?I\.?|artificial[- ]intelligence|gen(?:erative)?[- ]?AI|(?:large )?language models?|LLMs?|chatbots?"
        rf"|{_MAKERS}"
        r"|checkpoints?|AI labs?"
        r"|machine[- ]learning|training (?:data|sets?|corp(?:us|ora))|trained on|diffusion models?|neural networks?"
        r"|deep[- ]learning|LoRAs?|virtual assistants?|voice assistants?|conversational assistants?"
        r"|text generators?|frontier models?"
        r"|model weights|web[- ]scale|answer bots?|natural[- ]language|AI-\w+|foundation models?|answer (?:engine"
        r"|service)s?|code (?:assistant|generator)s?"
        r"|text-to-(?:image|video|music|speech)"
        r"|(?:image|music|video|voice|song|code|map|picture|string|art|speech|audio|text|story|recipe|design"
        r"|photo|poem"
        r"|logo|font|beat|joke|essay)[- ](?:generat(?:ors?|ion|ing)|models?|tools?|mak(?:ers?|ing) models?"
        r"|synthesi[sz]ers?)"
        r"|(?:image|music|video|voice|song|story|news|art|recipe|lyrics?|writing|tutor|homework|search)[- ]?bots?"
        r"|puzzle bots?"
        r"|(?:\w+-writing|narrat\w+|composition|summary|drawing|paint\w+) (?:apps?|assistants?|engines?|tools?)"
        r"|voice[- ]?clon(?:e|es|ed|ing)|cloned (?:voices?|narration|narrators?)|synthetic voices?|[Gg]enerative"
        r"|(?:machine|computer)[- ](?:authors?|made|generated|created)"
        r"|(?:non-?|only |no |without (?:a )?)humans? (?:(?:can be|being|as) )?(?:an? )?authors?(?:hip)?|KI|IA)\b"
    ),
)
# A maker, its product, or a kind of product that makes works; "AI" and "chatbot" may be anybody's.
NAMED_AI = re.compile(rf"\b(?:{_MAKERS}|(?:[Gg]enerative|[Gg]enerators?|text-to-\w+|LLMs?|language models?))\b")
# Say "AI" only where works are also said to have been used.
PERHAPS_AI = Vocabulary(
    re.compile(
        r"\b(?:Google|Microsoft|Apple|Meta|Nvidia|Amazon|Adobe|Salesforce|ByteDance|Databricks|Bloomberg|GitHub|Veo"
        r"|Snap|Naver|Baidu|Alibaba|Tencent|Roblox|Ross|models?|machines?|computers?|train(?:ed|ing|s)?|prompts?"
        r"|developers?"
        r"|generators?|generated|algorithms?|text[- ]and[- ]data mining|tech (?:giants?|firms?|compan(?:y|ies))"
        r"|DeviantArt|crawlers?|scrapers?|\w*bots?|synthetic|fine-?tun\w+|start-?ups?|assistants?|weights|neural"
        r"|automat(?:ed|ic)|Alphabet|Samsung|Yandex|Kakao|Reliance|Canva"
        r"|Grammarly|Scribd|Shutterstock|(?:image|search|composition|summary) (?:apps?|service|tool)|labs?"
        r"|data ?sets?|corpus|software learn\w*"
        r"|(?:drawn|made|painted|written|composed|created|generated|produced) by (?:software|a (?:program|machine))"
        r"|retrain\w*|search giants?|(?:type|rhyme|verse|text) generators?)\b"
    ),
)
COPYRIGHT = Vocabulary(
    re.compile(
        r"\b(?:copyright(?:s|ed|able|ability)?|DMCA|fair[- ](?:use|dealing)|pira(?:ted?|cy|ting)"
        r"|shadow librar(?:y|ies)"
        r"|torrent\w*|LibGen|Library Genesis|Books3|Anna['’]s Archive|droits? voisins?|Urheber\w*|copyists?"
        r"|public[- ]domain|statutory damages|moral rights|sound recording rights"
        r"|unlawful(?:ly)? cop\w+|droit d['’]auteur|Urheberrecht\w*|copying"
        r"|infring\w+|contributory (?:claims?|liability)|market (?:harm|dilution)"
        r"|copyright management information"
        r"|(?:books?|novels|articles|songs|lyrics|recordings|photos?|photographs|videos|works) (?:[\w-]+ ){0,3}"
        r"(?:to|for) train\w*|section 120[12]|substantially similar|stream[- ]ripp\w+|licen[cs]e text"
        r"|protected (?:characters?|texts?|works?|material|songs?|content)|(?:grants?|enjoys?) protection"
        r"|text[- ]and[- ]data mining|unlicensed|authorship|neighbouring rights?"
        r"|(?:humans?|machines?|computers?) (?:can(?:not)? )?be (?:an? )?authors?)\b",
        re.IGNORECASE,
    ),
)
# Where copyright is not named, whose works: those who own them …
_OWNERS = (
    r"authors?|writers?|dramatists?|choral societ\w+|ghostwriters?|novelists?|poets?|biographers?|playwrights?"
    r"|screenwriters?|journalists?|reporters?|illustrators?|sculptors?|choreographers?|lexicographers?"
    r"|translators?|creatives|artists?|painters?|photographers?|cartoonists?|animators?|film-?makers?|designers?"
    r"|(?:documentary|crossword) makers|publish(?:ers?|ing)|newspapers?|newsrooms?|magazines?|dail(?:y|ies)"
    r"|press (?:group|agency|articles?)|(?:news|media|wire) (?:groups?|companies|organi[sz]ations?|agency|service)"
    r"|bloggers?|creators|YouTubers|podcasters?|broadcasters?|choirs?|guilds?|foundr(?:y|ies)|columnists?|labels"
    r"|(?:record|music|indie|major|the) label|(?:record|music) compan(?:y|ies)|musicians?|singers?|songwriters?"
    r"|lyricists?|pianists?|violinists?|guitarists?|drummers?|rappers?|orchestras?|performers?|comedians?"
    r"|composers?|imprints?|Hollywood|wire services?|voice actors?|(?<!real )estates?(?! dispute)|heirs"
    r"|group of creators|bands?"
    r"|studios?|coders?|programmers?|narrators?|academics|rights ?holders?|(?:copyright|rights) owners?|The Times"
    r"|New York Times|Getty|Disney|Universal|Warner|Sony|GEMA|Concord|Authors Guild|Marvel|Superman|Pok[eé]mon"
    r"|Ghibli|Nikkei|Asahi|Yomiuri|Mainichi|Kadokawa|Shueisha|ANI|T-Series|Saregama|UMG|BMG|Axel Springer"
    r"|Bertelsmann|Elsevier|Wiley|Hearst|Tribune|Postmedia|Globe and Mail|Toronto Star|CBC|BBC|CNN|CanLII|Mumsnet"
    r"|Chegg|Merriam[- ]Webster|Daily News|Raw Story|Thomson Reuters|Westlaw|Penguin|Hachette|Britannica"
    r"|Ziff Davis|Dow Jones"
)
# … and the works.
_THINGS = (
    r"dispatches|columns?|masters|superhero\w*|journals?|lectures?|headlines|bylines|definitions|textbook"
    r"|answer keys?|case (?:summaries|law)|court (?:decisions|opinions)|stock (?:pictures?|images?|library)"
    r"|voice[- ]overs?|narration|sound effects|short stories|sequels?|networks?|how-to|crosswords?|greeting cards"
    r"|sermons?|folk ?tales?|librar(?:y|ies)|archives?|catalogues?|backlists?|e-?books?|webtoons?|lyrics|hymns?"
    r"|hymnals?|books?|novels?|textbooks?|articles|stor(?:y|ies)|journalism|reporting|songs?|recordings?|tracks"
    r"|melod(?:y|ies)|albums?|sheet music|arrangements|headnotes?|annotations|encyclop\w+|dictionar(?:y|ies)"
    r"|comics?|manga|anime|characters?(?!\.AI)|cartoons?|images?|photos|photographs?|portfolios?|drawings?"
    r"|illustrations?|art(?:works?)?|typefaces?|puzzles|films?|movies?|videos?|footage|clips|shows|scripts?"
    r"|screenplays?|recipes?|poems?|poetry|paintings?|pictures?|audiobooks?|source code|open-source|paywalled"
)
OWNERS = re.compile(rf"(?:{_OWNERS})", re.IGNORECASE)
WORKS = Vocabulary(re.compile(rf"\b(?:{_OWNERS}|{_THINGS})\b", re.IGNORECASE))
# Say "works" only where something is said to have been done with them.
PERHAPS_WORKS = Vocabulary(
    re.compile(
        r"\b(?:sculpt\w+|statues?|tattoo\w*|choreograph\w*|danc(?:e|es|ers?)|architects?|blueprints?|plans|maps?"
        r"|charts"
        r"|atlas(?:es)?|tales|fiction|memoirs?|biograph(?:y|ies)|essays?|papers|titles|canvas(?:es)?|murals?|prints"
        r"|jingles?|beats|samples|scores|games?|fonts?|manuals?|courses|tutorials?|patterns|wikis?|databases?"
        r"|transcripts?|subtitles?|translat(?:ions?|ors?)|interviews|cookbooks?|quizzes|questions|pieces|designs?"
        r"|music|professors?|historians?|scholars|actors|chefs?|outlets|code|news|press|posts|magazine|catalogs?"
        r"|content|works?)\b",
        re.IGNORECASE,
    ),
)
# … and what was done with them.
USE = Vocabulary(
    re.compile(
        r"\b(?:train(?:ed|ing|s)?|teach|taught|learn(?:s|ed|ing)? from|cop(?:ies|ied|y|ying)|scrap(?:ed?|ing|ers?)"
        r"|torrent\w*|seed(?:ed|ing)|download\w*|swallow\w*|ingest\w*|digest\w*|lift(?:ed|ing)|reproduc\w+"
        r"|duplicat\w+|replicat\w+|regurgitat\w+|recit\w+|memori[sz]\w+|absorb\w*|hoover\w*|vacuum\w*|siphon\w*"
        r"|gobbl\w+|launder\w*|appropriat\w+|exploit\w*|extract\w*|tuned?|reappear\w*|resembl\w+|paraphras\w+"
        r"|rewrit\w+"
        r"|summari(?:es|[sz]\w+)|free[- ]rid\w+|help(?:s|ed|ing) itself|used to|use of|transformative|imitat\w+"
        r"|mimic\w*|plagiari\w+|verbatim|word for word|look-?alikes?|cloned"
        r"|(?:was|were|been) fed|fed (?:to|into|with|her|his|its|the)|feeds|built on|mines?|mining|repeats?|renders?"
        r"|stol?en|steal\w*|theft|took|takings?|ripp(?:ed|ing)"
        r"|licensing market|market for licen[cs]es"
        r"|without (?:(?:a )?licen[cs]e|paying|asking|consent|permission|authori[sz]ation)|unauthori[sz]ed"
        r"|shadow librar(?:y|ies)|LibGen"
        r"|Books3|Anna['’]s Archive|outputs?|recall(?:s|ed)?|spit(?:s|ting)? out|call(?:s|ed) up|parrot\w*"
        r"|plunder\w*|pillag\w*|loot\w*|raid(?:s|ed|ing)?"
        r"|rip-?offs?|knock-?offs?|cop(?:y|ies) stored|stor(?:es|ed|ing)|hoard\w*|bulk[- ]download\w*|emulat\w+"
        r"|pour(?:s|ed) into"
        r"|trawl\w*|strip-?min\w+|fed on|in the style of|by the prompt|used (?:\w+ ){0,2}without|crawl\w*"
        r"|harvest\w*|corpus|dataset|data set|derivative"
        r"|communication to the public|pirated|transformation)\b",
        re.IGNORECASE,
    ),
)
DISPUTE = Vocabulary(
    re.compile(
        r"\b(?:lawsuits?|sue[sd]?|suing|suits?|class[- ]actions?|litigation|litigants?|plaintiffs?|defendants?"
        r"|complaint|courts?|judges?|magistrate|bench|jur(?:y|ors?|ies)|trial|rul(?:es|ed|ing|ings)\b(?! out)|verdict"
        r"|settle(?:s|d|ments?)?|accord|appeals?|appellate|injunctions?|motions?|dismiss(?:es|ed|al)?|tosses|revives"
        r"|summary judgment|depositions?|subpoena\w*|discovery|sanctions?|damages|tribunal|hearing|judgments?"
        r"|privilege"
        r"|circuit|legal (?:action|battle|fight)|certif(?:ies|ied|ication)|opt[- ]outs?|(?:class|interim"
        r"|lead) counsel"
        r"|proceedings|justices|docket|stipulation|rehearing|amicus|friend-of-the-court|(?:files?"
        r"|filed) (?:a )?briefs?"
        r"|plea(?:s|ds?|ded|dings?)?|petition(?:s|ers?)|respondents?|writs?|amici|barristers?|solicitors?|KC|QC"
        r"|HC|OLG|LG|BGH|CJEU"
        r"|Landgericht|Oberlandesgericht|EuGH|Klage|Urteil|affidavits?|interlocutory|oral arguments?|en banc"
        r"|cert(?:iorari)?"
        r"|summons|statement of claim|case management|depos(?:es|ed)|prevails? over|faces? (?:new |fresh )?claims"
        r"|case number|quash\w*|injunct\w*|discover(?:y|able)|fee awards?|objectors?|class members?"
        r"|claims administrator"
        r"|permission to appeal|leave to appeal|hold(?:s|ing) that|held that|court-ordered|special master"
        r"|protective order|fairness|payouts?|dispute|legal row|MDL|multidistrict|jurisdiction|repleads?"
        r"|claimants?|liable|counter-?su\w+|counterclaims?|remand\w*|arbitrat\w+|mediation|consolidat\w+|intervene"
        r"|pleads?|seeks damages"
        r"|(?:drops?|ends?|brings?) (?:\w+ ){1,2}(?:case|suit|action)"
        r"|(?:case|suit|claims?|action|files?|goes) (?:against|after)|accus(?:es|ed)|alleg(?:es|ed|ing)|disputes"
        r"|petition|testif\w+|under oath|papers filed|v\.?(?=\s[A-Z])|vs\.?(?=\s))\b",
        re.IGNORECASE,
    ),
)
# Say "dispute" only where works or rights are spoken of.
PERHAPS_DISPUTE = Vocabulary(
    re.compile(
        r"\b(?:cases?|claims?|lawyers?|attorneys?(?![- ]general)|litigators?|filings?|(?:their|her|his) action"
        r"|go(?:es)? after|fights?"
        r"|going after|take(?:s|n)? on|be heard|matter|holds|held|defen[cs]es?|cases? law|wins?|lose[sd]?|loses"
        r"|losing|beats?|prevails?"
        r"|opinions?|decisions?|decides?|arguments?|counts|fighting|battles?|legal threats?|cease[- ]and[- ]desist"
        r"|challenges?|(?:must|to) hand over)\b",
        re.IGNORECASE,
    ),
)
