from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from knowledge_base.publish import switch
from knowledge_base.publish.switch import BusyError, alone, digest


@pytest.fixture
def publish(tmp_path):
    """Publishes a home page with some words, and answers where it stands."""

    def now(words):
        built = tmp_path / "building"
        (built / "about").mkdir(parents=True)
        for name, text in {"index.html": words, "about/index.html": "About"}.items():
            (built / name).write_text(text, encoding="utf-8")
        target = switch.switch(built, tmp_path / "site", tmp_path / ".cache/builds")
        if built.exists():  # the same content was there already; `alone` sweeps what is left
            for path in (built / "index.html", built / "about/index.html"):
                path.unlink()
            (built / "about").rmdir()
            built.rmdir()
        return target

    return now


def page(tmp_path):
    return (tmp_path / "site/index.html").read_text(encoding="utf-8")


def builds(tmp_path):
    return {path.name: path for path in (tmp_path / ".cache/builds").iterdir()}


# --- the published site ---------------------------------------------------------------------------------


def test_first_build_is_published(tmp_path, publish):
    target = publish("one")
    assert page(tmp_path) == "one"
    assert (tmp_path / "site").resolve() == target
    assert (tmp_path / "site/about/index.html").is_file()


def test_next_build_takes_its_place(tmp_path, publish):
    first, second = publish("one"), publish("two")
    assert page(tmp_path) == "two"
    assert (first / "index.html").read_text(encoding="utf-8") == "one"
    assert first != second


def test_nothing_else_is_left_beside_the_site(tmp_path, publish):
    publish("one")
    publish("two")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "site"]


def test_project_can_be_moved_with_its_site(tmp_path, publish):
    publish("one")
    assert not os.path.isabs(os.readlink(tmp_path / "site"))
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    assert page(moved) == "one"
    moved.rename(tmp_path)


def test_same_content_twice_is_one_build(tmp_path, publish):
    assert publish("one") == publish("one")
    assert len(builds(tmp_path)) == 1
    assert page(tmp_path) == "one"


def test_going_back_to_an_earlier_content_publishes_it_again(tmp_path, publish):
    first = publish("one")
    publish("two")
    assert publish("one") == first
    assert page(tmp_path) == "one"
    assert len(builds(tmp_path)) == 2


def test_folder_that_was_there_before_is_kept(tmp_path, publish):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/mine.txt").write_text("by hand", encoding="utf-8")
    publish("one")
    assert page(tmp_path) == "one"
    assert [path.read_text(encoding="utf-8") for path in (tmp_path / ".cache/builds").glob("found-*/mine.txt")] == [
        "by hand"
    ]


def test_second_folder_made_by_hand_is_no_obstacle(tmp_path, publish):
    for words in ("one", "two"):
        if (tmp_path / "site").is_symlink():
            (tmp_path / "site").unlink()
        (tmp_path / "site").mkdir()
        (tmp_path / "site/mine.txt").write_text(words, encoding="utf-8")
        publish(words)
    assert page(tmp_path) == "two"


def test_link_to_a_build_that_is_gone_is_replaced(tmp_path, publish):
    (tmp_path / "site").symlink_to("nowhere")
    publish("one")
    assert page(tmp_path) == "one"


def test_link_that_a_killed_build_left_is_no_obstacle(tmp_path, publish):
    (tmp_path / f"site.{os.getpid()}").symlink_to("nowhere")
    publish("one")
    assert page(tmp_path) == "one"
    assert (tmp_path / "site").is_symlink()


def test_three_builds_are_kept_the_newest(tmp_path, publish):
    made = []
    for hour, words in enumerate("abcde"):
        made.append(publish(words).name)
        os.utime(tmp_path / ".cache/builds" / made[-1], (hour * 3600, hour * 3600))
    assert switch.KEPT == 3
    assert set(builds(tmp_path)) == set(made[-3:])


def test_published_build_is_kept_however_old_its_content(tmp_path, publish):
    made = {words: publish(words).name for words in "abc"}
    for path in builds(tmp_path).values():
        os.utime(path, (10**10, 10**10))
    publish("a")
    publish("d")
    assert page(tmp_path) == "d"
    publish("a")
    assert page(tmp_path) == "a"
    assert made["a"] in builds(tmp_path)
    assert len(builds(tmp_path)) == 3


def test_reader_never_finds_the_site_missing(tmp_path, publish):
    publish("0")
    seen, wrong, done = set(), [], threading.Event()

    def poll():
        while not done.is_set():
            try:
                seen.add(page(tmp_path))
            except OSError as error:
                wrong.append(error)

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        for number in range(1, 3000):
            publish(str(number % 7))
            # Three builds are kept: on a busy machine a reader is not to be outrun by three in a row.
            time.sleep(0.002)
            if number > 150 and len(seen) > 1:
                break
    finally:
        done.set()
        reader.join()
    assert wrong == []
    assert seen <= set("0123456")
    assert len(seen) > 1


# --- what a build is named by ---------------------------------------------------------------------------


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return digest(folder)


def test_same_files_have_the_same_name_whenever_they_were_written(tmp_path):
    files = {"b.html": "b", "a/c.html": "c"}
    first = write(tmp_path / "1", files)
    assert write(tmp_path / "2", dict(reversed(files.items()))) == first
    os.utime(tmp_path / "1/b.html", (0, 0))
    assert digest(tmp_path / "1") == first


@pytest.mark.parametrize("files", [{"a": "b"}, {"a": "", "b": ""}, {"b": "a"}, {"a/b": "a"}, {"a": "a", "b": ""}])
def test_other_names_or_bytes_give_another_name(tmp_path, files):
    assert write(tmp_path / "1", files) != write(tmp_path / "2", {"a": "a"})


# --- one build at a time --------------------------------------------------------------------------------


def test_second_build_is_refused_and_leaves_the_first_alone(tmp_path):
    with alone(tmp_path / ".cache") as fresh:
        (fresh / "page.html").write_text("half", encoding="utf-8")
        with pytest.raises(BusyError), alone(tmp_path / ".cache"):
            pytest.fail("two builds at once")
        assert (fresh / "page.html").read_text(encoding="utf-8") == "half"


def test_build_of_another_process_is_refused_too(tmp_path):
    program = (
        "import sys, pathlib\n"
        "from knowledge_base.publish.switch import BusyError, alone\n"
        "try:\n"
        "    with alone(pathlib.Path(sys.argv[1])): pass\n"
        "except BusyError: sys.exit(5)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with alone(tmp_path):
        assert subprocess.run(command, check=False).returncode == 5
    assert subprocess.run(command, check=False).returncode == 0


def test_next_build_may_begin_when_one_has_ended_or_failed(tmp_path):
    with alone(tmp_path):
        pass
    with pytest.raises(ZeroDivisionError), alone(tmp_path):
        raise ZeroDivisionError
    with alone(tmp_path) as fresh:
        assert list(fresh.iterdir()) == []


def test_folder_to_build_in_goes_with_the_build(tmp_path):
    with alone(tmp_path) as fresh:
        (fresh / "site").mkdir()
        (fresh / "site/page.html").write_text("x", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["build.lock"]


def test_what_killed_builds_left_is_swept(tmp_path):
    for name in ("building-1", f"building-{os.getpid()}"):
        (tmp_path / name / "site").mkdir(parents=True)
        (tmp_path / name / "site/page.html").write_text("x", encoding="utf-8")
    (tmp_path / "citations-0.json").write_text("{}", encoding="utf-8")
    with alone(tmp_path) as fresh:
        assert sorted(path.name for path in tmp_path.glob("building-*")) == [fresh.name]
        assert list(fresh.iterdir()) == []
    assert (tmp_path / "citations-0.json").is_file()


def test_lock_of_a_killed_build_is_free(tmp_path):
    program = (
        "import os, pathlib, sys\n"
        "from knowledge_base.publish.switch import alone\n"
        "with alone(pathlib.Path(sys.argv[1])): os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 9
    with alone(tmp_path) as fresh:
        assert sorted(path.name for path in tmp_path.glob("building-*")) == [fresh.name]


def test_a_kept_build_that_was_damaged_is_not_published_again(tmp_path, publish):
    target = publish("one")
    publish("two")
    (target / "index.html").unlink()
    publish("one")
    assert page(tmp_path) == "one"
