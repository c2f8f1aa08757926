"""``docs/data-model.md`` from schema.sql: ``python -m pipeline.publish.data_model > docs/data-model.md``."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

from pipeline.publish.database import schema

_TABLE = re.compile(r"CREATE TABLE (\w+) \( *(?:-- (.*))?")
_COLUMN = re.compile(r'  "?(\w+)"? (TEXT|INTEGER|REAL)([^-]*)(?:-- (.*))?')
_REFERENCE = re.compile(r"REFERENCES (\w+)\((\w+)\)")
_KEY = re.compile(r"  PRIMARY KEY \(([\w, ]+)\)")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # TEXT, INTEGER or REAL
    required: bool
    references: tuple[str, str] | None  # (table, column)
    meaning: str


@dataclass(slots=True)
class Table:
    name: str
    meaning: str
    columns: list[Column] = field(default_factory=list)
    key: tuple[str, ...] = ()


def tables(sql: str) -> list[Table]:
    """The tables of a schema that is laid out as ours is: one column a line, its meaning in the comment."""
    found: list[Table] = []
    for line in sql.splitlines():
        if table := _TABLE.match(line):
            found.append(Table(table[1], table[2] or ""))
        elif column := _COLUMN.match(line):
            target = _REFERENCE.search(column[3])
            required = "NOT NULL" in column[3] or "PRIMARY" in column[3]
            references = (target[1], target[2]) if target else None
            found[-1].columns.append(Column(column[1], column[2], required, references, column[4] or ""))
            if "PRIMARY" in column[3]:
                found[-1].key = (column[1],)
        elif key := _KEY.match(line):
            found[-1].key = tuple(key[1].split(", "))
    return found


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
    for table in tables(sql):
        lines += [f"\n## {table.name}\n\n{table.meaning}.\n", "| column | type | meaning |", "|---|---|---|"]
        for column in table.columns:
            meaning = column.meaning or (f"→ {column.references[0]}" if column.references else "")
            required = "" if column.required else ", may be null"
            lines.append(f"| {column.name} | {column.type.lower()}{required} | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown(schema()))
