from __future__ import annotations

import re

import pytest

from knowledge_base.publish import assets, inspect


@pytest.fixture
def known(monkeypatch):
    """Three scripts in pages that somebody has looked at; the second may not wait."""
    by_text = {"scope()": ("scope", True), "palette()": ("palette", False), "hash()": ("hash", True)}
    monkeypatch.setattr(
        assets, "KNOWN", {assets.hashlib.sha256(text.encode()).hexdigest(): how for text, how in by_text.items()}
    )


@pytest.fixture
def made(tmp_path, known):
    """A site of three pages and a few files that they load."""
    files = {
        "assets/a.css": "* {top: 0}\n/*# sourceMappingURL=a.css.map */",
        "assets/b.12345678.min.css": "html {left: 0} .gone {left: 1px}",
        "assets/c.js": "c()\n//# sourceMappingURL=c.js.map\n",
        "assets/d.js": "d()",
        "assets/e.js": "e()",
        "assets/c.js.map": "{}",
        "assets/javascripts/lunr/min/de.js": "de()",
        "assets/javascripts/worker.js": "worker()",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def gathered(made, body, page="index.html", mount="/"):
    """A page after gathering."""
    (made / page).parent.mkdir(parents=True, exist_ok=True)
    (made / page).write_text(body, encoding="utf-8")
    assert assets.gather(made, mount) == []
    return (made / page).read_text(encoding="utf-8")


def loaded(made, page):
    """The addresses that a page loads, in their order, each with the text of its file."""
    found = re.findall(r'(?:src|href)="(?:\.\./)*([^"]+)"( defer)?', page)
    return [(name.partition(".")[0], (made / name).read_text(encoding="utf-8"), bool(defer)) for name, defer in found]


def test_script_in_a_page_moves_to_a_file_named_by_its_content(made):
    page = gathered(made, "<body><script>palette()</script></body>")
    assert re.fullmatch(r'<body><script src="assets/palette\.[0-9a-f]{8}\.js"></script></body>', page)
    assert loaded(made, page) == [("assets/palette", "palette()", False)]


def test_script_that_nobody_has_looked_at_fails_the_build(made):
    (made / "index.html").write_text("<script>news()</script>", encoding="utf-8")
    assert [str(finding) for finding in assets.gather(made)] == [
        "index.html: Nobody has looked at this script of the theme yet: 'news()'."
    ]


def test_data_stay_in_the_page(made):
    body = '<script id="__config" type="application/json">{"a": 1}</script>'
    assert gathered(made, body) == body


def test_style_sheets_side_by_side_are_one(made):
    body = '<link rel="stylesheet" href="assets/a.css">\n  <link rel="stylesheet" href="assets/b.12345678.min.css">'
    assert loaded(made, gathered(made, body)) == [("assets/a-b", "*{top:0}html{left:0}", False)]


def test_style_of_a_part_is_left_to_the_pages_that_have_it(made):
    (made / "assets/a.css").write_text(":root{--wide:1px;--gone:1px} p{top:0}", encoding="utf-8")
    for name in ("form", "run"):
        (made / f"assets/kb-{name}.css").write_text(f".kb-{name}{{top:var(--wide)}}", encoding="utf-8")
    links = "".join(f'<link rel="stylesheet" href="assets/{name}.css">' for name in ("a", "kb-form", "kb-run"))
    bodies = {
        "none.html": '<p class="kb-formal a-kb-form">kb-form</p>',
        "one.html": '<p class="a kb-run">A sheet</p>',
        "both.html": '<p class="kb-form b">A form</p><p class="kb-run">A sheet</p>',
    }
    for name, body in bodies.items():
        (made / name).write_text(f"{links}{body}", encoding="utf-8")
    assert assets.gather(made) == []
    shared = ("assets/a", ":root{--wide:1px}p{top:0}", False)
    form, run = ((f"assets/kb-{name}", f".kb-{name}{{top:var(--wide)}}", False) for name in ("form", "run"))
    found = [loaded(made, (made / name).read_text(encoding="utf-8")) for name in bodies]
    assert found == [[shared], [shared, run], [shared, form, run]]
    assert not list(made.glob("assets/kb-form.css"))


def test_style_of_results_lies_with_the_index_of_a_served_site(made):
    rules = {
        "page": ":root{--line:red}:root{--icon:url(a)}",
        "results": ".md-search-result{color:var(--line)}p .md-search-result__item:hover{top:0}.kb-narrow{top:0}",
        "box": ".md-search-result__meta{background:var(--icon)}.md-search{top:0}",
    }
    whole = "".join(rules.values())
    (made / "assets/a.css").write_text(whole, encoding="utf-8")
    classes = "md-search md-search-result md-search-result__item md-search-result__meta kb-narrow"
    body = f'<link rel="stylesheet" href="assets/a.css"><p class="{classes}">'
    assert loaded(made, gathered(made, body)) == [("assets/a", whole, False)]
    assert not (made / "search").exists()
    (made / "search").mkdir()
    (made / "search/results.css").write_text("", encoding="utf-8")
    (made / "assets/a.css").write_text(whole, encoding="utf-8")
    assert loaded(made, gathered(made, body)) == [("assets/a", rules["page"] + rules["box"], False)]
    assert (made / "search/results.css").read_text(encoding="utf-8") == rules["results"]


def test_style_of_a_part_leaves_that_of_results_alone(made):
    (made / "search").mkdir()
    (made / "search/results.css").write_text("", encoding="utf-8")
    (made / "assets/a.css").write_text(".md-search-result{top:0}", encoding="utf-8")
    (made / "assets/kb-card.css").write_text("@page{margin:0}.kb-card{top:0}", encoding="utf-8")
    links = "".join(f'<link rel="stylesheet" href="assets/{name}.css">' for name in ("a", "kb-card"))
    page = gathered(made, f'{links}<p class="kb-card md-search-result">')
    assert loaded(made, page)[1] == ("assets/kb-card", "@page{margin:0}.kb-card{top:0}", False)
    assert (made / "search/results.css").read_text(encoding="utf-8") == ".md-search-result{top:0}"


def test_script_of_ours_travels_without_its_comments_and_the_rest_as_it_is(made):
    (made / "assets/d.js").write_text(
        "/* why\n   so */\nconst d = `//a  ${b}`; // how\nd(/[/]\\/ /);\n", encoding="utf-8"
    )
    (made / "assets/e.min.js").write_text("e() // as the theme has it", encoding="utf-8")
    body = '<script src="assets/d.js"></script><p>text</p><script src="assets/e.min.js"></script>'
    assert [text for _, text, _ in loaded(made, gathered(made, body))] == [
        "const d=`//a  ${b}`;d(/[/]\\/ /);",
        "e() // as the theme has it",
    ]


def test_style_sheets_that_cannot_be_one_fail_the_build(made):
    one, other = (f'<link rel="stylesheet" href="assets/{name}">' for name in ("a.css", "b.12345678.min.css"))
    body = f"{one}<p>text</p>{other}"
    (made / "index.html").write_text(body, encoding="utf-8")
    assert [str(finding) for finding in assets.gather(made)] == [
        "index.html: Something stands between two style sheets, so that they cannot be one."
    ]


def test_neighbours_that_load_alike_are_one_and_others_are_not(made):
    body = (
        '<script src="assets/c.js"></script> <script src="assets/d.js" defer></script>'
        '<script src="assets/e.js" defer></script><p>text</p><script src="assets/c.js" defer></script>'
    )
    assert loaded(made, gathered(made, body)) == [
        ("assets/c", "c()", False),
        ("assets/d-e", "d()\n;e()", True),
        ("assets/c", "c()", True),
    ]


def test_a_long_script_is_not_made_longer_by_what_follows(made):
    (made / "assets/d.js").write_text(f"d({'1+' * 40_000}1)", encoding="utf-8")
    body = "".join(f'<script src="assets/{name}.js" defer></script>' for name in "cde")
    assert [name for name, _, _ in loaded(made, gathered(made, body))] == ["assets/c-d", "assets/e"]


def test_what_may_wait_joins_the_next_script_and_never_passes_one(made):
    body = (
        "<script>scope()</script><p>text</p><script>palette()</script><p>text</p>"
        '<script>hash()</script><p>text</p><script src="assets/c.js"></script>'
    )
    assert loaded(made, gathered(made, body)) == [
        ("assets/scope-palette", "scope()\n;palette()", False),
        ("assets/hash-c", "hash()\n;c()", False),
    ]


def test_what_may_wait_waits_for_a_script_that_waits_for_the_page(made):
    body = '<script>hash()</script><script src="assets/d.js" defer></script><script src="assets/e.js" defer></script>'
    assert loaded(made, gathered(made, body)) == [("assets/hash-d-e", "hash()\n;d()\n;e()", True)]


def test_what_waits_for_nothing_stands_where_it_stood(made):
    body = '<script src="assets/c.js"></script><p>text</p><script>hash()</script>'
    assert [name for name, _, _ in loaded(made, gathered(made, body))] == ["assets/c", "assets/hash"]


def test_addresses_lead_from_where_the_page_stands(made):
    page = gathered(made, '<script src="../../assets/d.js"></script>', page="a/b/index.html")
    assert re.fullmatch(r'<script src="\.\./\.\./assets/d\.[0-9a-f]{8}\.js"></script>', page)


@pytest.mark.parametrize("mount", ["/", "/learning/apir/"])
def test_page_for_wrong_addresses_gives_them_in_full(made, mount):
    page = gathered(made, f'<script src="{mount}assets/d.js"></script>', page="404.html", mount=mount)
    assert re.fullmatch(rf'<script src="{mount}assets/d\.[0-9a-f]{{8}}\.js"></script>', page)


def test_pages_that_load_the_same_share_the_file(made):
    (made / "a").mkdir()
    (made / "a/index.html").write_text('<script src="../assets/d.js"></script>', encoding="utf-8")
    gathered(made, '<script src="assets/d.js"></script>')
    assert len(list((made / "assets").glob("d.*.js"))) == 1


def test_other_content_has_another_name(made, tmp_path):
    first = gathered(made, "<script>palette()</script>")
    (made / "assets/d.js").write_text("d(2)", encoding="utf-8")
    second = gathered(made, '<script src="assets/d.js"></script>')
    assert first != second


def test_files_that_were_gathered_and_those_nobody_asks_for_are_gone(made):
    gathered(made, '<link rel="stylesheet" href="assets/a.css"><script src="assets/c.js"></script>')
    left = {re.sub(r"\.[0-9a-f]{8}\.(?!min)", ".HASH.", path.name) for path in (made / "assets").rglob("*.*")}
    assert left == {"a.HASH.css", "c.HASH.js", "b.12345678.min.css", "d.js", "e.js", "worker.js"}


@pytest.mark.parametrize(
    "body",
    [
        '<script src="assets/gone.js"></script>',
        '<script src="https://elsewhere.invalid/a.js"></script>',
        '<link rel="stylesheet" href="assets/a.css" media="print">',
        '<link rel="icon" href="assets/a.png">',
        "<p>&lt;script&gt;</p>",
    ],
)
def test_the_rest_is_left_alone(made, body):
    assert gathered(made, body) == body


def test_pages_lose_their_indents_and_keep_what_is_drawn_as_written(made):
    body = "<ul>  \n\n    <li>a\u00a0\n b</li>\n</ul>\n<pre>x\n\n  y</pre>\n\n<textarea>\n  z</textarea> \n"
    assert gathered(made, body) == (
        "<ul>\n <li>a\u00a0\n b</li>\n </ul>\n <pre>x\n\n  y</pre>\n <textarea>\n  z</textarea>\n "
    )


def test_scripts_that_no_page_asks_for_keep_no_rule(made):
    (made / "assets/javascripts/lunr/min/de.js").write_text('"gone"', encoding="utf-8")
    body = '<link rel="stylesheet" href="assets/b.12345678.min.css">'
    assert loaded(made, gathered(made, body)) == [("assets/b", "html{left:0}", False)]


def test_real_site_is_served_without_a_script_in_a_page_and_with_few_files(served):
    assert inspect.inspect(served) == []
    for page in served.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        # The colours, the theme with the search, what ours does on each page, a form, and a run sheet.
        assert len(re.findall(r"<script src=", text)) <= 5, page
        # That of all pages, and at most those of a form and a run sheet.
        assert 1 <= len(re.findall(r'rel="stylesheet"', text)) <= 3, page


def test_everything_that_a_page_of_the_real_site_loads_may_be_kept_for_ever(served):
    for page in served.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r'<script src="([^"]+)"|rel="stylesheet" href="([^"]+)"', text):
            assert re.search(r"\.[0-9a-f]{8}\.(?:js|css)$", "".join(name)), page
