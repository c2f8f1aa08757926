"""Court feeds: is anything lost, and how long does it take: ``python benchmarks/court_feeds.py [../shared/material]``.

Prints a table: the time for 1,000 to 8,000 items of an invented feed; what becomes of mutated feeds; and, where the
material lies, of every file of ``feeds_feedparser`` and ``pacer_rss``. The functions also serve the tests.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.refine.docket_feed import docket_entries
from pipeline.refine.feed import read_feed

ELEMENTS = ("title", "link", "description", "guid", "pubDate")
JUNK = (
    b"\x00", b"\x1f\xff\xfe", b"<", b">", b"&", b"&nope;", b"]]>", b"<![CDATA[", b"<!--", b"</item>", b"</channel>",
    b"<item>", b"<br>", b'"', "\N{PILE OF POO}".encode(), "é".encode("cp1252"),
)  # fmt: skip
EVENTS = ("Order on Motion [Doc 5] to Seal", "JURY DEMAND", "Notice of Appearance", "Brief", "Letter & Reply", "Order")


def court_feed(items: int) -> bytes:
    """A feed in the dialect of CM/ECF, of invented cases: each item is one entry of its own."""
    listed = "".join(
        f"<item><title>1:26-cv-{4100 + n // 50:05} Marrow &amp; Sons v. Inkwell No. {n // 50}, Inc.</title>\n"
        f"<link>https://ecf.demo.example/cgi-bin/DktRpt.pl?{n // 50}</link>\n"
        f"<description>[{EVENTS[n % len(EVENTS)].replace('&', '&amp;amp;')}] (&lt;a href=&quot;https://ecf.demo.example/"
        f"doc1/{n}?caseid={n // 50}&amp;amp;de_seq_num={n}&quot; &gt;{n % 50 + 1}&lt;/a&gt;)</description>\n"
        f'<guid isPermaLink="true">https://ecf.demo.example/cgi-bin/DktRpt.pl?{n // 50}&amp;amp;{n}</guid>\n'
        f"<pubDate>Fri, 20 Nov 2026 {n // 60 % 24:02}:{n % 60:02}:00 GMT</pubDate>\n</item>\n"
        for n in range(items)
    )
    head = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<rss version="2.0"><channel><title>Demonstration District</title>'
    )
    return f"{head}\n<description>of type: all</description>\n{listed}</channel></rss>\n".encode("iso-8859-1")


def mutants(body: bytes, *, cuts: int = 50, junk: int = 60, seed: int = 20261121) -> Iterator[tuple[str, bytes]]:
    """(what was done, the feed afterwards): elements dropped, cut short, encodings swapped, junk let in."""
    chance = random.Random(seed)
    for name in ELEMENTS:
        whole = re.compile(rf"<{name}\b[^>]*>.*?</{name}>".encode(), re.DOTALL)
        start, items = body[: body.find(b"<item")], body[body.find(b"<item") :]
        yield f"no {name}", start + whole.sub(b"", items)
        yield f"empty {name}", start + whole.sub(f"<{name}></{name}>".encode(), items)
        yield f"some without {name}", start + whole.sub(lambda m: m[0] if chance.random() < 0.8 else b"", items)
    for n in range(cuts):
        yield f"cut at {n + 1}/{cuts + 1}", body[: len(body) * (n + 1) // (cuts + 1)]
    text = body.decode("iso-8859-1")
    for encoding in ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-32", "cp037"):
        yield f"{encoding}, undeclared", text.replace("Sons", "Söhne").encode(encoding)
        declared = re.sub(r'encoding="[^"]*"', f'encoding="{encoding}"', text, count=1)
        yield f"{encoding}, declared, but ISO-8859-1", declared.replace("Sons", "Söhne").encode("iso-8859-1")
    for n in range(junk):
        # One in four hits the head, where the encoding is declared.
        at, what = chance.randrange(len(body) if n % 4 else 120), JUNK[(n + n // 16) % len(JUNK)]
        yield f"{what!r} at {at}", body[:at] + what + body[at:]


def fate(body: bytes, items: int, lines: int, court: str) -> tuple[str, str]:
    """(fate, reason) of a feed of ``items`` items that make ``lines`` entries when it is whole.

    "whole", "told" (fewer, and an issue says so), "refused" (a `SourceError`), or "LOST".
    """
    try:
        feed = read_feed(body, url="https://ecf.demo.example/rss", content_type="application/rss+xml")
        entries, none = docket_entries(feed, court=court, source="court")
    except SourceError as error:
        return "refused", error.what
    found = f"{len(feed.entries)} of {items} items, {len(entries)} of {lines} entries, {len(none)} that are none"
    if len(feed.entries) >= items and (len(entries) >= lines or none):
        return ("told" if none else "whole"), found
    doubts = [issue for issue in feed.issues if "well-formed" in issue or "could not be read" in issue]
    return ("told" if doubts else "LOST"), f"{found}; {'; '.join(feed.issues)}"


def fates(body: bytes, court: str = "demo", **how: int) -> Iterator[tuple[str, str, str]]:
    """(mutation, fate, reason) of each mutant of a feed that is read whole as it stands."""
    feed = read_feed(body, url="https://ecf.demo.example/rss")
    entries, none = docket_entries(feed, court=court, source="court")
    lines = len(entries) + len(none)
    for name, mutant in mutants(body, **how):
        # Without the words that tell an item's number, items of one docket and moment are rightly one line.
        fewer = 1 if "description" in name else lines
        yield name, *fate(mutant, len(feed.entries), fewer, court)


def seconds(items: int, repeats: int = 3) -> float:
    """Reading and merging a feed of so many items, the best of some tries."""
    body, best = court_feed(items), float("inf")
    for _ in range(repeats):
        began = time.process_time()
        entries, none = docket_entries(read_feed(body, url="https://ecf.demo.example/rss"), court="demo", source="d")
        best = min(best, time.process_time() - began)
        assert (len(entries), none) == (items, [])
    return best


def main(material: Path) -> None:
    print("| items | seconds | times the half |\n|---|---|---|")
    before = None
    for items in (1000, 2000, 4000, 8000):
        took = seconds(items)
        print(f"| {items:,} | {took:.2f} | {f'{took / before:.2f}' if before else ''} |")
        before = took
    print("\n| feed | mutants | whole | told | refused | lost |\n|---|---|---|---|---|---|")
    real = sorted((material / "pacer_rss").glob("*.xml"))
    courts = {"sdny_1": "nysd"}
    feeds = [(path.name, path.read_bytes(), courts.get(path.stem, path.stem.partition("_")[0])) for path in real]
    for name, body, court in [("invented, 40 items", court_feed(40), "demo"), *feeds]:
        how = {} if len(body) < 50_000 else {"cuts": 10, "junk": 16}
        count = Counter(what for _, what, _ in fates(body, court, **how))
        row = " | ".join(str(count[what]) for what in ("whole", "told", "refused", "LOST"))
        print(f"| {name} | {sum(count.values())} | {row} |")
    files = [path for folder in ("feeds_feedparser", "pacer_rss") for path in (material / folder).rglob("*.*")]
    known = [
        path for path in files if path.suffix in {".xml", ".json", ".z"} or "well" in path.parts or "ill" in path.parts
    ]
    count = Counter(_reading(path) for path in known)
    print(f"\n{len(known)} files of feeds_feedparser and pacer_rss: {dict(count)}")


def _reading(path: Path) -> str:
    try:
        feed = read_feed(path.read_bytes(), url="https://feeds.example/" + path.name)
    except SourceError:
        return "refused"
    return "read" if feed.entries else "read, and said to be empty" if feed.issues else "SILENTLY EMPTY"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/material"))
