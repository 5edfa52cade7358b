"""What a program costs the machine: processor time and memory of a child process and all that it starts."""

from __future__ import annotations

import math
import os
import re
import statistics
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Cost:
    """What one run took.

    Attributes:
        seconds: of processor time, user and system, of the process and of those that it waited for.
        largest: megabytes that the largest single process held at its peak.
        together: megabytes that all of them held together at their peak, as far as looks ten times a second tell; 0
            where the machine has no ``/proc`` to look at.
    """

    seconds: float
    largest: float
    together: float


class FailedError(Exception):
    """A program that is to be measured did not do its work."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs a program to its end, and says what it took.

    Raises:
        FailedError: it ended with another code than 0; with what it said.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        watch = _Watch(child.pid)
        watch.start()
        said = child.stdout.read() if child.stdout else b""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        watch.done.set()
        watch.join()
    if child.returncode:
        raise FailedError(f"{' '.join(command)} ended with {child.returncode}:\n{said.decode(errors='replace')}")
    # What the system tells of a child that has ended begins with its parent's memory, so it is the second choice.
    told = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / _MEGABYTE
    return Cost(used.ru_utime + used.ru_stime, watch.largest or told, watch.together)


class _Watch(threading.Thread):
    """Looks ten times a second at the memory of a process and of all that it started, in megabytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.done = threading.Event()
        self.largest = self.together = 0.0

    def run(self) -> None:
        while not self.done.wait(0.1):
            found = [_memory(pid) for pid in _family(self._pid)]
            self.largest = max(self.largest, *(peak for peak, _ in found))
            self.together = max(self.together, sum(now for _, now in found))


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        except OSError:  # it has ended, or this machine has no /proc
            continue
        found += [int(child) for child in children.split()]
    return found


def _memory(pid: int) -> tuple[float, float]:
    """The megabytes that a process held at most so far, and holds now; what it shares is counted for each."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0, 0
    found = dict(re.findall(r"^(VmHWM|VmRSS):\s+(\d+) kB$", status, re.MULTILINE))
    return int(found.get("VmHWM", 0)) / 1024, int(found.get("VmRSS", 0)) / 1024


# --- arithmetic -------------------------------------------------------------------------------------


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """The median of what runs in pairs took, these by those: what slows a machine down slows both of a pair."""
    return statistics.median(first / second for first, second in zip(these, those, strict=True))


def exponent(points: Mapping[int, float]) -> float | None:
    """How time grows with pages: the slope of a straight line through both logarithms, by least squares.

    1 is in proportion; 2 is four times as long for twice the pages. None for fewer than two sizes.

    Args:
        points: by number of pages, seconds.
    """
    if len(points) < 2:
        return None
    slope, _ = statistics.linear_regression(
        [math.log(pages) for pages in points], [math.log(seconds) for seconds in points.values()]
    )
    return slope
