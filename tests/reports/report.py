"""A report made by hand, with every kind of thing that one can hold."""

from __future__ import annotations

from decimal import Decimal

from verifier.dates import parse_date
from verifier.model import (
    Bound,
    Claim,
    Document,
    EntityValue,
    Finding,
    Group,
    Match,
    MatchKind,
    Modality,
    Part,
    Period,
    PeriodKind,
    Polarity,
    Quantifier,
    QuantifierKind,
    Quantity,
    Reading,
    Reason,
    Report,
    Result,
    Source,
    SourceFailure,
    Span,
    Stance,
    Statement,
    TableInfo,
    Term,
    TextValue,
    Triple,
    Verdict,
)

FIRST = "Priština is the capital of Kosovo."
SECOND = "Kosovo declared independence from Serbia in 2009."
THIRD = "All Arab parties keep embassies in Tel Aviv."
TEXT = f"{FIRST}\r\n\r\n{SECOND} {THIRD}\n{FIRST}\n"

KOSOVO = Match("Q1246", "Kosovo", "Kosovo", 100.0, MatchKind.EXACT)
PRISTINA = Match("Q25270", "Pristina", "Priština", 99.5, MatchKind.NORMALISED, runner_up=61.25)
SERBIA = Match("Q403", "Serbia", "Serbia", 100.0, MatchKind.EXACT)
FACTBOOK = Source("https://example.org/factbook/kv", "Kosovo", "The World Factbook", "2021-03-01")


def claim(id: str, text: str, *triples: Triple, again: bool = False) -> Claim:
    """A claim where it stands in `TEXT`; with `again`, also at the end."""
    start = TEXT.index(text)
    last = TEXT.rindex(text)
    others = (Span(last, last + len(text)),) if again else ()
    return Claim(id, text, triples, Span(start, start + len(text)), sentence=text, occurrences=others)


def supported() -> Result:
    """A plain fact, twice in the text."""
    triple = Triple(
        Term("Kosovo", matches=(KOSOVO,)),
        Term("Priština", matches=(PRISTINA,)),
        (Reading("P36", "capital", "is the capital of", 100.0),),
        relation_text="is the capital of",
        periods=(Period(PeriodKind.AT, parse_date("2021-02-01")),),
    )
    statement = Statement(
        "factbook:kv:capital",
        "Q1246",
        "P36",
        EntityValue("Q25270"),
        start=parse_date("2008-02-17"),
        seen_last=parse_date("2026"),
        qualifiers=(("P1310", TextValue("disputed")), ("P17", EntityValue("Q801"))),
        sources=(FACTBOOK,),
        quote="Capital: Pristina",
        table="bundled",
    )
    finding = Finding(Stance.SUPPORTS, "The capital of Kosovo is Pristina since 17 February 2008.", statement)
    explanation = "The World Factbook gives Pristina as the capital of Kosovo."
    part = Part(
        triple,
        Verdict.SUPPORTED,
        Reason.SAME_VALUE,
        explanation,
        (finding,),
        subject=KOSOVO,
        object=PRISTINA,
        reading=triple.readings[0],
        confidence=0.98765,
    )
    return Result(
        claim("c1", FIRST, triple, again=True), (part,), part.verdict, part.reason, explanation, 0.98765
    )


def contradicted() -> Result:
    """A date that differs, with what would be right and a negative row beside it."""
    triple = Triple(
        Term("Kosovo", matches=(KOSOVO,)),
        Term("Serbia", matches=(SERBIA,)),
        (Reading("independence-from", "independence from", "declared independence from", 97.5),),
        relation_text="declared independence from",
        periods=(Period(PeriodKind.AT, parse_date("2009")), Period(PeriodKind.FORMER)),
        qualifiers=(("P17", Term("the Balkans")),),
        modality=Modality.SAID,
        speaker=Term("Pristina", matches=(PRISTINA,)),
    )
    rows = (
        Statement(
            "row:1",
            "Q1246",
            "independence-from",
            EntityValue("Q403"),
            point_in_time=parse_date("2008-02-17"),
            sources=(FACTBOOK, Source(title="my_table.csv, line 12", statement_id="Q1$a", revision="7")),
            table="bundled",
        ),
        Statement(
            "row:2",
            "Q403",
            "recognises",
            EntityValue("Q1246"),
            polarity=Polarity.NEGATIVE,
            sources=(Source("javascript:alert(1)", "A [trap](x)", "Nobody"),),
            table="bundled",
        ),
    )
    explanation = "The declaration was on 17 February 2008, not in 2009."
    findings = (
        Finding(Stance.NEUTRAL, "Serbia does not recognise Kosovo.", rows[1]),
        Finding(Stance.CONTRADICTS, "It was on 17 February 2008.", rows[0]),
    )
    part = Part(
        triple,
        Verdict.CONTRADICTED,
        Reason.DATE_DIFFERS,
        explanation,
        findings,
        subject=KOSOVO,
        object=SERBIA,
        reading=triple.readings[0],
        confidence=0.9,
        repair="17 February 2008",
    )
    return Result(claim("c2", SECOND, triple), (part,), part.verdict, part.reason, explanation, 0.9)


def unknown() -> Result:
    """A group of which some members have no row, and a quantity."""
    group = Group("Arab parties", (("P1891", Term("Abraham Accords"), True),))
    triple = Triple(
        Term("All Arab parties", group=group, quantifier=Quantifier(QuantifierKind.ALL)),
        Term("1,200 km", value=Quantity(Decimal("1.2E+3"), "km", Decimal(100), Bound.ABOUT)),
        (),
        relation_text="keep",
        negated=True,
    )
    explanation = "There is no row for Morocco and Sudan."
    part = Part(triple, Verdict.UNKNOWN, Reason.INCOMPLETE_GROUP, explanation, missing=("Morocco", "Sudan"))
    return Result(claim("c3", THIRD, triple), (part,), part.verdict, part.reason, explanation)


def report() -> Report:
    """All three in one document."""
    return Report(
        Document(TEXT, "drafts/ties.md", parse_date("2021-02-01"), title="Ties"),
        (supported(), contradicted(), unknown()),
        (TableInfo("bundled", "The bundled table", "0123456789abcdef0123", 60_123, 4_567),),
        (SourceFailure("wikidata", "timed out after 10 s"),),
        parse_date("2021-02-01"),
        (
            ("P36", "capital"),
            ("Q1246", "Kosovo"),
            ("Q25270", "Pristina"),
            ("Q403", "Serbia"),
            ("Q801", "Israel"),
            ("independence-from", "independence from"),
        ),
        "0.1.0",
    )


HOSTILE = (
    "\x1b[2J\x1b]8;;https://evil.example\x07=1+1 \u202egnp.exe\u2066 <script>alert(1)</script> "
    "[x](javascript:alert(1)) **b** `c` | @admin\r\n# head\nhttps://evil.example www.evil.example "
    "\x00\x9b31m\udc80"
)


def hostile() -> Report:
    """Everything from outside is an attack."""
    source = Source(f"https://evil.example/{HOSTILE}", HOSTILE, HOSTILE, HOSTILE)
    statement = Statement(HOSTILE, HOSTILE, HOSTILE, TextValue(HOSTILE), sources=(source,), quote=HOSTILE)
    match = Match(HOSTILE, HOSTILE, HOSTILE, 90.0, MatchKind.FUZZY)
    reading = Reading(HOSTILE, HOSTILE, HOSTILE, 90.0)
    term = Term(HOSTILE, matches=(match,))
    triple = Triple(term, term, (reading,), HOSTILE, speaker=term)
    finding = Finding(Stance.CONTRADICTS, HOSTILE, statement)
    part = Part(
        triple,
        Verdict.CONTRADICTED,
        Reason.DIFFERENT_VALUE,
        HOSTILE,
        (finding,),
        match,
        match,
        reading,
        0.5,
        (HOSTILE,),
        HOSTILE,
    )
    result = Result(Claim(HOSTILE, HOSTILE, (triple,)), (part,), part.verdict, part.reason, HOSTILE, 0.5)
    table = TableInfo(HOSTILE, HOSTILE, HOSTILE, 1, 1)
    return Report(
        Document(HOSTILE, HOSTILE, title=HOSTILE),
        (result,),
        (table,),
        (SourceFailure(HOSTILE, HOSTILE),),
        None,
        ((HOSTILE, HOSTILE),),
        HOSTILE,
    )
