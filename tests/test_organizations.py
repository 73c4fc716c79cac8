"""Of what kind an organization is that no registry knows, by the words of its name."""

from __future__ import annotations

import pytest

from loaders import annotate

KINDS = [
    # the case, the name, its kind
    ("a police force", "Qwertle Police Force Headquarters", "government"),
    ("a constabulary", "Qwertle Constabulary", "government"),
    ("a town's council", "Qwertle Council", "government"),
    ("a council of members", "Church Council of Qwertle", "other"),
    ("a centre for something", "Centre for Qwertle Research", "think tank"),
    ("a centre where people meet", "Qwertle Sports Centre", "other"),
    ("a school", "Qwertle Business School", "university"),
]


@pytest.mark.parametrize(("name", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_the_words_of_a_name_say_what_it_is(name: str, kind: str) -> None:
    found = annotate(f"He spoke to the {name} on Tuesday.").organizations
    assert list(found["organization_type"]) == [kind]
