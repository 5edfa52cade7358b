from __future__ import annotations

import datetime

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge_base import model


def refusal(kind, values):
    """The message that the model answers to values which do not fit together."""
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(values)
    (error,) = caught.value.errors(include_url=False)
    return error["msg"], (*error["loc"], *error.get("ctx", {}).get("at", ()))


def accepts(kind, value):
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


# --- values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["2020-02-29", "1999-12-31"])
def test_day_is_year_month_and_day(value):
    assert TypeAdapter(model.Day).validate_python(value).isoformat() == value


@pytest.mark.parametrize("value", ["2021-02-29", "2020-2-9", "29-02-2020", "2020-02", "20200229", "today", None, 5])
def test_no_other_day_is_taken(value):
    assert not accepts(model.Day, value)


@pytest.mark.parametrize("value", ["2020", "2020-02", "2020-02-29"])
def test_date_may_lack_its_day_or_month(value):
    assert TypeAdapter(model.PartDate).validate_python(value) == value


@pytest.mark.parametrize("value", ["2020-00", "2020-13", "2021-02-29", "20", "2020-", "0000", "2020-02-29T10:00"])
def test_no_other_date_is_taken(value):
    assert not accepts(model.PartDate, value)


@pytest.mark.parametrize(("value", "time"), [("00:00", (0, 0)), ("09:45", (9, 45)), ("23:59", (23, 59))])
def test_clock_is_hours_and_minutes(value, time):
    assert TypeAdapter(model.Clock).validate_python(value) == datetime.time(*time)


@pytest.mark.parametrize("value", ["9:45", "24:00", "10:60", "10.30", "1030", "10:30:00", "", None, 630])
def test_no_other_clock_is_taken(value):
    assert not accepts(model.Clock, value)


@pytest.mark.parametrize("value", ["munro-2008", "a", "als-1", "2008"])
def test_id_is_small_letters_digits_and_single_hyphens(value):
    assert accepts(model.Id, value)


@pytest.mark.parametrize("value", ["", "Munro", "munro_2008", "a--b", "-a", "a-", "a b", "é", "a\n"])
def test_no_other_id_is_taken(value):
    assert not accepts(model.Id, value)


@pytest.mark.parametrize("value", ["", "a <b>", "a > b", "{{ a }}", "two\nlines"])
def test_plain_text_has_no_markup_and_one_line(value):
    assert not accepts(model.PlainText, value)


def test_only_the_head_of_a_page_refuses_double_quotes():
    assert accepts(model.PlainText, 'The "tree"')
    assert not accepts(model.HeadText, 'The "tree"')
    assert accepts(model.HeadText, "Ash & elm: an *enquiry* into [bark], 'sap' and more")


def test_source_is_sections_of_the_report_or_added():
    assert accepts(model.Source, ["als-1", "appendix-a"])
    assert accepts(model.Source, ["added"])
    assert not accepts(model.Source, [])
    assert not accepts(model.Source, ["section-8"])


def test_unknown_section_is_one_fault_and_not_two():
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(model.Source).validate_python(["section-8"])
    assert caught.value.error_count() == 1


def test_every_model_knows_all_its_keys():
    kinds = [model.Model]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert len(kinds) > len(model.FILES) + len(model.FRONT_MATTER)
    assert {kind.model_config["extra"] for kind in kinds} == {"forbid"}


def test_a_list_of_synonyms_has_at_least_one_word():
    item = {"id": "wood", "source": ["added"]}
    assert accepts(model.Synonym, {**item, "words": ["timber"]})
    assert not accepts(model.Synonym, {**item, "words": []})
    assert not accepts(model.Synonym, item)
    assert not accepts(model.Synonym, {**item, "words": ["<b>"]})


# --- references -----------------------------------------------------------------------------------------


def reference(**values):
    work = {"id": "ash", "source": ["references"], "type": "book", "issued": "2001", "title": "T"}
    return {**work, "author": [{"family": "Ash"}], **values}


def correction(**values):
    return {"field": "page", "printed": "1", "corrected": "2", "source": "seen", "confidence": "high", **values}


def test_names_of_csl_are_written_as_csl_writes_them():
    work = model.Reference.model_validate(
        reference(**{"container-title": "C", "publisher-place": "P", "DOI": "10.1/a", "list-position": ["3"]})
    )
    assert (work.container_title, work.publisher_place, work.DOI, work.list_position) == ("C", "P", "10.1/a", [3])


def test_name_is_a_person_or_a_body():
    assert accepts(model.Name, {"family": "Ash", "given": "A"})
    assert accepts(model.Name, {"literal": "Oak Board"})
    assert refusal(model.Name, {"given": "A"})[0] == "A name has either 'family' (with 'given') or 'literal'."
    assert refusal(model.Name, {"family": "Ash", "literal": "Oak Board"})[0].startswith("A name has either")


def test_work_needs_somebody_who_wrote_it():
    assert refusal(model.Reference, reference(author=[]))[0] == "A work needs an author or an editor."
    assert accepts(model.Reference, reference(author=[], editor=[{"family": "Ash"}]))


def test_year_carries_the_letter_that_is_printed():
    work = model.Reference.model_validate(reference(**{"year-suffix-printed": "b"}))
    assert work.year == "2001b"


def test_letter_of_a_correction_counts_before_the_printed_one():
    fix = correction(field="year-suffix", printed="b", corrected="a")
    work = model.Reference.model_validate(reference(**{"year-suffix-printed": "b", "correction": [fix]}))
    assert work.year == "2001a"


def test_other_corrections_leave_the_year_alone():
    work = model.Reference.model_validate(reference(correction=[correction(field="issued", corrected="2002")]))
    assert work.year == "2001"


def test_correction_that_was_seen_nowhere_is_a_doubt():
    seen = model.Correction.model_validate(correction())
    unseen = model.Correction.model_validate(correction(source="unverified: seen in no source"))
    assert (seen.verified, unseen.verified) == (True, False)


def test_correction_says_what_is_printed_and_what_is_right_even_if_nothing():
    assert accepts(model.Correction, correction(printed=None, corrected=None))
    for key in ("printed", "corrected"):
        values = correction()
        del values[key]
        assert not accepts(model.Correction, values)


# --- the report's facts ---------------------------------------------------------------------------------


def finding(**values):
    return {"id": "a", "source": ["section-5"], "statement": "S", "who": "W", **values}


@pytest.mark.parametrize(
    "values",
    [
        {"count": 2},
        {"percent": 60},
        {"count": 2, "percent": 60},
        {"count": 3, "base": 4, "percent": 75},
        {"count": 0, "base": 0},
        {"count": 2, "base": 3, "percent": 67},
        {"count": 1, "base": 8, "percent": 12},
        {"count": 1, "base": 8, "percent": 13},
    ],
)
def test_finding_may_lack_what_the_report_does_not_say(values):
    assert accepts(model.Finding, finding(**values))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "A finding needs a count or a percentage."),
        ({"base": 4, "percent": 75}, "The base is smaller than the count, or stands alone."),
        ({"count": 5, "base": 4}, "The base is smaller than the count, or stands alone."),
        ({"count": 3, "base": 4, "percent": 74}, "3 of 4 is 75 per cent, and not 74."),
        ({"count": 2, "base": 3, "percent": 66}, "2 of 3 is 67 per cent, and not 66."),
    ],
)
def test_finding_has_to_add_up(values, message):
    assert refusal(model.Finding, finding(**values))[0] == message


def test_unknown_figures_stay_unknown():
    item = model.Finding.model_validate(finding(percent="60"))
    assert (item.count, item.base) == (None, None)
    council = model.Council.model_validate({"id": "a", "source": ["section-4"], "name": "A", "nominees": "2"})
    assert (council.average_attendance, council.at_last_two, council.mentor_at_follow_ups) == (None, None, None)


def test_ids_of_a_collection_differ():
    term = {"id": "a", "source": ["added"], "term": "T"}
    message, place = refusal(model.Glossary, {"glossary": [term, {**term, "id": "b"}, term]})
    assert (message, place) == ("The id 'a' is used a second time.", ("glossary", 2, "id"))


def test_works_are_those_that_an_item_cites():
    standard = {"id": "a", "source": ["section-7"], "title": "T", "question": "Q", "evidence": ["E"]}
    cited = model.PracticeStandard.model_validate({**standard, "references": ["ash-2001"]})
    assert cited.works == ("ash-2001",)
    assert model.PracticeStandard.model_validate(standard).works == ()


def test_programme_labels_every_section(fake):
    values = yaml.safe_load((fake / "data/programme.yml").read_text(encoding="utf-8"))["programme"]
    assert model.Programme.model_validate(values).label("als-2") == "Part als-2"
    values["sections"] = [entry for entry in values["sections"] if entry["id"] not in {"als-2", "appendix-c"}]
    assert refusal(model.Programme, values) == ("Without a label: als-2, appendix-c.", ("sections",))


# --- sessions -------------------------------------------------------------------------------------------

HEAD = {"title": "T", "description": "D", "source": ["als-1"], "reviewed": "2021-05-01"}


def session(run_sheet=(), **values):
    keys = ("at", "minutes", "title")
    lines = [line if isinstance(line, dict) else dict(zip(keys, line, strict=True)) for line in run_sheet]
    rest = {"id": "a", "kind": "set", "when": {"from": "2020-05"}, "sets": "each"}
    return {**HEAD, **rest, "run_sheet": lines, **values}


DAY = [("10:00", 15, "Coffee"), ("10:15", 60, "Walk"), ("11:15", 15, "Talk")]


def test_run_sheet_that_fits_is_taken():
    when = {"from": "2020-05-06", "starts": "10:00", "ends": "11:30"}
    matter = model.SessionMatter.model_validate(session(DAY, duration=90, when=when))
    assert [f"{item.at:%H:%M}" for item in matter.run_sheet] == ["10:00", "10:15", "11:15"]


def test_run_sheet_may_leave_times_out():
    """Of single lines, which follow from the minutes, or of all, where only the minutes are known."""
    lines = [{"at": "10:00", "minutes": 15, "title": "Coffee"}, {"minutes": 75, "title": "Walk"}]
    assert model.SessionMatter.model_validate(session(duration=90, run_sheet=lines)).run_sheet[1].at is None
    del lines[0]["at"]
    assert model.SessionMatter.model_validate(session(duration=90, run_sheet=lines)).run_sheet[0].at is None
    later = [*lines, {"at": "11:30", "minutes": 5, "title": "Talk"}]
    message = "The run sheet gives a time for 'Talk', and none for its beginning."
    assert refusal(model.SessionMatter, session(duration=95, run_sheet=later)) == (message, ("run_sheet", 2, "at"))


def test_run_sheet_is_held_to_its_times_across_a_line_without_one():
    lines = [
        {"at": "10:00", "minutes": 15, "title": "Coffee"},
        {"minutes": 60, "title": "Walk"},
        {"at": "11:20", "minutes": 10, "title": "Talk"},
    ]
    message = "'Talk' leaves a gap after the end of 'Walk' (11:15)."
    assert refusal(model.SessionMatter, session(duration=85, run_sheet=lines)) == (message, ("run_sheet", 2, "at"))


@pytest.mark.parametrize(
    ("values", "message", "place"),
    [
        ({"minutes": 20}, "The run sheet adds up to 15 minutes, and 'minutes' says 20.", ("minutes",)),
        ({}, "The run sheet adds up to 15 minutes, and 'minutes' is missing.", ()),
        ({"minutes": 15, "source": ["als-1"]}, "The run sheet of a tool is not the report's.", ("source",)),
    ],
)
def test_run_sheet_of_a_tool_is_ours_and_lasts_as_long_as_the_tool(values, message, place):
    tool = {**HEAD, "source": ["als-1", "added"], "purpose": "P", "audience": "A"}
    tool["run_sheet"] = [{"minutes": 15, "title": "Talk"}]
    assert model.ToolMatter.model_validate({**tool, "minutes": 15}).run_sheet[0].minutes == 15
    assert refusal(model.ToolMatter, {**tool, **values}) == (message, place)


@pytest.mark.parametrize(
    ("lines", "values", "message", "place"),
    [
        ([DAY[1], DAY[0]], {}, "10:00 does not come after 10:15.", ("run_sheet", 1, "at")),
        ([DAY[0], DAY[0]], {}, "10:00 does not come after 10:00.", ("run_sheet", 1, "at")),
        (
            [DAY[0], ("10:10", 5, "Walk")],
            {},
            "'Walk' begins before the end of 'Coffee' (10:15).",
            ("run_sheet", 1, "at"),
        ),
        (
            [DAY[0], DAY[1], ("11:20", 5, "Talk")],
            {},
            "'Talk' leaves a gap after the end of 'Walk' (11:15).",
            ("run_sheet", 2, "at"),
        ),
        (DAY, {"duration": 95}, "The run sheet adds up to 90 minutes, and 'duration' says 95.", ("duration",)),
        (DAY, {}, "The run sheet adds up to 90 minutes, and 'duration' is missing.", ()),
        (
            [],
            {"duration": 90, "when": {"from": "2020", "starts": "10:00", "ends": "11:00"}},
            "From 10:00 to 11:00 is 60 minutes, 'duration' says 90.",
            ("duration",),
        ),
        (
            DAY,
            {"duration": 90, "when": {"from": "2020", "starts": "09:00"}},
            "The run sheet begins at 10:00, the session at 09:00.",
            ("run_sheet", 0, "at"),
        ),
    ],
)
def test_run_sheet_that_does_not_fit_is_refused_at_its_line(lines, values, message, place):
    assert refusal(model.SessionMatter, session(lines, **values)) == (message, place)


def test_session_whose_length_the_report_does_not_give_has_none():
    assert model.SessionMatter.model_validate(session()).duration is None


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({"from": "2020-06", "to": "2020-05"}, "'2020-05' is before '2020-06'."),
        ({"from": "2020-06", "starts": "11:00", "ends": "10:00"}, "The session ends before it starts."),
        ({"from": "2020-06", "starts": "11:00", "ends": "11:00"}, "The session ends before it starts."),
    ],
)
def test_time_runs_forwards(when, message):
    assert refusal(model.When, when)[0] == message


def test_next_review_comes_after_the_last():
    matter = {**HEAD, "review_by": "2021-05-01"}
    assert accepts(model.PageMatter, matter)
    message, place = refusal(model.PageMatter, {**matter, "review_by": "2021-04-30"})
    assert place == ("review_by",)
    assert "is due before the last one" in message


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.md", "page"),
        ("sessions/als-1.md", "session"),
        ("sessions/index.md", "page"),
        ("notes/2020-21/als-1.md", "notes"),
        ("notes/2020-21/index.md", "page"),
        ("notes/index.md", "page"),
        ("toolkit/axe.md", "tool"),
        ("toolkit/index.md", "page"),
        ("research/references.md", "page"),
        ("about/sessions/als-1.md", "page"),
    ],
)
def test_place_of_a_page_says_what_it_is(path, kind):
    assert model.kind_of_page(path) == kind
