"""The public database: built fresh into a new folder, checked, and swapped in whole.

``public`` is a symbolic link to the newest ``public-<number>`` folder, so that a swap is one rename and a reader sees
either the publication before or the one after. Knows the public views of the store by name, and no table.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.errors import PublishError
from pipeline.publish.standing import standings

NAME = "docketwire.db"

# Filled in this order; each from the view public_<name> of the working database.
TABLES = (
    "matters", "dockets", "docket_history", "candidates", "audit", "documents", "bodies", "versions",
    "document_dockets", "summaries", "dispositions", "readings", "entries", "events", "reported_dates", "stories",
    "story_documents", "story_summaries", "reports", "disagreements", "unreported", "sources", "runs", "issues",
    "search",
)  # fmt: skip
DERIVED = ("timeline", "weeks", "judges", "matter_summaries")  # computed from them


def schema() -> str:
    return files("pipeline.publish").joinpath("schema.sql").read_text(encoding="utf-8")


def derive(db: sqlite3.Connection) -> None:
    """Fill the `DERIVED` tables of a public database whose other tables are filled. Commits."""
    db.executescript(files("pipeline.publish").joinpath("derived.sql").read_text(encoding="utf-8"))
    rows = list(standings(Reader(db, Path(NAME))))
    with db:
        db.executemany("INSERT INTO matter_summaries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def build(working: Path, folder: Path, about: Mapping[str, str]) -> dict[str, int]:
    """Write ``folder/docketwire.db`` from the public views of ``working``. Returns rows by table.

    Raises `PublishError` when the working database has nothing to publish or the result does not hold together.
    """
    path = folder / NAME
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}", uri=True)) as db:
            counts = _fill(db, working, about)
            _check(db, path, counts)
    except sqlite3.Error as error:
        remedy = "check disk and database; the site stays as it was"
        raise PublishError(path, f"cannot be filled from {working.name}: {error}", remedy) from error
    return counts


def _fill(db: sqlite3.Connection, working: Path, about: Mapping[str, str]) -> dict[str, int]:
    # A torn file never leaves its folder: no journal. What is filled before it is indexed is written in its own order.
    # What SQLite keeps of it (16 MB) is most of the memory that publishing takes, and more of it makes nothing quicker.
    db.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -16000")
    tables, start, indexes = schema().partition("CREATE INDEX")
    db.executescript(tables)
    db.execute("ATTACH ? AS work", [f"file:{quote(str(working.resolve()))}?mode=ro"])
    with db:
        for table in TABLES:
            names = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA table_info({table})"))
            db.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM work.public_{table}")  # noqa: S608
        db.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
    db.execute("DETACH work")
    db.executescript(start + indexes)
    derive(db)
    db.execute("INSERT INTO search(search) VALUES ('optimize')")
    db.execute("ANALYZE")
    db.commit()
    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608


def _check(db: sqlite3.Connection, path: Path, counts: Mapping[str, int]) -> None:
    if not counts["matters"]:
        raise PublishError(path, "holds no matter", "run docketwire ingest first, or check data/cases")
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        table, _, parent, _ = broken[0]
        raise PublishError(
            path, f"{len(broken)} rows of {table} point to nothing in {parent}", "the site stays as it was"
        )
    if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise PublishError(path, "is damaged", "check the disk; the site stays as it was")
    # The site finds a document by its place in the index. What the index holds of a document comes first in its row.
    apart = db.execute(
        "SELECT 1 FROM search_content c LEFT JOIN documents d ON d.rowid = c.id WHERE d.id IS NOT c.c0 LIMIT 1"
    )
    if apart.fetchone():
        raise PublishError(path, "documents and the search index are not in one order", "the site stays as it was")
    torn = db.execute(_TORN).fetchone()
    if torn:
        raise PublishError(
            path, f"the summary of {torn[0]} does not stand in what it names", "run docketwire summarize"
        )


# The span check, once more, on what readers will see. The text of news is not here: what is told of a story must be a
# sentence of an article's own summary, which was checked against that text when it was made.
_TORN = """
SELECT 'document ' || s.document FROM summaries s JOIN bodies b ON b.document = s.document
WHERE substr(b.text, s.start + 1, s."end" - s.start) <> s.text
UNION ALL
SELECT 'matter ' || s.matter FROM matter_summaries s LEFT JOIN bodies b ON b.document = s.document
LEFT JOIN entries e ON e.id = s.entry
WHERE substr(coalesce(b.text, e.description, ''), s.start + 1, s."end" - s.start) <> s.text
UNION ALL
SELECT 'story ' || s.story FROM story_summaries s LEFT JOIN summaries p
  ON p.document = s.document AND p.start = s.start AND p."end" = s."end" AND p.text = s.text
WHERE p.document IS NULL LIMIT 1"""


class Reader:
    """Read-only questions to a public database, with named values. Raises `PublishError` when it has no answer."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def __call__(self, sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        try:
            cursor = self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise PublishError(
                self._path, f"cannot be read: {error}", "run docketwire publish without --gate"
            ) from error
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


@contextmanager
def reader(folder: Path) -> Iterator[Reader]:
    path = (folder / NAME).resolve()
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as db:
        yield Reader(db, path)


@contextmanager
def publication(public: Path) -> Iterator[Path]:
    """A new folder that takes the place of ``public`` when the block ends well, and vanishes when it does not.

    The publication before is kept, so that requests under way can finish and a person can go back.
    """
    if public.exists() and not public.is_symlink():
        raise PublishError(public, "is a folder, not a link to a publication", "move it away")
    siblings = _publications(public)
    before = public.resolve()
    number = max(siblings, default=0) + 1
    folder = public.with_name(f"{public.name}-{number}")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise PublishError(folder, f"cannot be written: {error.strerror}", "check the folder’s permissions") from error
    try:
        yield folder
        link = public.with_name(f".{public.name}.new")
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
        os.replace(link, public)  # noqa: PTH105 - the atomic rename itself
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):  # a full disk
            remedy = "check the disk; the site stays as it was"
            raise PublishError(folder, f"cannot be written: {error.strerror}", remedy) from error
        raise
    for old in siblings.values():  # what a killed run left among them
        if old.resolve() != before:
            shutil.rmtree(old, ignore_errors=True)


def _publications(public: Path) -> dict[int, Path]:
    pattern = re.compile(re.escape(public.name) + r"-(\d+)")
    found = ((pattern.fullmatch(path.name), path) for path in public.parent.glob(f"{public.name}-*"))
    return {int(match[1]): path for match, path in found if match}
