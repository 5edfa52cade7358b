"""What the shipped configuration costs: pages of the site, packed beforehand, against one bare file of that size.

The same nginx serves both: the site with the shipped configuration, and a file of as many bytes as the packed page
with nginx's own defaults. wrk asks them in turn, A B A B ..., and the ratio of each pair is taken, since a busy
machine slows both. Run it with the folder of a built site::

    python benchmarks/serving.py site
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit import nginx

PAGES = ("index.html", "sessions/als-3/index.html", "research/references/index.html")
BARE = """daemon off;
pid tmp/nginx.pid;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path tmp/body; proxy_temp_path tmp/proxy; fastcgi_temp_path tmp/fastcgi;
    uwsgi_temp_path tmp/uwsgi; scgi_temp_path tmp/scgi;
    include nginx/types.conf;
    access_log logs/access.log;
    sendfile on;
    tcp_nopush on;
    server {{ listen 127.0.0.1:{port}; root bare; }}
}}
"""


def rate(address: str, seconds: int) -> float:
    """Requests a second, asked by 32 connections for some seconds.

    Raises:
        SystemExit: an answer was not 200, or none came.
    """
    asked = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-H", "Accept-Encoding: gzip, deflate, br", address]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found or "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    return float(found[1])


def main() -> None:
    """Prints a line for each page: both rates, and the median ratio."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("site", type=Path, help="the folder of a built site")
    options.add_argument("--pairs", type=int, default=7)
    options.add_argument("--seconds", type=int, default=2, help="of each run")
    given = options.parse_args()
    if lacking := nginx.missing():
        raise SystemExit(lacking)
    if not shutil.which("wrk"):
        raise SystemExit("No wrk here. On Debian or Ubuntu: sudo apt install wrk")
    with tempfile.TemporaryDirectory() as folder:
        served, plain = Path(folder, "served"), Path(folder, "plain")
        for part in ("bare", "tmp", "logs"):
            (plain / part).mkdir(parents=True)
        for page in PAGES:
            packed = (given.site / f"{page}.br").stat().st_size
            (plain / "bare" / page.replace("/", "-")).write_bytes(b"x" * packed)
        port = nginx.free_port()
        shutil.copytree(nginx.SHIPPED, plain / "nginx")
        (plain / "bare.conf").write_text(BARE.format(port=port), encoding="utf-8")
        served.mkdir()
        with nginx.serving(given.site, served) as site, nginx.started(plain, port, "bare.conf"):
            for page in PAGES:
                file = f"http://127.0.0.1:{port}/{page.replace('/', '-')}"
                ours = site.address + page.removesuffix("index.html")
                pairs = [(rate(ours, given.seconds), rate(file, given.seconds)) for _ in range(given.pairs)]
                ratio = statistics.median(one / other for one, other in pairs)
                rates = [statistics.median(column) for column in zip(*pairs, strict=True)]
                size = (given.site / f"{page}.br").stat().st_size
                print(f"{page:34} {size:7} bytes {rates[0]:8.0f} {rates[1]:8.0f} a second, ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
