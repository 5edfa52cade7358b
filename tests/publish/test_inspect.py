from __future__ import annotations

import re

import pytest

from knowledge_base.publish import inspect

POLICY = "stands in the page|which the policy refuses"
PAGE = "<!doctype html><html><head><title>T</title>{head}</head><body>{body}</body></html>"


@pytest.fixture
def site(tmp_path):
    """A site of two pages with nothing wrong."""
    pages = {
        "index.html": "",
        "404.html": "",
        "sessions/als-1/index.html": '<h2 id="downloads">D</h2><a name="old">o</a>',
    }
    for name, body in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE.format(head="", body=body), encoding="utf-8")
    for name in ("search/search_index.json", "sitemap.xml", "assets/a.css", "assets/a.js", "assets/a.png", "b c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def found(site):
    """What is found once a page has something in its body or head, and the home page's part of it."""

    def look(body="", head="", page="index.html", mount="/"):
        (site / page).write_text(PAGE.format(head=head, body=body), encoding="utf-8")
        # What the policy refuses, whatever its address, has tests of its own.
        return [line for line in map(str, inspect.inspect(site, mount)) if not re.search(POLICY, line)]

    return look


@pytest.fixture
def found_in_css(site):
    def look(css):
        (site / "assets/a.css").write_text(css, encoding="utf-8")
        return [str(finding) for finding in inspect.inspect(site)]

    return look


def test_site_with_nothing_wrong_passes(site):
    assert inspect.inspect(site) == []


# --- files ----------------------------------------------------------------------------------------------


def test_either_engine_will_do_and_one_must_be_there(site):
    (site / "search/search_index.json").rename(site / "search/pagefind-entry.json")
    assert inspect.inspect(site) == []
    (site / "search/pagefind-entry.json").unlink()
    assert [str(finding) for finding in inspect.inspect(site)] == ["search/: The site lacks an index to search."]


@pytest.mark.parametrize("name", inspect.REQUIRED)
def test_file_that_every_site_has_is_missed(site, name):
    (site / name).unlink()
    assert f"{name}: The site lacks this file." in [str(finding) for finding in inspect.inspect(site)]


@pytest.mark.parametrize("content", ["", " \n", "<!-- nothing -->"])
def test_empty_page_is_found(site, content):
    (site / "sessions/als-1/index.html").write_text(content, encoding="utf-8")
    assert [str(finding) for finding in inspect.inspect(site)] == ["sessions/als-1/index.html: The page is empty."]


def test_page_that_is_hardly_html_is_read_all_the_same(site):
    (site / "index.html").write_bytes(b"caf\xe9 <a href='gone/'>\x00")
    assert [str(finding) for finding in inspect.inspect(site)] == ["index.html: 'gone/' leads to no file."]


def test_every_finding_is_told_once_and_in_order(found):
    assert found('<a href="z/">a</a><a href="b/">b</a><a href="z/">c</a>') == [
        "index.html: 'b/' leads to no file.",
        "index.html: 'z/' leads to no file.",
    ]


# --- links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "sessions/als-1/",
        "./sessions/als-1/",
        "sessions/als-1/index.html",
        "sessions/als-1/#downloads",
        "sessions/als-1/#old",
        "sessions/als-1/?page=2#downloads",
        "?page=2",
        "#",
        "",
        ".",
        "./",
        "b%20c.pdf",
        "b%20c.pdf#page=3",
        "sessions/als-1/#missed=als-3",
        "assets/../sessions/als-1/",
        " sessions/als-1/ ",
        "https://elsewhere.invalid/page",
        "http://elsewhere.invalid/",
        "mailto:office@host.invalid",
        "tel:+441234567",
    ],
)
def test_good_link_is_left_alone(found, address):
    assert found(f'<a href="{address}">a</a>') == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("sessions/als-9/", "'sessions/als-9/' leads to no file."),
        ("b.pdf", "'b.pdf' leads to no file."),
        ("gone/?page=2", "'gone/?page=2' leads to no file."),
        ("sessions/", "'sessions/' leads to no file."),
        ("sessions/als-1.md", "'sessions/als-1.md' leads to no file."),
        ("sessions/als-1", "'sessions/als-1' lacks its closing slash, and would be redirected."),
        ("sessions/als-1/#nowhere", "'sessions/als-1/#nowhere' leads to no place on 'sessions/als-1/index.html'."),
        ("#nowhere", "'#nowhere' leads to no place on 'index.html'."),
        ("?page=2#nowhere", "'?page=2#nowhere' leads to no place on 'index.html'."),
        ("/sessions/als-1/", "'/sessions/als-1/' works at one address of the site only."),
        ("../", "'../' leads out of the site."),
        ("../other/", "'../other/' leads out of the site."),
        ("sessions/../../other/", "'sessions/../../other/' leads out of the site."),
        ("%2e%2e/other/", "'%2e%2e/other/' leads out of the site."),
        ("javascript:alert(1)", "'javascript:alert(1)' is not an address that a page may link to."),
        ("file:///etc/hosts", "'file:///etc/hosts' is not an address that a page may link to."),
        ("//elsewhere.invalid/", "'//elsewhere.invalid/' is not an address that a page may link to."),
        ("http://[", "'http://[' is no address."),
    ],
)
def test_bad_link_is_found(found, address, message):
    assert found(f'<a href="{address}">a</a>') == [f"index.html: {message}"]


def test_links_count_from_their_own_page(found):
    body = '<h2 id="downloads">D</h2><a href="../../">up</a><a href="#downloads">d</a><a href="../als-2/">a</a>'
    assert found(body, page="sessions/als-1/index.html") == [
        "sessions/als-1/index.html: '../als-2/' leads to no file."
    ]


def test_link_written_as_html_inside_other_html_is_found(found):
    assert found('<div><p><b><a href="gone/">a</a></b></p></div>') == ["index.html: 'gone/' leads to no file."]
    assert found('<map><area href="gone/" alt="a"></map>') == ["index.html: 'gone/' leads to no file."]


def test_anchor_without_address_and_address_in_text_are_left_alone(found):
    assert found('<a id="here">a</a> <code>href="gone/"</code> gone/ <!-- <a href="gone/">a</a> -->') == []


def test_place_with_letters_beyond_ascii_is_found_again(found):
    assert found('<h2 id="früh">F</h2><a href="#fr%C3%BCh">a</a><a href="#früh">b</a>') == []


# --- what a page loads ----------------------------------------------------------------------------------

LOADING = [
    ("body", '<script src="{}"></script>'),
    ("head", '<link rel="stylesheet" href="{}">'),
    ("head", '<link rel="alternate stylesheet" href="{}">'),
    ("head", '<link rel="icon" href="{}">'),
    ("head", '<link rel="preload" href="{}">'),
    ("body", '<img src="{}" alt="">'),
    ("body", '<img src="assets/a.png" srcset="assets/a.png 1x, {} 2x" alt="">'),
    ("body", '<img srcset="{}" alt="">'),
    ("body", '<picture><source srcset="{} 480w"></picture>'),
    ("body", '<video poster="{}"></video>'),
    ("body", '<video src="{}"></video>'),
    ("body", '<audio><source src="{}"></audio>'),
    ("body", '<video><track src="{}"></video>'),
    ("body", '<iframe src="{}"></iframe>'),
    ("body", '<object data="{}"></object>'),
    ("body", '<embed src="{}">'),
    ("body", '<input type="image" src="{}">'),
    ("body", '<form action="{}"></form>'),
    ("body", '<button formaction="{}">b</button>'),
    ("body", '<svg><image href="{}"/></svg>'),
    ("body", '<svg><use xlink:href="{}"/></svg>'),
    ("body", '<a href="sessions/als-1/" ping="{}">a</a>'),
    ("body", '<table background="{}"></table>'),
    ("body", '<p style="background: url({})">p</p>'),
    ("body", "<p style=\"background: URL('{}')\">p</p>"),
    ("head", "<style>p {{ background: url('{}') }}</style>"),
    ("head", "<style>@import '{}';</style>"),
    ("head", '<meta http-equiv="refresh" content="5; url={}">'),
    ("head", '<meta http-equiv="Refresh" content="0;URL=\'{}\'">'),
]


@pytest.mark.parametrize(("where", "code"), LOADING)
def test_nothing_is_loaded_from_another_host(found, where, code):
    address = "https://elsewhere.invalid/a.png"
    assert found(**{where: code.format(address)}) == [f"index.html: '{address}' would be fetched from another host."]


@pytest.mark.parametrize(("where", "code"), LOADING)
def test_what_is_loaded_has_to_be_there(found, where, code):
    assert found(**{where: code.format("assets/gone.png")}) == ["index.html: 'assets/gone.png' leads to no file."]


@pytest.mark.parametrize(("where", "code"), LOADING)
@pytest.mark.parametrize("address", ["assets/a.png", "assets/a.png?v=2", "data:image/gif;base64,R0lGOD", "#here"])
def test_what_is_there_or_needs_no_file_is_left_alone(found, where, code, address):
    if "'" not in code and "url(" in code:
        code = code.replace("url({})", "url('{}')")
    assert found(**{where: code.format(address)}) == []


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("body", '<script src="{}"></script>'),
        ("body", '<img src="{}" alt="">'),
        ("head", '<link rel="preconnect" href="{}">'),
        ("head", '<link rel="dns-prefetch" href="{}">'),
    ],
)
def test_host_without_scheme_is_another_host_too(found, where, code):
    assert found(**{where: code.format("//elsewhere.invalid/a")}) == [
        "index.html: '//elsewhere.invalid/a' would be fetched from another host."
    ]


@pytest.mark.parametrize("kind", ["canonical", "alternate", "license", "next prev", "AUTHOR"])
def test_link_that_only_names_an_address_is_left_alone(found, kind):
    assert found(head=f'<link rel="{kind}" href="https://elsewhere.invalid/">') == []


def test_other_meta_is_left_alone(found):
    assert found(head='<meta name="description" content="0; url=https://elsewhere.invalid/">') == []


def test_address_in_a_script_is_left_alone(found):
    assert found("<script>const page = 'https://elsewhere.invalid/';</script>") == []


def test_base_is_refused(found):
    assert found(head='<base href="https://host.invalid/">') == [
        "index.html: <base> changes every address on the page."
    ]


def test_picture_with_an_absolute_address_is_found(found):
    assert found('<img src="/assets/a.png" alt="">') == [
        "index.html: '/assets/a.png' works at one address of the site only."
    ]


# --- style sheets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "css",
    [
        "@import '{}';",
        "@import url({});",
        "@import url('{}') screen;",
        "p {{ background: url({}) }}",
        'p {{ background: url( "{}" ) no-repeat }}',
        "p {{ background: linear-gradient(red, blue), url({}) }}",
        "@font-face {{ font-family: A; src: local(A), url({}) format('woff2') }}",
        "@media print {{ @supports (display: grid) {{ p {{ content: url({}) }} }} }}",
        "p {{ --picture: url({}) }}",
        "p {{ color: red; }} }} q {{ background: url({}) }}",
    ],
)
def test_style_sheet_loads_nothing_from_elsewhere_and_nothing_that_is_missing(found_in_css, css):
    assert found_in_css(css.format("https://elsewhere.invalid/a.png")) == [
        "assets/a.css: 'https://elsewhere.invalid/a.png' would be fetched from another host."
    ]
    assert found_in_css(css.format("../assets/gone.png")) == ["assets/a.css: '../assets/gone.png' leads to no file."]
    assert found_in_css(css.format("a.png?v=1")) == []


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(data:image/gif;base64,R0lGOD) }",
        "p { mask: url(#mask) }",
        "/* url(https://elsewhere.invalid/a.png) */",
        "/*# sourceMappingURL=https://elsewhere.invalid/a.map */",
        "p::before { content: 'url(https://elsewhere.invalid/)' }",
        "@charset 'utf-8';",
        "p { color: ",
    ],
)
def test_style_sheet_that_loads_nothing_is_left_alone(found_in_css, css):
    assert found_in_css(css) == []


def test_style_sheet_that_is_no_text_is_read_all_the_same(site):
    (site / "assets/a.css").write_bytes(b"\xff p { background: url(gone.png) }")
    assert [str(finding) for finding in inspect.inspect(site)] == ["assets/a.css: 'gone.png' leads to no file."]


# --- macros ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        '<p>{{ cite("ash-2001") }}</p>',
        "<p>{% if x %}</p>",
        "<p>{# note #}</p>",
        "<p><b>b</b> {{ tail }}</p>",
        "<p><code>c</code> {{ tail }}</p>",
        "<p><!-- c --> {{ tail }}</p>",
        "<h2>Macro Rendering Error</h2>",
        "<p><em>Macro Syntax Error</em>: x</p>",
        "{{ bare }}",
    ],
)
def test_macro_that_was_not_drawn_is_found(found, code):
    (line,) = found(code)
    assert line.startswith("index.html: A macro was left as it is: '")


def test_macro_in_the_title_is_found(site):
    (site / "index.html").write_text(
        "<html><head><title>{{ t }}</title></head><body>b</body></html>", encoding="utf-8"
    )
    assert [str(finding) for finding in inspect.inspect(site)] == [
        "index.html: A macro was left as it is: '{{ t }}'."
    ]


@pytest.mark.parametrize(
    "code",
    [
        '<p>Write <code>{{ cite("ash-2001") }}</code>.</p>',
        "<pre>{% raw %}</pre>",
        "<pre><code><span>{{</span> cite() }}</code></pre>",
        "<script>const a = {b: {c: {}}}; // {{ d }}</script>",
        "<style>@media print {p {color: red}}</style>",
        "<template><p>{{ late }}</p></template>",
        "<p><!-- {{ comment }} --></p>",
        "<p>{ single } and }} closing</p>",
    ],
)
def test_braces_in_code_and_single_braces_are_left_alone(found, code):
    assert found(code) == []


# --- the 404 page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mount", ["/", "/kb/", "/childrens/apir/"])
def test_page_for_what_is_not_there_knows_the_path_of_the_site(found, mount):
    body = (
        f'<a href="{mount}">home</a><a href="{mount}sessions/als-1/#downloads">a</a><img src="{mount}assets/a.png">'
    )
    assert found(body, page="404.html", mount=mount) == []


def test_page_for_what_is_not_there_is_held_to_that_path(found):
    body = '<a href="/kb/gone/">a</a><a href="/other/">b</a><a href="/sessions/als-1/">c</a>'
    assert found(body, page="404.html", mount="/kb/") == [
        "404.html: '/kb/gone/' leads to no file.",
        "404.html: '/other/' works at one address of the site only.",
        "404.html: '/sessions/als-1/' works at one address of the site only.",
    ]


def test_no_other_page_may_know_that_path(found):
    assert found('<a href="/kb/sessions/als-1/">a</a>', mount="/kb/") == [
        "index.html: '/kb/sessions/als-1/' works at one address of the site only."
    ]


# --- what the policy refuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("snippet", "told"),
    [
        ("<script>alert(1)</script>", "A script stands in the page: 'alert(1)'."),
        ('<script type="module">go()</script>', "A script stands in the page: 'go()'."),
        ("<style>p {color: red}</style>", "A style sheet stands in the page."),
        ('<p style="color: red">p</p>', "<p> has the attribute 'style', which the policy refuses."),
        ('<p onclick="go()">p</p>', "<p> has the attribute 'onclick', which the policy refuses."),
        ('<svg><circle style="fill: red"/></svg>', "<circle> has the attribute 'style', which the policy refuses."),
    ],
)
def test_what_the_policy_would_refuse_is_not_served(site, snippet, told):
    (site / "index.html").write_text(PAGE.format(head="", body=snippet), encoding="utf-8")
    assert [str(finding) for finding in inspect.inspect(site)] == [f"index.html: {told}"]


@pytest.mark.parametrize("snippet", ['<script type="application/json">{"a": 1}</script>', "<p>onclick</p>"])
def test_data_and_words_are_no_scripts(site, snippet):
    (site / "index.html").write_text(PAGE.format(head="", body=snippet), encoding="utf-8")
    assert inspect.inspect(site) == []


# --- from disk ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["sessions/als-1/", "sessions/als-1", "./", ".", "sessions/als-1/#downloads"])
def test_link_to_a_folder_opens_no_page_from_disk(site, address):
    (site / "index.html").write_text(PAGE.format(head="", body=f'<a href="{address}">a</a>'), encoding="utf-8")
    assert [str(finding) for finding in inspect.inspect(site, from_disk=True)] == [
        f"index.html: '{address}' leads to a folder, and from disk its page would not open."
    ]


@pytest.mark.parametrize(
    "address", ["sessions/als-1/index.html#downloads", "#", "b%20c.pdf", "https://elsewhere.invalid/"]
)
def test_link_to_a_file_opens_from_disk(site, address):
    (site / "index.html").write_text(PAGE.format(head="", body=f'<a href="{address}">a</a>'), encoding="utf-8")
    assert inspect.inspect(site, from_disk=True) == []
