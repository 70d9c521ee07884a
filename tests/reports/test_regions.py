"""Lines and columns as other programs count them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verifier.model import Document, Span
from verifier.reports.regions import Region, Regions, has_lines

TEXTS = st.text(st.sampled_from("a \n\r\u2028é\u0301🚀𝔖"), max_size=30)


@given(TEXTS, st.data())
def test_a_region_is_the_span(text: str, data: st.DataObject) -> None:
    """What is cut out of the file by lines and UTF-16 code units is what the offsets cut out of the text."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    region = Regions(text).region(Span(start, end))
    lines = [f"{line}\n".encode("utf-16-le") for line in text.split("\n")]
    before = [sum(map(len, lines[: number - 1])) for number in (region.line, region.end_line)]
    cut = b"".join(lines)[before[0] + 2 * (region.column - 1) : before[1] + 2 * (region.end_column - 1)]
    assert cut.decode("utf-16-le") == text[start:end]


def test_columns_are_counted_from_one() -> None:
    """A letter outside the basic plane counts as two."""
    assert Regions("𝔖b\r\nc").region(Span(1, 5)) == Region(1, 3, 2, 2)


def test_which_files_have_the_lines_of_the_text() -> None:
    """Those that are read as they are written."""
    names = ("a.md", "A.TXT", "notes", "2021-02.01", "a.docx", "a.html", "https://x.example/a.md", "-", "")
    found = [name for name in names if has_lines(Document("x", name))]
    assert found == ["a.md", "A.TXT", "notes", "2021-02.01"]
