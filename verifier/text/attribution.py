"""Who says it, and how firmly: what the words above a claim, and beside it, make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.model import Modality
from verifier.text.parse import Parse
from verifier.text.words import Word

__all__ = ["SPEECH", "TRUTH", "WANTED", "Standing", "quoted", "standing"]

_SAID = frozenset(
    ["say", "tell", "claim", "announce", "report", "state", "declare", "argue", "insist", "maintain", "add", "note", "stress", "explain", "suggest", "assert", "allege", "believe", "think", "hope", "fear", "expect", "warn", "accuse", "deny", "call", "describe", "quote", "write", "tweet", "post", "comment", "confirm", "acknowledge", "admit", "reveal", "estimate", "predict", "forecast", "vow", "predict", "hint", "indicate", "signal", "propose", "urge", "ask", "demand", "request", "reject", "criticise", "condemn", "praise", "welcome", "reiterate", "repeat", "tout", "rumor", "speculate", "hear", "read", "understand", "remember", "know", "dispute", "question", "doubt", "contend", "remark", "concede", "conclude", "agree", "imply", "mean"]
)
_FACTIVE = frozenset(
    ["know", "remember", "realise", "realize", "learn", "confirm", "acknowledge", "admit", "hear", "understand", "read", "note", "reveal", "forget", "recall", "notice", "discover", "explain"]
)
_PROMISED = frozenset(["promise", "pledge", "vow", "commit", "undertake", "agree", "offer", "swear", "guarantee", "threaten"])
_PLANNED = frozenset(["plan", "intend", "prepare", "decide", "propose", "schedule", "approve"])
_DESIRED = frozenset(
    ["want", "seek", "hope", "aim", "expect", "wish", "try", "attempt", "consider", "ask", "request", "urge", "demand", "need", "ought", "push", "work", "call", "allow", "permit", "order", "discuss", "negotiate"]
)
WANTED = _PROMISED | _PLANNED | _DESIRED
"""Verbs whose object need not exist: to demand recognition is not to have it."""
SPEECH = _SAID
"""Verbs that report what somebody says or thinks."""
_NEGATIVE = frozenset(["fail", "refuse", "decline", "neglect", "cease", "stop", "avoid", "deny", "reject"])
_CONDITION = frozenset(["if", "unless", "whether", "should", "provided", "assuming", "in_case"])
_FALSE = frozenset(["false", "untrue", "wrong", "incorrect", "inaccurate", "myth", "lie"])
_TRUE = frozenset(["true", "correct", "right", "fact", "case", "accurate", "clear", "certain", "obvious"])
TRUTH = _TRUE | _FALSE
"""Words that only affirm or deny the clause they govern."""
_REPORTED_ADVERBS = frozenset(["reportedly", "allegedly", "supposedly", "purportedly", "apparently"])
_MAYBE = frozenset(["may", "might", "could", "can", "should", "must", "ought", "perhaps", "possibly", "probably", "maybe", "likely"])
_FUTURE = frozenset(["would", "will", "shall"])
_OPPOSED = frozenset(["against", "for", "toward", "towards", "without", "despite"])
_FIRST = frozenset(["i", "we", "you"])
_ASIDE = frozenset(["according"])


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands in its sentence."""

    modality: Modality = Modality.ASSERTED
    speaker: tuple[int, ...] = ()
    """The words of whoever says, promises or plans it."""
    negations: int = 0
    """How often what stands above it denies it."""


def quoted(sentence: Sequence[Word]) -> frozenset[int]:
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


def standing(sentence: Sequence[Word], tree: Parse, anchor: int, *, nominal: bool) -> Standing:
    """What the words above `anchor`, the head of a claim's words, make of the claim.

    A nominal claim ("Israeli Foreign Minister Gabi Ashkenazi") is presupposed by whatever is said about it.
    """
    modality, speaker, negations = Modality.ASSERTED, (), 0
    if nominal:
        return Standing()
    below = anchor
    for here in (anchor, *tree.ancestors(anchor)):
        word = sentence[here]
        dep = tree.deps[below] if here != anchor else ""
        if here != anchor:
            if word.lemma in _PROMISED and dep in {"xcomp", "ccomp", "acl", "pcomp"} | {"dobj"}:
                modality, speaker = Modality.PROMISED, speaker or _subject(tree, here)
            elif word.lemma in _NEGATIVE and dep in {"xcomp"}:
                negations += 1
            elif word.lemma in _PLANNED and dep in {"xcomp", "ccomp", "acl", "pcomp"}:
                modality, speaker = Modality.PLANNED, speaker or _subject(tree, here)
            elif word.lemma in _DESIRED and dep in {"xcomp", "acl", "pcomp"}:
                modality = Modality.CONDITIONAL if modality is Modality.ASSERTED else modality
            elif word.lemma in _SAID and dep in {"ccomp", "xcomp", "parataxis", "acl", "dep"}:
                who = _subject(tree, here)
                if not (word.lemma in _FACTIVE or (who and sentence[who[0]].lemma in _FIRST)):
                    if modality is Modality.ASSERTED:
                        modality = Modality.SAID
                    speaker = who or speaker
                    negations += word.lemma in {"deny", "dispute", "doubt"}
            elif word.lemma in _TRUE | _FALSE or any(
                sentence[c].lemma in _TRUE | _FALSE
                for c in tree.children[here]
                if tree.deps[c] in {"acomp", "attr"}
            ):
                if dep in {"ccomp", "csubj", "advcl", "acl", "xcomp"}:
                    lowered = {word.lemma} | {sentence[c].lemma for c in tree.children[here]}
                    negations += bool(lowered & _FALSE) + bool(lowered & {"not", "never"})
            elif tree.tags[here] == "ADP" and word.lemma in _OPPOSED and dep in {"pcomp", "pobj"}:
                modality = Modality.PLANNED if modality is Modality.ASSERTED else modality
        for child in tree.children[here]:
            low = sentence[child].lemma
            if (
                (tree.deps[child] == "mark"
                and low in _CONDITION
                and here != anchor)
                or (here == anchor and tree.deps[child] == "mark" and low in _CONDITION)
            ):
                modality = Modality.CONDITIONAL if modality is Modality.ASSERTED else modality
            elif tree.deps[child] == "advmod" and low in _REPORTED_ADVERBS:
                modality = Modality.SAID if modality is Modality.ASSERTED else modality
            elif tree.deps[child] in {"aux", "advmod"} and low in _MAYBE and here == anchor:
                modality = Modality.CONDITIONAL if modality is Modality.ASSERTED else modality
            elif tree.deps[child] == "aux" and low in _FUTURE and here == anchor:
                modality = Modality.PLANNED if modality is Modality.ASSERTED else modality
            elif tree.deps[child] == "prep" and low in _ASIDE:
                modality = Modality.SAID if modality is Modality.ASSERTED else modality
        below = here
    return Standing(modality, speaker, negations)


def _subject(tree: Parse, verb: int) -> tuple[int, ...]:
    for at in (verb, *tree.ancestors(verb)):
        for child in tree.children[at]:
            if tree.deps[child] in {"nsubj", "poss"}:
                return tree.subtree(child, without=frozenset({"relcl", "acl", "appos"}))
        if tree.tags[at] in {"VERB", "AUX"} and tree.deps[at] not in {"conj", "xcomp", "acl"}:
            break
    return ()
