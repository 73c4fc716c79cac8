"""Which places a text can hardly mean: a small town abroad, alone, in a text of one country; one of another region.

A British page that names Cleveland eighteen times and no other town of Ohio means something no gazetteer has; which
place it is stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from loaders.candidates import Candidate, distance_km, lies_in
from loaders.company import Group, Key

_ENOUGH = 12
"""Names of places that a text needs to have a country of its own."""
_HOME = 0.75
"""And the share of them, and of their mentions, that lies in that country."""
_FOREIGN = 0.05
"""The share of mentions from which on another country is a matter of the text."""
_KNOWN = 6.0
"""The logarithm of inhabitants from which on a city is known everywhere; what `Candidate.prior` has."""
_REGISTERED_MORE = 1.5
_NEAR_KM = 60.0


def strays(groups: Sequence[Group], chosen: Mapping[Key, Candidate]) -> frozenset[Key]:
    """The names whose place the text can hardly mean.

    Args:
        groups: The names that may mean something.
        chosen: What each was taken to mean.
    """
    elsewhere = frozenset(g.key for g in groups if _is_elsewhere(g, chosen[g.key]))
    names, mentions = Counter[str](), Counter[str]()
    for group in groups:
        if country := chosen[group.key].country:
            names[country] += 1
            mentions[country] += group.count
    home = _home(names, mentions)
    if not home:
        return elsewhere
    sure = {one.place_id: one for one in chosen.values() if one.entry is None and one.is_point}
    abroad = (
        group.key
        for group in groups
        if _is_abroad(group, chosen[group.key], mentions, home) and not _has_company(chosen[group.key], sure)
    )
    return elsewhere.union(abroad)


def _is_elsewhere(group: Group, one: Candidate) -> bool:
    """Whether a name is said to lie in a region of its country, and what it was taken for lies in another.

    A comma alone may as well part the names of a list: "Kisii, Wajir, Mandera".
    """
    is_small = one.entry is not None and one.level == "town" and one.region >= 0
    regions = [whole for whole in group.container if whole.level == "region" and whole.region >= 0]
    within = [whole for whole in regions if whole.country == one.country]
    is_said = bool(within) and group.is_said_in and len(regions) == len(group.container)
    return is_small and is_said and not any(lies_in(one, whole) for whole in within)


def _home(names: Counter[str], mentions: Counter[str]) -> str:
    """The country that a text is of, "" where it is of none."""
    if names.total() < _ENOUGH:
        return ""
    country, count = names.most_common(1)[0]
    is_home = count >= _HOME * names.total() and mentions[country] >= _HOME * mentions.total()
    return country if is_home else ""


def _is_abroad(group: Group, one: Candidate, mentions: Counter[str], home: str) -> bool:
    """Whether a name means a small place abroad, with no container, in a country that is no matter of the text."""
    known = _KNOWN + (_REGISTERED_MORE if one.entry is None else 0)
    is_small = one.level in {"town", "district"} and one.prior < known and not group.container
    return (
        is_small
        and one.country != home
        and mentions[one.country] - group.count <= _FOREIGN * mentions.total()
    )


def _has_company(one: Candidate, sure: Mapping[str, Candidate]) -> bool:
    """Whether another place lies near by that is registered and thus no namesake by chance."""
    others = (other for place_id, other in sure.items() if place_id != one.place_id)
    return any(other.country == one.country and distance_km(one, other) <= _NEAR_KM for other in others)
