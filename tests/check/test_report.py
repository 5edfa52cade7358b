from __future__ import annotations

import json

from knowledge_base.check import report
from knowledge_base.faults import Fault

HOME = "docs/index.md"
ERROR = Fault(HOME, 8, 12, "KB401", "50% gone: a, b.", "Put it back.")
WARNING = Fault(HOME, 8, 1, "KB508", "Long.", "Shorten it.", "warning")


def test_line_is_shown_with_a_mark_under_the_place(fake):
    assert list(report.text(fake, [ERROR])) == [
        "docs/index.md:8:12: KB401 50% gone: a, b. Put it back.",
        "    8 | Welcome to [the references](research/references.md).",
        "      |            ^",
    ]


def test_long_line_is_clipped_around_the_place(fake):
    (fake / HOME).write_text("x" * 500 + "\x1b\u202ehere" + "y" * 500, encoding="utf-8")
    _, line, mark = report.text(fake, [Fault(HOME, 1, 503, "KB401", "Gone.", "Put it back.")])
    assert len(line) < 120
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert line[mark.index("^") :].startswith("here")


def test_line_with_private_data_is_never_shown(fake):
    assert list(report.text(fake, [Fault(HOME, 8, 1, "KB601", "Private.", "Take it out.")])) == [
        "docs/index.md:8:1: KB601 Private. Take it out."
    ]


def test_another_rule_does_not_show_a_line_with_private_data(fake):
    page = fake / HOME
    page.write_text(f"{page.read_text(encoding='utf-8')}\nRing 07911\n123456 now.\n", encoding="utf-8")
    last = page.read_text(encoding="utf-8").count("\n")
    told = list(report.text(fake, [Fault(HOME, line, 1, "KB101", "Odd.", "Mend it.") for line in (last - 1, last)]))
    assert told == [f"{HOME}:{line}:1: KB101 Odd. Mend it." for line in (last - 1, last)]


def test_fault_of_a_file_that_is_gone_or_shorter_is_told_all_the_same(fake):
    gone = Fault("docs/gone.md", 3, 1, "KB401", "Gone.", "Put it back.")
    late = Fault(HOME, 999, 1, "KB401", "Gone.", "Put it back.")
    assert list(report.text(fake, [gone, late])) == [str(gone), str(late)]


def test_github_is_told_errors_and_warnings_apart(fake):
    odd = Fault("docs/a,b:c.md", 1, 1, "KB203", "Bad name.", "Rename it.")
    assert list(report.github(fake, [ERROR, WARNING, odd])) == [
        "::error file=docs/index.md,line=8,col=12,title=KB401::50%25 gone: a, b. Put it back.",
        "::warning file=docs/index.md,line=8,col=1,title=KB508::Long. Shorten it.",
        "::error file=docs/a%2Cb%3Ac.md,line=1,col=1,title=KB203::Bad name. Rename it.",
    ]


def test_programs_are_told_as_json(fake):
    first, second = json.loads("".join(report.as_json(fake, [ERROR, WARNING])))
    assert first == {
        "path": HOME,
        "line": 8,
        "column": 12,
        "code": "KB401",
        "severity": "error",
        "title": "A link to a page or file that does not exist",
        "message": "50% gone: a, b.",
        "remedy": "Put it back.",
        "help": "about/faults/#kb401",
    }
    assert second["severity"] == "warning"
    assert list(report.as_json(fake, [])) == ["[]"]
