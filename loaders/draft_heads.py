"""The comments that open the files of a drafted story, and explain every key to whoever edits them."""

from __future__ import annotations

_STATUS = """\
#   status   proposed: found by the rules, without any effect on the tables. Change it to
#            confirmed: the entry is known from now on, as if it stood in data/registry, and every key counts; or to
#            wrong: the name is none of this kind, and is not read as one any more.
#            An entry that is deleted is just not asked about; one without status, written by hand, is confirmed
#   found    the evidence: how often it is mentioned, how it was found; has no effect
#   sentence  where the text shows it best; has no effect
"""

STORY = """\
# What the source itself does not say of this story. What `draft` found is filled in: check it, change it.
#   title, outlet, url   the live page's own
#   source               the file beside this one that holds the page as it was read, byte for byte
#   read_at              the moment the page was read, with its offset, which the ages ("25 min ago") count from:
#                        2023-09-13T01:23:00-04:00. Left empty where posts state their own times
#   read_at_basis        how that moment is known
#   zone                 the outlet's time zone (IANA, such as America/New_York); left empty where nobody knows it
#   standfirst           what the story is, in a sentence or two
#   notes                a list of what a reader of the record must know
"""

CORRECTIONS = """\
# What the rules cannot know of this story: nothing yet. Each entry changes one row of a table as the rules built it.
#   table    posts (posted_at), people, organizations, locations, quotes, events, mentions or times
#   row      the key of the row, from the tables that `build` writes
#   action   set (one column), merge (into another row) or drop
#   column   for set: which column
#   value    for set: what it is now
#   into     for merge: the key of the row it goes into
#   reason   why
#   source   the words of the text, or the work, the reason rests on
# A correction that matches no row, or changes nothing, stops the build: remove it or update it. An example, with a
# row that is not there:
#   - table: events
#     row: e-5295e4bf
#     action: set
#     column: title
#     value: "The bridge is closed to lorries"
#     reason: "the sentence does not say to whom; the next one does"
#     source: "lorries must take the long way round"
"""

PEOPLE = (
    """\
# People of this story whom data/registry does not know, so that a short name or a pronoun finds its bearer.
# If an entry is another form of somebody's name, add that form to the aliases there and delete it here.
"""
    + _STATUS
    + """\
#   id           key, lower-case words joined with hyphens; a new one if it stands in data/registry already
#   name         full name, as English-language news prints it
#   aliases      other full forms of the name; a single surname needs no entry, family_name covers it
#   family_name  the word of the name that is used alone; default the last one. Korean and Chinese names begin with it
#   gender       female or male, for pronouns
#   country      ISO 3166-1 alpha-3 of the country the person acts for
#   person_type  leader, official, analyst, journalist, historical or other
#   role         what the table `people` says the person is; default the first role the text prints
#   offices      list of what the person may be called instead of the name: "mayor" covers "the mayor"
"""
)

PLACES = (
    """\
# Places of this story that data/registry does not know, or that have namesakes: see that each is the one meant.
# A place that data/registry does know is moved by a correction.
"""
    + _STATUS
    + """\
#   id              key, lower-case words joined with hyphens
#   name            the English name as the text prints it; of two places with one name the story's own is meant
#   native_name     the name in the place's own language and script
#   aliases         other names that the text prints for it
#   demonyms        adjective and words for its people
#   descriptions    words without a name that can only mean this place once it was named ("space center")
#   location_type   site, city, district, region, country, sea, former state
#   country         ISO 3166-1 alpha-3 of the country it lies in
#   capital_of      ISO 3166-1 alpha-3 of the country whose government its name stands for
#   latitude, longitude  degrees north and east, WGS 84
#   radius_km       of the circle an area is drawn as; left out for a point
#   time_zone       list of IANA zones
#   gazetteer       where the coordinates come from
"""
)

ORGANIZATIONS = (
    """\
# Organizations of this story that data/registry does not know.
"""
    + _STATUS
    + """\
#   id                 key, lower-case words joined with hyphens
#   name               full name
#   aliases            the other forms the text prints: abbreviations, short names
#   organization_type  news outlet, state media, government, military, university, think tank, international body
#                      or other
#   country            ISO 3166-1 alpha-3, empty for international bodies
#   source_type        on whose word it speaks: state media, government, military, analyst, news outlet or unnamed;
#                      default by organization_type
"""
)

QUESTIONS = """\
# What the rules left open. None must be answered: what stays open stays empty in the tables.
#   question    what is asked
#   advice      how to answer it
#   answer      write it here: the id of a person or an organization (a list of them where several are meant), or an
#               instant. It then changes the rows below as a correction does, and the table `corrections` says so
#   candidates  ids the text offers, those most mentioned first
#   sentence    where it stands
#   table, rows, column  what an answer changes; a question without column is settled where its advice says, or deleted
# A person who is in no table yet, because the text never names them, cannot be an answer.
"""
