"""Which dockets a document is about, with the words that say so.

A filing is about the dockets in its caption; what it cites is other people's business. An article names its case in
many ways; from the surest to the least sure: docket number, MDL number or alias, caption, and the circumstances of
`pipeline.refine.circumstances`. A party's name alone says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pipeline.court_names import courts_named
from pipeline.docket_number import docket_key
from pipeline.model import Docket, DocketLink, Document, Kind
from pipeline.refine import circumstances, nicknames
from pipeline.refine.circumstances import Article, are_perhaps_ours
from pipeline.refine.parties import names_of
from pipeline.refine.versus import captions
from pipeline.registry import Mention, Registry

_CAPTION_PAGE = 3000  # characters of a filing in which its caption stands


def match(document: Document, registry: Registry) -> tuple[DocketLink, ...]:
    """Dockets of a document, best first; empty when nothing sure is said.

    A docket that the document numbers is linked whether or not the registry knows it.
    """
    if document.kind is Kind.FILING:
        found = list(_own_numbers(document, registry)) or list(_head(document, registry))
    else:
        article = Article(document, registry)
        found = [*_numbers(article), *_captions(article)]
        for rule in circumstances.RULES:
            # Circumstances add nothing to a matter that number or caption have already named.
            named = {_slug(link, registry) for link in found}
            found += [link for link in rule(article) if _slug(link, registry) not in named]
    links: dict[str, DocketLink] = {}
    for link in sorted(found, key=lambda link: -link.confidence):
        links.setdefault(link.docket, link)
    return tuple(links.values())


# ------------------------------------------------------------------------------------------------ filings


def _own_numbers(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """The numbers the reader took from stamp and caption. The entry number is the stamp's: that of the first docket."""
    for position, number in enumerate(document.docket_numbers):
        entry = document.entry_number if position == 0 else None
        key = docket_key(number, document.court) if document.court else None
        if key:
            yield DocketLink(key, 0.99, number, "docket number", entry)
            continue
        for mention in registry.resolve(number, document.court):
            yield DocketLink(mention.docket, 0.95, mention.text, "docket number", entry)


def _head(document: Document, registry: Registry) -> Iterator[DocketLink]:
    """For a filing whose number was not read: numbers, else the caption, on its first page."""
    head = document.text[:_CAPTION_PAGE]
    numbers = [
        DocketLink(mention.docket, 0.9, mention.text, "docket number in the caption")
        for mention in registry.resolve(head, document.court)
    ]
    if numbers:
        return iter(numbers)
    words = "\n".join(filter(None, (document.caption, document.title, head)))
    courts = {document.court} if document.court else {name.court for name in courts_named(head)}
    return (
        link for link in _caption_links(words, registry, courts, ours=lambda: True) if _court(link.docket) in courts
    )


# ------------------------------------------------------------------------------------------------ articles


def _numbers(article: Article) -> Iterator[DocketLink]:
    """Docket numbers, MDL numbers and aliases. The same number exists in every court: a text that names other courts
    and not the docket's means another case.
    """
    courts = _courts(article)
    for mention in article.registry.resolve(article.words, article.document.court):
        is_number = any(character.isdigit() for character in mention.text)
        if not is_number and not _alias_stands(mention, article):
            continue
        if is_number and courts and _court(mention.docket) not in courts and "MDL" not in mention.text:
            continue
        reason = "MDL number" if mention.text.startswith("MDL") else "docket number" if is_number else "alias"
        yield DocketLink(mention.docket, 0.97 if is_number else 0.88, mention.text, reason)


def _alias_stands(mention: Mention, article: Article) -> bool:
    """Whether an alias in words means its docket. One that is a caption is read as captions are. One with a word that
    is hardly anything but a name, and is only that in this text, stands for itself; one of ordinary words ("Authors
    Action") needs another party, a judge or the court beside it, in a text that is perhaps ours without it.
    """
    if re.search(r"\sv\.?\s", mention.text):
        return False
    names = (name for name in re.findall(r"[A-Z][\w-]+", mention.text) if nicknames.is_rare(name))
    if any(name.lower() not in article.words for name in names):
        return True
    docket = article.registry.docket(mention.docket)
    if docket is None or not article.own_sign(docket, beside=mention.text):
        return False
    title, text = (said.replace(mention.text, "") for said in (article.document.title, article.document.text))
    return are_perhaps_ours(title, text)


def _captions(article: Article) -> Iterator[DocketLink]:
    return _caption_links(article.words, article.registry, _courts(article), ours=lambda: article.is_perhaps_ours)


def _caption_links(
    words: str, registry: Registry, courts: set[str], *, ours: Callable[[], bool]
) -> Iterator[DocketLink]:
    called = names_of(registry)
    in_re = {docket: found[0] for pattern, docket in called.in_re if (found := pattern.search(words))}
    for docket in _one_a_matter(in_re, registry, courts):
        yield DocketLink(docket.key, 0.92, _one_line(in_re[docket]), "caption")
    for sides in captions(words, called.captions, ours=ours):
        dockets = _one_a_matter((side.docket for side in sides), registry, courts)
        for docket in dockets:
            said = next(said for side, said in sides.items() if side.docket == docket)
            sure = 0.92 if len(dockets) == 1 else 0.5  # two suits between the same parties
            yield DocketLink(docket.key, sure, _one_line(said), "caption")


def _one_a_matter(dockets: Iterable[Docket], registry: Registry, courts: set[str]) -> list[Docket]:
    """Of dockets that share a caption, the one of each matter that stands in a court the text names; else the first."""
    by_matter: dict[str, list[Docket]] = {}
    for docket in dockets:
        matter = registry.matter_of(docket.key)
        if matter and docket not in (mine := by_matter.setdefault(matter.slug, [])):
            mine.append(docket)
    here = {slug: [d for d in mine if d.court in courts] for slug, mine in by_matter.items()}
    if any(here.values()):
        return [mine[0] for mine in here.values() if mine]
    return [mine[0] for mine in by_matter.values()]


def _courts(article: Article) -> set[str]:
    return {*article.courts, *filter(None, [article.document.court])}


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _court(key: str) -> str:
    return key.partition(":")[0]


def _slug(link: DocketLink, registry: Registry) -> str | None:
    matter = registry.matter_of(link.docket)
    return matter.slug if matter else None
