"""Invented documents, written for these tests: no party, court or case of this world."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pipeline.model import Disposition, Document, Event, Kind, PageClass, Passage, Provenance, When


def paper(text: str, *, kind: Kind = Kind.FILING, title: str = "Paper", **fields: Any) -> Document:
    page_class = PageClass.FILING if kind is Kind.FILING else PageClass.ARTICLE
    provenance = Provenance("demo", datetime(2031, 6, 25, tzinfo=UTC), "sha256:00", "text 1")
    return Document("paper", kind, page_class, title, text, provenance, **fields)


def passage(text: str, words: str) -> Passage:
    start = text.index(words)
    return Passage(start, start + len(words), words)


ORDER_TEXT = """UNITED STATES DISTRICT COURT
DISTRICT OF TERN

TERN GUILD OF WRITERS,
Plaintiff,
-against-
BROOK DATA CO.,
Defendant.

31-cv-0418 (QRS)

ORDER

QUINN R. SAMPLE, United States Magistrate Judge:

The Court has read ECF Nos. 60, 61 and 64.

In ECF 61, the Guild moves to compel “every message about the shelf corpus,” saying that Brook “hides behind counsel.” (ECF 61 at 2).

Brook answers that the Guild filed its motion two hours after it first raised the matter by email. (ECF 64 at 1).¹

Because the Guild did not confer with Brook before it filed ECF 61, the motion to compel is DENIED without prejudice.² \
The parties shall confer by video and file a joint chart of the messages still in dispute by July 9, 2031. \
The hearing set for July 1, 2031, is vacated.

The Clerk of Court is directed to terminate ECF 60.

SO ORDERED.

Dated: June 24, 2031
Tern City, New York

s/ Quinn R. Sample
Quinn R. Sample
United States Magistrate Judge

¹ “Brook has burned the shelf corpus and lies about it.” (ECF 61 at 3).

² The Guild’s motion also lacks links to the docket, which the Court’s rules require."""

_DENIED = "the motion to compel is DENIED without prejudice"
_CHART = "file a joint chart of the messages still in dispute by July 9, 2031"

ORDER = paper(
    ORDER_TEXT,
    title="Order",
    type="order",
    judge="Quinn R. Sample",
    caption="Tern Guild of Writers v. Brook Data Co.",
    dispositions=(Disposition("denied without prejudice", "ECF 61", passage(ORDER_TEXT, _DENIED)),),
    events=(
        Event("deadline", "joint chart", When.on(date(2031, 7, 9), UTC), passage(ORDER_TEXT, _CHART)),
    ),
)  # fmt: skip

ARTICLE = paper(
    """Brook Data told to hand over shelf messages

On June 24, 2031, a magistrate judge in Tern City turned to the fight over the shelf corpus, a set of scanned novels that Brook Data used \
to train its model and later erased.

“They burned the library,” Lena Ortiz of the Guild said outside the court.

“It was routine housekeeping. We erase what we do not need. Nobody hid anything,” a company lawyer said.

Judge Quinn Sample ruled that Brook had waived privilege by giving a reason for the deletion and then taking it back.

She gave Brook until July 18, 2031 to produce the messages in which its staff discussed why the corpus was erased.

Brook was also ordered to name the lawyers who approved the deletion by July 11, 2031.

The Guild represents four hundred novelists and has sued two other companies.

Tern Ledger will provide updates.

Further reading

Judge weighs fate of the shelf corpus. Article. May 2, 2031.

The court denied an earlier motion to compel in May, the Ledger reported then.""",
    kind=Kind.NEWS,
    title="Brook Data told to hand over shelf messages",
)

COMPLAINT = paper(
    """COMPLAINT

1. Plaintiff Tern Guild of Writers brings this action against Brook Data Co. for copying forty thousand novels without a license.

2. Brook copied the novels from a pirate library and trained its model on them.

3. The Guild seeks damages and an injunction that requires Brook to destroy the copies.

DEMAND FOR JURY TRIAL

The Guild demands a trial by jury on all issues so triable.""",
    title="Complaint",
    type="complaint",
    caption="Tern Guild of Writers v. Brook Data Co.",
)

BARE = paper("ORDER\n\nSO ORDERED.", title="Order", type="order")
EMPTY = paper("", title="Exhibit 4")
PAPERS = {"order": ORDER, "article": ARTICLE, "complaint": COMPLAINT, "bare": BARE, "empty": EMPTY}
