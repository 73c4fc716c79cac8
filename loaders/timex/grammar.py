"""The grammar of time expressions: which sequences of kinds of words are one, and which reader says what it means.

A pattern is a regular expression over tokens instead of characters. Its words are kinds (`loaders.timex.tokens`
and the `links` of the vocabulary) or, in capitals, the macros below; `<name: …>` names a group. Each kind is
compiled to one character, so `re` matches whole token sequences; nothing repeats without bound, so matching is
linear. Where several rules match at the same token, the longest match wins, then the earlier rule. A rule
without a reader keeps a phrase from being read as a time ("26-year-old").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.timex.tokens import Token

KINDS = (
    "a all ago ampm and around at before capital clock comma comparative counted cue day day_ordinal day_word decade "
    "dotted era every every_other fiscal four_digits fraction full_date fixed holiday hyphen in instant junk label "
    "line month month_short month_shy more name number number_word numbered oclock of old on open ordinal "
    "ordinal_word other overnight part past plural portion possessive quarter recent ref scale season season_shy set "
    "shift short_year slash stop stretch that the this to told two_digits unit unit_century unit_week unit_year units "
    "units_old vague week_of weekday weekday_short weekdays word year zone"
).split()
_CODE = {kind: chr(0x100 + index) for index, kind in enumerate(KINDS)}

MACROS: Mapping[str, str] = {
    "FIGURE": "(day|two_digits|four_digits|year|number)",
    "MONTH": "(month|month_shy|month_short)",
    "DAY": "(day|day_ordinal)",
    "WEEKDAY": "(weekday|weekday_short)",
    "UNIT": "(unit|unit_week|unit_year|unit_century)",
    "SHIFT": "(shift|this|told)",
    "YEAR": "(year|short_year|(shift|this|told|that) unit_year)",
    "COUNT": "around{0,2} a? ((FIGURE|number_word) (hyphen? (number_word|scale)){0,4} (and? a? fraction|hyphen fraction)?"
    "|vague (number_word|scale)?|fraction a?|a (fraction|scale)?|scale)",
    "ZONE": "comma? zone",
    "TIME": "((clock|dotted) ampm ZONE?|clock (units|ZONE)|dotted ZONE|(year|four_digits) (zone|units)"
    "|(day|number_word) (ampm|oclock) (in the part)? ZONE?|(day|number_word) in the part|instant ZONE?)",
    "ANY_TIME": "(TIME|clock)",
    "PORTION": "((portion|comparative) (hyphen|on|in the?)?|the? stretch (of|in) the?)",
    "LEAD": "(<time: ANY_TIME> (comma|on)? the?|the? PORTION? <part: part> (of|on))?",
    "TAIL": "(<later_part: part>|(comma|at)? <later_time: TIME>)?",
    "RANGE": "(hyphen|to|and)",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression.

    Args:
        name: What it is, and the name of its reader; empty where it is read as nothing.
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


def _decorated(core: str) -> str:
    """A date with what may stand around it: a clock time, a part of the day, "early", "the end of"."""
    return f"LEAD <portion: PORTION>? <core: {core}> TAIL"


_CUES = "in on of at by cue before portion comparative shift this told to the and around hyphen open more stretch"
_NOUNS = "counted plural units unit unit_week unit_year unit_century scale hyphen slash junk name"

RULES: tuple[Rule, ...] = (
    # one date: "Tuesday, April 4, 1949", "the 14 September", "9 a.m. EST Tuesday", "the morning of 11 May"
    Rule("date", _decorated("(WEEKDAY comma?)? the? MONTH the? DAY ((comma|of)? YEAR)?"), not_before="units"),
    Rule("date", _decorated("(WEEKDAY comma?)? the? DAY of? MONTH ((comma|of)? YEAR)?"), not_after="hyphen slash"),
    Rule("date", _decorated("full_date"), not_after="hyphen slash numbered"),
    Rule("date", _decorated("fixed")),
    Rule("weekday", _decorated("the? SHIFT? weekday (of? SHIFT unit_week)?"), not_before="name"),
    Rule("weekday", _decorated("weekday the day_ordinal")),
    Rule("weekdays", "every? (weekdays|weekday) part?", after="on every and to comma"),
    Rule("weekdays", "every (ordinal_word|number_word)? (weekday|weekdays) part?"),
    Rule("day_word", _decorated("day_word")),
    Rule("holiday", _decorated("SHIFT? holiday (comma? year)?")),
    Rule("day_of_month", "the day_ordinal", after="on cue to and before",
         not_before="word capital plural of hyphen month unit part name holiday"),
    # two dates that share their month or year: "July 14-16", "5 to 8 May 1944", "1914–18"
    Rule("range", "<first: MONTH DAY> RANGE <second: DAY (comma? YEAR)?>", pieces=("first", "second"),
         not_before="word plural capital counted MONTH units"),
    Rule("range", "<first: the? DAY> RANGE <second: the? DAY of? MONTH (comma? YEAR)?>", pieces=("first", "second")),
    Rule("years", "<first: year> (hyphen|slash) <second: year|two_digits|day>", pieces=("first", "second"),
         not_after="hyphen slash numbered capital", not_before="hyphen slash"),
    # months, seasons, quarters, years
    Rule("month", _decorated("SHIFT? MONTH (comma|of)? YEAR")),
    Rule("month", "<portion: PORTION>? the? SHIFT MONTH"),
    Rule("month", "<portion: PORTION>? month", not_after="capital", not_before="capital"),
    Rule("month", "<portion: PORTION> MONTH"),
    Rule("month", "MONTH", after="in cue by of on before and month comma"),
    Rule("month", "<portion: PORTION>? (month|month_shy)", after="in cue by of before to portion"),
    Rule("season", "<portion: PORTION>? the? SHIFT? (season|season_shy) (of|comma)? YEAR"),
    Rule("season", "<portion: PORTION>? (the year? season|the? (shift|this|told|that) (season|season_shy))"),
    Rule("season", "year (season|season_shy)"),
    Rule("season", "<portion: PORTION>? season", not_before="word plural capital hyphen possessive"),
    Rule("season", "<portion: PORTION>? the? season_shy", after="in cue", not_before="of word plural capital hyphen"),
    Rule("quarter", "the? (ordinal_word|day_ordinal|SHIFT) hyphen? quarter "
         "((of|comma)? the? SHIFT? (fiscal? year|unit_year|fiscal))?", not_before="final"),
    Rule("quarter", "label (of|comma)? (fiscal? year|SHIFT unit_year)?"),
    Rule("year", "<portion: PORTION>? (fiscal|the unit_year) (year|short_year|two_digits)"),
    Rule("year", "<portion: PORTION> year"),
    Rule("year", "<time: the? part of>? year", after=_CUES, not_after="numbered", not_before=_NOUNS),
    Rule("year", "year", after="in cue before portion", not_after="numbered", not_before="counted units scale junk"),
    Rule("year", "year", not_after="capital numbered around hyphen slash number_word other numbered more",
         not_before=_NOUNS),
    Rule("year", "short_year", after="in cue of"),
    Rule("era", "<portion: PORTION>? ((season|season_shy) of?)? FIGURE era"),
    Rule("era", "era FIGURE", not_before="counted plural"),
    Rule("decade", "<portion: PORTION>? the? decade"),
    Rule("century", "<portion: PORTION>? the? (ordinal_word|ordinal|day_ordinal|number_word hyphen ordinal_word) "
         "hyphen? unit_century era?"),
    # stretches seen from now or from what was told: "early next week", "the following year", "last night"
    Rule("stretch", "<portion: PORTION>? the? (shift|this|told|that|past) UNIT (<era: year>)?", not_before="old"),
    Rule("stretch", "<portion: PORTION> UNIT", not_before="of"),
    Rule("stretch", "the UNIT before", not_before="the a capital word plural number_word FIGURE told that this shift"),
    Rule("week_of", "<portion: PORTION>? the? week_of MONTH DAY (comma? YEAR)?"),
    Rule("part", "<time: TIME>? <portion: PORTION>? the? (shift|this|told|that) part"),
    Rule("part", "<portion: PORTION>? the part", after="in cue by before to", not_before="of word capital plural"),
    Rule("part", "part", after="at by in", not_before="of capital"),
    Rule("overnight", "overnight", not_before="word plural capital"),
    Rule("some_stretch", "the? (recent|past|shift|told) units"),
    Rule("some_stretch", "the past", not_before="SHIFT COUNT UNIT units word capital plural weekday month"),
    # so and so many units: "two days ago", "for 18 months", "the past two years", "in three weeks"
    Rule("offset", "<count: COUNT> more? (UNIT|units) <to: ago|comparative>"),
    Rule("offset", "<count: around? units> <to: ago|comparative>"),
    Rule("offset", "<count: COUNT> (UNIT|units) <to: before>", not_before="the a capital word plural part and",),
    Rule("ahead", "<count: COUNT> more? (UNIT|units)", after="in"),
    Rule("window", "the? (shift|told|past) <count: COUNT> more? units"),
    Rule("duration", "the? (ordinal_word|shift) <count: COUNT> more? units"),
    Rule("duration", "<count: COUNT> (hyphen|more)? more? (UNIT|units) (hyphen word)?", not_after="hyphen"),
    Rule("duration", "<count: COUNT> (UNIT|units) old"),
    Rule("duration", "all UNIT"),
    Rule("duration", "<count: around{0,2} units>", not_after="the that this FIGURE possessive"),
    Rule("duration", "UNIT hyphen (more|word)", after="the a word"),
    Rule("", "<count: COUNT> hyphen? (UNIT|units) hyphen old"),
    Rule("", "name"),
    # what comes again, and what no calendar gives
    Rule("every", "every <count: COUNT>? (UNIT|units|part)"),
    Rule("every", "every_other UNIT"),
    Rule("set", "set", not_before="capital"),
    Rule("reference", "ref", not_before="stop_word"),
    Rule("current", "this", after="the", not_before="UNIT part month MONTH weekday season"),
    # clock times of their own
    Rule("clock", "TIME"),
    Rule("clock", "clock", after="at by around cue and to before", not_before="units other"),
)
