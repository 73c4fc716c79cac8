"""Chooses the time zone an outlet counts in where its page states none: "on Monday", with no place beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from loaders.model import Blog, Reference
from loaders.registry import Place, Registries, zones_by_country

_OTHER_DOMAINS = {"uk": "GB"}
"""Country domains that are not the ISO 3166 code of the country."""


def home_zone(
    blog: Blog, places: Iterable[Reference], known: Mapping[str, Place], registered: Registries
) -> str:
    """The IANA zone that most places of a blog lie in, those of the outlet's own country before all others.

    The outlet's country is the registry's, or the one its address ends in; it counts only where the blog speaks of
    a place in it, for some countries' domains are sold to everybody. UTC where the blog names no place.
    """
    placed = [known[r.mention.entity_id] for r in places if r.mention.entity_id]
    fixed = [place for place in placed if len(place.time_zone) == 1]
    outlet = registered.organizations.get(registered.outlet_ids.get(blog.outlet, ""))
    if outlet:
        at_home = [place for place in fixed if place.country == outlet.country]
    else:
        zones = zones_by_country().get(_country_of(blog.url), frozenset())
        at_home = [place for place in fixed if place.time_zone[0] in zones]
    counted = Counter(place.time_zone[0] for place in at_home or fixed)
    return next((zone for zone, _ in counted.most_common(1)), "UTC")


def _country_of(address: str) -> str:
    """The country that an address ends in, as ISO 3166 writes it; empty where it ends in something else."""
    try:
        domain = (urlsplit(address).hostname or "").rpartition(".")[2]
    except ValueError:  # a stranger's page can state anything
        return ""
    return _OTHER_DOMAINS.get(domain, domain.upper())
