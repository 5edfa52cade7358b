from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.publish.stylesheet import Used, pruned
from knowledge_base.publish.stylesheet import used as used_in

PAGE = (
    '<html dir="ltr"><body class="a b-c e&#95;&#95;f" data-md-color-primary="custom"><p id=here data-kind="tool" '
    'title="said white">text</p><svg /></body></html>'
)
SCRIPT = 'element.className = "d"; make(`card__${kind}`); find(".md-annotation, .md-tooltip"); "rtl white note"'

STAYS = [
    "p{color:red}",
    ".a{color:red}",
    ".b-c .a>p{color:red}",
    "#here{color:red}",
    "*{color:red}",
    ".d{color:red}",
    ".e__f{color:red}",
    ".card__title{color:red}",
    ".a:hover::after{color:red}",
    ".a:not(.gone){color:red}",
    ".a:is(.gone,p){color:red}",
    "p[data-kind=tool]{color:red}",
    '[data-kind="tool"] p[lang]{color:red}',
    '[src$="#only-dark"]{color:red}',
    "[dir=ltr] .a:not([dir=rtl]){color:red}",
    "@media print{p{color:red}}",
    "@page{margin:1cm}",
    "@font-face{font-family:a}",
    '.a::before{content:"a,  b {c}"}',
    ".a{--used:red;color:var(--used)}",
]
GOES = [
    ".gone{color:red}",
    "table{color:red}",
    ".a .gone{color:red}",
    "#gone{color:red}",
    "[data-kind=other]{color:red}",
    "@media print{.gone{color:red}}",
    '@charset "utf-8";',
    ".a{--asked-by-nobody:red}",
    # Scripts of the theme make it beside what a page has, and no page has it.
    ".md-annotation{color:red}",
    ".md-tooltip2__inner{color:red}",
    # A word of a script, where it is no class of anything.
    ".note>.a{color:red}",
    # A word for people.
    ".said{color:red}",
    # No script sets these to what stands in no page.
    "[dir=rtl] .a{color:red}",
    "[data-md-color-primary=white]{color:red}",
    "/* a word for those who change it */",
]


@pytest.fixture
def used():
    names = Used()
    names.page(PAGE)
    names.script(SCRIPT)
    return names


@pytest.mark.parametrize("rule", STAYS)
def test_what_a_page_or_a_script_may_match_stays(used, rule):
    assert pruned(rule, used) == rule


@pytest.mark.parametrize("rule", GOES)
def test_the_rest_goes(used, rule):
    assert pruned(rule, used) == ""


def test_of_several_selectors_those_stay_that_may_match(used):
    assert pruned(".a, .gone,\n  p > svg {color: red}", used) == ".a,p > svg{color:red}"


def test_variable_that_only_an_unused_one_asks_for_goes_too(used):
    sheet = ":root{--one:var(--two);--two:red;--three:blue}p{color:var(--three)}"
    assert pruned(sheet, used) == ":root{--three:blue}p{color:var(--three)}"


def test_animation_that_nothing_names_goes(used):
    kept = "@keyframes turn{to{top:0}}p{animation:1s turn}a{animation-name:turn}"
    assert pruned(f"@keyframes gone{{to{{top:0}}}}{kept}", used) == kept


def test_rule_for_what_has_no_class_goes_where_all_have_one(used):
    sheet = "table:not([class]) td,p:not([class]){top:0}"
    used.page('<p><table class="a"><tr><td>1</td></tr></table>')
    assert pruned(sheet, used) == "p:not([class]){top:0}"
    used.page('<table id="a">')
    assert pruned(sheet, used) == sheet


def test_what_a_page_names_stays_though_scripts_of_the_theme_name_it_too(used):
    used.page('<p class="md-annotation">')
    assert pruned(".md-annotation{color:red}", used) == ".md-annotation{color:red}"


@pytest.mark.parametrize("asks", ['{"features": ["content.tooltips"]}', '<ol class="a annotate">'])
def test_tips_of_the_theme_stay_where_a_page_asks_for_them(used, asks):
    used.page(asks)
    assert pruned(".md-tooltip2__inner{color:red}", used) == ".md-tooltip2__inner{color:red}"


def test_order_and_importance_stay(used):
    assert pruned("p { color : red !important ; color: blue }\n.a{}\np{top:0}", used) == (
        "p{color:red!important;color:blue}p{top:0}"
    )


def test_comments_of_scripts_name_nothing(tmp_path):
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.js").write_text("// gone\nd() /* gone */", encoding="utf-8")
    assert "d" in used_in(tmp_path)
    assert "gone" not in used_in(tmp_path)


@given(st.text(alphabet=".#a:()[]{}=,;\"'/*@ pmedia-", max_size=60))
def test_nonsense_is_no_obstacle(sheet):
    assert isinstance(pruned(sheet, Used()), str)


@given(st.lists(st.sampled_from([*STAYS, *GOES])))
def test_pruning_twice_is_pruning_once(rules):
    names = Used()
    names.page(PAGE)
    once = pruned("\n".join(rules), names)
    assert pruned(once, names) == once


@pytest.mark.slow
def test_the_real_sheet_loses_most_of_the_theme_and_none_of_ours_that_is_drawn(served, site):
    sheet = "".join(path.read_text(encoding="utf-8") for path in served.glob("assets/*.css"))
    whole = sum(path.stat().st_size for path in site.rglob("*.css"))
    assert len(sheet) < 0.5 * whole
    for name in (".kb-facts", ".kb-term", ".md-search__form", ".md-nav__link", ".md-top", ".kb-form", ".kb-run"):
        assert name in sheet, name
