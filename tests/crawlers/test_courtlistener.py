"""CourtListener against a stand-in that answers as its REST API v4 does: pages, cursors, refusals, limits, secrets."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.run import kinds
from pipeline import intake, stages
from pipeline.errors import SourceError
from pipeline.model import Docket, Fetched, Health, Kind, Level, Matter, Role
from pipeline.refine import courtlistener
from pipeline.refine.docket_feed import docket_entries
from pipeline.refine.feed import read_feed
from pipeline.registry import Registry
from pipeline.settings import load_settings
from pipeline.spool import read_spool
from pipeline.store import Store

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
PDF = (Path(__file__).parent.parent.parent / "data/demo/web/court/doc/00612-29.pdf").read_bytes()
TOKEN = "0123456789abcdef-secret"
KEY = "nysd:2026-cv-04101"
DOCKET = Docket(KEY, "nysd", "1:26-cv-04101", url="https://www.courtlistener.com/docket/7001/")
MATTER = Matter(slug="a-v-b", caption="Alder v. Beacon", court="nysd", dockets=(DOCKET,), evidence=("invented",), checked=date(2026, 11, 1))  # fmt: skip


def entry(number, *, modified="2026-11-19T10:00:00-08:00", pdf=True, **more):
    document = {
        "id": 900 + (number or 0), "document_number": str(number or ""), "attachment_number": None,
        "description": "Order on Motion to Compel", "is_available": pdf,
        "filepath_local": f"recap/gov.uscourts.nysd.1/{number}.0.pdf" if pdf else None,
        "plain_text": "never asked for", "pacer_doc_id": "127",
    }  # fmt: skip
    row = {
        "id": 500 + (number or 0), "entry_number": number, "date_filed": "2026-11-18", "time_filed": None, "date_modified": modified,
        "description": "ORDER denying 12 Motion to Compel.", "recap_documents": [document], "recap_sequence_number": "x",
    }  # fmt: skip
    return row | more


def case(number="1:26-cv-09999", **more):
    names = courtlistener._HIT_FIELDS
    row = dict.fromkeys(names) | {
        "docket_id": 8001, "court_id": "nysd", "docketNumber": number, "caseName": "Cedar Songs v. Dune AI",
        "dateFiled": "2026-11-17", "docket_absolute_url": "/docket/8001/cedar-songs-v-dune-ai/",
    }  # fmt: skip
    return row | more


@dataclass
class Api:
    """Twenty results a page, as the service has it; here two. Keeps what it was asked, with which token."""

    url: str
    entries: list = field(default_factory=list)
    documents: list = field(default_factory=list)  # with ``date_modified``; those of entries only when named here too
    cases: list = field(default_factory=list)
    extra: dict = field(default_factory=dict)  # added to each page of results
    limit: int = 10**6  # answers before it says 429
    window: int = 0  # answers within a second before it says 429, Retry-After 1; 0: any number
    times: list = field(default_factory=list)
    closed: bool = False  # this token may not read docket entries
    echo: bool = False  # repeats the token, as a careless proxy might
    asked: list = field(default_factory=list)

    def __call__(self, path, headers):
        parts, query = urlsplit(path), {k: v[0] for k, v in parse_qs(urlsplit(path).query).items()}
        token = headers.get("Authorization", "")
        self.asked.append((parts.path, query, token))
        if len(self.asked) > self.limit:
            return self._json({"detail": "Request was throttled."}, 429, {"Retry-After": "4000"})
        if self.window:
            self.times = [at for at in self.times if at > time.monotonic() - 1]
            if len(self.times) >= self.window:
                return self._json({"detail": "Request was throttled."}, 429, {"Retry-After": "1"})
            self.times.append(time.monotonic())
        if parts.path.endswith("/search/"):
            return self._page(self.cases, query, path)
        if parts.path.endswith("/docket-entries/"):
            if not token:
                return self._json({"detail": "Authentication credentials were not provided."}, 401)
            if self.closed:
                return self._json({"detail": "You do not have permission to perform this action."}, 403)
            since = query.get("date_modified__gte")
            rows = [r for r in self.entries if since is None or datetime.fromisoformat(r["date_modified"]) >= datetime.fromisoformat(since)]  # fmt: skip
            rows.sort(key=lambda row: datetime.fromisoformat(row["date_modified"]))
            return self._page([self._only(row, query["fields"]) for row in rows], query, path)
        if parts.path.endswith("/recap-documents/"):
            since = datetime.fromisoformat(query["date_modified__gte"])
            rows = [r for r in self.documents if datetime.fromisoformat(r["date_modified"]) >= since]
            return self._page([{k: r[k] for k in query["fields"].split(",")} for r in rows], query, path)
        return self._json({"detail": "Not found."}, 404)

    def query(self, endpoint):
        """What it was asked there, the first time: two endpoints may be asked at once, in any order."""
        return next(query for path, query, _ in self.asked if path.endswith(f"/{endpoint}/"))

    def _only(self, row, fields):
        nested = {name.partition("__")[2] for name in fields.split(",") if "__" in name}
        top = {name for name in fields.split(",") if "__" not in name}
        kept = {name: value for name, value in row.items() if name in top or name.startswith("new_")}
        kept["recap_documents"] = [{k: v for k, v in d.items() if k in nested} for d in row["recap_documents"]]
        return kept

    def _page(self, rows, query, path):
        at = int(query.get("cursor", "0"))
        bare = path.partition("&cursor=")[0]
        after = f"{self.url}{bare}&cursor={at + 2}" if at + 2 < len(rows) else None
        return self._json(
            {"count": len(rows), "next": after, "previous": None, "results": rows[at : at + 2]} | self.extra
        )

    def _json(self, value, status=200, headers=None):
        words = json.dumps(value)
        if self.echo and status == 200:
            words = words.replace("Motion to Compel", self.asked[-1][2])
        named = {
            "Content-Type": "application/json",
            **({"X-Echo": self.asked[-1][2]} if self.echo else {}),
            **(headers or {}),
        }
        return status, named, words.encode()


@pytest.fixture
def api(web):
    api = Api(web.url)
    web.programs.append(("/api/rest/v4/", api))
    web.programs.append(("/recap/", lambda path, headers: (200, {"Content-Type": "application/pdf"}, PDF)))
    return api


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "work" / "docketwire.db") as store:
        yield store


@pytest.fixture
def crawled(night, store, tmp_path):
    def crawl(name="followed", *, followed=None, token=TOKEN, **more):
        followed = {7001: DOCKET} if followed is None else followed
        (run,) = night(
            name, ledger=store.ledger(), modules=["tests.crawlers.kind_sources"], followed=followed, token=token, **more
        )
        store.put_runs([run])
        found = stages.ingest(store, Registry([MATTER]), [tmp_path / run.spool])
        return run, [issue for issue in found.issues if "PDF" not in issue.message and "recap/" not in issue.place]

    return crawl


def messages(run):
    return [issue.message for issue in run.issues]


def feed(url, *numbers, path="/docket/7001/a-v-b/"):
    items = "".join(
        f"<entry><title>Entry #{n} in Alder v. Beacon (1:26-cv-04101)</title><id>{url}{path}?order_by=desc#entry-{n}</id>"
        f'<link href="{url}{path}?order_by=desc#entry-{n}" rel="alternate"/><published>2026-11-18T00:00:00-08:00</published>'
        f'<updated>2026-11-18T00:00:00-08:00</updated><summary type="html">ORDER denying {n}.</summary>'
        f'<link href="https://storage.courtlistener.com/recap/gov.uscourts.nysd.1/{n}.0.pdf" rel="enclosure" type="application/pdf"/>'
        "</entry>"
        for n in numbers
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Docket updates for A v. B</title>{items}</feed>'


# ------------------------------------------------------------------------------------------------ followed dockets


def test_a_followed_docket_is_read_page_by_page_with_its_documents(api, crawled, store, spooled):
    api.entries = [entry(n, modified=f"2026-11-1{n}T10:00:00-08:00", pdf=n != 3) for n in range(1, 6)]
    run, issues = crawled()
    assert (run.health, run.entries, run.pages, messages(run), issues) == (Health.WELL, 5, 4, [], [])
    assert len(api.asked) == 3
    assert {token for _, _, token in api.asked} == {f"Token {TOKEN}"}
    order = store.entry(f"{KEY}#2")
    assert (order.number, order.filed.iso(), order.type) == (2, "2026-11-18T00:00:00-05:00", "order")
    assert (order.url, order.document_url is not None) == (f"{api.url}/docket/7001/#entry-2", True)
    pdf = next(one for one in spooled(run) if one.role is Role.PAGE and one.url.endswith("/4.0.pdf"))
    assert (pdf.court, pdf.filed.docket, pdf.filed.entry_number) == ("nysd", KEY, 4)
    assert pdf.entry.title == "Order on Motion to Compel"


def test_the_next_night_asks_for_what_changed_since_and_no_document_twice(api, crawled, web):
    api.entries = [entry(1), entry(2)]
    crawled()
    api.asked.clear()
    web.asked.clear()
    api.entries.append(entry(3, modified="2026-11-21T10:00:00-08:00"))
    run, _ = crawled(started=STARTED + timedelta(days=1))
    assert api.query("docket-entries")["date_modified__gte"] == "2026-11-19T10:00:00-08:00"
    assert [path for path in web.paths() if path.startswith("/recap/")] == ["/recap/gov.uscourts.nysd.1/3.0.pdf"]
    api.asked.clear()
    run, _ = crawled(started=STARTED + timedelta(days=2))
    assert (run.health, sorted(path.rpartition("v4/")[2] for path, _, _ in api.asked)) == (
        Health.QUIET,
        ["docket-entries/", "recap-documents/"],
    )


def test_a_night_that_is_cut_short_is_gone_on_with(api, crawled, store):
    api.entries = [entry(n, modified=f"2026-11-1{n}T10:00:00-08:00") for n in range(1, 7)]
    api.limit = 2
    run, _ = crawled()
    assert run.health is Health.FAILING
    assert [store.entry(f"{KEY}#{n}") is not None for n in (1, 4, 5)] == [True, True, False]
    api.limit = 10**6
    crawled(started=datetime.now(UTC) + timedelta(hours=2))
    assert all(store.entry(f"{KEY}#{n}") for n in range(1, 7))


def test_too_many_requests_leave_the_whole_service_alone_as_long_as_it_says(api, crawled):
    api.limit = 1
    many = {n: Docket(f"nysd:2026-cv-0{n}", "nysd", f"1:26-cv-0{n}") for n in range(7001, 7041)}
    run, _ = crawled(followed=many)
    assert len(api.asked) < 20
    assert "answered 429 Too Many Requests, asks to come back later (Retry-After: 4000)" in messages(run)
    api.asked.clear()
    run, _ = crawled(followed=many, started=datetime.now(UTC) + timedelta(minutes=50))
    assert api.asked == []
    assert run.health is Health.FAILING


def test_a_limit_by_the_minute_is_kept_to_and_nothing_is_left_out(api, crawled):
    """Three answers, then "one second": every docket is read, and few are turned away."""
    many = {n: Docket(f"nysd:2026-cv-0{n}", "nysd", f"1:26-cv-0{n}") for n in range(7001, 7011)}
    api.window = 3
    run, _ = crawled(followed=many, limits={"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0.001})
    assert run.issues == ()
    assert {query["docket"] for _, query, _ in api.asked} == {str(n) for n in many}
    assert len(api.asked) <= len(many) + 4, "one is turned away each time, and the others wait with it"


def test_a_night_s_budget_leaves_dockets_for_the_next_and_starves_none(api, crawled, monkeypatch):
    many = {n: Docket(f"nysd:2026-cv-0{n}", "nysd", f"1:26-cv-0{n}") for n in range(7001, 7301)}
    api.entries = [entry(1, pdf=False)]
    run, _ = crawled(followed=many)
    assert len(api.asked) == 200
    assert "100 requests more than the night’s 200 answers and 200 PDFs: left for later" in messages(run)
    first = {query["docket"] for _, query, _ in api.asked}
    api.asked.clear()
    crawled(followed=many, started=STARTED + timedelta(days=1))
    assert {str(n) for n in many} - first <= {query["docket"] for _, query, _ in api.asked}


def test_documents_on_a_host_without_its_rules_are_left_for_later_and_told_once(api, crawled, web):
    """The API is asked all the same (decision 22); what else lies on its host is not."""
    api.entries = [entry(1), entry(2), entry(3)]
    web.page("/robots.txt", "", status=500)
    run, _ = crawled(limits={"RETRY_TIMES": 0})
    assert (run.entries, run.pages) == (3, 0)
    assert not [path for path in web.paths() if path.startswith("/recap/")]
    assert [issue.place for issue in run.issues] == [f"{web.url}/robots.txt", f"{web.url}/api/rest/v4/"]
    assert messages(run)[0].startswith("robots.txt cannot be had (answered 500 Internal Server Error)")
    assert messages(run)[1].startswith("3 pages left for later")


def test_a_minute_entry_that_the_court_s_feed_told_of_is_no_second_row(api, crawled, store):
    """RECAP learns of it from the same feed: the time is the same, the words begin alike."""
    words = "[Minute Entry] (&lt;a href=&quot;https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1&quot;&gt;&lt;/a&gt;)"
    told = "".join(
        f"<item><title>1:26-cv-04101 Alder v. Beacon</title><guid>{at}</guid><description>{words}</description>"
        f"<pubDate>Wed, 18 Nov 2026 {at} GMT</pubDate></item>"
        for at in ("15:31:07", "19:05:44")
    )
    court = f'<rss version="2.0"><channel><title>Southern District</title>{told}</channel></rss>'.encode()
    feed = read_feed(court, url="https://ecf.nysd.uscourts.gov/cgi-bin/rss_outside.pl")
    lines, _ = docket_entries(feed, court="nysd", source="nysd")
    polled = Fetched("nysd", Kind.FILING, Role.FEED, None, None, STARTED, 200, (), court)
    taken = intake.Intake(store=store, registry=Registry([MATTER]))
    for _ in range(2):
        taken._put_entries(lines, polled)
        api.entries = [
            entry(None, pdf=False, time_filed="10:31:07", description="Minute Entry for proceedings before Judge Oak: x."),
            entry(None, pdf=False, id=502, time_filed="16:00:00", description="Minute Entry for a later proceeding."),
        ]  # fmt: skip
        crawled()
    held = [
        (line.source, line.description)
        for line, _ in store.lines(MATTER.slug, since=STARTED - timedelta(30), until=STARTED)
    ]
    assert sorted(held) == [
        ("followed", "Minute Entry for a later proceeding."),
        ("nysd", "Minute Entry"),
        ("nysd", "Minute Entry for proceedings before Judge Oak: x."),
    ]


def test_a_pdf_that_recap_was_given_later_is_asked_for_though_its_entry_did_not_change(
    api, crawled, store, spooled, web
):
    api.entries = [entry(1, pdf=False), entry(2, modified="2026-11-20T10:00:00-08:00")]
    crawled()
    assert [path for path, _, _ in api.asked] == ["/api/rest/v4/docket-entries/"], "its entries name all there was"
    api.asked.clear()
    web.asked.clear()
    given = entry(1)["recap_documents"][0] | {"date_modified": "2026-11-21T09:00:00-08:00"}
    api.documents = [given | {"id": 1, "filepath_local": "recap/gov.uscourts.nysd.1/2.0.pdf"}, given]
    run, _ = crawled(started=STARTED + timedelta(days=1))
    assert api.query("recap-documents")["docket_entry__docket"] == "7001"
    assert api.query("recap-documents")["date_modified__gte"] == "2026-10-21T10:00:00-08:00"
    assert [path for path in web.paths() if "/recap/" in path] == ["/recap/gov.uscourts.nysd.1/1.0.pdf"]
    pdf = next(one for one in spooled(run) if one.role is Role.PAGE)
    assert (pdf.filed.docket, pdf.filed.entry_number, pdf.entry.title) == (KEY, 1, "Order on Motion to Compel")
    api.asked.clear()
    crawled(started=STARTED + timedelta(days=2))
    assert api.query("recap-documents")["date_modified__gte"] == "2026-11-21T09:00:00-08:00"


def test_what_an_appellate_court_calls_a_document_is_no_ecf_number():
    reader = courtlistener.EntryReader("ca2:2026-101", court="ca2", source="recap")
    answer = courtlistener.Answer((entry(10974397, pdf=False),), None)
    ([line], _, lost) = reader.rows(answer, url="https://api.example/?docket=1")
    assert (line.number, line.url, lost) == (None, "https://api.example/docket/1/#entry-10974397", [])


# ------------------------------------------------------------------------------------------------ without a token


def test_without_a_token_dockets_are_followed_by_their_feeds(web, api, crawled, store):
    web.page("/docket/7001/feed/", feed(web.url, 12, 11), "application/atom+xml", ETag='"1"')
    run, issues = crawled(token="")
    assert (run.health, run.entries, run.pages, messages(run), issues) == (Health.WELL, 2, 2, [], [])
    assert api.asked == []
    found = store.entry(f"{KEY}#12")
    assert (found.description, found.filed.iso()) == ("ORDER denying 12.", "2026-11-18T00:00:00-05:00")
    again, _ = crawled(token="", started=STARTED + timedelta(days=1))
    assert (again.health, again.not_modified) == (Health.QUIET, 1)


def test_a_token_that_may_not_read_entries_falls_back_to_the_feeds_and_says_so(web, api, crawled, store):
    api.closed = True
    web.page("/docket/7001/feed/", feed(web.url, 12), "application/atom+xml")
    run, _ = crawled()
    assert store.entry(f"{KEY}#12")
    assert [(i.level, i.message) for i in run.issues] == [
        (Level.WARNING, "answered 403 Forbidden: dockets are followed by their feeds, which hold 30 entries each")
    ]


def test_a_firewall_in_place_of_a_feed_is_blocked(web, api, crawled):
    web.page("/docket/7001/feed/", "<title>Just a moment...</title>")
    run, _ = crawled(token="")
    assert (run.health, messages(run)) == (Health.BLOCKED, ["a bot challenge in place of the feed"])


# ------------------------------------------------------------------------------------------------ search


def test_a_case_that_no_case_file_follows_is_told(api, crawled):
    api.cases = [case(), case("1:26-cv-04101"), case("1:26-cv-08888")]
    run, issues = crawled("recap", followed={}, token="")
    assert (run.health, run.entries) == (Health.WELL, 3)
    assert [issue.message for issue in issues] == [
        "no case file follows it: Cedar Songs v. Dune AI, 1:26-cv-09999 (nysd), filed 2026-11-17",
        "no case file follows it: Cedar Songs v. Dune AI, 1:26-cv-08888 (nysd), filed 2026-11-17",
    ]
    assert issues[0].place == f"{api.url}/docket/8001/cedar-songs-v-dune-ai/"
    assert api.asked[0][1] == {"type": "r", "q": "copyright AND suitNature:820", "filed_after": "2026-10-22"}
    api.asked.clear()
    crawled("recap", followed={}, token="", started=STARTED + timedelta(days=1))
    assert api.asked[0][1]["filed_after"] > "2026-10-22"


def test_a_query_by_an_unknown_field_is_never_sent(api, crawled):
    run, _ = crawled("misspelt", followed={})
    assert (api.asked, run.health) == ([], Health.FAILING)
    assert messages(run)[0].startswith("unknown field “nature_of_suit” in the search’s q; known are assignedTo, ")


@pytest.mark.parametrize(
    "query", [{"suit_nature": "820"}, {"q": "copyright AND nature_of_suit:820"}, {"q": 'a "b:c" OR Foo:1'}]
)
def test_unknown_names_in_a_query(query):
    with pytest.raises(SourceError, match="unknown"):
        courtlistener.check_query(query, place="here")


def test_our_own_searches_may_be_asked():
    for search in kinds()["courtlistener"].searches:
        courtlistener.check_query(search, place="courtlistener")


def test_known_names_and_colons_in_quotation_marks_may_be_asked():
    courtlistener.check_query({"q": 'suitNature:820 AND "In re: OpenAI"', "court": "nysd"}, place="here")


# ------------------------------------------------------------------------------------------------ strictness


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda api: api.entries.append(entry(1) | {"new_thing": 1}), "the answer has a field “new_thing” that nobody has told us of"),
        (lambda api: api.extra.update(warning="x"), "the answer has a field “warning” that nobody has told us of"),
        (lambda api: api.entries.append({k: v for k, v in entry(1).items() if k != "description"}), "the field “description” is missing from the answer"),
        (lambda api: api.extra.update(results="none"), "a list of objects was expected among the results"),
        (lambda api: api.extra.update(next="https://elsewhere.example/?cursor=1"), "the next page of results lies elsewhere"),
    ],
    ids=["a new field", "a new field at the top", "a field gone", "no list", "a cursor that leads away"],
)  # fmt: skip
def test_what_is_not_understood_fails_the_run(api, crawled, change, what):
    change(api)
    run, _ = crawled()
    assert run.health is Health.FAILING
    assert messages(run) == [what]


def test_one_entry_that_cannot_be_read_is_told_and_the_others_arrive(api, crawled, store):
    api.entries = [entry(1), entry(2, date_filed="the day before")]
    _, issues = crawled()
    assert store.entry(f"{KEY}#1")
    assert [issue.message for issue in issues] == [
        "entry 502 cannot be read (Invalid isoformat string: 'the day before')"
    ]


def test_an_error_of_the_service_is_told_in_its_own_words(web, crawled):
    web.programs.append(("/api/rest/v4/", lambda path, headers: (400, {}, b'{"docket":["Unknown filter"]}')))
    run, _ = crawled()
    assert (run.health, messages(run)) == (Health.FAILING, ['answered 400 Bad Request: {"docket":["Unknown filter"]}'])


def test_nothing_to_ask_is_told(api, crawled):
    run, _ = crawled(followed={})
    assert run.health is Health.FAILING
    assert messages(run)[0].startswith("nothing to ask")


# ------------------------------------------------------------------------------------------------ secrets


def test_the_token_is_in_no_spool_no_issue_and_no_database_even_when_the_server_repeats_it(
    api, crawled, store, tmp_path, web
):
    api.entries, api.echo = [entry(1), entry(2), entry(3)], True
    api.limit = 1
    run, issues = crawled()
    (spool,) = tmp_path.glob("*.warc.gz")
    everything = repr((run, issues, list(read_spool(spool)))) + store.path.read_bytes().decode("latin-1")
    assert store.entry(f"{KEY}#1")
    assert TOKEN not in everything
    assert all(TOKEN not in headers.get("Authorization", "") for path, headers in web.asked if "/api/" not in path)


@pytest.mark.parametrize(
    "answer",
    [
        lambda path, headers: (500, {}, headers["Authorization"].encode()),
        lambda path, headers: (302, {"Location": f"/elsewhere?{headers['Authorization'].split()[1]}"}, b""),
        lambda path, headers: (400, {}, f"bad token {headers['Authorization']}".encode()),
        lambda path, headers: (429, {"Retry-After": "4000", "X-Echo": headers["Authorization"]}, headers["Authorization"].encode()),
        lambda path, headers: (200, {"Content-Type": "application/json"}, json.dumps({"token": headers["Authorization"]}).encode()),
    ],
    ids=["fails", "redirects", "complains", "is busy", "talks"],
)  # fmt: skip
def test_whatever_a_server_does_with_the_token_it_is_written_nowhere(web, crawled, store, tmp_path, answer, capfd):
    """Spool, database, run, issues, what the process says: the token of the environment is in none of them."""
    web.programs.append(("/api/rest/v4/", answer))
    settings = load_settings(tmp_path / "work", {"DOCKETWIRE_COURTLISTENER_TOKEN": TOKEN})
    run, issues = crawled(token=settings.courtlistener_token, limits={"RETRY_TIMES": 0})
    assert run.health is Health.FAILING
    spools = [gzip.decompress(path.read_bytes()) for path in tmp_path.glob("*.warc.gz*")]
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    said = "".join(capfd.readouterr())
    everything = b"".join(files + spools) + repr((run, issues, settings)).encode() + said.encode()
    assert TOKEN.encode() not in everything
    assert all(
        TOKEN not in path and TOKEN not in headers.get("Authorization", "")
        for path, headers in web.asked
        if "/api/" not in path
    )


def test_the_token_comes_from_the_settings_and_is_not_shown(tmp_path):
    settings = load_settings(tmp_path, {"DOCKETWIRE_COURTLISTENER_TOKEN": TOKEN})
    assert settings.courtlistener_token == TOKEN
    assert TOKEN not in repr(settings)


def test_the_dockets_followed_are_those_whose_case_file_gives_their_page():
    other = Docket("nysd:2026-cv-00001", "nysd", "1:26-cv-00001", url="https://court.example/docket/1/")
    assert courtlistener.followed([DOCKET, other]) == {7001: DOCKET}
