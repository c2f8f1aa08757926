"""The strict guard: what a model writes is let through only where the source says the same in the same words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.ground import _TRIM, Witnesses, supports

DENIED = "Because the Guild (not Brook) failed to confer,³ the motion (ECF 61 at 2) is DENIED without prejudice. (ECF 64 at 1)."


@pytest.mark.parametrize(
    "claim",
    [
        DENIED,
        DENIED.removesuffix(" (ECF 64 at 1)."),
        DENIED.replace(" (ECF 61 at 2)", ""),
        DENIED.replace("³", ""),
        f"  {DENIED}\n".replace(" the ", "\n the  "),
        "Because the Guild (not Brook) failed to confer, the motion is DENIED without prejudice.",
    ],
    ids=["verbatim", "a citation at the end", "a citation inside", "a footnote's mark", "other spaces", "all trims"],
)
def test_trims_alone_may_be_left_out(claim: str) -> None:
    assert supports(DENIED, claim)


@pytest.mark.parametrize(
    "claim",
    [
        "the motion is DENIED without prejudice.",
        "The motion is DENIED.",
        "Because the Guild failed to confer, the motion is DENIED without prejudice.",
        "Because the Guild (not Brook) failed to confer, the motion is DENIED.",
        "Because the Guild (not Brook) failed to confer, the motion (ECF 62 at 2) is DENIED without prejudice.",
        "Because the Guild (not Brook) failed to confer, the motion is denied without prejudice.",
        "Because the Guild (not Brook) failed to confer, the motion is DENIED without prejudice",
        "",
    ],
    ids=["its end", "less of it", "a parenthesis", "two words", "another citation", "capitals", "full stop", "nothing"],
)
def test_nothing_else_may(claim: str) -> None:
    assert not supports(DENIED, claim)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The field is 12 m² wide.", "The field is 12 m wide."),
        ("He made up half of the income.", "He made up the income."),
        ("Costs rose 10³ times.", "Costs rose 10 times."),
        ("The claims (Rule 12) fall.", "The claims fall."),
        ("The claims (but not ECF 61) fall.", "The claims fall."),
        ("The writ (not Ex. 4) issued.", "The writ issued."),
        ("It “may” issue.", "It may issue."),
    ],
)
def test_what_only_looks_like_a_trim_stays(source: str, claim: str) -> None:
    assert not supports(source, claim)


@pytest.mark.parametrize(
    "aside",
    [
        "(ECF 61 at 2)",
        "(Dkt. Nos. 12, 14; Tr. 8:3–9)",
        "(Compl. ¶¶ 4-6)",
        "[Doc. 7]",
        "(Id. at 3)",
        "(See Dkt. 12 at 4, and Ex. A.)",
    ],
)
def test_record_citations_are_trims(aside: str) -> None:
    assert supports(f"The motion {aside} is denied.", "The motion is denied.")


def test_the_shape_of_quotation_marks_and_dashes_does_not_count() -> None:
    assert supports("It is “Brook’s – not Tern’s”.", """It is "Brook's - not Tern's".""")


def test_the_first_sentence_that_says_it_is_found() -> None:
    witnesses = Witnesses(["The hearing is vacated.", "It is denied (ECF 4).", "It is denied."])
    assert [witnesses.find(claim) for claim in ("It is denied.", "The hearing is vacated.", "It is granted.")] == [
        1,
        0,
        None,
    ]


PROTECTED = re.compile(
    r"\b(?:not?|never|none|without|un\w+|may|might|must|shall|will|would|can|could|should|only|half|part|denied|granted|before|after)\b",
    re.IGNORECASE,
)


@given(
    st.lists(
        st.sampled_from(
            [
                "(",
                ")",
                "[",
                "]",
                "ECF",
                "Dkt.",
                "Ex.",
                "Tr.",
                "Id.",
                "at",
                "Nos.",
                "¶",
                "12",
                "14,",
                "and",
                "not",
                "may",
                "only",
                "half",
                ";",
                ",",
                ".",
                "A",
                "See",
                "²",
                "¹",
                "word",
            ]
        ),
        max_size=12,
    )
)
def test_no_trim_holds_a_word_that_could_deny_allow_or_qualify(words: list[str]) -> None:
    text = " ".join(words).replace("( ", "(").replace(" )", ")").replace("[ ", "[").replace(" ]", "]")
    assert not any(PROTECTED.search(trim[0]) for trim in _TRIM.finditer(f"Word {text}"))


@given(st.text(max_size=80))
def test_any_text_supports_itself(text: str) -> None:
    assert supports(text, text)
    assert Witnesses([text]).find(text) == 0
