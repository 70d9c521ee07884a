"""The pipeline from a claim or a document to its report, over small tables of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier import Checker, Document
from verifier.errors import UsageError
from verifier.model import ClaimRow, Reason, Report, Verdict
from verifier.values import parse_date

TABLE = """subject,predicate,object,start,end,P5102,source_url
Estonia,capital,Tallinn,,,,https://example.org/ee
Estonia,shares border with,Latvia,,,,https://example.org/ee
Ada Lind,instance of,person,,,,https://example.org/p
Bo Berg,instance of,person,,,,https://example.org/p
Estonia,prime minister,Ada Lind,2010-05-01,2014-06-30,,https://example.org/pm
Estonia,prime minister,Bo Berg,2014-07-01,2020-12-31,,https://example.org/pm
Estonia,diplomatic relation,Kenya,2012,,,https://example.org/dr
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table of one state."""
    path = tmp_path / "baltic.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def check(
    table: Path, *claims: str, as_of: str | None = "2016-03-01", closed_world: bool = False
) -> list[str]:
    """The verdict and reason of each claim."""
    checker = Checker([table], bundled=False, as_of=as_of, closed_world=closed_world)
    report = checker.check([ClaimRow(str(number), claim=text) for number, text in enumerate(claims)])
    return [f"{result.verdict} {result.reason}" for result in report.results]


def test_half_a_surrogate_pair_is_no_error(table: Path) -> None:
    """A byte of a command line that is not UTF-8 comes as one, and the parser holds none."""
    claim = "Tallinn \udce4, which everybody who was there in 2016 likes, is the capital of Estonia."
    assert check(table, claim) == ["supported same-value"]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Tallinn is the capital of Estonia.", "supported same-value"),
        ("Tallinn is not the capital of Estonia.", "contradicted same-value"),
        ("Tallinn is the capital of Estonia, and Latvia borders Estonia.", "supported same-value"),
        ("Bo Berg is the prime minister of Estonia.", "supported same-value"),
        ("Ada Lind is the prime minister of Estonia.", "contradicted outside-dates"),
        ("In 2012, Ada Lind was the prime minister of Estonia.", "supported same-value"),
        ("Ada Lind was the prime minister of Estonia.", "supported same-value"),
        ("Prime Minister Ada Lind opened the harbour in 2012.", "unknown unknown-relation"),
        ("Estonia has had diplomatic relations with Kenya since 2015.", "contradicted date-differs"),
        # An earlier term than the table has, and what is left unread, decide nothing.
        ("In 2001, Ada Lind was the prime minister of Estonia.", "unknown dates-unknown"),
        ("In 2012, Bo Berg was the prime minister of Estonia.", "contradicted outside-dates"),
        ("Ada Lind was elected prime minister of Estonia in March 2010.", "unknown dates-unknown"),
        ("Estonia's prime minister, Bo Berg, was born in 1961.", "unknown no-statement"),
        ("Estonia closed its border with Latvia.", "unknown unknown-relation"),
        ("Tallinn is the capital of Estonia and uses the dollar.", "unknown unknown-relation"),
        ("Bo Berg succeeded Ada Lind as prime minister of Estonia.", "supported implied"),
        ("Ada Lind succeeded Bo Berg as prime minister of Estonia.", "unknown no-statement"),
    ],
)
def test_a_claim_gets_its_verdict(table: Path, claim: str, expected: str) -> None:
    """The whole way, from the words of a claim to the rule that decides."""
    assert check(table, claim) == [expected]


def test_a_date_tells_of_the_rows_of_its_relation_only(tmp_path: Path) -> None:
    """A relation of the user's without any dates holds until further notice, whatever others have."""
    path = tmp_path / "acme.csv"
    rows = "subject,predicate,object,end\nAcme,employees,250,\nAcme,owns,Beta,\n"
    path.write_text(f"{rows}Acme,chief executive,Jane Roe,\nBeta,chief executive,Ann Lee,2020\n", "utf-8")
    claims = ("Acme owns Beta.", "Acme has 250 employees.", "Jane Roe is the chief executive of Acme.")
    assert check(path, *claims) == ["supported same-value"] * 2 + ["unknown dates-unknown"]


def test_one_part_is_enough_where_the_claim_says_or(table: Path) -> None:
    """A disjunction is supported by one part; a conjunction is not."""
    either = "Estonia borders Latvia or Kenya."
    both = "Estonia borders Latvia and Kenya."
    assert check(table, either, both, closed_world=True) == [
        "supported same-value",
        "contradicted not-in-complete-list",
    ]


def test_what_is_only_presupposed_does_not_carry_a_sentence(table: Path) -> None:
    """A sentence whose main point was not read is never supported by what it takes for granted."""
    assert check(table, "Estonia's border with Latvia is beautiful.")[0].startswith("unknown")


def test_a_claim_s_own_day_comes_before_the_run_s(table: Path) -> None:
    """Each row of a table of claims may have a day of its own."""
    row = ClaimRow("1", claim="Ada Lind is the prime minister of Estonia.", as_of=parse_date("2011-01-01"))
    report = Checker([table], bundled=False, as_of="2016-03-01").check([row])
    assert report.results[0].verdict is Verdict.SUPPORTED
    assert report.as_of == parse_date("2016-03-01")


def test_the_document_s_day_is_used_and_reported(table: Path) -> None:
    """Without a day for the run, a document's own day is what its claims are about."""
    document = Document("Ada Lind is the prime minister of Estonia.", "draft.md", parse_date("2011-01-01"))
    report = Checker([table], bundled=False).check(document)
    assert [r.verdict for r in report.results] == [Verdict.SUPPORTED]
    assert report.as_of == parse_date("2011-01-01")


def test_a_document_names_its_claims_in_order_with_exact_places(table: Path) -> None:
    """Every result of a document points at its own words."""
    text = "Tallinn is the capital of Estonia. It is raining. Estonia borders Latvia."
    report = Checker([table], bundled=False, as_of="2016-03-01").check(Document(text))
    assert [r.claim.id for r in report.results] == ["c1", "c2"]
    assert [r.claim.text for r in report.results] == [
        "Tallinn is the capital of Estonia",
        "Estonia borders Latvia",
    ]


@pytest.mark.parametrize("triple", ["Estonia | inception | February 1918", "Estonia | population | many"])
def test_an_object_that_is_no_value_is_unknown_and_not_an_error(table: Path, triple: str) -> None:
    """One odd cell of a table of claims does not cost the others their verdicts."""
    subject, predicate, object = triple.split(" | ")
    report = Checker([table], bundled=False).check(
        [ClaimRow("1", subject=subject, predicate=predicate, object=object)]
    )
    assert report.results[0].verdict is Verdict.UNKNOWN


def test_a_conjunction_is_as_sure_as_the_part_that_decides(table: Path) -> None:
    """The confidence of a contradiction is that of the part that is contradicted."""
    report: Report = Checker([table], bundled=False, closed_world=True).check(
        [ClaimRow("1", claim="Estonia borders Latvia and Kenya.")]
    )
    (result,) = report.results
    deciding = [part for part in result.parts if part.verdict is Verdict.CONTRADICTED]
    assert result.confidence == deciding[0].confidence


def test_without_any_table_there_is_nothing_to_check_against() -> None:
    """No table at all is wrong use, and the message says what to give."""
    with pytest.raises(UsageError, match="--reference"):
        Checker(bundled=False).check([ClaimRow("1", claim="Estonia borders Latvia.")])


def test_labels_name_everything_the_findings_mention(table: Path) -> None:
    """The report carries the labels of all ids, so that a format needs no table."""
    report = Checker(as_of="2021-02-01").check(
        [ClaimRow("1", claim="Kosovo has diplomatic relations with Israel.")]
    )
    labels = dict(report.labels)
    for part in report.results[0].parts:
        for finding in part.findings:
            values = (finding.statement.value, *(value for _, value in finding.statement.qualifiers))
            for id in (finding.statement.subject, *(v.id for v in values if hasattr(v, "id"))):
                assert id in labels
    assert report.results[0].reason in {Reason.SAME_VALUE, Reason.IMPLIED}


def test_a_header_may_be_inflected(tmp_path: Path) -> None:
    """ "Founded in" and "twin towns" name relations of the catalogue, for sentences and for triples."""
    path = tmp_path / "towns.csv"
    path.write_text("name,founded in,twin towns\nBern,1191,Tours\nTours,,Bern\n", encoding="utf-8")
    assert (
        check(path, "Bern was founded in 1191.", "Bern is twinned with Tours.")
        == ["supported same-value"] * 2
    )


def test_a_kind_of_people_is_nobody(tmp_path: Path) -> None:
    """What a table does not say of an engineer that nobody names, it does not deny."""
    path = tmp_path / "acme.csv"
    path.write_text(
        "subject,predicate,object\nJane Roe,member of,Acme\nJane Roe,occupation,engineer\n", encoding="utf-8"
    )
    (found,) = check(path, "One engineer left Acme in 2015.", closed_world=True)
    assert found.startswith("unknown")
