"""The rules that authors' work is held to: for each code what it stands for, why, what to do, and an example.

This is the one list. A fault carries one of its codes, the guide for authors is drawn from it, and the tests put each
wrong example into the fake project (it must be found) and every right one (it must be left alone).
"""

from __future__ import annotations

from dataclasses import dataclass, field

PAGE = "docs/sessions/als-1.md"
_NEW = "docs/about/new.md"
_TEXT = "Walking.\n"  # on the fake project's page
_TOP = "---\ntitle: New\ndescription: About it.\nsource: [added]\nreviewed: 2026-11-23\n---\n"


@dataclass(frozen=True)
class Example:
    """Something that an author may write.

    Attributes:
        text: what is written; bytes for a file that is no text.
        file: where it stands.
        instead_of: the text of the fake project that it replaces; nothing where it is the whole file.
        line: the line of ``text`` on which the fault is told; 0 where it is told of the file, on its first line.
        shown: how the guide describes what cannot be shown.
    """

    text: str | bytes
    file: str = PAGE
    instead_of: str = _TEXT
    line: int = 1
    shown: str = ""

    @property
    def where(self) -> str:
        """In the words of the guide."""
        if self.shown:
            return f"the file {self.file}"
        if not self.file.endswith(".md"):
            return self.file
        if not self.instead_of or self.instead_of.startswith("---"):
            return "a whole page"
        return "the top of a page" if self.instead_of in _AT_THE_TOP else "the text of a page"


@dataclass(frozen=True)
class Rule:
    """What a fault's code stands for.

    Attributes:
        code: ``KB`` and three digits; its hundreds are the family.
        title: what is wrong, in a few words.
        why: what would come of it.
        remedy: what to do, in general; each fault says it of its own place.
        wrong: something that is found.
        right: the same as it should be, which is left alone.
        undrawable: whether a page with such a fault must not be drawn, not even in a preview.
        by_programs: whether another program finds it.
    """

    code: str
    title: str
    why: str
    remedy: str
    wrong: Example
    right: Example
    undrawable: bool = field(default=False, kw_only=True)
    by_programs: bool = field(default=False, kw_only=True)

    @property
    def anchor(self) -> str:
        """Where the guide explains it."""
        return self.code.lower()


FAMILIES = {
    "KB1": "Files, YAML and values",
    "KB2": "The page as a whole",
    "KB3": "Macro calls",
    "KB4": "Links, HTML and pictures",
    "KB5": "Headings, tables and words",
    "KB6": "Private data",
    "KB7": "Files beside the pages",
}
"""What the first digit of a code says."""

_WORKS = "data/references.yml"
_THEMES = "data/workshop_themes.yml"
_FERNS = "  - {id: ferns, source: [appendix-c], title: Ferns, status: planned}"
_REVIEWED = "reviewed: 2021-05-01\n"
_DESCRIPTION = "description: About ALS 1.\n"
_TITLE = "title: 'ALS 1: Trees'\n"
_AT_THE_TOP = {_REVIEWED, _DESCRIPTION, _TITLE}
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n"
)
_LOCAL = """\
local:
  council: Example Council
  contacts:
    - {role: Web team, email: webteam@council.example, accessibility: true}
    - {role: Data protection officer, email: data-protection@council.example, data_protection: true}
  accessibility:
    prepared: 2030-01-10
    tested: 2030-01-08
    how: By the web team, on six pages, in Edge with NVDA
    problems: []
    answer_within: 10 working days
  privacy:
    prepared: 2030-01-10
    basis: To keep the service safe; a task in the public interest
    logs: Which page was asked for, and when
    logs_kept: 30 days
    sign_in: Your council account, run by our ICT service
    shared_with: Nobody
"""
_PNG = b"\x89PNG\r\n\x1a\n"


def _in_text(wrong: str, right: str, line: int = 1) -> tuple[Example, Example]:
    return Example(f"{wrong}\n", line=line), Example(f"{right}\n")


def _at_top(instead_of: str, wrong: str, right: str, line: int = 1) -> tuple[Example, Example]:
    return Example(f"{wrong}\n", instead_of=instead_of, line=line), Example(f"{right}\n", instead_of=instead_of)


def _in_data(instead_of: str, wrong: str, right: str, line: int = 1, file: str = _WORKS) -> tuple[Example, Example]:
    return Example(wrong, file, instead_of, line), Example(right, file, instead_of)


def _whole(wrong: str, right: str, line: int = 1, file: str = _NEW) -> tuple[Example, Example]:
    return Example(wrong, file, "", line), Example(right, file, "")


_GOOD = f"{_TOP}\nIt is new.\n\n{{{{ sources() }}}}\n"

_ALL = [
    # --- files, YAML and values ---------------------------------------------------------------------------
    Rule(
        "KB101",
        "A file that cannot be read as text",
        "Signs that are not text come out as rubbish, or hide what a reader would have to see.",
        "Save the file as UTF-8, and delete what the fault names.",
        Example(_GOOD.replace("new.", "n\x00w.").encode(), _NEW, "", 8, "Holds a NUL byte"),
        Example(_GOOD, _NEW, "", shown="Saved as UTF-8 text"),
        undrawable=True,
    ),
    Rule(
        "KB102",
        "YAML that cannot be read",
        "Nothing below the place can be trusted: a value may have slipped under another key.",
        "Look at the line and the one above: a colon without its space, a tab, an open quotation mark or bracket.",
        *_in_data("    title: First report\n", "    title: First: report\n", "    title: 'First: report'\n"),
        undrawable=True,
    ),
    Rule(
        "KB103",
        "The same key twice",
        "Only one of the two would count, and nobody could tell which.",
        "Keep one of them.",
        *_at_top(_REVIEWED, "reviewed: 2021-05-01\nreviewed: 2021-06-01", "reviewed: 2021-06-01", 2),
        undrawable=True,
    ),
    Rule(
        "KB104",
        "YAML that refers, includes or types",
        "YAML can repeat, pull in and run things; here it holds plain values only.",
        "Write the value out; put text that begins with &, * or ! in quotes.",
        *_in_data("    title: First report\n", "    title: !!str First report\n", "    title: First report\n"),
        undrawable=True,
    ),
    Rule(
        "KB105",
        "A file that is too large or too deep",
        "It would keep the build busy for minutes.",
        "Split the file; or close the brackets that were opened.",
        *_in_data("    title: First report\n", f"    title: {'[' * 20}\n", "    title: First report\n"),
        undrawable=True,
    ),
    Rule(
        "KB106",
        "A data file that is missing or not known",
        "The site reads files of known names only; any other would be passed over without a word.",
        "Correct the name, or put the file back.",
        Example("works: []\n", "data/works.yml", "", 0),
        Example("# nothing of the host's own yet\nlocal:\n", "data/local.yml", ""),
        undrawable=True,
    ),
    Rule(
        "KB107",
        "A setting that cannot be used",
        "Pages cannot be read as the site will read them, so that the check would be a guess.",
        "Correct the line of mkdocs.yml, or take it out. This is for whoever looks after the site.",
        *_in_data("  - abbr\n", "  - abr\n", "  - abbr\n", file="mkdocs.yml"),
    ),
    Rule(
        "KB111",
        "A key that is not known",
        "The site would pass over it, and what it says would show nowhere.",
        "Take the name that the fault offers.",
        *_at_top(_REVIEWED, "reviewd: 2021-05-01", "reviewed: 2021-05-01"),
        undrawable=True,
    ),
    Rule(
        "KB112",
        "A key that is missing",
        "Every page and every entry has to say some things, above all where it comes from.",
        "Add it. Where something is not known, the fault says how to leave it open.",
        *_in_data(
            _FERNS,
            "  - {id: ferns, source: [appendix-c], status: planned}",
            "  - {id: ferns, source: [appendix-c], title: Ferns and moss, status: planned}",
            file=_THEMES,
        ),
        undrawable=True,
    ),
    Rule(
        "KB113",
        "A value that does not fit",
        "A date, a number or a name of a known list is read by the site, and not only by people.",
        "Write it as the fault shows.",
        *_at_top(_REVIEWED, "reviewed: 1 May 2021", "reviewed: 2021-05-01"),
        undrawable=True,
    ),
    Rule(
        "KB114",
        "The same id twice",
        "A page that names the id would get one of the two by chance.",
        "Give each entry an id of its own.",
        *_in_data(
            _FERNS,
            "  - {id: moss, source: [appendix-c], title: Ferns, status: planned}",
            "  - {id: bracken, source: [appendix-c], title: Ferns, status: planned}",
            file=_THEMES,
        ),
        undrawable=True,
    ),
    Rule(
        "KB115",
        "An id or a page that does not exist",
        "What is named cannot be shown or linked to.",
        "Take the name that the fault offers, or add what is named.",
        *_at_top(
            _DESCRIPTION,
            "description: About ALS 1.\nrelated: [sessions/mentors-11.md]",
            "description: About ALS 1.\nrelated: [sessions/mentors-1.md]",
            2,
        ),
        undrawable=True,
    ),
    Rule(
        "KB116",
        "A statement that is not finished",
        "A council answers for the accessibility and the privacy of its copy. This is a warning only, and comes once "
        "your name stands in data/local.yml.",
        "Fill in what the fault names. The page of the statement lists it as well.",
        Example("local:\n  council: Example Council\n", "data/local.yml", "local:\n"),
        Example(_LOCAL, "data/local.yml", "local:\n", shown="With all that both statements need"),
    ),
    # --- the page as a whole --------------------------------------------------------------------------------
    Rule(
        "KB201",
        "A page without its top",
        "Without title, source and date nobody knows what the page is, and what it rests on.",
        "Begin the first line with three hyphens, then the keys, then three hyphens again.",
        *_whole("It is new.\n", _GOOD),
        undrawable=True,
    ),
    Rule(
        "KB202",
        "An empty page",
        "It would stand in the menu and lead to nothing.",
        "Write the page, or delete the file.",
        *_whole(_TOP, _GOOD, 7),
        undrawable=True,
    ),
    Rule(
        "KB203",
        "A page in the wrong place or with the wrong name",
        "A page's folder says what kind it is, and its name becomes its address for good.",
        "Rename or move the file as the fault says.",
        Example(_GOOD, "docs/about/New page.md", "", 0),
        Example(_GOOD, "docs/about/new-page.md", ""),
        undrawable=True,
    ),
    # --- macro calls ----------------------------------------------------------------------------------------
    Rule(
        "KB301",
        "A macro call that cannot be read",
        "It would show as text, or stop the build.",
        "Write two braces on each side, straight quotation marks, and round brackets after the name.",
        *_in_text("{{ cite(“munro-2008”) }}", '{{ cite("munro-2008") }}'),
        undrawable=True,
    ),
    Rule(
        "KB302",
        "Braces that are no macro call",
        "A page may ask for what the site offers, and for nothing else on the machine that builds it.",
        "Call a macro by its name, with plain values. To show braces, put them between backticks.",
        *_in_text("{{ page.title }}", "{{ sessions() }}"),
        undrawable=True,
    ),
    Rule(
        "KB303",
        "A macro that does not exist",
        "There is nothing to draw.",
        "Take the name that the fault offers.",
        *_in_text('{{ citation("munro-2008") }}', '{{ cite("munro-2008") }}'),
        undrawable=True,
    ),
    Rule(
        "KB304",
        "A macro call with the wrong values, or in the wrong place",
        "It cannot be drawn there.",
        "Put quotes around each value; put what draws a table or list on a line of its own.",
        *_in_text("{{ cite(2008) }}", '{{ cite("munro-2008") }}'),
        undrawable=True,
    ),
    Rule(
        "KB305",
        "A macro call that names something unknown",
        "What is named is not in the data, so that nothing can be shown.",
        "Take the name that the fault offers, or add the entry to its file in data/.",
        *_in_text('{{ cite("munro-2088") }}', '{{ cite("munro-2008") }}'),
        undrawable=True,
    ),
    # --- links, HTML and pictures ---------------------------------------------------------------------------
    Rule(
        "KB401",
        "A link to a page or file that does not exist",
        "Readers would come to an error.",
        "Link to the file in docs/, as seen from this page. The fault offers the nearest.",
        *_in_text("See [the home page](../home.md).", "See [the home page](../index.md)."),
    ),
    Rule(
        "KB402",
        "A link to a heading that does not exist",
        "Readers would come to the top of the page and look for the rest.",
        "Write the heading in small letters with hyphens after the number sign.",
        *_in_text("See [what was raised](#what-was-razed).", "See [what was covered](#what-was-covered)."),
    ),
    Rule(
        "KB403",
        "An address that a page may not use",
        "It works at one host only, leads to somebody's own disk, or fetches something from elsewhere.",
        "Write an address from this page, or one with https://. Put pictures into docs/.",
        *_in_text("![An elm](https://wood.invalid/elm.png)", "![An elm](elm.png)"),
    ),
    Rule(
        "KB404",
        "HTML that a page may not hold",
        "It could run, load or hide something in the browser of everyone who opens the page.",
        "Write it in Markdown, or leave it out.",
        *_in_text('<iframe src="https://wood.invalid/"></iframe>', "[A film](https://wood.invalid/)"),
        undrawable=True,
    ),
    Rule(
        "KB405",
        "An attribute that may not be set",
        "It could run something, or make the page look like another part of the site.",
        "Take it out.",
        *_in_text('<p onclick="go()">Walk on.</p>', '<p class="quiet">Walk on.</p>'),
        undrawable=True,
    ),
    Rule(
        "KB406",
        "HTML that is not closed",
        "All that follows would stand inside it, to the end of the page.",
        "Close it where it ends.",
        *_in_text('<div markdown="1">\n\nWalk on.\n', '<div markdown="1">\n\nWalk on.\n\n</div>'),
    ),
    Rule(
        "KB407",
        "A picture without a description",
        "Somebody who cannot see it is told nothing.",
        "Say between the square brackets what it shows.",
        *_in_text("![](elm.png)", "![An elm that leans over a gate](elm.png)"),
    ),
    Rule(
        "KB408",
        "A picture that is too large",
        "On a phone it would take seconds, and cost money.",
        "Save it with fewer pixels, or as .jpg or .webp: at most 500 KB, and 2400 pixels a side.",
        Example(_PNG + bytes(600 * 1024), "docs/about/map.png", "", 0, "A picture of 600 KB"),
        Example(_GOOD, _NEW, "", shown="A page without it"),
    ),
    Rule(
        "KB409",
        "Link text that does not say where the link leads",
        "A screen reader lists the links of a page on their own; so does an eye that looks for one.",
        "Use the name of the page or document as the words of the link.",
        *_in_text("For the list click [here](../index.md).", "See [the list of sessions](../index.md)."),
    ),
    Rule(
        "KB410",
        "Two places with one name",
        "A link to the name leads to the first of them only.",
        "Give one of them another name.",
        *_in_text(
            "### East { #east }\n\nTrees.\n\n### Ostend { #east }\n\nReeds.",
            "### East { #east }\n\nTrees.\n\n### Ostend { #ostend }\n\nReeds.",
            5,
        ),
    ),
    # --- headings, tables and words -------------------------------------------------------------------------
    Rule(
        "KB501",
        "Headings that do not follow the page's plan",
        "Readers find their way by headings that are the same on every such page; screen readers by their levels.",
        "Keep the headings of such pages, in their order; go one level deeper at a time.",
        *_in_text("#### In the wood\n\nTrees.", "### In the wood\n\nTrees."),
    ),
    Rule(
        "KB502",
        "A voice that is not known",
        "The report, a correction and added guidance have to be told apart.",
        "Write !!! curator or !!! added, and indent the text below by four spaces.",
        *_in_text('!!! note "Our view"\n    Walk.', '!!! added "Added guidance"\n    Walk.'),
    ),
    Rule(
        "KB503",
        "Something left over from editing",
        "Readers would take it for the text.",
        "Finish it, or take it out.",
        *_in_text("TODO: ask the set.", "The set was not asked."),
    ),
    Rule(
        "KB504",
        "A section with nothing in it",
        "Readers cannot tell whether nothing happened or nothing was written down.",
        "Say in a sentence what is not known, or take the heading out.",
        *_in_text("Trees.\n\n### On the way", "Trees.\n\n### On the way\n\nNot recorded.", 3),
    ),
    Rule(
        "KB505",
        "A page that lacks what every page of its kind has",
        "Its facts, sources or downloads would not show.",
        "Write the call that the fault names, on a line of its own.",
        *_whole(f"{_TOP}\nIt is new.\n", _GOOD, 7),
    ),
    Rule(
        "KB506",
        "A row with too many or too few cells",
        "Cells that are too many are dropped without a word.",
        "Give each row as many cells as the row of headings.",
        *_in_text(
            "| Tree | Leaf |\n| --- | --- |\n| Elm | small | green |",
            "| Tree | Leaf |\n| --- | --- |\n| Elm | small, green |",
            3,
        ),
    ),
    Rule(
        "KB507",
        "A table without headings",
        "On a phone, and read aloud, each cell stands beside the heading of its column.",
        "Give each column a heading of a word or two.",
        *_in_text("| | Leaf |\n| --- | --- |\n| Elm | small |", "| Tree | Leaf |\n| --- | --- |\n| Elm | small |"),
    ),
    Rule(
        "KB508",
        "A word for which there is a plainer one",
        "A tired reader gets through short words more easily. This is a warning only.",
        "Use the word that is offered, where it says the same.",
        *_in_text("We met in order to listen.", "We met to listen."),
    ),
    Rule(
        "KB509",
        "A word that labels people",
        "Families read these pages too. This is a warning only.",
        "Put the person first, and say what happened.",
        *_in_text("A wheelchair-bound visitor came.", "A visitor who uses a wheelchair came."),
    ),
    Rule(
        "KB510",
        "A misspelt word",
        "Search does not find it, and readers stumble over it.",
        "Correct it. If the word is right, ask the curator to add it to the list of words to leave alone.",
        *_in_text("Good supervison helps.", "Good supervision helps."),
        by_programs=True,
    ),
    Rule(
        "KB511",
        "A spelling that is not British",
        "The site keeps to one spelling. This is a warning only: a name is written as its owner writes it.",
        "Write it the British way, unless it is a name or a title.",
        *_in_text("The organization grew.", "The organisation grew."),
        by_programs=True,
    ),
    Rule(
        "KB512",
        "Markdown that does not do what it looks like",
        "A list or table that touches the text above shows as a part of it.",
        "Put an empty line around lists, tables and blocks of code.",
        *_in_text("We saw:\n- elms\n- oaks", "We saw:\n\n- elms\n- oaks", 2),
        by_programs=True,
    ),
    Rule(
        "KB513",
        "A page that is to be read again",
        "What was true last year may not be now.",
        "Read it against its source; then change 'reviewed' and 'review_by'.",
        *_at_top(_REVIEWED, f"{_REVIEWED}review_by: 2022-05-01", "reviewed: 2021-05-01\nreview_by: 2120-05-01", 2),
    ),
    # --- private data ---------------------------------------------------------------------------------------
    Rule(
        "KB601",
        "A number, an address or a date by which somebody could be known",
        "One such value is enough to find a family.",
        "Take it out. If nobody could be known by it, an entry in data/allowed.yml allows it.",
        *_in_text("Ring 07700 900123.", "Ring the duty team."),
    ),
    Rule(
        "KB602",
        "A name beside an age, a school or a family",
        "A name alone may be an author's. Beside these it is a child's, or leads to one.",
        "Take the name out, and what is beside it if that could tell who it is.",
        *_in_text("Jamie Elm, aged 7, was seen at home.", "A child was seen at home."),
    ),
    Rule(
        "KB603",
        "A document or a picture that says who made it or where, or that nobody can look into",
        "Programs and cameras leave names and places behind, unseen.",
        "Save it again without its details, unlocked and alone.",
        Example(b"%PDF-1.7\n", "docs/about/new.pdf", "", 0, "A document that is damaged or locked"),
        Example(_PDF, "docs/about/new.pdf", "", shown="One that can be read, and says nothing of who made it"),
    ),
    Rule(
        "KB604",
        "An entry of the allow-list that allows nothing",
        "It would let the next value through.",
        "Take it out, or correct it.",
        *_in_data(
            "allowed:\n",
            "allowed:\n  - {file: docs/index.md, kind: postcode, beside: words that are gone, count: 1,\n"
            "     reason: A venue, approver: Curator, date: 2026-11-23}\n",
            "allowed:\n",
            2,
            file="data/allowed.yml",
        ),
    ),
    # --- files beside the pages -----------------------------------------------------------------------------
    Rule(
        "KB701",
        "A file of a kind that may not stand there",
        "HTML, scripts and drawings can run in a reader's browser; other files cannot be opened by everyone.",
        "Use .md, .png, .jpg, .webp, .pdf or .docx.",
        Example("<p>New</p>\n", "docs/about/new.html", "", 0, "A web page"),
        Example(_GOOD, _NEW, "", shown="The same as a page"),
        undrawable=True,
    ),
    Rule(
        "KB702",
        "A link to a file or folder elsewhere",
        "What it leads to would be published, whatever it is.",
        "Put the file itself there, if it belongs on the site.",
        Example("../../mkdocs.yml", "docs/about/new.pdf", "", 0, "A link to another file"),
        Example(_PDF, "docs/about/new.pdf", "", shown="The file itself"),
        undrawable=True,
    ),
    Rule(
        "KB703",
        "A file name that makes trouble",
        "Names become addresses; and some of them Windows cannot open.",
        "Use small letters, digits and hyphens.",
        Example(b"%PDF-1.7\n", "docs/about/A Leaf.pdf", "", 0, "Blanks and capitals in its name"),
        Example(_PDF, "docs/about/a-leaf.pdf", "", shown="Small letters and hyphens"),
    ),
    Rule(
        "KB704",
        "A file in the place of one of the site's own",
        "It would replace what makes the site work.",
        "Give it another name.",
        Example(_GOOD, "docs/search.md", "", 0),
        Example(_GOOD, "docs/finding.md", ""),
        undrawable=True,
    ),
    Rule(
        "KB705",
        "A document that is too large",
        "Not every reader is on a fast line.",
        "Make its pictures smaller, or split it: at most 2 MB.",
        Example(b"%PDF-1.7\n" + bytes(2 * 1024 * 1024), "docs/about/new.pdf", "", 0, "A document of more than 2 MB"),
        Example(_PDF, "docs/about/new.pdf", "", shown="A smaller one"),
    ),
]

RULES = {rule.code: rule for rule in _ALL}
"""Every code that a fault may carry."""
