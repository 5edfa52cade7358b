"""What an author is told of private data, and above all what not: the value."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile

import docx
import pytest
from click.testing import CliRunner
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from knowledge_base.cli import main
from tests.conftest import found

PAGE = "docs/toolkit/axe.md"
NUMBER = "07911 123456"


def told(root):
    return [str(fault) for fault in found(root)]


def append(root, path, text):
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)
    return (root / path).read_text(encoding="utf-8").count("\n")


def allow(root, **changes):
    entry = {
        "file": PAGE,
        "kind": "telephone number",
        "beside": "Ring the wood",
        "reason": "It was printed for everybody.",
        "approver": "Forester",
        "date": "2021-05-01",
    } | changes
    lines = "".join(f"    {key}: {value}\n" for key, value in entry.items() if value is not None)
    (root / "data/allowed.yml").write_text(f"allowed:\n  -\n{lines}", encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (f"Ring {NUMBER}.", "KB601", "This looks like a telephone number. Take it out; a role's number belongs"),
        ("Write to jane.smith@council.gov.uk.", "KB601", "This looks like an e-mail address. Take it out, or write"),
        ("Her NHS number is 123 456 7890.", "KB601", "This looks like an NHS number. Take it out."),
        ("Jamie Smith, aged 7, was seen.", "KB602", "This looks like a name beside an age, a school or a family."),
        ("<!-- DOB 3/4/2014 -->", "KB601", "This looks like a date of birth."),
        ("`case no 12345`", "KB601", "This looks like a case number."),
    ],
)
def test_value_in_a_page_is_found_at_its_line_and_never_told(fake, text, code, words):
    line = append(fake, PAGE, f"\n{text}\n")
    (fault,) = told(fake)
    assert re.match(rf"{PAGE}:{line}:\d+: {code} ", fault)
    assert words in fault
    after = fault.split(f"{code} ")[1]
    assert not re.search(r"\d", after)
    assert not re.search(r"jane|smith", after.casefold())


def test_data_and_front_matter_are_looked_at(fake, faults_after):
    (fault,) = faults_after("data/glossary.yml", "glossary:", f"# {NUMBER}\nglossary:")
    assert fault.startswith("data/glossary.yml:1:3: KB601 ")
    front = faults_after(PAGE, "description: ", f"owner: Ring {NUMBER}\ndescription: ")
    assert [line.split(" ")[:2] for line in front if line.startswith(PAGE)] == [[f"{PAGE}:3:13:", "KB601"]]


def test_other_rules_do_not_tell_the_value_either(fake, faults_after):
    faults = faults_after(PAGE, "reviewed: 2021-05-01", f"reviewed: {NUMBER}")
    assert [fault.split(" ")[1] for fault in faults] == ["KB113", "KB601"]
    assert "'…' is not a date." in faults[0]
    assert NUMBER not in "".join(faults)


def test_contact_is_a_role_with_its_number_and_no_person(fake, faults_after):
    contact = "local:\n  contacts: [{{role: Desk, email: {}, telephone: '{}'}}]\n"
    assert faults_after("data/local.yml", None, contact.format("desk@wood.gov.uk", "01823 355455")) == []
    assert len(faults_after("data/local.yml", None, contact.format("desk@wood.gov.uk", NUMBER))) == 1
    assert len(faults_after("data/local.yml", None, contact.format("jane.elm@wood.gov.uk", "01823 355455"))) == 1


def test_name_of_a_file_is_looked_at_and_not_told(fake):
    (fake / "docs/notes/jamie-smith-aged-7.txt").write_text("Nothing.", encoding="utf-8")
    faults = told(fake)
    assert [fault for fault in faults if re.match(r"docs/notes/…\S*:1:1: KB602 .* in the file's name\.", fault)]
    assert not [fault for fault in faults if "jamie" in fault]


# --- documents and pictures -------------------------------------------------------------------------------


def word(text="", author="", comment=""):
    document = docx.Document()
    document.core_properties.author = author
    run = document.add_paragraph().add_run(text)
    if comment:
        document.add_comment(run, text=comment, author="")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(password="", **properties):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{key}": value for key, value in properties.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def picture(kind, exif=None, **texts):
    file = io.BytesIO()
    info = PngImagePlugin.PngInfo()
    for key, value in texts.items():
        info.add_text(key, value)
    Image.new("RGB", (8, 8)).save(file, kind, exif=exif or Image.Exif(), pnginfo=info)
    return file.getvalue()


def exif(tag, value):
    found = Image.Exif()
    if tag == "place":
        found[0x8825] = {1: value}
    else:
        found[tag] = value
    return found


def bookmarked():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_outline_item(title=f"Ring {NUMBER}", page_number=0)
    field = DictionaryObject({NameObject("/V"): TextStringObject("DOB 3/4/2014")})
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer._root_object[NameObject("/AcroForm")] = form
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def with_part(name, content):
    file = io.BytesIO(word("Trees."))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, content)
    return file.getvalue()


SHAPE = (
    f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><a descr="Ring {NUMBER}"/></w:p>'
)
LINK = '<a><b TargetMode="External" Target="mailto:jane.elm@council.gov.uk"/></a>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", word(f"Ring {NUMBER}."), "KB601 This looks like a telephone number in its text."),
        (
            "a.docx",
            word("Trees.", comment=f"Ring {NUMBER}."),
            "KB601 This looks like a telephone number in a comment.",
        ),
        ("a.docx", word("Trees.", author="Jane Elm"), "KB603 There is an author in a file in its properties."),
        ("a.pdf", pdf(Title=f"Ring {NUMBER}"), "KB601 This looks like a telephone number in its properties."),
        ("a.pdf", pdf(Author="Jane Elm"), "KB603 There is an author in a file in its properties."),
        ("a.pdf", pdf(password="secret"), "KB603 Nobody can look for private data in this file: it is locked"),  # noqa: S106
        ("a.pdf", b"%PDF-1.7 and no more", "KB603 Nobody can look for private data in this file: it is damaged"),
        ("a.png", b"\x89PNG " + NUMBER.encode(), "KB601 This looks like a telephone number in its bytes."),
        ("a.docx", b"PK", "KB603 Nobody can look for private data in this file: it is damaged"),
        ("a.jpg", picture("JPEG", exif("place", "N")), "KB603 There is a place where a picture was taken"),
        ("a.jpg", picture("JPEG", exif(0x013B, "Jane Elm")), "KB603 There is an author in a file"),
        ("a.jpg", picture("JPEG", exif(0x010E, "Jamie Smith, aged 7")), "KB602 This looks like a name beside"),
        ("a.png", picture("PNG", Comment=f"Ring {NUMBER}"), "KB601 This looks like a telephone number"),
        ("a.pdf", bookmarked(), "KB601 This looks like a telephone number in its fields, headings or notes."),
        ("a.pdf", bookmarked(), "KB601 This looks like a date of birth in its fields, headings or notes."),
        ("a.docx", with_part("word/shape.xml", SHAPE), "KB601 This looks like a telephone number in what is said of"),
        ("a.docx", with_part("word/x.rels", LINK), "KB601 This looks like an e-mail address in a link."),
        ("a.docx", with_part("customXml/x.xml", f"<a>{NUMBER}</a>"), "KB601 This looks like a telephone number"),
        ("a.docx", with_part("word/embeddings/x.xlsx", "PK"), "KB603 Nobody can look for private data in this file"),
        (
            "a.jpg",
            picture("JPEG") + b"Ring " + NUMBER.encode(),
            "KB601 This looks like a telephone number in the bytes",
        ),
        ("a.jpg", picture("JPEG", exif(0x0131, f"Ring {NUMBER}")), "KB601 This looks like a telephone number"),
        ("a.jpg", picture("JPEG", exif(0x013C, "Jane's telephone")), "KB603 There is an author in a file"),
    ],
)
def test_what_a_document_or_picture_holds_is_found(fake, name, content, words):
    (fake / "docs/toolkit" / name).write_bytes(content)
    faults = told(fake)
    assert [fault for fault in faults if fault.startswith(f"docs/toolkit/{name}:1:1: {words}")], faults
    assert not [fault for fault in faults if NUMBER in fault or "Jane" in fault]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word("Trees.", author="Programme team")),
        ("a.pdf", pdf(Title="Trees")),
        ("a.png", picture("PNG", Comment="A tree")),
        ("a.jpg", picture("JPEG")),
    ],
)
def test_document_or_picture_without_such_is_left_alone(fake, name, content):
    (fake / "docs/toolkit" / name).write_bytes(content)
    assert told(fake) == []


# --- the allow-list ---------------------------------------------------------------------------------------


def test_entry_allows_what_stands_beside_its_words(fake):
    append(fake, PAGE, f"\nRing the wood: {NUMBER}.\n")
    allow(fake)
    assert told(fake) == []


@pytest.mark.parametrize(
    "changes", [{"beside": "Ring the sea"}, {"kind": "postcode"}, {"file": "docs/index.md"}], ids=str
)
def test_entry_for_something_else_allows_nothing_and_is_told(fake, changes):
    append(fake, PAGE, f"\nRing the wood: {NUMBER}.\n")
    allow(fake, **changes)
    first, second = told(fake)
    assert first.startswith("data/allowed.yml:3:5: KB604 warning: This entry allows nothing.")
    assert " KB601 " in second


def test_entry_that_fits_nearly_every_line_is_refused(fake):
    append(fake, PAGE, f"\nRing the wood on {NUMBER}.\n")
    allow(fake, beside="on")
    assert any("data/allowed.yml:5" in fault and "This is too short" in fault for fault in told(fake))


def test_entry_allows_no_more_than_it_counts(fake):
    append(fake, PAGE, f"\nRing the wood: {NUMBER}, or 01823 366331.\n")
    allow(fake)
    assert len(told(fake)) == 1
    allow(fake, count=2)
    assert told(fake) == []
    allow(fake, count=3)
    assert "This entry allows only 2 of 3." in told(fake)[0]


@pytest.mark.parametrize("key", ["reason", "approver", "date", "beside"])
def test_entry_needs_a_reason_an_approver_and_a_day(fake, key):
    append(fake, PAGE, f"\nRing the wood: {NUMBER}.\n")
    allow(fake, **{key: None})
    faults = told(fake)
    assert f"KB112 The key '{key}' is missing." in faults[0]
    assert " KB601 " in faults[1]


# --- commit messages --------------------------------------------------------------------------------------


@pytest.fixture
def kb(fake, monkeypatch):
    monkeypatch.chdir(fake)
    return lambda *words: CliRunner().invoke(main, ["check", *words])


@pytest.fixture
def commit(fake):
    def run(message):
        who = ["-c", "user.name=A", "-c", "user.email=a@wood.invalid", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, "commit", "-q", "--allow-empty", "-m", message], cwd=fake, check=True)

    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=fake, check=True)
    run(f"Before, {NUMBER}")
    subprocess.run(["git", "checkout", "-q", "-b", "change"], cwd=fake, check=True)
    return run


def test_messages_of_the_branch_are_looked_at(kb, commit):
    commit(f"Plant an oak\n\nRing {NUMBER}.\n\nCo-authored-by: Jane Elm <jane.elm@wood.gov.uk>")
    result = kb("--commits", "main")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert re.match(r"commit [0-9a-f]{12}:3:6: KB601 This looks like a telephone number\. Take it out\.", line)
    assert NUMBER not in line


def test_branch_with_good_messages_passes(kb, commit):
    commit("Plant an oak in 2010-11")
    assert kb("--commits", "main").exit_code == 0


@pytest.mark.parametrize("base", ["elsewhere", "--output=x"])
def test_base_that_git_does_not_know_is_told(kb, commit, base):
    result = kb(f"--commits={base}")
    assert result.exit_code == 1
    assert f"Git does not know where '{base}' and this branch part" in result.stderr


def test_without_git_that_is_said(kb, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = kb("--commits", "main")
    assert result.exit_code == 1
    assert result.stderr.startswith("Git was not found")


def test_what_was_found_is_found_again(fake):
    append(fake, PAGE, f"\nRing {NUMBER}.\n")
    first = told(fake)
    assert (fake / ".cache/check.json").is_file()
    assert told(fake) == first
    assert first
