"""The site behind nginx, with the configuration that hosts get."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).resolve().parents[1] / "deploy" / "nginx"
"""The configuration that hosts get."""
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_INSTALL = "On Debian or Ubuntu: sudo apt install nginx libnginx-mod-http-brotli-static"


@dataclass(frozen=True)
class Served:
    """A running nginx.

    Attributes:
        address: where the site is: ``http://127.0.0.1:PORT/path/``.
        port: on which it listens.
        folder: the one that its configuration calls its own, with the configuration, the log and what it writes.
        process: its first process.
    """

    address: str
    port: int
    folder: Path
    process: subprocess.Popen[str]

    def log(self) -> list[dict[str, Any]]:
        """The log of requests, a dictionary a line. The server is stopped, since it writes the last lines then."""
        self.stop()
        lines = (self.folder / "logs" / "access.log").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def stop(self) -> None:
        """Ends it as a service manager does: what is being answered is answered."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=20)

    def kill(self) -> None:
        """Ends all its processes at once, as when a machine is lost."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)


def missing() -> str | None:
    """What this machine lacks, as a sentence; None when nothing is missing."""
    if not shutil.which("nginx", path=_path()):
        return f"No nginx here. {_INSTALL}"
    if not _BROTLI.is_file():
        return f"nginx has no brotli module here. {_INSTALL}"
    return None


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(site: Path, folder: Path, mount: str = "", user: int | None = None) -> Iterator[Served]:
    """Serves a site by nginx until the block ends.

    Args:
        site: the folder of the built site, or a link to it.
        folder: an empty one for the server.
        mount: the path below which the site is served, without its closing slash.
        user: as whom to run; as who runs this by default.
    """
    shutil.copytree(SHIPPED, folder / "nginx")
    (folder / "site").symlink_to(site.absolute())
    for name in ("tmp", "logs"):
        (folder / name).mkdir()
        if user is not None:
            os.chown(folder / name, user, user)
    port = free_port()
    where = f'listen 127.0.0.1:{port};\nset $mount "{mount}";\n'
    (folder / "nginx" / "where.conf").write_text(where, encoding="utf-8")
    with started(folder, port, user=user) as process:
        served = Served(f"http://127.0.0.1:{port}{mount}/", port, folder, process)
        try:
            yield served
        finally:
            served.kill()


@contextmanager
def started(
    folder: Path, port: int, main: str = "nginx/nginx.conf", user: int | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Starts nginx with a folder of its own and waits until it listens.

    Args:
        folder: that the paths of the configuration begin at.
        port: on which the configuration has it listen.
        main: the path of the configuration in the folder.
        user: as whom to run; as who runs this by default.

    Raises:
        RuntimeError: it did not start; with what it said.
    """
    command = ["nginx", "-e", "stderr", "-p", str(folder), "-c", main]
    if os.geteuid() == 0 and user is None:
        # Started by root, nginx would become somebody who may not read what belongs to root.
        command += ["-g", "user root;"]
    process = subprocess.Popen(  # noqa: S603 - no word of it from outside
        command,
        env={**os.environ, "PATH": _path()},
        stderr=subprocess.PIPE,
        text=True,
        user=user,
        group=user,
        extra_groups=[] if user is not None else None,
        start_new_session=True,  # so that all its processes can be ended at once
    )
    with process:
        try:
            _wait(process, port)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            assert process.stderr is not None
            raise RuntimeError(f"nginx did not start: {process.stderr.read()}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("nginx did not begin to listen within ten seconds.")


def _path() -> str:
    # Debian puts it where only root looks.
    return f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
