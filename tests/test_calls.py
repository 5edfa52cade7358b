from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from knowledge_base.calls import read_calls


def read(text, first_line=1):
    """The calls of a page as (name, args, kwargs), and its faults as (line, code)."""
    calls, faults = read_calls(text, "docs/x.md", first_line)
    return (
        [(call.name, call.args, dict(call.kwargs)) for call in calls],
        [(fault.line, fault.code) for fault in faults],
    )


def told(text):
    """What an author is told of the only fault on a page."""
    (fault,) = read_calls(text, "docs/x.md")[1]
    return str(fault)


# --- what a page may say --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ sources() }}", ("sources", (), {})),
        ("{{sources()}}", ("sources", (), {})),
        ("{{- sources() -}}", ("sources", (), {})),
        ('{{ cite("ash-2001") }}', ("cite", ("ash-2001",), {})),
        ("{{ cite('ash-2001') }}", ("cite", ("ash-2001",), {})),
        ('{{ cite("ash-2001", "oak-2003a") }}', ("cite", ("ash-2001", "oak-2003a"), {})),
        ('{{ cite("ash-2001",\n        "oak-2003a") }}', ("cite", ("ash-2001", "oak-2003a"), {})),
        ('{{ cite("ash-2001", page="12-14") }}', ("cite", ("ash-2001",), {"page": "12-14"})),
        ('{{ cite("{{ x }}") }}', ("cite", ("{{ x }}",), {})),
        ("{{ tool(1, 2.5, true, none) }}", ("tool", (1, 2.5, True, None), {})),
    ],
)
def test_call_with_plain_values_is_read(text, expected):
    assert read(text) == ([expected], [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text with { one brace } and {: .attributes }.",
        "{ #anchor }",
        "{# a comment #}",
        "{# a comment\nof {{ several }} lines #}",
        "{% raw %}{{ anything.at.all }}{% endraw %}",
        "{%- raw -%}\n{% set x = 1 %}\n{%- endraw -%}",
        "Closing }} braces %} alone #}",
    ],
)
def test_text_comments_and_raw_passages_say_nothing(text):
    assert read(text) == ([], [])


def test_each_call_knows_its_place_in_the_file():
    text = 'One {{ cite("a") }} and {{ cite("b") }}.\n\n{{ sources() }} {# x #}{{ cite(\n"c") }}'
    calls, _ = read_calls(text, "docs/x.md", first_line=9)
    assert [(call.name, call.line, call.column) for call in calls] == [
        ("cite", 9, 5),
        ("cite", 9, 25),
        ("sources", 11, 1),
        ("cite", 11, 24),
    ]


# --- what is refused ------------------------------------------------------------------------------------

_WALKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cite.__globals__ }}",
    "{{ cite('a').__class__ }}",
    '{{ cite("a").format(1) }}',
    "{{ cite['__globals__'] }}",
    "{{ config.plugins }}",
    "{{ page.meta.title }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ dict.mro() }}",
    "{{ files._files }}",
]
_EXPRESSIONS = [
    "{{ config }}",
    "{{ 7 }}",
    "{{ 'text' }}",
    "{{ 7 * 7 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ -1 }}",
    "{{ not x() }}",
    "{{ x() and y() }}",
    "{{ x() if y() else z() }}",
    "{{ x() == y() }}",
    "{{ x() in y() }}",
    "{{ x() is defined }}",
    "{{ x() ~ y() }}",
    "{{ x(), y() }}",
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{{ x()() }}",
    "{{ x()[0] }}",
    "{{ x()|upper }}",
    "{{ 'a'|attr('b') }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ range(9)|list }}",
    "{{ '{0.__class__}'.format(1) }}",
]
_VALUES = [
    "{{ cite(x) }}",
    "{{ cite(x.y) }}",
    "{{ cite(x()) }}",
    "{{ cite('a' ~ 'b') }}",
    "{{ cite('a' + 'b') }}",
    "{{ cite('a' * 9) }}",
    "{{ cite('a'|upper) }}",
    "{{ cite(['a']) }}",
    "{{ cite(('a', 'b')) }}",
    "{{ cite({'a': 'b'}) }}",
    "{{ cite('a'[0]) }}",
    "{{ cite(-1) }}",
    "{{ cite(not 1) }}",
    "{{ cite('a' if 1 else 'b') }}",
    "{{ cite(*x) }}",
    "{{ cite(*['a']) }}",
    "{{ cite(**x) }}",
    "{{ cite(**{'page': '1'}) }}",
    "{{ cite(page=x) }}",
    "{{ cite('a', page='1', page='2') }}",
    r"{{ cite('\ud800') }}",
    r"{{ cite('a\nb') }}",
    "{{ cite('a\nb') }}",
]
_STATEMENTS = [
    "{% set x = 1 %}",
    "{% set x %}y{% endset %}",
    "{% if 1 %}x{% endif %}",
    "{% for x in range(10**9) %}{{ x }}{% endfor %}",
    "{% macro x() %}y{% endmacro %}",
    "{% call x() %}y{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block x %}y{% endblock %}",
    "{% extends 'base.html' %}",
    "{% include '../secret.txt' %}",
    "{% import 'x.html' as x %}",
    "{% from 'x.html' import y %}",
    "{% with x = 1 %}y{% endwith %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% autoescape x.y %}{% endautoescape %}",
    "{%- set x = 1 -%}",
    "{% print x.y %}",
]


@pytest.mark.parametrize("text", [*_WALKS, *_EXPRESSIONS, *_VALUES, *_STATEMENTS])
def test_whatever_is_no_plain_call_is_refused_with_its_line(text):
    calls, faults = read(f"Text.\n\n{text}\n\nMore {{{{ sources() }}}}.", first_line=7)
    assert faults == [(9, "KB302")]
    assert calls == [("sources", (), {})]


@pytest.mark.parametrize(
    "text",
    [
        "{{ }}",
        "{{ some words }}",
        "{{ cite( }}",
        "{{ cite('a' }}",
        "{{ cite('a'))",
        "{{ cite 'a') }}",
        "{{ cite('a) }}",
        "{{ cite('a') }",
        "{{ cite('a')",
        "{{{ cite('a') }}}",
        "{{ cite(page='1', 'a') }}",
        "{{ cite(“a”) }}",
        "{{",
        "{%",
        "{% endif %}",
        "{% nothing %}",
        "{% do x() %}",
        "{% trans %}",
        "{# open",
        "{{ 1" + "0" * 5000 + " }}",
        "{{ cite(" + "9" * 5000 + ") }}",
        "{{ " + "(" * 3000 + ")" * 3000 + " }}",
        "{{ " + "[" * 3000 + " }}",
        "{{ cite(" + "-" * 5000 + "1) }}",
        "{{ " + "not " * 5000 + "1 }}",
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text):
    calls, faults = read(f"Text.\n\n{text}\n\nMore {{{{ sources() }}}}.", first_line=7)
    assert faults == [(9, "KB301")]
    assert calls == [("sources", (), {})]


@pytest.mark.parametrize("end", ["", "{% end raw %}", "{% endrow %}"])
def test_raw_passage_that_does_not_end_is_told_once(end):
    text = f"Text.\n{{% raw %}}\n{{{{ x.y }}}}\n{end}\n\n{{{{ z }}}}"
    assert told(text).startswith("docs/x.md:2:1: KB301 '{% raw %}' is not closed. Write {% endraw %}")


def test_quotation_mark_that_is_not_closed_is_told_where_it_opens_however_much_it_takes_in():
    text = 'A {{ cite("a) }}.\n\nB.\n\nC {{ cite("b") }}.\n\nD {{ cite("c") }} {{ sources() }}.'
    calls, faults = read(text)
    assert faults == [(1, "KB301")]
    assert [name for name, _, _ in calls] == ["cite", "cite", "sources"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ cite(“a”) }}", "The quotation marks are curly. Type straight ones"),
        ("{{ cite(ash-2001) }}", "Put quotes around the value"),
        ("{{ sources }}", "Write round brackets after the name: {{ sources() }}."),
        ("{% set x = 1 %}", "'{% set %}' may not stand on a page."),
        ("## Head {#here}", "'{#' opens a comment that is not closed."),
        ("{{ cite('a', page='1', page='2') }}", "'page' stands twice in this macro call."),
        ("{{ page.title }}", "Only a macro call may stand in double braces."),
        ("{{ cite('a' }}", "two braces on each side, quotes, brackets."),
        ("{{ " + "(" * 3000 + " }}", "nested too deep"),
    ],
)
def test_remedy_fits_the_slip(text, words):
    assert words in told(text)


def test_all_faults_of_a_page_are_told_together():
    text = (
        "{{ a.b }}\n{{ cite( }}\nText.\n{% if 1 %}\nx {{ y }} {{ z }}\n{% endif %}\n{{ sources() }}\n{{ cite(“a”) }}"
    )
    calls, faults = read(text)
    assert sorted(faults) == [(1, "KB302"), (2, "KB301"), (4, "KB302"), (8, "KB301")]
    assert calls == [("sources", (), {})]


def test_two_faults_on_one_line_have_columns_of_their_own():
    _, faults = read_calls("{{ a }} and {{ sources() }} and {{ b }}", "docs/x.md")
    assert [(fault.line, fault.column) for fault in faults] == [(1, 1), (1, 33)]


def test_page_of_broken_calls_brings_no_flood():
    assert len(read("{{ cite( }}\n" * 500)[1]) == 30


# --- whatever there is on a page ------------------------------------------------------------------------

_PIECES = [
    *"{{ }} {% %} {# #} { } cite sources ( ) , = page a . raw endraw set if endif".split(),
    *"for in x * ** [ ] - ~ \\ # : \" '".split(),
    *'\\x00 \\ud800 1 9e999 true none “ é () | ") }}'.split(),
    *[" ", "\n", "\r", "\u2028", "{{ cite(", "{{ sources() }}", "{% raw %}", "{% endraw %}", "{% autoescape 1 %}"],
]
_PAGES = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))


@settings(deadline=None, max_examples=600)
@given(_PAGES)
@example("{{ " + "1" * 5000 + " }}")
@example("{{ " + "(" * 5000 + " }}")
def test_no_text_makes_reading_fail(text):
    calls, faults = read_calls(text, "docs/x.md")
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= place.line <= lines and place.column >= 1 for place in [*calls, *faults])
    assert all("\n" not in str(fault) and str(fault).encode() for fault in faults)


_WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)
_VALUE = st.one_of(
    st.text("abc-0129 .,é{}%#", max_size=12).map(lambda text: f'"{text}"'),
    st.integers().map(str),
    st.sampled_from(["true", "none", "x", "x.y", "[1]", "'a' ~ 'b'", "x()"]),
)
_ARGUMENT = st.one_of(_VALUE, st.builds("{}={}".format, _WORD, _VALUE), _VALUE.map("*{}".format))
_CALL = st.builds("{}({})".format, _WORD, st.lists(_ARGUMENT, max_size=3).map(", ".join))
_TAIL = st.sampled_from(["", "", "", "", "|upper", ".x", "[0]", " ~ 'a'", " if 1", "()"])
_BRACES = st.builds("{}{}{}{}".format, st.sampled_from(["{{ ", "{{- "]), _CALL, _TAIL, st.just(" }}"))
_WRITTEN = st.lists(
    st.one_of(_BRACES, st.sampled_from([" ", "\n", "{# x #}", "{% raw %}{{ x }}{% endraw %}", "Text."])), max_size=5
).map("".join)


@settings(deadline=None, max_examples=600)
@given(st.one_of(_WRITTEN, _PAGES))
def test_page_without_fault_does_nothing_but_call_its_macros(text):
    calls, faults = read_calls(text, "docs/x.md")
    if faults:
        return
    made = []

    def stub(name):
        return lambda *args, **kwargs: made.append((name, args, tuple(kwargs.items()))) or ""

    environment = Environment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    environment.from_string(text).render({call.name: stub(call.name) for call in calls})
    assert made == [(call.name, call.args, call.kwargs) for call in calls]
