"""Good pages and data, and harmless oddities of editors: the check is silent about them."""

from __future__ import annotations

import pytest
from PIL import Image
from pypdf import PdfWriter

SESSION = "docs/sessions/als-1.md"
HOME = "docs/index.md"
WORKS = "data/references.yml"
HEAD = "---\ntitle: A saw\ndescription: About a saw.\nsource: [added]\nreviewed: 2021-05-01\n---\n\n"
PAGE = HEAD + "Sharp.\n\n{{ sources() }}\n"
TOOL_PAGE = HEAD.replace("\n---\n\n", "\npurpose: To cut.\naudience: Woodcutters\n---\n\n") + (
    "{{ tool_facts() }}\n\n## Steps\n\nSharp.\n\n## Prompts\n\nSharp.\n\n## What to record\n\nSharp.\n\n"
    "## Evidence\n\nSharp.\n\n## Where this comes from\n\n{{ sources() }}\n\n"
    "## Print and download\n\n{{ downloads() }}\n"
)

TEXTS = {
    "a link to a heading of another page": "[x](mentors-1.md#run-sheet)",
    "links to what macros draw": "[x](../research/tables.md#moss) [y](../research/references.md#pine-footnote)",
    "a link to a heading of the same page": "[x](#how-it-ran-in-2010-11)",
    "a link to a heading with an id of its own": "### Deep in the wood { #wood }\n\n[x](#wood)",
    "a link with a title": "[x](mentors-1.md 'The mentors')",
    "a link in pointed brackets": "[x](<mentors-1.md>)",
    "a link over two lines": "[the mentors\nmeet](mentors-1.md)",
    "a link to a page with a mark for a script": "[x](../index.md#missed=als-1)",
    "a link with a query": "[x](https://wood.invalid/find?tree=elm&leaf=1#top)",
    "links to other sites": "[x](https://wood.invalid/) and <http://wood.invalid> and [y](https://wood.invalid/a_(b))",
    "addresses of mail and telephone": "[x](mailto:office@wood.invalid) <office@wood.invalid> [y](tel:08001111)",
    "an address that is only mentioned": "`http://wood.invalid/als-9.md` and www.wood.invalid",
    "reference-style links": "[the mentors][m], [m][] and [m].\n\n[m]: mentors-1.md#run-sheet 'Mentors'",
    "a footnote": "Rain[^wet] and mud[^wet].\n\n[^wet]: Of the *wet* kind,\n    see [x](mentors-1.md).",
    "an abbreviation": "TFK.\n\n*[TFK]: Trees for kindness",
    "a definition list": "Elm\n:   A tree.\n\nMoss\n:   No tree.",
    "a table": "| Tree | Leaf |\n| --- | :-: |\n| [Elm](mentors-1.md) | a \\| b |",
    "a table without outer bars": "Tree | Leaf\n--- | ---\nElm | 1",
    "a caption": "<table markdown='1'><caption>Trees</caption><tr><td>Elm</td></tr></table>",
    "nested lists": "- a\n    - b\n        1. c\n\n            More.\n- d\n\n    Still d.",
    "a box in a list": '- a\n\n    !!! added "Added guidance"\n        - b\n\n            c\n\n- d',
    "two boxes": '!!! curator "Curator\'s note"\n    One.\n\n    Two.\n\n!!! added\n    Three.',
    "a box that is indented by a tab": "!!! added\n\tOne.\n\n\t- Two.",
    "a rule": "Far.\n\n---\n\nNear.\n\n***\n",
    "deeper headings": "### Far\n\nx\n\n#### Farther\n\ny\n\n### Near ###\n\nz",
    "a heading over a deeper one": "### Far\n\n#### Farther\n\nx",
    "code": '```\n# no heading\n[x](als-9.md)\n<<<<<<< HEAD\n!!! note\n{ cite("x") }\nTODO\n```',
    "code with a language": "~~~ yaml\ntitle: 'x'\n#no: heading\n~~~",
    "code that shows a fence": "````\n```\n# no heading\n```\n````",
    "code in a line": "`[x](als-9.md)`, `[x] (als-9.md)`, ``a ` [b][c]``, `[^9]` and `# x`",
    "braces in a raw passage": '{% raw %}`{{ cite("nobody") }}`, `{{ page.title }}` and `{% set x %}`{% endraw %}',
    "braces in a raw block of code": "{% raw %}\n```\n{{ cite(nobody) }}\n```\n{% endraw %}",
    "a comment": "{# [x](als-9.md) {{ nobody() }} #}Seen. <!-- [x](als-9.md) -->",
    "a call over lines": '{{ cite(\n    "ash-2001",\n    "oak-2003b",\n) }}',
    "calls of every form": "{{ cite('ash-2001', page='12') }} {{- cite(\"oak-2003b\", style=\"text\") -}}",
    "the name of a macro": 'Write `cite("ash-2001")`, and cite() gives a citation (as sources() does).',
    "single braces": "A set {a, b}, [span]{.quiet} and {: .quiet }",
    "signs of other languages": "Elm’s “bark” — 5 % of 3 < 4 & more… é ü ☂ \u00a0 C# #5 ## $x$ ~ ^ |",
    "brackets and exclamations": "[sic] [1] (x) [see] (below) Stop!!! Really?? [ ] [x] a[b](c",
    "words near those of templates": "Todo lists, lorem, a replacement, TODOS and a fixme-free page.",
    "signs in a row": "a ======= b\n\n>>> three\n\n<<",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_text_of_a_session(faults_after, text):
    assert faults_after(SESSION, "Walking.\n", f"Walking.\n\n{text}\n") == []


def test_picture_and_file_that_are_there(fake, faults_after):
    (fake / "docs/sessions/trees").mkdir()
    Image.new("L", (3, 3)).save(fake / "docs/sessions/trees/an-elm.png")
    leaf = PdfWriter()
    leaf.add_blank_page(100, 100)
    leaf.write(fake / "docs/sessions/leaf.pdf")
    text = "![An elm](trees/an%2Delm.png){ width=100 } ![An elm](<trees/an-elm.png> 'Elm') [A leaf](leaf.pdf)"
    assert faults_after(SESSION, "Walking.\n", f"{text}\n") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/toolkit/saw.md", TOOL_PAGE),
        ("docs/toolkit/index.md", PAGE),
        ("docs/research/saws.md", PAGE),
        ("docs/about/more/saw-2.md", PAGE),
        ("docs/new/index.md", PAGE),
        ("docs/saw.md", PAGE),
        ("docs/.drafts/Saw 1.md", "Not yet."),
        (
            "docs/toolkit/.nav.yml",
            "title: Tools\nnav:\n  - The axe: axe.md\n  - {glob: '*', ignore_no_matches: true}\n",
        ),
        (
            "docs/toolkit/.nav.yml",
            "nav:\n  - More:\n      - axe.md\n      - Elsewhere: https://wood.invalid\n  - '*'\n",
        ),
        ("docs/toolkit/.nav.yml", "# nothing yet\n"),
        ("docs/.nav.yml", "nav:\n  - Home: index.md\n  - sessions\n  - notes/2020-21\n  - '*'\nhide: false\n"),
        ("data/.references.yml.swp", "x"),
    ],
)
def test_new_file(faults_after, path, text):
    assert faults_after(path, None, text) == []


def test_new_session_with_its_notes(fake, faults_after):
    session = (fake / SESSION).read_text().replace("id: als-1", "id: als-2").replace("2020-05", "2020-07")
    assert faults_after("docs/sessions/als-2.md", None, session) == []
    notes = (fake / "docs/notes/2020-21/als-1-north.md").read_text().replace("als-1", "als-2")
    notes = notes.replace("2020-21", "2022-23").replace("set: north\n", "")
    assert faults_after("docs/notes/2022-23/als-2.md", None, notes) == []


@pytest.mark.parametrize(
    "changed",
    [
        lambda source: source.replace(b"\n", b"\r\n"),
        lambda source: source.replace(b"\n", b"\r"),
        lambda source: b"\xef\xbb\xbf" + source,
        lambda source: b"\xef\xbb\xbf" + source.replace(b"\n", b"\r\n"),
        lambda source: source.rstrip(b"\n"),
        lambda source: source + b"\n\n\n",
        lambda source: source.replace(b"\n\n", b"\n \t\n"),
    ],
    ids=["Windows", "old Mac", "byte order mark", "both", "no last line end", "empty last lines", "blanks"],
)
def test_what_editors_do_to_every_file(fake, faults_after, changed):
    paths = [*fake.glob("docs/**/*.md"), *fake.glob("data/*.yml")]
    for path in paths:
        path.write_bytes(changed(path.read_bytes()))
    assert faults_after("docs/saw.md", None, changed(PAGE.encode())) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SESSION, "sets: each", "# a comment\nsets: each  # another"),
        (SESSION, "sets: each", "'sets': \"each\""),
        (SESSION, "sets: each", "sets:   each   "),
        (SESSION, "source: [als-1]", "source:\n  - als-1\n  - added"),
        (SESSION, "source: [als-1]", "source:\n- als-1"),
        (SESSION, "description: About ALS 1.", "description: >-\n  About\n  ALS 1."),
        (SESSION, "title: 'ALS 1: Trees'", "title: The child's tree (1), 100% - or more"),
        (SESSION, "title: 'ALS 1: Trees'", "title: 'No'"),
        (SESSION, "held: false", "held: no"),
        (SESSION, "{from: 2020-05}", "{from: 2020-05-06, to: 2020-06, starts: '09:30', venue: The hut}"),
        (SESSION, "sets: each", "sets: each\nrelated: [sessions/mentors-1.md, index.md]\nsearch: {keywords: [elm]}"),
        (SESSION, "sets: each", "sets: each\nreview_by: 2122-05-01\nowner: Curator\nduration: 90"),
        (SESSION, "sets: each", "sets: each\nsearch: {keywords: [felling-trees, feeling, trees, how to fell]}"),
        (WORKS, "title: First report", "title: 'It''s: a *first* & <last>, @ 100 % {x} [y] # z'"),
        (WORKS, "title: First report", "title: >-\n      A long\n      title"),
        (WORKS, "title: First report", "title: 2001"),
        (WORKS, "issued: 2003", "issued: '2003'"),
        (WORKS, "footnotes:", "\n# More\n\nfootnotes:"),
        ("data/evaluation.yml", "count: 3, base: 4, percent: 75", "count: 1, base: 3, percent: 33"),
        ("data/local.yml", "local:", "local:\n  contacts: [{role: Desk, email: desk@wood.invalid}]"),
        ("data/local.yml", "local:", "local:\n  meetings:\n    - {session: als-1, set: x, date: 2030-01-15}"),
        ("data/local.yml", "local:", "local:\n  banner: {text: 'We meet at 10:00, in the hut.', until: 2030-01-15}"),
        ("data/local.yml", "local:", "local:\n  links: [{title: Wood, address: 'https://intranet/a(b)?c=d#e'}]"),
        ("data/local.yml", "local:", "local:\n  search_engines: true"),
        (
            "data/local.yml",
            "local:",
            "local:\n  contacts: [{role: DPO, email: dpo@wood.gov.uk, data_protection: true}]",
        ),
        ("data/local.yml", "local:", "local:\n  contacts: [{role: Web, email: accessibility@wood.gov.uk}]"),
    ],
)
def test_ways_of_writing_front_matter_and_data(faults_after, path, old, new):
    assert faults_after(path, old, new) == []
