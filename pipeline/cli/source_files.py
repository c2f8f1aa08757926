"""New sources, one at a time or from an OPML file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.wiring import Command, all_sources, console, errors, now, read_settings, user_agent
from pipeline.errors import ReadError, SourceError
from pipeline.settings import CODE

RECORDINGS = CODE / "tests" / "crawlers"


@click.command(cls=Command, name="new")
@click.argument("kind")
@click.argument("url")
@click.option("--id", "name", default="", help="Id and file name; else made of the title.")
@click.option("--title", default="", help="As the sources page shows it; else the host.")
@click.option("--court", default="", help="courts-db id of a court’s own source.")
@click.option("--scraper", default="", help="Of kind opinions: juriscraper’s, like federal_appellate.ca9_u.")
@click.option("--only", default="", help="Of kinds sitemap and page: addresses to follow, a regular expression.")
def new(kind: str, url: str, name: str, title: str, **more: str) -> None:
    """Write the file of a new source, ask it once, and keep answer and reading for the tests.

    KIND: feed, lead, court-feed, sitemap, page, opinions or warc. Exit code 3: it gave nothing that can be read.
    """
    from crawlers import source_file
    from crawlers.recording import record

    path = source_file.write(
        source_file.FOLDER, kind, url, known=[*all_sources(demo=False)], name=name, title=title, **more
    )
    console.print(f"{path} written", highlight=False)
    if not RECORDINGS.is_dir():
        return
    try:
        for made in record([path.stem], RECORDINGS, at=now(), user_agent=user_agent(read_settings())):
            console.print(f"{made} written: review it", highlight=False)
    except SourceError as error:
        errors.print(f"docketwire: no recording: {error}", style="yellow", markup=False, highlight=False)
        sys.exit(3)


@click.command(cls=Command, name="import")
@click.argument("file", type=click.Path(path_type=Path))
def import_opml(file: Path) -> None:
    """Write a source file for every feed in an OPML file that is no source yet."""
    from crawlers import source_file

    try:
        feeds = source_file.read_opml(file.read_bytes(), place=file)
    except OSError as error:
        raise ReadError(file, f"cannot be read: {(error.strerror or str(error)).lower()}", "check the path") from error
    written, known = 0, all_sources(demo=False)
    for title, url in feeds:
        try:
            path = source_file.write(source_file.FOLDER, "feed", url, known=known, title=title)
        except SourceError as error:
            console.print(f"left out: {error}", markup=False, highlight=False)
        else:
            written += 1
            console.print(f"{path} written", highlight=False)
    console.print(f"{written} of {len(feeds)} feeds are new sources; none is verified yet", highlight=False)
