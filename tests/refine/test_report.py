"""Article → docket entry, and where the two disagree. Every case here is invented."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    Disposition,
    DocketEntry,
    Document,
    Event,
    Kind,
    PageClass,
    Passage,
    Provenance,
    Report,
    When,
)
from pipeline.refine.disagreement import disagreements
from pipeline.refine.docket_text import entry_type
from pipeline.refine.report import Line, find_report, reports_a_paper

QUALITY = Path(__file__).parent.parent / "quality"
LABELLED = tomllib.loads((QUALITY / "reports.toml").read_text(encoding="utf-8"))
FLOORS = json.loads((QUALITY / "baseline.json").read_text(encoding="utf-8"))
MADE = Provenance("test", datetime(2026, 1, 1, tzinfo=UTC), "sha256:0", "test 1")


def article(title: str, text: str = "", published: str | None = "2026-05-06T09:00:00-04:00", **more) -> Document:
    when = When(datetime.fromisoformat(published)) if published else None
    return Document("a", Kind.NEWS, PageClass.ARTICLE, title, text, MADE, published=when, **more)


def line(number: int | None, filed: str | None, words: str, *, docket="demo:2026-cv-00001", filing=None) -> Line:
    when = When.on(date.fromisoformat(filed), UTC) if filed else None
    return Line(DocketEntry(f"{docket}#{number}", docket, number, when, entry_type(words.strip("[]")), words), filing)


def filing(text: str, *, judge=None, events=(), dispositions=(), published="2026-05-05", kind="order") -> Document:
    when = When.on(date.fromisoformat(published), UTC)
    return Document(
        "f", Kind.FILING, PageClass.FILING, "ORDER", text, MADE, type=kind, judge=judge, events=events,
        dispositions=dispositions, published=when,
    )  # fmt: skip


ORDER = line(12, "2026-05-05", "ORDER denying 9 Motion to Compel. Signed by Judge Ada Marlowe")
MOTION = line(9, "2026-04-29", "MOTION to Compel production of logs")
LETTER = line(13, "2026-05-05", "LETTER addressed to Judge Ada Marlowe re extension of time")
TOLD = article("Judge refuses to make Quarto hand over logs", "Ada Marlowe denied the motion to compel on Tuesday.")


def number(report: Report | None) -> str | None:
    return report and report.entry.partition("#")[2]


def test_the_order_is_what_is_reported_and_the_reasons_say_why():
    report = find_report(TOLD, [MOTION, LETTER, ORDER])
    assert report is not None
    assert number(report) == "12"
    assert report.score >= 0.8
    kinds = [reason.partition(":")[0] for reason in report.reasons]
    assert kinds == ["date", "act", "subject", "words", "outcome"]


def test_words_quoted_from_the_filing_are_near_proof():
    said = "a demand for every log without limit is no demand at all"
    held = replace(ORDER, filing=filing(f"The Court finds that {said}. Denied."))
    other = line(14, "2026-05-05", "ORDER denying 9 Motion to Compel. Signed by Judge Ada Marlowe")
    told = replace(TOLD, text=f"{TOLD.text} “{said.capitalize()},” she wrote.")
    report = find_report(told, [other, held])
    assert number(report) == "12"
    assert report is not None
    assert report.reasons[0] == f"quoted words: “{said.capitalize()}”"


def test_an_ecf_number_is_near_proof():
    told = article("Quarto order in full", "The judge’s order (ECF 12) came on Tuesday.")
    assert number(find_report(told, [line(11, "2026-05-05", "ORDER re sealing"), ORDER])) == "12"


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        pytest.param(TOLD, [], id="no entries"),
        pytest.param(TOLD, [line(12, None, "ORDER denying Motion to Compel")], id="an entry without a date"),
        pytest.param(article(TOLD.title, TOLD.text, None), [ORDER], id="an article without a date"),
        pytest.param(TOLD, [line(12, "2025-11-05", "ORDER denying 9 Motion to Compel")], id="half a year before"),
        pytest.param(TOLD, [line(12, "2026-05-20", "ORDER denying 9 Motion to Compel")], id="after the article"),
        pytest.param(TOLD, [MOTION, LETTER], id="the order has not been entered yet"),
        pytest.param(TOLD, [ORDER, line(15, "2026-05-05", ORDER.entry.description)], id="two alike in one docket"),
        pytest.param(article("Quarto raises $90 million", "The company is being sued."), [ORDER], id="business news"),
        pytest.param(TOLD, [line(12, "2026-05-05", "ORDER granting 9 Motion for Pro Hac Vice")], id="bookkeeping"),
    ],
)
def test_none_rather_than_a_guess(told, lines):
    assert find_report(told, lines) is None


DISMISSED = "MEMORANDUM & OPINION granting in part 21 Motion to Dismiss. Signed by Judge Ansel Brook"
SAID = "a model that has learned a song by heart has kept a copy of it"


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        pytest.param(
            article(
                "Four copyright cases to watch before the year ends",
                "Quarto’s motion to dismiss four of five counts awaits a ruling by Judge Ansel Brook.",
            ),
            [line(63, "2026-05-06", DISMISSED)],
            id="a preview",
        ),
        pytest.param(
            article("The week in AI and copyright", "Judge Ansel Brook granted Quarto’s motion to dismiss in part."),
            [line(63, "2026-05-05", DISMISSED)],
            id="a round-up of the week",
        ),
        pytest.param(
            article("Judge trims songwriters’ suit against Quarto", "Judge Ansel Brook dismissed two counts on Tuesday."),
            [line(63, "2026-05-07", DISMISSED)],
            id="filed on the day after",
        ),
        pytest.param(
            article(
                "From the bench: Quarto must restore erased logs and pay $9,000",
                "Judge Ada Marlowe ruled from the bench that logs of its chatbot were erased, and granted a motion for "
                "sanctions by the poets’ guild. A written order will follow.",
            ),
            [
                line(
                    29, "2026-05-04", "Stay",
                    filing=filing(
                        "QUARTO’S MOTION TO STAY DISCOVERY. The poets’ guild sued in March over the training of a chatbot. "
                        "The logs of the chatbot were preserved. Judge Ada Marlowe will hear the motion for summary judgment "
                        "in June. If that motion is granted, discovery into logs will have cost both the guild and Quarto.",
                        kind="motion", judge="Ada Marlowe",
                    ),
                )
            ],
            id="an oral ruling, beside a motion by the other side",
        ),
    ],
)  # fmt: skip
def test_what_is_not_in_the_docket_yet_is_not_reported_by_what_is(told, lines):
    assert find_report(told, lines) is None


def test_words_quoted_from_an_order_outrun_its_docketing_by_a_day():
    early = line(63, "2026-05-07", DISMISSED, filing=filing(f"We hold that {SAID}.", published="2026-05-07"))
    told = article("Judge trims songwriters’ suit against Quarto", f"“{SAID.capitalize()},” the judge ruled.")
    assert number(find_report(told, [early])) == "63"


HEARD = article(
    "Judge refuses to make Quarto hand over logs",
    "Ada Marlowe denied the poets’ motion to compel from the bench after an hour of argument.",
)


@pytest.mark.parametrize(
    ("told", "filed", "words"),
    [
        pytest.param(
            TOLD, "2026-05-11",
            "Minute Entry for proceedings held before Judge Ada Marlowe: Motion Hearing held on 5/5/2026 re 9 Motion to "
            "Compel. DENIED.", id="minutes of that day",
        ),
        pytest.param(
            HEARD, "2026-05-13", "ORDER denying 9 Motion to Compel for the reasons stated on the record on May 6, 2026",
            id="an order that names the day",
        ),
        pytest.param(HEARD, "2026-05-12", "ORDER denying 9 Motion to Compel. Signed by Judge Ada Marlowe",
                     id="the order on the same motion, where the report names the bench"),
    ],
)  # fmt: skip
def test_a_ruling_from_the_bench_is_found_when_it_is_docketed_days_later(told, filed, words):
    assert find_report(told, [MOTION, LETTER]) is None
    assert number(find_report(told, [MOTION, LETTER, line(19, filed, words)])) == "19"


@pytest.mark.parametrize(
    ("told", "filed", "words"),
    [
        pytest.param(TOLD, "2026-05-11", "ORDER denying 9 Motion to Compel", id="a later order without a day"),
        pytest.param(
            TOLD, "2026-05-11", "Minute Entry: Motion Hearing held on 5/11/2026 re 9 Motion to Compel. DENIED.",
            id="a later hearing",
        ),
        pytest.param(HEARD, "2026-05-12", "ORDER granting 15 Motion for Class Certification", id="another motion"),
        pytest.param(HEARD, "2026-05-19", "ORDER denying 9 Motion to Compel", id="two weeks later"),
        pytest.param(
            TOLD, "2026-05-11", "TRANSCRIPT of Proceedings held on 5/5/2026 before Judge Ada Marlowe re Motion to Compel",
            id="the transcript",
        ),
    ],
)  # fmt: skip
def test_what_is_docketed_later_is_not_taken_for_it(told, filed, words):
    assert find_report(told, [line(19, filed, words)]) is None


@pytest.mark.parametrize(
    ("docket", "title", "found"),
    [
        pytest.param("nysd:2026-cv-00001", "Manhattan federal court denies motion to compel Quarto logs", True, id="its own"),
        pytest.param("nysd:2026-cv-00001", "Quarto need not open logs, Delaware federal court rules", False, id="a sister"),
        pytest.param("nysd:2026-cv-00001", "Second Circuit denies Quarto’s motion over logs", False, id="above"),
        pytest.param("demo:2026-cv-00001", "Munich Regional Court denies motion over Quarto’s logs", False, id="abroad"),
        pytest.param("demo:2026-cv-00001", "Quarto need not open logs, Delaware federal court rules", True, id="the demonstration’s may be any"),
        pytest.param("newcourt:2026-cv-00001", "Quarto need not open logs, Delaware federal court rules", True, id="a court on no list may be any trial court"),
        pytest.param("newcourt:2026-cv-00001", "Quarto need not open logs, Third Circuit rules", False, id="a trial court on no list is no appeals court"),
    ],
)  # fmt: skip
def test_a_report_from_another_court_tells_of_no_order_of_this_docket(docket, title, found):
    order = line(12, "2026-05-05", "ORDER denying 9 Motion to Compel. Signed by Judge Ada Marlowe", docket=docket)
    told = article(title, "Ada Marlowe denied the motion to compel on Tuesday.")
    assert (find_report(told, [order]) is not None) is found


def test_an_appeals_court_s_order_is_found_where_the_clerk_entered_it_below():
    order = line(12, "2026-05-05", "ORDER of USCA denying motion to compel", docket="nysd:2026-cv-00001")
    assert number(find_report(article("Second Circuit denies Quarto’s motion to compel"), [order])) == "12"


def test_one_filing_in_several_dockets_is_one():
    copy = line(7, "2026-05-05", ORDER.entry.description, docket="demo:2026-cv-00002")
    assert number(find_report(TOLD, [ORDER, copy])) == "12"


def test_a_june_order_on_a_privilege_log_is_not_what_a_november_article_on_waiver_reports():
    order = filing("The motion is DENIED without prejudice to renewal. privilege log", published="2025-06-24")
    june = line(218, "2025-06-24", "ORDER denying motion on privilege log", filing=order)
    told = article(
        "Chatbot maker must produce messages, judge rules",
        "On November 24, 2025 the court found that privilege was waived by its own privilege log.",
        "2025-11-26T10:00:00-05:00",
    )
    assert find_report(told, [june]) is None


@pytest.mark.parametrize(
    ("title", "lead", "expected"),
    [
        ("Judge orders Quarto to produce logs", "", True),
        ("Poets sue Quarto", "", True),
        ("Quarto raises $90 million", "A judge ruled last week.", False),
        ("Four cases to watch", "Judges will rule on them.", False),
        ("Picture library and Quarto talk terms", "The two are suing each other.", False),
    ],
)
def test_which_articles_await_an_entry(title, lead, expected):
    assert reports_a_paper(article(title, lead)) is expected


@cache
def _judged(half: str) -> dict[str, float]:
    """Precision and recall over the labelled articles of one part."""
    dockets = {
        d["key"]: [line(n, filed, words, docket=d["key"]) for n, filed, words in d["entries"]]
        for d in LABELLED["docket"]
    }
    parts = ("held_out", "later", "sealed")
    asked = [a for a in LABELLED["article"] if half == next((part for part in parts if a.get(part)), "tuning")]
    found = [number(find_report(article(a["title"], a["lead"], a["published"]), dockets[a["docket"]])) for a in asked]
    right = sum(said == str(a["number"]) for said, a in zip(found, asked, strict=True))
    of = sum(a["number"] > 0 for a in asked)
    return {"precision": right / sum(said is not None for said in found), "recall": right / of}


@pytest.mark.parametrize("floor", [name for name in FLOORS if name.startswith("reports.")])
def test_reports_agree_with_the_labels(floor):
    _, half, measure = floor.split(".")
    assert _judged(half)[measure] >= FLOORS[floor]


@given(st.text(max_size=120), st.text(max_size=300), st.lists(st.text(max_size=80), max_size=4))
def test_any_words_give_a_score_between_0_and_1(title, lead, descriptions):
    report = find_report(article(title, lead), [line(n, "2026-05-05", words) for n, words in enumerate(descriptions)])
    assert report is None or 0.5 <= report.score <= 1


@given(st.permutations([ORDER, MOTION, LETTER]))
def test_the_order_of_the_entries_does_not_matter(lines):
    assert number(find_report(TOLD, lines)) == "12"


# ---------------------------------------------------------------------------------------------- disagreements

RESET = "The status conference is RESET to December 17, 2026, at 11:30 a.m. in Courtroom 4B."


def conference(text: str = RESET, day: date = date(2026, 12, 17)) -> Event:
    return Event("conference", "Status conference", When.on(day, UTC), Passage(0, len(text), text))


@pytest.mark.parametrize(
    ("told", "filed", "expected"),
    [
        pytest.param("The status conference will be held on December 16.", filing(RESET, events=(conference(),)), [("date", "2026-12-16", "2026-12-17")], id="another day"),
        pytest.param("The status conference will be held on December 17.", filing(RESET, events=(conference(),)), [], id="the same day"),
        pytest.param("A hearing on logs is on December 16.", filing(RESET, events=(conference(),)), [], id="another appointment"),
        pytest.param("The status conference moves from December 10 to December 17.", filing(RESET, events=(conference(),)), [], id="both days told"),
        pytest.param("She ordered Quarto to pay the publisher $40,500 in fees for the motion.", filing("Quarto shall pay the publisher $38,500 in fees for the motion."), [("amount", "$40,500", "$38,500")], id="another sum"),
        pytest.param("She ordered Quarto to pay the publisher $38,500 in fees for the motion.", filing("Quarto shall pay the publisher $38,500 in fees for the motion."), [], id="the same sum"),
        pytest.param("Quarto raised $90 million last spring.", filing("Quarto shall pay the publisher $38,500 in fees."), [], id="a sum of something else"),
        pytest.param("The publisher says Quarto copied 3,916 charts to train the map model.", filing("The publisher alleges that Quarto copied 3,816 charts to train its map model."), [("number", "3,916", "3,816")], id="another number"),
        pytest.param("Judge Bea Holt ruled on Tuesday that the logs stay closed.", filing("IT IS SO ORDERED.\nAda Marlowe, District Judge", judge="Ada Marlowe"), [("judge", "Bea Holt", "Ada Marlowe")], id="another judge"),
        pytest.param("Judge Marlowe ruled on Tuesday that the logs stay closed.", filing("IT IS SO ORDERED.\nAda Marlowe, District Judge", judge="Ada Marlowe"), [], id="the same judge"),
        pytest.param("The case is No. 1:26-cv-00163, in Delaware.", filing("Case 1:26-cv-00136-AM\nORDER\nThe motion is DENIED."), [("number", "1:26-cv-00163", "1:26-cv-00136-AM")], id="two digits of the docket number exchanged"),
        pytest.param("The case is No. 1:25-cv-00136, in Delaware.", filing("Case 1:26-cv-00136-AM\nORDER\nThe motion is DENIED."), [("number", "1:25-cv-00136", "1:26-cv-00136-AM")], id="another year of the docket number"),
        pytest.param("The case is No. 1:26-cv-136, in Delaware.", filing("Case 1:26-cv-00136-AM\nORDER\nThe motion is DENIED."), [], id="the same docket number, spelled otherwise"),
        pytest.param("A like case is No. 1:24-cv-08872.", filing("Case 1:26-cv-00136-AM\nORDER\nThe motion is DENIED."), [], id="the number of another case"),
        pytest.param("The case is No. 1:26-cv-00137.", filing("Case 1:26-cv-00136-AM\nRelated to 1:26-cv-00137-AM\nORDER"), [], id="a number the filing names too"),
        pytest.param("The court granted the motion on Tuesday.", filing("The motion is DENIED.", dispositions=(Disposition("denied", "ECF 9", Passage(0, 21, "The motion is DENIED.")),)), [("disposition", "granted", "denied")], id="another outcome"),
        pytest.param("The court denied the motion on Tuesday.", filing("The motion is DENIED.", dispositions=(Disposition("denied", "ECF 9", Passage(0, 21, "The motion is DENIED.")),)), [], id="the same outcome"),
    ],
)  # fmt: skip
def test_disagreements(told, filed, expected):
    found = disagreements(article("Told", told), filed)
    assert [(each.what, each.reported, each.filed) for each in found] == expected


def test_a_disagreement_quotes_both():
    told = "Both sides asked for it. The status conference will be held on December 16."
    [found] = disagreements(article("Told", told), filing(RESET, events=(conference(),)))
    assert told[found.article.start : found.article.end] == found.article.text
    assert RESET[found.filing.start : found.filing.end] == found.filing.text


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_quote_stands_in_its_text(told, filed):
    for each in disagreements(article("Told", told), filing(filed, judge="Ada Marlowe")):
        assert told[each.article.start : each.article.end] == each.article.text
        assert filed[each.filing.start : each.filing.end] == each.filing.text
