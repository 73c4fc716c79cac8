"""The gazetteer's towns, divisions and regions by name: parsed once, decoded only where a text names them.

The names stay one text and every other column an array; an `Entry` is made when it is asked for.
data/registry/README.md says what the file holds.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from math import cos, hypot, radians
from typing import Literal

from loaders.model import LocationType, slug
from loaders.registry import Place, read_gazetteer
from loaders.vocabulary import toponyms

Kind = Literal["town", "division", "region"]

_REMEMBERED = 4096
"""The names whose places are kept decoded."""
_DIVISION_RADIUS_KM = 25.0
"""Of a circle as large as the middle one of the counties of the United States (GeoNames knows no areas)."""
_SPELLED = (
    *(("-", " "), ("/", " "), (".", ""), (",", ""), ("'", ""), ("’", ""), ("‘", ""), ("ʻ", "")),
    *(("ł", "l"), ("ø", "o"), ("đ", "d"), ("ð", "d"), ("ı", "i"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ə", "a")),
    *((f"{sign}{word} ", f"{sign}{short} ") for sign in "\n " for word, short in (
        ("saint", "st"), ("sainte", "ste"), ("mount", "mt"), ("fort", "ft"))),
)  # fmt: skip
_ACCENTS = re.compile(r"[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer; `region` is the position of its first-order region, which has one `code`."""

    name: str
    kind: Kind
    country: str
    region: int
    code: str
    latitude: float
    longitude: float
    population: int = 0
    geonames: int = 0
    time_zone: str = ""
    radius_km: float = 0

    @property
    def place_id(self) -> str:
        """The key of `locations`, the same for every reading: "gainesville-4156404", "laurel-county-usa-ky"."""
        tail = str(self.geonames) if self.geonames else "-".join((self.country, self.code))
        return slug(f"{self.name}-{self.kind if self.kind == 'region' else ''}-{tail}".lower())

    def place(self) -> Place:
        """The entry as the registries have places."""
        types: dict[Kind, LocationType] = {"town": "city", "division": "district", "region": "region"}
        credit = f"GeoNames {self.geonames}" if self.geonames else "GeoNames, middle of its towns"
        return Place.model_construct(
            id=self.place_id,
            name=self.name,
            location_type=types[self.kind],
            country=self.country,
            latitude=self.latitude,
            longitude=self.longitude,
            radius_km=self.radius_km,
            time_zone=(self.time_zone,) if self.time_zone else (),
            gazetteer=credit,
        )


def folded(names: str) -> str:
    """Names, one a line, as they are looked up: small, without accents, marks and ways to spell "Saint"."""
    if names.isascii() and names.isalpha():
        return names.lower()
    text = unicodedata.normalize("NFKD", f"\n{names.lower()}\n")
    text = text if text.isascii() else _ACCENTS.sub("", text)
    for written, spelled in _SPELLED:
        text = text.replace(written, spelled)
    return text[1:-1]


class Gazetteer:
    """The file's columns, and the rows of each name.

    Args:
        text: The file, unpacked.
    """

    def __init__(self, text: str) -> None:
        _, regions, names, latitudes, longitudes, populations, steps, zones = text.rstrip("\n").split("\n\n")
        self._regions = [line.split("\t") for line in regions.split("\n")]
        self._towns_end, self._region_end = _ends(self._regions)
        self._names = names
        self._name_ends = array("I", accumulate(map(len, names.split("\n"))))
        self._latitudes = array("h", map(int, latitudes.split("\n")))
        self._longitudes = array("h", map(int, longitudes.split("\n")))
        self._populations = array("i", map(int, populations.split("\n")))
        self._ids = array("i", accumulate(map(int, steps.split("\n"))))
        self._zones = {int(row): zone for row, _, zone in (z.partition("\t") for z in zones.split("\n"))}
        self._first, self._next = self._by_name(folded(names).split("\n"))
        self._find = lru_cache(maxsize=_REMEMBERED)(self._found)
        self._region_rows: dict[str, list[int]] = {}
        for at, name in enumerate(folded("\n".join(fields[2] for fields in self._regions)).split("\n")):
            for key in {name, without_kind(name)} - {""}:
                self._region_rows.setdefault(key, []).append(at)

    def __len__(self) -> int:
        return len(self._ids)

    def knows(self, name: str) -> bool:
        """Whether a name, as `folded` gives it, is in the file."""
        return name in self._first or name in self._region_rows

    def find(self, name: str) -> tuple[Entry, ...]:
        """Every place of a name, as `folded` gives it: regions, then towns and divisions."""
        return self._find(name)

    def _found(self, name: str) -> tuple[Entry, ...]:
        rows = [self._region(at) for at in self._region_rows.get(name, ())]
        return (*rows, *map(self.entry, self._rows(name)))

    def entry(self, row: int) -> Entry:
        """The town or division of a row."""
        at = bisect_right(self._region_end, row)
        country, code, _, zone, *_ = self._regions[at]
        is_town = row < self._towns_end[at]
        return Entry(
            name=self._names[self._name_ends[row - 1] + row if row else 0 : self._name_ends[row] + row],
            kind="town" if is_town else "division",
            country=country,
            region=at,
            code=code,
            latitude=self._latitudes[row] / 100,
            longitude=self._longitudes[row] / 100,
            population=self._populations[row],
            geonames=self._ids[row] if is_town else 0,
            time_zone=self._zones.get(row, zone),
            radius_km=0 if is_town else _DIVISION_RADIUS_KM,
        )

    def _region(self, at: int) -> Entry:
        country, code, name, zone, latitude, longitude, *_ = self._regions[at]
        where = int(latitude) / 100, int(longitude) / 100
        radius = self._radius_km(at, *where)
        return Entry(name, "region", country, at, code, *where, time_zone=zone, radius_km=radius)

    def _radius_km(self, at: int, latitude: float, longitude: float) -> float:
        """Of the circle whose towns would lie as far from its middle, on the average, as the region's do."""
        first = self._region_end[at - 1] if at else 0
        rows = range(first, self._region_end[at])
        squares = [
            (self._latitudes[r] / 100 - latitude) ** 2
            + (_turn(self._longitudes[r] / 100 - longitude) * cos(radians(latitude))) ** 2
            for r in rows
        ]
        return (
            round(hypot(*(s**0.5 for s in squares)) / len(squares) ** 0.5 * 111.2 * 2**0.5) if squares else 0
        )

    def _by_name(self, names: Sequence[str]) -> tuple[dict[str, int], array[int]]:
        """The first row of each name, and for each place in the chain the next; a division also by its short name."""
        first: dict[str, int] = {}
        following = array("i", [-1]) * (2 * len(names))
        row = len(names)
        for name in reversed(names):
            row -= 1
            following[row] = first.get(name, -1)
            first[name] = row
        for row in self._division_rows():
            short = without_kind(names[row])
            if short and short != names[row]:
                following[row + len(names)] = first.get(short, -1)
                first[short] = row + len(names)
        return first, following

    def _division_rows(self) -> Iterator[int]:
        for towns_end, region_end in zip(self._towns_end, self._region_end, strict=True):
            yield from range(towns_end, region_end)

    def _rows(self, name: str) -> Iterator[int]:
        at = self._first.get(name, -1)
        while at >= 0:
            yield at % len(self)
            at = self._next[at]


def _turn(degrees: float) -> float:
    """The shorter way round between two longitudes: a region may lie on both sides of the 180th meridian."""
    return (degrees + 180) % 360 - 180


def _ends(regions: Sequence[Sequence[str]]) -> tuple[array[int], array[int]]:
    towns_end, region_end, row = array("I"), array("I"), 0
    for fields in regions:
        towns_end.append(row + int(fields[6]))
        row += int(fields[6]) + int(fields[7])
        region_end.append(row)
    return towns_end, region_end


def without_kind(name: str) -> str:
    """A division's name without the word for what it is: "Cook County", "Province of Pangasinan"."""
    words = toponyms()
    first, _, rest = name.partition(" ")
    if first in words.kind_openers and rest:
        opener, _, inner = rest.partition(" ")
        return inner if opener in {"of", "de", "di", "do", "da"} and inner else rest
    start, _, last = name.rpartition(" ")
    return start if start and last in words.kinds else name


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of data/registry, loaded when the first text is read."""
    return Gazetteer(read_gazetteer())
