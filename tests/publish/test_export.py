from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from pipeline.errors import PublishError
from pipeline.publish import export as room
from pipeline.publish.data_model import tables
from pipeline.publish.database import schema
from pipeline.publish.export import export

parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow (docketwire[parquet])")


@pytest.fixture
def package(query, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "BATCH", 3)  # so that tables take several
    paths = {path.name: path for path in export(query, tmp_path / "out", parquet=True)}
    return json.loads(paths["datapackage.json"].read_text()), paths


def test_every_row_and_column_is_there_in_both_forms(package, query):
    _, paths = package
    for table in tables(schema()):
        names = [column.name for column in table.columns]
        rows = query(f"SELECT * FROM {table.name} ORDER BY rowid", {})
        with paths[f"{table.name}.csv"].open(newline="", encoding="utf-8") as file:
            header, *found = csv.reader(file)
        assert header == names
        assert found == [["" if row[name] is None else str(row[name]) for name in names] for row in rows]
        assert parquet.read_table(paths[f"{table.name}.parquet"]).to_pylist() == rows


def test_the_description_says_what_the_files_are(package):
    described, paths = package
    assert {resource["path"] for resource in described["resources"]} == set(paths) - {"datapackage.json"}
    for resource in described["resources"]:
        body = paths[resource["path"]].read_bytes()
        assert resource["bytes"] == len(body)
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert resource["title"]
        assert resource["schema"]["fields"]
    by_name = {resource["name"]: resource for resource in described["resources"]}
    assert by_name["documents-csv"]["schema"]["primaryKey"] == ["id"]
    assert by_name["summaries-csv"]["schema"]["primaryKey"] == ["document", "position"]
    for resource in by_name.values():
        for key in resource["schema"].get("foreignKeys", ()):
            target = by_name[key["reference"]["resource"] or resource["name"]]
            assert key["reference"]["fields"] in {field["name"] for field in target["schema"]["fields"]}
            assert key["fields"] in {field["name"] for field in resource["schema"]["fields"]}
    assert (described["created"], described["homepage"]) == ("2030-11-21T04:12:00+00:00", "https://docketwire.example")


def test_the_description_is_a_data_package(package):
    shape = json.loads(Path(__file__).with_name("datapackage.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(shape)
    found = list(Draft202012Validator(shape, format_checker=FormatChecker()).iter_errors(package[0]))
    assert found == []


def test_every_value_is_what_its_field_says(package):
    described, paths = package
    is_a = {"string": lambda _: True, "integer": lambda v: int(v) is not None, "number": lambda v: float(v) is not None}
    held = {}
    for resource in described["resources"]:
        if resource["format"] == "csv":
            with paths[resource["path"]].open(newline="", encoding="utf-8") as file:
                held[resource["name"]] = list(csv.DictReader(file))
    assert len(held) == len(described["resources"]) // 2
    for resource in described["resources"]:
        rows = held.get(resource["name"], [])
        for field in resource["schema"]["fields"]:
            values = [row[field["name"]] for row in rows]
            required = field["constraints"]["required"] and field["type"] != "string"  # of text the empty may be meant
            assert not (required and "" in values), (resource["name"], field["name"])
            assert all(is_a[field["type"]](value) for value in values if value), (resource["name"], field["name"])
        key = resource["schema"].get("primaryKey", ())
        named = [tuple(row[name] for name in key) for row in rows]
        assert not key or len(set(named)) == len(named)
        for link in resource["schema"].get("foreignKeys", ()):
            there = held.get(link["reference"]["resource"] or resource["name"], [])
            known = {row[link["reference"]["fields"]] for row in there}
            assert {row[link["fields"]] for row in rows} - {""} <= known, (resource["name"], link)


def test_the_same_publication_gives_the_same_bytes(package, query, tmp_path):
    _, paths = package
    again = {path.name: path.read_bytes() for path in export(query, tmp_path / "again", parquet=True)}
    assert again == {name: path.read_bytes() for name, path in paths.items()}


def test_a_folder_that_cannot_be_written_is_named(query, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PublishError, match="file/out: cannot be written"):
        export(query, tmp_path / "file" / "out")
