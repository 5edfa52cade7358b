"""Slips of a facilitator, one at a time: each is answered once, on its line, with what to do about it."""

from __future__ import annotations

import pytest

from tests.conftest import found

SESSION = "docs/sessions/als-1.md"
MENTORS = "docs/sessions/mentors-1.md"
NOTES = "docs/notes/2020-21/als-1-north.md"
TOOL = "docs/toolkit/axe.md"
HOME = "docs/index.md"
WORKS = "data/references.yml"
NAV = "docs/toolkit/.nav.yml"

CITATION = '{{ cite("ash-2001") }}'
ACTIVITIES = "Walking.\n"  # the text of a session's section that has nothing else in it, on line 26
HEAD = "---\ntitle: A saw\ndescription: About a saw.\nsource: [added]\nreviewed: 2021-05-01\n---\n\n"
PAGE = HEAD + "Sharp.\n\n{{ sources() }}\n"
MEETING = "local:\n  meetings:\n    - {session: als-1, set: North, date: 2030-01-15}"
MORE = "\n    - {{session: {}, set: {}, date: 2030-02-15}}"
LINK = "local:\n  links:\n    - {{title: Wood, address: '{}'}}"
HOST = """local:
  council: Wood
  accessibility: {prepared: 2030-01-10, tested: 2030-01-08, how: By hand, problems: [], answer_within: A week}
  privacy: {prepared: 2030-01-10, basis: Safety, logs: Pages, logs_kept: A week, sign_in: None, shared_with: Nobody}
  contacts:
    - {role: Desk, email: desk@wood.example, accessibility: true, data_protection: true}"""
CONTACT = "local:\n  contacts:\n    - {role: Desk}"
TWO_TOLD = CONTACT.replace("}", ", email: programme@wood.example, mistakes: true}") + (
    "\n    - {role: Hut, email: office@wood.example, mistakes: true}"
)
TOOL_PAGE = HEAD.replace("\n---\n\n", "\npurpose: To cut.\naudience: Woodcutters\n---\n\n") + (
    "{{ tool_facts() }}\n\n## Steps\n\nSharp.\n\n## Prompts\n\nSharp.\n\n## What to record\n\nSharp.\n\n"
    "## Evidence\n\nSharp.\n\n## Where this comes from\n\n{{ sources() }}\n\n"
    "## Print and download\n\n{{ downloads() }}\n"
)


def routed(chosen: str) -> tuple[str, str, int]:
    """An edit that gives the session a route, and the line on which that stands."""
    return "sets: each", f"sets: each\ncatch_up:\n  {chosen}", 11


# Each slip: the file, the text that is replaced (None: the whole file), what is written instead; then the line on
# which it is told, its code, and words of what the author reads.

MACROS = [
    (SESSION, CITATION, '{{ cite("ash-2011") }}', 22, "KB305", "no reference 'ash-2011'. Did you mean 'ash-2001'?"),
    (SESSION, CITATION, '{{ cite("ash_2001") }}', 22, "KB305", "Did you mean 'ash-2001'"),
    (SESSION, CITATION, '{{ cite("ash") }}', 22, "KB305", "Did you mean 'ash-2001'"),
    (SESSION, CITATION, '{{ cit("ash-2001") }}', 22, "KB303", "no macro 'cit'. Did you mean 'cite'"),
    (SESSION, CITATION, '{{ Cite("ash-2001") }}', 22, "KB303", "Did you mean 'cite'"),
    (SESSION, CITATION, "{{ cite(“ash-2001”) }}", 22, "KB301", "The quotation marks are curly. Type straight ones"),
    (SESSION, CITATION, '{{ cite("ash-2001”) }}', 22, "KB301", "The quotation marks are curly."),
    (SESSION, CITATION, '{{ cite(ash-2001") }}', 22, "KB301", "two braces on each side, quotes, brackets"),
    (SESSION, CITATION, '{{ cite("ash-2001) }}', 22, "KB301", "two braces on each side, quotes, brackets"),
    (SESSION, CITATION, "{{ cite(ash-2001) }}", 22, "KB302", "Put quotes around the value"),
    (SESSION, CITATION, '{{ cite("ash-2001" }}', 22, "KB301", "two braces on each side, quotes, brackets"),
    (SESSION, CITATION, '{{ cite "ash-2001") }}', 22, "KB301", "two braces on each side, quotes, brackets"),
    (SESSION, CITATION, '{{ cite("ash-2001") }', 22, "KB301", "two braces on each side, quotes, brackets"),
    (SESSION, CITATION, '{{ cite("ash-2001")', 22, "KB301", "two braces on each side, quotes, brackets"),
    (SESSION, CITATION, '{ cite("ash-2001") }', 22, "KB301", "single braces. Write two braces on each side"),
    (SESSION, CITATION, '{ cite("ash-2001") }}', 22, "KB301", "single braces. Write two braces on each side"),
    (SESSION, CITATION, 'cite("ash-2001") }}', 22, "KB301", "close and do not open. Write two braces"),
    (SESSION, CITATION, "{{ cite() }}", 22, "KB305", 'names no work. Write the id of one: {{ cite("munro-2008") }}'),
    (SESSION, CITATION, "{{ cite(2001) }}", 22, "KB304", "'cite' takes text. Put quotes around each value."),
    (SESSION, CITATION, '{{ cite("ash-2001", pages="3") }}', 22, "KB304", "It takes: works, page, style."),
    (SESSION, CITATION, '{{ cite("ash-2001", style="txt") }}', 22, "KB305", "Did you mean 'text'?"),
    (SESSION, CITATION, '{{ cite("ash-2001", "oak-2003a", page="3") }}', 22, "KB305", "belongs to one work."),
    (SESSION, "{{ cited_here() }}", "{{ cited_her() }}", 45, "KB303", "Did you mean 'cited_here'"),
    (SESSION, "{{ sources() }}", "{{ sources }}", 49, "KB302", "round brackets after the name: {{ sources() }}."),
    (SESSION, "{{ sources() }}", '{{ sources("als-1") }}', 49, "KB304", "It takes none: {{ sources() }}."),
    (
        SESSION,
        "{{ catch_up() }}",
        "",
        37,
        "KB505",
        "Write {{ catch_up() }} on a line of its own under 'If you missed",
    ),
    (
        SESSION,
        CITATION,
        '[[cite("ash-2001")',
        22,
        "KB301",
        "stands without its braces. Write two braces on each side",
    ),
    (
        SESSION,
        "{{ catch_up() }}",
        "{{ catch_up() }}\n\n{{ catch_up() }}",
        43,
        "KB304",
        "a second time on this page. Keep one",
    ),
    (SESSION, ACTIVITIES, "{{ run_sheet() }}\n", 26, "KB305", "no run sheet. Add 'run_sheet:' to its front matter."),
    (HOME, "{{ sessions() }}", "{{ session_facts() }}", 10, "KB305", "on a page in docs/sessions/ only."),
    (SESSION, "## Activities", "## Activities {#here}", 24, "KB301", "put a space between '{' and '#'"),
    (SESSION, ACTIVITIES, 'Of {{ figure("plantd") }}.\n', 26, "KB305", "no figure 'plantd'. Did you mean 'planted'?"),
    (SESSION, ACTIVITIES, 'Of {{ figure("liked", "bas") }}.\n', 26, "KB305", "Did you mean 'base'"),
    (SESSION, ACTIVITIES, "Of {{ figure() }}.\n", 26, "KB304", "It takes: name, part."),
    (SESSION, ACTIVITIES, '{{ evaluation("set") }}\n', 26, "KB305", "no topic 'set'. Did you mean 'sets'"),
    (SESSION, ACTIVITIES, '{{ evaluation(outcome="hight") }}\n', 26, "KB305", "Did you mean 'height'?"),
    (SESSION, ACTIVITIES, '{{ picture("cycel") }}\n', 26, "KB305", "no picture 'cycel'. Did you mean 'cycle'?"),
    (SESSION, ACTIVITIES, '{{ recommendations("sum") }}\n', 26, "KB305", "Did you mean 'summary'?"),
    (SESSION, ACTIVITIES, "{{ tool_facts() }}\n", 26, "KB305", "on a page in docs/toolkit/ only."),
    (SESSION, ACTIVITIES, "Walk {{ participation() }}\n", 26, "KB304", "'participation' draws a block."),
    (SESSION, ACTIVITIES, "{% raw %}{{ x }}\n", 26, "KB301", "'{% raw %}' is not closed. Write {% endraw %}"),
]

FRONT_MATTER = [
    (HOME, None, "Welcome.\n", 1, "KB201", "Begin its first line with '---', then title"),
    (HOME, "---\ntitle", "--\ntitle", 1, "KB201", "Begin its first line with '---'"),
    (HOME, "---\ntitle", "\n---\ntitle", 1, "KB201", "Begin its first line with '---'"),
    (HOME, "2021-05-01\n---", "2021-05-01", 1, "KB201", "is not closed. Put a line '---' after its last key."),
    (SESSION, "  - {title", "\t- {title", 11, "KB102", "indented with a tab. Indent with spaces"),
    (SESSION, "title: 'ALS 1: Trees'", "title: ALS 1: Trees", 2, "KB102", "Put text that holds ': ' in quotes"),
    (SESSION, "title: 'ALS 1: Trees'", "title: “Trees”", 2, "KB113", "are curly, so that they would show."),
    (SESSION, "title: 'ALS 1: Trees'", "title: replace-me", 2, "KB503", "'replace-me' is text of a template."),
    (SESSION, "sets: each", "sets: each\nowner: TBC", 10, "KB503", "'TBC' is a note to yourself."),
    (SESSION, "sets: each", "sets: each\nrelated: [sessions/als-1.md]", 10, "KB113", "itself is no related page."),
    (
        SESSION,
        "sets: each",
        "sets: each\nrelated: [index.md, index.md]",
        10,
        "KB113",
        "'index.md' stands here twice.",
    ),
    (NOTES, "set: north", "set: nort", 8, "KB115", "no set 'nort' in 2020-21. Did you mean 'north'?"),
    (SESSION, "title: 'ALS 1: Trees'", "title: 2010", 2, "KB113", "does not take this for text. Put it in quotes."),
    (SESSION, "title: 'ALS 1: Trees'", "title: Yes", 2, "KB113", "does not take this for text. Put it in quotes."),
    (SESSION, "title: 'ALS 1: Trees'", "title: =", 2, "KB113", "Put each value that is text in quotes."),
    (SESSION, "description: About ALS 1.", "description: 2026-02-30", 2, "KB113", "for a date or a sign"),
    (SESSION, "title: 'ALS 1: Trees'", "title: Tree #2", 2, "KB113", "From '#' on, this is not read"),
    (SESSION, "title: 'ALS 1: Trees'", "title: 'The child's tree'", 2, "KB102", "single quotes twice ('it''s')"),
    (SESSION, "id: als-1", "id:als-1", 6, "KB102", "Write 'key: value', with a space after the colon."),
    (SESSION, "sets: each", "sets: each\nsets: each", 10, "KB103", "a second time (first on line 9). Keep one"),
    (SESSION, "sets: each", "sets: each\nlayout: wide", 10, "KB111", "The key 'layout' is not known here. Known are"),
    (SESSION, "reviewed:", "reviewd:", 5, "KB111", "The key 'reviewd' is not known here. Did you mean 'reviewed'"),
    (SESSION, "id: als-1", "Id: als-1", 6, "KB111", "Did you mean 'id'"),
    (SESSION, "reviewed: 2021-05-01\n", "", 2, "KB112", "The key 'reviewed' is missing. Add 'reviewed:'."),
    (SESSION, "kind: set\n", "", 2, "KB112", "Add 'kind:'. It is 'launch', 'set' or 'mentors'."),
    (SESSION, "description: About ALS 1.", "description:", 3, "KB113", "There is no value here."),
    (SESSION, "description: About ALS 1.", "description: " + "word " * 50, 3, "KB113", "longer than 200 characters."),
    (SESSION, "reviewed: 2021-05-01", "reviewed: 01/05/2021", 5, "KB113", "Write year, month and day: 2026-11-23."),
    (SESSION, "reviewed: 2021-05-01", "reviewed: 2021-02-30", 5, "KB113", "There is no day '2021-02-30'."),
    (SESSION, "{from: 2020-05}", "{from: May 2020}", 8, "KB113", "or 2010-09 where the day is not known."),
    (SESSION, "{from: 2020-05}", "{from: 2020-05, to: 2020-04}", 8, "KB113", "Swap 'from' and 'to'."),
    (SESSION, "source: [als-1]", "source: [als1]", 4, "KB113", "Did you mean 'als-1'"),
    (SESSION, "source: [als-1]", "source: als-1", 4, "KB113", "'als-1' is not a list. Write [one, two]"),
    (SESSION, "source: [als-1]", "source: [als-1", 4, "KB102", "A square bracket is opened and not closed."),
    (SESSION, "kind: set", "kind: als", 7, "KB113", "Known are: launch, mentors, set."),
    (SESSION, "id: als-1", "id: als-11", 6, "KB203", "Write 'id: als-1', or rename the file to 'als-11.md'."),
    (SESSION, "held: false", "held: maybe", 11, "KB113", "Write true or false."),
    (SESSION, "note: Green.}", "note: Green.", 11, "KB102", "A brace is opened and not closed."),
    (SESSION, "'ALS 1: Trees'", "'ALS <b>1</b>'", 2, "KB113", "'<' may not stand here."),
    (SESSION, "'ALS 1: Trees'", "'ALS {{ 1 }}'", 2, "KB113", "'{' may not stand here."),
    (SESSION, "About ALS 1.", 'About "ALS" 1.', 3, "KB113", "Use single ones."),
    (SESSION, "kind: set", "<<<<<<< HEAD\nkind: set\n=======\nkind: set\n>>>>>>> x", 7, "KB102", "Keep one"),
    (SESSION, "sets: each", "sets: each\nrelated: [sessions/als-2.md]", 10, "KB115", "Did you mean 'sessions/als-1"),
    (SESSION, *routed("questions: [A?, B?]"), "KB113", "A route has three questions, and not 2. Choose three from"),
    (SESSION, *routed("questions: [A?, B?, C?, D?]"), "KB113", "A route has three questions, and not 4."),
    (SESSION, *routed("question: [A?]"), "KB111", "Did you mean 'questions'?"),
    (SESSION, *routed("bring: An axe"), "KB113", "'An axe' is not a list."),
    (SESSION, *routed("readings: [{page: research/table.md}]"), "KB115", "Did you mean 'research/tables.md'"),
    (SESSION, *routed("readings: [{page: sessions/als-1.md}]"), "KB115", "The page itself is in every route."),
    (SESSION, *routed("readings: [{page: research/references.md}]"), "KB115", "is a list to look things up in."),
    (SESSION, *routed("readings: [{page: index.md, minutes: 2}]"), "KB113", "are counted from its words."),
    (SESSION, *routed("readings: [{reference: ash-2011, minutes: 2}]"), "KB115", "Did you mean 'ash-2001'"),
    (
        SESSION,
        *routed("readings: [{reference: ash-2001}]"),
        "KB113",
        "Say how many minutes a reader should set aside",
    ),
    (SESSION, *routed("readings: [{minutes: 2}]"), "KB113", "A reading is either a 'page' or a 'reference'."),
    (SESSION, *routed("readings: [index.md]"), "KB113", "'index.md' stands where keys belong."),
    (SESSION, *routed("readings: [{page: a}, {page: b}, {page: c}]"), "KB113", "at most two readings, and not 3."),
    (MENTORS, "at: '10:15'", "at: '10.15'", 14, "KB113", "Write hours and minutes with a colon: '09:45'."),
    (MENTORS, "at: '10:15'", "at: '10:20'", 14, "KB113", "'Walk' leaves a gap after the end of 'Coffee' (10:15)."),
    (MENTORS, "at: '10:15'", "at: '10:10'", 14, "KB113", "'Walk' begins before the end of 'Coffee' (10:15)."),
    (MENTORS, "at: '10:15'", "at: '09:15'", 14, "KB113", "Put the items in the order of their times."),
    (MENTORS, "minutes: 60", "minutes: an hour", 14, "KB113", "Write digits only."),
    (MENTORS, "duration: 90", "duration: 95", 10, "KB113", "adds up to 90 minutes, and 'duration' says 95."),
    (MENTORS, "duration: 90\n", "", 2, "KB113", "Add 'duration: 90'."),
    (MENTORS, "'11:30'", "'11:45'", 10, "KB113", "From 10:00 to 11:45 is 105 minutes, 'duration' says 90."),
    (NOTES, "cohort: 2020-21", "cohort: 2021-22", 7, "KB203", "Write 'cohort: 2020-21', or move the file"),
    (NOTES, "session: als-1", "related: [sessions/als-1.md]\nsession: als1", 7, "KB115", "Did you mean 'als-1'?"),
    (NOTES, "session: als-1", "session: mentors-1", 6, "KB203", "Rename it to 'mentors-1-north.md', or correct"),
    (NOTES, "set: north", "set: south", 8, "KB203", "Rename it to 'als-1-south.md', or correct"),
    (NOTES, "date: 2020-05-06", "date: 6 May 2020", 9, "KB113", "'6 May 2020' is not a date."),
    (NOTES, "published: 2020-05-20\n", "", 2, "KB112", "The day the notes were put on the site."),
    (TOOL, "minutes: 20", "minutes: 20 minutes", 8, "KB113", "Write digits only."),
    (TOOL, "source: [added]", "source: [section-7]", 4, "KB113", "Write 'added' under 'source' as well."),
    (TOOL, "use: team", "use: tem", 12, "KB113", "Did you mean 'team'?"),
]

DATA = [
    (WORKS, "    type: book", "\ttype: book", 4, "KB102", "indented with a tab. Indent with spaces"),
    (WORKS, "    type: book", "   type: book", 4, "KB102", "line up the keys of an item."),
    (WORKS, "title: First report", "title: First: report", 33, "KB102", "Put text that holds ': ' in quotes"),
    (WORKS, "title: First report", "title First report", 33, "KB102", "A key without its colon"),
    (WORKS, "title: First report", 'title: "First report', 33, "KB102", "A quotation mark is opened here"),
    (WORKS, "volume: '10'", "volume: '10", 19, "KB102", "that begins here ends on line 25, and"),
    (WORKS, "[{family: Ash, given: A}]", "[{family: Ash, given: A]", 5, "KB102", "A brace is opened and not closed."),
    (WORKS, "[{family: Ash, given: A}]", "[{family: Ash, given: A}", 5, "KB102", "A square bracket is opened"),
    (WORKS, "title: First report", 'title: "C:\\report"\n    genre: "\\d"', 34, "KB102", "Use single quotes."),
    (WORKS, "title: First report", "title: *first", 33, "KB104", "begins with *, put it in quotes."),
    (WORKS, "title: First report", "title: &first First report", 33, "KB104", "begins with &, put it in quotes."),
    (WORKS, "title: First report", "title: !!str First report", 33, "KB104", "'!!str' gives this value a type"),
    (WORKS, "title: First report", "title: @first", 33, "KB102", "put text that begins with @, %, `"),
    (WORKS, "title: First report", "title: " + "[" * 20, 33, "KB105", "Check the indentation and the brackets."),
    (WORKS, "  - id: oak-2003a", "    id: oak-2003a", 28, "KB103", "if a new item begins here, write '- '"),
    (WORKS, "  - id: oak-2003a\n    source", "  - source", 28, "KB112", "The key 'id' is missing. Add 'id:'."),
    (WORKS, "    title: First report\n", "", 28, "KB112", "The key 'title' is missing. Add 'title:'."),
    (WORKS, "publisher-place:", "publisher_place:", 9, "KB111", "Did you mean 'publisher-place'"),
    (WORKS, "{family: Ash", "{familiy: Ash", 5, "KB111", "Did you mean 'family'?"),
    (WORKS, "issued: 2003", "issued: '2003?'", 32, "KB113", "Write digits only."),
    (WORKS, "type: report", "type: raport", 30, "KB113", "Did you mean 'report'?"),
    (WORKS, "[{literal: Oak Board}]", "Oak Board", 31, "KB113", "'Oak Board' is not a list."),
    (WORKS, "report-cited-in: [als-1]", "report-cited-in: [als1]", 11, "KB113", "Did you mean 'als-1'"),
    (WORKS, "id: oak-2003a", "id: Oak 2003a", 28, "KB113", "small letters, digits and single hyphens"),
    (WORKS, "id: oak-2003b", "id: oak-2003a", 36, "KB114", "used a second time. Give each item an id of its own."),
    (WORKS, "    title: First", "<<<<<<< HEAD\n    title: First", 33, "KB102", "two versions that were not brought"),
    (WORKS, "title: First report", "title: First\x00 report", 33, "KB101", "(U+0000). Delete it"),
    ("data/practice_standards.yml", "[ash-2001]", "[ash-2011]", 7, "KB115", "Did you mean 'ash-2001'?"),
    ("data/evaluation.yml", "percent: 75", "percent: 57", 2, "KB113", "3 of 4 is 75 per cent, and not 57."),
    ("data/participation.yml", "base: 5", "base: 1", 3, "KB113", "The base is smaller than the count"),
    ("data/participation.yml", "base: 5", "base: 5, percent: 39", 3, "KB113", "2 of 5 is 40 per cent, and not 39."),
    ("data/programme.yml", "when: 2019-11", "when: 2019-13", 39, "KB113", "'2019-13' is not a date."),
    ("data/evaluation.yml", "percent: 75", "percent: 75%", 2, "KB113", "Write digits only."),
    ("data/evaluation.yml", "percent: 60", "percent: 160", 4, "KB113", "It has to be at most 100."),
    ("data/evaluation.yml", ", topic: sets", "", 4, "KB113", "would be shown nowhere. Give it a 'topic'"),
    ("data/evaluation.yml", "outcomes: [height]}", "outcomes: [heigt]}", 6, "KB115", "Did you mean 'height'"),
    ("data/participation.yml", "id: starters", "id: planted", 2, "KB114", "is used in data/evaluation.yml as well."),
    ("data/programme.yml", "to: 2020-10", "to: 2020-08", 41, "KB113", "Swap 'when' and 'to'."),
    ("data/glossary.yml", "term: Shade", "term: tfk", 3, "KB114", "The term 'tfk' stands here a second time."),
    ("data/councils.yml", "withdrew: 1", "withdrew: 2", 3, "KB113", "more than the 1 who were nominated."),
    ("data/councils.yml", "average_attendance: 5.5", "average_attendance: nan", 2, "KB113", ""),
    ("data/councils.yml", "average_attendance: 5.5", "average_attendance: 55", 2, "KB113", "at most 7."),
    (SESSION, "title: 'ALS 1: Trees'", "title: 'ALS 1: &copy; Trees'", 2, "KB113", "Write the sign itself."),
    ("data/councils.yml", "nominees: 2", "nominees: -2", 2, "KB113", "It has to be at least 0."),
    ("data/workshop_themes.yml", "status: planned", "status: plan", 3, "KB113", "Did you mean 'planned'?"),
    ("data/programme.yml", "absence,", "absent,", 29, "KB113", "Did you mean 'absence'?"),
    ("data/councils.yml", "nominees: 2", "nominees: 2, note: TODO", 2, "KB503", "is a note to yourself."),
    ("data/glossary.yml", "term: Shade", "term: ‘Shade’", 3, "KB113", "are curly, so that they would show."),
    ("data/references.yml", "DOI: 10.", "DOI: https://doi.org/10.", 21, "KB113", "Write it without https://doi.org/"),
    (
        "data/references.yml",
        "DOI: 10.1000/woods.1",
        "ISBN: '9780471237380'",
        21,
        "KB113",
        "No book can have this ISBN",
    ),
    ("data/more/new.yml", None, "x: 1\n", 1, "KB106", "those in folders are not read."),
    ("data/local.yml", "local:", MEETING.replace("als-1", "als-9"), 3, "KB115", "Did you mean 'als-1'?"),
    ("data/local.yml", "local:", MEETING.replace("-15", "-32"), 3, "KB113", "There is no day '2030-01-32'."),
    ("data/local.yml", "local:", MEETING.replace("}", ", ends: '10:00'}"), 3, "KB113", "Add 'starts:'"),
    (
        "data/local.yml",
        "local:",
        MEETING.replace("}", ", starts: '10:00', ends: '10:00'}"),
        3,
        "KB113",
        "before it starts",
    ),
    ("data/local.yml", "local:", MEETING.replace("North", "'!'"), 3, "KB113", "'!' makes no address."),
    ("data/local.yml", "local:", MEETING + MORE.format("mentors-1", "NORTH"), 4, "KB114", "one calendar, 'north'."),
    ("data/local.yml", "local:", MEETING + MORE.format("als-1", "North"), 4, "KB114", "has 'als-1' a second time."),
    ("data/local.yml", "local:", CONTACT, 3, "KB113", "Nobody can reach this contact. Add 'email:' or 'telephone:'."),
    ("data/local.yml", "local:", CONTACT.replace("}", ", email: desk}"), 3, "KB113", "'desk' is no e-mail address."),
    ("data/local.yml", "local:", CONTACT.replace("}", ", telephone: desk}"), 3, "KB113", "is no telephone number."),
    ("data/local.yml", "local:", TWO_TOLD, 4, "KB113", "Leave 'mistakes: true' with one contact."),
    (
        "data/local.yml",
        "local:",
        TWO_TOLD.replace("mistakes", "accessibility"),
        4,
        "KB113",
        "A second contact answers for accessibility.",
    ),
    (
        "data/local.yml",
        "local:",
        TWO_TOLD.replace("mistakes", "data_protection"),
        4,
        "KB113",
        "A second contact is the data protection officer.",
    ),
    ("data/local.yml", "local:", "local:\n  logo: logo.png", 2, "KB113", "Add 'council:'"),
    ("data/local.yml", "local:", HOST + "\n  logo: ../../secret.png", 7, "KB113", "The file stands in data/local/."),
    ("data/local.yml", "local:", HOST + "\n  logo: logo.gif", 7, "KB113", "is no name of a picture"),
    (
        "data/local.yml",
        "local:",
        HOST + "\n  logo: logo.png",
        7,
        "KB115",
        "There is no picture 'data/local/logo.png'.",
    ),
    ("data/local.yml", "local:", "local:\n  banner: {text: Hello, level: loud}", 2, "KB113", "'loud' is not one of"),
    (
        "data/local.yml",
        "local:",
        "local:\n  banner: {text: Hello, until: 1 May}",
        2,
        "KB113",
        "'1 May' is not a date.",
    ),
    ("data/local.yml", "local:", "local:\n  banner: {level: notice}", 2, "KB112", "The key 'text' is missing."),
    ("data/local.yml", "local:", f"local:\n  banner: {{text: {'a' * 201}}}", 2, "KB113", "longer than 200"),
    ("data/local.yml", "local:", LINK.format("http://wood.example/"), 3, "KB113", "does not begin with 'https://'."),
    ("data/local.yml", "local:", LINK.format("https://"), 3, "KB113", "'https://' is no address."),
    ("data/local.yml", "local:", LINK.format("www.wood.example"), 3, "KB113", "Write it as the browser shows it"),
    ("data/local.yml", "local:", HOST.replace("tested", "testet"), 3, "KB111", "Did you mean 'tested'?"),
    (
        "data/local.yml",
        "local:",
        HOST.replace("2030-01-08", "2030-01-08, reviewed: 2030-01-01"),
        3,
        "KB113",
        "before it was prepared (2030-01-10).",
    ),
    ("data/local.yml", "local:", HOST.replace("problems: []", "problems: none"), 3, "KB113", "'none' is not a list."),
    (
        "data/local.yml",
        "local:",
        HOST.replace("shared_with", "notes_kept_years: 0, shared_with"),
        4,
        "KB113",
        "at least 1.",
    ),
    ("data/local.yml", "local:", HOST.replace("shared_with", "notice: home, shared_with"), 4, "KB113", "https://"),
    (
        "data/local.yml",
        "local:",
        HOST + "\n  search_engines: maybe",
        7,
        "KB113",
        "'maybe' is neither true nor false.",
    ),
    (NOTES, "{{ note_facts() }}\n", "", 12, "KB505", "Write {{ note_facts() }} on a line of its own at the top"),
    (HOME, "{{ sessions() }}", "{{ note_facts() }}", 10, "KB305", "on a page of notes only."),
    (HOME, "{{ sessions() }}", '{{ notes("newst") }}', 10, "KB305", "Did you mean 'newest'?"),
    (HOME, "{{ sessions() }}", '{{ dates("al") }}', 10, "KB305", "Did you mean 'all'?"),
    (HOME, "{{ sessions() }}", "[feed](feed_rss_created.xml)", 10, "KB401", "leads to no page or file."),
    ("data/glossary.yml", None, b"glossary:\n  - {id: x, term: caf\xe9}\n", 2, "KB101", "Save it again as UTF-8"),
    ("data/glossary.yml", None, "", 1, "KB113", "There are no keys here. Write 'key: value' lines: glossary"),
    ("data/references.yaml", None, "x: 1\n", 1, "KB106", "Did you mean 'references.yml'?"),
]

LINKS = [
    ("[x](als-2.md)", "KB401", "'als-2.md' leads to no page or file. Did you mean 'als-1.md'?"),
    ("[x](references.md)", "KB401", "Did you mean '../research/references.md'?"),
    ("[x](ALS-1.md)", "KB401", "Did you mean 'als-1.md'"),
    ("[x](..\\research\\references.md)", "KB401", "Did you mean '../research/references.md'"),
    ("[x](../../data/references.yml)", "KB401", "leads to no page or file."),
    ("[x](../research/references.md#ash-2011)", "KB402", "'#ash-2011' on 'docs/research/references.md'. Did you"),
    ("[x](#activity)", "KB402", "'#activity' on this page. Did you mean 'activities'?"),
    ("[x](/research/references.md)", "KB403", "Write it from this page. Did you mean '../research/references.md'?"),
    ("[x](../research/references/)", "KB401", "Did you mean '../research/references.md'?"),
    ("[x](../research/references.html)", "KB401", "Did you mean '../research/references.md'?"),
    ('<a href="mentors-1.md">x</a>', "KB403", "Write it as Markdown: [text](mentors-1.md)."),
    ('<img src="tree.png" alt="A tree">', "KB403", "Write it as Markdown: ![text](tree.png)."),
    ("![A tree](tree.png)", "KB401", "Put the file into docs/, and write its path from this page."),
    ("![A tree](https://wood.invalid/tree.png)", "KB403", "would be fetched from another host."),
    ("[x](javascript:alert(1))", "KB403", "Only https:, mailto: and tel: may be linked to, and files in docs/."),
    ("[x](file:///C:/notes.docx)", "KB403", "put the file into docs/, and link to it there."),
    ("[x](C:\\notes.docx)", "KB403", "put the file into docs/, and link to it there."),
    ("[x](www.wood.invalid)", "KB401", "Write it out: https://www.wood.invalid"),
    ("[x](http:/wood.invalid)", "KB403", "Write it out: https://wood.invalid"),
    ("[x](office@wood.invalid)", "KB401", "Write it out: mailto:office@wood.invalid"),
    ("[x](http://localhost:8000/x/)", "KB403", "That is your own preview"),
    ("[x](als 2.md)", "KB401", "'als 2.md' leads to no page or file. Did you mean 'als-1.md'?"),
    ("[x(mentors-1.md)", "KB401", "The words of this link are not closed"),
    ("[x]()", "KB401", "This link leads nowhere."),
    ("[x] (mentors-1.md)", "KB401", "A space stands inside this link, so that it shows as text."),
    ("(x)[mentors-1.md]", "KB401", "The brackets of this link are swapped"),
    ("[x](mentors-1.md and", "KB401", "This link is not closed, so that it shows as text."),
    ("[x][elm]", "KB401", "There is no line that begins with '[elm]:' on this page."),
    ("Rain[^1].", "KB401", "There is no line that begins with '[^1]:' on this page."),
    ("[^1]: Rain.", "KB401", "Nothing on this page refers to the footnote '[^1]'."),
]

HEADINGS = [
    ("## Activities\n", "# Activities\n", 24, "KB501", "is a second-level heading. Write '## Activities'."),
    ("## Activities\n", "### Activities\n", 24, "KB501", "Write '## Activities'."),
    ("## Activities\n", "##Activities\n", 24, "KB501", "Put a space after the number signs"),
    ("## Activities\n", " ## Activities\n", 24, "KB501", "Begin the line with the number signs."),
    ("## Activities\n", "## Activity\n", 24, "KB501", "Did you mean 'Activities'?"),
    ("## Activities\n", "## Exercises\n", 24, "KB501", "Did you mean 'Activities'?"),
    ("## What was covered\n", "## What Was Covered\n", 20, "KB501", "Did you mean 'What was covered'?"),
    ("## Activities\n\nWalking.\n\n", "", 13, "KB501", "Write '## Activities' after 'What was covered'."),
    ("## Downloads\n\n{{ downloads() }}\n", "", 13, "KB501", "Write '## Downloads' after 'Where this comes from'."),
    ("Walking.\n", "Walking.\n\n## Activities\n\nMore.\n", 28, "KB501", "a second time. Keep one of the two."),
    ("Walking.\n", "Walking.\n\n## Next time\n\nMore.\n", 28, "KB501", "Make it a third-level heading."),
    ("Walking.\n", "Walking.\n\n#### Far\n\nMore.\n", 28, "KB501", "(2 is followed by 4). Use ### here."),
    ("Walking.\n", "Walking.\n\n# Far\n\nMore.\n", 28, "KB501", "the title in the front matter"),
    ("Walking.\n", "Walking.\n---\n", 26, "KB501", "makes a heading of them. Put an empty line between them"),
    ("Walking.\n\n", "", 24, "KB504", "nothing under 'Activities'. Say in a sentence what is not known"),
    ("Walking.\n", "Walking.\n\n```\nFar.\n", 28, "KB501", "This block of code is not closed."),
]

BOXES_AND_LEFTOVERS = [
    ("!!! added", "!!! note", 30, "KB502", "'note' is not a voice of this site. Known are: added, curator."),
    ("!!! added", "!!! aded", 30, "KB502", "Did you mean 'added'?"),
    ("!!! added", "??? added", 30, "KB502", "Boxes that fold are not used here. Write '!!! added'."),
    ("!!! added", "!!!added", 30, "KB502", "The box needs a space after '!!!'."),
    ("!!! added", "!! added", 30, "KB502", "A box begins with three exclamation marks."),
    ("!!! added", "!!!", 30, "KB502", "This box does not say whose voice it is."),
    ('"Added guidance"', "“Added guidance”", 30, "KB502", "not in straight double quotes."),
    ("    - What grows", "- What grows", 30, "KB502", "Begin each line of it with four spaces."),
    ("Walking.", "TODO: ask.", 26, "KB503", "'TODO' is a note to yourself. Finish it, or take it out."),
    ("Walking.", "Replace me.", 26, "KB503", "'Replace me' is text of a template."),
    ("Walking.", "Where? ???", 26, "KB503", "'???' is a note to yourself."),
    ("Walking.", "[insert text here]", 26, "KB503", "is text of a template."),
    ("Walking.", "The setâ€™s walk.", 26, "KB503", "letters that were read in a wrong encoding"),
    ("Walking.", "On the the way.", 26, "KB503", "'the the' is the same word twice."),
    ("Walking.", "A.\n\n=======\nB.", 28, "KB503", "two versions that were not brought together"),
    ("Walking.", "• One\n• Two", 26, "KB503", "Write '- ' instead."),
    ("Walking.\n", "A.\n\n### B\n\nC.\n\n### B\n\nD.\n", 32, "KB410", "'B' stands on line 28 already"),
    ("Walking.", "A[^1].\n\n[^1]: B.\n[^1]: C.", 29, "KB410", "'[^1]:' stands on line 28 already"),
    ("    - What grows here?", "    - What?\n\n  More.", 33, "KB502", "so it stands outside the box above."),
    ("Walking.", "<!-- later -->", 24, "KB504", "nothing under 'Activities'."),
    ("Walking.", "• Walking.", 26, "KB503", "Write '- ' instead."),
    ("Walking.", "<<<<<<< HEAD\nWalking.\n=======\nRunning.\n>>>>>>> x", 26, "KB503", "Keep one of them, and"),
]

FILES = [
    (HOME, None, "---\ntitle: C\n---\n\nCafé.\n".encode("latin-1"), 5, "KB101", "not UTF-8 text from here on."),
    (HOME, None, "---\ntitle: C\n---\n".encode("utf-16"), 1, "KB101", "Save it again as UTF-8"),
    (SESSION, ACTIVITIES, "Walk\x00ing.\n", 26, "KB101", "(U+0000). Delete it"),
    (HOME, None, "", 1, "KB202", "The page is empty. Write it, or delete the file."),
    (TOOL, None, TOOL_PAGE.split("{{ tool_facts")[0], 9, "KB202", "There is nothing below the front matter."),
    ("docs/toolkit/saw.markdown", None, TOOL_PAGE, 1, "KB203", "does not end in .md. Rename the file."),
    ("docs/toolkit/saw.MD", None, TOOL_PAGE, 1, "KB203", "does not end in .md. Rename the file."),
    ("docs/toolkit/saw.md.txt", None, TOOL_PAGE, 1, "KB203", "does not end in .md. Rename the file."),
    ("docs/toolkit/Saw.md", None, TOOL_PAGE, 1, "KB203", "rename it to 'saw'"),
    ("docs/toolkit/big saw.md", None, TOOL_PAGE, 1, "KB203", "rename it to 'big-saw'"),
    ("docs/Research/saw.md", None, PAGE, 1, "KB203", "rename it to 'research'"),
    ("docs/research/saw.md", None, TOOL_PAGE, 6, "KB203", "Move it to docs/toolkit/, or take these keys out."),
    (NAV, None, "nav:\n  - axe.md\n  - saw.md\n", 3, "KB115", "no 'saw.md' in this folder. Did you mean 'axe.md'?"),
    (NAV, None, "nav:\n  - index.md\n", 2, "KB115", "no 'index.md' in this folder."),
    (NAV, None, "nav:\n  - The axe: ax.md\n", 2, "KB115", "Did you mean 'axe.md'?"),
    (NAV, None, "nav:\n  - Tools:\n      - ax.md\n", 3, "KB115", "Did you mean 'axe.md'?"),
    (NAV, None, "nav:\n  - 'The <b>axe</b>': axe.md\n", 2, "KB113", "A title in the navigation is plain text."),
    (NAV, None, "nav:\n  - '{{ 7 }}': axe.md\n", 2, "KB113", "A title in the navigation is plain text."),
    (NAV, None, "title: '{{ 7 }}'\nnav:\n  - axe.md\n", 1, "KB113", "A title in the navigation is plain text."),
    (NAV, None, "nav:\n  - axe.md\n  - X: javascript://x\n", 3, "KB403", "is not an address to link to."),
    (NAV, None, "nav:\n  - axe.md\n  - “*”\n", 3, "KB113", "are curly, so that they would show."),
    (NAV, None, "nav:\n  - axe.md\n  - axe.md\n", 3, "KB114", "'axe.md' stands here a second time."),
    (NAV, None, "nav: axe.md\n", 1, "KB113", "The navigation has to be a list."),
    (NAV, None, "nav:\n  -\n", 2, "KB113", "Write the name of a file or folder, or 'Title: name'."),
    (NAV, None, "navs:\n  - axe.md\n", 1, "KB111", "Did you mean 'nav'?"),
    (NAV, None, "- axe.md\n", 1, "KB111", "Begin with 'nav:', and put the list below it."),
    (NAV, None, "nav:\n  - axe.md\n - x\n", 3, "KB102", "This line is not indented like"),
]


@pytest.mark.parametrize(("path", "old", "new", "line", "code", "words"), [*MACROS, *FRONT_MATTER, *DATA, *FILES])
def test_slip_is_told_once_on_its_line_with_its_remedy(faults_after, path, old, new, line, code, words):
    tells_only(faults_after(path, old, new), path, line, code, words)


@pytest.mark.parametrize(("old", "new", "line", "code", "words"), [*HEADINGS, *BOXES_AND_LEFTOVERS])
def test_slip_in_the_text_of_a_session_is_told_once(faults_after, old, new, line, code, words):
    tells_only(faults_after(SESSION, old, new), SESSION, line, code, words)


@pytest.mark.parametrize(("link", "code", "words"), LINKS)
def test_link_that_goes_wrong_is_told_once(faults_after, link, code, words):
    tells_only(faults_after(SESSION, ACTIVITIES, f"Walking.\n\n{link}\n"), SESSION, 28, code, words)


def tells_only(told, path, line, code, words):
    """That an author reads one line, and what it says."""
    assert len(told) == 1, told
    assert told[0].startswith(f"{path}:{line}:")
    assert f": {code} " in told[0]
    assert words in told[0]


@pytest.mark.parametrize("word", ["feling-trees", "felling-tree", "felling trees", "Felling-Trees", "felling_trees"])
def test_keyword_that_is_nearly_the_id_of_a_list_of_synonyms_is_a_warning(faults_after, word):
    told = faults_after(TOOL, "added: true", f"added: true\nsearch: {{keywords: [elm, {word}]}}")
    tells_only(told, TOOL, 12, "KB115", f"'{word}' is nearly, but not quite, the id of a list")
    assert f"{TOOL}:12:26: KB115 warning:" in told[0]
    assert told[0].endswith("Did you mean 'felling-trees'?")


# --- what is more than the text of a file ---------------------------------------------------------------


def test_heading_in_the_wrong_place_is_told_with_its_place(faults_after):
    faults_after(SESSION, "## Activities\n\nWalking.\n\n", "")
    told = faults_after(SESSION, "## If you missed it", "## Activities\n\nWalking.\n\n## If you missed it")
    tells_only(told, SESSION, 33, "KB501", "comes too late. Its place is before 'How it ran in 2010-11'.")


def test_data_file_that_is_gone_is_told_once(fake, faults_after):
    (fake / WORKS).unlink()
    tells_only([str(fault) for fault in found(fake)], WORKS, 1, "KB106", "Put it back; it begins with 'references:'.")


def test_page_that_macros_lead_to_is_missed_once_by_name(fake):
    (fake / "docs/about/historical-record.md").unlink()
    told = [str(fault) for fault in found(fake)]
    tells_only(told, "docs/about/historical-record.md", 1, "KB401", "macros link to it. Put it back.")


def test_page_that_is_gone_is_told_on_each_line_that_leads_to_it(fake):
    (fake / SESSION).unlink()
    assert [told.split(" ")[:2] for told in map(str, found(fake))] == [
        [f"{NOTES}:6:1:", "KB115"],
        [f"{NOTES}:21:24:", "KB401"],
    ]


def test_name_that_changed_in_data_is_told_wherever_it_stood(faults_after):
    told = faults_after(WORKS, "id: ash-2001", "id: ash-2011")
    assert [line.split(" ")[:2] for line in told] == [
        ["data/practice_standards.yml:7:17:", "KB115"],
        ["data/recommendations.yml:3:97:", "KB115"],
        [f"{SESSION}:22:7:", "KB305"],
        [f"{SESSION}:39:21:", "KB402"],
        [f"{MENTORS}:26:7:", "KB305"],
        [f"{MENTORS}:49:21:", "KB402"],
    ]
    assert all("Did you mean 'ash-2011'?" in line for line in told)


# --- several at once ------------------------------------------------------------------------------------


def test_slips_of_every_kind_in_several_files_are_told_together(faults_after):
    edits = [
        (HOME, "(research/references.md)", "(research/reference.md)", "docs/index.md:8:", "KB401"),
        (NOTES, "cohort: 2020-21", "cohort: 2019-20", f"{NOTES}:7:", "KB203"),
        (NOTES, "Mud.", "TODO", f"{NOTES}:17:", "KB503"),
        (MENTORS, "minutes: 60", "minutes: 50", f"{MENTORS}:15:", "KB113"),
        (MENTORS, "Walking.", "[x](als-3.md)", f"{MENTORS}:30:", "KB401"),
        (SESSION, "title: 'ALS 1: Trees'", "title: ALS 1: Trees", f"{SESSION}:2:", "KB102"),
        (SESSION, "Trees were named.", '{{ cite("elm-1") }}', f"{SESSION}:18:", "KB305"),
        (SESSION, "It rained.", "{{ cite(“x”) }}", f"{SESSION}:35:", "KB301"),
        (SESSION, "(../research/references.md", "(../research/works.md", f"{SESSION}:39:", "KB401"),
        (SESSION, "!!! added", "!!! note", f"{SESSION}:30:", "KB502"),
        ("data/councils.yml", "nominees: 1", "nominees: one", "data/councils.yml:3:", "KB113"),
        ("data/outcomes.yml", "number: 1", "numbr: 1", "data/outcomes.yml:2:", "KB111"),
        (WORKS, "type: report", "type: raport", f"{WORKS}:30:", "KB113"),
    ]
    for path, old, new, _, _ in edits:
        told = faults_after(path, old, new)
    places = sorted((place, code) for *_, place, code in edits)
    assert sorted((line[: line.index(":", line.index(":") + 1) + 1], line.split(" ")[1]) for line in told) == places


def test_several_slips_on_one_line_have_columns_of_their_own(faults_after):
    told = faults_after(SESSION, ACTIVITIES, '{{ cite("a1") }}, {{ cite("b2") }} and [x](c.md).\n')
    assert [line.split(" ")[:2] for line in told] == [
        [f"{SESSION}:26:1:", "KB305"],
        [f"{SESSION}:26:19:", "KB305"],
        [f"{SESSION}:26:42:", "KB401"],
    ]


PLACES = [
    ("cite", '`{{ cite("ash-2001") }}`', "KB304", "stands in code, and would show as HTML."),
    ("cite", '### On {{ cite("ash-2001") }}\n\nText.', "KB304", "stands in a heading"),
    ("outcomes", "- {{ outcomes() }}", "KB304", "draws a block. Put it on a line of its own"),
    ("outcomes", "Text {{ outcomes() }}", "KB304", "draws a block."),
    ("outcomes", "Text\n{{ outcomes() }}", "KB304", "with empty lines around it."),
    ("outcomes", "!!! added\n    {{ outcomes() }}", "KB304", "at the left edge"),
    ("outcomes", "```\n{{ outcomes() }}\n```", "KB304", "or, to show it as text, put {% raw %} before"),
]


@pytest.mark.parametrize(("name", "written", "code", "words"), PLACES, ids=[place[1] for place in PLACES])
def test_call_that_cannot_be_drawn_where_it_stands(faults_after, name, written, code, words):
    (told,) = faults_after(SESSION, ACTIVITIES, f"{written}\n")
    assert f" {code} " in told
    assert words in told


@pytest.mark.parametrize(
    ("path", "gone", "remedy"),
    [
        (
            SESSION,
            "{{ session_facts() }}",
            "Write {{ session_facts() }} on a line of its own at the top of the page.",
        ),
        (SESSION, "{{ cited_here() }}", "on a line of its own under 'Evidence cited on this page'."),
        (SESSION, "{{ sources() }}", "on a line of its own under 'Where this comes from'."),
        (TOOL, "{{ sources() }}", "on a line of its own under 'Where this comes from'."),
        (TOOL, "{{ tool_facts() }}", "Write {{ tool_facts() }} on a line of its own at the top of the page."),
        (TOOL, "{{ downloads() }}", "on a line of its own under 'Print and download'."),
        (TOOL, "{{ form() }}", "on a line of its own under 'What to record'."),
    ],
)
def test_call_that_every_such_page_has(faults_after, path, gone, remedy):
    (told,) = faults_after(path, gone, "Nothing.")
    assert " KB505 " in told
    assert remedy in told


def test_list_of_works_on_a_page_that_cites_none(faults_after):
    (told,) = faults_after(HOME, "Welcome", "{{ cited_here() }}\n\nWelcome")
    assert "docs/index.md:8:1: KB305 This page cites no work." in told


def test_page_that_the_navigation_leaves_out(faults_after, fake):
    (fake / "docs/toolkit/saw.md").write_text(TOOL_PAGE, encoding="utf-8")
    told = faults_after(NAV, None, "nav:\n  - axe.md\n")
    remedy = "Name it in docs/toolkit/.nav.yml, or end the list there with '*'."
    assert told == [f"docs/toolkit/saw.md:1:1: KB203 The navigation leaves this out. {remedy}"]


@pytest.mark.parametrize("rest", ["- '*'", "- '*.md'", "- glob: '*'", "- Tools:\n      - saw.md"])
def test_page_that_a_pattern_of_the_navigation_takes_in(faults_after, fake, rest):
    (fake / "docs/toolkit/saw.md").write_text(TOOL_PAGE, encoding="utf-8")
    assert faults_after(NAV, None, f"nav:\n  - axe.md\n  {rest}\n") == []
