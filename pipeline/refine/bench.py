"""Whether the court that a report speaks of may be a docket's: another court's ruling stands in another docket."""

from __future__ import annotations

import re

from pipeline.court_names import courts_named, is_listed
from pipeline.docket_number import is_district

_FIRST = re.compile(r".{40,400}?[.!?](?=\s|$)", re.DOTALL)
_BETWEEN_COURTS = re.compile(r"\b(?:USCA|mandate|circuit|appeal|petition|certif|transfer|remand|MDL)", re.IGNORECASE)
_ABROAD = re.compile(r"(?!us-)[a-z]{2}-")
_TRIAL_NUMBER = re.compile(r"-(?:cv|md|mc|cr|ap|bk)-")


def courts_of(title: str, lead: str) -> frozenset[str]:
    """Ids of the courts that a headline and the first sentence name: those that act, where the rest is background."""
    first = _FIRST.match(lead)
    return frozenset(name.court for name in courts_named(f"{title}\n{first[0] if first else lead}"))


def is_elsewhere(courts: frozenset[str], docket: str, description: str) -> bool:
    """Whether reports from these courts tell of none of a docket's papers.

    Papers that pass between courts stand in the dockets of both. Of a court that is on no list nothing is known but
    that its numbers are a trial court's: any trial court may be meant.
    """
    court, _, number = docket.partition(":")
    at_home = [name for name in courts if not _ABROAD.match(name)]
    if not courts or court in courts or (at_home and _BETWEEN_COURTS.search(description)):
        return False
    return is_listed(court) or (_TRIAL_NUMBER.search(number) is not None and not any(map(is_district, courts)))
