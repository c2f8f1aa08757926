"""Wrong input, as a person gives it: one line that names the file and the remedy, and nothing half-written."""

from __future__ import annotations

import gzip
import json
import os
import socket
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline import __version__
from pipeline.cli import main
from pipeline.model import Health, Run

ORDER = """\
UNITED STATES DISTRICT COURT
SOUTHERN DISTRICT OF NEW YORK

MARROW et al.,
                Plaintiffs,
        v.                                  26-cv-99001 (XYZ)
INKWELL, INC.,
                Defendant.

ORDER

PAT Q. EXAMPLE, United States Magistrate Judge:

Defendant's motion to stay discovery (ECF No. 31) is DENIED. The parties shall file a joint status letter by
December 4, 2026.

SO ORDERED.

Dated: November 19, 2026
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "work"


@pytest.fixture
def order(tmp_path: Path) -> Path:
    path = tmp_path / "order.txt"
    path.write_text(ORDER)
    return path


def locked_pdf(path: Path) -> Path:
    """A PDF that says it is encrypted with a key nobody has."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -44/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF\n"
    )
    return path


def test_version() -> None:
    assert run("--version").output == f"docketwire, version {__version__}\n"


def test_data_may_stand_before_or_after_the_command(data: Path, order: Path) -> None:
    assert run("--data", data, "ingest", order).exit_code == 0
    assert (data / "docketwire.db").exists()
    assert run("ingest", "--data", data, order).exit_code == 0
    with sqlite3.connect(data / "docketwire.db") as db:
        assert db.execute("SELECT count(*), min(type) FROM documents").fetchone() == (1, "order")


def wrong_files(folder: Path) -> dict[str, Path]:
    names = (
        "empty.txt",
        "blank.html",
        "binary.txt",
        "cut.pdf",
        "no.warc.gz",
        "empty.warc.gz",
        "page.xml",
        "missing.txt",
    )
    files = {name: folder / name for name in names}
    files["empty.txt"].write_bytes(b"")
    files["blank.html"].write_bytes(b" \n ")
    files["binary.txt"].write_bytes(bytes(range(256)) * 40)
    files["cut.pdf"].write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    files["no.warc.gz"].write_bytes(gzip.compress(b"just words\n"))
    files["page.xml"].write_bytes(b"<html><body>We are down for maintenance.</body></html>")
    files["empty.warc.gz"].write_bytes(b"")
    files["locked.pdf"] = locked_pdf(folder / "locked.pdf")
    files["folder"] = folder
    return files


@pytest.mark.parametrize(
    "name",
    [
        "empty.txt", "blank.html", "binary.txt", "cut.pdf", "locked.pdf", "no.warc.gz", "empty.warc.gz", "page.xml",
        "missing.txt", "folder",
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_in_one_line_and_the_good_one_is_kept(
    name: str, data: Path, order: Path, tmp_path: Path
) -> None:
    wrong = wrong_files(tmp_path)[name]
    result = run("--data", data, "ingest", wrong, order)
    assert result.exit_code == 3
    assert ", 1 problem" in result.stdout
    [line] = [line for line in result.stderr.splitlines() if line.startswith("docketwire:")]
    assert str(wrong) in line
    assert ";" in line  # what to do
    assert "Traceback" not in result.output
    with sqlite3.connect(data / "docketwire.db") as db:
        assert db.execute("SELECT type FROM documents").fetchall() == [("order",)]
    assert len(list((data / "spool").iterdir())) == 1


def test_a_warc_file_cut_in_the_middle_gives_its_whole_records(data: Path, order: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ORDER.replace("DENIED", "GRANTED").replace("26-cv-99001", "26-cv-99002"))
    assert run("--data", tmp_path / "first", "ingest", order, other).exit_code == 0
    one, two = sorted((tmp_path / "first" / "spool").glob("*.warc.gz"))
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(one.read_bytes() + two.read_bytes()[:-200])
    result = run("--data", data, "ingest", cut)
    assert result.exit_code == 3
    [line] = [line for line in result.stderr.splitlines() if "cut.warc.gz" in line]
    assert ";" in line
    with sqlite3.connect(data / "docketwire.db") as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    assert run("--data", data, "ingest", cut).exit_code == 3  # said again to whoever hands it in again
    assert run("--data", data, "ingest").exit_code == 0


def test_read_goes_on_after_a_bad_file(order: Path, tmp_path: Path) -> None:
    result = run("read", tmp_path / "missing.pdf", order, "--json")
    assert result.exit_code == 3
    bad, good = (json.loads(line) for line in result.stdout.splitlines())
    assert set(bad) == {"path", "error"}
    assert "missing.pdf" in bad["error"]
    assert (good["kind"], good["type"], good["court"]) == ("filing", "order", "nysd")
    assert [number[:11] for number in good["docket_numbers"]] == ["26-cv-99001"]
    assert good["dispositions"][0]["outcome"] == "denied"
    assert [event["starts"][:10] for event in good["events"]] == ["2026-12-04"]
    assert good["text"][good["events"][0]["start"] : good["events"][0]["end"]] == good["events"][0]["quote"]
    assert good["entry_number"] is None


def test_read_touches_no_database(order: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("read", order, "--json").exit_code == 0
    assert not (tmp_path / "data").exists()


def test_summarize_a_file_with_the_baseline(order: Path, tmp_path: Path) -> None:
    result = run("summarize", order, tmp_path / "missing.txt", "--json", "--model", "lead", "--words", "40")
    assert result.exit_code == 3
    made, bad = (json.loads(line) for line in result.stdout.splitlines())
    text = json.loads(run("read", order, "--json").stdout)["text"]
    assert made["sentences"]
    assert all(text[s["start"] : s["end"]] == s["text"] for s in made["sentences"])
    assert "error" in bad


def test_an_unknown_model_is_named(order: Path) -> None:
    result = run("summarize", order, "--json", "--model", "gpt-99")
    assert result.exit_code == 1
    assert "gpt-99" in result.stderr


def test_explain_shows_the_ranking_of_a_document_we_hold(data: Path, order: Path) -> None:
    assert run("--data", data, "ingest", order).exit_code == 0
    with sqlite3.connect(data / "docketwire.db") as db:
        [(document,)] = db.execute("SELECT id FROM documents")
    result = run("--data", data, "summarize", "--explain", document)
    assert result.exit_code == 0
    assert "a reserved place" in result.stdout
    assert "is DENIED" in result.stdout
    assert "left out: caption or signature" in result.stdout


def test_explain_names_a_document_that_is_not_held(data: Path, order: Path) -> None:
    assert run("--data", data, "ingest", order).exit_code == 0
    result = run("--data", data, "summarize", "--explain", "0123456789ab")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "0123456789ab: is no document we hold" in result.stderr
    assert run("--data", data, "summarize", "--explain", "0123456789ab", order).exit_code == 2


def test_a_baseline_ranks_nothing_to_explain(data: Path, order: Path) -> None:
    assert run("--data", data, "ingest", order).exit_code == 0
    with sqlite3.connect(data / "docketwire.db") as db:
        [(document,)] = db.execute("SELECT id FROM documents")
    result = run("--data", data, "summarize", "--model", "lead", "--explain", document)
    assert result.exit_code == 1
    assert "ranks no sentences" in result.stderr


def test_an_unwritable_folder_is_named(tmp_path: Path, order: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("--data", tmp_path / "file" / "work", "ingest", order)
    assert result.exit_code == 1
    assert str(tmp_path / "file") in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_newer_database_is_refused(data: Path, order: Path) -> None:
    assert run("--data", data, "ingest", order).exit_code == 0
    with sqlite3.connect(data / "docketwire.db") as db:
        db.execute("PRAGMA user_version = 999")
    for command in (["ingest", order], ["summarize", "--model", "lead"], ["publish"]):
        result = run("--data", data, *command)
        assert result.exit_code == 1
        assert "newer" in result.stderr
        assert "docketwire.db" in result.stderr


def test_a_wrong_case_file_is_named_with_its_key(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        'slug = "x"\ncaptoin = "A v. B"\ncourt = "nysd"\n[[dockets]]\nnumber = "1:26-cv-1"\ncourt = "nysd"\nrole = "lead"\n'
    )
    result = run("case", "check", tmp_path)
    assert result.exit_code == 1
    assert "x.toml" in result.stderr
    assert "captoin" in result.stderr


def test_our_own_case_files_are_well() -> None:
    result = run("case", "check")
    assert result.exit_code == 0
    assert "all well" in result.output


@pytest.mark.parametrize("name", ["nosuch", "demo_ledger"])
def test_a_source_that_is_none_is_named_before_anything_is_crawled(name: str, data: Path) -> None:
    result = run("--data", data, "nightly", name)
    assert result.exit_code == 1
    assert result.stderr == f"docketwire: {name}: is no live source; docketwire source list shows them all\n"
    assert not data.exists()


def test_publishing_nothing_says_what_to_do_first(data: Path) -> None:
    result = run("--data", data, "publish")
    assert result.exit_code == 1
    assert "docketwire ingest" in result.stderr


def test_two_jobs_do_not_share_a_folder(data: Path, order: Path) -> None:
    from filelock import FileLock

    data.mkdir()
    with FileLock(data / ".lock"):
        result = run("--data", data, "ingest", order)
    assert result.exit_code == 1
    assert "another docketwire" in result.stderr


def test_the_exit_code_is_three_when_a_source_failed_and_only_then() -> None:
    from pipeline.cli.night import exit_for

    at = datetime(2026, 11, 20, 4, 10, tzinfo=UTC)
    well = Run("r1", "one", at, at, Health.WELL, 1, 1, 0, 1, None)
    exit_for([well, replace(well, id="r2", source="two", health=Health.QUIET)])
    for health in (Health.FAILING, Health.BLOCKED):
        with pytest.raises(SystemExit) as caught:
            exit_for([well, replace(well, id="r2", source="two", health=health)])
        assert caught.value.code == 3


def test_a_busy_port_is_passed_over() -> None:
    from pipeline.cli.site import free_port

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port


def test_help_is_quick_because_heavy_rooms_stay_closed() -> None:
    import subprocess
    import sys

    code = "import sys, pipeline.cli; print([m for m in ('torch', 'scrapy', 'datasette', 'trafilatura') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert shown.stdout == "[]\n"


def test_a_refused_publication_keeps_the_site_and_says_why(data: Path, order: Path) -> None:
    for command in (["ingest", order], ["publish", "--gate"]):  # the first has nothing to be compared with
        assert run("--data", data, *command).exit_code == 0
    before = (data / "public").resolve()
    with sqlite3.connect(data / "docketwire.db") as db:
        [(slug,)] = db.execute("SELECT slug FROM matters ORDER BY slug LIMIT 1").fetchall()
        db.execute("DELETE FROM dockets WHERE matter = ?", [slug])
        db.execute("DELETE FROM matters WHERE slug = ?", [slug])
    refused = run("--data", data, "publish", "--gate")
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1
    assert f"refused by the gate: matter {slug} has vanished" in refused.stderr
    assert (data / "public").resolve() == before
    assert [path.name for path in data.glob("public-*")] == [before.name]
    assert run("--data", data, "publish").exit_code == 0
    assert (data / "public").resolve() != before


def test_a_digest_and_an_export_need_a_publication(data: Path) -> None:
    for command in (["digest"], ["export", data / "out"]):
        result = run("--data", data, *command)
        assert result.exit_code == 1
        assert "run docketwire nightly" in result.stderr


def test_a_digest_is_sent_once_to_each_and_what_failed_comes_again(
    data: Path, order: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.publish import mail

    # The registry must know the docket for the order to be published.
    order.write_text(ORDER.replace("26-cv-99001 (XYZ)", "25-md-3143 (SHS) (OTW)"))
    data.mkdir()
    (data / "docketwire.toml").write_text(
        'mail_host = "mail.example"\nmail_from = "digest@d.example"\nmail_to = "pat@r.example, gone@r.example"\n'
    )
    assert run("--data", data, "ingest", order).exit_code == 0
    assert run("--data", data, "summarize", "--model", "lead").exit_code == 0
    time.sleep(1)  # the publication must be later than the ingest, by the second
    assert run("--data", data, "publish").exit_code == 0
    sent: list[str] = []

    def server(mails: Sequence[tuple[str, bytes]], account: mail.Account) -> Iterator[tuple[str, str | None]]:
        for recipient, _ in mails:
            sent.append(recipient)
            yield recipient, "refused: 550 no such reader" if recipient.startswith("gone") else None

    monkeypatch.setattr(mail, "send", server)
    first = run("--data", data, "digest", "--send")
    assert (first.exit_code, first.stdout) == (3, "digest: 1 sent, 1 failed, 0 with nothing new\n")
    assert "mailto:gone@r.example: refused: 550" in first.stderr
    second = run("--data", data, "digest", "--send")
    assert second.stdout == "digest: 0 sent, 1 failed, 1 with nothing new\n"
    assert sent == ["pat@r.example", "gone@r.example", "gone@r.example"]

    shown = run("--data", data, "digest").stdout
    assert "RULINGS" in shown
    assert "denied" in shown.lower()
    assert run("--data", data, "digest", "--as", "eml").stdout.startswith("From: docketwire <digest@d.example>")
    assert run("--data", data, "export", data / "out").exit_code == 0
    assert len((data / "out" / "documents.csv").read_text().splitlines()) == 2
    assert (data / "out" / "datapackage.json").exists()


def test_three_lengths_of_one_summary(order: Path, tmp_path: Path) -> None:
    told = json.loads(run("summarize", order, "--json", "--model", "lead").stdout)
    assert told["line"] == told["headline"]
    assert told["short"] in told["long"]
    assert told["long"] == " ".join(one["text"] for one in told["sentences"])
    for length in ("line", "short", "long"):
        assert run("summarize", order, "--length", length, "--model", "lead").stdout == f"{told[length]}\n"
    assert run("summarize", order, "--model", "lead").stdout == f"{told['line']}\n\n{told['long']}\n\n"
    missing = run("summarize", tmp_path / "missing.txt", "--length", "short", "--model", "lead")
    assert missing.exit_code == 3
    assert run("summarize", "--length", "short").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [["review"], ["case", "review"], ["audit"], ["publish"], ["summarize", "--explain", "x", "--model", "lead"]],
    ids=" ".join,
)
def test_a_folder_that_holds_nothing_is_named_and_not_made(command: list[str], data: Path) -> None:
    result = run("--data", data, *command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "docketwire.db: does not exist; check --data" in result.stderr
    assert not data.exists()


def test_what_is_handed_in_and_not_published_is_said(data: Path, order: Path, tmp_path: Path) -> None:
    timetable = tmp_path / "ferry.txt"
    timetable.write_text("Late ferry returns\n\nThe winter timetable of the Sprocket line brings back the late ferry.")
    stranger = tmp_path / "stranger.txt"
    stranger.write_text(ORDER.replace("26-cv-99001", "26-cv-99777"))
    said = run("--data", data, "ingest", "--kind", "news", timetable).stdout
    assert "it does not seem ours; docketwire review accept" in said
    said = run("--data", data, "ingest", stranger).stdout
    assert "stands in no docket of a case file; docketwire case new" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "--url", "example.org/a", "Makefile"], "is no address with a host"),
        (["ingest", "--url", "http://[x", "Makefile"], "is no address with a host"),
        (["ingest", "--court", "zzzz", "Makefile"], "zzzz: unknown court; use its courts-db id"),
        (["--data", "Makefile", "ingest", "README.md"], "Makefile: is a file, not a working folder"),
        (["read", "https://example.org/order.pdf"], "fetch it first: only files are read"),
        (["case", "resolve", "no docket here"], "no docket here: names no docket"),
    ],
    ids=[
        "an address without a host",
        "an address that is none",
        "no such court",
        "a file for a folder",
        "an address to read",
        "no docket",
    ],
)
def test_wrong_input_is_told_what_to_do(arguments: list[str], said: str, data: Path) -> None:
    given = arguments if arguments[0] == "--data" else ["--data", data, *arguments]
    assert said in run(*given).stderr
