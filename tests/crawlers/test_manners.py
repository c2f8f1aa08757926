"""What a publisher asks of machines is asked for, recorded and obeyed; what opens a session is not recorded."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from benchmarks import hostile as web
from crawlers.run import crawl
from pipeline.model import Health
from pipeline.registry import Registry
from pipeline.spool import read_spool
from pipeline.stages import ingest
from pipeline.store import Store

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
WORDS = "The court in Marrow v. Inkwell ruled on Friday that the press must be paid. " * 9
NAMES = ("free", "premium/1", "noai")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """One night with a paper that reserves its premium pages in a file, and one page in a header."""

    def article(name, **headers):
        html = f"<html><head><title>About {name}</title></head><body><article><p>{WORDS}</p></article></body></html>"
        return lambda asked: asked.say(html.encode(), "text/html; charset=utf-8", **headers)

    folder = tmp_path_factory.mktemp("spool")
    with web.hostile() as server:
        rules = [{"location": "/ledger/premium/", "tdm-reservation": 1}]
        server.paths = {
            "/ledger/feed.xml": web.feed(*[f"{server.url}/ledger/{name}" for name in NAMES]),
            "/ledger/free": article("free", Set_Cookie="session=s3cr3t"),
            "/ledger/premium/1": article("premium"),
            "/ledger/noai": article("noai", X_Robots_Tag="noai"),
            "/.well-known/tdmrep.json": lambda asked: asked.say(json.dumps(rules).encode(), "application/json"),
        }
        (run,) = crawl(
            ["demo_ledger"], spool=folder, ledger={}, started=STARTED, user_agent="x", demo_url=server.url
        )  # fmt: skip
        return folder / run.spool, run, list(server.asked)


def test_the_policy_file_is_asked_for_once_and_is_no_answer_of_the_source_s(crawled):
    _, run, asked = crawled
    assert asked.count("/.well-known/tdmrep.json") == 1
    assert run.statuses == ((200, 4),)


def test_the_reservation_goes_on_record_with_the_page(crawled):
    spool, _, _ = crawled
    assert {page.url.rpartition("/ledger/")[2]: page.reserved for page in read_spool(spool)} == {
        "feed.xml": None,
        "free": None,
        "premium/1": "/.well-known/tdmrep.json: tdm-reservation 1",
        "noai": None,  # its header says so itself
    }


def test_no_cookie_goes_into_the_spool(crawled):
    spool, _, _ = crawled
    assert not [page.url for page in read_spool(spool) if page.header("Set-Cookie")]


@pytest.mark.parametrize("obey", [True, False], ids=["obeyed", "recorded only"])
def test_a_reserved_page_keeps_title_and_link_and_an_issue_says_why(crawled, tmp_path, obey):
    spool, _, _ = crawled
    with Store(tmp_path / "work.db", purpose="demo") as store:
        told = ingest(store, Registry(()), [spool], obey=obey).issues
        found = {document.title: (document.state, bool(document.text)) for document in store.documents()}
        assert store.awaiting_summary(model="lead", revision="1", parameters="{}") == []
    kept = ("reserved", False) if obey else ("read", True)
    assert found == {"About free": ("read", True), "About premium": kept, "About noai": kept}
    reasons = {
        issue.place.rpartition("/ledger/")[2]: issue.message.partition(": ")[0]
        for issue in told
        if "ledger/" in issue.place and "feed" not in issue.place
    }
    assert reasons == {"premium/1": "/.well-known/tdmrep.json", "noai": "X-Robots-Tag"}


# ------------------------------------------------------------------------------------------------ robots.txt


def night(folder, server, **limits):
    limits = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 1} | limits
    return crawl(
        ["demo_ledger"], spool=folder, ledger={}, started=STARTED, user_agent="x", demo_url=server.url, limits=limits
    )[0]


@pytest.mark.parametrize(
    ("rules", "asked", "why"),
    [
        (lambda answer: answer.say(b"User-agent: *\nDisallow: /", "text/plain", 404), True, ""),
        (web.redirect_loop, True, ""),
        (web.busy(429, "3600"), False, "robots.txt cannot be had (answered 429 Too Many Requests"),
        (lambda answer: answer.say(b"", status=500), False, "robots.txt cannot be had (answered 500 Internal"),
        (web.stall, False, "robots.txt cannot be had (no whole answer in time): taken to forbid everything tonight"),
        (lambda answer: answer.say(b"", status=302, Location="http://10.0.0.1/robots.txt"), False, "cannot be had (not fetched"),
    ],
    ids=["404 with rules", "loop", "429", "500", "stall", "leads inside"],
)  # fmt: skip
def test_a_host_whose_robots_txt_fails_is_left_alone_and_one_that_has_none_is_not(tmp_path, rules, asked, why):
    with web.hostile() as server:
        server.paths = {
            "/ledger/feed.xml": web.feed(f"{server.url}/ledger/1"),
            "/ledger/1": web.page(),
            "/robots.txt": rules,
        }
        run = night(tmp_path, server)
        seen = [path for path in server.asked if path.startswith("/ledger/")]
    assert bool(seen) is asked
    assert [why in issue.message for issue in run.issues] == ([] if asked else [True])
    assert run.health is (Health.WELL if asked else Health.FAILING)
