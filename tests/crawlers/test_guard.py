"""Whatever a feed or a redirect says: nothing inside anybody's network, nothing that costs money."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawlers import guard

OWN = "https://ecf.nysd.uscourts.gov/cgi-bin/rss_outside.pl"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "http://10.0.0.1/admin",
        "http://192.168.1.1/",
        "http://172.16.0.9:8080/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
        "http://localhost/",
        "http://localhost./",
        "http://api.localhost/",
        "http://metadata.google.internal/",
        "http://printer/",
        "http://nas.local/",
        "ftp://ftp.example.org/a",
        "file:///etc/passwd",
        "gopher://example.org/",
        "data:text/html,x",
        "http://[broken",
        "https://ecf.nysd.uscourts.gov/doc1/127041",
        "https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1",
        "https://pacer.login.uscourts.gov/",
    ],
)
def test_refused(url):
    assert guard.refusal(url, own=OWN)


@pytest.mark.parametrize(
    "url",
    [
        OWN,
        "https://ecf.nysd.uscourts.gov/robots.txt",
        "https://www.ca9.uscourts.gov/opinions/1.pdf",
        "http://example.org/a",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
        "https://10.example.org/",
        "https://dead.beef.example/",
    ],
)
def test_allowed(url):
    assert guard.refusal(url, own=OWN) is None


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8123/ledger/1", True),
        ("http://127.0.0.1:8124/ledger/1", False),
        ("http://localhost:8123/ledger/1", False),
        ("http://169.254.169.254/", False),
        ("https://example.org/", False),
    ],
)
def test_a_demonstration_stays_on_the_replay_web(url, allowed):
    assert (guard.refusal(url, own="http://127.0.0.1:8123/ledger/feed.xml", demo=True) is None) is allowed


def test_a_name_that_dns_leads_inside_is_refused_with_its_reason():
    assert guard.outward("93.184.216.34", "example.org") == "93.184.216.34"
    with pytest.raises(DNSLookupError):
        guard.outward("10.0.0.1", "rebound.example")
    assert "10.0.0.1, which is not a public address" in guard.refused_names["rebound.example"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Sat, 21 Nov 2026 03:02:00 GMT", 120),
        ("Sat, 21 Nov 2026 02:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after(header, seconds):
    assert guard.seconds(header, now=datetime(2026, 11, 21, 3, 0, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    "url",
    [
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::1]/",
        "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://0x7f.1/",
        "http://127.0.0.1./",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
        "http://240.0.0.1/",
        "http://198.18.0.1/",
        "http://reader:secret@example.org/",
        "http://example.org@10.0.0.1/",
        "http://10.0.0.1#@example.org/",
    ],
    ids=lambda url: url.encode("ascii", "namereplace").decode(),
)
def test_no_spelling_of_an_address_slips_through(url):
    """Judged as Scrapy will ask: its `Request` has the last word on what a URL says."""
    assert guard.refusal(Request(url).url, own=None)


def test_an_answer_of_dns_is_judged_each_time_it_is_used(monkeypatch):
    """Rebinding: the first look-up is harmless, the second leads inside, and both may come from the cache."""
    answers = iter(["93.184.216.34", "169.254.169.254"])
    monkeypatch.setattr(CachingThreadedResolver, "getHostByName", lambda *_: defer.succeed(next(answers)))
    resolver = guard.GuardedResolver.__new__(guard.GuardedResolver)
    seen = []
    for _ in range(2):
        resolver.getHostByName("rebound.example").addBoth(seen.append)
    assert seen[0] == "93.184.216.34"
    assert seen[1].type is DNSLookupError
