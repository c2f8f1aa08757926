"""Each trap is a list of sentences; joined by single spaces, the splitter must find exactly these again."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.sentences import Sentence, sentences, without_mark

TRAPS: dict[str, list[str]] = {
    "two plain sentences": ["The motion is denied.", "The case is closed."],
    "question then answer": ["Is the log adequate?", "It is not."],
    "exclamation": ["Counsel objected!", "The objection was overruled."],
    "docket number": ["The motion in No. 31-cv-7714 was filed late.", "It is denied."],
    "several docket numbers": ["Nos. 31-1044 and 31-1046 are consolidated.", "Briefs are due in May."],
    "case number with judge initials": ["See No. 2:31-cv-00418-QRS.", "That case is stayed."],
    "civil rule": ["Sanctions follow under Fed. R. Civ. P. 37(a) in such cases.", "None are sought here."],
    "civil rule before a full stop": ["The motion rests on Fed. R. Civ. P. 12(b)(6).", "It fails."],
    "evidence rule": ["Fed. R. Evid. 502(d) protects the clawback.", "The order says so."],
    "local rule": ["L. Civ. R. 7.1 limits the brief.", "Acme ignored it."],
    "record citation after the sentence": ["The parties never spoke. (ECF 159 at 1-2).", "The motion is premature."],
    "record citation inside the sentence": ["The log (ECF 41 at 3) omits two names.", "It must be amended."],
    "docket citation": ["Acme moved to compel, Dkt. No. 88, in March.", "Brook opposed."],
    "exhibit citation": ["The draft is attached.", "Ex. 4 at 12.", "It is unsigned."],
    "two exhibits": ["Compare Exs. 4 and 5 to the complaint.", "They differ."],
    "versus with company": ["Acme Widgets, Inc. v. Brook Data Co. is still pending.", "No date is set."],
    "versus press style": ["The dispute, Acme vs. Brook, goes on.", "Trial is in May."],
    "company ends the sentence": ["The plaintiff is Acme Widgets, Inc.", "The defendant is Brook Data."],
    "corporation ends the sentence": ["The license went to Brook Corp.", "It never paid."],
    "corporation inside the sentence": ["The Brook Corp. Archive was copied.", "It was then deleted."],
    "limited company": ["Tern & Sons Ltd. Holdings sued.", "So did others."],
    "bracketed first letter": ["He warned that “[i]f nothing changes, the motion fails.”", "Nothing changed."],
    "bracketed capital": ["The rule is plain.", "“[T]he burden rests on the proponent.”"],
    "bracketed insertion": ["“The [defendants’] log is thin.”", "It lists four entries."],
    "initials in a name": ["Judge Q. R. Sample presides.", "She sits in Tern City."],
    "middle initial": ["Maria L. Vance testified.", "Her account was clear."],
    "initial ends the sentence": ["The letter is Exhibit A.", "The reply is Exhibit B."],
    "title": ["Mr. Vance and Dr. Ortiz agreed.", "Ms. Lin did not."],
    "honorific": ["The Hon. Ona Sample presided.", "She ruled from the bench."],
    "junior before a verb": ["Frank Tern, Jr. appealed.", "He lost."],
    "states as adjective": ["The U.S. District Court denied it.", "The parties settled."],
    "states at the end": ["The books were printed in the U.S.", "The files were not."],
    "district at the end": ["The action began in the S.D. Tern.", "The panel moved it."],
    "reporter citation": ["Acme Widgets v. Brook, 512 F.3d 88, 91 (2d Cir. 2031), controls.", "We follow it."],
    "supplement reporter": ["See Tern v. Lake, 44 F. Supp. 3d 100, 104 (S.D.N.Y. 2031).", "The facts match."],
    "supreme reporter": ["The rule of Vance v. Ortiz, 599 U. S. 12 (2030), applies.", "It is settled."],
    "statute": ["Section 412 of 17 U.S.C. bars the fees.", "Registration came too late."],
    "section sign": ["The claim arises under 17 U.S.C. § 106.", "It is timely."],
    "section at the start": ["The claim fails.", "Section 107 permits the use."],
    "paragraph sign": ["Acme admits this.", "Compl. ¶ 14.", "So the point is settled."],
    "id citation": ["The log lists ten items.", "Id. at 4.", "Two are privileged."],
    "id as own sentence": ["The log lists ten items.", "Id.", "The court agrees."],
    "see e.g.": ["Courts agree, see, e.g., Tern v. Lake, on this.", "We do too."],
    "that is": ["The set, i.e. the scans, was deleted.", "No copy remains."],
    "compare": ["Cf. Acme Widgets v. Brook Data Co.", "The rule differs there."],
    "et al. inside": ["Vance et al. Authors Group sued in May.", "They won."],
    "et al. at the end": ["The authors are Vance et al.", "They are novelists."],
    "et cetera": ["It lists dates, names, etc. for each item.", "It omits the authors."],
    "month": ["The hearing is on Sept. 5, 2031.", "Counsel must appear."],
    "date then sentence": ["The order issued on June 24, 2031.", "No appeal followed."],
    "year ends the sentence": ["The copying began in 2029.", "It ended in 2031."],
    "time of day": ["The call is at 10:30 a.m. Eastern time.", "Counsel must dial in."],
    "time of day at the end": ["The call is at 4 p.m.", "The parties must dial in."],
    "decimal": ["The rate rose 4.5 percent.", "That is high."],
    "money": ["The fund holds $1.5 million.", "Half is for fees."],
    "version number": ["Model 3.5 was trained first.", "Model 4 came later."],
    "web address": ["The list is at www.example.org for all.", "It is public."],
    "file name": ["The file books.tar.gz was deleted.", "So was its index."],
    "closing quote after the stop": ["The court said “no more.”", "The parties agreed."],
    "straight quotes": ['The court said "no more."', "The parties agreed."],
    "quote goes on": ["“Is it clear?” asked the judge.", "Nobody answered."],
    "quote with citation": ["He called it “a bare claim of privilege.” (ECF 9 at 1).", "It was."],
    "nested quotes": ["She said “the ‘reason’ is privileged.”", "The court disagreed."],
    "quotation of two sentences": ["“The log is thin.", "It must be amended,” the judge wrote."],
    "whole sentence in parentheses": ["The motion is denied.", "(The court will explain later.)", "So ordered."],
    "two sentences in parentheses": ["The rule is old (Vance says so. Lake agrees.) and settled.", "We apply it."],
    "see citation in parentheses": ["The log is late (see ECF 14 at 2) and thin.", "It must be amended."],
    "ellipsis inside": ["The order reads “the parties . . . shall confer.”", "They did not."],
    "three points": ["The chart lists names ... and dates.", "It omits links."],
    "four points": ["“The log is thin. . . .", "It must be amended,” she wrote."],
    "ellipsis sign": ["The order names three parties … and no others.", "Acme is one."],
    "footnote mark after the stop": ["The motion is denied.²", "The parties shall confer."],
    "footnote mark after the quote": ["It is “without basis.”¹²", "The court agrees."],
    "wiki mark after the stop": ["The treaty was signed in May.[4]", "It lapsed in June."],
    "numbered list in a line": ["The court orders: 1. Acme shall answer.", "2. Brook shall reply."],
    "lettered list in a line": ["The grounds are (a) delay; (b) cost; and (c) prejudice.", "None suffices."],
    "number ends, number begins": ["There were 12.", "15 were privileged."],
    "page citation": ["The passage is at pp. 4-5 of the brief.", "It is short."],
    "volume and page": ["See Tr. 14:2-9.", "Counsel conceded it."],
    "association": ["The Nat'l Ass'n of Printers sued.", "It has standing."],
    "department": ["The Dep't of Records answered.", "It denied the claim."],
    "street": ["The office is at 5 St. Marks Place.", "It is closed."],
    "saint": ["St. Clair wrote the opinion.", "Two joined."],
    "exclamation in a name": ["The plaintiff is Yodel! Inc. of Tern City.", "It sells books."],
    "markdown bold": ["Their motion is **DENIED without prejudice**.", "The parties shall confer."],
    "markdown italics citation": ["See *Tern v. Lake*, Dkt. 349.", "The log was revised there."],
    "starts with a quotation": ["The court was blunt.", "“No log, no privilege,” it wrote."],
    "abbreviation then number": ["The appendix, vol. 3, is sealed.", "It stays so."],
    "chapter": ["The debtor filed under ch. 11 in May.", "The stay applies."],
    "article of a treaty": ["Art. 9 of the treaty applies.", "The parties agree."],
    "doctor of philosophy": ["Lena Ortiz, Ph.D., gave a report.", "It was excluded."],
    "colon before a quotation": ["The rule reads: “No party may delay.”", "Acme delayed."],
    "semicolon stays": ["The motion is granted in part; the rest is denied.", "An order follows."],
    "slash numbers": ["In ECF 156/159, Acme seeks a conference.", "None is needed."],
    "possessive after abbreviation": ["Brook Inc.’s log is thin.", "It must be amended."],
    "comma after abbreviation": ["Acme Corp., a printer, sued.", "Brook answered."],
    "affirmed alone": ["The judgment stands.", "Affirmed."],
    "board reporter": ["See Tern v. Lake, 12 Vet. App. 88 (2031).", "The claim is well grounded."],
    "abbreviations without blanks": [
        "Acme cites Tern v. Lake, 129 S.Ct. 1696 (2031), and 4 F.Supp. 88.",
        "Neither helps.",
    ],
    "railway initials": ["Acme cites Tern, R. I. & P. R. Co. v. Lake for this.", "It does not help."],
    "elision before a number": ["It is equal to . . . 40 percent of the runoff.", "The rest flows on."],
    "clauses of a statute": [
        "The Secretary shall keep a list of mills.",
        "(b) Reports.--The Secretary shall report each year.",
        "“(ii) The list is public.”",
    ],
    "clause cited, not begun": ["The claim rests on Rule 26. (b) of the same rule is not pleaded."],
    "elision after the sentence": ["“The log is thin. . . .”", "Nothing else was said."],
}


@pytest.mark.parametrize("expected", TRAPS.values(), ids=TRAPS.keys())
def test_traps(expected: list[str]) -> None:
    assert [item.text for item in sentences(" ".join(expected))] == expected


def test_there_are_enough_traps() -> None:
    assert len(TRAPS) >= 60


def kinds(text: str) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in sentences(text)]


@pytest.mark.parametrize(
    "line",
    [
        "BACKGROUND",
        "II. DISCUSSION",
        "A. The Motion to Compel",
        "## Discussion",
        "December 8 deadline",
        "Why it matters",
        "I. BACKGROUND.",
        "SOUTHERN DISTRICT OF TERN",
        "IV. CONCLUSION AND ORDER",
    ],
)
def test_headings_are_known(line: str) -> None:
    text = f"The motion is denied.\n\n{line}\n\nThe case is closed."
    assert kinds(text)[1] == ("heading", line)


@pytest.mark.parametrize(
    "line",
    [
        "UNITED STATES DISTRICT COURT",
        "Plaintiffs,",
        "-against-",
        "v.",
        "Case No. 31-cv-00418",
        "Dated: June 24, 2031",
        "s/ Quinn R. Sample",
        "/s/ Quinn R. Sample",
        "United States Magistrate Judge",
        "QUINN SAMPLE, United States Magistrate Judge:",
        "31-CV-0418 :",
        "-----X",
        "Tern City, New York",
        "Attorneys for Plaintiff Acme Widgets",
    ],
)
def test_caption_and_signature_are_known(line: str) -> None:
    text = f"The motion is denied.\n\n{line}\n\nThe case is closed."
    assert kinds(text)[1] == ("caption", line)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The Court has read the papers.", "sentence"),
        ("SO ORDERED.", "sentence"),
        ("THE MOTION TO COMPEL IS DENIED.", "sentence"),
        ("1. Defendant shall produce the log by June 9, 2031.", "sentence"),
        ("(b) The hearing is vacated;", "sentence"),
        ("See Tern v. Lake, 44 F.3d 100, 104 (2d Cir. 2031).", "citation"),
        ("Id. at 14.", "citation"),
        ("ECF 41 at 3.", "citation"),
        ("Tern v. Lake, 599 U.S. 12, 14 (2031).", "citation"),
        ("and the parties shall confer on the matter again before then.", "fragment"),
        ("The parties met for three hours in the offices of counsel for the defendant but the", "fragment"),
        ("¹ The Court notes that the chart omits links.", "footnote"),
    ],
)
def test_kinds(sentence: str, kind: str) -> None:
    assert kinds(sentence) == [(kind, sentence)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The parties met for three hours on the question, but the\n\nlog was not discussed.", "They will meet again."],
        ["The order that governs the year provides that\n\n“[t]he log shall list names.”", "This one does not."],
    ],
    ids=["over a page", "into a quotation set apart"],
)
def test_a_sentence_broken_over_paragraphs_is_one(parts: list[str]) -> None:
    assert kinds(" ".join(parts)) == [("sentence", part) for part in parts]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("The parties met for three hours.", "log kept by Brook: none."),
        ("Log of the meeting", "the parties met for three hours."),
        ("THE PARTIES MET FOR THREE HOURS AND MORE", "the log was not discussed."),
        ("The parties met for three hours but the", "The log was not discussed."),
        ("The parties met for three hours on this:", "a. The log was not discussed."),
    ],
    ids=["ended", "a heading", "capitals", "a new beginning", "a list"],
)
def test_other_paragraphs_are_not_joined(above: str, below: str) -> None:
    assert [text for _, text in kinds(f"{above}\n\n{below}")] == [above, below]


def test_footnotes_that_count_in_plain_digits_are_apart() -> None:
    prose = "The Court has read the papers of both sides."
    note = "1 Because the two actions were joined, this order cites the log of the first."
    found = kinds("\n\n".join([prose] * 4 + [note, prose, note.replace("1 ", "2 ", 1)] + [prose] * 4))
    assert [kind for kind, _ in found] == ["sentence"] * 4 + ["footnote", "sentence", "footnote"] + ["sentence"] * 4
    numbered = kinds("\n\n".join(f"{number} {prose}" for number in range(1, 6)))
    assert {kind for kind, _ in numbered} == {"sentence"}


def test_items_of_a_list_stand_alone() -> None:
    items = ["The device shows:", "a. A game of cards.", "b. A game of dice.", "(c) A wheel; and", "4. Eight lines."]
    assert [text for _, text in kinds("\n".join(items))] == items


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The log was thin on every point that counts. 2", "The log was thin on every point that counts."),
        ("The log of that year is attached as Ex. 4", "The log of that year is attached as Ex. 4"),
    ],
    ids=["a footnote's mark", "an exhibit's number"],
)
def test_a_footnotes_mark_stays_with_its_sentence_and_may_be_trimmed(text: str, bare: str) -> None:
    assert [part for _, part in kinds(f"{text}\n\nThe case is closed.")] == [text, "The case is closed."]
    start, end = without_mark(text, 0, len(text))
    assert text[start:end] == bare


def test_wrapped_lines_are_joined_and_keep_their_offsets() -> None:
    text = "The motion to compel is denied without prejudice to\nrenewal. The parties shall confer in good faith before\nthe conference."
    found = sentences(text)
    assert [item.text for item in found] == [
        "The motion to compel is denied without prejudice to\nrenewal.",
        "The parties shall confer in good faith before\nthe conference.",
    ]


def test_list_items_on_their_own_lines_are_apart() -> None:
    text = "IT IS ORDERED that:\n1. The motion is granted.\n2. The hearing is vacated."
    assert [item.text for item in sentences(text)] == [
        "IT IS ORDERED that:",
        "1. The motion is granted.",
        "2. The hearing is vacated.",
    ]


def test_a_footnote_of_two_paragraphs_is_a_footnote_throughout() -> None:
    text = "The motion is denied.¹\n\n¹ The chart omits links.\n\nIt also omits dates.\n\n² The log is thin."
    assert [item.kind for item in sentences(text)] == ["sentence", "footnote", "footnote", "footnote"]


def test_a_stray_mark_in_the_middle_does_not_swallow_the_order() -> None:
    body = "\n\n".join(["The court has read the papers."] * 9)
    text = f"{body}\n\n¹ The chart omits links.\n\n{body}\n\nThe motion is denied."
    assert sentences(text)[-1].kind == "sentence"


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        ("The motion is denied.²", "The motion is denied."),
        ("1. Acme shall answer.", "Acme shall answer."),
        ("(a) Acme shall answer.", "Acme shall answer."),
        ("IV. Acme shall answer.", "Acme shall answer."),
        ("- Acme shall answer.", "Acme shall answer."),
        ("¶ 14. Acme shall answer.", "Acme shall answer."),
        ("It is “thin.”¹²", "It is “thin.”"),
        ("Acme shall answer.", "Acme shall answer."),
        ("A motion is pending.", "A motion is pending."),
    ],
)
def test_only_marks_are_trimmed(sentence: str, bare: str) -> None:
    start, end = without_mark(sentence, 0, len(sentence))
    assert sentence[start:end] == bare


PIECES = st.sampled_from(
    [
        "The",
        "motion",
        "is",
        "denied",
        ".",
        " ",
        " ",
        "\n",
        "\n\n",
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "¹",
        "No. 3",
        "v.",
        "...",
        "?",
        "1.",
        ":",
        "é",
        "\t",
        "#",
        "**",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_spans_are_exact_ordered_and_cover_every_word(text: str) -> None:
    found: list[Sentence] = sentences(text)
    assert all(text[item.start : item.end] == item.text and item.text.strip() == item.text != "" for item in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert "".join("".join(item.text.split()) for item in found) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["The motion is denied. ", "( [ “ ", "No. ", "a.b.", ". . . ", "word ", "\n\nI. ", ") ", "(a. ", '"A." ']
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        taken = []
        for _ in range(3):
            started = time.process_time()
            sentences(text)
            taken.append(time.process_time() - started)
        return min(taken)

    # Eight times the text takes eight times the time; sixty-four would be quadratic.
    assert seconds(160_000) < 30 * max(seconds(20_000), 0.002)
