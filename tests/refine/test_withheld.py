"""What the public does not get, by the words that say so. Entries and papers are invented, the courts' formulas are not."""

from __future__ import annotations

import pytest

from pipeline.model import DocketEntry, Withheld
from pipeline.refine.decide import decide_entry
from pipeline.refine.docket_text import everywhere
from pipeline.refine.withheld import of_entry, of_paper


@pytest.mark.parametrize(
    ("description", "state", "words"),
    [
        ("SEALED DOCUMENT placed in vault.", "sealed", "SEALED"),
        ("[Sealed Motion] ( 45 )", "sealed", "Sealed"),
        ("SEALED MOTION to Seal Document by Wren Guild, Inc.", "sealed", "SEALED"),
        ("UNREDACTED COMPLAINT (SEALED) by Wren Guild, Inc.", "sealed", "SEALED"),
        ("Exhibit A -- training ledger (filed under seal)", "sealed", "filed under seal"),
        ("**RESTRICTED DOCUMENT** Summons", "sealed", "RESTRICTED"),
        ("Sentencing Memorandum - Sealed", "sealed", "Sealed"),
        ("***SELECTED PARTIES*** LETTER addressed to Judge Marlow", "sealed", "SELECTED PARTIES"),
        ("REDACTED DOCUMENT - Motion for Leave", "redacted", "REDACTED"),
        ("REDACTION to 72 Letter by Tessellate AI, Inc.", "redacted", "REDACTION to"),
        ("COMPLAINT - THIS IS A REDACTED VERSION OF THE DOCUMENT", "redacted", "REDACTED VERSION"),
        ("Indictment - Redacted", "redacted", "Redacted"),
        ("ORDER denying 40 Motion. This is a TEXT ONLY ENTRY. No document is attached.", "text only", "TEXT ONLY"),
        ("Minute Entry for proceedings held on 3/9/2026. (no document attached) (ab)", "text only", "no document attached"),
        ("NOTICE of Manual Filing by Tessellate AI, Inc. re 12 Motion", "missing", "NOTICE of Manual Filing"),
        ("EXHIBIT 4 to Declaration, document not available", "missing", "document not available"),
    ],
)  # fmt: skip
def test_entries_that_say_what_is_withheld(description, state, words):
    found = of_entry(description)
    assert found is not None
    assert found.state == state
    assert words in found.words
    assert " ".join(found.words.split()) in " ".join(description.split())


@pytest.mark.parametrize(
    "description",
    [
        "MOTION to Seal Document by Tessellate AI, Inc.",
        "Administrative Motion to File Under Seal",
        "ORDER granting 156 Motion to File Exhibit Under Seal.",
        "Order on Sealed Motion",
        "ORDER GRANTING [530] SEALED REQUEST for a warrant.",
        "ORDER unsealing the superseding complaint.",
        "DECLARATION in Support of 12 Motion. (Attachments: # 1 Exhibit A (filed under seal))",
        "Transcript of proceedings held on 3/9/2026. Redaction Request due 4/1/2026. Redacted Transcript Deadline 4/9/2026.",
        "Notice of intent to request redaction",
        "Evidence, Sealed: None.",
        "MOTION to Compel production of the redacted ledger by Wren Guild, Inc.",
        "",
    ],
)
def test_entries_about_sealing_are_open(description):
    assert of_entry(description) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("EXHIBIT B\n\n[FILED UNDER SEAL]", "sealed"),
        ("EXHIBIT 111\n(Filed Under Seal)", "sealed"),
        ("DOCUMENT SUBMITTED UNDER SEAL", "sealed"),
        ("EXHIBIT 7\n\nNOTICE OF MANUAL FILING\n\nOne USB drive.", "missing"),
        ("REDACTED VERSION OF DOCUMENT SOUGHT TO BE SEALED\n\n" + "The parties disagree. " * 90, "redacted"),
        ("UNITED STATES DISTRICT COURT\n\nREDACTED CIVIL MINUTES – GENERAL\n\n" + "The motion is denied. " * 90, "redacted"),
        ("PUBLIC VERSION\n\n" + "The parties disagree. " * 90, "redacted"),
        ("UNREDACTED VERSION OF DOCUMENT SOUGHT TO BE SEALED\n\n" + "The parties disagree. " * 90, None),
        ("MOTION TO FILE UNDER SEAL A REDACTED VERSION OF THE LEDGER\n\n" + "The parties disagree. " * 90, None),
        ("The ledger was filed under seal and a redacted version is public. " * 20, None),
        ("ORDER\n\nThe Clerk shall file the ledger under seal. So ordered.", None),
        ("", None),
    ],
)  # fmt: skip
def test_papers_that_say_it_of_themselves(text, state):
    found = of_paper(text)
    assert (found.state if found else None) == state
    assert found is None or found.words in " ".join(text.split())


def test_an_entry_carries_it_into_every_docket_and_past_a_stub():
    line = "SEALED ORDER (585 in 1:24-cv-01515-SHS-OTW, 1345 in 1:23-cv-08292-SHS-OTW)"
    entry = DocketEntry("a", "nysd:2024-cv-01515", 585, None, "order", line)
    assert {each.withheld for each in everywhere(entry)} == {Withheld("sealed", "SEALED")}
    [kept, *_] = everywhere(entry)
    assert decide_entry(kept, DocketEntry("a", "nysd:2024-cv-01515", 585, None, None, "ORDER")) is None
