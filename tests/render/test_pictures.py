from __future__ import annotations

from itertools import pairwise

import pytest

from knowledge_base.faults import AuthorError
from knowledge_base.render import pictures
from tests.render.conftest import words

PROGRAMME = "data/programme.yml"
ALS = "docs/sessions/als-1.md"


@pytest.fixture
def drawn(fake, shown):
    """A home page with a picture; the figure that a reader then gets."""

    def draw(name):
        path = fake / "docs/index.md"
        matter = path.read_text(encoding="utf-8").split("\n---\n")[0]
        path.write_text(f'{matter}\n---\n\nLook:\n\n{{{{ picture("{name}") }}}}\n\nSeen.\n', encoding="utf-8")
        page = shown("index.md")
        (figure,) = page.tree.find_class("kb-picture")
        return figure

    return draw


def told(figure):
    """The timeline in words, line by line."""
    return [words(item) for item in figure.iterfind("figcaption/details/ul/li")]


def inside(figure):
    """All that is written in the drawing itself."""
    return [words(text) for text in figure.find("svg").iter("text")]


# --- every picture --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pictures.NAMES)
def test_picture_is_an_image_with_a_title_and_a_description(drawn, name):
    svg = drawn(name).find("svg")
    assert svg.get("role") == "img"
    title, about = svg.find("title"), svg.find("desc")
    assert svg.get("aria-labelledby").split() == [title.get("id"), about.get("id")]
    assert words(title)
    assert len(words(about)) > len(words(title))


@pytest.mark.parametrize("name", pictures.NAMES)
def test_picture_says_below_it_in_words_what_it_shows(drawn, name):
    figure = drawn(name)
    assert [node.tag for node in figure] == ["svg", "figcaption"]
    caption = words(figure.find("figcaption"))
    assert "in words" in caption
    assert len(caption) > 100


@pytest.mark.parametrize("name", pictures.NAMES)
def test_picture_is_drawn_in_the_ink_of_the_page_and_fetches_nothing(drawn, name):
    figure = drawn(name)
    assert figure.find("svg").get("fill") == "currentColor"
    for node in figure.iter():
        assert node.tag not in {"image", "script", "style", "use", "a"}
        assert "style" not in node.attrib
        assert {node.get("fill", "currentColor"), node.get("stroke", "currentColor")} <= {"currentColor", "none"}


@pytest.mark.parametrize("name", pictures.NAMES)
def test_text_around_a_picture_stays_text(shown, drawn, name):
    figure = drawn(name)
    assert [words(node) for node in figure.getparent() if node.tag == "p"] == ["Look:", "Seen."]
    assert figure.xpath(".//p | .//pre | .//code") == []


def test_pictures_of_one_page_do_not_share_their_ids(fake, shown):
    path = fake / "docs/index.md"
    calls = "\n\n".join(f'{{{{ picture("{name}") }}}}' for name in pictures.NAMES)
    path.write_text(path.read_text(encoding="utf-8").replace("Welcome", f"{calls}\n\nWelcome"), encoding="utf-8")
    ids = shown("index.md").tree.xpath("//@id")
    assert len(ids) == len(set(ids)) >= 2 * len(pictures.NAMES)


@pytest.mark.parametrize(
    ("name", "meant"), [("timelin", "timeline"), ("double loop", "double-loop"), ("Cycle", "cycle")]
)
def test_unknown_picture_is_refused_with_the_nearest(desk, name, meant):
    with pytest.raises(AuthorError) as caught:
        pictures.picture(desk(), name)
    assert str(caught.value).startswith(f"There is no picture '{name}'. Did you mean '{meant}'")


def test_unknown_picture_is_told_on_its_line(faults_after):
    (line,) = faults_after("docs/index.md", "Welcome", '{{ picture("timelin") }}\n\nWelcome')
    assert line.startswith("docs/index.md:8:1: KB305 There is no picture 'timelin'. Did you mean 'timeline'?")


def test_picture_opens_no_file_by_its_name(desk):
    with pytest.raises(AuthorError, match="There is no picture"):
        pictures.picture(desk(), "../end")


# --- the timeline ---------------------------------------------------------------------------------------


def test_timeline_tells_sessions_and_events_in_the_order_of_time(drawn):
    assert told(drawn("timeline")) == [
        "November 2019: A seed is found.",
        "Early in 2020: The meadow asks for a wood.",
        "May 2020: ALS 1: Trees.",
        "September/October 2020: The leaves are counted.",
        "8 September 2020: Mentors meet (mentors).",
        "April 2021: The report.",
    ]


def test_timeline_draws_what_it_tells(drawn):
    figure = drawn("timeline")
    written = inside(figure)
    for line in told(figure):
        when, _, rest = line.partition(": ")
        assert written.count(when) == 1
        assert rest.removesuffix(".").removesuffix(" (mentors)") in written


def test_sessions_of_mentors_and_other_events_are_told_apart_by_their_shape(drawn):
    svg = drawn("timeline").find("svg")
    count = {name: len(svg.find_class(f"kb-picture__{name}")) for name in ("teal", "amber", "hollow")}
    # One of each stands in the legend.
    assert count == {"teal": 1 + 1, "amber": 1 + 1, "hollow": 4 + 1}
    assert inside(drawn("timeline"))[-3:] == ["Everybody, or each set", "Mentors", "Other"]


def test_events_of_one_date_stand_together(change, drawn):
    change(PROGRAMME, "when: 2021-04", "when: 2020-05")
    assert "May 2020: The report; ALS 1: Trees." in told(drawn("timeline"))


def test_session_of_a_later_year_is_no_part_of_the_programme(change, drawn):
    change(ALS, "source: [als-1]", "source: [added]")
    assert not [line for line in told(drawn("timeline")) if "Trees" in line]


def test_span_over_new_year_keeps_both_years(change, drawn):
    change(PROGRAMME, "{when: 2020-09, to: 2020-10,", "{when: 2020-12, to: 2021-01,")
    assert "December 2020/January 2021: The leaves are counted." in told(drawn("timeline"))


def test_long_title_is_broken_and_nothing_of_it_is_lost(change, drawn):
    title = "A seed is found in a wood that nobody had walked through for longer than anybody can say"
    change(PROGRAMME, "A seed is found", title)
    figure = drawn("timeline")
    assert told(figure)[0] == f"November 2019: {title}."
    written = inside(figure)
    start = next(index for index, line in enumerate(written) if line.startswith("A seed"))
    lines = written[start : start + 3]
    assert " ".join(lines) == title
    assert max(map(len, lines)) < 40


def test_lines_of_the_timeline_stand_one_below_the_other_inside_the_drawing(drawn):
    svg = drawn("timeline").find("svg")
    lines = [float(text.get("y")) for text in svg.iter("text") if not text.get("font-size")]
    assert len(lines) == 6
    assert all(after - before >= 17 for before, after in pairwise(lines))
    height = float((svg.get("viewbox") or svg.get("viewBox")).split()[3])
    assert max(float(text.get("y")) for text in svg.iter("text")) < height


def test_marks_of_markdown_and_html_in_a_title_are_shown_as_they_stand(change, drawn):
    change(PROGRAMME, "A seed is found", "'A *seed* & [one](x) `more` _y_'")
    figure = drawn("timeline")
    assert told(figure)[0] == "November 2019: A *seed* & [one](x) `more` _y_."
    assert figure.xpath(".//em | .//a | .//code") == []


def test_timeline_without_the_programme_has_the_sessions(change, drawn):
    change(PROGRAMME, "cohort:", "kohort:")
    assert told(drawn("timeline")) == ["May 2020: ALS 1: Trees.", "8 September 2020: Mentors meet (mentors)."]
