"""How well are articles read? ``python -m benchmarks.articles ../shared/material [--json FILE]``.

On the 181-page article-extraction benchmark, on fundus's English pages and on trafilatura's segments, beside
trafilatura's default, readability-lxml and newspaper4k (``pip install -e '.[peers]'``) in the same run.

Text: per page, multisets of four-word shingles of truth and reading are compared, and each page weighs the same;
precision and recall are means over pages, F1 their harmonic mean. Segments: share of the phrases that must, and must
not, be in the text. The difference to trafilatura has its 95 % interval from a paired bootstrap over pages. Metadata:
over the pages whose truth states it. Speed: pages a CPU second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import lxml.html
import trafilatura

from pipeline.model import Document, Fetched, Kind, Role
from pipeline.refine import read

# Country folders of fundus whose outlets write in English.
ENGLISH = ("us", "uk", "ca", "au", "ind", "za", "il", "na", "tz", "lu", "my", "ls")

Score = tuple[float, float, float]  # F1, precision, recall
Extract = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Page:
    set: str  # aeb, fundus or segments
    url: str | None
    body: bytes
    truth: Mapping[str, Any]


def pages(material: Path) -> Iterator[Page]:
    """Every English page with truth under ``material``."""
    for name in ("html_articles_aeb", "html_news_fundus"):
        folder = material / name
        for key, truth in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
            if name == "html_articles_aeb":
                yield Page("aeb", truth["url"], gzip.decompress((folder / f"html/{key}.html.gz").read_bytes()), truth)
            elif key.split("/")[0] in ENGLISH:
                yield Page("fundus", truth["url"], gzip.decompress((folder / "html" / key).read_bytes()), truth)
    folder = material / "html_segments_trafilatura"
    for truth in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).values():
        body = (folder / "html" / truth["file"]).read_bytes()
        yield Page("segments", None, gzip.decompress(body) if truth["file"].endswith(".gz") else body, truth)


def ours(page: Page) -> Document:
    """The page as it would be read from a file: without its address, which the metadata must not lean on."""
    at = datetime(2027, 1, 1, tzinfo=UTC)  # after the last of these pages
    headers = (("Content-Type", "text/html"),)
    return read(Fetched("bench", Kind.NEWS, Role.FILE, None, None, at, 200, headers, page.body))


def peers() -> dict[str, Extract]:
    """Other extractors, those that are installed; trafilatura always is."""
    for talkative in ("trafilatura", "readability", "newspaper"):
        logging.getLogger(talkative).setLevel(logging.CRITICAL)
    found: dict[str, Extract] = {
        "trafilatura": lambda body: trafilatura.extract(body, include_comments=False) or "",
    }
    try:
        import readability

        def readable(body: bytes) -> str:
            html = readability.Document(body.decode("utf-8", "replace")).summary(html_partial=True)
            return "\n".join(lxml.html.fromstring(html).itertext())

        found["readability-lxml"] = readable
    except ImportError:
        pass
    try:
        import newspaper

        def paper(body: bytes) -> str:
            article = newspaper.Article("http://bench.invalid/", fetch_images=False)  # asks no server
            article.download(input_html=body.decode("utf-8", "replace"))
            article.parse()
            return article.text or ""

        found["newspaper4k"] = paper
    except ImportError:
        pass
    return found


def attempt(extract: Extract, body: bytes) -> str:
    try:
        return extract(body)
    except Exception:  # noqa: BLE001 - a peer that fails on a page has read nothing there
        return ""


# ---------------------------------------------------------------------------------------------- scores


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def overlap(truth: str, text: str) -> tuple[float | None, float | None]:
    """Precision and recall on one page; None where there is nothing to divide by."""
    wanted, found = shingles(truth), shingles(text)
    same = (wanted & found).total()
    return (same / found.total() if found else None, same / wanted.total() if wanted else None)


def pooled(scores: Sequence[tuple[float | None, float | None]]) -> Score:
    precision = statistics.fmean([p for p, _ in scores if p is not None] or [0])
    recall = statistics.fmean([r for _, r in scores if r is not None] or [0])
    return (2 * precision * recall / (precision + recall) if precision + recall else 0.0), precision, recall


def segments(truths: Sequence[Page], texts: Sequence[str]) -> Score:
    kept = sum(part in text for page, text in zip(truths, texts, strict=True) for part in page.truth["with"])
    wanted = sum(len(page.truth["with"]) for page in truths)
    wrong = sum(part in text for page, text in zip(truths, texts, strict=True) for part in page.truth["without"])
    precision, recall = kept / max(1, kept + wrong), kept / wanted
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def interval(a: Sequence[Any], b: Sequence[Any], *, resamples: int = 1000) -> tuple[float, float, float]:
    """F1(a) less F1(b) and its 95 % interval."""
    rng = random.Random(0)
    drawn = ([rng.randrange(len(a)) for _ in a] for _ in range(resamples))
    found = sorted(pooled([a[i] for i in draw])[0] - pooled([b[i] for i in draw])[0] for draw in drawn)
    return pooled(a)[0] - pooled(b)[0], found[int(0.025 * resamples)], found[int(0.975 * resamples) - 1]


def metadata(read_pages: Sequence[tuple[Page, Document]]) -> dict[str, float]:
    """Shares of fundus pages with title, timestamp (within 60 s) and authors right."""
    plain = lambda text: " ".join(re.findall(r"\w+", (text or "").lower()))  # noqa: E731
    titles = [plain(d.title) == plain(p.truth["title"]) for p, d in read_pages if p.truth["title"]]
    times, authors = [], []
    for page, document in read_pages:
        if page.truth["publishing_date"]:
            stated = datetime.fromisoformat(page.truth["publishing_date"])
            said = document.published
            exact = said is not None and said.precision != "day" and stated.tzinfo is not None
            times.append(exact and said is not None and abs((said.at - stated).total_seconds()) <= 60)
        if page.truth["authors"]:
            authors.append({plain(a) for a in document.authors} == {plain(a) for a in page.truth["authors"]})
    return {"title": statistics.fmean(titles), "time": statistics.fmean(times), "authors": statistics.fmean(authors)}


# ---------------------------------------------------------------------------------------------- the run


def measure(material: Path, systems: Mapping[str, Extract]) -> dict[str, dict[str, Any]]:
    """By system: scores on each set, pages' scores, pages a CPU second; ours with metadata."""
    found = list(pages(material))
    documents: list[Document] = []
    texts: dict[str, list[str]] = {name: [] for name in ("docketwire", *systems)}
    taken: Counter[str] = Counter()
    for page in found:  # all systems page by page: what else the machine does meets them alike
        started = time.process_time_ns()
        documents.append(ours(page))
        taken["docketwire"] += time.process_time_ns() - started
        for name, extract in systems.items():
            started = time.process_time_ns()
            texts[name].append(attempt(extract, page.body))
            taken[name] += time.process_time_ns() - started
    texts["docketwire"] = [document.text for document in documents]
    scored = {
        name: score(found, said) | {"pages a second": 1e9 * len(found) / taken[name]} for name, said in texts.items()
    }
    pairs = list(zip(found, documents, strict=True))
    scored["docketwire"]["classes"] = Counter(document.page_class.value for document in documents)
    scored["docketwire"] |= metadata([(page, document) for page, document in pairs if page.set == "fundus"])
    return scored


def score(found: Sequence[Page], texts: Sequence[str]) -> dict[str, Any]:
    """Scores on each set, and of each page with a whole text for truth."""
    both = [(p, t) for p, t in zip(found, texts, strict=True) if p.set != "segments"]
    each = [overlap(page.truth["articleBody"] or "", text) for page, text in both]
    part = [(p, t) for p, t in zip(found, texts, strict=True) if p.set == "segments"]
    return {
        "aeb": pooled([s for s, (p, _) in zip(each, both, strict=True) if p.set == "aeb"]),
        "fundus": pooled([s for s, (p, _) in zip(each, both, strict=True) if p.set == "fundus"]),
        "pooled": pooled(each),
        "segments": segments([p for p, _ in part], [t for _, t in part]),
        "each": each,
    }


def figures(scored: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """What has a floor in tests/quality/baseline.json."""
    our, theirs = scored["docketwire"], scored["trafilatura"]
    return {
        "articles.f1_over_trafilatura": our["pooled"][0] - theirs["pooled"][0],
        "articles.recall": our["pooled"][2],
        "articles.segments_f1_over_trafilatura": our["segments"][0] - theirs["segments"][0],
        "articles.title": our["title"],
        "articles.time": our["time"],
        "articles.speed_share_of_trafilatura": our["pages a second"] / theirs["pages a second"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("material", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    scored = measure(arguments.material, peers())
    print(f"{'F1 precision recall':18}{'AEB':>22}{'fundus English':>22}{'pooled':>22}{'segments':>22}  pages/s")
    for name, row in scored.items():
        cells = "".join("{:>8.4f} {:.3f} {:.3f}  ".format(*row[s]) for s in ("aeb", "fundus", "pooled", "segments"))
        print(f"{name:18}{cells} {row['pages a second']:6.1f}")
    for name in scored.keys() - {"docketwire"}:
        change = interval(scored["docketwire"]["each"], scored[name]["each"])
        print("docketwire less {}: {:+.4f} [{:+.4f}, {:+.4f}]".format(name, *change))
    print("classes given to these articles:", dict(scored["docketwire"]["classes"]))
    for name, value in figures(scored).items():
        print(f"{name}: {value:.4f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures(scored), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
