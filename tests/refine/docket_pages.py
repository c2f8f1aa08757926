"""Docket pages of invented cases, in the markup of CM/ECF."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.model import Fetched, Kind, Role

ROWS = (
    ("01/05/2026", 1, "127040000001", "COMPLAINT against Inkwell, Inc. filed by Mara Marrow. (Entered: 01/05/2026)"),
    ("01/06/2026", 2, "127040000002", "MOTION for Pro Hac Vice by Pat Example. (Entered: 01/06/2026)"),
    ("01/09/2026", None, None, "Minute Entry for proceedings held before Judge Ada Example. (Entered: 01/09/2026)"),
    ("02/02/2026", 9, "127040000009",
     "ORDER on discovery (9 in 1:26-cv-07001-AE, 12 in 1:26-cv-07002-AE). (Entered: 02/02/2026)"),
)  # fmt: skip


def docket_report(
    rows=ROWS, *, number="1:26-cv-07001-AE", judge="Judge Ada Example", cause="17:501 Copyright Infringement"
):
    """A civil docket of the Southern District of New York."""
    lines = "".join(_row(*row) for row in rows)
    return f"""<html><head><title>SDNY CM/ECF NextGen</title></head><body><div id="cmecfMainContent">
<h3 align=center>U.S. District Court<BR>Southern District of New York (Foley Square)<BR>
CIVIL DOCKET FOR CASE #: {number}</h3>
<TABLE width='100%' border=0 CELLSPACING=5><tr><td valign=top width="60%"><br>Marrow v. Inkwell, Inc.<br>
Assigned to: {judge}<br>Cause: {cause}</td>
<td valign=top width="40%"><br>Date Filed: 01/05/2026<br>Jury Demand: None<br>Nature of Suit: 820 Copyright<br>
Jurisdiction: Federal Question</td></tr></table>
<table width="100%" border=0 cellspacing=5><tr><td><b><u>Plaintiff </u></b></td></tr>
<tr><td valign=top width="40%"><B>Mara Marrow</B></td></tr></table>
<table align="center" width="99%" border=1 rules=all cellpadding=5 cellspacing=0>
<tr><td style="font-weight:bold;">Date Filed</td><th>#</th><td style="font-weight:bold;">Docket Text</td></tr>
{lines}</table></div></body></html>""".encode()


def _row(day, number, doc, text):
    link = f'<a href="https://ecf.nysd.uscourts.gov/doc1/{doc}">{number}</a>' if number else ""
    return f"<tr><td width=94 nowrap valign=top>{day}</td><td valign=top align=right>{link}&nbsp;</td><td valign=top>{text}</td></tr>"


ATTACHMENTS = b"""<html><head><title>SDNY CM/ECF NextGen</title></head><body><div id="cmecfMainContent">
<p><B>Document Selection Menu</B></p><p>Select the document you wish to view.</p>
<table width=700 cellpadding=4 cellspacing=3>
<tr><td valign=top><a href="https://ecf.nysd.uscourts.gov/doc1/127040000009" onClick="goDLS('/doc1/127040000009','600001','31','','','','1','');return(false);">9</a></td>
<td width=240>Main Document </td><td width=400>2 pages</td><td width=600>179 kb</td></tr>
<tr><td valign=top><a href="https://ecf.nysd.uscourts.gov/doc1/127040000010" onClick="goDLS('/doc1/127040000010','600001','31','','','','1','');return(false);">1</a></td>
<td width=240>Exhibit A</td><td width=400>10 pages</td><td width=600>236 kb</td></tr>
</table></div></body></html>"""

HISTORY = b"""<html><head><title>SDNY CM/ECF-History/Documents Query</title></head><body><div id="cmecfMainContent">
<center><b><font size="+1">1:26-cv-07001-AE</font></b> Marrow v. Inkwell, Inc.<br>Ada Example, presiding<br>
<b>Date filed:</b> 01/05/2026<br><b>Date of last filing:</b> 02/02/2026<br></center><br>
<h2 align="center">History</h2><center><table cellpadding="2" cellspacing="0" border="1">
<tbody><tr><th>Doc.<br>No.</th><th>Dates</th><th>Description</th></tr>
<tr valign="top"><td valign="center" align="center" rowspan="1"><a href="https://ecf.nysd.uscourts.gov/doc1/127040000001" onclick="goDLS('/doc1/127040000001','600001','6','','','1','','');return(false);">1</a></td>
<td><table width="100%" border="0"><tbody><tr><td><i>Filed &amp; Entered: &nbsp;</i></td><td align="right">01/05/2026</td></tr></tbody></table></td>
<td>Complaint</td></tr></tbody></table></center></div></body></html>"""

NOT_FOUND = b"""<html><head><title>CM/ECF - nysd</title></head><body><div id="cmecfMainContent">Case not found.</div></body></html>"""


def fetched(body, *, court=None, url=None):
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Fetched("local", Kind.FILING, Role.FILE, url, url, at, 200, (), body, court=court)
