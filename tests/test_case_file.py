"""Case files written: by `case new`, and one docket added by a person's decision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.case_file import CaseFile, add_docket, write_case
from pipeline.errors import RegistryError
from pipeline.model import Fact

FACTS = {
    "caption": 'Marrow v. "Inkwell", Inc.', "court": "nysd", "number": "26-cv-7001", "evidence": ["Complaint, ECF 1"],
    "checked": date(2026, 11, 1),
}  # fmt: skip


def test_a_new_case_file_says_what_was_given(tmp_path):
    path = write_case(
        tmp_path, "marrow-v-inkwell", **FACTS, judge=["Ada Example"], defendant=["Inkwell"], filed=date(2026, 1, 5)
    )
    matter = CaseFile(path).matter()
    assert path == tmp_path / "marrow-v-inkwell.toml"
    assert (matter.caption, matter.defendants, matter.evidence) == (
        'Marrow v. "Inkwell", Inc.',
        ("Inkwell",),
        ("Complaint, ECF 1",),
    )
    assert (matter.lead.key, matter.lead.judges, matter.lead.filed) == (
        "nysd:2026-cv-07001",
        ("Ada Example",),
        date(2026, 1, 5),
    )


WRONG = [
    ("unknown court", {"court": "sdny"}, "unknown court"),
    ("no docket number", {"number": "the second one"}, "not how nysd writes"),
    ("no evidence", {"evidence": []}, "evidence: missing"),
    ("no caption", {"caption": " "}, "caption: must be text"),
]


@pytest.mark.parametrize(("given", "why"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_the_reader_would_refuse_is_not_written(tmp_path, given, why):
    with pytest.raises(RegistryError, match=why):
        write_case(tmp_path, "marrow-v-inkwell", **FACTS | given)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("slug", ["Marrow v Inkwell", "../marrow", "marrow--inkwell", ""])
def test_a_slug_is_small_letters_and_hyphens(tmp_path, slug):
    with pytest.raises(RegistryError, match="is no slug"):
        write_case(tmp_path, slug, **FACTS)


def test_a_case_file_is_never_overwritten(tmp_path):
    write_case(tmp_path, "marrow-v-inkwell", **FACTS)
    with pytest.raises(RegistryError, match="exists already"):
        write_case(tmp_path, "marrow-v-inkwell", **FACTS | {"number": "26-cv-7002"})
    assert "26-cv-7001" in (tmp_path / "marrow-v-inkwell.toml").read_text(encoding="utf-8")


def test_a_docket_is_added_behind_the_others_and_the_rest_stays(tmp_path):
    path = write_case(tmp_path, "marrow-v-inkwell", **FACTS)
    before = path.read_text(encoding="utf-8")
    add_docket(path, number="2026-cv-07002", court="nysd", role="member", caption="Quill v. Inkwell")
    assert path.read_text(encoding="utf-8").startswith(before.rstrip())
    assert [docket.key for docket in CaseFile(path).matter().dockets] == ["nysd:2026-cv-07001", "nysd:2026-cv-07002"]
    with pytest.raises(RegistryError, match="cannot be docket 3"):
        add_docket(path, number="2026-cv-07003", court="nysd", role="lead")
    assert len(CaseFile(path).matter().dockets) == 2


@given(st.text(min_size=1).filter(str.strip))
def test_any_caption_survives_writing_and_reading(tmp_path_factory, caption):
    path = write_case(tmp_path_factory.mktemp("cases"), "some-case", **FACTS | {"caption": caption})
    assert CaseFile(path).matter().caption == caption


# ------------------------------------------------------------------------------------------------ history

HISTORY = """
[[dockets.history]]
judge = "Cy Former"
until = 2026-03-01
evidence = "Notice of reassignment"

[[dockets.history]]
status = "motion to dismiss denied"
since = 2026-06-01
evidence = "Order, ECF 40"
"""


def test_a_docket_keeps_what_was_true_before(tmp_path):
    path = write_case(tmp_path, "marrow-v-inkwell", **FACTS, judge=["Ada Example"])
    path.write_text(path.read_text(encoding="utf-8") + HISTORY, encoding="utf-8")
    lead = CaseFile(path).matter().lead
    assert lead.history == (
        Fact("judge", "Cy Former", "Notice of reassignment", until=date(2026, 3, 1)),
        Fact("status", "motion to dismiss denied", "Order, ECF 40", since=date(2026, 6, 1)),
    )
    assert (lead.judges, lead.former_judges) == (("Ada Example",), ("Cy Former",))


WRONG_HISTORY = [
    ("nothing said", 'judge = "Cy Former"\n', "", 12, "says not exactly one of judge, court and status"),
    ("two things said", 'judge = "Cy Former"', 'judge = "Cy Former"\ncourt = "mad"', 12, "says not exactly one"),
    ("no evidence", 'evidence = "Order, ECF 40"', "", 17, "evidence: missing"),
    ("unknown key", "until =", "till =", 14, "till: unknown key"),
    ("unknown court", 'judge = "Cy Former"', 'court = "sdny"', 13, "court: unknown court"),
    (
        "ends before it begins",
        "until = 2026-03-01",
        "until = 2026-03-01\nsince = 2026-04-01",
        14,
        "until: 2026-03-01 is before",
    ),
    ("a table of the wrong kind", HISTORY, '\nhistory = "none"\n', 12, "history: must be"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "why"), [row[1:] for row in WRONG_HISTORY], ids=[row[0] for row in WRONG_HISTORY]
)
def test_a_wrong_history_is_refused_with_its_line(tmp_path, old, new, line, why):
    path = write_case(tmp_path, "marrow-v-inkwell", **FACTS)
    assert HISTORY.count(old) == 1
    path.write_text(path.read_text(encoding="utf-8") + HISTORY.replace(old, new), encoding="utf-8")
    with pytest.raises(RegistryError) as refused:
        CaseFile(path).matter()
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert why in str(refused.value)


def test_a_list_that_says_one_thing_twice_is_refused(tmp_path):
    with pytest.raises(RegistryError, match="evidence: says 'Complaint' twice"):
        write_case(tmp_path, "marrow-v-inkwell", **FACTS | {"evidence": ["Complaint", "Complaint"]})
