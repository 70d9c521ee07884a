"""Single sentences by the bundled table: shares, the only ones, who followed whom, embassies, memberships.

Each that is supported has a neighbour that must not be.
"""

from __future__ import annotations

from functools import cache

import pytest

import verifier
from verifier.model import ClaimRow

AS_OF = "2023-11-01"
TOLD = {
    # the share first or the religion first, with "of X" or "X's", in words or figures
    "97.9 per cent of Cambodia's population were Buddhist in 2013.": "supported same-value",
    "Buddhists made up 97.9 per cent of Cambodia's population in 2013.": "supported same-value",
    "Nine in ten of Kyrgyzstan's people are Muslims.": "supported same-value",
    "Islam is the religion of 90 per cent of Kyrgyzstan's population.": "supported same-value",
    "Muslims form a majority in Kyrgyzstan.": "supported same-value",
    "27.3 per cent of the population of Kiribati were Roman Catholic in 2015.": (
        "contradicted quantity-differs"
    ),
    "In 2015, 56 per cent of the people of Kiribati were Catholics.": "unknown dates-unknown",
    "Most people in Cambodia are Muslims.": "contradicted quantity-differs",
    # the year of a census is that of its figures
    "According to the census of 2021, about three quarters of the people of Lithuania are Catholics.": (
        "supported same-value"
    ),
    "According to the census of 1990, 31.3 per cent of the people of Ethiopia are Muslims.": (
        "unknown dates-unknown"
    ),
    # the only ones
    "Laos is the only landlocked member of ASEAN.": "supported",
    "Thailand is the only landlocked member of ASEAN.": "contradicted explicit-negative",
    "Hungary is the only landlocked member of NATO.": "contradicted count-differs",
    "Saudi Arabia is the only country with which Qatar shares a land border.": "supported group-holds",
    "Spain is the only country that borders Andorra.": "contradicted counter-example",
    "Spain and France are the only countries that border Andorra.": "supported",
    "Turkey is the only member of NATO that borders Syria.": "supported",
    "Cambodia is the only member of ASEAN that borders Laos.": "contradicted count-differs",
    "Estonian is the only official language of Estonia.": "supported group-holds",
    "Laos is the only member of ASEAN without a coast.": "unknown",
    # who followed whom, around the office
    "Francisco Guterres was succeeded as president of Timor-Leste by José Ramos-Horta.": "supported implied",
    "Taur Matan Ruak was succeeded as president of Timor-Leste by José Ramos-Horta.": (
        "contradicted different-value"
    ),
    "The predecessor of José Ramos-Horta as president of Timor-Leste was Taur Matan Ruak.": (
        "contradicted different-value"
    ),
    "José Ramos-Horta took over the presidency of Timor-Leste from Francisco Guterres in May 2022.": (
        "supported implied"
    ),
    "José Ramos-Horta took over the presidency of Timor-Leste from Taur Matan Ruak in May 2022.": (
        "contradicted different-value"
    ),
    # an embassy in a town is one in its country, and some are called otherwise
    "France has an embassy in Kenya.": "supported implied",
    "Taiwan has an embassy in Kenya.": "unknown no-statement",
    "Australia has a high commission in Fiji.": "supported implied",
    "France has a high commission in Kenya.": "unknown no-statement",
    # titles with a word before them, forms of state, currencies by their noun
    "Assimi Goïta has been transitional president of Mali since 7 June 2021.": "supported same-value",
    "Emmanuel Macron is transitional president of France.": "unknown no-statement",
    "Tonga is a kingdom.": "supported implied",
    "France is a kingdom.": "unknown no-statement",
    "The dinar is the currency of Serbia.": "supported same-value",
    "The dinar is the currency of Croatia.": "unknown no-statement",
    # one date of an independence long ago excludes no other
    "Uruguay became independent on 25 August 1825.": "supported same-value",
    "Uruguay became independent in 1828.": "unknown no-statement",
    "Djibouti became independent in 1978.": "contradicted date-differs",
    # who is on no complete list today has not been a member since 1976
    "Papua New Guinea has been a full member of ASEAN since 1976.": "contradicted not-in-complete-list",
    "Morocco has been a member of the African Union since 1963.": "unknown dates-unknown",
    # a town that is not the capital
    "Samarkand is the capital of Uzbekistan.": "contradicted different-value",
    "Samarkand was the capital of Uzbekistan until 1930.": "unknown no-statement",
    "Samarkand is a city in Uzbekistan.": "supported same-value",
    "The capital of Djibouti is the city of Djibouti.": "supported same-value",
}


@cache
def results() -> dict[str, str]:
    """The verdict and reason of each sentence, read at once."""
    rows = [ClaimRow(str(number), claim=text) for number, text in enumerate(TOLD)]
    report = verifier.Checker(as_of=AS_OF).check(rows)
    return {text: f"{one.verdict} {one.reason}" for text, one in zip(TOLD, report.results, strict=True)}


@pytest.mark.parametrize("text", TOLD)
def test_a_sentence_by_itself(text: str) -> None:
    """Read whole, and decided by the rows; never against what the table leaves open."""
    found, expected = results()[text], TOLD[text]
    assert found == expected if " " in expected else found.startswith(expected)
