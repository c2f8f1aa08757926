"""How a source is doing, in words: silence is never success."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pipeline.publish.wording import clock_time, day, moment


@dataclass(frozen=True, slots=True)
class Condition:
    level: Literal["good", "late", "bad", "unknown"]
    word: str
    sentence: str


def condition(source: Mapping[str, Any], at: datetime) -> Condition:
    """What a row of ``sources`` comes to at a moment. Late is: nothing new for three times the cadence."""
    state, last_new = source["state"], _time(source["last_new"])
    succeeded = (
        f"It last answered {moment(source['last_success'])}." if source["last_success"] else "It has never answered."
    )
    if state == "never run" or not source["last_run"]:
        return Condition("unknown", "not asked yet", "No crawl has asked this source yet.")
    if state == "blocked":
        return Condition(
            "bad", "blocked", f"It answered with a challenge or consent page instead of its content. {succeeded}"
        )
    if state == "failing":
        return Condition("bad", "failing", f"It did not answer as it should. {succeeded}")
    checked = f"Last checked {moment(source['last_run'])}; it answered."
    if last_new is None:
        return Condition("late", "silent", f"Nothing has come from it yet (expected {_often(source)}). {checked}")
    silent = (at - last_new).total_seconds() / 3600
    if silent > 3 * source["cadence_hours"]:
        return Condition("late", "silent", f"Silent for {_long(silent)} (expected {_often(source)}). {checked}")
    if state == "quiet":
        return Condition("good", "quiet", f"Nothing new since {day(source['last_new'])}. {checked}")
    return Condition("good", "well", f"Something new {day(source['last_new'])}, {clock_time(source['last_new'])}.")


def _time(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _often(source: Mapping[str, Any]) -> str:
    hours = int(source["cadence_hours"])
    return {24: "daily", 168: "weekly"}.get(
        hours, f"every {hours // 24} days" if hours % 24 == 0 else f"every {hours} hours"
    )


def _long(hours: float) -> str:
    return f"{round(hours / 24)} days" if hours >= 48 else f"{round(hours)} hours"
