"""Words that more than one room reads by: closed classes of English, and verbs of one kind, all as lemmas."""

from __future__ import annotations

from verifier.text.words import word_set

__all__ = [
    "ADJECTIVES",
    "AUXILIARIES",
    "CARRIERS",
    "COPULAS",
    "DETERMINERS",
    "DOUBTS",
    "EXCEPTING",
    "EXCLUSIVE",
    "FUTURE",
    "MODALS",
    "NEARLY",
    "ONSETS",
    "PLACE_NAMED",
    "PLACE_SIDES",
    "POSSESSIVES",
    "PREPOSITIONS",
    "PRONOUNS",
    "RANKS",
    "REPORTED",
    "SOLELY",
    "TITLES",
]

DETERMINERS = word_set(
    """
    the a an this that these those its his her our my your some any
    """
)
AUXILIARIES = frozenset(["be", "have", "do", "will", "would", "shall", "get"])
CARRIERS = word_set(
    """
    locate situate base find lie sit stand hold use call know name take make give come go work serve act
    show list include form thing one place person man woman people group country city town village company
    they them who which that what say hear tell there here fact true indeed well yes yeah yep really
    """
)
"""Words that carry a relation told by others ("is a company that ..."), and tell none by themselves."""
POSSESSIVES = frozenset(["its", "his", "their", "her", "whose"])
COPULAS = frozenset(["be", "become", "remain"])
REPORTED = frozenset(["reportedly", "allegedly", "supposedly", "purportedly", "apparently"])
DOUBTS = frozenset(["arguably", "perhaps", "possibly", "probably", "maybe", "likely"])
MODALS = frozenset(["may", "might", "could", "can", "should", "must"])
"""Auxiliaries of what may be."""
FUTURE = frozenset(["would", "will", "shall"])
"""Auxiliaries of what is still to come."""
ADJECTIVES = word_set(
    """
    current present incumbent official formal joint main full tiny small large big new own sovereign
    entire whole illegal military ongoing continued controversial historic landmark so-called famous
    beautiful great old little nearby immediate direct
    """
)
PLACE_SIDES = word_set(
    "north south east west northern southern eastern western central upper lower inner outer mid"
)
"""Words that make of a place's name that of a part of it: "northern France"."""
PLACE_NAMED = PLACE_SIDES | word_set("new old great greater little")
"""Words that, with a capital, make of a place's name that of another place: "New Paris"."""
PRONOUNS = frozenset(["it", "he", "she", "him", "there", "they", "them"]) | POSSESSIVES
PREPOSITIONS = word_set(
    """
    of to in on at by with from for into against between among over under through as about than towards
    toward within
    """
)
ONSETS = word_set(
    """
    join enter accede admit establish open inaugurate move relocate transfer shift recognise sign ink
    become declare proclaim gain win achieve capture seize annex conquer found create launch start begin
    change switch
    normalise marry wed adopt introduce restore resume forge formalise secede
    """
)
"""Verbs that say when something began: "joined NATO in 2004" is not "was a member in 2004"."""
EXCLUSIVE = frozenset(["only", "sole"])
"""Words before a noun that say that there is no other of its kind."""
SOLELY = frozenset(["only", "solely", "exclusively"])
"""Words before a name that say it of nothing else."""
EXCEPTING = frozenset(["but", "bar", "save"])
"""Words after "all" that take so many out: "all but two"."""
NEARLY = word_set(
    """
    nearly almost virtually practically essentially effectively basically roughly approximately hardly
    scarcely barely mostly mainly largely chiefly primarily
    """
)
"""Words before "all", "no" and "only" that leave some out, or some in."""
TITLES = word_set(
    """
    mr mrs ms dr sir lord lady president prime minister premier king queen prince princess emir sultan
    chancellor senator general foreign secretary professor pope
    archbishop governor ambassador sheikh sheik sheikha crown emperor colonel captain major marshal admiral
    """
)
"""Words before the name of a person that say what the person is."""
RANKS = frozenset(["first", "second", "third", "last", "latest", "next", "only"])
"""Words that give a thing its place in an order, so that it is not just any of its kind."""
