"""Plain text and Markdown: what is dropped, what is mended, what is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.model import EventState, Fetched, Kind, PageClass, Role
from pipeline.refine import prose, read
from pipeline.refine.text import plain


def fetched(
    body: str | bytes, *, kind: Kind = Kind.NEWS, role: Role = Role.FILE, name: str = "paper.txt", **more
) -> Fetched:
    data = body.encode() if isinstance(body, str) else body
    given_ = {"source": "file", "url": None, "status": 200, "headers": (), "at": datetime(2026, 1, 2, tzinfo=UTC)}
    return Fetched(kind=kind, role=role, requested=name, body=data, **(given_ | more))


ORDER = """
**UNITED STATES DISTRICT COURT
DISTRICT OF DELAWARE**

------------------------------X
QUILL & LANTERN PRESS, :
 : No. 1:26-cv-00417 (RKM)
 Plaintiff, :
 v. : **ORDER**
TESSELLATE AI, INC., :
 Defendant. :
------------------------------X

**RUTH K. MARLOWE, United States District Judge:**

The *Lantern* plaintiffs ask for a second deposition (ECF 88 at 2).<sup>1</sup> Having read their

letter, the Court finds no need for it, and Tessellate’s request at ECF 91 is DENIED as moot.

**SO ORDERED.**

Dated: March 3, 2026

s/ Ruth K. Marlowe
**Ruth K. Marlowe**
United States District Judge

---

<sup>1</sup> The letter is undated.
"""


def test_an_order_in_markdown_becomes_paragraphs_with_its_footnote_last():
    paragraphs = read(fetched(ORDER)).text.split("\n\n")
    assert paragraphs[0] == "UNITED STATES DISTRICT COURT\nDISTRICT OF DELAWARE"
    assert paragraphs[1] == "QUILL & LANTERN PRESS,\nPlaintiff,\nv.\nTESSELLATE AI, INC.,\nDefendant."
    assert paragraphs[2] == "No. 1:26-cv-00417 (RKM)\nORDER"
    assert paragraphs[4].startswith(
        "The Lantern plaintiffs ask for a second deposition (ECF 88 at 2).¹ Having read their letter"
    )
    assert paragraphs[-1] == "¹ The letter is undated."


def test_an_order_handed_in_as_a_file_is_a_filing_with_its_own_facts():
    order = read(fetched(ORDER))
    assert (order.kind, order.page_class, order.type, order.court) == (Kind.FILING, PageClass.FILING, "order", "ded")
    assert order.caption == "Quill & Lantern Press v. Tessellate AI, Inc."
    assert order.judge == "Ruth K. Marlowe"
    assert order.published is not None
    assert (order.published.day, order.published.precision) == (date(2026, 3, 3), "day")
    assert order.published.iso() == "2026-03-03T00:00:00-05:00"
    assert [(d.outcome, d.motion) for d in order.dispositions] == [("denied as moot", "ECF 91")]
    assert order.ecf_references == (88, 91)
    assert order.docket_numbers[0].startswith("1:26-cv-00417")


def test_members_named_under_relates_to_come_after_the_number_of_the_paper_itself():
    text = ORDER.replace(
        "TESSELLATE AI, INC., :", "TESSELLATE AI, INC., :\n This Document Relates To: :\n 25-cv-00311 :\n 25-cv-00312 :"
    )
    numbers = [number.split()[-1] if ":" in number else number for number in read(fetched(text)).docket_numbers]
    assert "00417" in read(fetched(text)).docket_numbers[0]
    assert [n[-5:] for n in numbers[1:]] == ["00311", "00312"]


ARTICLE = """Novelists win access to training logs

Sponsor ad - 300w x 250h

A judge in Delaware told Tessellate to hand over its training logs by March 20, 2026.

Advertisement

The company must also name its engineers no later than April 1, 2026.

[Read more: Five things to know about the case]

Sign up for our morning newsletter

From our Sponsors
"""


def test_an_article_keeps_its_words_and_loses_its_adverts():
    article = read(fetched(ARTICLE))
    assert (article.kind, article.title) == (Kind.NEWS, "Novelists win access to training logs")
    assert article.text.split("\n\n") == [
        "A judge in Delaware told Tessellate to hand over its training logs by March 20, 2026.",
        "The company must also name its engineers no later than April 1, 2026.",
    ]
    assert article.published is None


def test_the_dates_an_article_gives_are_reported_never_scheduled():
    found = read(fetched(ARTICLE)).events
    assert [(e.kind, e.starts.day, e.state) for e in found] == [
        ("deadline", date(2026, 3, 20), EventState.REPORTED),
        ("deadline", date(2026, 4, 1), EventState.REPORTED),
    ]


@pytest.mark.parametrize(
    "line",
    ["Advertisement", "SPONSORED CONTENT", "Sponsor ad", "Story continues below advertisement", "Read more: A headline",
     "Related: Another headline", "You may also like", "Sign up for our newsletter", "Follow us on Mastodon",
     "Subscribe now and get three months free", "Share this", "[Related: earlier coverage]",
     "(Reporting by Mira Solano in Delaware; Editing by Jon Hale)", "Jon Hale contributed to this report.",
     "— Mira Solano contributed reporting from Delaware.", "Log in or create an account to continue",
     "This material may not be published, broadcast or rewritten.", "Comments are closed.",
     "Her book, “The Archive”, is out now. Follow her on Bluesky.",
     "Most read in business", "View all comments", "Comments", "Have your say", "You must confirm your name before commenting",
     "5 min read", "Lesezeit: 3 Minuten", "Tags: courts, logs", "SOURCE: News agencies", "Updated at 1:23 p.m.", "A. Hale/AFP via Getty Images",
     "Photo: Mira Solano", "Listen to this article (4 min)", "With files from Jon Hale", "Additional reporting from PA",
     "Write to Jon Hale at hale@lantern.example", "Got a story? Write to our newsroom.",
     "Lesen Sie auch: Das Urteil im Wortlaut", "Auch interessant", "À lire aussi Le jugement", "Leggi anche: la sentenza",
     "Passer la publicité", "Externer Inhalt nicht verfügbar",
     "Ich bin damit einverstanden, dass mir der externe Inhalt angezeigt wird."],
)  # fmt: skip
def test_adverts_are_known_by_their_wording(line):
    assert prose.is_advert(line)


@pytest.mark.parametrize(
    "line",
    ["The advertisement was false, the jury found.", "Related claims were dismissed in May.", "She read more than she wrote.",
     "Subscribers sued the publisher.", "Follow the money, counsel said.", "Sponsors of the bill withdrew it.", "Share prices fell.",
     "Reporting by the paper showed that the books had been copied.", "This material may not be protected by copyright, she wrote.",
     "Public comments are closed, the Office said, and it will publish its rules in May.", "Users log in with an account, the complaint says.",
     "The expert contributed to this report of the committee, and was paid for it.",
     "“They copied each of our newsletters, free or not, for twelve years,” counsel told the jury.",
     "The suit was filed via Getty Images lawyers.", "Photos by the artist were used to train the model.",
     "Images of the books were scanned.", "Comments on the rule are due by 5 May.", "Published on May 5, the notice was withdrawn.",
     "Tags in the data set named each artist.", "Sources: who told the court what", "More than 100 authors signed.",
     "Write to the Office at rules@office.example by 5 May.", "Lire aussi vite qu’une machine, personne ne le peut."],
)  # fmt: skip
def test_sentences_with_the_same_words_are_kept(line):
    assert not prose.is_advert(line)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("# Heading\nThe text.", "Heading\n\nThe text.", id="a heading stands alone"),
        pytest.param("A [link](https://example.org/a) stays.", "A link stays.", id="a link keeps its words"),
        pytest.param("Signed: ____________", "Signed: ____________", id="a line to sign on is no emphasis"),
        pytest.param("5 * 3 * 2", "5 * 3 * 2", id="a product is no emphasis"),
        pytest.param("See n.<sup>12</sup>", "See n.¹²", id="a two-digit note"),
        pytest.param("Smith,\n\nv.\n\nJones,", "Smith,\n\nv.\n\nJones,", id="versus does not run on"),
        pytest.param("One\fTwo", "One\n\nTwo", id="a form feed parts paragraphs"),
    ],
)
def test_markdown(source, expected):
    assert plain(source) == expected


def test_lines_wrapped_at_a_width_are_joined_and_short_lines_keep_their_breaks():
    wrapped = (
        "The parties are to confer about the remaining custodians and about the admis-\n"
        "sions that are still open, and to write a joint letter of at most two pages.\n"
        "\nRuth K. Marlowe\nUnited States District Judge"
    )
    assert plain(wrapped) == (
        "The parties are to confer about the remaining custodians and about the admissions that are still open, and to "
        "write a joint letter of at most two pages.\n\nRuth K. Marlowe\nUnited States District Judge"
    )


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("An infringe\ufffement is an infringement.", "An infringement is an infringement."),
        ("In good\ufffefaith; good-faith efforts.", "In good-faith; good-faith efforts."),
        ("The Smith\ufffeJones brief.", "The Smith-Jones brief."),
        ("Pages 3\ufffe7.", "Pages 3-7."),
    ],
)
def test_hyphens_at_the_end_of_a_line_follow_the_texts_own_words(broken, whole):
    assert prose.mend_hyphens(broken) == whole


@given(st.lists(st.text("abc XYZ.,¹²()\n#*_", min_size=1, max_size=60), max_size=6).map("\n\n".join))
def test_cleaning_twice_is_cleaning_once_for_what_was_cleaned(source):
    once = plain(plain(plain(source)))
    assert plain(once) == once


@given(st.text("Aab .?!\n¹“”", max_size=200))
def test_sentences_are_slices_in_order_and_cover_every_word(text):
    found = list(prose.sentences(text))
    assert all(text[p.start : p.end] == p.text for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See Doe v. Roe, No. 24-1, at 3. It is so.", 2),
        ("The hearing is at 10:00 a.m. The motion is denied.", 2),
        ("It starts at 10:00 a.m. Eastern Time on Friday.", 1),
        ("Ona B. Crane, Jr. of Acme Inc. signed it.", 1),
        ("“It is done.” They left.", 2),
        ("Denied.² The clerk closes ECF 9.", 2),
        ("1. The motion is granted.", 1),
    ],
)
def test_where_legal_sentences_end(text, count):
    assert len(list(prose.sentences(text))) == count


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \n\t\n ", "is empty", id="white space"),
        pytest.param(b"\x00\x01\x02\x03binary" * 50, "binary", id="binary"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary", id="a picture"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_that_names_the_file(body, says):
    with pytest.raises(ReadError) as refused:
        read(fetched(body, name="night/broken.txt"))
    assert refused.value.place == "night/broken.txt"
    assert says in str(refused.value)
    assert refused.value.remedy
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    document = read(fetched("Café owners sue\n\nThe café’s owners sued over a model’s output.".encode(encoding)))
    assert document.text == "The café’s owners sued over a model’s output."


def test_reading_says_how_it_was_done():
    made_by = read(fetched(ARTICLE, run="20260102T000000Z-file")).provenance
    assert (made_by.source, made_by.reader, made_by.run) == ("file", "text 1", "20260102T000000Z-file")
    assert made_by.digest.startswith("sha256:")


class TestSeeds:
    """The two founding documents; what they must show is written in the product's first requirement."""

    def test_the_order(self, shared):
        path = shared / "seeds" / "000_02e3b2141e03444c.txt"
        order = read(fetched(path.read_bytes(), name=path.name))
        assert (order.type, order.court, order.judge) == ("order", "nysd", "Ona T. Wang")
        assert order.published is not None
        assert (order.published.day, order.published.precision) == (date(2025, 6, 24), "day")
        assert order.docket_numbers[0].startswith("25-md-3143")
        assert len(order.docket_numbers) == 7
        assert [(d.outcome, d.motion) for d in order.dispositions] == [("denied without prejudice", "ECF 159")]
        assert [(e.kind, e.starts.day) for e in order.events] == [("conference", date(2025, 6, 25))]
        assert all(order.text[e.passage.start : e.passage.end] == e.passage.text for e in order.events)
        assert "own submission does not indicate" in order.text
        assert order.text.split("\n\n")[-1].startswith("²")

    def test_the_article(self, shared):
        path = shared / "seeds" / "001_ba01290515db7451.txt"
        article = read(fetched(path.read_bytes(), name=path.name))
        assert (article.kind, article.published) == (Kind.NEWS, None)
        assert "ponsor" not in article.text
        assert {(e.kind, e.starts.day, e.state) for e in article.events} == {
            ("deadline", date(2025, 12, day), EventState.REPORTED) for day in (5, 8, 19)
        }


OPINION = (
    "Petitioner Vance printed a novel of respondent Ortiz. A press owes what its license says. Tern v. Lake, 544 F. 3d 100 "
    "(2030). The license ran out in May, and 17 U. S. C. 501 does the rest. See Lake v. Fell, 599 U. S. 12 (2029). "
    "Petitioner answers that respondent knew of it; we hold that this is no answer, and we affirm."
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (OPINION, Kind.FILING),
        (
            "Vance printed a novel of Ortiz, who sued under 17 U.S.C. 501. A judge ruled on Monday that he may.",
            Kind.NEWS,
        ),
        ("The petitioner said on Monday that the respondent copied novels. The plaintiff left early.", Kind.NEWS),
    ],
    ids=["an opinion without its caption", "news that cites a statute", "news in the words of the law"],
)
def test_a_file_without_a_caption_is_a_filing_when_it_argues_from_law(text: str, kind: Kind) -> None:
    assert read(fetched(text)).kind is kind
