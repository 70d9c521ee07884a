"""What a title makes of its holder: which relations it gives, and which office it is, however worded."""

from __future__ import annotations

import re

FIELDS = {"chief_of_state": "P35", "head_of_government": "P6"}
DECIDING = {
    "P35": "chief_of_state",
    "president": "chief_of_state",
    "acting-president": "chief_of_state",
    "transitional-president": "chief_of_state",
    "presidency-chair": "chief_of_state",
    "monarch": "chief_of_state",
    "vice-president": "chief_of_state",
    "P6": "head_of_government",
    "prime-minister": "head_of_government",
    "chancellor": "head_of_government",
    "council-of-ministers-chair": "head_of_government",
}
"""The field whose successions end a relation that both fields of a page may yield: the next head of
government may be a prime minister who was there all the time, while the president stays.
"""
_MONARCH = re.compile(r"\b(king|queen|emperor|emir|amir|sultan|grand duke|prince)\b")
_PRIME_MINISTER = re.compile(r"\b(prime minister|premier|taoiseach)\b")
_PRESIDENT = re.compile(
    r"^(?:acting |interim |caretaker |transition(?:al)? |executive )*(?:president\b[ ,(]*)+"
    r"(?:of (?:the )?(?:republic|swiss confederation))?(?:$| and | \()"
)
_VICE = re.compile(
    r"\b(?:(?:acting|interim) )?(?:co-)?(?:first |second |third |executive )?vice president\b"
    r"(?: of (?:the )?council of (?:state|ministers))?|\bcrown prince\b"
)
_ASSEMBLY = re.compile(r"\bassembly president\b|\bpresident of the (?:[a-z]+ )?assembly\b")
_TRANSITION = re.compile(r"\btransition(?:al)? president\b")
_CHAIR = re.compile(r"^chair(?:man|woman|person)? of the presidency$")
_COUNCIL = re.compile(r"^(?:president|chair(?:man|woman|person)?) of (?:the )?council of ministers$")
_ACTING = re.compile(r"\b(acting|interim|caretaker)\b")


def acting(title: str) -> bool:
    """Whether the title is held only until somebody has it in full."""
    return bool(_ACTING.search(title.lower()))


def relations(title: str, *, field: str, kind: str, second: bool = False) -> list[str]:
    """The relations that this title gives its holder; only a state has presidents, prime ministers and
    monarchs. One named `second`, after the head, has the office of the title and no more.
    """
    words = _lowered(title)
    vice = "vice president" in words
    own = re.sub(r"^and | and$", "", re.sub(r"(?:^| )and(?= and |$)", "", _VICE.sub("", words)).strip(" ,"))
    own = own.strip(" ,")
    head = not second and not (vice and (not own or field == "chief_of_state"))
    if field == "head_of_government" and _ASSEMBLY.search(own):
        # Who presides over an assembly may stand in the place of a head of government, and is none.
        head = False
    found = [FIELDS[field]] if head else []
    if kind != "state":
        return found
    if vice:
        found.append("vice-president")
    if _PRIME_MINISTER.search(own) and "president of the government or" not in own:
        found.append("prime-minister")
    elif "chancellor" in own:
        found.append("chancellor")
    if _MONARCH.search(own) and "prince" not in re.sub(r"\bprince$", "", own):
        found.append("monarch")
    if _PRESIDENT.search(own):
        found.append("acting-president" if acting(own) else "president")
    if field == "chief_of_state" and _TRANSITION.search(own):
        found.append("transitional-president")
    if field == "chief_of_state" and _CHAIR.search(own):
        found.append("presidency-chair")
    if field == "head_of_government" and _COUNCIL.search(own):
        found.append("council-of-ministers-chair")
    return found


def office(title: str) -> str:
    """One word for the office of a title, acting or not: "prime minister" for "Taoiseach (Prime Minister)",
    "president" for "Interim President".
    """
    words = _lowered(title)
    own = _VICE.sub("", words).strip(" ,")
    own = re.sub(r"^and | and$", "", own).strip(" ,")
    if not own and "vice president" in words:
        return "vice president"
    if _PRIME_MINISTER.search(own):
        return "prime minister"
    if "chancellor" in own:
        return "chancellor"
    if found := _MONARCH.search(own):
        return "monarch" if found[1] != "prince" else own
    if _PRESIDENT.search(own) or re.fullmatch(
        r"president of (?!.*\b(?:ministers|government|yuan|assembly)\b).*", own
    ):
        return "president"
    return _ACTING.sub("", own).strip()


def _lowered(title: str) -> str:
    """The title in small letters, a "Coprince" as the co-prince that other editions write."""
    return title.lower().replace("coprince", "co-prince")
