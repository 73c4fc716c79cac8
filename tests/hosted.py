"""Dateline as it is hosted: replicas behind nginx, with the configuration of `.hosting/`, on loopback."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.browser.running import ROOT, running, streamlit

NGINX = Path(os.environ.get("NGINX", "/usr/sbin/nginx"))
TEMPLATE = ROOT / ".hosting" / "dateline.conf.template"
_AROUND = """
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; }}
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dateline.conf;
}}
"""


def configuration(settings: Mapping[str, str]) -> str:
    """The configuration with its settings filled in, as envsubst would; a missing one is a KeyError."""
    return re.sub(r"\$\{(DATELINE_\w+)\}", lambda found: settings[found[1]], TEMPLATE.read_text("utf-8"))


def settings(port: int, one: int, two: int, ancestors: str = "'self'") -> dict[str, str]:
    """What the configuration needs to know for two replicas on this machine."""
    return {
        "DATELINE_LISTEN": f"127.0.0.1:{port}",
        "DATELINE_ONE_HOST": "127.0.0.1",
        "DATELINE_ONE_PORT": str(one),
        "DATELINE_TWO_HOST": "127.0.0.1",
        "DATELINE_TWO_PORT": str(two),
        "DATELINE_FRAME_ANCESTORS": ancestors,
    }


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody uses."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def nginx(filled: Mapping[str, str], folder: Path, before: str = "") -> Iterator[str]:
    """nginx with the configuration after other lines, its files in a folder; yields its address without TLS."""
    (folder / "dateline.conf").write_text(before + configuration(filled), "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), "utf-8")
    command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
    checked = subprocess.run([*command[:-2], "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    address = f"http://{filled['DATELINE_LISTEN'].split(';')[0]}"
    with running(command, f"{address}/_stcore/health", folder):
        yield address


@contextmanager
def replica(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """One server of the dashboard; it may be killed meanwhile."""
    with streamlit("dashboard.py", port, ROOT) as server:
        yield server
