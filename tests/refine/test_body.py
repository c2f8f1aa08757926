"""An article within its page: in pieces, with piles of links. Every page here is our own."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.refine import read
from pipeline.refine.body import drop_captions, join_pieces, unfold_tables
from tests.refine.test_html import PROSE, fetched, page


def told(who: str, what: str) -> str:
    """The story again, with others in it."""
    return PROSE.replace("judge", who).replace("logs", what).replace("Tessellate", who.title())


PARTS = tuple(
    "".join(
        told(f"{who} of the {part} court", what)
        for who, what in (("judge", "logs"), ("panel", "ledgers"), ("clerk", "files"))
    )
    for part in ("first", "second")
)


def parted(*, tag: str = "div", name: str = "article__body", between: str = "", inside: str = "") -> str:
    """One article in two pieces, each with a container of its own around it, as pages with adverts have it."""
    first, *others = (
        f"<div class='grid'><div class='item'><{tag} class='{name}'>{part}</{tag}></div></div>" for part in PARTS
    )
    return between.join((first, *(other.replace("<p>", f"{inside}<p>", 1) for other in others)))


def first_words(part: str) -> str:
    return part.removeprefix("<p>").partition("</p>")[0]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(parted(), id="two containers"),
        pytest.param(parted(between="<aside class='ad'><p>Buy hats.</p></aside>"), id="with an advert between them"),
        pytest.param(parted(tag="section"), id="sections"),
    ],
)
def test_an_article_in_pieces_is_read_whole_and_in_order(body):
    source = f"<html><head><title>Logs</title></head><body><main><h1>Logs</h1>{body}</main></body></html>"
    text = read(fetched(source.encode())).text
    places = [text.find(first_words(part)) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(parted(name="comment-body"), id="what readers say"),
        pytest.param(parted(inside="<h1>Another story</h1>"), id="other articles, each under its headline"),
        pytest.param(parted(inside="<a rel='author' href='/a'>Ann Lee</a>"), id="other articles, each with its author"),
    ],
)
def test_what_only_looks_alike_is_not_joined(body):
    tree = html.fromstring(f"<html><body><article>{body}</article></body></html>")
    assert not join_pieces(tree, html.fromstring(PROSE).text_content())


CARD = "<span><a href='/p'>Ann Lee</a> <a href='/1'>Ann Lee wins her first case in court</a> <a href='/2'>Ann Lee sues the archive again</a></span>"


def test_a_card_of_links_within_a_sentence_goes_and_the_sentence_stays():
    sentence = "<p>The appeal was filed by Ann Lee{} on Friday, and her office said that it expects to be heard in the spring.</p>"
    assert read(page(PROSE + sentence.format(CARD))).text == read(page(PROSE + sentence.format(""))).text


def test_links_in_a_sentence_stay():
    cited = "<span>as <a href='/1'>the first order of the court</a>, <a href='/2'>the second order</a> and <a href='/3'>the third one</a> say</span>"
    assert "the second order and the third one say" in read(page(f"{PROSE}<p>It is all there, {cited}.</p>")).text


def test_a_container_within_its_like_is_left_alone():
    prose = "".join(f"<p>{told('Ann', f'thing {n}')}</p>" for n in range(8))
    tree = html.fromstring(f"<body><h1>T</h1><div class='text'><div class='text'>{prose}</div>{prose}</div></body>")
    assert join_pieces(tree, told("Ann", "thing 0")) is False


def test_a_page_laid_out_as_a_table_is_read_column_by_column():
    teasers = "".join(f"<p>Court {i} sat on Monday.</p>" for i in range(6))
    source = f"<html><head><title>Logs</title></head><body><table><tr><td>{teasers}</td><td>{PARTS[0]}{PARTS[1]}</td></tr></table></body></html>"
    paragraphs = read(fetched(source.encode())).text.split("\n\n")
    assert all(first_words(part) in paragraphs for part in PARTS)


def test_a_table_of_figures_stays_one():
    table = "<table><tr><td>Logs</td><td>1,000</td></tr><tr><td>Books</td><td>2,000</td></tr></table>"
    tree = html.fromstring(f"<div>{table}</div>")
    unfold_tables(tree)
    assert html.tostring(tree, encoding="unicode") == f"<div>{table}</div>"


CAPTION = "<figure><img src='/1.jpg'><figcaption>The judge enters the court on a Monday in March, before the hearing.</figcaption></figure>"


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        pytest.param(CAPTION + PARTS[0] + PARTS[1], False, id="beside an article"),
        pytest.param(CAPTION.replace("figcaption", "p").replace("<p>", "<p class='wp-caption-text'>") + PARTS[0] + PARTS[1], False, id="by its class"),
        pytest.param("<p>The day in pictures.</p>" + CAPTION * 8, True, id="of a gallery"),
    ],
)  # fmt: skip
def test_captions(body, stays):
    tree = html.fromstring(f"<article>{body}</article>")
    drop_captions(tree)
    assert ("The judge enters" in tree.text_content()) is stays
