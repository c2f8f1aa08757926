"""What readers share: sentences with offsets, mended line breaks, footnote marks, adverts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.model import Passage

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NOTE_START = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[*†‡](?=\s?[A-Z“])")

# ---------------------------------------------------------------------------------------------- sentences

_ABBREVIATIONS = {
    "mr", "mrs", "ms", "dr", "hon", "jr", "sr", "st", "esq", "prof", "rev", "gen", "gov", "sen", "rep", "no", "nos",
    "inc", "corp", "co", "ltd", "llc", "plc", "llp", "cos", "bros", "assn", "v", "vs", "cir", "ct", "app", "civ",
    "crim", "evid", "bankr", "fed", "reg", "stat", "const", "amend", "art", "sec", "ch", "cl", "dkt", "doc", "docs",
    "ex", "exs", "exh", "exhs", "id", "ibid", "op", "opp", "br", "mot", "mem", "decl", "compl", "answ", "ans", "tr",
    "dep", "depo", "ord", "al", "cf", "etc", "viz", "e.g", "i.e", "u.s", "u.s.c", "p", "pp", "para", "paras", "fig",
    "figs", "vol", "ed", "eds", "supp", "rptr", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct",
    "nov", "dec", "mass", "cal", "conn", "del", "fla", "ill", "tex", "wash", "pa", "va", "dist", "div", "dept",
    "approx", "ave", "blvd", "ste", "a.k.a", "d/b/a", "n.y", "s.d", "e.d", "n.d", "w.d", "c.d", "m.d", "d.c",
}  # fmt: skip
_LONGEST = 20  # characters of an abbreviation; a page may be one sentence
_END = re.compile(r"[.!?]+[”’\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:\s+(?=[“‘\"'(\[¶§]*[A-Z0-9])|\s*\Z)|[:;]\n")


def sentences(text: str) -> Iterator[Passage]:
    """Every sentence of a text in order. A paragraph ends a sentence; abbreviations and initials do not."""
    for start, end in paragraphs(text):
        begin = start
        for boundary in _END.finditer(text, start, end):
            if boundary.end() < end and _abbreviated(text, boundary.start(), begin):
                continue
            yield from _passage(text, begin, boundary.end())
            begin = boundary.end()
        yield from _passage(text, begin, end)


def _abbreviated(text: str, stop: int, begin: int) -> bool:
    if text[stop] != ".":
        return False
    token = re.split(r"[\s(\[“\"‘]", text[max(begin, stop - _LONGEST) : stop])[-1].lower()
    if token in {"a.m", "p.m"}:
        return (
            re.match(r"\.\s+(?:\(|(?:[ECMP][SD]?T|Eastern|Central|Mountain|Pacific)\b)", text[stop : stop + 16])
            is not None
        )
    if stop - len(token) == begin and re.fullmatch(r"[ivx]+|[a-z]|\d{1,2}", token):
        return True  # a list's own "1." or "A." opens its sentence
    return token in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", token) is not None


def _passage(text: str, start: int, end: int) -> Iterator[Passage]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if words:
        yield Passage(start, start + len(words), words)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the paragraphs: runs of text parted by a blank line."""
    start = 0
    for gap in re.finditer(r"\n\s*\n", text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


# ---------------------------------------------------------------------------------------------- mending

_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[\ufffe\u00ad]([\s]*)([^\W\d_]+)")


def mend_hyphens(text: str) -> str:
    """Words parted at the end of a line, made whole. The parting is marked U+FFFE (as PDFium does) or U+00AD.

    The text's own words decide between ``copy-right`` and ``good-faith``: the whole word seen elsewhere wins, then
    the hyphenated one, then two halves that both stand as words; otherwise the hyphen was the typesetter's.
    """
    if "\ufffe" not in text and "\u00ad" not in text:
        return text
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def mended(match: re.Match[str]) -> str:
        left, right = match[1], match[3]
        page = "\f" if "\f" in match[2] else ""
        whole, hyphenated = left + right, f"{left}-{right}"
        if words[whole.lower()] or not right[0].islower():
            return page + (whole if words[whole.lower()] else hyphenated)
        # Both halves are counted once by this very match.
        halves = words[left.lower()] > 1 and words[right.lower()] > 1 and min(len(left), len(right)) > 2
        return page + (hyphenated if words[hyphenated.lower()] or halves else whole)

    mended_text = _BROKEN.sub(mended, text)
    return re.sub(r"(?<=\w)[\ufffe\u00ad]\s*(?=\w)", "-", mended_text).replace("\ufffe", "-").replace("\u00ad", "")


def unwrap(lines: Sequence[str]) -> str:
    """Lines of one block → its text. A line break is kept where the next line's first word would still have fitted."""
    width = max(map(len, lines), default=0)
    if width < 50:  # a caption, a signature, an address: its breaks are meant
        return "\n".join(line.strip() for line in lines)
    out = lines[0].strip()
    for above, line in pairwise(lines):
        text = line.strip()
        full = len(above.rstrip()) + 1 + len(text.partition(" ")[0]) > width
        if re.search(r"[^\W\d_]-$", out) and text[:1].islower():
            out = f"{out[:-1]}\u00ad{text}"
        else:
            out += (" " if full else "\n") + text
    return out


def join_broken(blocks: Iterable[str]) -> list[str]:
    """Paragraphs whose sentence a page break cut in two, joined again.

    A sentence goes on where a paragraph of some length ends without punctuation and the next begins in lower case.
    """
    joined: list[str] = []
    for block in blocks:
        if joined and runs_on(joined[-1], block):
            joined[-1] = f"{joined[-1]} {block}"
        else:
            joined.append(block)
    return joined


def runs_on(above: str, below: str) -> bool:
    """Whether two paragraphs are one sentence cut in two."""
    return (
        bool(re.match(r"[a-z][a-z’']*[\s,;-]", below))
        and re.search(r"[.!?:;][”’\"')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", above) is None
        and len(above.split()) >= 6
        and any(word.islower() for word in above.split()[-6:])
    )


def footnotes_last(blocks: Iterable[str]) -> list[str]:
    """Body paragraphs first, then those that begin with a footnote mark."""
    body: list[str] = []
    notes: list[str] = []
    for block in blocks:
        (notes if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", block) else body).append(block)
    return body + notes


# ---------------------------------------------------------------------------------------------- adverts

_ADVERT = re.compile(
    r"""(?:[-–—•*»>\s\[(]*)(?:
      (?:sponsor(?:ed)?|ads?|advert(?:isement|isements|ising|orial)?|publicité|werbung|anzeige|promoted)
          (?:\s+(?:ads?|content|message|by|links?|post))?\s*(?:[-–—:|(].{0,60})?
    | (?:a\s+(?:message|word)\s+)?from\s+our\s+(?:sponsors?|partners?|advertisers?)
    | (?:story|article|post)\s+continues\s+(?:below|after)(?:\s+(?:this\s+)?(?:ad|advert|advertisement|the\s+break))?
    | (?:scroll|keep\s+scrolling|continue\s+reading|skip)\s+(?:down\s+)?(?:to|for|past|below)
          \s+(?:continue|more|read|the|advert\w*|ad)\b.{0,50}
    | continue\s+reading(?:\s+(?:below|the\s+main\s+story))?
    | (?:read|see|watch|hear|listen)\s+(?:more|also|next)(?:\s*:.{0,160}|\s+(?:stories|news|from|on)\b.{0,60})?
    | (?!.*\.$)(?:lesen\s+sie\s+(?:auch|mehr|dazu)|auch\s+interessant|mehr\s+zum\s+thema
          |das\s+könnte\s+sie\s+auch\s+interessieren|(?:à\s+)?lire\s+aussi|le[ae]\s+también|te\s+puede\s+interesar|leggi\s+anche
          |le(?:ia\s+(?:também|mais)|es\s+ook|s\s+også)|läs\s+(?:också|mer)|czytaj\s+(?:też|także|więcej))\b.{0,160}
    | passer\s+la\s+publicité|publicidad|pubblicità|ein\s+klick\s+für\s+den\s+datenschutz
    | (?:externer|empfohlener\s+(?:externer|redaktioneller))\s+inhalt\b.{0,60}
    | (?:related|recommended|trending|popular|most\s+(?:read|popular|viewed)
          |more\s+(?:from|like\s+this|stories|on\s+this))
          (?:\s+(?:articles?|stories|posts?|content|coverage|news|reading|topics|links|videos?))?
          (?:\s+(?:in|on)\s.{1,40}|\s*:.{0,160})?\s*
    | (?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|don[’']t\s+miss|editor[’']s\s+picks?
          |up\s+next)\b.{0,60}
    | (?:sign\s+up|subscribe|register)\s+(?:now|here|today|for|to|with)\b.{0,140}
    | (?:get|receive)\b.{0,80}\b(?:newsletter|inbox|alerts?)\b.{0,60}
    | .{0,40}\b(?:newsletter|email\s+alerts?)\s+(?:sign[\s-]?up|subscription)\b.{0,60}
    | (?:follow|like|join)\s+us\s+(?:on|at)\b.{0,80}
    | (?:share|tweet|print|email|save|copy\s+link)(?:\s+(?:this|on|via|to|with|article|story)\b.{0,50})?
    | order\s+reprints?|article\s+content|(?:load|show|view)\s+more|loading|more|tags
    | (?:(?:view|show|load|see|hide|jump\s+to|leave|post|add)\s+)?(?:(?:a|all|more)\s+)?comments?
    | (?:tags|topics|categor(?:y|ies)|filed\s+under|posted\s+in)\s*:.{0,160}
    | tell\s+us\s+what\s+you\s+think|have\s+your\s+say
    | you\s+must\b.{0,60}\b(?:to|before)\s+(?:post\s+a\s+)?comment(?:ing)?
    | listen\s+to\s+(?:this|the)\s+(?:article|story)\b.{0,40}
    | view\s+this\s+post\s+on\s+\w+|a\s+post\s+shared\s+by\b.{0,100}
    | (?:\d{1,3}\s*[-–]?\s*)?min(?:ute)?s?\s+(?:read|listen)
    | (?:read(?:ing)?\s+time|lesezeit|temps\s+de\s+lecture|tempo\s+d[ei]\s+le\w+|tiempo\s+de\s+lectura)\b.{0,30}
    | (?:(?:first|last)\s+)?(?:published|updated|posted)\s+(?:at|on)\s+[\w.]{0,10}\s?\d[\d\s:.,/-]*
          (?:at\s[\d:.]+\s?)?(?:[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?
    | (?:sources?|quellen?|fuentes?|fontes?)\s*:(?:[\s,/&]+[^\W\d_][\w.-]*){1,3}
    | (?:click|tap)\s+here\s+(?:to|for)\b.{0,100}
    | (?:all\s+rights\s+reserved|copyright\s+[©ⓒ]|©\s*\d{4}).{0,100}
    | (?:photo|image|picture|foto|bild)(?:graph)?s?\s*(?:credits?|source)?\s*:.{2,80}
    | (?-i:[A-Z][\w.’'-]*(?:[,\s/]+[A-Z][\w.’'-]*){0,6})\s*(?:/|via\s)
          \s*(?:getty(?:\s+images)?|afp|ap|reuters|shutterstock|dpa)
    )[\s\])!.:»>…]*""",
    re.IGNORECASE | re.VERBOSE,
)


# Wherever in a short paragraph these stand, it speaks of the outlet and not of the news, unless someone is quoted.
_OF_THE_OUTLET = re.compile(
    r"""\b(?:follow|find|join)\s+(?:us|him|her|them|me|@?\w+(?:\s\w+)?)\s+on\s+(?:twitter|x|facebook|instagram|threads|bluesky
        |linkedin|google\s+news|telegram|tiktok|whatsapp)\b
    | \bsign(?:ing)?[\s-]up\s+(?:for|to)\s+(?:our|the|his|her|their)\b.*\b(?:newsletters?|alerts?|push)\b
    | \b(?:our|free)\s+(?:free\s+)?(?:daily|weekly|morning|evening)?\s*newsletters?\b
    | \b(?:may|might|can)\s+(?:earn|receive|get)\s+(?:us\s+)?(?:an?\s+)?(?:small\s+)?(?:affiliate\s+)?commission
    | \bearn\s+us\s+a(?:n\s+affiliate)?\s+commission
    | \bexternen?\s+inhalt\w*\b.{0,200}\b(?:angezeigt|anzeigen|einverstanden)\b
    | \bpersonal,\s+non-commercial\s+use\s+only
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OPENS_OF_THE_OUTLET = re.compile(
    r"""this\s+(?:copy|material|content|article|story|report)\s+may\s+not\s+be\s+(?:published|re\w+|copied|used)\b
    | (?:you\s+can\s+)?(?:email|e-mail|contact|reach)\s+(?:us|me|him|her|the\s+(?:author|reporters?|writer)
        |\w+(?:\s\w+)?)\b.{0,60}@
    | get\s+in\s+touch\s+with\s+(?:our|us)
    | (?:do\s+you\s+have|have\s+you\s+got|got)\s+a\s+(?:story|tip)\b
    | (?:reach|write\s+to)\s+(?:the\s+(?:reporters?|writers?|authors?)|(?-i:[A-Z][\w.’'-]+\s+){1,2}[A-Z][\w.’'-]+)
        (?:\s+on\s+\w+)?\s+at\s+(?:https?://|\S+@)
    | (?:like|enjoy(?:ed)?|love)\s+this\s+(?:story|article|post)\?
    | (?:please\s+)?(?:log|sign)[\s-]?(?:in|out)\b.{0,60}
        \b(?:log[\s-]?in|accounts?|comment|continue|register|subscribe)\b
    | \W{0,5}(?:with\s+files\s+from|(?:additional\s+)?(?:reporting|writing|editing)\s+(?:by|from))\s+
        (?-i:(?:[A-Z][\w.’'-]*
        |and|in|of|for|the|at|via|by|with|from|the|additional|reporting|writing|editing)[\s,;()]+)*(?-i:[A-Z][\w.’'-]*)[\s.)]*$
    | .{1,160}\bcontributed\s+(?:(?:\w+\s+)?to\s+this\s+(?:report|story|article)|reporting(?:\s+from\s.{0,60})?)\W*$
    | for\s+more\s+(?:stories|news|articles)\s+like\s+this
    | (?:check\s+out|for)\s+(?:more|all|the\s+latest).{0,80}\b(?:newsletter|stories\s+from|news\s+page)
    | (?:(?:please\s+)?(?:read|see|follow)\s+(?:our|the)\s+|our\s+)?comments?(?:ing)?\s+
        (?:are\s+(?:now\s+)?closed\W*$|(?:policy|guidelines)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _is_said(line: str) -> bool:
    """Whether someone is quoted at some length; a title in quotation marks is shorter."""
    return any(len(quoted) > 30 for quoted in re.findall(r"[“\"][^”\"]*[”\"]", line))


def is_advert(line: str) -> bool:
    """Whether a line is furniture of a news page: adverts, newsletter boxes, "read more", sharing, house notices."""
    words = line.strip()
    if len(words) < 200 and _ADVERT.fullmatch(words):
        return True
    if len(words) >= 400 or not (_OPENS_OF_THE_OUTLET.match(words) or _OF_THE_OUTLET.search(words)):
        return False
    return not _is_said(words)
