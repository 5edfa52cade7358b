"""What the families of rules find besides the examples of the rules, and good pages on which they are silent."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from knowledge_base import catalogue, check
from knowledge_base.catalogue import Catalogue, Page
from knowledge_base.check import html, link_text, pictures, plain_english, tables
from knowledge_base.load import Data, parse_page
from tests.check.test_left_alone import PAGE
from tests.conftest import FAKE, found

SESSION = "docs/sessions/als-1.md"
TEXT = "Walking.\n"  # on line 26


def codes(told):
    return [re.match(r"\S+?:(\d+):\d+: (KB\d+)", line).groups() for line in told]


# --- HTML -----------------------------------------------------------------------------------------------

ATTACKS = {
    "script": ("<script>alert(1)</script>", "KB404"),
    "script in capitals": ("<SCRIPT SRC=x></SCRIPT>", "KB404"),
    "script put together by a comment": ("<scr{# x #}ipt>alert(1)</script>", "KB404"),
    "script in a comment": ("<!-- <script>x</script> -->", "KB404"),
    "style": ("<style>p { color: red }</style>", "KB404"),
    "frame": ("Text <iframe src='x.html'></iframe>", "KB404"),
    "form": ("<form action='x'><input></form>", "KB404"),
    "object": ("<object data='x'></object>", "KB404"),
    "drawing": ("<svg onload=alert(1)></svg>", "KB404"),
    "refresh": ("<meta http-equiv='refresh' content='0;url=//wood.invalid'>", "KB404"),
    "other addresses": ("<base href='//wood.invalid/'>", "KB404"),
    "style sheet": ("<link rel='stylesheet' href='x.css'>", "KB404"),
    "instruction": ("<?php x ?>", "KB404"),
    "heading": ("<h2>Trees</h2>", "KB404"),
    "event": ("<p onmouseover='x()'>Trees</p>", "KB405"),
    "event by an attribute list": ("Trees\n{: onclick='x()' }", "KB405"),
    "style by an attribute list": ("[the home page](../index.md){ style='color:red' }", "KB405"),
    "class of the theme": ("<div class='md-banner'>Trees</div>", "KB405"),
    "class of the site's own": ("Trees\n{: .kb-facts }", "KB405"),
    "window": ("[the home page](../index.md){ target=_blank }", "KB405"),
    "script as an address": ("[the home page](java&#115;cript:alert(1))", "KB403"),
    "script behind a sign": ("[the home page](&#1;javascript:alert(1))", "KB403"),
    "script put together by Jinja": ("[the home page](java{# x #}script:alert(1))", "KB403"),
    "data as an address": ("[the home page](data:text/html;base64,PHA+)", "KB403"),
    "picture from elsewhere": ("![Trees](//wood.invalid/x.png)", "KB403"),
}


@pytest.mark.parametrize(("text", "code"), ATTACKS.values(), ids=ATTACKS)
def test_what_could_run_or_load_is_refused(faults_after, text, code):
    told = codes(faults_after(SESSION, TEXT, f"{text}\n"))
    assert code in [found for _, found in told]
    if code != "KB403" or "{#" not in text:
        assert next(line for line, found in told if found == code) in {"26", "27"}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("<div>\n\nTrees.", "26", "KB406"),
        ("Trees.\n\n</div>", "28", "KB406"),
        ("Trees <span>and more.", "26", "KB406"),
        ("Trees.\n\n{% raw %}{{ page.title }}{% endraw %}", "28", "KB302"),
        ("| A | B |\n| - | - |\n| 1 |", "28", "KB506"),
        ("| A | B |\n| - |\n| 1 | 2 |", "27", "KB506"),
        ("| A | B |\n| 1 | 2 |", "26", "KB507"),
        ("Trees:\n| A | B |\n| - | - |\n| 1 | 2 |", "27", "KB507"),
        ("[](../index.md)", "26", "KB409"),
        ("[click  here](../index.md)", "26", "KB409"),
        ("Trees.\n\n[Here.](../index.md)", "28", "KB409"),
        ("[https://wood.invalid](https://wood.invalid)", "26", "KB409"),
        ("{{ outcomes() }}\n\n{{ outcomes() }}", "28", "KB410"),
        ("<p id='a'>A</p>\n\n<p id='a'>B</p>", "28", "KB410"),
    ],
)
def test_slip_is_told_on_its_line(faults_after, text, line, code):
    assert (line, code) in codes(faults_after(SESSION, TEXT, f"{text}\n"))


GOOD = """
TFK grows.[^wet] H~2~O &amp; 3 &lt; 4 &copy; <kbd>Ctrl</kbd> H<sub>2</sub>O <mark>new</mark>

*[TFK]: Trees for kindness

!!! added "Added guidance"
    - Elm
        1. small

            More of it.

Elm
:   A tree.

Table: Trees

| Tree | Leaf \\| bark | `a | b` |
| :--- | :---: | ---: |
| [Elm](../index.md) | small | {{ cite("ash-2001") }} |
| Oak | **big** | 3 |
{ .quiet }

<div markdown="1" class="quiet">

Inside, see [what was covered](#what-was-covered).

</div>

<figure markdown="span">
![An elm in the snow](elm.png){ width="100" }
<figcaption>An elm</figcaption>
</figure>

``` python
print("{% raw %}{{ x }}{% endraw %}")
```

    <div> in indented code

`<script>`, <https://wood.invalid/elm> and [a place](<https://wood.invalid/a b>).<br>
Text <!-- seen by nobody --> and “in order to”, *The Disabled in Order to Walk*.

### Far { #far .quiet }

Text with a quotation:

> We met.

---

### Near

1. one
2. two

[^wet]: Of the *wet* kind.
"""


def test_page_with_every_permitted_feature_is_left_alone(fake, faults_after):
    Image.new("RGB", (20, 20)).save(fake / "docs/sessions/elm.png")
    assert faults_after(SESSION, TEXT, f"{TEXT}{GOOD}\n") == []


@pytest.mark.programs
def test_same_page_is_left_alone_by_the_other_programs(fake, faults_after):
    Image.new("RGB", (20, 20)).save(fake / "docs/sessions/elm.png")
    assert faults_after(SESSION, TEXT, f"{TEXT}{GOOD}\nALS 1, MASH, CAF, DoLS, AMHP; organised, behaviour.\n") == []


# --- pictures and files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["", "elm.png", "Image", "IMG_2034", "Picture of an elm"])
def test_picture_that_is_not_described(fake, faults_after, said):
    Image.new("RGB", (20, 20)).save(fake / "docs/sessions/elm.png")
    told = faults_after(SESSION, TEXT, f"Text.\n\n![{said}](elm.png)\n")
    assert codes(told) == [("28", "KB407")]


def _bytes(kind: str, side: int) -> bytes:
    file = BytesIO()
    Image.new("L", (side, 1)).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("docs/about/x.js", b"x", "KB701"),
        ("docs/about/x.svg", b"<svg/>", "KB701"),
        ("docs/about/Makefile", b"x", "KB701"),
        ("docs/about/x.pdf", b"MZ", "KB701"),
        ("docs/about/x.png", b"<html>", "KB701"),
        ("docs/about/x.png", _bytes("JPEG", 3), "KB701"),
        ("docs/about/x.png", _bytes("PNG", 2401), "KB408"),
        ("docs/about/con.pdf", b"%PDF", "KB703"),
        ("docs/about/.nav.yaml", b"nav: []", "KB703"),
        ("docs/about/x_ .pdf", b"%PDF", "KB703"),
        ("docs/assets/x.pdf", b"%PDF", "KB704"),
        ("docs/404.md", PAGE.encode(), "KB704"),
    ],
)
def test_file_that_may_not_stand_there(faults_after, path, content, code):
    told = faults_after(path, None, content)
    assert any(f" {code} " in line for line in told), told


def test_linked_folder_is_refused(fake):
    (fake / "docs/more").symlink_to(fake / "data")
    assert [(fault.path, fault.code) for fault in found(fake)] == [("docs/more", "KB702")]


def test_linked_page_and_data_are_refused_and_not_read(fake, tmp_path):
    (tmp_path / "secret").write_text("---\ntitle: [secret]\n---\n")
    (fake / "docs/about/x.md").symlink_to(tmp_path / "secret")
    (fake / "data/local.yml").unlink()
    (fake / "data/local.yml").symlink_to(tmp_path / "secret")
    assert [(fault.path, fault.code) for fault in found(fake)] == [
        ("data/local.yml", "KB702"),
        ("docs/about/x.md", "KB702"),
    ]


# --- words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The deaf child came, and a blind spot was seen.",
        "He said “in order to”, *In order to walk*, `in order to` and 'prior to'.",
        "[home](../index.md#prior-to 'prior to') and https://wood.invalid/in-order-to",
    ],
)
def test_words_of_others_are_left_alone(faults_after, text):
    assert not [line for line in faults_after(SESSION, TEXT, f"{text}\n") if "KB508" in line or "KB509" in line]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("We **utilised** it.", "KB508", 6),
        ("Prior to that.", "KB508", 1),
        ("The deaf are here.", "KB509", 1),
        ("He absconded.", "KB509", 4),
    ],
)
def test_word_is_a_warning_at_its_place(fake, text, code, column):
    page = fake / SESSION
    page.write_text(page.read_text().replace(TEXT, f"{text}\n"))
    (fault,) = found(fake)
    assert (fault.line, fault.column, fault.code, fault.severity) == (26, column, code, "warning")


def test_extension_that_does_not_exist_is_told(faults_after):
    (told,) = faults_after("mkdocs.yml", "  - abbr", "  - nobody_knows")
    assert told.startswith("mkdocs.yml:4:5: KB107 The Markdown extension 'nobody_knows' cannot be used")


def test_recommendation_that_a_form_names_is_told_in_its_front_matter(faults_after):
    (told,) = faults_after("docs/toolkit/axe.md", "recommendation: plant", "recommendation: plan")
    assert told.startswith("docs/toolkit/axe.md:17:56: KB115 There is no recommendation 'plan'.")


# --- whatever is written --------------------------------------------------------------------------------

_SIGNS = st.text("ab \n\t<>/[](){}%#!|-`*_:=\"'&;\\^~.1é“", max_size=120)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SIGNS)
def test_any_text_gives_faults_or_none(text):
    source, _ = parse_page(PAGE.replace("Sharp.", text).encode(), "about/x.md")
    assert source is not None
    calls, faults = catalogue.read_calls(source.body, "docs/about/x.md", source.body_line)
    page = Page(source, tuple(calls), refused=bool(faults))
    whole = Catalogue(FAKE, Data(), {"about/x.md": page}, faults)
    for family in (link_text, pictures, plain_english, tables):
        for fault in family.check(whole):
            assert fault.line >= source.body_line
    for fault in html.check(whole, {"docs/about/x.md"}):
        assert fault.line >= source.body_line


def test_what_was_converted_is_kept_and_used_again(fake, monkeypatch):
    page = fake / SESSION
    page.write_text(page.read_text().replace(TEXT, "[](../index.md)\n"))
    first = found(fake)
    assert (fake / ".cache/check.json").is_file()
    monkeypatch.setattr(check.memory, "_memory", {})
    monkeypatch.setattr(check.memory, "_loaded", {})
    monkeypatch.setattr(check.outline, "_convert", lambda text, config: pytest.fail("converted again"))
    assert found(fake) == first


@pytest.mark.parametrize("text", ["[" * 60_000, "<!-- " * 12_000, "{{ " * 20_000, "a\n:   b\n" * 2_000, " " * 60_000])
def test_page_that_is_written_to_keep_the_check_busy_is_bounded(text):
    source, faults = parse_page(PAGE.replace("Sharp.", text).encode(), "about/x.md")
    assert source is not None or [fault.code for fault in faults] == ["KB105"]
    assert (source is None) == (max(text.count(sign) for sign in "[<{") > 2_000 or text.count("\n") > 2_500)
