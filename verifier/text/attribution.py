"""Who says it, and how firmly: what the words above a claim, and beside it, make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from verifier.model import Modality, Term
from verifier.text.fits import Fit
from verifier.text.parse import Parse
from verifier.text.reading import Line
from verifier.text.unfinished import is_under_way
from verifier.text.vocabulary import COPULAS, DOUBTS, FUTURE, MODALS, REPORTED
from verifier.text.words import Word, word_set

__all__ = [
    "COUNTS",
    "FALSE",
    "REFUSED",
    "SPEECH",
    "TRUTH",
    "WANTED",
    "Standing",
    "is_count",
    "speaker_of",
    "standing_of",
]

SPEECH = word_set(
    """
    say tell claim announce report state declare argue insist maintain add note stress explain suggest
    assert allege believe think hope fear expect warn accuse deny call describe quote write tweet post
    comment confirm acknowledge admit reveal estimate predict forecast vow hint indicate signal propose
    urge ask demand request reject criticise condemn praise welcome reiterate repeat tout rumor
    speculate hear read understand remember know dispute question doubt contend remark concede conclude
    agree imply mean assume imagine suppose
    """
)
"""Verbs that report what somebody says or thinks."""
_FACTIVE = word_set(
    """
    know remember realise realize learn confirm acknowledge admit hear understand read note reveal
    forget recall notice discover explain
    """
)
_PROMISED = word_set(
    """
    promise pledge vow commit undertake agree offer swear guarantee threaten
    """
)
_PLANNED = frozenset(["plan", "intend", "prepare", "decide", "propose", "schedule", "approve"])
_DESIRED = word_set(
    """
    want seek hope aim expect wish try attempt consider ask request urge demand need ought push work
    apply invite bid eligible call allow permit order discuss negotiate oppose resist prevent block veto
    delay postpone discourage
    """
)
WANTED = _PROMISED | _PLANNED | _DESIRED
"""Verbs whose object need not exist: to demand recognition is not to have it."""
REFUSED = frozenset(["fail", "refuse", "decline", "neglect", "cease", "stop", "avoid", "deny", "reject"])
_CONDITION = frozenset(["if", "unless", "whether", "should", "provided", "assuming", "once"])
FALSE = frozenset(["false", "untrue", "wrong", "incorrect", "inaccurate", "myth", "lie"])
_TRUE = frozenset(["true", "correct", "right", "fact", "case", "accurate", "clear", "certain", "obvious"])
TRUTH = _TRUE | FALSE
"""Words that only affirm or deny the clause they govern."""
_MAYBE = MODALS | DOUBTS | {"ought"}
_OPPOSED = frozenset(["against", "for", "toward", "towards", "without", "despite"])
_FIRST = frozenset(["i", "we", "you"])

COUNTS = frozenset(
    ["census", "count", "statistic", "figure", "datum", "data", "survey", "constitution", "estimate"]
)
_INVERTED = frozenset({"Had", "Should", "Were"})
_BRINKS = frozenset(["short", "verge", "brink", "way", "far", "away"])
"""What stands before "of doing it" when it is not done."""
_ASIDES = frozenset({"relcl", "acl", "advcl", "appos"})
_CONTENTS = frozenset({"xcomp", "ccomp", "acl", "pcomp"})
"""How what is promised or planned hangs on its verb."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands in its sentence."""

    modality: Modality = Modality.ASSERTED
    speaker: tuple[int, ...] = ()
    """The words of whoever says, promises or plans it."""
    negations: int = 0
    """How often what stands above it denies it."""

    def weakened(self, modality: Modality) -> Standing:
        """The same, no more than said (or planned, ...); what is not asserted already stays as it is."""
        return replace(self, modality=modality) if self.modality is Modality.ASSERTED else self


def standing_of(line: Line, fit: Fit) -> Standing:
    """How what a fit says stands in its sentence; without a parse, by the words that it passed over."""
    signals = fit.found.signals
    if is_under_way(line, fit):
        return Standing(Modality.PLANNED)
    if line.tree is None:
        stand = Standing(_of_modal(signals.modal)) if signals.modal else Standing()
        return stand.weakened(Modality.SAID) if signals.hedged else stand
    appositive = fit.found.pattern.appositive
    copular = appositive and any(line.words[i].lemma in COPULAS for i in fit.passed)
    verbal = not appositive or any(line.tree.is_verb(i) for i in fit.literals)
    verb = line.tree.verb_at(fit.anchor) if copular else None
    anchor = fit.anchor if verb is None else verb
    if (verbal or copular) and not _presupposed(line, line.tree, anchor):
        stand = _standing_at(line.words, line.tree, anchor)
    else:
        stand = Standing()
    if line.words[0].text in _INVERTED and "," in {w.text for w in line.words[fit.anchor :]}:
        stand = stand.weakened(Modality.CONDITIONAL)
    aside = _said_between(line, fit)
    if aside is not None:
        stand = stand.weakened(aside)
    if signals.hedged or (fit.literals and set(fit.literals) <= _quoted(line.words)):
        stand = stand.weakened(Modality.SAID)
    return stand.weakened(_of_modal(signals.modal)) if signals.modal else stand


def _said_between(line: Line, fit: Fit) -> Modality | None:
    """What auxiliaries and denials between the subject and its verb say, where the parse left them out."""
    subject = fit.slot("{s}")
    if subject is None or subject.end < 0 or not fit.literals:
        return None
    between = range(subject.end, min(fit.literals))
    read = {*fit.passed, *fit.words, *line.skip, *_clauses_within(line.tree, between)}
    unread = {line.words[i].lemma for i in between if i not in read}
    if unread & FUTURE:
        return Modality.PLANNED
    return Modality.CONDITIONAL if unread & (MODALS | DOUBTS | {"not", "never"}) else None


def _clauses_within(tree: Parse | None, between: range) -> Iterator[int]:
    """The words of clauses that begin and end there: "Taiwan, looking for friends where it can, has kept"."""
    if tree is None:
        return
    for index in between:
        whole = tree.subtree(index)
        if tree.deps[index] in _ASIDES and whole[0] in between and whole[-1] in between:
            yield from whole


def speaker_of(line: Line, stand: Standing) -> Term | None:
    """Whoever says, promises or plans it, as a term: a name if there is one, else the words."""
    if not stand.speaker:
        return None
    start, end = min(stand.speaker), max(stand.speaker) + 1
    inside = [c for c in line.candidates if c.known and c.start >= start and c.end <= end]
    if inside:
        return line.term(inside[-1])
    return Term(line.slice(start, end), line.span_of(start, end))


def _of_modal(modal: str) -> Modality:
    return Modality.PLANNED if modal in FUTURE else Modality.CONDITIONAL


def _presupposed(line: Line, tree: Parse, anchor: int) -> bool:
    """ "its 2008 declaration of independence": a definite event, unless someone only wants or promises it."""
    if tree.tags[anchor] != "NOUN" or not any(tree.deps[c] == "poss" for c in tree.children[anchor]):
        return False
    governor = next((a for a in tree.ancestors(anchor) if tree.is_verb(a)), None)
    if governor is None:
        return True
    modal = any(line.words[c].lemma in FUTURE | _MAYBE for c in tree.children[governor])
    return line.words[governor].lemma not in WANTED and not modal


def _standing_at(sentence: Sequence[Word], tree: Parse, anchor: int) -> Standing:
    """What the words above `anchor`, the head of a claim's words, and those beside them make of the claim."""
    stand = Standing()
    below = anchor
    own_verb = tree.verb_at(anchor)
    purpose = own_verb is not None and tree.deps[own_verb] == "advcl"
    if purpose and any(tree.fine[child] == "TO" for child in tree.children[own_verb or 0]):
        stand = stand.weakened(Modality.CONDITIONAL)  # "resigned to become ...": meant, not done
    aside = False
    for here in (anchor, *tree.ancestors(anchor)):
        if here != anchor and not (aside and tree.deps[below] in {"pobj", "dobj"}):
            stand = _under(sentence, tree, here, tree.deps[below], stand)
        aside = aside or _sets_off(sentence, tree, here)
        for child in tree.children[here]:
            if is_count(sentence, tree, child):
                continue
            if aside and sentence[child].lemma == "according" and tree.subtree(child)[0] > anchor:
                continue
            beside = _beside(sentence[child].lemma, tree.deps[child], own=here in (anchor, own_verb))
            stand = stand if beside is None else stand.weakened(beside)
        below = here
    return stand


def _sets_off(sentence: Sequence[Word], tree: Parse, verb: int) -> bool:
    """ "X, who is Y,": a clause after a comma only says more of a name, whatever is said or meant of that."""
    first = tree.subtree(verb)[0]
    return tree.deps[verb] == "relcl" and first > 0 and sentence[first - 1].text == ","


def is_count(sentence: Sequence[Word], tree: Parse, index: int) -> bool:
    """ "according to the census": where a figure was found, not what somebody says."""
    return sentence[index].lemma == "according" and any(
        sentence[i].lemma in COUNTS for i in tree.subtree(index) if tree.deps[i] == "pobj"
    )


def _under(sentence: Sequence[Word], tree: Parse, above: int, dep: str, stand: Standing) -> Standing:
    """What a word makes of a claim that hangs on it by `dep`."""
    lemma = sentence[above].lemma
    if dep == "xcomp" and any(sentence[c].lemma == "yet" for c in tree.children[above]):
        return replace(stand, negations=stand.negations + 1)
    if tree.tags[above] == "ADJ" and lemma not in TRUTH and dep in _CONTENTS:
        return stand.weakened(Modality.CONDITIONAL)
    if tree.tags[above] == "ADP" and dep == "pcomp":
        governor = tree.heads[above]
        if tree.tags[governor] == "ADJ" or sentence[governor].lemma in _BRINKS:
            return stand.weakened(Modality.CONDITIONAL)
    if lemma in _PROMISED and (dep in _CONTENTS or dep == "dobj"):
        return replace(stand, modality=Modality.PROMISED, speaker=stand.speaker or _subject(tree, above))
    if lemma in REFUSED and dep == "xcomp":
        return replace(stand, negations=stand.negations + 1)
    if lemma in _PLANNED and dep in _CONTENTS:
        return replace(stand, modality=Modality.PLANNED, speaker=stand.speaker or _subject(tree, above))
    if lemma in _DESIRED and (dep in _CONTENTS or dep == "dobj"):
        return stand.weakened(Modality.CONDITIONAL)
    told = {"ccomp", "xcomp", "parataxis", "acl", "dep"} | (
        {"relcl"} if tree.tags[above] == "NOUN" else set()
    )
    if lemma in SPEECH and dep in told and (lemma, tree.tags[above]) != ("state", "NOUN"):
        who = _subject(tree, above)
        if lemma in _FACTIVE or (who and sentence[who[0]].lemma in _FIRST):
            return stand
        denied = lemma in {"deny", "dispute", "doubt"}
        said = replace(stand, speaker=who or stand.speaker, negations=stand.negations + denied)
        return said.weakened(Modality.SAID)
    if lemma in TRUTH or any(
        sentence[c].lemma in TRUTH for c in tree.children[above] if tree.deps[c] in {"acomp", "attr"}
    ):
        if dep not in {"ccomp", "csubj", "advcl", "acl", "xcomp", "relcl"}:
            return stand
        beside = tree.children[tree.heads[above]] if tree.deps[above] in {"attr", "acomp"} else ()
        said_of_it = {lemma, *(sentence[c].lemma for c in (*tree.children[above], *beside))}
        denials = bool(said_of_it & FALSE) + bool(said_of_it & {"not", "never"})
        return replace(stand, negations=stand.negations + denials)
    if tree.tags[above] == "ADP" and lemma in _OPPOSED and dep in {"pcomp", "pobj"}:
        return stand.weakened(Modality.PLANNED)
    return stand


def _beside(lemma: str, dep: str, *, own: bool) -> Modality | None:
    """What a word beside a claim, or (unless `own`) beside a word above it, makes of the claim."""
    if dep == "mark" and lemma in _CONDITION:
        return Modality.CONDITIONAL
    if (dep == "advmod" and lemma in REPORTED) or (dep == "prep" and lemma == "according"):
        return Modality.SAID
    if own and dep in {"aux", "advmod"} and lemma in _MAYBE:
        return Modality.CONDITIONAL
    if own and dep == "aux" and lemma in FUTURE:
        return Modality.PLANNED
    return None


def _subject(tree: Parse, verb: int) -> tuple[int, ...]:
    for at in (verb, *tree.ancestors(verb)):
        for child in tree.children[at]:
            if tree.deps[child] in {"nsubj", "poss"}:
                return tree.subtree(child, without=frozenset({"relcl", "acl", "appos"}))
        if tree.is_verb(at) and tree.deps[at] not in {"conj", "xcomp", "acl"}:
            break
    return ()


def _quoted(sentence: Sequence[Word]) -> frozenset[int]:
    """The words between quotation marks; an apostrophe inside a word is not one."""
    found: set[int] = set()
    opened: int | None = None
    for index, word in enumerate(sentence):
        if word.text not in {'"', "'"}:
            continue
        before = sentence[index - 1] if index else None
        glued_left = before is not None and before.span.end == word.span.start
        following = sentence[index + 1] if index + 1 < len(sentence) else None
        glued_right = following is not None and following.span.start == word.span.end
        if opened is None and glued_right and not (glued_left and before is not None and before.is_word):
            opened = index
        elif (
            opened is not None
            and sentence[opened].text == word.text
            and not (glued_right and following is not None and following.is_word)
        ):
            found.update(range(opened + 1, index))
            opened = None
    if opened is not None and sentence[opened].text == '"':
        found.update(range(opened + 1, len(sentence)))
    return frozenset(found)
