"""Lines for the machine's own scheduler."""

from __future__ import annotations

import shlex
from pathlib import Path


def systemd(program: str, folder: Path, hour: int, minute: int) -> str:
    """A service and a timer; ``Persistent=`` catches up a night the machine slept through (systemd.timer(5)).

    A percent sign starts a specifier and is doubled (systemd.unit(5)).
    """
    command = f"{shlex.quote(program)} --data {shlex.quote(str(folder))} nightly".replace("%", "%%")
    return f"""\
# ~/.config/systemd/user/docketwire.service
[Unit]
Description=docketwire nightly: crawl, read, summarize, publish
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
# Finished, but some source failed: the sources page says which.
SuccessExitStatus=3

# ~/.config/systemd/user/docketwire.timer
[Unit]
Description=docketwire every night

[Timer]
OnCalendar=*-*-* {hour:02d}:{minute:02d}:00
Persistent=true
RandomizedDelaySec=10m

[Install]
WantedBy=timers.target

# then: systemctl --user enable --now docketwire.timer && loginctl enable-linger
"""


def cron(program: str, folder: Path, hour: int, minute: int) -> str:
    """A crontab line. Cron does not catch up missed nights. A percent sign would end the command (crontab(5))."""
    line = f"{minute} {hour} * * * {shlex.quote(program)} --data {shlex.quote(str(folder))} nightly"
    return "# crontab\n" + line.replace("%", r"\%")
