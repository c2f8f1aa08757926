from __future__ import annotations

import pytest

from pipeline.publish.site.charts import court_map, lags, stage, weeks
from pipeline.publish.site.claims import decided
from pipeline.publish.site.directory import benches, sued
from tests.publish.site_reader import page, words


def test_where_it_stands_gives_the_last_ruling_and_the_next_dates_each_with_its_place(get):
    standing = page(get("/matter/lantern")).cssselect(".standing")[0]
    assert "Next Sat 30 Nov 2030, joint status letter" in words(standing)
    assert standing.xpath(".//a/@href") == ["/document/order-91#p2", "/document/order-91#e0", "/document/order-91#e1"]


def test_every_mark_of_a_matter_leads_to_words_in_the_document(get):
    for address in page(get("/matter/lantern")).xpath(
        "//a[contains(@href, '#') and starts-with(@href, '/document/')]/@href"
    ):
        path, _, anchor = address.partition("#")
        assert page(get(path)).xpath(f"//*[@id='{anchor}']"), address


def test_claims_stand_beside_the_rulings_that_name_them(get):
    [direct] = page(get("/matter/harbor-v-quillwright")).cssselect(".claims tbody tr, .claims table > tr")
    assert [words(cell) for cell in direct] == [
        "direct infringement", "granted in part GRANTED as to direct infringement", "ECF 45, Tue 19 Nov 2030",
    ]  # fmt: skip
    assert direct.xpath(".//a/@href") == ["/document/opinion-45#d1"]
    lantern = page(get("/matter/lantern")).cssselect(".claims")[0]
    assert words(lantern).count("no ruling that we hold names it") == 2
    assert "denied without prejudice ECF 88" in words(lantern.cssselect("details")[0])


def ruling(quote: str, around: str | None = None) -> dict[str, str]:
    return {"document": "o", "start": 500, "quote": quote, "around": around or quote}


@pytest.mark.parametrize(
    ("claims", "made", "found"),
    [
        (["direct infringement", "DMCA § 1202(b)"], ruling("DENIED as to direct infringement"), [("direct infringement", "")]),
        (["direct infringement"], ruling("DENIED as to indirect infringement"), [(None, "")]),
        (["contributory infringement", "vicarious infringement"], ruling("the contributory and vicarious claims are dismissed"),
         [("contributory infringement", ""), ("vicarious infringement", "")]),
        (["DMCA § 1202(b)"], ruling("Count III is dismissed.", "Count III rests on section 1202(b)(1) of Title 17. Count III is dismissed."),
         [("DMCA § 1202(b)", "its paragraph")]),
        (["DMCA 1202(b)", "unjust enrichment"], ruling("Dismissed.", "Section 1202 and unjust enrichment. Dismissed."), [(None, "")]),
        (["unjust enrichment"], ruling("Dismissed.", "Unjust enrichment.\n\nCount I. Dismissed."), [(None, "")]),
        (["DMCA § 1202(b)", "DMCA § 1202(b)(1)"], ruling("the § 1202(b) claim is dismissed"), [("DMCA § 1202(b)", "")]),
        ([], ruling("GRANTED"), [(None, "")]),
    ],
    ids=["named", "another word", "two named", "in the paragraph", "two in the paragraph", "another paragraph", "one statute", "no claims"],
)  # fmt: skip
def test_a_ruling_stands_beside_a_claim_its_words_name(claims, made, found):
    assert [(one.claim, one.by) for one in decided(claims, [made])] == found


def named(value: str, around: str, quote: str, **more: object) -> dict[str, object]:
    return {"document": "o", "what": "claim", "value": value, "quote": quote, "start": 0, "around": around} | more


HEADED = named(
    "contributory infringement", "C. Count IV: contributory infringement. Vellum contends", "contributory infringement"
)
DMCA = named("DMCA § 1202(b)", "COUNT III\nRemoval of CMI under § 1202(b)", "1202(b)")
BEHIND = named("unjust enrichment", "the claim of unjust enrichment (Count 5) is", "unjust enrichment")
ELSEWHERE = named(
    "contributory infringement", "to Count II. The contributory infringement claim", "contributory infringement"
)


@pytest.mark.parametrize(
    ("readings", "quote", "found"),
    [
        ([HEADED], "DENIED as to Counts II and IV", [("contributory infringement", "Count IV")]),
        ([HEADED, DMCA], "GRANTED as to Counts III, IV and V", [("DMCA 1202(b)", "Count III"), ("contributory infringement", "Count IV")]),
        ([BEHIND], "count 5 is dismissed", [("unjust enrichment", "Count 5")]),
        ([ELSEWHERE], "Count II is dismissed", [(None, "")]),
        ([HEADED | {"document": "another"}], "Count IV is dismissed", [(None, "")]),
        ([HEADED, HEADED | {"value": "direct infringement"}], "Count IV is dismissed", [(None, "")]),
        ([HEADED], "the claim of contributory infringement (Count IV) is dismissed", [("contributory infringement", "")]),
        ([HEADED], "Discovery on Count IV shall proceed; the request to stay it is DENIED", [(None, "")]),
        ([BEHIND, BEHIND | {"value": "preemption (defence)"}], "Count 5 is dismissed", [("unjust enrichment", "Count 5")]),
        ([named("negligence", "Count VI: negligence", "negligence")], "Count VI is dismissed, and so is nothing else", [(None, "")]),
    ],
    ids=["a heading", "several", "in brackets behind", "the end of a sentence is no heading", "another paper's count", "two claims for one count",
         "its own words first", "another clause", "a defence is no claim", "a claim the registry does not list"],
)  # fmt: skip
def test_a_count_is_the_claim_that_the_same_paper_says_it_is(readings, quote, found):
    claims = ["contributory infringement", "DMCA 1202(b)", "unjust enrichment"]
    assert [(one.claim, one.by) for one in decided(claims, [ruling(quote)], readings)] == found


def test_a_ruling_names_what_its_paragraph_cites_and_nothing_further_off():
    text = "Count II fails.\n\nSee 17 U.S.C. § 301(a). The claim is dismissed.\n\nSee 17 U.S.C. § 505."
    at = {
        words: 500 + text.index(words) for words in ("17 U.S.C. § 301(a)", "17 U.S.C. § 505", "The claim is dismissed.")
    }
    made = ruling("The claim is dismissed.", text) | {"start": at["The claim is dismissed."]}
    cited = [
        named(value, "", value, what="statute", start=at[value]) for value in ("17 U.S.C. § 301(a)", "17 U.S.C. § 505")
    ]
    [one] = decided([], [made], [*cited, cited[0] | {"document": "another"}])
    assert one.citing == ("17 U.S.C. § 301(a)",)


def test_judges_are_those_of_the_registry_and_those_who_ruled(get):
    judges = page(get("/matter/lantern")).cssselect(".sitting")[0]
    assert [words(one) for one in judges.cssselect("li")] == [
        "Ada Birch sits by the registry; no ruling that we hold",
        "Otto Wren 1 ruling that we hold, Wed 20 Nov 2030",
    ]


def test_where_an_article_and_a_filing_differ_both_are_quoted(site_over):
    from tests.publish.conftest import rows

    tables = rows()
    tables["disagreements"] = [{
        "document": "courier-1", "position": 0, "entry": "e91", "filing": "order-91", "what": "date", "reported": "12 December", "filed": "30 November",
        "quote": "by December 12", "filing_quote": "by November 30, 2030", "start": 0, "end": 1,
    }]  # fmt: skip
    get = site_over(tables)
    said = words(page(get("/matter/lantern")).xpath("//*[@aria-labelledby='disagreements']")[0])
    assert (
        "date The Demo Courier says 12 December, ECF 91 says 30 November. by December 12 by November 30, 2030" in said
    )
    assert "The article says 12 December" in words(page(get("/document/courier-1")).cssselect(".claims")[0])


def test_what_the_registry_and_the_docket_say_differently_is_shown(site_over):
    from tests.publish.conftest import rows

    tables = rows()
    fact = {
        "matter": "lantern",
        "docket": "demo:2030-md-09001",
        "what": "judge",
        "ours": "Ada Birch",
        "our_source": "x",
        "their_source": "docket page",
        "seen": "2030-11-20T00:00:00+00:00",
    }
    tables["audit"] = [
        fact | {"theirs": "Otto Wren", "agrees": 0},
        fact | {"what": "caption", "theirs": "Ada Birch", "agrees": 1},
    ]
    tables["docket_history"] = [
        {
            "docket": "demo:2030-md-09001",
            "position": 0,
            "what": "judge",
            "value": "Ian Oak",
            "until": "2030-05-01",
            "evidence": "ECF 3",
        }
    ]
    tables["candidates"] = [
        {
            "docket": "demo:2030-cv-7",
            "caption": "Somebody v. Lantern",
            "reason": "a party of ours",
            "evidence": "COMPLAINT",
            "source": "demo-court",
            "seen": "2030-11-20T00:00:00+00:00",
            "state": "open",
        }
    ]
    get = site_over(tables)
    tree = page(get("/matter/lantern"))
    assert "judge Of 1:30-md-09001 the registry says Ada Birch, the docket Otto Wren." in words(
        tree.xpath("//*[@aria-labelledby='disagreements']")[0]
    )
    assert len(tree.xpath("//*[@aria-labelledby='disagreements']//li")) == 1
    assert "Ian Oak judge before 1:30-md-09001 until Wed 1 May 2030: ECF 3" in words(tree.cssselect(".sitting")[0])
    assert "Somebody v. Lantern" in words(page(get("/matters")).xpath("//*[@aria-labelledby='candidates']")[0])


def test_a_line_that_stands_in_many_dockets_is_told_once_with_all_its_numbers(site_over):
    from tests.publish.conftest import ENTRY, rows

    tables = rows()
    twin = {**ENTRY, "id": "e12", "docket": "demo:2029-cv-07002", "number": 12, "filed": "2030-11-20T00:00:00-05:00", "precision": "day",
            "type": "motion", "description": "LETTER MOTION for extension of time by Lantern Models, Inc.", "duplicate_of": "e94"}  # fmt: skip
    twin_of_order = {
        **twin,
        "id": "e13",
        "number": 13,
        "type": "order",
        "description": "ORDER",
        "document": "order-91",
        "duplicate_of": None,
    }
    tables["entries"] += [twin, twin_of_order]
    lines = [words(line) for line in page(site_over(tables)("/matter/lantern")).cssselect(".timeline .line")]
    assert sum("LETTER MOTION" in line for line in lines) == 1
    assert "1:29-cv-07002: 13" in next(line for line in lines if "Motion to compel" in line)
    assert "1:29-cv-07002: 12" in next(line for line in lines if "LETTER MOTION" in line)


def test_docket_pages_of_an_invented_court_are_not_linked(get, site_over):
    assert not page(get("/matter/lantern")).xpath("//a[starts-with(@href, 'https://court.example/9001')]")
    live = site_over(purpose="live")
    assert page(live("/matter/lantern")).xpath("//a[@href='https://court.example/9001']")
    assert page(live("/matter/lantern")).xpath("//a[@href='https://court.example/e94']")


def test_subscribing_is_offered_for_what_there_is(get, site_over):
    offered = page(get("/matter/lantern")).xpath("//*[@class='subscribe']/a/@href")
    assert {"/feeds/lantern.atom", "/feeds/lantern.ics"} <= set(offered)
    assert {get(address).status_code for address in offered} == {200}
    assert "no feed of the matter" in words(page(site_over()("/matter/lantern")))


# ---------------------------------------------------------------------------------------------- all matters


def test_matters_can_be_narrowed_to_a_cell_of_the_map(get):
    tree = page(get("/matters"))
    assert len(tree.cssselect(".matters > li")) == 3
    cells = {words(a): a.get("href") for a in tree.cssselect(".map a")}
    assert cells["1 in D. Demo, Discovery"] == "/matters?court=demo&stage=Discovery"
    chosen = page(get("/matters?court=demo&stage=Discovery"))
    assert [words(one) for one in chosen.cssselect(".matters h2")] == [
        "In re Lantern Models, Inc. Copyright Infringement Litigation"
    ]
    assert "No matter of this kind" in words(page(get("/matters?court=nowhere")))


def test_charts_say_their_numbers(get):
    drawn = page(get("/matters")).cssselect(".twin")
    assert drawn
    for chart in [*drawn, *page(get("/")).cssselect(".spark svg")]:
        assert chart.get("role") == "img"
        assert chart.get("aria-label")


@pytest.mark.parametrize(
    ("status", "found"),
    [(None, "Pending"), ("pending", "Pending"), ("pending; motion to dismiss granted in part", "Motion to dismiss"),
     ("dismissed in part with leave; amended complaint", "Motion to dismiss"), ("dismissed", "Ended"), ("voluntarily dismissed", "Ended"),
     ("settled for USD 1.5 billion", "Settled"), ("settled in part; the rest goes on; trial in May", "Trial"), ("affirmed 2030-01-02", "Appeal"),
     ("judgment for the plaintiff; on appeal", "Appeal"), ("default judgment", "Judgment"), ("pending; fact discovery until May", "Discovery"),
     ("summary judgment on fair use", "Summary judgment")],
)  # fmt: skip
def test_the_stage_of_a_matter_is_read_from_the_registrys_words(status, found):
    assert stage(status) == found


def test_the_map_counts_every_matter_once():
    rows = [
        {"court": "a", "status": "dismissed"},
        {"court": "b", "status": None},
        {"court": "b", "status": "dismissed"},
    ]
    assert court_map(rows) == {"b": {"Pending": 1, "Ended": 1}, "a": {"Pending": 0, "Ended": 1}}


def test_lags_are_counted_from_entry_to_first_story():
    entered = "2030-11-20T12:00:00-05:00"
    reported = ["2030-11-20T20:00:00+00:00", "2030-11-22T12:00:00-05:00", "2030-12-24T12:00:00-05:00", None]
    counted = lags([{"entered": entered, "reported": one} for one in reported])
    assert counted == {"within a day": 1, "1 to 3 days": 1, "3 to 7 days": 0, "7 to 14 days": 0, "none in 14 days": 2}


def test_weeks_hold_what_was_published_in_them():
    from datetime import date

    rows = [{"monday": "2030-11-18", "filings": 2, "stories": 3}, {"monday": "2030-11-11", "filings": 0, "stories": 1},
            {"monday": "2029-01-01", "filings": 0, "stories": 9}]  # fmt: skip
    bars = weeks(rows, date(2030, 9, 2))
    assert [(bar.filings, bar.stories) for bar in bars][-2:] == [(0, 1), (2, 3)]
    assert sum(bar.filings + bar.stories for bar in bars) == 6


# ---------------------------------------------------------------------------------------------- courts, judges, defendants


def test_courts_list_their_judges_and_their_matters(get):
    [bench] = page(get("/courts")).cssselect(".bench")
    assert "3 matters" in words(bench)
    assert [words(judge) for judge in bench.cssselect("h3")] == ["Ada Birch", "Ines Alder", "Otto Wren"]
    assert "Judge not known: Harbor Press v. Quillwright AI; Nobody v." in words(bench)


def test_a_judge_sits_by_the_registry_or_by_a_ruling():
    dockets = [
        {"court": "x", "matter": "m", "judges": "Ada Birch; Otto Wren (magistrate)"},
        {"court": "x", "matter": "n", "judges": None},
    ]
    signed = [{"court": "x", "judge": "Otto Wren", "filings": 3, "rulings": 2, "latest": "2030-01-01"},
              {"court": "x", "judge": "A Party", "filings": 1, "rulings": 0, "latest": "2030-01-01"}, {"court": "y", "judge": None, "filings": 1, "rulings": 0, "latest": None}]  # fmt: skip
    x, y = benches(dockets, signed)
    assert [(judge["name"], judge["part"], judge["rulings"]) for judge in x["judges"]] == [
        ("Otto Wren", "magistrate", 2),
        ("Ada Birch", "", 0),
    ]
    assert (x["filings"], x["rulings"], list(x["matters"])) == (4, 2, ["m", "n"])
    assert (y["court"], y["filings"]) == ("y", 1)


def test_a_defendant_is_one_however_it_is_spelled():
    found = sued([{"defendants": "OpenModel, Inc.; Cloud Corp."}, {"defendants": "OpenModel"}, {"defendants": None}])
    assert [(name, len(matters)) for name, matters in found] == [("OpenModel", 2), ("Cloud Corp.", 1)]


def test_defendants_list_the_matters_against_them(get):
    first = page(get("/defendants")).cssselect(".bench")[0]
    assert words(first.cssselect("h2")[0]).startswith("Bright Cloud Corp. 1 matter")
    assert first.xpath(".//li/a/@href") == ["/matter/lantern"]


def test_the_audit_and_the_candidates_have_pages_of_their_own(site_over):
    from tests.publish.conftest import rows

    tables = rows()
    fact = {
        "matter": "lantern",
        "docket": "demo:2030-md-09001",
        "our_source": "registry, checked 2030-11-01",
        "seen": "2030-11-20T00:00:00+00:00",
    }
    tables["audit"] = [
        fact
        | {
            "what": "judge",
            "ours": "Ada Birch",
            "theirs": "Otto Wren",
            "agrees": 0,
            "their_source": "https://court.example/9001",
        },
        fact | {"what": "filed", "ours": "2030-02-03", "theirs": "2030-02-03", "agrees": 1, "their_source": "docket"},
    ]
    seen = {
        "source": "demo-court",
        "seen": "2030-11-20T00:00:00+00:00",
        "reason": "AI: Copilot",
        "evidence": "COMPLAINT",
        "url": "https://court.example/7",
    }
    tables["candidates"] = [
        seen | {"docket": "demo:2030-cv-7", "caption": "Somebody v. Lantern", "state": "open"},
        seen | {"docket": "demo:2030-cv-8", "caption": "Other v. Other", "state": "rejected", "note": "a patent case"},
    ]
    get = site_over(tables)
    audit = page(get("/audit"))
    assert "1 matter checked in 2 facts; 1 fact in 1 matter disagrees. Drift: 50.0 %." in words(
        audit.cssselect(".lede")[0]
    )
    [row] = audit.xpath("//*[@aria-labelledby='drift']//li")
    assert "Ours: Ada Birch registry, checked 2030-11-01 Theirs: Otto Wren https://court.example/9001" in words(row)
    sections = page(get("/candidates")).cssselect("section.matters")
    assert [words(section.cssselect("h2")[0]) for section in sections] == ["Waiting for a decision 1", "Rejected 1"]
    assert "a patent case" in words(sections[1])
    assert "COMPLAINT" in words(sections[0])


def test_an_audit_of_nothing_says_so(get):
    assert "No docket has said anything yet" in words(page(get("/audit")).cssselect(".empty")[0])
    assert "No candidate" in words(page(get("/candidates")).cssselect(".empty")[0])


def test_what_may_belong_to_a_matter_stands_apart_with_why(site_over):
    from tests.publish.conftest import rows

    tables = rows()
    link = {"docket": "demo:2030-md-09001", "reason": "party", "evidence": "Lantern", "entry_number": None}
    tables["document_dockets"] += [
        link | {"document": "courier-3", "confidence": 0.4},
        link | {"document": "office-1", "confidence": 0.8},
    ]
    seen = {
        "reason": "a party of ours",
        "evidence": "x",
        "source": "demo-court",
        "seen": "2030-11-20T00:00:00+00:00",
        "state": "open",
    }
    tables["candidates"] = [
        seen | {"docket": "demo:2030-cv-7", "caption": "Somebody v. Lantern Models, Inc."},
        seen | {"docket": "demo:2030-cv-8", "caption": "Somebody v. Lanterns Unlimited"},
    ]
    later = seen | {"caption": "Else v. Lanterns", "seen": "2030-11-21T00:00:00+00:00"}  # nor do newer ones hide it
    tables["candidates"] += [later | {"docket": f"demo:2030-cv-{n}"} for n in range(100, 160)]
    get = site_over(tables)
    said = words(page(get("/matter/lantern")).xpath("//*[@aria-labelledby='candidates']")[0])
    assert "docket demo:2030-cv-7 Somebody v. Lantern Models, Inc. a party of ours, Wed 20 Nov 2030" in said
    assert "news A studio nobody has heard of says a model has heard of it The Demo Courier" in said
    assert "party, Lantern, 40 % sure" in said
    assert "cv-8" not in said
    assert "inquiry into training data" not in said
    assert not page(get("/matter/harbor-v-quillwright")).xpath("//*[@aria-labelledby='candidates']")
