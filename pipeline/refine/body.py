"""The body of an article within its page's tree: cleared of piles of links, put together where it stands in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PROSE_WORDS = 12  # of a paragraph; shorter ones are labels, captions, teasers
_PIECE_WORDS = 60
_LINKS_OF_A_PILE = 3
_CAPTION_WORDS = 60
_SHORT_ARTICLE = 200
_COLUMN_WORDS = 150  # of a table's cell; a cell of figures or of terms says less

_ANSWERS = re.compile(r"comment|repl(?:y|ies)|answer|response|review|forum|message", re.IGNORECASE)


def drop_link_piles(tree: Any) -> None:
    """Take out, in place, boxes within a paragraph that hold several links and not a word beside them.

    That is what opens when a reader points at a name: the person's other headlines. A list of references in running
    text has commas or words between its links.
    """
    boxes = [
        box
        for paragraph in tree.iter("p")
        if len(paragraph)
        for box in paragraph.iter("span", "div", "ul")
        if len(box) and len(links := list(box.iter("a"))) >= _LINKS_OF_A_PILE and _is_pile(box, links)
    ]
    for box in boxes:
        if box.getparent() is not None:
            box.drop_tree()


def _is_pile(box: Any, links: list[Any]) -> bool:
    words = box.text_content().split()
    beside = len("".join(words)) - sum(len("".join(link.text_content().split())) for link in links)
    return len(words) >= _PROSE_WORDS and beside == 0


def join_pieces(tree: Any, text: str) -> bool:
    """Put the pieces of an article into the first of them, in place; whether there was something to put together.

    Pages part a long article with adverts and boxes: its paragraphs stand in containers of the same tag and class, and
    an extraction takes the one with most words. ``text`` is what it took. Containers are pieces of one article when
    they hold several paragraphs each, stand near one another under one headline, and ``text`` has words of theirs but
    lacks many others. Readers' comments look alike too: they are left where they are.
    """
    have = _words(text)
    joined = False
    for pieces in _alike(tree):
        taken = [_words(paragraph.text_content())[:80] in have for piece in pieces for paragraph in _prose(piece)]
        sizes = [len(paragraph.text_content().split()) for piece in pieces for paragraph in _prose(piece)]
        there = sum(size for size, known in zip(sizes, taken, strict=True) if known)
        if there < _PIECE_WORDS or sum(sizes) - there < 2 * _PIECE_WORDS or not _one_article(pieces):
            continue
        for piece in pieces[1:]:
            pieces[0].extend(list(piece))
        joined = True
    return joined


def in_pieces(tree: Any) -> bool:
    """Whether `join_pieces` could have something to do."""
    return next(_alike(tree), None) is not None


def _alike(tree: Any) -> Iterator[list[Any]]:
    """Containers of the same tag and class in one article, with at least three paragraphs of prose for two of them."""
    found: dict[tuple[Any, str, str], dict[Any, int]] = {}
    for paragraph in tree.iter("p"):
        piece = paragraph.getparent()
        if piece is None or not piece.get("class") or len(paragraph.text_content().split()) < _PROSE_WORDS:
            continue
        article = next(piece.iterancestors("article", "main", "body"), None)
        pieces = found.setdefault((article, piece.tag, piece.get("class")), {})
        pieces[piece] = pieces.get(piece, 0) + 1
    for pieces in found.values():
        if len(pieces) > 1 and sum(pieces.values()) >= 1.5 * len(pieces):
            yield list(pieces)


def _one_article(pieces: list[Any]) -> bool:
    first, *others = pieces
    if any(_ANSWERS.search(f"{e.get('class', '')} {e.get('id', '')}") for e in (first, *first.iterancestors())):
        return False
    if any(other.xpath(".//h1 | .//*[@itemprop='headline' or @rel='author']") for other in others):
        return False
    if any(piece in other.iterancestors() for piece in pieces for other in pieces):
        return False  # one inside another
    around = next((up for up in first.iterancestors() if all(up in other.iterancestors() for other in others)), None)
    return around is not None and len(around.xpath(".//h1")) <= 1


def _prose(piece: Any) -> list[Any]:
    return [child for child in piece.iterchildren("p") if len(child.text_content().split()) >= _PROSE_WORDS]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def unfold_tables(tree: Any) -> None:
    """Turn tables that lay out the page into plain containers, in place; tables of figures stay.

    Pages of the first web, and many an office's to this day, set their columns as cells: an extraction reads such a
    table as one row of figures.
    """
    for table in list(tree.iter("table")):
        parts = [part for part in table.iter("thead", "tbody", "tr", "td", "th") if _table_of(part) is table]
        if any(part.tag in {"td", "th"} and len(part.text_content().split()) >= _COLUMN_WORDS for part in parts):
            for part in (table, *parts):
                part.tag = "div"


def _table_of(part: Any) -> Any:
    return next(part.iterancestors("table"), None)


def drop_captions(tree: Any) -> None:
    """Take out, in place, what stands below pictures: it is called a caption, and is short.

    Of a gallery, and of a page with little else, the captions are what it says: there they stay.
    """
    captions = [
        element
        for element in tree.iter("figcaption", "p", "div", "span")
        if (element.tag == "figcaption" or "aption" in element.get("class", ""))
        and len(element.text_content().split()) <= _CAPTION_WORDS
    ]
    if not captions:
        return
    said = sum(len(element.text_content().split()) for element in captions)
    prose = sum(words for p in tree.iter("p") if (words := len(p.text_content().split())) >= _PROSE_WORDS)
    if prose < max(_SHORT_ARTICLE, 4 * said):
        return
    for element in captions:
        if element.getparent() is not None:
            element.drop_tree()
