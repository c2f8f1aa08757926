"""Scrapy's feed exports → the WARC spool: ``<run>.warc.gz.part`` while the source is crawled, ``.warc.gz`` after."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from scrapy.exporters import BaseItemExporter
from w3lib.url import file_uri_to_path

from pipeline.spool import RecordWriter, close_part, open_part

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from pipeline.model import Fetched


class WarcExporter(BaseItemExporter):
    """Items are `Fetched`. The `warcinfo` record is written also when there is none."""

    def __init__(self, file: IO[bytes], *, spider: Any, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self._records = RecordWriter(file, source=spider.name, run=spider.run, started=spider.started)
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **options: Any) -> WarcExporter:
        return cls(file, spider=crawler.spider, **options)

    def export_item(self, item: Fetched) -> None:
        try:
            self._records.write(item)
        except OSError as error:
            # Scrapy logs what a signal's receiver raises, and goes on: nobody would know.
            self._spider.spool_failed(error)


class SpoolStorage:
    """A file that takes its name when it is whole."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        del feed_options  # a spool file is always new: there is nothing to append to
        self._path = Path(file_uri_to_path(uri) if uri.startswith("file:") else uri)

    def open(self, spider: Spider) -> IO[bytes]:
        del spider
        return open_part(self._path)

    def store(self, file: IO[bytes]) -> None:
        close_part(file, self._path)


def uri_params(params: dict[str, Any], spider: Any) -> dict[str, Any]:
    """``%(run)s`` in the settings' FEEDS: start, in compact UTC, and source."""
    return {**params, "run": spider.run}
