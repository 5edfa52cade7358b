"""Makes a programme up, of any size, in the project's own data formats, so that builds of many pages can be timed.

Nothing in it is real: words are put together from syllables. It grows as a programme does: years (cohorts) of sets,
each set with notes of each session, and slowly more tools and works. The same size gives the same bytes. `kb check`
finds nothing in it.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

from knowledge_base.model import SECTIONS

ROOT = Path(__file__).resolve().parents[1]
CODE = (
    "knowledge_base",
    "overrides",
    "macros.py",
    "kept.py",
    "mends.py",
    "navigation.py",
    "preview.py",
    "mkdocs.yml",
)
"""What of the project a build reads besides docs/ and data/."""

LEAST = 40
"""Pages of the smallest programme: what every one has, and the notes that the bench changes."""

_DAY = "2020-01-06"
_SESSIONS = 9
_TERMS = 40
_FIXED = {
    "index.md": ("Home", "{{ notes('newest') }}\n\n{{ sessions('short') }}"),
    "catch-up.md": ("Catch up", "{{ catch_up() }}"),
    "sessions/index.md": ("All sessions", "{{ sessions() }}"),
    "notes/index.md": ("All notes", "{{ notes() }}\n\n## By session\n\n{{ notes('session') }}\n\n{{ feed() }}"),
    "toolkit/index.md": ("All tools", "{{ toolkit() }}"),
    "research/index.md": ("Research", "See [the outcomes](outcomes.md)."),
    "research/outcomes.md": ("Outcomes", "{{ outcomes() }}"),
    "research/practice-standards.md": ("Standards", "{{ practice_standards() }}"),
    "research/references.md": ("References", "{{ references() }}"),
    "research/glossary.md": ("Glossary", "{{ glossary() }}"),
    "research/coverage.md": ("Coverage", "{{ coverage() }}"),
    "about/index.md": ("About", "See [what can be taken away](downloads.md)."),
    "about/downloads.md": ("Downloads", "{{ all_downloads() }}"),
    "about/historical-record.md": ("A record", "It is a record."),
    "about/mistakes.md": ("Mistakes", "{{ contacts() }}"),
    "about/privacy.md": ("Privacy", "## What your browser keeps\n\n{{ kept() }}"),
}
"""The pages that every programme has: title and body."""


def make(folder: Path, pages: int) -> None:
    """Writes a whole project with so many pages into a folder that is not there yet.

    Args:
        folder: the project's folder.
        pages: how many pages; at least `LEAST`.
    """
    tools = 6 + pages // 200
    notes = pages - len(_FIXED) - _SESSIONS - tools
    words = _Words(f"programme of {pages} pages")
    works = [f"work-{number}" for number in range(1, 40 + pages // 10)]
    docs = _pages(words, tools, notes, works)
    for path, text in docs.items():
        _write(folder / "docs" / path, text)
    for name, content in _data(words, works).items():
        _write(
            folder / "data" / f"{name}.yml", yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
        )
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, folder / name)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def vocabulary() -> list[str]:
    """4,000 words that mean nothing; the same at every size."""
    syllables = [first + vowel for first in "b d f g k l m n p r s t v".split() for vowel in "aeiou"]
    spelling = random.Random("words")  # noqa: S311 - nothing is to be kept secret
    made: dict[str, None] = {}
    while len(made) < 4_000:
        # No word ends like this, so that none is taken for a known one that is misspelt.
        made["".join(spelling.choices(syllables, k=spelling.choice((3, 3, 4)))) + "k"] = None
    return list(made)


WORD = vocabulary()[0]
"""The commonest word: it is on nearly every page."""


class _Words:
    """Words and sentences that mean nothing; the commoner a word, the earlier it stands in the list."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
        self._known = vocabulary()
        self._weights = [1 / (rank + 10) for rank in range(len(self._known))]

    def some(self, count: int) -> list[str]:
        """Some words, common ones more often."""
        return self.random.choices(self._known, self._weights, k=count)

    def title(self, count: int = 3) -> str:
        return " ".join(self.some(count)).capitalize()

    def sentence(self) -> str:
        return " ".join(self.some(self.random.randint(8, 16))).capitalize() + "."

    def paragraph(self, sentences: int = 4, cited: str = "", term: str = "") -> str:
        said = [self.sentence() for _ in range(sentences)]
        if cited:
            said[1] = f'{said[1][:-1]} {{{{ cite("{cited}") }}}}.'
        if term:
            said[2] = f"{said[2][:-1]} {term}."
        return "\n".join(said)


def _page(title: str, body: str, more: str = "", source: str = "section-1") -> str:
    return (
        f"---\ntitle: {title}\ndescription: About {title}.\nsource: [{source}]\nreviewed: {_DAY}\n{more}---\n\n"
        f"{body}\n\n## Where this comes from\n\n{{{{ sources() }}}}\n"
    )


def _pages(words: _Words, tools: int, notes: int, works: list[str]) -> dict[str, str]:
    """The text of every page by its path."""
    found = {path: _page(title, body) for path, (title, body) in _FIXED.items()}
    names = [f"als-{number}" for number in range(1, _SESSIONS + 1)]
    for number, name in enumerate(names, 1):
        found[f"sessions/{name}.md"] = _session(words, number, works)
    for number in range(1, tools + 1):
        found[f"toolkit/tool-{number}.md"] = _tool(words, number, tools, works)
    # A region's councils run more sets at a time as it grows, and then for more years; each year lists its notes.
    sets = min(24, 2 + notes // 100)
    for number in range(notes):
        year, rest = divmod(number, 1 + sets * _SESSIONS)
        cohort = f"{2020 + year}-{(21 + year) % 100:02}"
        if rest == 0:
            found[f"notes/{cohort}/index.md"] = _page(f"Notes of {cohort}", '{{ notes("cohort") }}')
            continue
        group, session = divmod(rest - 1, _SESSIONS)
        path = f"notes/{cohort}/{names[session]}-set-{group + 1}.md"
        found[path] = _notes(words, names[session], group + 1, cohort, works)
    return {**found, **_NAVIGATION}


_NAVIGATION = {
    ".nav.yml": "nav: [Home: index.md, sessions, Catch up: catch-up.md, notes, toolkit, research, about]\n",
    "notes/.nav.yml": 'preserve_directory_names: true\nnav: [index.md, {glob: "*", ignore_no_matches: true}]\n',
}


def _session(words: _Words, number: int, works: list[str]) -> str:
    minutes = [words.random.choice((15, 30, 45, 60)) for _ in range(6)]
    sheet = "".join(f"  - {{minutes: {length}, title: {words.title()}}}\n" for length in minutes)
    more = (
        f"id: als-{number}\nkind: set\nwhen: {{from: 2020-{number:02}}}\nsets: each\nduration: {sum(minutes)}\n"
        f"handouts:\n  - {{title: {words.title()}, held: false}}\nrun_sheet:\n{sheet}"
    )
    body = "\n\n".join(
        (
            "{{ session_facts() }}",
            f"## In one minute\n\n{words.paragraph()}",
            f"## What was covered\n\n{_prose(words, works, 4)}",
            f"## Activities\n\n{words.paragraph()}\n\n### Run sheet\n\n{{{{ run_sheet() }}}}",
            f'## Questions to take into supervision\n\n!!! added "Added guidance"\n    {words.sentence()}',
            f"## How it ran in 2010-11\n\n{words.paragraph()}",
            "## If you missed it\n\n{{ catch_up() }}",
            "## Evidence cited on this page\n\n{{ cited_here() }}",
        )
    )
    page = _page(f"ALS {number} {words.title()}", body, more, source=f"als-{min(number, 6)}")
    return page + "\n## Downloads\n\n{{ downloads() }}\n"


def _tool(words: _Words, number: int, tools: int, works: list[str]) -> str:
    fields = "".join(f"      - {{label: {words.title(5)}, lines: 2}}\n" for _ in range(6))
    more = (
        f"related: [sessions/als-{1 + number % _SESSIONS}.md, toolkit/tool-{1 + number % tools}.md]\n"
        f"purpose: {words.title(6)}\naudience: {words.title()}\nuse: team\nminutes: 30\n"
        f"form:\n  - title: {words.title()}\n    fields:\n{fields}"
    )
    body = "\n\n".join(
        (
            "{{ tool_facts() }}",
            f"## Steps\n\n{_prose(words, works, 3)}",
            f"## Prompts\n\n- {words.sentence()}\n- {words.sentence()}",
            f"## What to record\n\n{words.paragraph()}\n\n{{{{ form() }}}}",
            "## Evidence\n\n{{ cited_here() }}",
        )
    )
    page = _page(f"Tool {number} {words.title()}", body, more)
    return page + "\n## Print and download\n\n{{ downloads() }}\n"


def _notes(words: _Words, session: str, group: int, cohort: str, works: list[str]) -> str:
    day = f"{cohort[:4]}-{words.random.randint(1, 12):02}-{words.random.randint(1, 28):02}"
    more = (
        f"related: [sessions/{session}.md]\nsession: {session}\ncohort: {cohort}\nset: set-{group}\n"
        f"date: {day}\npublished: {cohort[:4]}-12-30\n"
    )
    back = f"See [the session](../../sessions/{session}.md#in-one-minute) and [all notes](../index.md)."
    body = "\n\n".join(
        (
            "{{ note_facts() }}",
            f"## What was raised\n\n{_prose(words, works, 5)}\n\n{back}",
            f"## What was agreed\n\n{words.paragraph()}\n\n{_table(words)}",
        )
    )
    return _page(f"{words.title()} {session} set {group} {cohort}", body, more, source="added")


def _prose(words: _Words, works: list[str], parts: int) -> str:
    """So many parts, each with a heading, a citation, a term, and something of what Markdown has."""
    found = []
    for number in range(parts):
        term = f"Term {words.random.randint(1, _TERMS)}x"
        lines = [f"### {words.title()} {number + 1}", words.paragraph(4, words.random.choice(works), term)]
        if number % 2 == 0:
            lines.append(
                f'!!! added "Added guidance"\n    {words.sentence()}\n    **{words.title()}** {words.sentence()}'
            )
        else:
            lines.append("\n".join(f"- {words.sentence()}" for _ in range(4)))
        found += lines
    return "\n\n".join(found)


def _table(words: _Words) -> str:
    rows = [f"| {words.title(2)} | {words.sentence()} | {words.title(2)} |" for _ in range(5)]
    return "\n".join((f"Table: {words.title()}", "", "| Who | What | When |", "|---|---|---|", *rows))


def _data(words: _Words, works: list[str]) -> dict[str, dict[str, object]]:
    """What stands in each file of data/."""
    terms = [
        {"id": f"term-{number}", "source": ["section-1"], "term": f"Term {number}x", "meaning": words.sentence()}
        for number in range(1, _TERMS + 1)
    ]
    references = [
        {
            "id": work,
            "source": ["references"],
            "type": words.random.choice(("book", "article-journal", "report")),
            "author": [{"family": words.title(1), "given": "A"}, {"family": words.title(1), "given": "B"}],
            "issued": words.random.randint(1970, 2010),
            "title": words.title(8),
            "publisher": words.title(2),
            "report-cited-in": [words.random.choice(SECTIONS)],
        }
        for work in works
    ]
    programme = {
        "title": "Programme",
        "subtitle": words.title(),
        "report_title": words.title(5),
        "author": "Dr A Tree",
        "organisation": words.title(2),
        "client": words.title(1),
        "commissioner": words.title(1),
        "published": "2019-04",
        "cohort": "2010-11",
        "source": ["section-1"],
        "sets": [{"id": "set-1", "name": "Set 1", "members_at_start": 5, "source": ["section-5"]}],
        "sections": [{"id": name, "label": f"Part {name}"} for name in SECTIONS],
        "events": [{"when": "2019-04", "title": "The report", "source": ["acknowledgements"]}],
    }
    one = {"id": "one", "source": ["section-1"]}
    return {
        "references": {"references": references, "footnotes": []},
        "glossary": {"glossary": terms},
        "programme": {"programme": programme},
        "outcomes": {"outcomes": [{**one, "title": words.title(), "number": 1, "summary_position": 1}]},
        "practice_standards": {
            "practice_standards": [
                {**one, "title": words.title(), "question": words.sentence(), "evidence": [words.sentence()]}
            ]
        },
        "workshop_themes": {"workshop_themes": [{**one, "title": words.title(), "status": "run"}]},
        "recommendations": {
            "recommendations": [{**one, "number": 1, "title": words.title(), "text": [words.sentence()]}]
        },
        "councils": {"councils": [{**one, "name": words.title(1), "nominees": 2}]},
        "evaluation": {
            "evaluation": [
                {**one, "statement": words.sentence(), "who": "All", "count": 3, "base": 4, "topic": "sets"}
            ]
        },
        "participation": {
            "participation": [{**one, "id": "two", "statement": words.sentence(), "who": "All", "count": 3}]
        },
        "synonyms": {"synonyms": [{**one, "words": [words.title(1)]}]},
        "local": {"local": None},
        "allowed": {"allowed": None},
    }
