"""The command line: where the rooms meet. Wiring only; what happens stands in `pipeline.stages`.

Exit codes: 0 all is well; 1 the command failed; 2 wrong usage; 3 it finished, but some source or file gave nothing.
"""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.cli import cases, night, readers, reading, site, source_files, sources
from pipeline.cli.wiring import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="docketwire")
def main() -> None:
    """AI-copyright litigation, read every night.

    Crawls courts, agencies and the press, reads what arrives, summarizes it with sentences of its own, and publishes a
    site, feeds and a calendar.
    """


for command in (
    night.nightly, night.crawl, night.ingest, night.summarize, night.publish, night.schedule, night.demo,
    reading.read_files, reading.match_articles, reading.review, site.serve, readers.digest, readers.export,
    sources.source, cases.case, cases.audit,
):  # fmt: skip
    main.add_command(command)
sources.source.add_command(source_files.new)
sources.source.add_command(source_files.import_opml)
