"""What the sources of `kind_sources` answer: invented parties, one answer a kind, as such places write theirs."""

from __future__ import annotations

import gzip
import json

from pipeline.refine import courtlistener

# One of each kind; the name is that of the source.
NAMES = ("paper", "wire", "clerk", "map", "tracker", "newsroom", "recap", "bench", "archive")
_DATED = "Fri, 20 Nov 2026 12:00:00 GMT"

_PAPER = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<item><title>Judge lets Alder Press's case go on</title><link>ORIGIN/1</link><guid>1</guid><pubDate>{_DATED}</pubDate></item>
<item><title>Beacon Labs &amp;amp; Co. answers</title><link>ORIGIN/2</link><description>No date, no guid</description></item>
</channel></rss>"""
_WIRE = f"""<rss version="2.0"><channel><title>Wire</title><item><title>Cedar Songs sues Dune AI - The Gazette</title>
<link>ORIGIN/opaque/1</link><pubDate>{_DATED}</pubDate><source url="https://gazette.example">The Gazette</source></item>
</channel></rss>"""
_CLERK = f"""<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>District Court</title>
<item><title>1:26-cv-04101 Alder Press v. Beacon Labs</title><pubDate>{_DATED}</pubDate><guid>ORIGIN/DktRpt.pl?1&amp;12</guid>
<description>[Order on Motion [Doc 5] to Seal] (&lt;a href="ORIGIN/doc1/12"&gt;12&lt;/a&gt;)</description></item>
<item><title>1:26-cv-04102 Cedar Songs v. Dune AI</title><description>[JURY DEMAND]</description></item></channel></rss>"""
_MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>ORIGIN/2026/logs</loc><news:news><news:publication><news:name>Map</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2026-11-20T08:00:00-05:00</news:publication_date><news:title>Logs denied</news:title>
</news:news></url><url><loc>ORIGIN/about</loc></url></urlset>"""
_TRACKER = "<html><title>Tracker</title><nav>menu</nav><article><p>Alder Press v. Beacon Labs: answer due.</p></article></html>"
_NEWSROOM = """<html><body><a href="/newsroom/edition-2#top">Edition 2</a> <a href="/newsroom/edition-1">Edition 1</a>
<a href="/about">About</a></body></html>"""
_BENCH = """<html><body><div class="row"><div><div><div><a href="ORIGIN/docs/26-7001.pdf">26-7001</a></div></div></div>
<div><div><div>Alder Press v. Beacon Labs</div></div></div><div><div><div><span>November 20, 2026</span></div></div></div></div>
</body></html>"""
_CASE = dict.fromkeys(courtlistener._HIT_FIELDS) | {
    "docket_id": 8001, "court_id": "nysd", "docketNumber": "1:26-cv-09999", "caseName": "Cedar Songs v. Dune AI",
    "dateFiled": "2026-11-17", "docket_absolute_url": "/docket/8001/cedar-songs-v-dune-ai/",
}  # fmt: skip
_RECAP = json.dumps({"count": 1, "next": None, "previous": None, "results": [dict(sorted(_CASE.items()))]})
_ARCHIVE = "crawl-data/CC-NEWS/2026/11/a-1.warc.gz\ncrawl-data/CC-NEWS/2026/11/a-2.warc.gz\n"


def fill(web):
    """Serve them all; feeds with a validator."""
    for path, words, media_type, headers in (
        ("/feed.xml", _PAPER, "application/rss+xml", {"ETag": '"1"'}),
        ("/wire.xml", _WIRE, "application/rss+xml", {}),
        ("/rss_outside.pl", _CLERK, "text/xml", {}),
        ("/sitemap.xml", _MAP, "application/xml", {"Last_Modified": _DATED}),
        ("/tracker", _TRACKER, "text/html", {"ETag": '"2"'}),
        ("/newsroom", _NEWSROOM, "text/html", {}),
        ("/opinions", _BENCH, "text/html", {}),
    ):
        web.page(path, words.replace("ORIGIN", web.url), media_type, **headers)
    web.programs.append(
        ("/api/rest/v4/search/", lambda path, headers: (200, {"Content-Type": "application/json"}, _RECAP.encode()))
    )
    packed = gzip.compress(_ARCHIVE.encode(), mtime=0)
    web.page("/CC-NEWS/warc.paths.gz", packed, "application/gzip")
