"""Read the Factbook's lines on the executive: "Acting President Vjosa OSMANI (since 5 November 2020); note:
..."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from dates import DATE, iso
from spellings import other_spellings

_TITLE_WORDS_LIST = """
acting interim transitional transition caretaker executive federal de facto first second third co
president presidents prime minister ministers premier king queen emperor emir amir sultan grand duke
prince pope chancellor head government governor general lieutenant chief administrator chairman
chairperson chairwoman captain regent coprince co-prince co-chiefs french spanish supreme leader taoiseach
council presidency presidential leadership state affairs commission assembly people's swiss confederation
republic of the and vice co-vice mayor commissioner high lord mann minister taliban sovereign
transitional-president secretary foreign political cap govern or territorial departmental executive yuan
regional national nonresident ulu o tokelau cabinet cabinets leader policy resources committee defence
defense vice-president union for affairs interior chair captains polynesia commander-in-chief sudanese
armed forces general safeguard safeguarding homeland island commander in house representatives
"""
_TITLE_WORDS = frozenset(_TITLE_WORDS_LIST.split())
_HONORIFICS_LIST = """
dr sir gen lt col brig maj capt rear adm vice-adm sheikh tuanku archbishop ratu dame mr ms mrs prof field
marshal ret shaykh sultan tan sri dato seri dato' haji al-marhum his majesty the mullah sr major general
air vice-marshal vice-marshall commodore cardinal
"""
_HONORIFICS = frozenset(_HONORIFICS_LIST.split())
_PARTICLES_LIST = """
bin bint ibn al al- as- de da do dos das del della di du la le les von van der den ten ter y e i i'r ould
uld ag el ben abu o' na zu af san ibni
"""
_PARTICLES = frozenset(_PARTICLES_LIST.split())
_CLAUSE = re.compile(
    r"\((?P<words>[^()]*\b(?:since|for the period|took office|sworn in|inaugurated|(?:re)?appointed|elected|"
    r"assume[sd]|installed)\b[^()]*"
    rf"|{DATE})\)"
)
_ASIDES = (
    (re.compile(r"^(?:Chief )?(.+?) (?:appointed|elected) (acting prime minister|chancellor)\b"), r"\2 \1"),
    (re.compile(r"^Notification Statement:.*?(?= President [A-Z])"), ""),
    (re.compile(r"^(?:GNU|CNSP) "), ""),
    (re.compile(r",? \((?:also spelled|formerly known|and) [^()]*\)| \[[^\[\]]*\]"), ""),
    (
        re.compile(
            r" \((?:Liberal Party|Conservative|Labour|Col\.|CNSP|[A-Z]{2}|President of the Executive Yuan|"
            r"President [^()]* resigned [^()]*)\)"
        ),
        "",
    ),
    (re.compile(r" - (?:formerly|previously) [^()]*(?= \()"), ""),
    (re.compile(r"\(\("), "("),
    (re.compile(r"(?<=since)(?=\d)|(?<=[a-z])(?=\d{4}\))"), " "),
    (
        re.compile(r"Captain Regent (.+?) and (?:Captain )?(?!Captain|Regent)(?=[A-Z])"),
        r"Captain Regent \1 and Captain Regent ",
    ),
    (re.compile(r", (?:State Administration Council(?: \(SAC\))?|SAC) Chair, Sr\. Gen\."), ""),
    (re.compile(r"\([Pp]rime [Mm]inister-equivalent\)"), "(Prime Minister)"),
    (
        re.compile(
            r"\b(President|King|Queen) of (?:China|Australia|the Islamic Republic of Afghanistan)(?= [A-Z])"
        ),
        r"\1",
    ),
    (re.compile(r"; CEO [^;]+"), ""),
    (re.compile(r"^[Oo]verall (Taliban Leader (?:[A-Z]\w+ )+?)(?:serves as|is) .*"), r"\1"),
    (re.compile(r"(?<=[A-Z]{3})NOTE(?= )"), ""),
    (re.compile(r"; (?=also spelled )"), ", "),
    (re.compile(r" \(aka [A-Z]\w+\)"), ""),
    (re.compile(r"\(both since "), "(since "),
    # Words that an edition lost: "Sultan and Prime HAITHAM", "Minister Gervais NDIRAKOBUCA".
    (re.compile(r"\bPrime (?!Minister)(?=[A-Z])"), "Prime Minister "),
    (re.compile(r"^Minister (?=[A-Z])"), "Prime Minister "),
    (re.compile(r"\b(President|King) (?:\1|Sultan)(?= [A-Z])"), r"\1"),
    (re.compile(r"^co-chiefs of state (?=Captains? Regent)"), ""),
    (re.compile(r" of (?:the Netherlands|Denmark|Norway|Spain)(?= [(P]|,|$)"), ""),
    # A bracket that was never closed: "(since 1 January 2020; Vice President ..."
    (re.compile(r"\((since [^();]*);(?= (?:Deputy|First|Second|[Vv]ice)\b)"), r"(\1);"),
)
"""Words between a title and a date that are neither, and how the line reads without them."""
_PRIME_MINISTER = re.compile(r"(?:Acting |Interim )?Prime Minister$")
_IN_OFFICE = re.compile(r"\(since [^()]*\)(?:$| serves as the principal)")
"""Somebody named after the head is in office, and did not resign."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A line says that this person holds this title, since a date if it states one."""

    title: str
    name: str
    start: str
    words: str
    """The line's words."""
    end: str = ""
    """The end that the line states: "for the period 1 April 2025 - 30 September 2025"."""
    second: bool = False
    """Whether the line names somebody else as the head."""
    others: tuple[str, ...] = ()
    """Further names of the person that the line gives."""


def in_capitals(word: str) -> bool:
    """Whether this is the name by which the Factbook says a person is known: "al-ASAD", "SASSOU-Nguesso"."""
    return any(one.isupper() and other.isupper() for one, other in pairwise(word))


def _segments(text: str) -> Iterator[str]:
    """The parts of a line, split at semicolons outside brackets."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def holders(text: str, *, field: str) -> list[Holder]:
    """The persons whom the line names as holders, the head first; deputies, heirs and representatives are
    left out.
    """
    line = re.split(r"[;,.]? ?\bnote ?\d?\b ?(?:[-\u2013:]|$)", text, maxsplit=1)[0]
    for aside, instead in _ASIDES:
        line = aside.sub(instead, line)
    if line.count("(") > line.count(")"):
        line += ")"
    found: list[Holder] = []
    for segment in _segments(line):
        own = re.split(r",? represented by | and represented by |, the eldest", segment)[0]
        for part in _joint(own):
            holder = _holder(part, field=field)
            if holder is not None and _counts(holder, first=not found):
                found.append(
                    replace(holder, second=bool(found) and _PRIME_MINISTER.match(holder.title) is not None)
                )
    return [replace(holder, others=other_spellings(holder.name, text)) for holder in found]


def _joint(segment: str) -> list[str]:
    """ "Captain Regent A and Captain Regent B (for ...)" names two; so does "Vice Presidents A (since) and
    B (since)".
    """
    segment = re.sub(r"Captains Regent (.+?) and ", r"Captain Regent \1 and Captain Regent ", segment)
    parts = re.split(r" and (?=Captain Regent|Spanish Co-?prince|French Co-?prince)", segment)
    if len(parts) > 1 and (clause := _CLAUSE.search(parts[-1])):
        return [part if _CLAUSE.search(part) else f"{part} {clause[0]}" for part in parts]
    plural = re.match(r"((?:Co-)?Vice President)s (.*)", segment)
    if plural:
        names = re.split(r"(?<=\)),? and |(?<=\)), ", plural[2])
        if len(names) == 1 and (clause := _CLAUSE.search(names[0])):
            names = [f"{name} {clause[0]}" for name in re.split(r",? and |, ", names[0][: clause.start()])]
        return [f"{plural[1]} {name}" for name in names]
    return parts


def _counts(holder: Holder, *, first: bool) -> bool:
    title = holder.title.lower()
    if (
        first
        and re.search(r"\bprime minister|^governor|^lieutenant governor", title)
        and "deputy" not in title
    ):
        return True
    if first and title.startswith("speaker of"):
        return True
    if not first and _PRIME_MINISTER.match(holder.title):
        return bool(_IN_OFFICE.search(holder.words))
    if title == "presidency member":
        return True
    if re.search(
        r"deputy|heir|crown|governor|high commissioner|speaker|member|vice premier|vice prime", title
    ):
        return False
    shared = re.search(r"vice president|captain regent|co-?prince", title)
    return first or bool(shared)


def _holder(part: str, *, field: str) -> Holder | None:
    """The title and the person of one part; None if it names no person, or not as holding an office."""
    clause = _CLAUSE.search(part)
    before = (part[: clause.start()] if clause else part).strip(" ,")
    status = re.search(
        r",? (?:serving as|in) (?:an? )?(caretaker|interim|acting)(?: status| capacity)?$", before
    )
    if status:
        before = before[: status.start()]
    before = re.split(r", also spelled|, aka ", before)[0]
    tokens = before.split()
    place = 0
    while place < len(tokens) and _is_title(tokens, place):
        place += 1
    title, rest = " ".join(tokens[:place]), tokens[place:]
    while len(rest) > 1 and rest[0].strip(".,()").lower() in _HONORIFICS and not in_capitals(rest[0]):
        if len(rest) == 2 and rest[0] == "Sheikh":
            # "Sheikh HASINA" is her whole name here.
            break
        rest = rest[1:]
    # "Lt. Gen." and "Dr." may also follow the name, after a comma.
    name = re.sub(r",(?! Jr\.?| Sr\.?).*$", "", " ".join(rest)).strip(' ,"')
    words = name.replace('"', " ").replace("(", " ").replace(")", " ").split()
    if not _is_name(words, certain=bool(title and clause)) or re.search(
        r"[- ](?:[Ee]lect|[Dd]esignate)\b", part
    ):
        return None
    if clause and re.search(r"\bassumes?\b", clause["words"]):
        # Not in office yet.
        return None
    if (
        not title
        and clause
        and (
            inner := re.match(
                r"((?:Acting |Interim )?[A-Z][A-Za-z ]+?|presidency member) since", clause["words"]
            )
        )
    ):
        title = inner[1]
    start = _start(clause["words"], field=field) if clause else ""
    title = re.sub(r"\s+", " ", re.sub(r"^and ", "", title.strip(" ,()")))
    # The rank of the person after the title of the office.
    title = re.sub(r"(Homeland|Forces|Chairman) General$", r"\1", title)
    if status:
        title = f"{title} ({status[1]})"
    if "(" in title and ")" not in title:
        title += ")"
    period = re.search(rf"for the period {DATE} [-\u2013] ({DATE})", clause["words"]) if clause else None
    return Holder(
        title.replace("Presidents", "President"), name, start, part, iso(period[1]) if period else ""
    )


def _is_title(tokens: list[str], place: int) -> bool:
    bare = tokens[place].strip(".,()")
    if in_capitals(bare):
        return False
    # "Deputy Prime Minister" and "Heir Apparent" are titles too, of persons who do not count.
    return bare.lower() in _TITLE_WORDS or bare in {
        "Deputy",
        "deputy",
        "Heir",
        "Apparent",
        "Crown",
        "Speaker",
    }


def _is_name(words: list[str], *, certain: bool) -> bool:
    """Whether the words can be one person's name; without capitals only if all else is `certain`."""
    known = [in_capitals(word) for word in words]
    if not words or not (any(known) or (certain and len(words) > 1)):
        return False
    # "Moetai BROTHERSON Edouard FRITCH" is a slip that names two persons.
    names = [
        capital
        for word, capital in zip(words, known, strict=True)
        if len(word) > 2 and word not in _PARTICLES
    ]
    if len(names) > 3 and re.search("TFT", "".join("T" if capital else "F" for capital in names)):
        return False
    return all(_may_name(word) for word in words)


def _may_name(word: str) -> bool:
    bare = word.strip(".,")
    if bare[:1].isupper() or bare[:1] in "'\u2019\u2018" or bare in _PARTICLES:
        return True
    return bool(re.match(r"(?:al|el|as|ad|ar|an|d|ash|bin)[-'\u2019][A-Z'\u2019]", bare))


def _start(words: str, *, field: str) -> str:
    office = {"chief_of_state": "chief of state", "head_of_government": "head of government"}[field]
    installed = re.search(rf"installed on ({DATE})", words)
    own = installed or re.search(rf"{office} since ({DATE})", words)
    any_since = re.search(
        r"\b(?:since|sworn in|period|installed on|office on|in on|on|inaugurated|(?:re)?appointed|office) "
        rf"({DATE})",
        words,
    )
    found = own or any_since
    return iso(found[1]) if found else iso(words)
