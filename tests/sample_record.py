"""A small record typed by hand from the first story: what filters, exports and pages are tested against.

The spans come from the source itself, so every row can be read in its text.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from loaders.model import Blog, Post, Record, Span
from loaders.schema import table

SOURCE = Path(__file__).parent.parent / "data" / "stories" / "kim-putin-2023" / "source.txt"
READ_AT = datetime(2023, 9, 13, 5, 23, tzinfo=UTC)
VOSTOCHNY, SUNAN, SEA = "vostochny-cosmodrome", "sunan", "waters-off-east-coast"
MISSILES_POST = "north-korea-fires-two-ballistic-missiles"
TRAIN_POST = "kim-jong-un-steps-off-famed-armored-train"
HELP_POST = "will-russia-help-north-korea"


def at(hour: int, minute: int = 0, day: int = 13) -> datetime:
    return datetime(2023, 9, day, hour, minute, tzinfo=UTC)


def sample_record() -> Record:
    """The record."""
    text = SOURCE.read_text(encoding="utf-8")
    blog = Blog(
        text, _posts(text), "Kim meets Putin", "CNN", "https://example.org/live", "Asia/Yakutsk", READ_AT
    )
    return Record(
        text=text,
        posts=blog.posts,
        people=table("people", _PEOPLE),
        organizations=table("organizations", _ORGANIZATIONS),
        locations=table("locations", _LOCATIONS),
        quotes=table("quotes", _quotes(text)),
        events=table("events", _events(text)),
        mentions=table("mentions", _mentions(text)),
        times=table("times", _times(text)),
        corrections=table("corrections", _CORRECTIONS),
        problems=table("problems", _PROBLEMS),
        blog=blog,
    )


def span(text: str, words: str, after: str = "") -> Span:
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))


def _posts(text: str) -> tuple[Post, ...]:
    found = []
    for position, (post_id, head, last, minutes) in enumerate(
        [
            ("kim-jong-uns-sister", "Kim Jong Un’s sister appears", "headed by her brother.", 0),
            (
                HELP_POST,
                "Will Russia help",
                "state news Russia 1. The two leaders have inspected the Angara space "
                "rocket complex, and toured the building where the launch vehicle is assembled and tested, "
                "Russia 1 reported.",
                25,
            ),
            (TRAIN_POST, "Kim Jong Un steps off", "provide weapons for Moscow to use against Ukraine.", 66),
            (MISSILES_POST, "North Korea fires two ballistic", "on the battlefield against Ukraine.", 92),
        ],
        start=1,
    ):
        start = text.index(head)
        end = span(text, last, after=head).end
        line = text.index("\n", start)
        byline = text.index("\n", line + 1)
        posted = READ_AT - timedelta(minutes=minutes) if minutes else None
        found.append(
            Post(
                post_id,
                position,
                Span(start, end),
                Span(byline + 1, end),
                headline=Span(start, line),
                byline=Span(line + 1, byline),
                age=f"{minutes} min ago" if minutes else "",
                posted_at=posted,
                posted_from=(posted or READ_AT) - timedelta(minutes=1 if posted else 25),
                posted_to=posted or READ_AT,
                clock="age stamp" if posted else "neighbours",
            )
        )
    return tuple(found)


def _person(
    person_id: str, name: str, country: str, kind: str, role: str, mentions: int
) -> dict[str, object]:
    return {
        "person_id": person_id,
        "name": name,
        "country": country,
        "person_type": kind,
        "role": role,
        "mention_count": mentions,
        "first_post_id": MISSILES_POST,
        "is_registered": True,
    }


_PEOPLE = [
    _person("kim-jong-un", "Kim Jong Un", "PRK", "leader", "North Korean leader", 5),
    _person("vladimir-putin", "Vladimir Putin", "RUS", "leader", "Russian President", 4),
    _person("kim-yo-jong", "Kim Yo Jong", "PRK", "official", "sister of Kim Jong Un", 3),
    _person("junko-ogura", "Junko Ogura", "", "journalist", "", 1),
]
_ORGANIZATIONS = [
    {
        "organization_id": "joint-chiefs-of-staff",
        "name": "Joint Chiefs of Staff",
        "organization_type": "military",
        "country": "KOR",
        "source_type": "military",
        "mention_count": 2,
        "quote_count": 1,
        "is_registered": True,
    },
    {
        "organization_id": "russia-1",
        "name": "Russia 1",
        "organization_type": "state media",
        "country": "RUS",
        "source_type": "state media",
        "mention_count": 2,
        "is_registered": True,
    },
]


def _place(
    key: str,
    name: str,
    native: str,
    kind: str,
    country: str,
    where: tuple[float, float],
    radius: float,
    zone: str,
    counts: tuple[int, int, int],
) -> dict[str, object]:
    literal, metonym, dateline = counts
    return {
        "location_id": key,
        "name": name,
        "native_name": native,
        "location_type": kind,
        "country": country,
        "latitude": where[0],
        "longitude": where[1],
        "radius_km": radius,
        "time_zone": zone,
        "gazetteer": "GeoNames",
        "mention_count": sum(counts),
        "literal_count": literal,
        "metonym_count": metonym,
        "dateline_count": dateline,
    }


_LOCATIONS = [
    _place(
        VOSTOCHNY,
        "Vostochny Cosmodrome",
        "Космодром Восточный",
        "site",
        "RUS",
        (51.884, 128.334),
        0,
        "Asia/Yakutsk",
        (5, 0, 0),
    ),
    _place("pyongyang", "Pyongyang", "평양", "city", "PRK", (39.03, 125.75), 0, "Asia/Pyongyang", (1, 1, 0)),
    _place(SUNAN, "Sunan", "순안", "district", "PRK", (39.21, 125.68), 12, "Asia/Pyongyang", (1, 0, 0)),
    _place(SEA, "waters off the east coast", "동해", "sea", "", (39.8, 130.2), 180, "", (1, 0, 0)),
    _place("moscow", "Moscow", "Москва", "city", "RUS", (55.75, 37.62), 0, "Europe/Moscow", (0, 2, 0)),
    _place("tokyo", "Tokyo", "東京", "city", "JPN", (35.68, 139.69), 0, "Asia/Tokyo", (0, 0, 1)),
    _place(
        "north-korea", "North Korea", "북한", "country", "PRK", (40.3, 127.5), 0, "Asia/Pyongyang", (2, 3, 0)
    ),
]


def _row(source: str, words: str, after: str, /, **cells: object) -> dict[str, object]:
    found = span(source, words, after)
    return {**cells, "start": found.start, "end": found.end}


def _quotes(text: str) -> list[dict[str, object]]:
    def quote(
        key: str,
        words: str,
        post: str,
        kind: str,
        who: str,
        name: str,
        cue: str,
        source: str,
        posted: datetime | None,
        after: str,
        **more: object,
    ) -> dict[str, object]:
        return _row(
            text,
            words,
            after,
            quote_id=key,
            quote=words,
            post_id=post,
            quote_type=kind,
            speaker_id=who,
            speaker=name,
            speaker_mention=name,
            cue=cue,
            source_type=source,
            posted_at=posted,
            attribution="cue beside the words",
            **more,
        )

    putin, kim = ("vladimir-putin", "Vladimir Putin"), ("kim-jong-un", "Kim Jong Un")
    return [
        quote(
            "q-guest-book",
            "Russia, which gave birth to the first conquerors of space…",
            "kim-jong-uns-sister",
            "direct",
            *kim,
            "writes",
            "state media",
            None,
            "The North Korean leader",
        ),
        quote(
            "q-headline",
            "That's exactly why we came here,",
            HELP_POST,
            "direct",
            *putin,
            "says",
            "government",
            at(4, 58),
            "Will Russia help",
            is_headline=True,
        ),
        quote(
            "q-rockets",
            "launch its own satellites and rockets",
            HELP_POST,
            "mixed",
            "",
            "a reporter",
            "asked",
            "unnamed",
            at(4, 58),
            "One reporter",
        ),
        quote(
            "q-time",
            "We'll talk about all the issues without haste, there is time.",
            HELP_POST,
            "direct",
            *putin,
            "told",
            "government",
            at(4, 58),
            "Putin also told",
            addressee="reporters",
        ),
        quote(
            "q-trip",
            "Hi. Glad to see you. How was your trip?",
            TRAIN_POST,
            "direct",
            *putin,
            "tells",
            "government",
            at(4, 17),
            "on the platform",
            via="video released by the Kremlin",
        ),
        quote(
            "q-jcs",
            "The South Korean military has strengthened surveillance and vigilance",
            MISSILES_POST,
            "indirect",
            "joint-chiefs-of-staff",
            "Joint Chiefs of Staff",
            "added",
            "military",
            at(3, 51),
            "(JCS)",
        ),
    ]


def _events(text: str) -> list[dict[str, object]]:
    def event(
        key: str,
        title: str,
        kind: str,
        evidence: str,
        when: tuple[datetime | None, datetime | None],
        basis: str,
        post: str,
        posted: datetime,
        **more: object,
    ) -> dict[str, object]:
        return _row(
            text,
            evidence,
            "",
            event_id=key,
            title=title,
            event_type=kind,
            evidence=evidence,
            start_at=when[0],
            end_at=when[1],
            time_basis=basis,
            post_ids=post,
            first_posted_at=posted,
            **{"status": "happened", "source_type": "own reporting", **more},
        )

    return [
        event(
            "e-missiles",
            "North Korea fires two ballistic missiles",
            "launch",
            "The two missiles were launched from North Korea's Sunan area into waters off the east coast of the "
            "Korean Peninsula, between 11:43 a.m. and 11:53 a.m. local time, according to South Korea's Joint "
            "Chiefs of Staff (JCS).",
            (at(2, 43), at(2, 53)),
            "stated",
            MISSILES_POST,
            at(3, 51),
            location_id=SUNAN,
            destination_id=SEA,
            participants="north-korea",
            granularity="minute",
            source_type="military",
            time_text="between 11:43 a.m. and 11:53 a.m. local time",
        ),
        event(
            "e-train",
            "Kim leaves Pyongyang by armored train",
            "depart",
            "Footage from Russia shows North Korean leader Kim Jong Un arriving at the remote Vostochny Cosmodrome "
            "space center and stepping off the famed green train that carried him from the North Korean capital "
            "Pyongyang.",
            (None, at(15, 0, 12)),
            "derived",
            TRAIN_POST,
            at(4, 17),
            location_id="pyongyang",
            destination_id=VOSTOCHNY,
            participants="kim-jong-un",
        ),
        event(
            "e-hands",
            "Kim and Putin shake hands",
            "meet",
            "The broadcast shows Kim emerging from the train and shaking hands with several Russian officials on "
            "the platform; it later shows Kim stepping out of a black car and shaking hands with the waiting "
            "Russian president.",
            (at(3), at(4, 17)),
            "bounded by the post",
            TRAIN_POST,
            at(4, 17),
            location_id=VOSTOCHNY,
            participants="kim-jong-un; vladimir-putin",
            granularity="part of day",
        ),
        event(
            "e-talks",
            "Arms talks between Kim and Putin",
            "talks",
            "They are expected to hold arms talks that could see Pyongyang provide weapons for Moscow to use "
            "against Ukraine.",
            (at(4, 17), at(15)),
            "derived",
            TRAIN_POST,
            at(4, 17),
            location_id=VOSTOCHNY,
            participants="kim-jong-un; vladimir-putin",
            status="planned",
        ),
        event(
            "e-promotion",
            "Kim Yo Jong joins the State Affairs Commission",
            "promote",
            "In 2021 she was promoted to the nation’s top decision-making body, the State Affairs Commission "
            "(SAC), headed by her brother.",
            (datetime(2020, 12, 31, 15, tzinfo=UTC), datetime(2021, 12, 31, 15, tzinfo=UTC)),
            "stated",
            "kim-jong-uns-sister",
            at(5, 23),
            location_id="pyongyang",
            participants="kim-yo-jong",
            granularity="year",
            is_background=True,
        ),
    ]


def _mentions(text: str) -> list[dict[str, object]]:
    def mention(
        key: str, words: str, post: str, kind: str, who: str, sense: str, after: str
    ) -> dict[str, object]:
        return _row(
            text,
            words,
            after,
            mention_id=key,
            post_id=post,
            text=words,
            entity_type=kind,
            entity_id=who,
            form="name",
            sense=sense,
        )

    return [
        mention(
            "m-1", "Kim Yo Jong", "kim-jong-uns-sister", "person", "kim-yo-jong", "", "Footage from Russia"
        ),
        mention("m-2", "Vostochny Cosmodrome", "kim-jong-uns-sister", "location", VOSTOCHNY, "literal", ""),
        mention("m-3", "Vladimir Putin", HELP_POST, "person", "vladimir-putin", "", "Ahead of"),
        mention("m-4", "Vostochny Cosmodrome", HELP_POST, "location", VOSTOCHNY, "literal", "Ahead of"),
        mention(
            "m-5", "Kim Jong Un", TRAIN_POST, "person", "kim-jong-un", "", "Footage from Russia shows North"
        ),
        mention("m-6", "Pyongyang", TRAIN_POST, "location", "pyongyang", "literal", "North Korean capital"),
        mention(
            "m-7", "Moscow", TRAIN_POST, "location", "moscow", "metonym", "hold arms talks that could see"
        ),
        mention("m-8", "Tokyo", MISSILES_POST, "location", "tokyo", "dateline", "Junko"),
        mention("m-9", "Sunan", MISSILES_POST, "location", SUNAN, "literal", ""),
    ]


def _times(text: str) -> list[dict[str, object]]:
    words = "between 11:43 a.m. and 11:53 a.m. local time"
    return [
        _row(
            text,
            words,
            "",
            time_id="t-1",
            post_id=MISSILES_POST,
            text=words,
            value="2023-09-13T11:43",
            time_from=at(2, 43),
            time_to=at(2, 53),
            granularity="minute",
        )
    ]


_CORRECTIONS = [
    {
        "correction_id": "c-1",
        "table": "events",
        "row": "e-hands",
        "action": "set",
        "column": "title",
        "before": "Kim emerging from the train",
        "after": "Kim and Putin shake hands",
        "reason": "the handshake is what the sentence ends in",
        "source": "the post itself",
    },
]
_PROBLEMS = [
    {
        "problem_id": "p-1",
        "post_id": MISSILES_POST,
        "what": "the outlet's own stamps disagree by 8 minutes",
        "advice": "compare the notes of story.yaml",
    },
]
