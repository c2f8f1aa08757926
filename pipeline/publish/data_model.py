"""``docs/data-model.md`` from schema.sql: ``python -m pipeline.publish.data_model > docs/data-model.md``."""

from __future__ import annotations

import re
import sys

from pipeline.publish.database import schema

_TABLE = re.compile(r"CREATE TABLE (\w+) \( *(?:-- (.*))?")
_COLUMN = re.compile(r'  "?(\w+)"? (TEXT|INTEGER|REAL)([^-]*)(?:-- (.*))?')

_HEAD = """\
# The public database

Written by `python -m pipeline.publish.data_model` from `pipeline/publish/schema.sql`; a test compares the two.
The file is `public/docketwire.db` in the working folder, or `/docketwire.db` on the site. Column names are a contract.
All points in time are ISO 8601 with zone; a `precision` column says how finely a date is known (day, minute, second).
`search` is a full-text index (FTS5, porter stemming) over `document`, `title`, `text`.
"""


def markdown(sql: str) -> str:
    """The schema as one Markdown section a table: column, type, meaning."""
    lines = [_HEAD]
    for line in sql.splitlines():
        if table := _TABLE.match(line):
            lines += [f"\n## {table[1]}\n\n{table[2] or ''}.\n", "| column | type | meaning |", "|---|---|---|"]
        elif column := _COLUMN.match(line):
            target = re.search(r"REFERENCES (\w+)", column[3])
            meaning = column[4] or (f"→ {target[1]}" if target else "")
            required = "" if "NOT NULL" in column[3] or "PRIMARY" in column[3] else ", may be null"
            lines.append(f"| {column[1]} | {column[2].lower()}{required} | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown(schema()))
