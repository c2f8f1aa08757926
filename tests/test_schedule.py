from __future__ import annotations

from pathlib import Path

from pipeline.schedule import cron, systemd

FOLDER = Path("/srv/court watch/100%")


def test_the_timer_runs_at_the_hour_and_catches_up() -> None:
    unit = systemd("/opt/docketwire", FOLDER, 4, 5)
    assert "OnCalendar=*-*-* 04:05:00" in unit
    assert "Persistent=true" in unit
    assert "ExecStart=/opt/docketwire --data '/srv/court watch/100%%' nightly" in unit
    assert "SuccessExitStatus=3" in unit


def test_the_cron_line_quotes_and_escapes() -> None:
    assert cron("/opt/docketwire", FOLDER, 4, 5).endswith(
        r"5 4 * * * /opt/docketwire --data '/srv/court watch/100\%' nightly"
    )
