"""What the macros cost: the site as it is, against the same pages with their macros already drawn.

Both are built by ``mkdocs build --strict`` in turn, A B A B ..., and compared by processor time (user and system of
the child process), since wall time is noisy on a busy machine. Run it by ``make bench``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from knowledge_base import catalogue
from knowledge_base.check.outline import draw

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("docs", "data", "overrides", "knowledge_base", "macros.py", "mends.py", "preview.py", "mkdocs.yml")


def copy_project(target: Path) -> None:
    """The parts of the project that a build reads."""
    target.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)


def expand(project: Path) -> None:
    """Draws every macro into the page's source, and takes the macros plugin out of the configuration."""
    whole = catalogue.build(project)
    for path, page in whole.pages.items():
        file = project / "docs" / path
        front = file.read_text(encoding="utf-8").split("\n")[: page.source.body_line - 1]
        file.write_text("\n".join([*front, draw(whole, page)]), encoding="utf-8")
    config = project / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").split("\n")
    start = next(index for index, line in enumerate(lines) if line.strip() == "- macros:")
    end = next(index for index in range(start + 1, len(lines)) if not lines[index].startswith("      "))
    config.write_text("\n".join(lines[:start] + lines[end:]), encoding="utf-8")


def processor_time(project: Path, target: Path) -> float:
    """Seconds of user and system time of one strict build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    ran = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"The build failed:\n{ran.stdout}{ran.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Builds both in turn and prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", "--runs", type=int, default=5, help="counted runs of each (default 5)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with_macros, expanded = Path(folder, "macros"), Path(folder, "expanded")
        copy_project(with_macros)
        copy_project(expanded)
        expand(expanded)
        times: dict[str, list[float]] = {"with macros": [], "macros expanded": []}
        for run in range(options.runs + 1):
            for name, project in (("with macros", with_macros), ("macros expanded", expanded)):
                seconds = processor_time(project, Path(folder, "site"))
                if run:  # the first fills caches
                    times[name].append(seconds)
    medians = {name: round(statistics.median(runs), 3) for name, runs in times.items()}
    cost = [first - second for first, second in zip(*times.values(), strict=True)]
    figures = {"processor seconds": medians, "cost of macros": round(statistics.median(cost), 3), "runs": times}
    pages = sum(1 for _ in catalogue.page_files(ROOT))
    print(f"{pages} pages, {options.runs} runs each, median processor seconds of `mkdocs build --strict`:")
    for name, seconds in medians.items():
        print(f"  {name:16} {seconds:.2f}  ({min(times[name]):.2f} to {max(times[name]):.2f})")
    print(f"  {'cost of macros':16} {figures['cost of macros']:.2f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
