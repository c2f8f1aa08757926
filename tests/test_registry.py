"""The registry: what a case file may say, how a wrong one is refused, and which docket a text names."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from pipeline.docket_number import docket_key
from pipeline.errors import RegistryError
from pipeline.model import Docket
from pipeline.registry import load_registry

CASES = Path(__file__).parent.parent / "data" / "cases"

GOOD = """\
slug = "quill-v-lumenode"
caption = "Quill & Sons v. Lumenode AI, Inc."
court = "demo"
status = "pending"
mdl = 9911
aliases = ["Quill case"]
plaintiffs = ["Quill & Sons"]
defendants = ["Lumenode AI"]
claims = ["direct infringement"]
content = ["books"]
checked = 2026-11-01
evidence = ["invented"]

[[dockets]]
number = "1:26-md-00911"
court = "demo"
role = "lead"
judges = ["Ada Example"]
filed = 2026-01-05
url = "https://example.org/1"

[[dockets]]
number = "1:26-cv-00007"
court = "demo"
role = "member"
caption = "Quill v. Lumenode AI, Inc."
aliases = ["Quill Action"]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "quill-v-lumenode.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_a_case_file_becomes_a_matter(folder):
    registry = load_registry(folder)
    (matter,) = registry.matters
    assert matter == registry.matter("quill-v-lumenode")
    assert matter.lead == registry.docket("demo:2026-md-00911")
    assert registry.matter_of("demo:2026-cv-00007") is matter
    assert registry.docket("demo:2026-cv-00007") == Docket(
        key="demo:2026-cv-00007", court="demo", number="1:26-cv-00007", role="member",
        caption="Quill v. Lumenode AI, Inc.", aliases=("Quill Action",),
    )  # fmt: skip
    assert registry.docket("demo:2026-cv-00008") is None
    assert registry.matter("nobody") is None


WRONG = [
    ("misspelt key", 'status = "pending"', 'statu = "pending"', 4, "statu: unknown key"),
    ("misspelt docket key", 'role = "member"', 'rôle = "member"', 0, "not TOML"),
    ("unknown docket key", 'caption = "Quill v.', 'captoin = "Quill v.', 26, "captoin: unknown key"),
    ("missing field", 'evidence = ["invented"]\n', "", 1, "evidence: missing"),
    ("missing docket field", 'role = "member"\n', "", 22, "role: missing"),
    ("text where a list belongs", 'aliases = ["Quill case"]', 'aliases = "Quill case"', 6, "aliases: must be a list"),
    ("number in a list of texts", 'content = ["books"]', "content = [1]", 10, "content: must be a list"),
    ("quoted date", "checked = 2026-11-01", 'checked = "2026-11-01"', 11, "checked: must be a date"),
    ("date with time", "filed = 2026-01-05", "filed = 2026-01-05T10:00:00Z", 19, "filed: must be a date"),
    ("quoted MDL number", "mdl = 9911", 'mdl = "9911"', 5, "mdl: must be a whole number"),
    ("empty text", 'status = "pending"', 'status = " "', 4, "status: must be text"),
    ("unknown court", 'court = "demo"\nrole = "member"', 'court = "sdny"\nrole = "member"', 24, "court: unknown court 'sdny'"),
    ("no address", '"https://example.org/1"', '"example.org/1"', 20, "url: must be an http"),
    ("no docket number", '"1:26-cv-00007"', '"Quill"', 23, "number: 'Quill' is not how demo writes"),
    ("second lead", 'role = "member"', 'role = "lead"', 25, "role: 'lead' cannot be docket 2"),
    ("unknown role", 'role = "member"', 'role = "friend"', 25, "role: 'friend' cannot be docket 2"),
    ("lead not first", 'role = "lead"', 'role = "member"', 17, "role: 'member' cannot be docket 1"),
    ("slug not the file's name", 'slug = "quill-v-lumenode"', 'slug = "quill"', 1, "slug: 'quill' is not the file's name"),
    ("one docket twice", '"1:26-cv-00007"', '"2:26-md-911"', 23, "number: docket demo:2026-md-00911 stands already"),
    ("broken TOML", 'status = "pending"', "status = pending", 4, "not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_case_file_is_refused_with_file_line_and_key(tmp_path, old, new, line, message):
    assert GOOD.count(old) == 1
    path = tmp_path / "quill-v-lumenode.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RegistryError) as refused:
        load_registry(tmp_path)
    assert message in str(refused.value)
    assert str(refused.value).startswith(f"{path}:{line}: " if line else str(path))
    assert "\n" not in str(refused.value)


def test_a_docket_of_two_matters_is_refused(folder):
    text = (
        GOOD.replace("quill-v-lumenode", "other").replace("Quill case", "Other case").replace("Quill Action", "Other")
    )
    (folder / "other.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"stands already in other\.toml"):
        load_registry(folder)


def test_an_alias_of_two_matters_is_refused(folder):
    text = (
        GOOD.replace("quill-v-lumenode", "rook").replace("26-md-00911", "26-md-00912").replace("26-cv-00007", "26-cv-8")
    )
    (folder / "rook.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"is an alias in quill-v-lumenode\.toml too"):
        load_registry(folder)


def test_a_missing_folder_and_a_binary_file_are_refused(tmp_path):
    with pytest.raises(RegistryError, match="no such folder"):
        load_registry(tmp_path / "none")
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RegistryError, match="cannot be read"):
        load_registry(tmp_path)


def test_an_empty_folder_is_an_empty_registry(tmp_path):
    registry = load_registry(tmp_path)
    assert registry.matters == ()
    assert [mention.docket for mention in registry.resolve("1:26-cv-00001", "demo")] == ["demo:2026-cv-00001"]


def test_courts_have_names_for_readers(tmp_path):
    courts = {court: (name, short) for court, name, short in load_registry(tmp_path).courts()}
    assert courts["nysd"] == ("U.S. District Court, Southern District of New York", "S.D.N.Y.")
    assert courts["ca2"][1] == "2d Cir."
    assert {"demo", "de-olg-hamburg", "scotus"} <= courts.keys()


# ------------------------------------------------------------------------------------------------ the followed cases


@pytest.fixture(scope="module")
def registry():
    return load_registry(CASES)


RESOLVED = [
    ("25-md-3143 (SHS) (OTW)", None, ["nysd:2025-md-03143"]),
    ("1:25-md-03143", None, ["nysd:2025-md-03143"]),
    ("MDL No. 3143", None, ["nysd:2025-md-03143"]),
    ("MDL 3143", "nysd", ["nysd:2025-md-03143"]),
    ("MDL Docket No. 3143", None, ["nysd:2025-md-03143"]),
    ("MDL No. 2741", None, []),
    ("24-CV-0084", None, ["nysd:2024-cv-00084"]),
    ("3:24-cv-05417", None, ["cand:2024-cv-05417"]),
    ("4:24-cv-05417", None, ["cand:2024-cv-05417"]),
    ("Case No. C 24-05417 WHA", "cand", ["cand:2024-cv-05417"]),
    ("25-1756", "ca2", ["ca2:25-1756"]),
    ("2d Cir. No. 25-1756", None, ["ca2:25-1756"]),
    ("No. 24-7700", "ca9", ["ca9:24-7700"]),
    ("9th Cir. 24-7700 and 9th Cir. 24-6136", None, ["ca9:24-7700", "ca9:24-6136"]),
    ("U.S. No. 25-449", None, ["scotus:25-449"]),
    ("No. 25-449", "scotus", ["scotus:25-449"]),
    ("5 U 104/24", None, ["de-olg-hamburg:5 U 104/24"]),
    ("42 O 14139/24", "de-lg-muenchen-i", ["de-lg-muenchen-i:42 O 14139/24"]),
    ("[2025] EWHC 2863 (Ch)", None, ["uk-ewhc-ch:IL-2023-000007"]),
    ("[2025] EWHC 2863 (Ch)", "uk-ewhc-ch", ["uk-ewhc-ch:IL-2023-000007"]),
    ("(2024)浙01民终10332号", None, ["cn-hangzhou-ipc:(2024) Zhe 01 Min Zhong 10332"]),
    ("IL-2023-000007", None, ["uk-ewhc-ch:IL-2023-000007"]),
    ("CV-24-00732231", None, ["ca-onsc:CV-24-00732231-00CL"]),
    ("CV-24-00732231", "ca-onsc", ["ca-onsc:CV-24-00732231-00CL"]),
    ("CV-24-00732231-00CL", None, ["ca-onsc:CV-24-00732231-00CL"]),
    ("CS(COMM) 1028/2024", None, ["in-delhi-hc:CS(COMM) 1028/2024"]),
    ("I.A. 45300/2024", None, ["in-delhi-hc:CS(COMM) 1028/2024"]),
    ("C-250/25", None, ["eu-cjeu:C-250/25"]),
    ("1107237-96.2025.8.26.0100", None, ["br-tjsp:1107237-96.2025.8.26.0100"]),
    ("CGC-25-625892", None, ["us-ca-sf-superior:CGC-25-625892"]),
    # a number the registry does not know needs a court: given, beside it, or the only one the text names
    ("1:26-cv-99999", None, []),
    ("1:26-cv-99999", "mad", ["mad:2026-cv-99999"]),
    ("No. 1:26-cv-99999 (D. Mass.)", None, ["mad:2026-cv-99999"]),
    ("N.D. Cal. No. 3:26-cv-99999", "nysd", ["cand:2026-cv-99999"]),
    ("In the Southern District of New York, plaintiffs filed 26-cv-99999.", None, ["nysd:2026-cv-99999"]),
    # the number of one court in another court is another case
    ("1:23-cv-11195 (D. Mass.)", None, ["mad:2023-cv-11195"]),
    ("1:23-cv-11195", "mad", ["mad:2023-cv-11195"]),
    # a district number quoted by a court of appeals stays the district's
    ("affirming 1:24-cv-01514", "ca2", ["nysd:2024-cv-01514"]),
    ("17 U.S.C. § 107-1, ECF No. 25-12, 212-555-0147", "nysd", []),
    ("RIAA v. Suno", None, ["mad:2024-cv-11611"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "court", "keys"), RESOLVED, ids=[f"{text} in {court}" for text, court, _ in RESOLVED])
def test_a_text_resolves_to_dockets(registry, text, court, keys):
    mentions = registry.resolve(text, court)
    assert [mention.docket for mention in mentions] == keys
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_every_docket_number_of_the_registry_resolves_to_itself(registry):
    for matter in registry.matters:
        for docket in matter.dockets:
            assert [mention.docket for mention in registry.resolve(docket.number, docket.court)] == [docket.key]


def test_the_mdl_holds_its_members(registry):
    mdl = registry.matter("in-re-openai")
    assert mdl.lead.key == "nysd:2025-md-03143"
    members = {docket.key for docket in mdl.dockets if docket.role == "member"}
    named_in_the_order = {
        "nysd:2023-cv-08292", "nysd:2023-cv-10211", "nysd:2024-cv-00084", "nysd:2025-cv-03291", "nysd:2025-cv-03482",
        "nysd:2025-cv-03483",
    }  # fmt: skip
    assert named_in_the_order <= members


def test_at_least_nine_other_matters_are_followed(registry):
    assert len(registry.matters) >= 10


def test_every_fact_says_where_and_when_it_was_seen(registry):
    assert all(matter.evidence and matter.checked for matter in registry.matters)


def test_every_followed_number_of_the_fact_sheet_is_in_the_registry(registry, shared):
    import csv

    rows = csv.DictReader((shared / "facts" / "ai_copyright_cases.csv").read_text(encoding="utf-8").splitlines())
    missing = [
        row["slug"] for row in rows
        if row["docket_number"]
        and not any(registry.docket(m.docket) for m in registry.resolve(row["docket_number"], row["court_id"]))
    ]  # fmt: skip
    assert missing == []


def test_two_hundred_files_are_read_quickly(tmp_path):
    for number in range(200):
        text = GOOD.replace("quill-v-lumenode", f"case-{number}").replace("Quill case", f"alias {number}")
        text = text.replace("Quill Action", f"action {number}").replace("26-md-00911", f"26-md-{number + 1:05}")
        text = text.replace("26-cv-00007", f"26-cv-{number + 1:05}").replace("mdl = 9911", f"mdl = {number + 100}")
        (tmp_path / f"case-{number}.toml").write_text(text, encoding="utf-8")
    load_registry(tmp_path)  # courts-db is read once a process
    begun = time.process_time()
    assert len(load_registry(tmp_path).matters) == 200
    assert time.process_time() - begun < 0.3  # 0.06 s here; a slow machine is not a failure


def test_the_example_of_the_documentation_is_a_good_case_file(tmp_path):
    page = (Path(__file__).parent.parent / "docs" / "add-a-case.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "quill-v-lumenode.toml").write_text(example, encoding="utf-8")
    (matter,) = load_registry(tmp_path).matters
    assert [docket.key for docket in matter.dockets] == ["nysd:2026-cv-00123", "ca2:26-2044"]


@pytest.mark.parametrize(
    ("text", "court", "key"),
    [("25-1756", "ca2", "ca2:25-1756"), (" 24-7700 ", "ca9", "ca9:24-7700"), ("1:26-cv-07466", "nysd", "nysd:2026-cv-07466")],
)  # fmt: skip
def test_a_text_that_is_nothing_but_a_number_of_its_court_is_one(text, court, key):
    (mention,) = load_registry(CASES).resolve(text, court)
    assert (mention.docket, text[mention.start : mention.end]) == (key, text.strip())


def test_every_docket_of_the_fact_table_is_found_by_its_number(shared):
    registry = load_registry(CASES)
    with (shared / "facts" / "ai_copyright_cases.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["docket_number"]]
    for row in rows:
        key = docket_key(row["docket_number"], row["court_id"])
        assert [mention.docket for mention in registry.resolve(row["docket_number"], row["court_id"])] == [key]
        assert registry.docket(key), row["slug"]
    assert len(rows) == 121


def test_former_judges_of_the_real_cases_have_their_evidence():
    dockets = [docket for matter in load_registry(CASES).matters for docket in matter.dockets]
    facts = [fact for docket in dockets for fact in docket.history]
    assert len(facts) >= 40
    assert all(fact.evidence for fact in facts)
    assert load_registry(CASES).docket("cand:2024-cv-05417").former_judges == ("William Alsup",)
