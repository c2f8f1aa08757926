"""Spellings that are one docket, and look-alikes that are none."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from courts_db import courts
from hypothesis import given
from hypothesis import strategies as st

from pipeline.docket_number import docket_key, find_docket_numbers, is_district
from pipeline.registry import load_registry

# How courts, lawyers and the press write year (yy, yyyy), type and serial (as is, padded to 4 and 5).
DISTRICT_FORMS = (
    "{office}:{yy}-{type}-{five}",
    "{office}:{yy}-{type}-{five}-SHS-OTW",
    "{office}:{yy}-{type}-{five}-JAK-AJRx",
    "{office}:{yy}-{type}-{five}-pp",
    "{office}:{yyyy}-{type}-{five}",
    "{office}:{yyyy}{type}{five}",
    "{office}:{yy}{type}{serial}",
    "{office}: {yy}-{type}-{five}",
    "{office}-{yy}-{type}-{five}-ADA",
    "{yy}-{type}-{serial}",
    "{yy}-{TYPE}-{serial}",
    "{yy}-{TYPE}-{four}",
    "{yy}-{type}-{serial} (SHS) (OTW)",
    "{yy}-{type}-{serial} (JRT/DTS)",
    "{yyyy}-{type}-{serial}",
    "{yy} {TYPE} {serial} (SHS)",
    "{yy} {type} {serial}",
    "{yy}{type}{serial}",
    "{yy}–{type}–{serial}",
    "{yy}‑{type}‑{five}",  # non-breaking hyphen
    "{yy}\u00a0{TYPE}\u00a0{serial}",
    "{office}:{yy}-{type}-\n{five}",
    "No. {yy}-{type}-{serial}",
    "No. {office}:{yy}-{type}-{five}",
    "Case No. {office}:{yy}-{type}-{five}-XYZ",
    "Case {office}:{yy}-{type}-{five}",
    "Civil Action No. {office}:{yy}-{type}-{five}",
    "Docket No. {yy}-{TYPE}-{serial}",
    "Cause No. {office}:{yy}-{TYPE}-{serial}-O",
)
CIVIL_FORMS = (
    "{yy} Civ. {serial}",
    "{yy} Civ. {serial} (SHS)",
    "{yy}-Civ.-{serial}",
    "{yy} CIV {serial}",
    "{yy}-civ-{serial}",
    "CV {yy}-{five}-JAK (JRx)",
    "CV-{yy}-{five}-PHX-DWL",
    "CV{yy}-{five}",
    "CIV-{yy}-{serial}-D",
    "Civ. No. {yy}-{serial}",
    "Civil No. {yy}-{serial} (JRT)",
    "Civil Action No. {yy}-{serial}-SB",
    "Civil Case No. {yy}-{serial}",
    "CIVIL ACTION NO.: {yy}-{serial}",
    "Civ. A. No. {yy}-{serial}",
    "Civil Action File No. {yy}-{serial}",
    "C.A. No. {yy}-{serial}-CFC",
    "Civil No. JKB-{yy}-{serial}",
    "Civil Action No. H-{yy}-{serial}",
    "No. A-{yy}-CV-{five}-RP",
    "Case No. {yy}-C-{serial}",
    "No. {yy} C {serial}",
    "Case No. C {yy}-{five} VC",
    "No. C-{yy}-{five}",
    "CASE NO. C{yy}-{four}-RSM",
)
DOCKETS = (("cv", 1, 2023, 11195), ("cv", 4, 2024, 84), ("md", 1, 2025, 3143), ("cr", 3, 1999, 418), ("mc", 2, 2018, 4))


def _spell(form: str, case_type: str, office: int, year: int, serial: int) -> str:
    return form.format(
        office=office, yy=f"{year % 100:02}", yyyy=year, type=case_type, TYPE=case_type.upper(), serial=serial,
        four=f"{serial:04}", five=f"{serial:05}",
    )  # fmt: skip


GENERATED = [
    (_spell(form, *docket), "nysd", f"nysd:{docket[2]}-{docket[0]}-{docket[3]:05}")
    for form, docket in product(DISTRICT_FORMS, DOCKETS)
] + [
    (_spell(form, "cv", office, year, serial), "nysd", f"nysd:{year}-cv-{serial:05}")
    for form, (office, year, serial) in product(
        CIVIL_FORMS, ((1, 2023, 11195), (2, 2025, 5275), (5, 2007, 3440), (3, 2020, 613), (1, 2026, 1947))
    )
]

AS_WRITTEN = [
    # the seeds and the registry
    ("25-md-3143 (SHS) (OTW)", "nysd", "nysd:2025-md-03143"),
    ("23-CV-8292", "nysd", "nysd:2023-cv-08292"),
    ("24-CV-0084", "nysd", "nysd:2024-cv-00084"),
    ("Case No. 25-md-3143", "nysd", "nysd:2025-md-03143"),
    ("25-mdl-3143", "nysd", "nysd:2025-md-03143"),
    ("25-MDL-3143 (SHS)", "nysd", "nysd:2025-md-03143"),
    ("MDL No. 1:25-md-3143", "nysd", "nysd:2025-md-03143"),
    ("MD-15-02641-PHX-DGC", "azd", "azd:2015-md-02641"),
    ("MDL 25-3143", "nysd", "nysd:2025-md-03143"),
    ("21 MC 100 (AKH)", "nysd", "nysd:2021-mc-00100"),
    # district habits
    ("C 23-03417 VC", "cand", "cand:2023-cv-03417"),
    ("C23-1234-RSM", "wawd", "wawd:2023-cv-01234"),
    ("C23-1234RSM", "wawd", "wawd:2023-cv-01234"),
    ("25 C 12684", "ilnd", "ilnd:2025-cv-12684"),
    ("20-C-0123", "wied", "wied:2020-cv-00123"),
    ("20-cv-123-wmc", "wiwd", "wiwd:2020-cv-00123"),
    ("2:20-cv-01234-pp", "wied", "wied:2020-cv-01234"),
    ("4:20-CV-123-O", "txnd", "txnd:2020-cv-00123"),
    ("3:20-cv-01234-X-BN", "txnd", "txnd:2020-cv-01234"),
    ("A-20-CV-00123-RP", "txwd", "txwd:2020-cv-00123"),
    ("SA-20-CV-123-XR", "txwd", "txwd:2020-cv-00123"),
    ("MO:20-CV-00123-DC", "txwd", "txwd:2020-cv-00123"),
    ("6-20-CV-00123-ADA", "txwd", "txwd:2020-cv-00123"),
    ("Civil Action No. H-20-1234", "txsd", "txsd:2020-cv-01234"),
    ("24-11611-FDS", "mad", "mad:2024-cv-11611"),
    ("24-11611", "mad", "mad:2024-cv-11611"),
    ("1:24-11611-FDS", "mad", "mad:2024-cv-11611"),
    ("Case No. 20-12345", "mied", "mied:2020-cv-12345"),
    ("SACV 26-02897 JVS (KESx)", "cacd", "cacd:2026-cv-02897"),
    ("SA CV 26-02897-JVS", "cacd", "cacd:2026-cv-02897"),
    ("EDCV 20-1234 JGB", "cacd", "cacd:2020-cv-01234"),
    ("CV 25-108-BU-BMM", "mtd", "mtd:2025-cv-00108"),
    ("1:20-cr-00123-ABC-2", "nysd", "nysd:2020-cr-00123"),
    ("2:20-cr-00123-ABC-DEF-12", "njd", "njd:2020-cr-00123"),
    ("1:18-mj-02904", "nysd", "nysd:2018-mj-02904"),
    ("1:25-sw-00123", "vaed", "vaed:2025-sw-00123"),
    ("Criminal No. 20-123", "paed", "paed:2020-cr-00123"),
    ("Misc. No. 21-45", "dcd", "dcd:2021-mc-00045"),
    ("1:00-cv-00858", "nysd", "nysd:2000-cv-00858"),
    ("9:96-cr-00130", "mtd", "mtd:1996-cr-00130"),
    ("9:17-cv-80334", "flsd", "flsd:2017-cv-80334"),
    ("1:26-cv-09001-AAA", "demo", "demo:2026-cv-09001"),
    # bankruptcy
    ("18-11070", "nysb", "nysb:2018-bk-11070"),
    ("Case No. 18-11070 (ABC)", "nysb", "nysb:2018-bk-11070"),
    ("Adv. Proc. No. 08-01420", "nysb", "nysb:2008-ap-01420"),
    # courts of appeals and the Supreme Court
    ("25-1756", "ca2", "ca2:25-1756"),
    ("No. 25-1756", "ca2", "ca2:25-1756"),
    ("25-1756-cv", "ca2", "ca2:25-1756"),
    ("25-1756-cv(L)", "ca2", "ca2:25-1756"),
    ("25-1756 (L)", "ca2", "ca2:25-1756"),
    ("Docket No. 25-1756", "ca2", "ca2:25-1756"),
    ("Case: 24-7700", "ca9", "ca9:24-7700"),
    ("No. 22-16993", "ca9", "ca9:22-16993"),
    ("25–2153", "ca3", "ca3:25-2153"),
    ("Appeal No. 2023-1234", "cafc", "cafc:23-1234"),
    ("23-5233", "cadc", "cadc:23-5233"),
    ("USCA Case #23-5233", "cadc", "cadc:23-5233"),
    ("No. 25-449", "scotus", "scotus:25-449"),
    ("25-449", "scotus", "scotus:25-449"),
    ("25A449", "scotus", "scotus:25A449"),
    # elsewhere
    ("5 U 104/24", "de-olg-hamburg", "de-olg-hamburg:5 U 104/24"),
    ("Az. 5 U 104/24", "de-olg-hamburg", "de-olg-hamburg:5 U 104/24"),
    ("5\u00a0U\u00a0104/24", "de-olg-hamburg", "de-olg-hamburg:5 U 104/24"),
    ("42 O 14139/24", "de-lg-muenchen-i", "de-lg-muenchen-i:42 O 14139/24"),
    ("42 O 14139 / 24", "de-lg-muenchen-i", "de-lg-muenchen-i:42 O 14139/24"),
    ("C-250/25", "eu-cjeu", "eu-cjeu:C-250/25"),
    ("Case C‑250/25", "eu-cjeu", "eu-cjeu:C-250/25"),
    ("IL-2023-000007", "uk-ewhc-ch", "uk-ewhc-ch:IL-2023-000007"),
    ("Claim No. IL-2023-000007", "uk-ewhc-ch", "uk-ewhc-ch:IL-2023-000007"),
    ("CV-24-00732231-00CL", "ca-onsc", "ca-onsc:CV-24-00732231-00CL"),
    ("Court File No. CV-24-00732231-00CL", "ca-onsc", "ca-onsc:CV-24-00732231-00CL"),
    ("CS(COMM) 1028/2024", "in-delhi-hc", "in-delhi-hc:CS(COMM) 1028/2024"),
    ("CS (COMM) No. 1028 of 2024", "in-delhi-hc", "in-delhi-hc:CS(COMM) 1028/2024"),
    ("1107237-96.2025.8.26.0100", "br-tjsp", "br-tjsp:1107237-96.2025.8.26.0100"),
    ("Processo 1107237-96.2025.8.26.0100", "br-tjsp", "br-tjsp:1107237-96.2025.8.26.0100"),
    ("(2024) Zhe 01 Min Zhong 10332", "cn-hangzhou-ipc", "cn-hangzhou-ipc:(2024) Zhe 01 Min Zhong 10332"),
    ("(2024) Zhe 01 Min Zhong No. 10332", "cn-hangzhou-ipc", "cn-hangzhou-ipc:(2024) Zhe 01 Min Zhong 10332"),
    ("CGC-25-625892", "us-ca-sf-superior", "us-ca-sf-superior:CGC-25-625892"),
    ("Case No. CGC 25 625892", "us-ca-sf-superior", "us-ca-sf-superior:CGC-25-625892"),
    ("No. 05-23-00123-CV", "texapp", "texapp:05-23-00123-CV"),
    ("2023AP1399", "wisctapp", "wisctapp:2023AP1399"),
]  # fmt: skip

SPELLINGS = GENERATED + AS_WRITTEN


def test_the_table_of_spellings_is_large():
    assert len({spelling for spelling, _, _ in SPELLINGS}) >= 300


@pytest.mark.parametrize(("spelling", "court", "key"), SPELLINGS, ids=[f"{s} in {c}" for s, c, _ in SPELLINGS])
def test_a_spelling_has_one_key(spelling, court, key):
    assert docket_key(spelling, court) == key


# Bare numbers: a docket number when somebody says so, not in running text.
ONLY_ALONE = {
    "24-11611-FDS", "24-11611", "1:24-11611-FDS", "18-11070", "25-1756", "25-1756 (L)",
    "25–2153", "23-5233", "25-449", "25A449",
}  # fmt: skip
IN_SENTENCES = [row for row in SPELLINGS if row[0] not in ONLY_ALONE]


@pytest.mark.parametrize(("spelling", "court", "key"), IN_SENTENCES, ids=[f"{s} in {c}" for s, c, _ in IN_SENTENCES])
def test_a_spelling_is_found_in_a_sentence(spelling, court, key):
    text = f"The parties appeared again, see {spelling}, before lunch."
    found = find_docket_numbers(text, court=court)
    assert [number.key(court) for number in found] == [key]
    assert all(text[number.start : number.end] == number.text for number in found)


@pytest.mark.parametrize("spelling", sorted(ONLY_ALONE))
def test_a_bare_number_in_a_sentence_is_not_believed(spelling):
    assert find_docket_numbers(f"The total came to {spelling} in the end.", court="ca2") == []


STATUTES = [
    "17 U.S.C. § 107-1", "17 U.S.C. §§ 106-122", "28 U.S.C. § 1404(a)", "17 U.S.C. § 1202(b)(1)", "§ 25-1756", "§§ 23-8292",
    "Cal. Civ. Code § 1714", "Cal. Civ. Proc. Code § 425.16", "Fed. R. Civ. P. 26(b)(1)", "Fed. R. Civ. P. 12-1",
    "Rule 23 Civ. P. 23", "37 C.F.R. § 202.1", "Pub. L. No. 105-304", "Public Law 94-553", "Pub. L. 117-263",
    "H.R. Rep. No. 94-1476", "S. Rep. No. 94-473", "Treaty Doc. No. 105-17", "26 U.S.C. § 501-3", "N.Y. C.P.L.R. 25-1756",
    "47 C.F.R. §§ 25-1756", "Ariz. Rev. Stat. § 13-3620", "Fla. Stat. 20-12345 et seq.", "Local Civil Rule 23-5",
    "General Order No. 25-01", "Administrative Order No. 24-02", "Article 25-1756 of the code", "Title 17-107",
]  # fmt: skip
PHONES = [
    "212-555-0147", "(212) 555-0147", "+1 212 555 0147", "555-0147", "1-800-555-0199", "415.555.0136", "Tel. 25-1756",
    "fax 212-805-0200", "T: 23-555-0147", "020 7946 0018", "+49 89 5597-02", "phone 24-7700", "(25) 1756-3143",
    "ext. 25-3143", "call 888-23-8292",
]  # fmt: skip
PATENTS = [
    "U.S. Patent No. 10,123,456", "U.S. Patent No. 9,876,543 B2", "Patent No. 25-1756", "US 2023/0011195 A1", "D712,345",
    "App. Ser. No. 16/123,456", "PCT/US23/11195", "EP 3 143 025", "RE 47,123", "Application No. 18/311195", "WO 2024/084123",
    "Serial No. 97-311195", "Reg. No. 5,275,025", "VA 2-311-195", "TX 8-292-023", "Registration No. TX-8-292",
]  # fmt: skip
BILLS = [
    "H.R. 25-1756", "HB 24-1205", "SB 24-205", "S. 2025", "A.B. 2013", "H.R. 3143", "Senate Bill 25-3143", "AB-2013",
    "Bill No. 24-1205", "House Bill 23-1119", "Assembly Bill 412", "Local Law 144", "Ordinance No. 25-1756",
    "Resolution No. 23-8292", "Proposition 24-25", "Executive Order 14-110", "Directive 2019-790", "Regulation 2024-1689",
]  # fmt: skip
FILINGS = [
    "ECF No. 25-12", "ECF Nos. 156, 159, 197, and 201-18", "ECF 159 at 1-2", "Dkt. 201-18", "Dkt. No. 23-1", "Doc. 25-3143",
    "Doc. No. 846-2", "Docket Entry 25-12", "D.E. 25-1756", "Ex. 25-1", "Exhibit No. 25-12", "Ex. C-23", "Tab 24-84",
    "Bates OAI-25-003143", "OPCO_NDCAL_0003143", "Tr. 25-17", "Hr'g Tr. at 23:11-19", "Exhibit 23-8292",
    "Decl. ¶¶ 25-31", "Am. Compl. ¶ 25-1756", "Br. at 25-31", "Order No. 25-1756", "Form AO 440", "Invoice No. 23-11195",
]  # fmt: skip
DATES = [
    "11-24-2025", "24-11-2025", "2025-11-24", "06/25/25", "6-25-25", "25-06-2025", "2025-06", "24.11.2025", "Nov. 24-25, 2025",
    "2023-24", "2024-2025", "the 2023-2024 school year", "fiscal 25-26", "1998-99", "9:30-11:45", "3:25 p.m.", "12:23-13:10",
    "June 24-25", "2025-W25", "20250624", "1:25", "Q3-2025", "winter 2023-2024", "2024-11-21T10:15:00Z", "from 23-11-19 on",
]  # fmt: skip
PAGES = [
    "pp. 25-31", "pages 1756-1780", "at 25-1756", "17-20", "123 F.3d 456, 460-61", "45 Misc. 3d 1201", "25 Md. 3143",
    "741 F.2d 73, 80–81 (2d Cir. 1984)", "88 F.4th 12, 25-131 (9th Cir. 2023)", "(9th Cir. 23-24 pages)", "2020CV001652",
    "No. CV-19-001652",
    "12 Md. 345 (1858)", "398 Md. 168", "25 Md. App. 314", "12 Cr. App. R. 3", "140 S. Ct. 1205", "2025 WL 1756314",
    "2025 WL 3143", "569 U.S. 576-91", "23 Cal. 4th 112", "25 F.4th 1756", "598 U.S. 508", "2023 U.S. Dist. LEXIS 11195",
    "25 Colum. L. Rev. 1756", "88 Fed. Reg. 16190", "88 Fed. Reg. 16,190-94", "510 U.S. 569, 577-78", "1 Cranch 137",
    "964 F. Supp. 2d 25-31", "2024 IL App 123", "Vol. 23-24", "chapters 25-31", "lines 23-25",
]  # fmt: skip
ADDRESSES = [
    "New York, NY 10007-1312", "500 Pearl Street", "Suite 25-1756", "Rockville, MD 20850-3143", "P.O. Box 25-3143",
    "San Francisco, CA 94102-3489", "Washington, DC 20001", "Baltimore, MD 21201", "Room 23-100", "Apt. 25-C", "Gate C 25",
    "Flight 25-1756", "Building 23-24", "ISBN 978-0-25-317561-2", "ISSN 0025-1756", "SSN 123-25-1756", "EIN 25-1756314",
    "Account No. 25-1756", "Policy No. 25-3143", "Model No. 23-8292", "Part No. 25-1756-A", "Claim No. 23-8292",
    "Release No. 34-95025", "FCC 24-17", "FCC No. 24-17", "MSDS 25-1756", "version 25-1756", "a 25-23 win", "25-30 percent",
    "$25-1756", "25-30%", "a 23-11 vote", "scored 25-17", "vitamin C 25-100 mg", "B-25-1756 bomber", "RFC 25-1756",
    "0-25-1756", "12-25-1756-31", "GPT-4-0613", "COVID-19-123", "Llama-3-70", "size 25-CVX", "25 CVs 300 letters",
    "23 CFR 1270", "25 cvt 100", "10 CRM 23", "1:23 CVS 8292", "MD5-25-3143",
]  # fmt: skip
LOOK_ALIKES = STATUTES + PHONES + PATENTS + BILLS + FILINGS + DATES + PAGES + ADDRESSES
LOOK_ALIKES += [f"see {office} U.S.C. § {n}-{m}" for office, n, m in product((17, 28), (101, 107, 512), (1, 2, 1756))]


def test_the_table_of_look_alikes_is_large():
    assert len(set(LOOK_ALIKES)) >= 200


@pytest.mark.parametrize("words", LOOK_ALIKES)
@pytest.mark.parametrize("court", [None, "nysd", "ca2", "scotus"])
def test_a_look_alike_is_no_docket_number(words, court):
    for text in (words, f"The court cited {words} and went on.", f"({words})"):
        assert find_docket_numbers(text, court=court) == []


@pytest.mark.parametrize("words", LOOK_ALIKES)
def test_a_look_alike_has_no_key(words):
    assert docket_key(words, "nysd") is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("in No. 24-7700 (9th Cir.)", ["ca9:24-7700"]),
        ("9th Cir. 24-7700", ["ca9:24-7700"]),
        ("2d Cir. No. 25-1756", ["ca2:25-1756"]),
        ("Second Circuit, No. 25-1756", ["ca2:25-1756"]),
        ("D.C. Cir. 23-5233; U.S. No. 25-449", ["cadc:23-5233", "scotus:25-449"]),
        ("Fed. Cir. No. 2023-1234", ["cafc:23-1234"]),
    ],
)  # fmt: skip
def test_a_court_of_appeals_beside_the_number_is_read(text, keys):
    assert [number.key(number.court or "?") for number in find_docket_numbers(text)] == keys


def test_a_list_of_appeals_is_read_one_by_one():
    numbers = find_docket_numbers("Nos. 24-7700, 24-6136 & 24-6137", court="ca9")
    assert [number.serial for number in numbers] == ["24-7700", "24-6136", "24-6137"]


def test_a_number_alone_on_a_line_is_an_appeal_where_the_court_writes_so():
    assert [n.serial for n in find_docket_numbers("25-1756-cv(L)\nA v. B", court="ca2")] == ["25-1756"]
    assert find_docket_numbers("25-1756\nA v. B", court="nysd") == []


def test_a_label_before_a_number_is_no_part_of_it():
    text = "This Document Relates To:\n23-CV-8292\n23-CV-10211\nRELATES TO:\n24-CV-0084"
    assert [number.text for number in find_docket_numbers(text)] == ["23-CV-8292", "23-CV-10211", "24-CV-0084"]


def test_a_district_number_is_no_number_of_a_court_of_appeals():
    assert docket_key("1:24-cv-01514", "ca2") is None


def test_members_named_in_one_entry_are_all_found():
    text = "(585 in 1:24-cv-01515-SHS-OTW, 1345 in 1:23-cv-08292-SHS-OTW, 14 in 1:25-md-03143)"
    keys = [number.key("nysd") for number in find_docket_numbers(text)]
    assert keys == ["nysd:2024-cv-01515", "nysd:2023-cv-08292", "nysd:2025-md-03143"]


@given(
    st.integers(1, 9), st.integers(1950, 2049), st.sampled_from(["cv", "cr", "md", "mc", "mj"]), st.integers(1, 99999),
    st.sampled_from(DISTRICT_FORMS), st.sampled_from(sorted(c["id"] for c in courts if is_district(c["id"]))),
)  # fmt: skip
def test_every_spelling_of_a_docket_is_that_docket_in_every_court(office, year, case_type, serial, form, court):
    spelling = _spell(form, case_type, office, year, serial)
    assert docket_key(spelling, court) == f"{court}:{year}-{case_type}-{serial:05}"


@given(st.text(alphabet="0123456789-:. cvmdNo§/()U\n", max_size=60))
def test_what_is_found_stands_in_the_text(text):
    for number in find_docket_numbers(text, court="nysd"):
        assert text[number.start : number.end] == number.text


@pytest.fixture(scope="module")
def registry():
    return load_registry(Path(__file__).parent.parent / "data" / "cases")


def test_every_spelling_resolves_to_its_key(registry):
    wrong = {}
    for spelling, court, key in SPELLINGS:
        found = [mention.docket for mention in registry.resolve(spelling, court)]
        if found != [key]:
            wrong[spelling, court] = found
    assert wrong == {}


def test_no_look_alike_resolves_to_a_docket(registry):
    for words in LOOK_ALIKES:
        for court in (None, "nysd", "ca2"):
            assert registry.resolve(words, court) == [], (words, court)
