"""How a source is doing, in words: silence is never success."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pipeline.health import last_word, often, silence, silence_in_words
from pipeline.publish.wording import clock_time, day, moment


@dataclass(frozen=True, slots=True)
class Condition:
    level: Literal["good", "late", "bad", "unknown", "given"]
    word: str
    sentence: str


def condition(source: Mapping[str, Any], at: datetime) -> Condition:
    """What a row of ``sources`` comes to at a moment. Late is: nothing new for far longer than its cadence."""
    if source.get("method") == "file":
        latest = f", the last {day(source['last_handed_in'])}" if source["last_handed_in"] else ""
        return Condition("given", "by hand", f"{source['handed_in']:,} handed in{latest}.")
    state, last_new = source["state"], source["last_new"]
    succeeded = (
        f"It last answered {moment(source['last_success'])}." if source["last_success"] else "It has never answered."
    )
    if state == "never run" or not source["last_run"]:
        return Condition("unknown", "not asked yet", "No crawl has asked this source yet.")
    if state == "blocked":
        return Condition(
            "bad", "blocked", f"It answered with a challenge or consent page instead of its content. {succeeded}"
        )
    if state == "dead":
        return Condition("bad", "dead", f"It went wrong {source['failures']} times in a row. {succeeded}")
    if state == "failing":
        return Condition("bad", "failing", f"It did not answer as it should. {succeeded}")
    checked = f"Last checked {moment(source['last_run'])}; it answered."
    last = last_word(last_new, source.get("last_item"))
    if last is None:
        return Condition(
            "late", "silent", f"Nothing has come from it yet (expected {often(source['cadence_hours'])}). {checked}"
        )
    silent = silence(last, cadence_hours=source["cadence_hours"], at=at)
    if silent:
        words = silence_in_words(silent, cadence_hours=source["cadence_hours"])
        return Condition("late", "silent", f"{words[0].upper()}{words[1:]}. {checked}")
    if state == "quiet":
        return Condition("good", "quiet", f"Nothing new since {day(last_new)}. {checked}")
    return Condition("good", "well", f"Something new {day(last_new)}, {clock_time(last_new)}.")
