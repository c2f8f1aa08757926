from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.publish.site import scans
from pipeline.publish.site.passages import page_of, parties_in, render
from pipeline.publish.site.similar import most_like, telling_words
from pipeline.publish.site.versions import changes
from tests.publish.conftest import document, rows
from tests.publish.site_reader import page, words

# ---------------------------------------------------------------------------------------------- versions


def test_a_filing_shows_what_changed_between_two_fetches(get):
    listed = page(get("/document/order-91")).cssselect(".versions")[0]
    assert words(listed.cssselect("h2")[0]) == "Versions 2"
    [link] = listed.xpath(".//a/@href")
    tree = page(get(link))
    assert [words(gone) for gone in tree.cssselect("del")] == ["once", "27,"]
    assert [words(new) for new in tree.cssselect("ins")] == ["twice", "30,"]
    assert [words(one) for one in tree.cssselect("summary")] == ["4 paragraphs alike", "2 paragraphs alike"]


def test_of_news_only_that_it_changed_is_said(get):
    listed = page(get("/document/courier-1")).cssselect(".versions")[0]
    assert "Its publisher changed it" in words(listed)
    assert "1 sentence taken out, 2 sentences put in" in words(listed)
    assert not listed.xpath(".//a")
    assert get("/document/courier-1/versions/1").status_code == 404


@pytest.mark.parametrize(
    "path", ["/document/order-91/versions/2", "/document/order-91/versions/0", "/document/none/versions/1"]
)
def test_a_version_that_is_not_there_is_not_found(get, path):
    assert get(path).status_code == 404


texts = st.text("ab \n.", max_size=60)


@given(texts, texts)
def test_any_two_versions_can_be_read_out_of_what_changed(old, new):
    def said(leaving_out: str) -> list[str]:
        stretches = changes(old, new)
        alike = (
            part for one in stretches for part in [*one.text, *(w for kind, w in one.words if kind != leaving_out)]
        )
        return " ".join(alike).split()

    assert "".join(said("gone")) == "".join(new.split())
    assert "".join(said("new")) == "".join(old.split())


def test_paragraphs_too_long_to_compare_are_shown_whole():
    [stretch] = changes("old " * 3000, "new " * 3000)
    assert [kind for kind, _ in stretch.words] == ["gone", "new"]


# ---------------------------------------------------------------------------------------------- dates and parties


def test_dates_and_parties_are_marked_in_the_text():
    text = (
        "On March 3, 2030, LANTERN MODELS, INC. wrote to Marlow. Lantern Models, Inc. waited until February 31, 2030."
    )
    tree = html.fragment_fromstring(
        str(render(text, parties={"Lantern Models, Inc.": "defendant", "Marlow": "plaintiff"})), create_parent="div"
    )
    assert tree.text_content() == text
    assert [(one.text, one.get("title")) for one in tree.cssselect(".party")] == [
        ("LANTERN MODELS, INC.", "defendant"), ("Marlow", "plaintiff"), ("Lantern Models, Inc.", "defendant"),
    ]  # fmt: skip
    assert [(one.text, one.get("datetime")) for one in tree.cssselect("time")] == [("March 3, 2030", "2030-03-03")]


def test_the_longest_name_is_the_one_marked():
    marked = render("Harbor Press Co. sued.", parties={"Harbor": "plaintiff", "Harbor Press Co.": "plaintiff"})
    assert html.fragment_fromstring(str(marked)).cssselect(".party")[0].text == "Harbor Press Co."


def test_a_party_named_like_a_word_is_marked_only_where_the_word_is_not_used():
    names = {"Denial": "plaintiff", "Marlow": "plaintiff", "Denial of Service Ltd.": "defendant"}
    assert set(parties_in("Denial moved; the denial stands, said Marlow.", names)) == {
        "Marlow",
        "Denial of Service Ltd.",
    }
    assert "Denial" in parties_in("Denial moved.", names)


def test_a_documents_parties_come_from_its_matter(get):
    tree = page(get("/document/opinion-45"))
    assert {
        (one.text, one.get("title")) for one in tree.cssselect(".body .party")
    } == set()  # “Harbor Press” is not “Harbor Press Co.”
    assert not page(get("/document/courier-1")).cssselect(".body")


# ---------------------------------------------------------------------------------------------- more like this


def like(title: str, **values: str | None) -> dict[str, str | None]:
    return {
        "id": title,
        "kind": "filing",
        "type": "order",
        "title": title,
        "headline": None,
        "caption": None,
        "matter": "m",
        "matter_caption": None,
    } | values


def test_more_like_this_says_which_words_both_share():
    row = like("Motion to compel training logs denied")
    found = most_like(row, [like("Compel production of logs", matter="n", type="motion"), like("Training logs to be produced"),
                            like("Motion denied"), like("Notice of appearance")])  # fmt: skip
    assert [(one.document["title"], one.words, one.same) for one in found] == [
        ("Training logs to be produced", ("training", "logs"), "matter and type"),
        ("Compel production of logs", ("compel", "logs"), ""),
    ]


def test_the_name_of_the_matter_is_no_likeness():
    assert telling_words(like("Lantern answers", matter_caption="In re Lantern Models, Inc. Litigation")) == ["answers"]


def test_more_like_this_on_the_page(site_over):
    from tests.publish.conftest import document, rows

    tables = rows()
    twin = document(
        "order-80",
        "filing",
        "Order",
        type="order",
        headline="Motion to compel training data granted",
        matter="lantern",
        published="2030-11-01T00:00:00-05:00",
    )
    tables["documents"].append(twin)
    box = next(
        b for b in page(site_over(tables)("/document/order-91")).cssselect(".box") if "More like this" in words(b)
    )
    assert box.xpath(".//a/@href") == ["/document/order-80"]
    assert "order, same matter and type; both say “compel”, “training”".replace("“", "").replace("”", "") in words(box)


# ---------------------------------------------------------------------------------------------- stories


def test_a_story_shows_its_outlets_and_the_docket_before_it(get):
    tree = page(get("/story/courier-1"))
    assert [words(one) for one in tree.cssselect(".outlets a")][::2] == ["The Demo Courier", "Fictional Herald"]
    beside = words(tree.cssselect(".beside")[0])
    assert "Motion to compel training logs denied without prejudice" in beside
    assert "Notice of appearance" not in beside
    assert "Fact discovery to close" not in beside  # a year before


def test_an_article_and_its_story_show_the_entry_they_report(site_over):
    from tests.publish.conftest import rows

    tables = rows()
    tables["reports"] = [{"document": "courier-1", "matter": "lantern", "entry": "e91", "score": 0.9, "reasons": "order; denied", "state": "found"},
                         {"document": "courier-3", "matter": "lantern", "score": 0.4, "reasons": "a name", "state": "awaited"}]  # fmt: skip
    get = site_over(tables)
    told, before = page(get("/story/courier-1")).cssselect(".beside .box")
    for fact in (
        "Motion to compel training logs denied",
        "1:30-md-09001",
        "ECF 91",
        "Wed 20 Nov 2030",
        "order; denied; 90 % sure",
    ):
        assert fact in words(told)
    assert "/document/order-91" in told.xpath(".//a/@href")
    assert "/document/order-91" not in before.xpath(".//*[contains(@class,'head')]/a/@href")
    assert "Motion to compel training logs denied" in words(page(get("/document/courier-1")).cssselect(".beside")[0])
    assert "has been found for it yet" in words(page(get("/document/courier-3")).cssselect(".beside")[0])
    lags = {
        words(row.cssselect("th")[0]): words(row.cssselect(".number")[0])
        for row in page(get("/stories")).cssselect(".bars tr")
    }
    assert lags == {
        "within a day": "1",
        "1 to 3 days": "0",
        "3 to 7 days": "0",
        "7 to 14 days": "0",
        "none in 14 days": "0",
    }


def test_stories_are_one_line_each_with_the_outlets_behind(get):
    tree = page(get("/stories"))
    [line] = tree.cssselect(".line")
    assert line.cssselect("h2 a")[0].get("href") == "/story/courier-1"
    assert "also in Fictional Herald" in words(line)


def test_a_filing_says_which_claims_and_sums_it_names(get):
    boxes = {words(box.cssselect("h2")[0]): box for box in page(get("/document/opinion-45")).cssselect(".cites")}
    assert words(boxes["Claims and defenses named 1"].cssselect("ul")[0]) == "direct infringement"
    assert words(boxes["Sums named 1"].cssselect("ul")[0]) == "forty dollars"
    assert not page(get("/document/order-91")).cssselect(".cites")


# ---------------------------------------------------------------------------------------------- pages


def test_a_footnote_s_page_is_where_it_stood_on_paper():
    notes = [{"mark": "1", "page": 2, "start": 90, "end": 120, "at": 40}]
    assert [page_of(offset, (0, 30, 60), notes) for offset in (10, 40, 70, 95, 119, 121)] == [1, 2, 3, 2, 2, 3]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([], []),
        ([(1, None)], ["Scanned, and not read yet: page 1."]),
        ([(1, 0.9), (2, 0.94), (4, None)], ["Scanned, and read by OCR (92 % sure of the words): pages 1–2.", "Scanned, and not read yet: page 4."]),
        ([(3, None), (5, None), (6, None), (9, None)], ["Scanned, and not read yet: pages 3, 5–6 and 9."]),
    ],
)  # fmt: skip
def test_pages_that_are_pictures_are_named(pages, said):
    assert scans.in_words([{"page": page, "confidence": sure} for page, sure in pages]) == said


@pytest.mark.parametrize(
    ("withheld", "scanned", "said"),
    [
        ("sealed", [], "A sheet in the place of a sealed paper: “(so it says)”."),
        ("redacted", [], "The redacted version of a paper: “(so it says)”."),
        ("missing", [], "A sheet in the place of a paper that is not here: “(so it says)”."),
        (None, [{"page": 1, "confidence": None}], "Scanned, and not read yet: page 1."),
        (None, [], None),
    ],
    ids=["sealed", "redacted", "missing", "needs_ocr", "read in full"],
)
def test_a_filing_that_is_not_all_there_says_so_at_its_top(site_over, withheld, scanned, said):
    tables = rows()
    paper = document("paper-96", "filing", "Exhibit A", matter="lantern", state="needs_ocr" if scanned else "read")
    tables["documents"].append(paper | {"withheld": withheld, "withheld_words": withheld and "(so it says)"})
    body = {
        "document": "paper-96",
        "text": "Exhibit A",
        "page_starts": "[0]",
        "scans": json.dumps(scanned),
        "notes": "[]",
    }
    tables["bodies"].append(body)
    opening = page(site_over(tables)("/document/paper-96")).cssselect(".opening")[0]
    assert [words(notice) for notice in opening.cssselect(".notice")] == ([said] if said else [])


# ---------------------------------------------------------------------------------------------- docket texts


@pytest.mark.parametrize(
    ("number", "withheld", "said"),
    [
        (95, None, "its paper is not here yet"),
        (95, "sealed", "its paper is sealed"),
        (95, "text only", "the court filed no paper with it"),
        (None, None, "no paper with it is known"),
    ],
    ids=["awaited", "sealed", "text only", "without a number"],
)
def test_a_docket_text_says_whose_words_it_is_and_where_its_paper_is(site_over, number, withheld, said):
    tables = rows()
    told = document("text-95", "filing", "Docket text: ORDER", type="order", matter="lantern", docket_entry="e95")
    tables["documents"].append(
        told | {"entry_number": number, "withheld": withheld, "withheld_words": withheld and "(so it says)"}
    )
    get = site_over(tables)
    assert f"in the words of the court’s clerk: {said}." in words(
        page(get("/document/text-95")).cssselect(".opening")[0]
    )
    line = page(get("/matter/lantern")).xpath("//article[.//a[@href='/document/text-95']]")[0]
    assert "docket text" in words(line)
    assert "clerk" not in words(page(get("/document/order-91")).cssselect(".opening")[0])
