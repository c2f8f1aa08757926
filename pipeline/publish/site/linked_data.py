"""What a page is about, as JSON-LD in the words of schema.org: for search engines and for whoever reads by machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from pipeline.publish.wording import headline, outside

Row = Mapping[str, Any]
CONTEXT = "https://schema.org"


def script(thing: Mapping[str, Any]) -> Markup:
    """The JSON of a ``<script type="application/ld+json">``: nothing in it can end the element."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate({60: "\\u003c", 62: "\\u003e", 38: "\\u0026"}))  # noqa: S704 - < > & are escaped


def home(site: str) -> dict[str, Any]:
    search = {"@type": "SearchAction", "target": f"{site}/search?q={{q}}", "query-input": "required name=q"}
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "docketwire",
        "url": f"{site}/",
        "potentialAction": search,
    }


def document(row: Row, points: Sequence[Row], site: str) -> dict[str, Any]:
    """A filing is a work of a court's; of a news article ours is a page about it."""
    filing, people = row["kind"] == "filing", (row["judge"] or row["author"] or "").split("; ")
    work = _full(
        {
            "@type": "DigitalDocument" if filing else "NewsArticle" if row["kind"] == "news" else "Article",
            "name": headline(row),
            "headline": headline(row)[:110],
            "datePublished": row["published"],
            "url": outside(row["url"]),
            "author": [{"@type": "Person", "name": name} for name in people if name],
            "publisher": _full({"@type": "Organization", "name": row["court_name"] if filing else row["source_title"]}),
            "identifier": row["id"],
        }
    )
    address = f"{site}/document/{quote(row['id'], safe='')}"
    return _full(
        {
            "@context": CONTEXT,
            "@type": "WebPage",
            "url": address,
            "name": headline(row),
            "abstract": " ".join(point["text"] for point in points) or None,
            "dateModified": row["fetched"],
            "isPartOf": _matter(row, site) if row["matter"] else None,
            "mainEntity": work,
        }
    )


def matter(row: Row, site: str) -> dict[str, Any]:
    return {"@context": CONTEXT} | _full(
        {"@type": "CollectionPage", "name": row["caption"], "dateModified": row["updated"]}
        | {"url": f"{site}/matter/{quote(row['slug'], safe='')}"}
        | {"about": _full({"@type": "Thing", "name": row["caption"], "alternateName": row["aliases"]})}
    )


def story(row: Row, told: Sequence[Row], site: str) -> dict[str, Any]:
    articles = [
        _full({"@type": "NewsArticle", "headline": one["title"][:110], "url": outside(one["url"])})
        | _full(
            {"datePublished": one["published"]}
            | {"publisher": _full({"@type": "Organization", "name": one["source_title"]})}
        )
        for one in told
    ]
    address = f"{site}/story/{quote(row['id'], safe='')}"
    return {"@context": CONTEXT, "@type": "CollectionPage", "url": address, "name": row["title"], "hasPart": articles}


def dataset(site: str, about: Mapping[str, str]) -> dict[str, Any]:
    """The whole publication as one database (schema.org/Dataset)."""
    return _full(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "name": "docketwire: AI copyright litigation",
            "description": "Filings, docket entries, court dates, automatic summaries and news of copyright litigation "
            "over artificial intelligence, each claim with its passage.",
            "url": f"{site}/data",
            "dateModified": about.get("built"),
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "application/vnd.sqlite3",
                    "contentUrl": f"{site}/docketwire.db",
                }
            ],
        }
    )


def _matter(row: Row, site: str) -> dict[str, Any]:
    address = f"{site}/matter/{quote(row['matter'], safe='')}"
    return {"@type": "CollectionPage", "name": row["matter_caption"], "url": address}


def _full(thing: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {"@type": "Organization"})}
