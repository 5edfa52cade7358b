"""Measures how builds grow, and what a reader waits for: `make bench`. How to read it: `benchmarks/README.md`."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from playwright import sync_api as playwright
from rich.console import Console

from benchmarks import contenders, measure, report, weight
from benchmarks.contenders import CHANGED, EXPANDED, OTHERS, OURS, PLAIN, Contender
from benchmarks.programme import LEAST, ROOT, WORD
from knowledge_base.publish.switch import digest

out = Console(width=110)
err = Console(stderr=True)
_GROWN_FROM = 500
"""Below this, starting the program takes more than the pages."""
_WEIGHED = "sessions/als-1/", "sessions/als-2/"
_BROWSER = 15
"""Seconds that a browser takes at any size; to publish for it takes about as long as to build."""
_NO_BROWSER = "What a reader waits for: there is no Chromium here."
_NO_TIME = "there was not enough time."


def _sizes(context: click.Context, option: click.Parameter, given: str) -> list[int]:
    """The numbers of pages, each once.

    Raises:
        click.BadParameter: one is no whole number, or less than a programme can have.
    """
    try:
        sizes = [int(size) for size in given.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < LEAST:
        raise click.BadParameter(f"whole numbers of at least {LEAST}, with commas between.")
    return list(dict.fromkeys(sizes))


@click.command()
@click.option(
    "--sizes",
    default="500,50,1500",
    show_default=True,
    callback=_sizes,
    help=f"Numbers of pages, in the order of measuring; at least {LEAST}.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Rounds at each size; in each, everybody builds once.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=8.0,
    show_default=True,
    help="Nothing is begun that would take longer than this.",
)
@click.option(
    "--only",
    type=click.Choice(contenders.NAMES),
    multiple=True,
    help="The name of one to measure; all where left out. After a change, its cold build is measured too.",
)
@click.option("--weight/--no-weight", "weighed", default=True, help="Whether to measure what a reader waits for.")
@click.option("--install", is_flag=True, help="Install Zensical and Hugo for it, apart from the project, and end.")
def main(sizes: list[int], runs: int, minutes: float, only: tuple[str, ...], weighed: bool, install: bool) -> None:
    """Build made-up programmes in turn with this project, plain Material, Zensical and Hugo, and compare.

    Ends with 1 if nothing was measured, or if one of the builds by MkDocs stopped.
    """
    folder = ROOT / ".cache" / "bench"
    tools = folder / "tools"
    if install:
        for name in contenders.install(tools):
            err.print(f"{name} cannot be installed here.")
        return
    end = time.monotonic() + 60 * minutes
    missing: list[str] = []
    figures: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
        "versions": contenders.versions(tools),
        "sizes": {},
        "macros": {},
        "weights": {},
        "missing": missing,
    }
    identical: list[bool] = []
    failed = False
    a_page = 0.0  # seconds of a round, as far as is known; builds grow a little faster than in proportion
    for place, pages in enumerate(sizes):
        # Of the first size one round is always run.
        if place and time.monotonic() + pages * a_page > end:
            missing.append(f"{pages} pages: not measured, since {_NO_TIME}")
            continue
        err.print(f"Writing {pages} pages …")
        found, absent = contenders.make_ready(folder / str(pages), pages, tools)
        missing += [line for line in absent if line not in missing]
        wanted = _wanted(found, only)
        costs, same, took, told = _rounds(wanted, runs, end)
        identical += same
        missing += [f"{pages} pages, {line}" for line in told]
        failed = failed or any(one.name not in {*costs, *OTHERS} for one in wanted)
        a_page = took / pages
        if not costs:
            continue
        figures["sizes"][str(pages)] = _summed(costs)
        if OURS in costs and EXPANDED in costs:
            figures["macros"][str(pages)] = _by(costs, OURS, EXPANDED)
        if weighed and OURS in costs:
            figures["weights"] |= _weights(folder, pages, end - max(cost.seconds for cost in costs[OURS]), missing)
    if not figures["sizes"]:
        for line in ("Nothing was measured.", *missing):
            out.print(line)
        sys.exit(1)
    figures["identical"] = all(identical) if identical else None
    figures["grown_from"] = _GROWN_FROM
    figures["exponents"] = _exponents(figures["sizes"])
    folder.mkdir(parents=True, exist_ok=True)
    report.write(figures, folder)
    report.table(figures, out)
    out.print(f"Written: {(folder / 'bench.json').relative_to(ROOT)} and bench.svg beside it.")
    if failed:
        sys.exit(1)


def _wanted(found: list[Contender], only: tuple[str, ...]) -> list[Contender]:
    """Those that were asked for, each with the one after which it builds; all where nobody was."""
    names = {*only, *(one.after for one in found if one.name in only)}
    return [one for one in found if not only or one.name in names]


def _weights(folder: Path, pages: int, latest: float, missing: list[str]) -> dict[str, Any]:
    """What a reader waits for, by the number of pages; empty where it could not be measured, which is told.

    Args:
        folder: that of the bench. What "ours" built is there.
        pages: the number of pages.
        latest: when to begin at the latest, but for the time of the browser; by the monotonic clock.
        missing: the lines about what is missing, to which one may be added.
    """
    if time.monotonic() > latest - _BROWSER:
        missing.append(f"{pages} pages, a reader: not measured, since {_NO_TIME}")
        return {}
    err.print("  what a reader waits for")
    served = folder / str(pages) / "served"
    try:
        weight.publish(folder / str(pages) / "ours", served, _WEIGHED)
        found = weight.weigh(served, *_WEIGHED, WORD)
    except (ValueError, playwright.Error) as error:
        missing.append(f"{pages} pages, a reader: not measured. {str(error).strip().splitlines()[0]}")
        return {}
    if found is None:
        missing += [] if _NO_BROWSER in missing else [_NO_BROWSER]
        return {}
    return {str(pages): asdict(found)}


def _rounds(
    wanted: list[Contender], runs: int, end: float
) -> tuple[dict[str, list[measure.Cost]], list[bool], float, list[str]]:
    """What each took in each round; nothing of those that stopped in one of them.

    Returns:
        Also whether what was built again is as built cold, the seconds of a round, and lines about who stopped and
        about rounds for which there was no time.
    """
    costs: dict[str, list[measure.Cost]] = {}
    told: list[str] = []
    stopped: set[str] = set()
    identical: list[bool] = []
    changed, took = "", 0.0
    for number in range(runs):
        begin = time.monotonic()
        if costs and begin + took > end:
            told.append(f"rounds: {number} of {runs}, since {_NO_TIME}")
            break
        for one in wanted:
            if one.name in stopped:
                continue
            if one.after in stopped:
                told.append(f"{one.name}: not measured, since {one.after} stopped.")
                stopped.add(one.name)
                costs.pop(one.name, None)
                continue
            err.print(f"  round {number + 1}: {one.name}")
            one.before(one.project, number)
            try:
                cost = measure.run(one.command, one.project, one.environment)
            except measure.FailedError as error:
                told.append(f"{one.name}: it stopped. {str(error).strip().splitlines()[-1]}")
                stopped.add(one.name)
                costs.pop(one.name, None)
                continue
            costs.setdefault(one.name, []).append(cost)
            # The cold build of the next round is of the pages as the build with one page changed found them.
            if one.name == OURS and changed:
                identical.append(digest(one.project / "site") == changed)
                changed = ""
            elif one.name == CHANGED:
                changed = digest(one.project / "site")
        took = time.monotonic() - begin
    return costs, identical, took, told


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
