from __future__ import annotations

import pytest

from knowledge_base import catalogue, check
from knowledge_base.faults import AuthorError
from knowledge_base.render import figures
from tests.render.conftest import words

TABLES = "research/tables.md"
COUNCILS = "data/councils.yml"
EVALUATION = "data/evaluation.yml"
PARTICIPATION = "data/participation.yml"
LEAFHAM = "nominees: 2, average_attendance: 5.5"
BARKTON = "nominees: 1, withdrew: 1"


@pytest.fixture
def said(fake, shown):
    """A home page that says something; what a reader then gets."""

    def say(body):
        path = fake / "docs/index.md"
        matter = path.read_text(encoding="utf-8").split("\n---\n")[0]
        path.write_text(f"{matter}\n---\n\n{body}", encoding="utf-8")
        return shown("index.md")

    return say


def rows(page, caption):
    """The rows of a table's body, as trees."""
    return next(
        table for table in page.tree.iter("table") if words(table.find("caption")).startswith(caption)
    ).findall("tbody/tr")


def shares(page, caption):
    """By what a row is about, how many the cell with a bar says, and what the bar is of: value and most."""
    return {
        row.find("th").text.strip(): [(words(cell), bar(cell)) for cell in row.find_class("kb-share")]
        for row in rows(page, caption)
        if row.find_class("kb-share")
    }


def bar(cell):
    meters = list(cell.iter("meter"))
    assert len(meters) <= 1
    return (float(meters[0].get("value")), float(meters[0].get("max"))) if meters else None


def told(fake):
    return [str(fault) for fault in check.check(catalogue.build(fake))]


# --- a figure in a sentence -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "reads"),
    [
        ('figure("planted")', "3 of 4"),
        ('figure("planted", "share")', "3 of 4"),
        ('figure("planted", "count")', "3"),
        ('figure("planted", part="base")', "4"),
        ('figure("planted", part="percent")', "75%"),
        ('figure("liked")', "60%"),
        ('figure("stayed")', "2"),
        ('figure("starters")', "11"),
        ('figure("villages")', "2 of 5"),
    ],
)
def test_figure_stands_in_a_sentence(said, call, reads):
    assert said(f"Of all, {{{{ {call} }}}} did.").text == f"Of all, {reads} did."


@pytest.mark.parametrize(
    ("name", "part", "message"),
    [
        ("plantet", "share", "There is no figure 'plantet'. Did you mean 'planted'?"),
        ("vilages", "share", "There is no figure 'vilages'. Did you mean 'villages'?"),
        ("planted", "cuont", "There is no part of a figure 'cuont'. Did you mean 'count'?"),
        ("taller", "percent", "There is no part of this figure 'percent'. Known are: base, count, share."),
        ("liked", "base", "There is no part of this figure 'base'. Known are: percent, share."),
        ("starters", "base", "There is no part of this figure 'base'. Known are: count, share."),
    ],
)
def test_figure_that_there_is_not_says_which_there_are(desk, name, part, message):
    with pytest.raises(AuthorError) as caught:
        figures.figure(desk(), name, part)
    assert str(caught.value) == message


def test_unknown_figure_is_told_on_its_line(faults_after):
    (line,) = faults_after("docs/index.md", "Welcome", 'Of all {{ figure("plantet") }} did. Welcome')
    assert line.startswith("docs/index.md:8:8: KB305 There is no figure 'plantet'. Did you mean 'planted'?")


def test_figure_that_changes_in_data_changes_in_the_sentence(change, said):
    change(EVALUATION, "count: 3, base: 4, percent: 75", "count: 2, base: 6, percent: 33")
    sentence = said('{{ figure("planted") }}, {{ figure("planted", "percent") }}').text
    assert sentence == "2 of 6, 33%"


def test_figure_with_a_fault_points_to_the_fault_and_the_page_is_not_to_blame(change, fake, said):
    change(EVALUATION, "percent: 75", "percent: 57")
    assert said('Of all {{ figure("planted") }} did.\n\n{{ sources() }}\n').text.startswith(
        "Of all [planted: see the fault in data/] did."
    )
    (line,) = told(fake)
    assert line.startswith("data/evaluation.yml:2:")


@pytest.mark.parametrize(
    ("path", "call"),
    [
        (EVALUATION, 'figure("planted")'),
        (PARTICIPATION, 'figure("villages")'),
        ("data/outcomes.yml", 'evaluation(outcome="height")'),
    ],
)
def test_pages_are_not_to_blame_where_a_file_of_figures_cannot_be_read(fake, said, path, call):
    said(f"{{{{ {call} }}}}\n\n{{{{ sources() }}}}\n")
    (fake / path).write_text("- [", encoding="utf-8")
    assert {line.split(":")[0] for line in told(fake)} == {path}


def test_nought_is_a_figure_in_a_sentence_as_well(change, said):
    change(PARTICIPATION, "count: 11", "count: 0")
    assert said('There were {{ figure("starters") }}.').text == "There were 0."
    assert said('There were {{ figure("starters", "count") }}.').text == "There were 0."


# --- percentages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", ["count: 1, base: 3, percent: 33", "count: 5, base: 8, percent: 62"])
def test_percentage_that_rounds_or_halves_is_as_printed(change, said, counts):
    change(EVALUATION, "count: 3, base: 4, percent: 75", counts)
    assert said('{{ figure("planted", "percent") }}').text == f"{counts[-2:]}%"


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "message"),
    [
        (EVALUATION, "percent: 75", "percent: 76", "2:", "3 of 4 is 75 per cent, and not 76."),
        (
            EVALUATION,
            "count: 5, base: 8",
            "count: 5, base: 8, percent: 61",
            "6:",
            "5 of 8 is 62 per cent, and not 61.",
        ),
        (PARTICIPATION, "base: 5", "base: 5, percent: 41", "3:", "2 of 5 is 40 per cent, and not 41."),
        (PARTICIPATION, "count: 2, base: 5", "count: 6, base: 5", "3:", "The base is smaller than the count"),
    ],
)
def test_percentage_that_does_not_agree_with_its_counts_is_refused(faults_after, path, old, new, place, message):
    (line,) = faults_after(path, old, new)
    assert line.startswith(f"{path}:{place}")
    assert message in line


# --- tables of the evaluation ---------------------------------------------------------------------------


def test_every_topic_has_its_table_in_the_order_of_the_report(shown):
    captions = [caption for caption in shown(TABLES).tables if caption in figures._TOPICS.values()]
    assert captions == list(figures._TOPICS.values())


def test_each_figure_stands_with_who_how_many_and_the_printed_percentage(shown):
    tables = shown(TABLES).tables
    assert [row[1:] for row in tables["Who answered"]] == [["Set members", "3 of 4", "75%"]]
    assert [row[1:] for row in tables["Mentoring"]] == [["Mentors", "2, of how many is not stated"]]


def test_bar_is_the_share_that_stands_in_words_beside_it(shown):
    page = shown(TABLES)
    assert shares(page, "Who answered") == {"Planted a tree": [("3 of 4", (3, 4))]}
    assert shares(page, "Who took part")["Villages that came"] == [("2 of 5", (2, 5))]
    assert shares(page, "The launch") == {"Liked it": [("60%, of how many is not stated", (60, 100))]}


def test_count_whose_base_is_not_known_has_no_bar(shown):
    assert shares(shown(TABLES), "Mentoring") == {"Stayed": [("2, of how many is not stated", None)]}


def test_plain_count_of_what_there_was_needs_no_base(shown):
    assert shares(shown(TABLES), "Who took part")["Began to plant"] == [("11", None)]


def test_bar_of_a_rating_is_its_share_of_the_ratings_of_the_same_outcome(shown):
    found = shares(shown(TABLES), "What was said of each outcome")
    assert found["It grew much"] == [("1, of how many is not stated", (1, 4))]
    assert found["It grew little"] == [("3, of how many is not stated", (3, 4))]
    assert found["Saw it grow"] == [("5 of 8", (5, 8))]


def test_ratings_of_another_outcome_are_not_counted(change, shown):
    change(EVALUATION, "count: 3, outcomes: [height]", "count: 3, outcomes: [shade]")
    found = shares(shown(TABLES), "What was said of each outcome")
    assert (found["It grew much"][0][1], found["It grew little"][0][1]) == ((1, 1), (3, 3))


def test_nought_has_an_empty_bar_and_a_base_of_nought_none(change, shown):
    change(EVALUATION, "count: 3, base: 4, percent: 75", "count: 0, base: 4, percent: 0")
    page = shown(TABLES)
    assert shares(page, "Who answered") == {"Planted a tree": [("0 of 4", (0, 4))]}
    assert rows(page, "Who answered")[0][-1].text == "0%"
    change(EVALUATION, "count: 0, base: 4, percent: 0", "count: 0, base: 0")
    assert shares(shown(TABLES), "Who answered") == {"Planted a tree": [("0 of 0", None)]}


def test_bars_are_for_the_eye_alone_since_the_number_stands_beside_them(shown):
    meters = list(shown(TABLES).tree.iter("meter"))
    assert len(meters) > 5
    for meter in meters:
        assert (meter.get("min"), meter.get("aria-hidden")) == ("0", "true")
        assert 0 <= float(meter.get("value")) <= float(meter.get("max"))
        assert meter.getparent().text.strip()


def test_column_of_percentages_is_there_only_where_one_is_printed(change, shown):
    heads = {
        words(table.find("caption")): [words(head) for head in table.iterfind("thead/tr/th")]
        for table in shown(TABLES).tree.iter("table")
    }
    assert heads["Who answered"] == ["What", "Who", "How many", "Per cent, as printed"]
    assert heads["Mentoring"] == ["What", "Who", "How many"]


def test_figure_without_a_printed_percentage_gets_none_of_ours(change, shown):
    change(EVALUATION, "count: 2, topic: mentoring", "count: 2, base: 4, topic: response")
    assert [row[2:] for row in shown(TABLES).tables["Who answered"]] == [
        ["3 of 4", "75%"],
        ["2 of 4", "None printed"],
    ]


def test_figure_names_its_note_and_its_place_in_the_report(shown):
    (row,) = [row for row in rows(shown(TABLES), "Who took part") if row.get("id") == "villages"]
    assert words(row.find("th")) == "Villages that came Of all. Part section-4"


def test_evidence_stands_under_its_outcome_in_their_order(shown):
    found = rows(shown(TABLES), "What was said of each outcome")
    assert [words(row.find("th")).split(" Part ")[0] for row in found] == [
        "1. Trees grow higher",
        "Saw it grow",
        "It grew much",
        "It grew little",
        "2. There is more shade",
        "The report gives no figure for this outcome",
    ]


def test_evidence_of_two_outcomes_taken_together_stands_once_under_both(change, shown):
    change(EVALUATION, "base: 8, outcomes: [height]", "base: 8, outcomes: [shade, height]")
    found = [words(row.find("th")).split(" Part ")[0] for row in rows(shown(TABLES), "What was said of each outcome")]
    assert found.count("Saw it grow") == 1
    assert found[found.index("Saw it grow") - 1] == "1. Trees grow higher; 2. There is more shade"
    assert "The report gives no figure for this outcome" not in found


def test_rows_are_as_wide_as_their_table_where_a_percentage_is_printed_for_an_outcome(change, shown):
    change(EVALUATION, "count: 5, base: 8", "count: 4, base: 8, percent: 50")
    found = rows(shown(TABLES), "What was said of each outcome")
    assert [sum(int(cell.get("colspan", "1")) for cell in row) for row in found] == [4] * 6


def test_one_topic_is_one_table(said):
    assert list(said('{{ evaluation("response") }}').tables) == ["Who answered"]
    assert list(said('{{ evaluation(topic="mentoring") }}').tables) == ["Mentoring"]


def test_one_outcome_has_its_own_evidence(change, said):
    change(EVALUATION, "base: 8, outcomes: [height]", "base: 8, outcomes: [shade, height]")
    (found,) = said('{{ evaluation(outcome="shade") }}').tables.values()
    assert [row[0] for row in found] == ["Saw it grow Part section-6"]
    (found,) = said('{{ evaluation(outcome="height") }}').tables.values()
    assert len(found) == 3


def test_outcome_without_evidence_says_so(said):
    (found,) = said('{{ evaluation(outcome="shade") }}').tables.values()
    assert found[0][0] == "The report gives no figure for this outcome"


@pytest.mark.parametrize(
    ("topic", "outcome", "message"),
    [
        ("respons", "", "There is no topic 'respons'. Did you mean 'response'?"),
        ("", "hight", "There is no outcome 'hight'. Did you mean 'height'?"),
    ],
)
def test_table_that_there_is_not_says_which_there_are(desk, topic, outcome, message):
    with pytest.raises(AuthorError) as caught:
        figures.evaluation(desk(), topic, outcome)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("topic: sets", "topic: set", "Did you mean 'sets'?"),
        ("rating: low", "rating: lo", "Did you mean 'low'?"),
        ("outcomes: [height], rating: high", "outcomes: [hight], rating: high", "Did you mean 'height'?"),
    ],
)
def test_unknown_word_in_the_data_of_the_evaluation_is_told_on_its_line(faults_after, old, new, words):
    (line,) = faults_after(EVALUATION, old, new)
    assert line.startswith(f"{EVALUATION}:")
    assert words in line


# --- councils -------------------------------------------------------------------------------------------


def test_councils_stand_with_nominees_who_left_and_who_was_there_at_the_end(shown):
    (found,) = [rows for caption, rows in shown(TABLES).tables.items() if caption.startswith("Councils")]
    assert found[1] == ["Barkton No longer represented.", "1", "1", "Not stated", "Not stated"]
    assert [*found[0][:2], *found[0][3:]] == ["Leafham", "2", "2", "Not stated"]


def test_council_that_nobody_left_is_known_and_not_unknown(shown):
    left = words(rows(shown(TABLES), "Councils")[0].findall("td")[1])
    assert left.startswith(("None", "0"))


@pytest.mark.parametrize(("written", "reads"), [("true", "Yes"), ("false", "No")])
def test_mentor_of_a_council_came_or_did_not_or_nobody_knows(change, shown, written, reads):
    change(COUNCILS, BARKTON, f"{BARKTON}, mentor_at_follow_ups: {written}, at_last_two: 0")
    assert [words(cell) for cell in rows(shown(TABLES), "Councils")[1]][3:] == ["0", reads]


def test_councils_add_up_at_the_foot(change, shown):
    change(COUNCILS, BARKTON, f"{BARKTON}, mentor_at_follow_ups: true")
    foot = next(iter(shown(TABLES).tree.iterfind(".//tfoot/tr")))
    assert [words(cell) for cell in foot] == ["All councils", "3", "1", "2", "1 council"]


def test_bars_of_nominees_are_of_the_council_that_sent_most(change, shown):
    change(COUNCILS, LEAFHAM, "nominees: 4, average_attendance: 5.5")
    assert shares(shown(TABLES), "Councils") == {"Leafham": [("4", (4, 4))], "Barkton": [("1", (1, 4))]}


# --- attendance -----------------------------------------------------------------------------------------


def attended(page):
    """By council, the score, whose it is, and the attendances added up; each number with its bar."""
    return {
        row.find("th").text.strip(): [(words(cell), bar(cell)) for cell in row.findall("td")]
        for row in rows(page, "Attendance by council")
    }


def test_average_is_shown_of_seven_and_added_up_over_all_nominees(shown):
    assert attended(shown(TABLES))["Leafham"] == [
        ("5.5", (5.5, 7)),
        ("Average of all nominees", None),
        ("11 of 14", (11, 14)),
    ]


@pytest.mark.parametrize(
    ("nominees", "average", "added"),
    [(4, "4.5", ("18 of 28", (18, 28))), (3, "2.33", ("7 of 21", (7, 21))), (2, "0.0", ("0 of 14", (0, 14)))],
)
def test_attendances_are_the_average_times_the_nominees(change, shown, nominees, average, added):
    change(COUNCILS, LEAFHAM, f"nominees: {nominees}, average_attendance: {average}")
    assert attended(shown(TABLES))["Leafham"][2] == added


def test_unknown_attendance_stays_unknown_and_is_never_nought(shown):
    unknown = ("Not in the report", None)
    assert attended(shown(TABLES))["Barkton"] == [unknown, unknown, unknown]


def test_attendance_of_the_one_who_finished_is_a_least_for_the_council(change, shown):
    change(COUNCILS, LEAFHAM, "nominees: 3, withdrew: 2, finisher_attendance: 5.0")
    assert attended(shown(TABLES))["Leafham"] == [
        ("5.0", (5, 7)),
        ("The one who finished", None),
        ("At least 5 of 21", (5, 21)),
    ]


def test_attendance_of_an_only_nominee_is_measured_against_seven(change, shown):
    change(COUNCILS, BARKTON, "nominees: 1, finisher_attendance: 4.0")
    score, _, (added, measured) = attended(shown(TABLES))["Barkton"]
    assert (score, measured) == (("4.0", (4, 7)), (4, 7))
    assert "4" in added


def test_average_counts_before_the_one_who_finished(change, shown):
    change(COUNCILS, LEAFHAM, f"{LEAFHAM}, finisher_attendance: 6.0")
    assert attended(shown(TABLES))["Leafham"][0] == ("5.5", (5.5, 7))


def test_caption_says_of_how_many_sessions(shown):
    (table,) = [
        table for table in shown(TABLES).tree.iter("table") if "Attendance by" in words(table.find("caption"))
    ]
    assert [words(head) for head in table.iterfind("thead/tr/th")][1] == "Score, of 7 sessions"


@pytest.mark.parametrize("path", [COUNCILS, PARTICIPATION, EVALUATION])
def test_tables_of_a_file_with_a_fault_are_empty_and_not_wrong(fake, shown, path):
    file = fake / path
    file.write_text(file.read_text(encoding="utf-8").replace("id: ", "ident: "), encoding="utf-8")
    tables = shown(TABLES).tables
    captions = {
        COUNCILS: ["Councils and", "Attendance by"],
        PARTICIPATION: ["Who took part"],
        EVALUATION: ["Who answered", "Mentoring"],
    }[path]
    for beginning in captions:
        (found,) = [found for caption, found in tables.items() if caption.startswith(beginning)]
        assert not [cell for row in found for cell in row if any(sign.isdigit() for sign in cell)]
