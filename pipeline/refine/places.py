"""Where: towns, states and countries that the press names, each by one key. Only places where courts sit often."""

from __future__ import annotations

import re

# American states by their federal seats, other countries by their courts' towns. "Washington" is a town, a state and a
# government; "Georgia" two countries' name for one: neither says where.
_SPELLED = {
    "al": "Alabama|Birmingham", "ak": "Alaska|Anchorage", "az": "Arizona|Phoenix|Tucson", "ar": "Arkansas|Little Rock",
    "ca": "California|San Francisco|San Jose|Los Angeles|Oakland|San Diego|Sacramento|Silicon Valley|Calif",
    "co": "Colorado|Denver|Boulder", "ct": "Connecticut|Hartford|New Haven|Bridgeport",
    "de": "Delaware|Wilmington", "fl": "Florida|Miami|Tampa|Orlando|Jacksonville|Tallahassee", "ga": "Atlanta",
    "hi": "Hawaii|Honolulu", "id": "Idaho|Boise", "il": "Illinois|Chicago|Springfield", "in": "Indiana|Indianapolis",
    "ia": "Iowa|Des Moines", "ks": "Kansas|Wichita|Topeka", "ky": "Kentucky|Louisville|Lexington",
    "la": "Louisiana|New Orleans", "me": "Maine|Bangor", "md": "Maryland|Baltimore|Greenbelt",
    "ma": "Massachusetts|Boston|Worcester", "mi": "Michigan|Detroit|Grand Rapids",
    "mn": "Minnesota|Minneapolis|St\\.? Paul", "ms": "Mississippi", "mo": "Missouri|St\\.? Louis|Kansas City",
    "mt": "Montana|Missoula|Helena", "ne": "Nebraska|Omaha|Lincoln", "nv": "Nevada|Las Vegas|Reno",
    "nh": "New Hampshire", "nj": "New Jersey|Newark|Trenton|Camden",
    "nm": "New Mexico|Albuquerque|Santa Fe", "ny": "New York|Manhattan|Brooklyn|Buffalo|Albany|Rochester|Syracuse",
    "nc": "North Carolina|Charlotte|Raleigh|Greensboro", "nd": "North Dakota|Fargo|Bismarck",
    "oh": "Ohio|Cleveland|Columbus|Cincinnati|Toledo", "ok": "Oklahoma|Tulsa", "or": "Oregon|Eugene",
    "pa": "Pennsylvania|Philadelphia|Pittsburgh|Harrisburg", "ri": "Rhode Island|Providence",
    "sc": "South Carolina|Charleston", "sd": "South Dakota|Sioux Falls", "tn": "Tennessee|Nashville|Memphis|Knoxville",
    "tx": "Texas|Austin|Houston|Dallas|San Antonio|Marshall|Waco|Fort Worth", "ut": "Utah|Salt Lake City",
    "vt": "Vermont|Burlington", "va": "Virginia|Alexandria|Richmond|Norfolk", "wa": "Seattle|Tacoma|Spokane",
    "wi": "Wisconsin|Milwaukee|Madison", "wv": "West Virginia", "wy": "Wyoming|Cheyenne",
    "Australia": "Australia|Sydney|Melbourne|Canberra|Brisbane|Perth", "Austria": "Austria|Vienna",
    "Belgium": "Belgium|Antwerp|Ghent", "Brazil": "Brazil|S[ãa]o Paulo|Rio de Janeiro|Bras[íi]lia",
    "Britain": "London|England|Britain|United Kingdom|UK|Scotland|Edinburgh|Glasgow|Manchester|Wales|Cardiff|Belfast",
    "Canada": "Canada|Ontario|Toronto|Quebec|Montr[ée]al|Vancouver|British Columbia|Ottawa|Calgary|Alberta",
    "China": "China|Beijing|Shanghai|Hangzhou|Guangzhou|Shenzhen", "Czechia": "Prague|Czech Republic|Czechia",
    "Denmark": "Denmark|Copenhagen", "EU": "EU|European Court of Justice|Luxembourg|Brussels|European Union",
    "Finland": "Finland|Helsinki",
    "France": "France|Paris|Lyon|Marseille|Nanterre", "Hungary": "Hungary|Budapest",
    "Germany": "Germany|Hamburg|Munich|M[üu]nchen|Berlin|Cologne|K[öo]ln|Frankfurt|D[üu]sseldorf|Stuttgart|Leipzig"
    "|Karlsruhe|Mannheim",
    "Greece": "Greece|Athens", "India": "India|Delhi|Mumbai|Bombay|Madras|Chennai|Bengaluru|Bangalore|Kolkata|Calcutta",
    "Ireland": "Ireland|Dublin", "Israel": "Israel|Tel Aviv|Jerusalem", "Italy": "Italy|Rome|Milan|Turin",
    "Japan": "Japan|Tokyo|Osaka|Kyoto", "Korea": "South Korea|Korea|Seoul", "Mexico": "Mexico City",
    "Netherlands": "Netherlands|Amsterdam|The Hague|Rotterdam", "New Zealand": "New Zealand|Auckland|Wellington",
    "Norway": "Norway|Oslo", "Poland": "Poland|Warsaw|Krak[óo]w", "Portugal": "Portugal|Lisbon",
    "Singapore": "Singapore", "South Africa": "South Africa|Johannesburg|Cape Town|Pretoria",
    "Spain": "Spain|Madrid|Barcelona", "Sweden": "Sweden|Stockholm", "Switzerland": "Switzerland|Zurich|Geneva",
}  # fmt: skip
_KEYS = tuple(_SPELLED)
_ALL = "|".join(f"(?P<p{n}>{spelled})" for n, spelled in enumerate(_SPELLED.values()))
_PLACE = re.compile(rf"\b(?=[A-Z])(?:{_ALL})\b")
_ANY = "|".join(_SPELLED.values())
_COURT = re.compile(
    rf"\b(?:(?:[Cc]ourt|[Jj]udge|[Ss]uit|[Ll]awsuit)s?|justices|[Jj]ury|[Jj]urors|[Pp]anel|[Mm]agistrate|[Cc]ase"
    rf"|[Tt]rial"
    rf"|filed|lodged|brought|sue[sd]?|complaint|action|claim)\b[^.;,\n]{{0,30}}? (?:in|of) (?:(?:a|the|federal"
    rf"|state) ){{0,2}}"
    rf"(?P<after>{_ANY})\b"
    rf"|\b(?=[A-Z])(?P<before>{_ANY})(?: \w+){{0,2}} (?:[Cc]ourt|judges?|jury|jurors|panel|complaint|suit|action"
    rf"|magistrate"
    rf"|trial)\b"
)


def named(text: str) -> frozenset[str]:
    """Every place a text names."""
    return frozenset(_KEYS[int(found.lastgroup[1:])] for found in _PLACE.finditer(text) if found.lastgroup)


def spelled(text: str) -> list[str]:
    """The places a text names, as it spells them."""
    return [found[0] for found in _PLACE.finditer(text)]


def of_courts(text: str) -> frozenset[str]:
    """The places where, by a text's words, a court sits or something was filed."""
    return named(" / ".join(found["after"] or found["before"] for found in _COURT.finditer(text)))


def without(text: str) -> str:
    """The text with its places' names blanked out."""
    return _PLACE.sub(" ", text)
