"""The registry beside the dockets: what agrees, what does not, and what nobody can say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipeline.model import Docket, DocketSheet, Matter
from pipeline.refine.audit import audit
from pipeline.registry import Registry

SEEN = datetime(2026, 11, 20, tzinfo=UTC)
KEY = "demo:2026-cv-07001"
REGISTRY = Registry(
    [
        Matter(
            "inkwell", "Marrow v. Inkwell, Inc.", "demo",
            (Docket(KEY, "demo", "1:26-cv-07001", judges=("Ada Example", "Bo Sample"), filed=date(2026, 1, 5),
                    aliases=("Quill v. Inkwell",)),),
            checked=date(2026, 11, 1), evidence=("Complaint, ECF 1",),
        )
    ]
)  # fmt: skip


def sheet(**said):
    known = {"number": "", "caption": None, "judges": (), "filed": None} | said
    return DocketSheet(
        KEY, "demo", known["number"], known["caption"], known["judges"], known["filed"], None, None, "local", SEEN
    )


SAID = [
    ("another case at the address", {"number": "1:26-cv-07002"}, ("number", False)),
    ("the same number in another spelling", {"number": "26-cv-7001 (AE)"}, ("number", True)),
    ("the same caption", {"caption": "Marrow et al v. Inkwell, Inc. et al"}, ("caption", True)),
    ("an earlier caption that is an alias", {"caption": "Quill v. Inkwell Inc"}, ("caption", True)),
    ("another case", {"caption": "Harbor v. Loom"}, ("caption", False)),
    ("other plaintiff, same defendant", {"caption": "Harbor v. Inkwell, Inc."}, ("caption", False)),
    ("the district judge alone", {"judges": ("Ada X. Example",)}, ("judge", True)),
    ("another judge", {"judges": ("Cy Other",)}, ("judge", False)),
    ("another magistrate judge", {"judges": ("Ada Example", "Cy Other")}, ("judge", False)),
    ("the same day", {"filed": date(2026, 1, 5)}, ("filed", True)),
    ("another day", {"filed": date(2026, 1, 6)}, ("filed", False)),
]


@pytest.mark.parametrize(("said", "result"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_a_fact_is_put_beside_what_the_docket_says(said, result):
    (check,) = audit(REGISTRY, [sheet(**said)], [])
    assert (check.what, check.agrees) == result
    assert (check.matter, check.docket, check.seen) == ("inkwell", KEY, SEEN)
    assert check.our_source == "registry, checked 2026-11-01: Complaint, ECF 1"
    assert "local" in check.their_source


def test_what_one_side_leaves_out_is_no_disagreement():
    assert audit(REGISTRY, [sheet()], []) == []


def test_a_docket_nobody_follows_is_not_audited():
    other = DocketSheet("demo:2026-cv-1", "demo", "1:26-cv-1", "A v. B", (), None, None, None, "local", SEEN)
    assert audit(REGISTRY, [other], []) == []


def test_a_feeds_caption_is_asked_where_no_sheet_is_known():
    captions = [(KEY, "Harbor v. Loom", "nysd_feed", SEEN.isoformat())]
    (check,) = audit(REGISTRY, [], captions)
    assert (check.what, check.agrees, check.theirs) == ("caption", False, "Harbor v. Loom")
    assert audit(REGISTRY, [sheet(caption="Marrow v. Inkwell")], captions)[0].agrees


def test_disagreements_come_first():
    checks = audit(REGISTRY, [sheet(caption="Marrow v. Inkwell", judges=("Cy Other",))], [])
    assert [check.agrees for check in checks] == [False, True]
