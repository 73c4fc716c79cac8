"""The grammar of time expressions: which sequences of words are one, and which reader says what it means.

A pattern is a regular expression over tokens instead of characters. Its words are kinds of tokens, given by
`loaders.timex.lexicon` and `loaders.timex.tokens`, or, in capitals, the macros below; `<name: …>` names a
group. Nothing repeats without bound, so matching is linear. Where several rules match at the same token, the
longest match wins, then the earlier rule. A rule without a reader keeps a phrase from being read as a time
("26-year-old").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = (
    "a all ago ampm and around at before capital clock comma comparative counted cue current day "
    "day_ordinal day_word decade dotted era every every_other fiscal four_digits fraction full_date fixed "
    "holiday hyphen in instant junk label line long month month_short month_shy more name number "
    "number_word numbered oclock of old on open ordinal ordinal_word other overnight part past plural "
    "portion possessive quarter recent ref scale season season_shy set shift short_year slash stop "
    "stretch that the this to told two_digits unit unit_century unit_week unit_weekend unit_year units "
    "units_hour vague week_of weekday weekday_short weekdays word year zone"
)

MACROS: Mapping[str, str] = {
    "FIGURE": "(day|two_digits|four_digits|year|number)",
    "MONTH": "(month|month_shy|month_short)",
    "DAY": "(day|day_ordinal)",
    "WEEKDAY": "(weekday|weekday_short)",
    "UNIT": "(unit|unit_week|unit_year|unit_century|unit_weekend)",
    "MANY": "(units|units_hour)",
    "UNITS": "(UNIT|MANY)",
    "SHIFT": "(shift|this|told|current)",
    "YEAR": "(year|short_year|(shift|this|told|that) unit_year)",
    "COUNT": "around{0,2} a? ((FIGURE|number_word) (hyphen? (number_word|scale)|scale and number_word){0,4}"
    " (and? a? fraction|hyphen fraction)?|vague (number_word|scale)?|fraction a?|a (fraction|scale)?|scale)",
    "ZONE": "comma? zone",
    "TIME": "((clock|dotted) ampm ZONE?|clock (units_hour|ZONE)|dotted ZONE|(year|four_digits) zone"
    "|(day|number_word) (ampm|oclock) (in the part)? ZONE?|(day|number_word) in the part"
    "|HANDS in the part ZONE?|instant ZONE?)",
    "HANDS": "(fraction past|a? quarter (past|to)|number_word past) number_word",
    "PORTION": "the? ((portion|comparative) (hyphen|on|in)? the?|stretch of the?)",
    "RANGE": "(hyphen|to|and)",
    "NAMED": "(word|plural|capital|long|counted|numbered)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression.

    Args:
        name: The reader that says what it means; empty where it is read as nothing.
        pattern: The kinds it is made of.
        after: Kinds one of which must stand before it.
        not_after: Kinds none of which may stand before it.
        not_before: Kinds none of which may follow it.
        pieces: Groups that are expressions of their own, where it holds two ("14–16 July").
    """

    name: str
    pattern: str
    after: str = ""
    not_after: str = ""
    not_before: str = ""
    pieces: tuple[str, ...] = ()


def _shared(core: str) -> str:
    """A stretch of time of which only a part may be meant."""
    return f"<share: PORTION>? {core}"


_DATE = (
    "(the? WEEKDAY comma?)? the? (SHIFT? MONTH the? DAY|DAY of? MONTH) ((comma|of)? YEAR)?"
    "|weekday the day_ordinal"
    "|the? SHIFT? weekday (of? SHIFT unit_week)?|day_word|the? SHIFT? holiday (comma? year)?|full_date|fixed"
)
_DAY = (
    "(<time: TIME|clock> (comma|on)? the?|the? <portion: PORTION>? <part: part> (of|on))?"
    f"<share: PORTION>? <core: {_DATE}>"
    "(<later_part: part>|(comma|at)? <later_time: TIME>)? zone?"
)
_CUES = "in on of at cue before portion comparative SHIFT told to the and around open stretch"
_NOUNS = "counted plural UNITS scale hyphen slash junk name more"
_PIECES = ("first", "second")

RULES: tuple[Rule, ...] = (
    # one day: "Tuesday, April 4, 1949", "the 14 September", "9 a.m. EST Tuesday", "the morning of 11 May"
    Rule("day", _DAY, not_after="slash numbered", not_before="MANY name"),
    Rule("weekdays", "weekdays part?"),
    Rule("weekdays", "every (ordinal_word|number_word)? (weekday|weekdays) part?"),
    Rule(
        "day_of_month",
        "the day_ordinal",
        after="on cue to and before",
        not_before="NAMED of hyphen MONTH UNITS part name holiday quarter",
    ),
    # two that share their month or year: "July 14-16", "5 to 8 May 1944", "1914–18"
    Rule(
        "date",
        "<first: MONTH DAY> RANGE <second: DAY ((comma|of)? YEAR)?>",
        not_before="NAMED counted MONTH UNITS ampm oclock",
        pieces=_PIECES,
    ),
    Rule("date", "<first: the? DAY> RANGE <second: the? DAY of? MONTH ((comma|of)? YEAR)?>", pieces=_PIECES),
    Rule("date", "<first: DAY MONTH year?> hyphen <second: DAY MONTH year?>", pieces=_PIECES),
    Rule("date", "<first: MONTH DAY (comma year)?> hyphen <second: MONTH DAY (comma year)?>", pieces=_PIECES),
    Rule(
        "year",
        "<first: year> (hyphen|slash) <second: year|two_digits|day>",
        not_after="hyphen slash numbered",
        not_before="hyphen slash",
        pieces=_PIECES,
    ),
    # months, seasons, quarters, years
    Rule("month", _shared("the? SHIFT? MONTH (comma|of)? YEAR")),
    Rule("month", _shared("the? SHIFT MONTH")),
    Rule("month", _shared("month"), not_after="capital", not_before="capital"),
    Rule("month", "<share: PORTION> MONTH"),
    Rule("month", "<first: month|month_shy> RANGE <second: (month|month_shy) year?>", pieces=_PIECES),
    Rule("month", "<share: PORTION>? (month|month_shy)", after="in cue of on before"),
    Rule(
        "month", "the? <share: PORTION>? (month|month_shy)", after="in cue of on before", not_before="capital"
    ),
    Rule("month", "month", after="and month comma"),
    Rule("month", "month_short", after="in cue", not_before="capital"),
    Rule("season", _shared("the? SHIFT? (season|season_shy) (of|comma)? YEAR")),
    Rule("season", _shared("the? (SHIFT|that) (season|season_shy)")),
    Rule("season", _shared("the? (year (season|season_shy)|season)"), not_before="NAMED possessive"),
    Rule("season", _shared("the? season_shy"), after="in cue", not_before="of NAMED hyphen"),
    Rule(
        "quarter",
        "the? (ordinal_word|day_ordinal) hyphen? quarter ((of|comma)? the? (fiscal? year|SHIFT? unit_year))?",
    ),
    Rule("quarter", "the? SHIFT quarter", not_before="word"),
    Rule("quarter", "label (of|comma)? (fiscal? year|SHIFT unit_year)?"),
    Rule("year", _shared("(fiscal|the unit_year) (year|short_year|two_digits)")),
    Rule("year", "<share: PORTION> year"),
    Rule("year", "year", after=_CUES, not_before=_NOUNS),
    Rule("year", "year", after="the possessive", not_before="counted UNITS scale hyphen slash junk"),
    Rule("year", "year", after="in cue before portion", not_before="counted MANY scale junk"),
    Rule(
        "year",
        "year",
        not_after="capital numbered around hyphen slash FIGURE number_word other more scale",
        not_before=_NOUNS,
    ),
    Rule("year", "short_year", after="in cue of"),
    Rule("era", _shared("((season|season_shy) of?)? FIGURE era")),
    Rule("era", "<first: FIGURE> hyphen <second: FIGURE era>", pieces=_PIECES),
    Rule("era", "era FIGURE", not_before="counted plural"),
    Rule("decade", _shared("the? decade")),
    Rule(
        "century",
        _shared("the? (number_word hyphen)? (ordinal_word|ordinal|day_ordinal) hyphen? unit_century era?"),
    ),
    # stretches seen from now or from what was told: "early next week", "the following year", "last night"
    Rule("stretch", _shared("the? (SHIFT|that|past) UNIT"), not_before="old of"),
    Rule("duration", "the? (SHIFT|that|past) UNIT"),
    Rule("stretch", "<share: PORTION> UNIT", not_before="of"),
    Rule("stretch", "the UNIT before", not_before="the a NAMED number_word FIGURE SHIFT that"),
    Rule("weekend", _shared("the unit_weekend")),
    Rule("week_of", _shared("the? week_of MONTH DAY (comma? YEAR)?")),
    Rule("part", "<time: TIME>? <share: PORTION>? the? (SHIFT|that) part"),
    Rule("part", _shared("the part"), after="in cue before to", not_before="of NAMED"),
    Rule("part", "part", after="at cue", not_before="of capital"),
    Rule("overnight", "overnight", not_before="NAMED"),
    Rule("some_stretch", "the? (recent|past|shift|told) MANY"),
    Rule("past", "the past", not_before="SHIFT FIGURE number_word vague around UNITS NAMED weekday month"),
    # what is none: ages stand with their people, names and runs are no times
    Rule("", "<count: COUNT> hyphen? UNITS hyphen old"),
    Rule("", "(a fraction?|fraction) hyphen? unit_century", not_before="of ago comparative"),  # of runs
    Rule("", "name"),
    # so and so many units: "two days ago", "for 18 months", "the past two years", "in three weeks"
    Rule("offset", "<count: COUNT> more? UNITS <to: ago|comparative>"),
    Rule("offset", "<count: around? MANY> <to: ago|comparative>"),
    Rule("offset", "a? UNIT hyphen <to: ago|comparative>"),
    Rule("offset", "<count: COUNT> UNITS <to: before>", not_before="the a NAMED part and SHIFT that"),
    Rule("ahead", "<count: COUNT> more? UNITS", after="in"),
    Rule("window", "the? (shift|told|past) <count: COUNT> more? MANY"),
    Rule("clock", "(year|four_digits) units_hour", after="at around"),
    Rule("duration", "the? ordinal_word <count: COUNT> more? MANY"),
    Rule("duration", "<count: COUNT> (hyphen|more)? more? UNITS"),
    Rule("duration", "<count: COUNT> UNITS old"),
    Rule("duration", "all UNIT"),
    Rule("duration", "the? <count: around{0,2} MANY>", not_after="that SHIFT possessive"),
    Rule("duration", "a? UNITS hyphen long"),
    Rule("duration", "<count: COUNT> hyphen? UNITS hyphen long"),
    Rule("duration", "the? ordinal_word (unit|unit_week|unit_year)", not_before="hyphen old"),
    # what comes again, and what no calendar gives
    Rule("every", "(FIGURE|number_word|vague)? every <count: COUNT>? (UNITS|part)"),
    Rule("every", "every_other UNIT"),
    Rule("set", "set", not_before="capital"),
    Rule("reference", "ref"),
    Rule("reference", "current", not_before="capital stop comma"),
    # clock times of their own
    Rule("clock", "<first: day|clock> RANGE <second: (day|clock) ampm ZONE?>", pieces=_PIECES),
    Rule("clock", "TIME"),
    Rule("clock", "clock", after="at around cue and to before", not_before="MANY other"),
)
