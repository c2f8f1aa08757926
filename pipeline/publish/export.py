"""The publication as files: CSV, Parquet, and a description of both (Data Package 1.0, datapackage.org).

The same publication gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import PublishError
from pipeline.publish.data_model import Table, tables
from pipeline.publish.database import schema
from pipeline.publish.items import Query

_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}
BATCH = 1000  # rows held at once: a row of bodies is a whole opinion

LICENCE = (
    "Court records are works of the courts and their parties, published in full. Of news and releases: titles, links, "
    "short quotations and facts, each with its source; their texts belong to their publishers and are not here."
)


def export(query: Query, folder: Path, *, parquet: bool = False) -> list[Path]:
    """Write every public table into ``folder``, and ``datapackage.json``. Returns the files written.

    Raises `PublishError` when the folder cannot be written, or for Parquet without pyarrow.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _export(query, folder, parquet=parquet)
    except OSError as error:
        raise PublishError(folder, f"cannot be written: {error.strerror}", "check the folder’s permissions") from error


def _export(query: Query, folder: Path, *, parquet: bool) -> list[Path]:
    resources: list[dict[str, Any]] = []
    written: list[Path] = []
    for table in tables(schema()):
        path = folder / f"{table.name}.csv"
        _csv(query, table, path)
        resources.append(_resource(table, path, "csv", "text/csv"))
        written.append(path)
        if parquet:
            path = folder / f"{table.name}.parquet"
            _parquet(query, table, path)
            resources.append(_resource(table, path, "parquet", "application/vnd.apache.parquet"))
            written.append(path)
    about = {row["key"]: row["value"] for row in query("SELECT key, value FROM about", {})}
    package = {
        "name": "docketwire",
        "title": "AI-copyright litigation: filings and news",
        "description": LICENCE,
        "licenses": [{"name": "other-open", "title": "Court records: public; facts: free; words of the press: quoted"}],
        "homepage": about.get("site"),
        "version": about.get("version"),
        "created": about.get("built"),
        "resources": resources,
    }
    known = {name: value for name, value in package.items() if value}
    path = folder / "datapackage.json"
    path.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*written, path]


def _batches(query: Query, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    """The rows of a table in the order they stand in, some at a time."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    last = 0
    while True:
        sql = f'SELECT rowid AS "its row", {columns} FROM {table.name} WHERE rowid > :last ORDER BY rowid LIMIT {BATCH}'  # noqa: S608
        batch = list(query(sql, {"last": last}))
        if not batch:
            return
        last = batch[-1]["its row"]
        yield batch


def _csv(query: Query, table: Table, path: Path) -> None:
    """RFC 4180, UTF-8. What is not known is an empty field."""
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for batch in _batches(query, table):
            writer.writerows([row[name] for name in names] for row in batch)


def _parquet(query: Query, table: Table, path: Path) -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - large, and optional
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise PublishError(
            path, "needs pyarrow", "pip install 'docketwire[parquet]', or leave out --parquet"
        ) from error
    types = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    fields = [pa.field(column.name, types[column.type], nullable=not column.required) for column in table.columns]
    shape = pa.schema(fields)
    with parquet.ParquetWriter(path, shape, compression="zstd") as writer:
        for batch in _batches(query, table):
            writer.write_table(pa.Table.from_pylist([dict(row) for row in batch], schema=shape))


def _resource(table: Table, path: Path, form: str, media: str) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _TYPES[column.type],
            "description": column.meaning,
            "constraints": {"required": column.required},
        }
        for column in table.columns
    ]
    shape: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        shape["primaryKey"] = list(table.key)
    targets = [(column.name, column.references) for column in table.columns if column.references]
    if targets:
        shape["foreignKeys"] = [
            {
                "fields": name,
                "reference": {"resource": "" if of[0] == table.name else f"{of[0]}-{form}", "fields": of[1]},
            }
            for name, of in targets
        ]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": f"{table.name}-{form}",
        "title": table.meaning,
        "path": path.name,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": shape,
    }
