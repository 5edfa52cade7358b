"""The report: one page for a person, the same as JSON for a program, and a line for each kind of fault."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import jinja2

from audit.budget import LIMIT, REQUESTS, Weight
from audit.finding import Finding

_TEMPLATE = Path(__file__).with_name("report.html")


@dataclass(frozen=True)
class Group:
    """Findings with one rule and one message: most likely one thing to mend."""

    rule: str
    message: str
    findings: list[Finding]

    @property
    def places(self) -> dict[str, list[Finding]]:
        """Its findings, by the place where they stand."""
        return _by(self.findings, "place")

    @property
    def pages(self) -> int:
        """How many pages have it."""
        return len({finding.page for finding in self.findings})


def groups(findings: Iterable[Finding]) -> list[Group]:
    """The findings by rule and message."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in sorted(set(findings)):
        found[finding.rule, finding.message].append(finding)
    return [Group(rule, message, some) for (rule, message), some in found.items()]


def lines(findings: Iterable[Finding]) -> list[str]:
    """One line for each kind of fault: how often it was found, on how many pages, and what it is."""
    return [
        f"{len(group.findings):5}  on {group.pages:3} pages  {group.rule}: {group.message}"
        for group in groups(findings)
    ]


def write(folder: Path, findings: Iterable[Finding], weights: dict[str, Weight], looked: str) -> Path:
    """Writes ``report.html`` and ``report.json``.

    Args:
        folder: where; pictures are in its folder ``pictures``.
        findings: what was found.
        weights: what a first visit costs, by page.
        looked: what was looked at, in a sentence.

    Returns:
        The page for a person.
    """
    found = groups(findings)
    told = {
        "looked": looked,
        "findings": [asdict(finding) for group in found for finding in group.findings],
        "weights": {page: asdict(weight) for page, weight in sorted(weights.items())},
    }
    (folder / "report.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    page = folder / "report.html"
    heaviest = sorted(weights.items(), key=lambda item: item[1].size, reverse=True)
    page.write_text(
        template.render(groups=found, looked=looked, weights=heaviest, limit=LIMIT, requests=REQUESTS),
        encoding="utf-8",
    )
    return page


def _by(findings: Iterable[Finding], attribute: str) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[getattr(finding, attribute)].append(finding)
    return found
