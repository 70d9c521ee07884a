"""The page for readers: where highlights lie, what is linked, that nothing from outside is more than text."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from tests.reports.report import HOSTILE, TEXT, hostile, report
from tests.reports.report_html import made, overlapping
from verifier.model import Claim, Document, Report, Result, Source, Span, Verdict
from verifier.reports import html
from verifier.reports.escape import html as escaped
from verifier.reports.escape import html_text
from verifier.reports.page import style
from verifier.reports.page.kinds import Kind, notes_of
from verifier.reports.page.layout import Role, blocks
from verifier.reports.page.rows import link

VOID = {"meta", "input", "br", "rect"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "nav"),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "a",
        "span",
        "sup",
        "b",
        "br",
        "code",
        "pre",
        "blockquote",
        "div",
    ),
    *("ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "svg", "rect"),
    *("fieldset", "legend", "label", "input", "table", "thead", "tbody", "tr", "th", "td"),
}


class Page(HTMLParser):
    """Elements with their attributes, and the text of each highlighted piece."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.pieces: list[tuple[int, int, str]] = []
        self.links: list[tuple[str, str]] = []
        """Class and address of each link."""
        self.text: list[str] = []
        self.blocks: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs)
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in found.items()]
        if tag == "a":
            self.links.append((found.get("class", ""), found["href"]))
        if "data-start" in found:
            self.pieces.append((int(found["data-start"]), int(found["data-end"]), ""))
        if tag not in VOID:
            self._open.append((tag, "w" if "data-start" in found else found.get("class", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "style":
            return
        self.text.append(data)
        if any(name == "w" for _, name in self._open):
            start, end, text = self.pieces[-1]
            self.pieces[-1] = (start, end, text + data)

    def values(self, name: str) -> list[str]:
        return [value for _, key, value in self.attributes if key == name]


def shown(text: str) -> str:
    """How characters of a document look in the page."""
    return "".join(Page(f"<p>{html_text(text)}</p>").text)


def sound(page: Page, found: Report) -> None:
    """Every claim of the document is covered by pieces from its first character to its last."""
    document = found.document
    for start, end, text in page.pieces:
        assert text == shown(document.text[start:end])
    at = [(start, end) for start, end, _ in page.pieces]
    assert at == sorted(at) and all(one[1] <= two[0] for one, two in pairwise(at))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for _, href in page.links if href.startswith("#")} <= set(ids)
    marked = Counter(href for name, href in page.links if name.startswith(("hl", "mark")))
    signs = "".join(page.text)
    for note in notes_of(found):
        span = note.result.claim.span
        if span is None:
            continue
        inside = [one for one in page.pieces if span.start <= one[0] and one[1] <= span.end]
        assert (inside[0][0], inside[-1][1]) == (span.start, span.end)
        assert f"note {note.number})" in signs or "notes " in signs
    assert all(href[1:].lstrip("d-").startswith("n") for href in marked)


@pytest.mark.parametrize("found", [report(), hostile(), overlapping()])
def test_every_highlight_begins_and_ends_on_the_character(found: Report) -> None:
    """Also where claims overlap, and where markup lies in them; claims of unread text have no highlight."""
    sound(Page(html.render(found)), found)


def numbers(label: str) -> Iterator[int]:
    """Those that `4–6, 9` stands for."""
    for run in label.split(", "):
        first, _, last = run.partition("–")
        yield from range(int(first), int(last or first) + 1)


TEXTS = st.text(alphabet="ab \n\r<&\u202e#*-é😀", min_size=1, max_size=60).filter(
    lambda text: any(character.isalpha() for character in text)
)


@given(text=TEXTS, data=st.data())
def test_claims_may_lie_anywhere(text: str, data: st.DataObject) -> None:
    """However they overlap: each piece is what the document has there, and each claim has its mark."""
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).filter(lambda two: two[0] < two[1]), max_size=8))
    verdicts = [data.draw(st.sampled_from(list(Verdict))) for _ in spans]
    claims = [(Span(*span), verdict) for span, verdict in zip(spans, verdicts, strict=True)]
    found = made(Document(text, "x.txt"), *claims)
    written = html.render(found)
    page = Page(written)
    for start, end, words in page.pieces:
        assert words == shown(text[start:end])
    covered = {at for start, end, _ in page.pieces for at in range(start, end)}
    wanted = {at for span, _ in claims for at in range(span.start, span.end)}
    read = {at for block in blocks(found.document) for at in range(block.span.start, block.span.end)}
    assert covered == wanted & read
    signs = re.findall(r'<sup class="sign ." aria-hidden="true">.(.*?)</sup>', written)
    assert {number for sign in signs for number in numbers(sign)} == {note.number for note in notes_of(found)}
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for _, href in page.links if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_plain_text_has_its_paragraphs_whatever_its_line_ends(end: str) -> None:
    """Blank lines part them; a line end alone does not."""
    text = end.join(["A title", "", "One goes", "on here.", "", "", "Two."])
    found = [(block.role, text[block.span.start : block.span.end]) for block in blocks(Document(text))]
    assert found == [
        (Role.HEADING, "A title"),
        (Role.PARAGRAPH, f"One goes{end}on here."),
        (Role.PARAGRAPH, "Two."),
    ]


def test_the_gravest_claim_is_what_a_piece_looks_like_and_opens() -> None:
    """A contradicted claim is seen, whatever lies around it; the others are reached by their marks."""
    page = html.render(overlapping())
    pieces = re.findall(
        r'<a class="hl ([a-z ]+)" href="#n(\d+)"([^>]*)><span class="w"[^>]*>(.*?)</span>', page
    )
    assert pieces[1:4] == [
        ("s u", "6", ' tabindex="-1"', "One and "),
        ("s u c", "3", ' tabindex="-1"', "two"),
        ("s u c", "3", ' tabindex="-1"', ", <span hidden>["),
    ]
    signs = re.findall(r'<sup class="sign (.)" aria-hidden="true">(.*?)</sup>', page)
    assert signs[:6] == [("s", "✓1"), ("s", "✓2"), ("c", "✗3"), ("s", "✓4–5"), ("u", "?6"), ("s", "✓7")]


def test_what_is_set_aside_is_counted_apart() -> None:
    """It keeps its verdict, in words, and is none of the contradicted."""
    page = html.render(overlapping())
    assert "Contradicted, set aside by the baseline" in page
    assert "<b>2</b> contradicted" in page and "<b>1</b> set aside" in page
    assert 'id="show-a"' in page
    assert 'id="show-a"' not in html.render(report())


def test_unread_stretches_are_shown_and_said_not_to_be_checked() -> None:
    """Front matter, comments, tables: no part of the text is lost; markup of words is there, but hidden."""
    page = html.render(overlapping())
    for what in ("Front matter", "Comment", "Table"):
        assert f"<summary>{what}, not checked</summary>" in page
    assert "<span hidden>](https://x.example)</span>" in page
    assert '<code class="raw">`four`</code>' in page
    roles = [block.role for block in blocks(overlapping().document) if block.role is not Role.UNREAD]
    assert roles == [
        *(Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.ITEM, Role.QUOTE, Role.HEADING, Role.PARAGRAPH),
    ]


def test_headings_go_down_a_step_at_a_time() -> None:
    """Whatever levels the draft has, and in a page of several texts a step lower."""
    text = "### a\n\n# b\n\n##### c\n\nword\n"
    from verifier.readers.markdown import read

    found = made(read(text.encode(), "x.md"))
    for page, top in ((html.render(found), 1), (html.render(found, found), 2)):
        levels = [int(level) for level in re.findall(r"<h(\d)", page)]
        assert levels[0] == 1
        assert all(two <= one + 1 for one, two in pairwise(levels))
        assert f"<h{top + 1} class=" in page


@pytest.mark.parametrize("found", [report(), hostile(), overlapping()])
def test_a_page_is_made_of_known_elements_only(found: Report) -> None:
    """No script, no style but the page's own, no handler, no address but of the web and of the page."""
    for page in (Page(html.render(found)), Page(html.render(found, hostile()))):
        assert set(page.tags) <= TAGS
        assert page.tags["style"] == page.tags["title"] == page.tags["h1"] == 1
        names = {name for _, name, _ in page.attributes}
        assert not [name for name in names if name.startswith("on")]
        assert not names & {"src", "style", "srcset", "action", "formaction", "background", "ping"}
        assert all(href.startswith(("#", "https://", "http://")) for _, href in page.links)
        assert set(page.values("class")) == {" ".join(value.split()) for value in page.values("class")}


def test_links_of_sources_tell_nothing_of_who_follows_them() -> None:
    """No opener and no referrer; where an address is none of the web, there is no link."""
    shown = link(Source("https://www.example.org/a?b=1&c=2", "<b>", "P", "2021-02-01"))
    assert shown == (
        '<a href="https://www.example.org/a?b=1&amp;c=2" rel="noopener noreferrer" dir="auto">&lt;b&gt;</a>'
        '<span class="host"> example.org</span>, P, retrieved 2021-02-01'
    )
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "vbscript:x",
        "file:///etc/passwd",
    ):
        assert "<a" not in link(Source(url, "title"))


def test_words_of_html_are_text() -> None:
    """Tags, entities and quotes, controls, turned writing, and what is no character."""
    assert (
        escaped("<a href='x'>\"&amp;\u202e\x00")
        == "&lt;a href=&#x27;x&#x27;&gt;&quot;&amp;amp;&lt;U+202E&gt;␀"
    )
    assert (
        html_text("a\r\nb\rc\td\u2028e\ufffe\ufdd0\U0001ffff")
        == "a\nb\nc\td\ne&lt;U+FFFE&gt;&lt;U+FDD0&gt;&lt;U+1FFFF&gt;"
    )


def test_the_style_sheet_asks_for_nothing() -> None:
    """And knows every kind of highlight."""
    sheet = style()
    assert "url(" not in sheet and "@import" not in sheet and "</" not in sheet
    assert all(f".hl.{kind.letter} .w" in sheet for kind in Kind)
    page = html.render(report())
    assert "default-src 'none'" in page and "unsafe" not in page


@pytest.mark.parametrize("found", [report(), hostile(), overlapping(), made(Document("", "claims.csv"))])
def test_html5lib_finds_no_error(found: Report) -> None:
    """Parsed strictly, as the standard has it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(html.render(found))
    html5lib.HTMLParser(strict=True).parse(html.render(found, found))


def test_several_texts_have_a_list_of_contents() -> None:
    """Each with its counts, and with ids of its own."""
    page = Page(html.render(report(), overlapping(), report()))
    assert [href for _, href in page.links][:3] == ["#d1-top", "#d2-top", "#d3-top"]
    ids = page.values("id")
    assert len(ids) == len(set(ids)) and {"d1-n1", "d2-n1", "d3-n1", "d1-t1"} <= set(ids)


def test_what_could_not_be_decided_is_listed_by_reason() -> None:
    """With the rows that are missing; and a source that could not be asked is told before the text."""
    page = html.render(report())
    head, _, tail = page.partition("What could not be decided")
    assert "incomplete-group" in tail and "<b>Without a row:</b> Morocco, Sudan" in tail
    assert "wikidata: timed out after 10 s" in head
    assert "0123456789abcdef0123" in tail


def test_a_text_without_claims_is_no_pass() -> None:
    """It is shown, and said so."""
    page = html.render(replace(report(), results=()))
    assert "this is not a pass" in page and "Priština" in page
    assert html.render().count("<h1>0 texts checked</h1>") == 1


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["apart", "nested", "alike"])
def test_a_hundred_thousand_claims_take_their_share_of_time(shape: str) -> None:
    """However they overlap: the page grows with the claims, and so does the work."""
    sizes = {}

    def run(count: int) -> None:
        text = "word " * count
        spans = {
            "apart": lambda n: Span(5 * n, 5 * n + 4),
            "nested": lambda n: Span(n, 5 * count - n),
            "alike": lambda n: Span(0, 4),
        }[shape]
        verdicts = list(Verdict)
        claims = ((spans(n), verdicts[n % 3]) for n in range(count))
        results = tuple(
            Result(Claim(f"c{n}", text[span.start : span.start + 4], (), span), (), verdict, reason, "x")
            for n, (span, verdict) in enumerate(claims)
            for reason in [report().results[0].reason if verdict is Verdict.SUPPORTED else REASON[verdict]]
        )
        sizes[count] = len(html.render(Report(Document(text, "x.txt"), results)))

    assert_linear(run, 100_000)
    assert sizes[100_000] < 5 * sizes[25_000]


REASON = {Verdict.CONTRADICTED: report().results[1].reason, Verdict.UNKNOWN: report().results[2].reason}


def test_the_text_of_a_claim_is_quoted_whole() -> None:
    """Nothing of an attack is lost either: it is there to be read."""
    page = "".join(Page(html.render(hostile())).text)
    assert "<script>alert(1)</script>" in page and "<U+202E>" in page
    assert HOSTILE.split()[-1] and TEXT
