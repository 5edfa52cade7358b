"""Builds the site as for a host that serves it below a path, and audits every page of it.

Usage: python -m audit [--shards N] [--quick]. Ends with 1 if anything is found.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from audit import budget, chromium, links, nu, report
from audit import handouts as handouts_audit
from audit.finding import Finding
from audit.look import Seen, shard
from audit.plan import KINDS, Visit, plan
from audit.site import mount, pages, served
from knowledge_base import catalogue
from knowledge_base.publish import build, handouts

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "audit"
ADDRESS = "https://host.invalid/learning/apir/"
"""Where the site is built to be served, unless SITE_URL names the host's own address."""


def main() -> int:
    """Runs the audit; see the top of the file."""
    parser = argparse.ArgumentParser(prog="audit", description="Audits every page of the built site.")
    parser.add_argument("--shards", type=int, default=os.cpu_count() or 1, help="browsers at a time")
    parser.add_argument("--quick", action="store_true", help="one page of each kind, in two modes")
    chosen = parser.parse_args()
    _require()
    started = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "pictures").mkdir(parents=True)
    site = _build()
    addresses = pages(site)
    visits = plan(addresses, quick=chosen.quick)
    missing = [page for page in KINDS.values() if page not in addresses]
    if missing:
        sys.exit(f"audit/plan.py names pages that the site does not have: {', '.join(missing)}")
    print(f"Auditing {len(addresses)} pages in {len(visits)} visits ...", flush=True)
    seen = _look(site, visits, chosen.shards)
    minutes, seconds = divmod(round(time.monotonic() - started), 60)
    looked = f"{len(addresses)} pages, {len(visits)} visits, in {minutes} min {seconds} s."
    page = report.write(FOLDER, seen.findings, seen.weights, looked)
    for line in report.lines(seen.findings) or ["Nothing was found."]:
        print(line)
    print(f"{looked} The report: {os.path.relpath(page)}")
    return 1 if seen.findings else 0


def _require() -> None:
    """Ends the audit if the machine lacks what it needs."""
    for found, what, package in (
        (chromium.path(), "Chromium", "chromium"),
        (nu.java(), "Java, for the HTML checker,", "default-jre-headless"),
    ):
        if not found:
            sys.exit(f"{what} is missing. On Debian or Ubuntu: sudo apt install {package}")


def _build() -> Path:
    """Builds the site as it is served, into a folder of the audit's own, so that ``site/`` stays as it is."""
    os.environ["SITE_URL"] = os.environ.get("SITE_URL") or ADDRESS
    site = FOLDER / "site"
    # Its handouts are kept apart from those of a build, which are of another address.
    outcome = build.make(ROOT, site, kept=FOLDER.parent / "handouts-of-the-audit")
    if not outcome.sound:
        sys.exit("\n".join([*map(str, outcome.faults), *outcome.findings]))
    return site


def _look(site: Path, visits: list[Visit], shards: int) -> Seen:
    """Everything, as far as can be at the same time."""
    below = mount(site)
    whole = Seen()
    with served(site, below) as base, ProcessPoolExecutor(shards, multiprocessing.get_context("spawn")) as pool:
        parts = [pool.submit(shard, visits[n::shards], base, site, FOLDER / "pictures") for n in range(shards)]
        findings: list[Finding] = [*links.look(site, below), *nu.look(site)]
        findings += handouts_audit.look(site, handouts.paths(catalogue.load(ROOT)))
        for part in parts:
            findings += part.result().findings
            whole.weights |= part.result().weights
    whole.findings = [*findings, *budget.look(whole.weights), *budget.look_on(site)]
    return whole


if __name__ == "__main__":
    sys.exit(main())
