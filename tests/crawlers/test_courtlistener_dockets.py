"""The registry's audit asks CourtListener: against a stand-in that answers as ``dockets/{id}/`` of API v4 does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from pipeline import stages
from pipeline.errors import SourceError
from pipeline.model import Docket, Health, Level, Matter
from pipeline.refine import courtlistener_docket
from pipeline.registry import Registry
from pipeline.store import Store

STARTED = datetime(2026, 11, 21, 3, 15, tzinfo=UTC)
KEY = "nysd:2026-cv-04101"
DOCKET = Docket(
    KEY,
    "nysd",
    "1:26-cv-04101",
    judges=("Ada Example",),
    filed=date(2026, 5, 4),
    url="https://www.courtlistener.com/docket/7001/",
)
REGISTRY = Registry([Matter("a-v-b", "Alder v. Beacon", "nysd", (DOCKET,), evidence=("invented",), checked=date(2026, 11, 1))])  # fmt: skip


def docket(**more):
    return {
        "id": 7001, "docket_number": "1:26-cv-04101", "case_name": "Alder v. Beacon, Inc.", "assigned_to_str": "Bo Other",
        "referred_to_str": "", "panel_str": "", "date_filed": "2026-05-04", "date_terminated": None,
        "cause": "17:501 Copyright Infringement", "nature_of_suit": "820", "absolute_url": "/docket/7001/alder-v-beacon/",
        "date_modified": "never asked for",
    } | more  # fmt: skip


class Api:
    def __init__(self):
        self.dockets, self.asked, self.status = {7001: docket()}, [], 200

    def __call__(self, path, headers):
        parts, query = urlsplit(path), parse_qs(urlsplit(path).query)
        self.asked.append((parts.path, headers.get("Authorization")))
        number = int(parts.path.rstrip("/").rpartition("/")[2])
        if self.status != 200 or number not in self.dockets:
            return self.status if self.status != 200 else 404, {"Content-Type": "application/json"}, b'{"detail": "no"}'
        row = {name: self.dockets[number][name] for name in query["fields"][0].split(",")}
        return 200, {"Content-Type": "application/json"}, json.dumps(row).encode()


@pytest.fixture
def api(web):
    api = Api()
    web.programs.append(("/api/rest/v4/", api))
    return api


@pytest.fixture
def audited(night, tmp_path):
    with Store(tmp_path / "work" / "docketwire.db") as store:

        def audit(*, started=STARTED, token="secret-0123456789", followed=None):
            followed = {7001: DOCKET} if followed is None else followed
            (run,) = night("register", ledger=store.ledger(), modules=["tests.crawlers.docket_sources"], followed=followed, token=token, started=started)  # fmt: skip
            store.put_runs([run])
            store.sync_registry(REGISTRY.matters, REGISTRY.courts())
            stages.ingest(store, REGISTRY, [tmp_path / run.spool])
            return run, stages.audit(store, REGISTRY)

        yield audit


def test_the_audit_says_where_courtlistener_and_the_registry_disagree(api, audited):
    run, done = audited()
    assert run.health is Health.WELL
    assert api.asked == [("/api/rest/v4/dockets/7001/", "Token secret-0123456789")]
    assert dict(done.counts) == {"matters": 1, "checked": 1, "facts compared": 4, "disagree": 1}
    [issue] = done.issues
    assert (
        issue.message
        == "judge: 'Ada Example', but 'Bo Other' in https://www.courtlistener.com/docket/7001/alder-v-beacon/"
    )


def test_a_case_file_that_points_to_another_case_is_found_out(api, audited):
    api.dockets[7001] = docket(docket_number="1:26-cv-09999", case_name="Cedar v. Dune", assigned_to_str="Ada Example")
    _, done = audited()
    assert {issue.message.partition(":")[0] for issue in done.issues} == {"number", "caption"}


def test_a_docket_is_asked_about_once_a_week(api, audited):
    audited()
    audited(started=datetime.now(UTC) + timedelta(days=1))
    assert len(api.asked) == 1
    audited(started=datetime.now(UTC) + timedelta(days=8))
    assert len(api.asked) == 2


def test_without_a_token_nothing_is_asked_and_it_is_said(api, audited):
    run, done = audited(token="")
    assert (run.health, api.asked) == (Health.QUIET, [])
    assert [(issue.level, issue.message) for issue in run.issues] == [
        (Level.NOTE, "no token: the registry is audited against what was crawled")
    ]
    assert done.counts["facts compared"] == 0


def test_a_refused_token_is_told_once_and_what_was_known_stays(api, audited):
    audited()
    api.status = 403
    run, done = audited(started=datetime.now(UTC) + timedelta(days=8), followed={7001: DOCKET, 7002: DOCKET})
    assert sum("audited against what was crawled" in issue.message for issue in run.issues) == 1
    assert done.counts["disagree"] == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [(b"<html>", "not the JSON"), (b"[]", "not a docket"), (b'{"id": 1}', "no field “docket_number”")],
    ids=["a page", "a list", "fields missing"],
)
def test_an_answer_that_is_no_docket_is_refused(body, why):
    with pytest.raises(SourceError, match=why):
        courtlistener_docket.read_docket(body, url="https://api.example/dockets/1/")
