"""Wikidata as a source: one parser for its entities, an offline snapshot of a dump, and the live service.

Whatever comes from Wikidata is entity JSON (https://www.wikidata.org/wiki/Special:MyLanguage/Wikidata:Data_model).
`entity` reads one into our `Entity` and `Statement`s; `snapshot` lays many out as a compiled table, which is
then asked like any other; `live` fetches those that a text speaks of, and lays them out in the same way. So
both ways give the same verdicts.
"""
