from __future__ import annotations

import os
import subprocess
import sys

import pytest

from knowledge_base import catalogue, check, downloads
from knowledge_base.calls import read_pieces
from knowledge_base.faults import UnknownNameError


@pytest.fixture
def whole(fake):
    return catalogue.build(fake)


def write(root, path, old, new):
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def new_session(root, name, **keys):
    """Another session, made of the fake one."""
    text = (root / "docs/sessions/als-1.md").read_text(encoding="utf-8").replace("id: als-1", f"id: {name}")
    for key, value in keys.items():
        old = next(line for line in text.split("\n") if line.startswith(f"{key}:"))
        text = text.replace(old, f"{key}: {value}")
    (root / f"docs/sessions/{name}.md").write_text(text, encoding="utf-8")


# --- what it holds --------------------------------------------------------------------------------------


def test_fake_project_has_no_fault(whole):
    assert whole.faults == []


def test_every_page_is_there_by_its_path(whole, fake):
    on_disk = {path.relative_to(fake / "docs").as_posix() for path in (fake / "docs").rglob("*.md")}
    assert whole.pages.keys() == on_disk


def test_collections_keep_the_order_of_their_files(whole):
    assert list(whole.references) == ["ash-2001", "birch-elm-2002", "oak-2003a", "oak-2003b"]
    assert list(whole.collection("footnotes")) == ["pine-footnote"]


def test_same_id_in_two_collections_is_kept_apart(whole):
    assert whole.collection("outcomes")["shade"] is not whole.collection("glossary")["shade"]


def test_collection_that_does_not_exist_is_empty(whole):
    assert whole.collection("trees") == {}


def test_file_with_a_fault_leaves_its_collection_empty(fake):
    write(fake, "data/outcomes.yml", "number: 1", "number: one")
    whole = catalogue.build(fake)
    assert whole.collection("outcomes") == {}
    assert [fault.path for fault in whole.faults] == ["data/outcomes.yml"]


def test_programme_with_a_fault_is_none(fake, whole):
    assert whole.programme.title == "Fake programme"
    write(fake, "data/programme.yml", "cohort:", "kohort:")
    assert catalogue.build(fake).programme is None


def test_page_with_a_fault_is_known_by_its_path(fake):
    write(fake, "docs/toolkit/axe.md", "title: The axe", "titel: The axe")
    page = catalogue.build(fake).pages["toolkit/axe.md"]
    assert (page.title, page.session, page.notes) == ("toolkit/axe.md", None, None)


def test_page_that_is_no_text_is_left_out_with_its_fault(fake):
    (fake / "docs/toolkit/axe.md").write_bytes(b"\xff")
    whole = catalogue.build(fake)
    assert "toolkit/axe.md" not in whole.pages
    assert [fault.code for fault in whole.faults] == ["KB101"]


def test_hidden_files_and_other_files_are_no_pages(fake, whole):
    for name in (".hidden.md", ".git/page.md", "picture.png", "notes/draft.md.txt"):
        path = fake / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert sorted(catalogue.page_files(fake)) == sorted(whole.pages)


def test_calls_of_a_page_have_their_lines_in_the_file(whole, fake):
    lines = (fake / "docs/sessions/als-1.md").read_text(encoding="utf-8").split("\n")
    calls = whole.pages["sessions/als-1.md"].calls
    assert [call.name for call in calls].count("cite") == 2
    assert all(f"{{{{ {call.name}(" in lines[call.line - 1] for call in calls)


@pytest.mark.parametrize("path", ["sessions/als-1.md", "toolkit/axe.md", "index.md"])
@pytest.mark.parametrize(
    "more", ["", "\n\n{# with a comment #} {{ sources() }}, and {% raw %}{{ braces }}{% endraw %}\n"]
)
def test_a_page_is_cut_at_its_calls_however_it_had_to_be_read(fake, path, more):
    with (fake / "docs" / path).open("a", encoding="utf-8") as file:
        file.write(more)
    page = catalogue.build(fake).pages[path]
    pieces = read_pieces(page.source.body, path, page.source.body_line)[0]
    assert list(page.pieces) == pieces
    assert [piece for piece in page.pieces if not isinstance(piece, str)] == list(page.calls)
    if not more:
        body = page.source.body
        whole = "".join(piece if isinstance(piece, str) else body[slice(*piece.span)] for piece in page.pieces)
        assert whole == body.removesuffix("\n")


# --- references -----------------------------------------------------------------------------------------


def test_work_is_found_by_its_id(whole):
    assert whole.reference("ash-2001").title == "A book about trees"


def test_unknown_work_is_answered_with_the_nearest(whole):
    with pytest.raises(UnknownNameError, match=r"There is no reference 'ash-2010'. Did you mean 'ash-2001'\?"):
        whole.reference("ash-2010")


def test_pages_are_not_to_blame_for_a_work_with_a_fault(fake):
    write(fake, "data/references.yml", "issued: 2001", "issued: once")
    whole = catalogue.build(fake)
    assert whole.reference("ash-2001") is None
    with pytest.raises(UnknownNameError):
        whole.reference("fir-1999")


def test_pages_are_not_to_blame_where_no_reference_can_be_read(fake):
    write(fake, "data/references.yml", "references:\n", "references: [\n")
    assert catalogue.build(fake).reference("fir-1999") is None


# --- order ----------------------------------------------------------------------------------------------


def test_sessions_come_as_launch_sets_and_mentors_by_their_dates(fake):
    new_session(fake, "launch", kind="launch", when="{from: 2021-01}")
    new_session(fake, "als-3", when="{from: 2020-09}")
    new_session(fake, "als-2", when="{from: 2020-06-30}")
    names = [page.session.id for page in catalogue.build(fake).sessions]
    assert names == ["launch", "als-1", "als-2", "als-3", "mentors-1"]


def test_reading_order_has_every_page_once_and_sessions_first(whole):
    order = [page.path for page in whole.reading_order]
    assert order[:2] == ["sessions/als-1.md", "sessions/mentors-1.md"]
    assert order[2:] == sorted(whole.pages.keys() - set(order[:2]))


def test_notes_come_by_cohort_and_then_as_their_sessions_do(fake):
    text = (fake / "docs/notes/2020-21/als-1-north.md").read_text(encoding="utf-8")
    for cohort, session in (("2021-22", "als-1"), ("2020-21", "mentors-1"), ("2021-22", "unheard-of")):
        changed = text.replace("2020-21", cohort).replace("session: als-1", f"session: {session}")
        path = fake / f"docs/notes/{cohort}/{session}-north.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(changed, encoding="utf-8")
    assert [page.path for page in catalogue.build(fake).notes] == [
        "notes/2020-21/als-1-north.md",
        "notes/2020-21/mentors-1-north.md",
        "notes/2021-22/als-1-north.md",
        "notes/2021-22/unheard-of-north.md",
    ]


# --- who cites what -------------------------------------------------------------------------------------


def cited_on(whole, work):
    return [page.path for page in whole.cited_on.get(work, [])]


def test_work_is_cited_by_calls_and_by_what_a_page_draws(whole):
    drawn = ["research/recommendations.md", "research/tables.md"]
    assert cited_on(whole, "ash-2001") == ["sessions/als-1.md", "sessions/mentors-1.md", *drawn]
    assert cited_on(whole, "oak-2003a") == ["sessions/als-1.md", "sessions/mentors-1.md"]


def test_page_that_draws_no_citation_cites_no_work(fake):
    write(fake, "docs/research/recommendations.md", "{{ recommendations() }}", "See above.")
    assert "research/recommendations.md" not in cited_on(catalogue.build(fake), "ash-2001")


def test_bibliography_cites_no_work(whole):
    assert cited_on(whole, "oak-2003b") == []


def test_works_of_a_page_come_once_in_the_order_of_their_mention(fake):
    write(fake, "docs/index.md", "Welcome", '{{ cite("oak-2003a") }} {{ cite("ash-2001", "oak-2003a") }} Welcome')
    whole = catalogue.build(fake)
    assert whole.works_on(whole.pages["index.md"]) == ["oak-2003a", "ash-2001"]


# --- related pages --------------------------------------------------------------------------------------


def relate(root, path, *others):
    write(root, f"docs/{path}", "reviewed: 2021-05-01", f"reviewed: 2021-05-01\nrelated: [{', '.join(others)}]")


def related(root):
    return {path: [page.path for page in pages] for path, pages in catalogue.build(root).related.items() if pages}


def test_pages_are_related_both_ways(fake):
    relate(fake, "toolkit/axe.md", "sessions/als-1.md")
    assert related(fake) == {"toolkit/axe.md": ["sessions/als-1.md"], "sessions/als-1.md": ["toolkit/axe.md"]}


def test_pages_that_name_each_other_are_related_once(fake):
    relate(fake, "toolkit/axe.md", "sessions/als-1.md")
    relate(fake, "sessions/als-1.md", "toolkit/axe.md")
    assert related(fake) == {"toolkit/axe.md": ["sessions/als-1.md"], "sessions/als-1.md": ["toolkit/axe.md"]}


def test_what_a_page_names_comes_before_those_that_name_it(fake):
    relate(fake, "sessions/als-1.md", "tools.md")
    relate(fake, "about/historical-record.md", "sessions/als-1.md")
    assert related(fake)["sessions/als-1.md"] == ["tools.md", "about/historical-record.md"]


def test_first_page_of_a_section_does_not_list_who_names_it(fake):
    relate(fake, "toolkit/axe.md", "sessions/index.md", "index.md")
    assert related(fake) == {"toolkit/axe.md": ["sessions/index.md", "index.md"]}


def test_first_page_of_a_section_has_the_pages_that_it_names(fake):
    relate(fake, "sessions/index.md", "toolkit/axe.md")
    assert related(fake) == {"sessions/index.md": ["toolkit/axe.md"], "toolkit/axe.md": ["sessions/index.md"]}


def test_only_so_many_pages_are_shown_as_related(fake):
    names = [path for path in catalogue.page_files(fake) if path not in {"toolkit/axe.md", "tools.md"}]
    assert len(names) > catalogue.MOST_RELATED
    for name in names:
        relate(fake, name, "toolkit/axe.md")
    relate(fake, "toolkit/axe.md", "tools.md")
    shown = related(fake)["toolkit/axe.md"]
    assert len(shown) == catalogue.MOST_RELATED
    assert shown[0] == "tools.md"


def test_page_that_is_not_there_is_not_related(fake):
    relate(fake, "toolkit/axe.md", "sessions/als-9.md")
    assert related(fake) == {}


# --- loaded once ----------------------------------------------------------------------------------------


def test_catalogue_is_kept_while_nothing_changes(fake):
    assert catalogue.load(fake) is catalogue.load(fake)


def test_changed_page_is_read_again(fake):
    catalogue.load(fake)
    write(fake, "docs/toolkit/axe.md", "title: The axe", "title: The saw")
    assert catalogue.load(fake).pages["toolkit/axe.md"].title == "The saw"


def test_change_of_the_same_length_is_read_again(fake):
    catalogue.load(fake)
    path = fake / "data/glossary.yml"
    write(fake, "data/glossary.yml", "A plan.", "A tree.")
    os.utime(path, ns=(1, 1))
    assert catalogue.load(fake).collection("glossary")["tfk"].meaning == "A tree."


def test_new_and_deleted_pages_are_seen(fake):
    catalogue.load(fake)
    (fake / "docs/toolkit/axe.md").rename(fake / "docs/toolkit/saw.md")
    pages = catalogue.load(fake).pages
    assert "toolkit/saw.md" in pages
    assert "toolkit/axe.md" not in pages


def test_two_projects_are_kept_apart(fake, tmp_path):
    (tmp_path / "docs").mkdir()
    assert catalogue.load(fake).pages
    assert catalogue.load(tmp_path).pages == {}


def test_lock_file_of_an_editor_does_no_harm(fake):
    (fake / "data/.#references.yml").symlink_to("author@host.1234:1700000000")
    (fake / "docs/.#index.md").symlink_to("author@host.1234:1700000000")
    assert catalogue.load(fake).faults == []


def test_library_is_free_of_mkdocs():
    modules = "catalogue, check, cli, load, model, schemas, calls, render.vocabulary, publish.build"
    names = ", ".join(f"knowledge_base.{name}" for name in modules.split(", "))
    program = f"import sys, {names}; sys.exit(any(name.split('.')[0] == 'mkdocs' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_page_that_is_a_link_to_nowhere_is_a_fault_and_no_traceback(fake):
    (fake / "docs" / "lost.md").symlink_to("nowhere.md")
    whole = catalogue.load(fake)
    told = [(fault.path, fault.code) for fault in check.check(whole)]
    assert told == [("docs/lost.md", "KB702")]


def test_only_the_first_page_of_a_folder_is_an_index(fake):
    (fake / "docs/toolkit/axe.md").rename(fake / "docs/toolkit/axe-index.md")
    relate(fake, "toolkit/axe-index.md", "sessions/index.md", "sessions/als-1.md")
    whole = catalogue.build(fake)
    page = whole.pages["toolkit/axe-index.md"]
    assert (page.address, page.is_index) == ("toolkit/axe-index/", False)
    assert (whole.pages["sessions/index.md"].address, whole.pages["sessions/index.md"].is_index) == (
        "sessions/",
        True,
    )
    assert downloads.of_page(page)[0] == ("PDF", "downloads/toolkit/axe-index.pdf")
    assert page in whole.related["sessions/als-1.md"]
    assert page not in whole.related.get("sessions/index.md", [])
