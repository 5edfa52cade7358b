"""What the check says of a host's logo and statements."""

from __future__ import annotations

import os
import re

import pytest
from PIL import Image

from knowledge_base import catalogue, model
from tests.check.test_wrong_edits import HOST
from tests.conftest import ROOT, found

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
DRAWN = """
<!-- drawn by hand -->
<title>Wood</title>
<defs><linearGradient id="a"><stop offset="1" stop-color="#123"/></linearGradient><path id="b" d="M0 1h2"/></defs>
<style>.c{fill:url(#a)}</style>
<path class="c" fill="url(#a)" style="opacity:.5" d="M10.12 20 0161 496 0123 1234567890 07700900123z"/>
<use xlink:href="#b"/><use href="#b"/><text x="1" y="2">Wood</text>
"""


@pytest.fixture
def logo(fake):
    """Puts a logo into the fake project, and answers what the check says."""
    (fake / "data/local").mkdir()

    def put(name, content):
        (fake / "data/local.yml").write_text(f"{HOST}\n  logo: {name}\n", encoding="utf-8")
        (fake / f"data/local/{name}").write_bytes(content if isinstance(content, bytes) else content.encode())
        return [str(fault) for fault in found(fake)]

    return put


def picture(fake, kind="PNG", size=(30, 30)):
    path = fake / "picture"
    Image.new("RGB", size).save(path, kind)
    return path.read_bytes()


# --- the example in the file ----------------------------------------------------------------------------


def test_the_example_is_a_whole_edition_once_its_signs_are_taken_away(fake, logo):
    text = (ROOT / "data/local.yml").read_text(encoding="utf-8")
    if "\n# local:\n" not in text:
        pytest.skip("This is a host's own edition.")
    example = text[text.index("# local:\n") : text.rindex("\nlocal:")]
    logo("logo.svg", SVG.format(""))
    (fake / "data/local.yml").write_text(re.sub(r"(?m)^# ?", "", example), encoding="utf-8")
    assert [str(fault) for fault in found(fake)] == []
    filled = catalogue.build(fake).local
    assert [name for name in model.Local.model_fields if not getattr(filled, name)] == ["search_engines"]
    assert [
        name for part in ("accessibility", "privacy") for name, value in getattr(filled, part) if value is None
    ] == []


# --- logo -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawing", [SVG.format(DRAWN), f"<?xml version='1.0'?>\n{SVG.format(DRAWN)}"])
def test_a_drawing_is_left_alone(logo, drawing):
    assert logo("logo.svg", drawing) == []


@pytest.mark.parametrize(("name", "kind"), [("logo.png", "PNG"), ("our-logo-2.jpg", "JPEG"), ("logo.webp", "WEBP")])
def test_a_picture_is_left_alone(fake, logo, name, kind):
    assert logo(name, picture(fake, kind)) == []


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>go()</script>", "'<script>'"),
        ('<path onclick="go()"/>', "would run something ('onclick')"),
        ('<a href="https://wood.invalid/"><path/></a>', "'<a>'"),
        ('<image href="https://wood.invalid/x.png"/>', "'<image>'"),
        ('<use xlink:href="https://wood.invalid/x.svg#a"/>', "leads to something outside it"),
        ('<use href="data:image/svg+xml,x"/>', "leads to something outside it"),
        ('<path fill="url(https://wood.invalid/x)"/>', "fetches something ('fill')"),
        ("<path style=\"fill:url('//wood.invalid/x')\"/>", "fetches something ('style')"),
        ("<style>@import '//wood.invalid/x.css';</style>", "A style of the drawing fetches something"),
        ("<style>a{fill:u\\72l(//wood.invalid)}</style>", "A style of the drawing fetches something"),
        ("<foreignObject/>", "'<foreignObject>'"),
        ("<animate/>", "'<animate>'"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "'<html>'"),
        ("<?php go() ?>", "instructions for programs"),
    ],
)
def test_a_drawing_holds_nothing_but_a_drawing(logo, inside, said):
    (fault,) = logo("logo.svg", SVG.format(f"\n{inside}"))
    assert fault.startswith("data/local/logo.svg:2:1: KB701 ")
    assert said in fault
    assert fault.endswith("Save it as a plain SVG, without scripts, pictures or links inside; or use a .png.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<svg", "no drawing that a browser can show"),
        ("", "no drawing that a browser can show"),
        ("<svg><path/></svg>", "no drawing that a browser can show"),
        (b"\x89PNG", "no drawing that a browser can show"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG.format("")}', "defines words of its own"),
    ],
)
def test_what_is_no_drawing_is_told(logo, content, said):
    faults = logo("logo.svg", content)
    assert [fault for fault in faults if "KB701" in fault and said in fault], faults


def test_a_bomb_of_entities_is_not_unfolded(logo):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY a0 "x">{levels}]>{SVG.format("<text>&a11;</text>")}'
    assert any("KB701" in fault for fault in logo("logo.svg", bomb))


def test_a_picture_is_what_its_name_says(fake, logo):
    (fault,) = logo("logo.png", picture(fake, "JPEG"))
    assert "data/local/logo.png:1:1: KB701 This picture is of the kind JPEG" in fault


def test_a_logo_that_is_too_large_is_told(logo):
    (fault,) = logo("logo.svg", SVG.format(f"<desc>{'x ' * 30_000}</desc>"))
    assert fault.startswith(
        "data/local/logo.svg:1:1: KB408 The logo has 58 KB; at most 50 KB may stand on every page."
    )


def test_a_name_that_is_nearly_right_is_offered(fake, logo):
    logo("logo.png", picture(fake))
    (fake / "data/local.yml").write_text(f"{HOST}\n  logo: loga.png\n", encoding="utf-8")
    (fault,) = [str(fault) for fault in found(fake)]
    assert fault.startswith("data/local.yml:7:9: KB115 There is no picture 'data/local/loga.png'.")
    assert "Did you mean 'logo.png'?" in fault


def test_a_link_to_a_file_elsewhere_is_refused_and_not_followed(fake, logo, tmp_path):
    (tmp_path / "secret").write_text("<secret/>", encoding="utf-8")
    (fake / "data/local/logo.svg").symlink_to(tmp_path / "secret")
    (fake / "data/local.yml").write_text(f"{HOST}\n  logo: logo.svg\n", encoding="utf-8")
    assert [(fault.path, fault.code) for fault in found(fake)] == [("data/local/logo.svg", "KB702")]


def test_a_logo_that_changes_is_read_again(fake, logo):
    logo("logo.svg", SVG.format(""))
    before = catalogue.load(fake)
    assert catalogue.load(fake) is before
    os.utime(fake / "data/local/logo.svg", (1, 1))
    assert catalogue.load(fake) is not before


# --- statements -----------------------------------------------------------------------------------------


def blanks(fake, text):
    (fake / "data/local.yml").write_text(text, encoding="utf-8")
    return [(fault.line, fault.code, fault.severity, fault.message) for fault in found(fake)]


@pytest.mark.parametrize("text", ["local:\n", "local:\n  contacts: [{role: Desk, email: desk@wood.invalid}]\n", HOST])
def test_nothing_is_said_before_a_host_begins_and_when_all_is_there(fake, text):
    assert blanks(fake, text) == []


def test_a_host_is_told_what_its_statements_lack(fake):
    told = blanks(fake, "local:\n  council: Wood\n")
    assert {(line, code, severity) for line, code, severity, _ in told} == {(1, "KB116", "warning")}
    assert sorted(message for *_, message in told) == [
        "The accessibility statement lacks 'How it was tested, and by whom'.",
        "The accessibility statement lacks 'This copy was last tested on'.",
        "The accessibility statement lacks 'This statement was prepared on'.",
        "The accessibility statement lacks 'What is known not to work in this copy'.",
        "The accessibility statement lacks 'Whom to tell'.",
        "The accessibility statement lacks 'You get an answer within'.",
        "The privacy notice lacks 'Data protection officer'.",
        "The privacy notice lacks 'How long that is kept'.",
        "The privacy notice lacks 'Signing in'.",
        "The privacy notice lacks 'This notice was prepared on'.",
        "The privacy notice lacks 'What the web server writes down'.",
        "The privacy notice lacks 'Who else gets it'.",
        "The privacy notice lacks 'Why this is done, and the lawful basis'.",
    ]


@pytest.mark.parametrize(
    ("gone", "line", "lacks"),
    [
        ("tested: 2030-01-08, ", 3, "This copy was last tested on"),
        ("problems: [], ", 3, "What is known not to work in this copy"),
        ("logs_kept: A week, ", 4, "How long that is kept"),
        (", data_protection: true", 1, "Data protection officer"),
        (", accessibility: true", 1, "Whom to tell"),
    ],
)
def test_each_fact_is_missed_where_it_belongs(fake, gone, line, lacks):
    ((at, code, severity, message),) = blanks(fake, HOST.replace(gone, ""))
    assert (at, code, severity) == (line, "KB116", "warning")
    assert f"lacks '{lacks}'." in message


def test_a_statement_without_a_name_lacks_it(fake):
    text = HOST.replace("  council: Wood\n", "")
    assert [message.partition("lacks ")[2] for *_, message in blanks(fake, text)] == [
        "'Who answers for this copy'.",
        "'Who answers for personal data (the controller)'.",
    ]
