"""The way from sources to the published site.

Check, MkDocs, exports, handouts, full text, assets, inspect, package, switch.

Each step runs once, in this order. The offline edition goes the same way, and is packed as a zip in the end.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from knowledge_base import catalogue, check
from knowledge_base.faults import Fault
from knowledge_base.publish import assets, exports, full_text, handouts, inspect, offline, package, record, switch

Say = Callable[[str], None]


@dataclass
class Outcome:
    """How a build ended.

    Attributes:
        site: the folder that is published now, or the zip; None when the build failed and what was there stands.
        pages: how many pages it has.
        faults: what authors have to mend.
        findings: what MkDocs or the inspection found, as lines.
    """

    site: Path | None = None
    pages: int = 0
    faults: list[Fault] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing has been found that holds the build up; warnings do not."""
        return not self.findings and not any(fault.severity == "error" for fault in self.faults)


def build(root: Path, say: Say = lambda _: None) -> Outcome:
    """Builds the site and publishes it into ``site/`` if nothing is wrong.

    Args:
        root: the project's folder.
        say: told what is being done, before each step.

    Raises:
        knowledge_base.publish.switch.BusyError: another build is running.
    """
    with switch.alone(root / ".cache") as fresh:
        outcome = make(root, fresh / "site", say)
        if outcome.sound:
            say("Publishing")
            outcome.site = switch.switch(fresh / "site", root / "site", root / ".cache" / "builds")
    return outcome


def pack(root: Path, say: Say = lambda _: None) -> Outcome:
    """Builds the edition that opens from disk, and packs it into ``dist/`` if nothing is wrong.

    Args:
        root: the project's folder.
        say: told what is being done, before each step.

    Raises:
        knowledge_base.publish.switch.BusyError: another build is running.
    """
    with switch.alone(root / ".cache") as fresh:
        outcome = make(root, fresh / "site", say, from_disk=True)
        if outcome.sound:
            outcome.site = offline.pack(fresh / "site", root / "dist", record.read(root))
    return outcome


def make(
    root: Path, site: Path, say: Say = lambda _: None, *, from_disk: bool = False, kept: Path | None = None
) -> Outcome:
    """Takes all steps but the last, which publishes; and ends at the first that finds something.

    Args:
        root: the project's folder.
        site: where to build; whoever calls holds the lock.
        say: told what is being done, before each step.
        from_disk: whether the site will be opened from disk, and not be served.
        kept: where handouts are kept by their content; in the cache where left out.
    """
    outcome = Outcome()
    cache = root / ".cache"
    say("Checking data and pages")
    whole = catalogue.load(root)
    outcome.pages = len(whole.pages)
    outcome.faults = check.check(whole)
    if not outcome.sound:
        return outcome
    say(f"Building {len(whole.pages)} pages with MkDocs")
    outcome.findings = mkdocs(root, site, cache / "mkdocs.log", from_disk=from_disk)
    if outcome.findings:
        return outcome
    say("Writing the files for other programs")
    exports.write(whole, site, site_url())
    say("Making handouts")
    outcome.findings = handouts.write(whole, site, site_url(), kept or cache / "handouts", say)
    if outcome.findings:
        return outcome
    if not from_disk:
        say("Indexing the pages for search")
        outcome.findings = full_text.write(whole, site)
        if outcome.findings:
            return outcome
    say("Inspecting the built site")
    found = assets.gather(site, mount()) or inspect.inspect(site, mount(), from_disk=from_disk)
    outcome.findings = [str(finding) for finding in found]
    if outcome.findings:
        return outcome
    say("Packing")
    if from_disk:
        offline.prepare(whole, site, record.read(root))
    else:
        package.seal(site, whole, root, record.read(root), before=root / "site")
    return outcome


def site_url() -> str:
    """The address at which the site will be served, with its closing slash; empty where the host has not said."""
    address = os.environ.get("SITE_URL", "").strip()
    return f"{address.rstrip('/')}/" if address else ""


def mount() -> str:
    """The path under which the site will be served, with both slashes: ``/learning/apir/``, or ``/``."""
    return f"{urlsplit(site_url()).path.rstrip('/')}/"


def mkdocs(root: Path, target: Path, log: Path, *, from_disk: bool = False) -> list[str]:
    """Runs ``mkdocs build --strict``.

    Never with ``-q`` or ``-v``: with either, MkDocs counts no warnings, and a strict build passes with broken links.

    Args:
        root: the project's folder.
        target: where to build.
        log: where all that MkDocs says is kept.
        from_disk: whether pages will be opened from disk: links then name files, and search needs no server.

    Returns:
        What went wrong, as lines to show; empty when all is well.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    settings = {
        "OFFLINE": "true" if from_disk else "false",  # for mkdocs.yml
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
        # No day of a build may get into the site.
        "SOURCE_DATE_EPOCH": record.read(root).epoch,
    }
    ran = subprocess.run(  # noqa: S603 - our own interpreter, no word of it from outside
        command,
        cwd=root,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = ran.stdout + ran.stderr
    log.write_text(said, encoding="utf-8")
    if ran.returncode == 0:
        return []
    # A warning may go on in indented lines, such as the list of pages that navigation leaves out.
    warnings = re.findall(r"^(?:WARNING|ERROR)\s+-\s+(.*(?:\n[ \t]+\S.*)*)", said, re.MULTILINE)
    lines = [re.sub(r"\s+", " ", warning) for warning in warnings]
    last = [f"MkDocs stopped: {said.strip().splitlines()[-1]}"] if said.strip() and not lines else []
    return [*lines, *last, f"All that MkDocs said is in {os.path.relpath(log, root)}."]
