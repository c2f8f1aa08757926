"""What a polled page says, line by line, and what of it is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model import Fetched, Kind, Role
from pipeline.refine import polled
from pipeline.refine.html import read_html
from pipeline.refine.page_change import change

URL = "https://tracker.example/cases"
TABLE = (
    "<html><head><title>Tracker</title></head><body><nav>menu of pages</nav><h1>Cases</h1><table><tr><th>Case</th><th>Court</th></tr>"
    "<tr><td><p>Alder Press v. Beacon Labs</p></td><td>S.D.N.Y.<br>Judge Oak</td></tr>ROWS</table>"
    "<div>Updated <b>weekly</b> by hand</div><script>nonce</script></body></html>"
)


def page(rows=""):
    return TABLE.replace("ROWS", rows).encode()


NEW = "<tr><td>Cedar Songs v. Dune AI</td><td>N.D. Cal., complaint filed</td></tr>"


def test_a_table_s_row_is_a_line_and_furniture_is_none():
    assert polled.lines(page(), url=URL) == (
        "Tracker", "Cases", "Case Court", "Alder Press v. Beacon Labs S.D.N.Y. Judge Oak", "Updated weekly by hand",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "new"),
    [
        (page(NEW), ("Cedar Songs v. Dune AI N.D. Cal., complaint filed",)),
        (page(), ()),
        (page().replace(b"menu", b"other menu").replace(b"nonce", b"2"), ()),
        (page().replace(b"S.D.N.Y.<br>Judge Oak", b"S.D.N.Y.: dismissed"), ("Alder Press v. Beacon Labs S.D.N.Y.: dismissed",)),
    ],
    ids=["a row more", "the same", "other furniture", "a row that changed"],
)  # fmt: skip
def test_what_is_new_on_a_page(now, new):
    assert polled.added(now, url=URL, known=polled.digest(page(), url=URL)) == new


@pytest.mark.parametrize("body", [b"", b"   ", b"<html><script>draw()</script></html>"])
def test_a_page_that_says_nothing_is_an_error(body):
    with pytest.raises(SourceError):
        polled.digest(body, url=URL)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=30), max_size=8), st.randoms()
)
def test_order_is_no_change_and_a_page_has_nothing_new_to_itself(words, order):
    def body(some):
        return (
            "<p>always</p>" + "".join(f"<p>{word.replace('<', ' ').replace('&', ' ')}</p>" for word in some)
        ).encode()

    mixed = list(words)
    order.shuffle(mixed)
    known = polled.digest(body(words), url=URL)
    assert polled.digest(body(mixed), url=URL) == known
    assert polled.added(body(mixed), url=URL, known=known) == ()


def test_a_change_is_a_document_of_its_day_and_a_counter_is_none():
    at = datetime(2026, 11, 21, 3, tzinfo=UTC)
    fetched = Fetched("tracker", Kind.NEWS, Role.POLL, URL, URL, at, 200, (("Content-Type", "text/html"),), page(NEW))
    whole, known = read_html(fetched), polled.digest(page(), url=URL)
    new = change(fetched, whole, known=known)
    assert (new.title, new.text) == (
        "Cases: new on 21 November 2026",
        "Cedar Songs v. Dune AI N.D. Cal., complaint filed",
    )
    assert (new.url, new.published.iso(), new.published.precision) == (URL, "2026-11-21T00:00:00+00:00", "day")
    later = change(replace(fetched, at=at.replace(day=28)), whole, known=known)
    assert len({whole.id, new.id, later.id}) == 3
    ticked = replace(fetched, body=page().replace(b"weekly", b"today"))
    assert change(ticked, whole, known=known) is None
