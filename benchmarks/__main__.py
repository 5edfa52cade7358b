"""Measures how builds grow, and what a reader waits for: `make bench`. How to read it: `benchmarks/README.md`."""

from __future__ import annotations

import os
import platform
import statistics
import time
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console

from benchmarks import contenders, measure, report, weight
from benchmarks.contenders import CHANGED, EXPANDED, OTHERS, OURS, PLAIN, Contender
from benchmarks.programme import ROOT, WORD
from knowledge_base.publish.switch import digest

out = Console(width=110)
err = Console(stderr=True)
_GROWN_FROM = 500
"""Below this, starting the program takes more than the pages."""
_WEIGHED = "sessions/als-1/", "sessions/als-2/"
_NO_BROWSER = "What a reader waits for: there is no Chromium here."


@click.command()
@click.option(
    "--sizes", default="500,50,1500", show_default=True, help="Numbers of pages, in the order of measuring."
)
@click.option("--runs", default=2, show_default=True, help="Rounds at each size; in each, everybody builds once.")
@click.option("--minutes", default=8.0, show_default=True, help="Nothing is begun that would take longer than this.")
@click.option("--only", multiple=True, help="The name of one to measure; all where left out.")
@click.option("--weight/--no-weight", "weighed", default=True, help="Whether to measure what a reader waits for.")
@click.option("--install", is_flag=True, help="Install Zensical and Hugo for it, apart from the project, and end.")
def main(sizes: str, runs: int, minutes: float, only: tuple[str, ...], weighed: bool, install: bool) -> None:
    """Build made-up programmes in turn with this project, plain Material, Zensical and Hugo, and compare."""
    folder = ROOT / ".cache" / "bench"
    tools = folder / "tools"
    if install:
        for name in contenders.install(tools):
            err.print(f"{name} cannot be installed here.")
        return
    end = time.monotonic() + 60 * minutes
    figures: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
        "versions": contenders.versions(tools),
        "sizes": {},
        "macros": {},
        "weights": {},
        "missing": [],
    }
    identical: list[bool] = []
    a_page = 0.0  # seconds of a round, as far as is known; builds grow a little faster than in proportion
    for pages in [int(size) for size in sizes.split(",")]:
        if time.monotonic() + pages * a_page > end:
            figures["missing"].append(f"{pages} pages: not measured, since there was not enough time.")
            continue
        err.print(f"Writing {pages} pages …")
        wanted, missing = contenders.make_ready(folder / str(pages), pages, tools)
        figures["missing"] += [line for line in missing if line not in figures["missing"]]
        wanted = [one for one in wanted if not only or one.name in only]
        costs, same, took, stopped = _rounds(wanted, runs, end)
        identical += same
        figures["missing"] += [f"{pages} pages, {line}" for line in stopped]
        a_page = took / pages
        figures["sizes"][str(pages)] = _summed(costs)
        if OURS in costs and EXPANDED in costs:
            figures["macros"][str(pages)] = _by(costs, OURS, EXPANDED)
        if weighed and OURS in costs and time.monotonic() < end:
            err.print("  what a reader waits for")
            weight.publish(folder / str(pages) / "ours", folder / str(pages) / "served", _WEIGHED)
            if found := weight.weigh(folder / str(pages) / "served", *_WEIGHED, WORD):
                figures["weights"][str(pages)] = asdict(found)
            elif _NO_BROWSER not in figures["missing"]:
                figures["missing"].append(_NO_BROWSER)
    figures["identical"] = all(identical) if identical else None
    figures["grown_from"] = _GROWN_FROM
    figures["exponents"] = _exponents(figures["sizes"])
    folder.mkdir(parents=True, exist_ok=True)
    report.write(figures, folder)
    report.table(figures, out)
    out.print(f"Written: {(folder / 'bench.json').relative_to(ROOT)} and bench.svg beside it.")


def _rounds(
    wanted: list[Contender], runs: int, end: float
) -> tuple[dict[str, list[measure.Cost]], list[bool], float, list[str]]:
    """What each took in each round.

    Returns:
        Also whether what was built again is as built cold, the seconds of a round, and who of the others stopped.
    """
    costs: dict[str, list[measure.Cost]] = {}
    stopped: dict[str, str] = {}
    identical: list[bool] = []
    changed, took = "", 0.0
    for number in range(runs):
        begin = time.monotonic()
        if costs and begin + took > end:
            break
        for one in wanted:
            if one.name in stopped:
                continue
            err.print(f"  round {number + 1}: {one.name}")
            one.before(one.project, number)
            try:
                cost = measure.run(one.command, one.project, one.environment)
            except measure.FailedError as error:
                if one.name not in OTHERS:
                    raise
                # Another generator may have limits of its own; what it did before does not count.
                stopped[one.name] = str(error).strip().splitlines()[-1]
                costs.pop(one.name, None)
                continue
            costs.setdefault(one.name, []).append(cost)
            # The cold build of the next round is of the pages as the build with one page changed found them.
            if one.name == OURS and changed:
                identical.append(digest(one.project / "site") == changed)
            elif one.name == CHANGED:
                changed = digest(one.project / "site")
        took = time.monotonic() - begin
    return costs, identical, took, [f"{name}: it stopped. {why}" for name, why in stopped.items()]


def _by(costs: dict[str, list[measure.Cost]], these: str, those: str) -> float:
    return measure.ratio([cost.seconds for cost in costs[these]], [cost.seconds for cost in costs[those]])


def _summed(costs: dict[str, list[measure.Cost]]) -> dict[str, Any]:
    return {
        name: {
            "seconds": [cost.seconds for cost in found],
            "median": statistics.median(cost.seconds for cost in found),
            "by_plain": _by(costs, name, PLAIN) if PLAIN in costs else None,
            "largest": max(cost.largest for cost in found),
            "together": max(cost.together for cost in found),
        }
        for name, found in costs.items()
    }


def _exponents(sizes: dict[str, dict[str, Any]]) -> dict[str, float]:
    names = dict.fromkeys(name for rows in sizes.values() for name in rows)
    found = {}
    for name in names:
        points = {
            int(pages): rows[name]["median"]
            for pages, rows in sizes.items()
            if name in rows and int(pages) >= _GROWN_FROM
        }
        if (slope := measure.exponent(points)) is not None:
            found[name] = slope
    return found


if __name__ == "__main__":
    main()
