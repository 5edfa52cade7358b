"""Tables as CSV files that a spreadsheet opens rightly, and without running anything."""

from __future__ import annotations

import csv as writer
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    """A table in UTF-8, with the mark by which Excel knows that it is.

    Args:
        columns: the words of the first row.
        rows: what stands below them; None is an empty cell.
    """
    text = io.StringIO(newline="")
    out = writer.writer(text)
    out.writerow(columns)
    out.writerows([_safe(cell or "") for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
