"""What a notebook shows: it is the claims, it is inert, it stands by itself, and it is never long."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from tests.reports.drafts import draft, many
from tests.reports.report import HOSTILE, hostile, report
from tests.reports.report_html import made, overlapping
from tests.reports.test_hostile import ACTIVE, URLS, Links, attacks, with_url
from tests.reports.test_html import TAGS, Page, shown, sound
from verifier.model import Candidates, Document, Entity, Match, MatchKind, Report, Result, Span, Verdict
from verifier.names import NameMatch
from verifier.reports.escape import html as escaped
from verifier.reports.page import notebook
from verifier.reports.page.kinds import Kind

PREFIX = re.compile(r"v[0-9a-f]{12}-")
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
NAMED = NameMatch("Q25270", "Priština", 92.5, MatchKind.FUZZY, runner_up=71.2)


def claims(count: int) -> Report:
    """A table of claims, which is part of no text."""
    three = tuple(map(unplaced, report().results))
    results = (replace(three[at % 3], claim=replace(three[at % 3].claim, id=f"c{at}")) for at in range(count))
    return replace(report(), document=Document("", "claims.csv"), results=tuple(results))


def unplaced(result: Result) -> Result:
    return replace(result, claim=replace(result.claim, span=None, occurrences=()))


def long(count: int) -> Report:
    """A text of so many claims, each contradicted, one a paragraph."""
    text = "".join(f"Claim {at:05} is *false*.\n\n" for at in range(count))
    spans = (Span(match.start(), match.end()) for match in re.finditer(r"Claim \d+ is \*false\*", text))
    prose = tuple(Span(match.start(), match.end()) for match in re.finditer(r"Claim \d+ is |false|\.", text))
    return made(Document(text, "long.md", prose=prose), *((span, Verdict.CONTRADICTED) for span in spans))


OUTPUTS = [report(), overlapping(), draft(), claims(3), hostile(), long(200), replace(report(), results=())]


# -------------------------------------------------------------------------------------- what there is to read


@pytest.mark.parametrize("found", [report(), overlapping(), hostile()])
def test_every_highlight_begins_and_ends_on_the_character(found: Report) -> None:
    """As in the page; and each leads to the card of its claim."""
    sound(Page(PREFIX.sub("", found._repr_html_())), found)


def test_a_text_comes_with_the_cards_of_its_claims() -> None:
    """First what an editor has to look at."""
    page = Page(report()._repr_html_())
    words = "".join(page.text)
    assert words.index("Ties") < words.index("drafts/ties.md") < words.index("1 February 2021")
    assert re.findall(r"\d [✓✗?] (\w+) “", words) == ["Contradicted", "Unknown", "Supported"]
    assert "The tables have instead: 17 February 2008" in words
    assert "timed out after 10 s" in words and "0123456789ab" in words
    assert page.tags["details"] == 3
    assert all(level in ("h2", "h3") for level in page.tags if re.fullmatch(r"h\d", level))


def test_many_supported_claims_are_in_a_fold() -> None:
    """With their number; those of a table stay in its order."""
    text = "a b c d e f"
    verdicts = [Verdict.SUPPORTED] * 5 + [Verdict.UNKNOWN]
    found = made(
        Document(text, "x.txt"), *((Span(2 * at, 2 * at + 1), one) for at, one in enumerate(verdicts))
    )
    output = found._repr_html_()
    assert (
        '<details class="rest s"><summary><span aria-hidden="true">✓</span> 5 supported</summary>' in output
    )
    assert output.index("“f”") < output.index('class="rest s"') < output.index("“a”")
    rows = replace(found, document=Document(""), results=tuple(map(unplaced, found.results)))._repr_html_()
    assert "rest" not in STYLE.sub("", rows)
    assert re.findall("“(.)”", rows) == list("abcdef")


@pytest.mark.parametrize("found", OUTPUTS)
def test_it_can_be_read_without_its_style_sheet(found: Report) -> None:
    """GitHub takes it out: verdict, words and reason are text, and nothing is told by colour alone."""
    output = STYLE.sub("", found._repr_html_())
    assert "style" not in output and "<svg" not in output
    words = " ".join("".join(Page(output).text).split())
    for note in notebook.notes_of(found)[:50]:
        result = note.result
        told = unescape(escaped(f"{note.number} {note.kind.mark} ")) + " "
        assert told.strip() in words
        assert f"{unescape(escaped(result.claim.text))}” {unescape(escaped(result.explanation))}" in words
    if not found.results:
        assert "this is not a pass" in words


def test_a_result_is_its_card_unfolded() -> None:
    """What matched is called by its name; where it stands is known to the report alone."""
    output = report().results[1]._repr_html_()
    words = "".join(Page(output).text)
    assert '<details class="card c" open>' in output
    assert "Kosovo – independence from – Serbia" in words
    assert "line" not in words.replace("my_table.csv, line 12", "")
    assert "The tables have instead: 17 February 2008" in words


def test_candidates_are_a_list() -> None:
    """What each is, how near it is, and which table has it."""
    entity = Entity("Q230", "Georgia", types=("state",), description="a country in the Caucasus")
    found = Candidates(
        [
            (
                Match("Q230", "Georgia", "Georgia", 100.0, MatchKind.EXACT, runner_up=100.0),
                entity,
                "reference",
            ),
            (Match("x1", "George", "Georgie", 71.0, MatchKind.FUZZY), None, "own.csv"),
        ]
    )
    page = Page(found._repr_html_())
    assert page.tags["li"] == 2
    assert "".join(page.text).strip().splitlines() == [
        "Georgia (state) Q230, word for word; the next best has 100; in reference. a country in the Caucasus",
        "George x1, as “Georgie”, by likeness, 71 of 100; in own.csv.",
    ]
    assert "No table knows such a name." in Candidates()._repr_html_()


def test_a_match_is_a_line() -> None:
    """The name, the thing, how near it is."""
    assert "".join(Page(NAMED._repr_html_()).text).strip() == (
        "Priština Q25270, by likeness, 92 of 100; the next best has 71"
    )


# ------------------------------------------------------------------------------------------------------ inert


def test_whatever_comes_from_outside_is_inert() -> None:
    """In a report, a result and a match: no element, handler or address but our own; nothing hidden."""
    known = TAGS | {"div"}
    for attack in (*attacks(), *map(with_url, URLS)):
        match = NameMatch(attack.document.name, attack.document.title or HOSTILE, 61.0, MatchKind.FUZZY)
        told = attack.document.title or HOSTILE
        entity = Entity(told, told, types=(told,), description=told)
        found = Candidates([(Match(told, told, "x", 61.0, MatchKind.FUZZY), entity, told)])
        for noun in (attack, attack.results[0], match, found):
            output = noun._repr_html_()
            assert ACTIVE.search(output) is None
            assert output.encode()
            page = Page(output)
            assert set(page.tags) <= known and page.tags["style"] == 1
            assert not {name for _, name, _ in page.attributes} & {"src", "style", "srcset", "action", "ping"}
            for address in Links(output).found:
                assert re.match(r"https?://[^\s<>\"`\\^{|}]+\Z", address), address


@pytest.mark.parametrize("found", OUTPUTS)
def test_html5lib_finds_no_error(found: Report) -> None:
    """Parsed strictly; a style sheet in the body is how every notebook's output brings its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        html5lib = pytest.importorskip("html5lib")
    for noun in (found, *found.results[:1]):
        html5lib.HTMLParser(strict=True).parseFragment(noun._repr_html_())


def test_nothing_in_it_is_typeset_as_mathematics() -> None:
    """The root, which holds everything, has the classes that MathJax 2 and MathJax 3 pass by."""
    for noun in (*OUTPUTS, report().results[0], NAMED, Candidates()):
        output = noun._repr_html_()
        root, _ = output.split(">", 1)
        assert {"tex2jax_ignore", "mathjax_ignore"} <= set(root.split('"')[1].split())
        assert output.count("<div") == output.count("</div>") and output.endswith("</div>")


# ----------------------------------------------------------------------------------------- among other things


def test_no_rule_reaches_beyond_the_output() -> None:
    """Each selector begins below the class, but for what says which theme it is in."""
    (sheet,) = STYLE.findall(report()._repr_html_())
    assert not re.search(r"url\(|@import|@font-face|@page|@keyframes|</|position: *(fixed|sticky)", sheet)
    flat = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"@media[^{]*\{", "", sheet))
    selectors = [part for rule in re.findall(r"([^{}]+)\{\}", flat) for part in split(rule)]
    assert len(selectors) > 100
    theme = r'(\[data-jp-theme-light="(true|false)"\]|\.vscode-(light|dark)) '
    assert [one for one in selectors if not re.match(rf"({theme})?\.verifier\.inset", one)] == []
    assert all(f".hl.{kind.letter} .w" in sheet for kind in Kind)


def split(rule: str) -> list[str]:
    """The selectors of a rule, parted at commas that are in no brackets."""
    return [one.strip() for one in re.split(r",(?![^()]*\))", rule)]


def test_a_theme_has_all_colours_of_its_kind() -> None:
    """Light and dark by name are those of the system's choice."""
    (sheet,) = STYLE.findall(NAMED._repr_html_())
    light = re.search(r'"true"\][^{]*\{ (.*?) \}', sheet)
    dark = re.search(r'"false"\][^{]*\{ (.*?) \}', sheet)
    assert light and dark
    assert light[1].count("--") == dark[1].count("--") == 14
    assert "--paper: #fcfbf8;" in light[1] and "--paper: #16181a;" in dark[1]


def test_ids_of_several_outputs_are_not_the_same() -> None:
    """They begin with a hash of what is shown, so that they are the same whenever it is."""
    outputs = [
        noun._repr_html_() for noun in (report(), overlapping(), draft(), claims(3), *report().results)
    ]
    ids = [id for output in outputs for id in Page(output).values("id")]
    assert len(ids) == len(set(ids)) > 20
    assert all(PREFIX.match(id) for id in ids)
    assert report()._repr_html_() == outputs[0]
    other = replace(report(), results=(replace(report().results[0], explanation="Else."),))
    assert not set(Page(other._repr_html_()).values("id")) & set(ids)


# ------------------------------------------------------------------------------------------------- never long


def test_a_long_table_is_cut_and_says_what_is_left_out() -> None:
    """With the verdicts of what is not seen, and where it can be seen."""
    output = claims(1_000)._repr_html_()
    words = " ".join("".join(Page(output).text).split())
    assert output.count("<details") == 50
    assert "Not shown here: 950 claims (316 contradicted, 317 unknown, 317 supported)." in words
    assert "report.to_html()" in words and "report.to_frame()" in words
    assert "✗ 333 contradicted ? 333 unknown ✓ 334 supported" in words
    assert "Not shown" not in claims(50)._repr_html_()


def test_a_long_text_is_cut_after_the_last_claim_that_is_shown() -> None:
    """Its highlights are right all the same, and claims that it repeats further on lead nowhere."""
    found = long(2_000)
    output = found._repr_html_()
    assert "Claim 00049" in output and "Claim 00050" not in output
    assert "1,950 claims (1,950 contradicted)" in output and "characters of the text" in output
    first = found.results[0]
    again = replace(first.claim, occurrences=(found.results[60].claim.span,))
    repeated = replace(found, results=(replace(first, claim=again), *found.results[1:]))
    for one in (found, repeated):
        page = Page(one._repr_html_())
        assert [text for _, _, text in page.pieces] == [
            shown(found.document.text[start:end]) for start, end, _ in page.pieces
        ]
        assert {href[1:] for _, href in page.links if href.startswith("#")} <= set(page.values("id"))


def test_a_text_with_few_claims_is_cut_too() -> None:
    """So is one whose prose begins after that."""
    text = "Oslo. " + "word " * 20_000 + "Bergen."
    spans = (Span(0, 4), Span(len(text) - 7, len(text) - 1))
    found = made(Document(text, "x.txt"), *((span, Verdict.UNKNOWN) for span in spans))
    output = found._repr_html_()
    assert len(output) < 70_000
    assert "“Oslo”" in output and "“Bergen”" not in output
    assert "1 claim (1 unknown) and the last 60,0" in output
    placeless = replace(found, results=(*found.results, unplaced(found.results[0])))
    assert "1 claim (1 unknown) and the last 60,0" in placeless._repr_html_()
    late = replace(found, document=replace(found.document, prose=spans[1:]), results=found.results[1:])
    assert "this is not" not in late._repr_html_() and "1 claim (1 unknown)" in late._repr_html_()


def test_a_claim_with_many_rows_shows_those_that_decided() -> None:
    """A group may have hundreds."""
    result = report().results[1]
    neutral, deciding = result.parts[0].findings
    part = replace(result.parts[0], findings=(*(neutral,) * 300, deciding))
    output = replace(result, parts=(part,))._repr_html_()
    assert output.count('<li class="row') == 12
    assert output.index('<li class="row c"') < output.index('<li class="row n"')
    assert "289 rows more not shown here" in output


def test_time_and_size_do_not_grow_with_what_is_left_out() -> None:
    """A hundred times as many claims are counted, not written."""
    assert len(many(20_000)._repr_html_()) < 1.1 * len(many(200)._repr_html_())
    assert_linear(lambda size: many(size)._repr_html_(), 20_000)


@given(text=st.text("ab \n\r<&\u202e#*-é😀", max_size=60), data=st.data())
def test_wherever_it_is_cut(text: str, data: st.DataObject) -> None:
    """Any text with any claims, cut to any size: the pieces are what the document has there."""
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).filter(lambda two: two[0] < two[1]), max_size=8))
    prose = sorted(data.draw(st.sets(ends, max_size=6)))
    runs = tuple(Span(*two) for two in zip(prose[::2], prose[1::2], strict=False))
    found = made(Document(text, "x.md", prose=runs), *((Span(*span), Verdict.UNKNOWN) for span in spans))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebook, "_MOST_NOTES", data.draw(st.integers(1, 9)))
        patch.setattr(notebook, "_MOST_CHARACTERS", data.draw(st.integers(1, 70)))
        page = Page(found._repr_html_())
    for start, end, words in page.pieces:
        assert words == shown(text[start:end])
    assert {href[1:] for _, href in page.links if href.startswith("#")} <= set(page.values("id"))
