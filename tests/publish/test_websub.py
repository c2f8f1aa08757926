from __future__ import annotations

from urllib.parse import parse_qsl

import feedparser
import pytest

from pipeline.errors import SendError
from pipeline.publish.feeds import write_feeds
from pipeline.publish.websub import TOGETHER, changed, ping
from tests.publish.conftest import ask, rows
from tests.publish.test_feeds import json_read, valid

SITE = {"site": "https://docketwire.example", "authority": "docketwire.example"}


def test_only_feeds_that_have_changed_and_were_there_are_told(put, tmp_path):
    tables = rows()
    write_feeds(ask(put(tmp_path / "one", tables)), tmp_path / "before", **SITE)
    [order] = [row for row in tables["documents"] if row["id"] == "opinion-45"]
    order |= {"headline": "Training on manuals was not fair use", "changed": "2030-11-22T04:10:00+00:00", "revision": 2}
    after = tmp_path / "after"
    write_feeds(ask(put(tmp_path / "two", tables)), after, before=tmp_path / "before", **SITE)
    (after / "brand-new.atom").write_bytes(b"<feed/>")
    told = {topic.rpartition("/")[2] for topic in changed(after, tmp_path / "before", site=SITE["site"])}
    assert {"all.atom", "all.rss", "all.json", "harbor-v-quillwright.atom", "type-opinion.atom", "daily.atom"} <= told
    assert not told & {"lantern.atom", "type-order.atom", "all.opml", "brand-new.atom"}
    assert changed(after, after, site=SITE["site"]) == []


def test_a_hub_is_told_in_its_own_words_a_hundred_feeds_at_a_time(posted):
    address, took = posted
    topics = [f"https://docketwire.example/feeds/{n}.atom" for n in range(TOGETHER + 1)]
    ping(f"{address}/taken", topics)
    said = [parse_qsl(form.decode()) for _, form in took]
    assert [one[0] for one in said] == [("hub.mode", "publish")] * 2
    assert [value for one in said for name, value in one if name == "hub.url"] == topics
    ping(f"{address}/taken", [])
    assert len(took) == 2


@pytest.mark.parametrize("path", ["/closed", None], ids=["refuses", "is not there"])
def test_a_hub_that_does_not_take_it_is_named(posted, path):
    with pytest.raises(SendError, match=r"127\.0\.0\.1"):
        ping(posted[0] + path if path else "http://127.0.0.1:1/hub", ["https://docketwire.example/feeds/all.atom"])


def test_feeds_name_their_hub_where_there_is_one(query, tmp_path):
    hub = "https://hub.example/"
    write_feeds(query, tmp_path, hub=hub, **SITE)
    for name in ("all.atom", "all.rss", "lantern.atom", "daily.rss"):
        read = feedparser.parse((tmp_path / name).read_bytes())
        assert not read.bozo
        assert hub in [link.href for link in read.feed.links if link.rel == "hub"], name
    valid((tmp_path / "all.atom").read_bytes())
    assert json_read((tmp_path / "all.json").read_bytes())["hubs"] == [{"type": "WebSub", "url": hub}]
    write_feeds(query, tmp_path / "without", **SITE)
    assert b"hub" not in (tmp_path / "without" / "all.atom").read_bytes().partition(b"<entry>")[0]


def test_a_hub_that_answers_no_http_is_named(no_web):
    with pytest.raises(SendError, match=r"127\.0\.0\.1:\d+: cannot be reached: BadStatusLine"):
        ping(no_web, ["https://docketwire.example/feeds/all.atom"])
