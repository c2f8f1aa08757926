"""The site."""

from __future__ import annotations

import socket

import click

from pipeline.cli.wiring import Command, console, errors, read_settings
from pipeline.errors import DocketwireError, ReadError
from pipeline.settings import Settings


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Show the published site. A later publication is picked up by itself."""
    settings = read_settings()
    if not settings.public.exists():
        raise ReadError(settings.public, "has no publication yet", "run docketwire nightly or docketwire publish")
    show_site(settings, host, port)


def show_site(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from pipeline.publish.leaving import Leaving
    from pipeline.publish.site.app import application

    free = free_port(host, port)
    if free != port:
        errors.print(f"port {port} is busy; using {free}", style="yellow", highlight=False)
    console.print(f"the site is at http://{host}:{free}/ (Ctrl-C stops it)", highlight=False)
    app = application(settings.public, leave=Leaving(settings.data).leave)
    uvicorn.run(app, host=host, port=free, log_level="warning")


def free_port(host: str, port: int) -> int:
    for candidate in range(port, min(port + 50, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except PermissionError as error:
                raise DocketwireError(
                    f"{host}:{candidate}", "may not be opened", "choose a --port above 1023"
                ) from error
            except OSError:
                continue
            return candidate
    raise DocketwireError(f"{host}:{port}", "is busy, and so are the next 49 ports", "choose another --port")
