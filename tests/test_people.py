"""Who is a person and who is meant: each row is a text and the people, or the one a word means."""

from __future__ import annotations

import pytest

from loaders import annotate
from loaders.record import build_record
from loaders.sources import read_source_text
from loaders.table_checks import check_record

NAMED = [
    ("Defense Minister Anna Reed arrived.", ["Anna Reed"]),
    ("Ankit Verma, a professor at Ewha University, was there.", ["Ankit Verma"]),
    (
        "They spoke to Joaquin del Olmo and Ursula von der Leyen.",
        ["Joaquin del Olmo", "Ursula von der Leyen"],
    ),
    # the first word of a sentence has its capital from there; letters behind a name are none of it
    ("Furious Anna Reed spoke. Thanking Mark Hall for it was right.", ["Anna Reed", "Mark Hall"]),
    ("King Charles Windsor met Luke Reed MP there.", ["Charles Windsor", "Luke Reed"]),
    # words nobody is called by
    ("Hope Not Hate met Carlisle Support Services at Wellington Place.", []),
    # initials, and lists of names
    ("Scorers: J. Reed, Mark Hall (53rd), Anna Roe", ["J. Reed", "Mark Hall", "Anna Roe"]),
    # run together with an organization
    ("Northumbria Police Chief Sue Sim said so.", ["Sue Sim"]),
    # a surname that is also a title
    ("Bebe King was there.", ["Bebe King"]),
    # a role without an article, behind the name and before it
    ("Jo-Renee Formi, political science professor at Ewha University, was there.", ["Jo-Renee Formi"]),
    ("The port’s spokesman, Erlan Dossi, was there.", ["Erlan Dossi"]),
    # … but the title of the next one is no apposition
    ("After Ewha Dossi, president Mark Hall was there.", ["Mark Hall"]),
    # somebody bears the surname already, or bears one that elsewhere says where people come from
    ("Keith Scott was there. So was Rakeyia Scott.", ["Keith Scott", "Rakeyia Scott"]),
    ("“No,” said Bryan English, a nurse. Cuban food was there.", ["Bryan English"]),
    # … or one that is a place's name as well; an English word before a place is no given name
    ("Actor Jack London left. So did Ali France.", ["Jack London", "Ali France"]),
    ("Will Russia go? Young America did. They met in Madison Wisconsin and the Trinity Leeds centre.", []),
    # initials together
    ("“No,” said J.M. Berg, a nurse.", ["J.M. Berg"]),
    # what an office is of is no part of the name
    ("Secretary of State Hillary Roe was there.", ["Hillary Roe"]),
    # titles of several
    ("Senators Mark Hall and Anna Reed were there.", ["Mark Hall", "Anna Reed"]),
    # a title that opens a street's or a body's name
    ("He lives in King Street. The Representative Council met.", []),
    # nobody: a street, a compound, an organization, a day
    ("He lives in Walton Road near Downing Street.", []),
    ("A Taylor Swift-themed party was held.", []),
    ("The Ministry of Transport and Ewha University agreed on Monday.", []),
    # what stands where a place does, and then wherever the text has it; but not somebody's house or trial
    ("They met at Pier Head and at the Hart Space. Pier Head was full.", []),
    ("They met at Mark Hill's. The Oliver North trial ended.", ["Mark Hill", "Oliver North"]),
    # a family is not its head
    ("The train carried generations of the Kim family.", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_people_named(text: str, expected: list[str]) -> None:
    assert list(annotate(text).people["name"]) == expected


MEANT = [
    # the words of the text, the words that refer, whom they mean ("" where the text leaves it open, None nobody)
    ("Kim Jong Un’s sister Kim Yo Jong was there. Her brother signed.", "Her brother", "kim-jong-un"),
    (
        "Russian President Vladimir Putin arrived. The Russian president waved.",
        "The Russian president",
        "vladimir-putin",
    ),
    (
        "North Korean leader Kim Jong Un met Vladimir Putin. The two leaders dined.",
        "The two leaders",
        "kim-jong-un; vladimir-putin",
    ),
    ("Anna Reed met Sergei Shoigu and his counterparts.", "his", "sergei-shoigu"),
    # a short name stays with the one it was first used for
    ("Anna Kerr came. Kerr spoke. Mark Kerr left. Kerr waved.", "Kerr", "anna-kerr"),
    # “Jr.” is no surname, and a double surname is short for the full name
    ("Harry Reed Jr. came. Admiral Reed spoke.", "Reed", "harry-reed-jr"),
    ("Debbie Wasser Schultz came. Wasser Schultz spoke.", "Wasser Schultz", "debbie-wasser-schultz"),
    # the elder goes without, a junior does not
    ("Dad Tom Reed called. Tom Reed Senior was late.", "Tom Reed Senior", "tom-reed"),
    ("Tom Reed called. Tom Reed Junior was late.", "Tom Reed Junior", "tom-reed-junior"),
    ("Tom Reed Junior called. Reed was late.", "Reed", "tom-reed-junior"),
    # an honorific of the other gender
    ("Mr. Reed spoke. Anna Reed left.", "Reed", "reed"),
    # a surname that elsewhere says where people come from
    ("Mark Cuban came. Cuban waved.", "Cuban", "mark-cuban"),
    # … and one that is a place too
    ("Ali France won. France waved.", "France", "ali-france"),
    # a description behind a complement
    ("Mark Hall of New York, a supporter, spoke.", "a supporter", "mark-hall"),
    # initials in the middle are the same person
    ("John R. Roe came. Roe spoke. John Roe left.", "John Roe", "john-r-roe"),
    # where it ends, and what it is like, is no part of a description
    ("Anna Reed met the Princess of Wales in her own country.", "the Princess of Wales", ""),
    ("Anna Reed left the mayor of Leeds as the play opened.", "the mayor of Leeds", ""),
    ("Anna Reed spoke. A loud appeal saw umpire and coach rise.", "umpire", ""),
    # nobody in particular
    ("Anna Reed sang like every girl's idol.", "every girl", None),
    # abbreviated titles are the same office
    ("Sen. Anna Reed came. The senator spoke.", "The senator", "anna-reed"),
    # "him" is not the subject of its own clause
    ("Mark Hall spoke. John Roe praised him.", "him", "mark-hall"),
    ("Prince Tom made a joke after King Carl evicted him.", "him", "tom"),
    ("Mark Hall evicted him from the house.", "him", ""),
    ("Mark Hall, who met John Roe, thanked him.", "him", "john-roe"),
    ("Anna Reed came. Jane Roe greeted her warmly.", "her", "anna-reed"),
    # but "her" may be the subject's own, and "him" the speaker's whom nobody else hits
    ("Anna Reed came. Jane Roe sold her house.", "her", "jane-roe"),
    ("Mark Hall said nobody had hit him.", "him", "mark-hall"),
    # two men, no subject: open
    ("A letter from Mark Hall to John Roe was found. It was to him that it mattered.", "him", ""),
    # a grandfather without a name is nobody the text names
    ("Kim Jong Un spoke. Kim’s grandfather fought.", "Kim’s grandfather", ""),
    ("Kim Jong Un spoke. Kim’s grandfather fought.", "Kim", "kim-jong-un"),
]


@pytest.mark.parametrize(("text", "words", "expected"), MEANT)
def test_who_is_meant(text: str, words: str, expected: str | None) -> None:
    mentions = annotate(text).mentions
    found = mentions[(mentions["text"] == words) & (mentions["entity_type"] == "person")]
    assert set(found["entity_id"]) == ({expected} if expected is not None else set())


def test_role_and_affiliation_are_as_the_text_gives_them() -> None:
    person = annotate(
        "He met Ankit Verma, a senior fellow at the Carnegie Endowment for International Peace."
    ).people
    assert (person["role"][0], person["affiliation"][0]) == (
        "senior fellow at the Carnegie Endowment for International Peace",
        "Carnegie Endowment for International Peace",
    )


def test_a_surname_two_bear_stays_open_until_its_post_names_one() -> None:
    text = (
        "13 Sep 2023 09.00 CEST\nCourt rises\nDaniel Marsh denies fraud.\n\n"
        "13 Sep 2023 08.00 CEST\nFirst day\nThe court heard that Marsh was arrested. His wife, Laura Marsh, left.\n"
    )
    mentions = build_record(read_source_text(text)).mentions
    assert list(mentions[mentions["text"] == "Marsh"]["entity_id"].fillna("")) == [""]


@pytest.mark.parametrize(
    ("outlet", "key"),
    [
        ("BBC News", "bbc"),  # an alias in the registry
        ("CNN", "cnn"),  # its name there
    ],
)
def test_an_outlet_that_only_bylines_name_is_the_one_the_registry_knows(outlet: str, key: str) -> None:
    text = f"13 Sep 2023 08.00 CEST\nMarathon starts\nBy Jane Doe, {outlet}\nThe runners have set out.\n"
    record = build_record(read_source_text(text))
    check_record(record)
    named = record.mentions[record.mentions["entity_type"] == "organization"]
    assert list(named["entity_id"]) == [key]
    assert list(record.organizations["organization_id"]) == [key]


NOBODY = [
    # a character, a chant, a quay, a shop, a scheme
    "He came dressed as Doctor Who.",
    "They chanted ‘Oh, Tommy Tommy’ all night.",
    "They swept the Pier Head.",
    "Sahara Shisha, located on Mill Road, was hit.",
    "Policing Together said so on Monday.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_sounds_like_a_person_is_nobody(text: str) -> None:
    assert list(annotate(text).people["name"]) == []


@pytest.mark.parametrize(
    "text", ["Pier Luigi Rossi came.", "Harding Lee said so.", "Sahara Reed, based in Hull, spoke."]
)
def test_who_has_such_a_name_is_somebody(text: str) -> None:
    assert len(annotate(text).people) == 1
