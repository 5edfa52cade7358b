"""The figures as a table, as JSON, and as a plot."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.contenders import CHANGED, OURS

_COLOURS = ("#0b5c8a", "#3d9970", "#b8860b", "#a83232", "#6a4c93", "#b06fb0", "#666666")
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 760, 420, 70, 50


def table(figures: dict[str, Any], out: Console) -> None:
    """Prints what was measured."""
    for pages, rows in figures["sizes"].items():
        shown = Table(title=f"{pages} pages", title_justify="left")
        for head in (
            "",
            "runs",
            "processor s",
            "least to most",
            "by plain",
            "ms a page",
            "largest MB",
            "together MB",
        ):
            shown.add_column(head, justify="right" if head else "left")
        for name, row in rows.items():
            times = row["seconds"]
            shown.add_row(
                name,
                str(len(times)),
                f"{row['median']:.2f}",
                f"{min(times):.2f} to {max(times):.2f}",
                "" if row["by_plain"] is None else f"{row['by_plain']:.2f}",
                f"{1000 * row['median'] / int(pages):.1f}",
                f"{row['largest']:.0f}",
                f"{row['together']:.0f}",
            )
        out.print(shown)
        if pages in figures["macros"]:
            out.print(f"Cost of macros: {figures['macros'][pages]:.2f} times the same pages with macros expanded.")
    grown = ", ".join(f"{name} {value:.2f}" for name, value in figures["exponents"].items())
    grown = grown or "none, for nobody built two sizes from there on"
    out.print(f"Growth exponents from {figures['grown_from']} pages on: {grown}.")
    for name, version in figures["versions"].items():
        out.print(f"{name} {version}")
    compared = {
        True: "the same bytes",
        False: "NOT the same bytes",
        None: f"not compared, for it takes two rounds of “{OURS}” and “{CHANGED}”",
    }
    out.print(f"One page changed, and built cold: {compared[figures['identical']]}.")
    for pages, weight in figures["weights"].items():
        out.print(
            f"{pages} pages, a reader: first visit {_sent(weight['first'])}, next {_sent(weight['following'])}; "
            f"first search {_sent(weight['cold'])} in {weight['cold'][2]:.2f} s, then {_sent(weight['warm'])} in "
            f"{weight['warm'][2]:.2f} s."
        )
    for line in figures["missing"]:
        out.print(line)


def _sent(weight: Iterable[float]) -> str:
    size, requests, *_ = weight
    return f"{size / 1000:.1f} KB in {requests:.0f} requests"


def write(figures: dict[str, Any], folder: Path) -> None:
    """Writes both files."""
    (folder / "bench.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (folder / "bench.svg").write_text(plot(figures["sizes"]), encoding="utf-8")


def plot(sizes: dict[str, dict[str, Any]]) -> str:
    """Processor time by number of pages, both scales logarithmic, as SVG: the steeper a line, the worse it grows."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for pages, rows in sizes.items():
        for name, row in rows.items():
            lines.setdefault(name, []).append((int(pages), row["median"]))
    points = [point for line in lines.values() for point in line]
    across = _scale([x for x, _ in points], _LEFT, _WIDTH - 230)
    ticks = _ticks([y for _, y in points])
    up = _scale(ticks, _HEIGHT - _BOTTOM, 20)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
        f'<text x="{_LEFT}" y="{_HEIGHT - 10}">Pages; up: processor seconds of one build (logarithmic)</text>'
    ]
    for pages in sorted({x for x, _ in points}):
        parts.append(f'<text x="{across(pages):.0f}" y="{_HEIGHT - 30}" text-anchor="middle">{pages:,.0f}</text>')
    for seconds in ticks:
        place = f"{up(seconds):.0f}"
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - 230}" y1="{place}" y2="{place}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{place}" text-anchor="end" dy="4">{seconds:g}</text>')
    for number, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in sorted(line))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="3" fill="{colour}"/>' for x, y in line]
        parts.append(f'<text x="{_WIDTH - 215}" y="{40 + 20 * number}" fill="{colour}">{escape(name)}</text>')
    return "".join([*parts, "</svg>\n"])


def _ticks(values: list[float]) -> list[float]:
    """Steps of 1, 2 and 5 around some values above 0: from the last that is not above the least of them.

    The last step is the first above the greatest value, so that there are always two.
    """
    powers = range(math.floor(math.log10(min(values))), math.floor(math.log10(max(values))) + 2)
    steps = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
    begin = max(step for step in steps if step <= min(values))
    end = min(step for step in steps if step > max(values))
    return [step for step in steps if begin <= step <= end]


def _scale(values: list[float], begin: float, end: float) -> Any:
    low, high = math.log(min(values)), math.log(max(values))

    def place(value: float) -> float:
        return begin + (end - begin) * ((math.log(value) - low) / (high - low) if high > low else 0.5)

    return place
