"""Who says what: each row is a text and the speakers of its quotations or reported passages, in order."""

from __future__ import annotations

import pytest

from loaders import annotate

SPEAKERS = [
    # the verb behind the quotation, the speaker before it and after it
    ('"We are leaving," Anna Reed said.', [("direct", "Anna Reed")]),
    ('"We are leaving," said Anna Reed, a nurse.', [("direct", "Anna Reed")]),
    # a question mark inside the marks ends no sentence of the reporter's
    ('"Are you well?" Anna Reed asked the driver.', [("direct", "Anna Reed")]),
    # the verb before the quotation
    ('Anna Reed told reporters, "There is time."', [("direct", "Anna Reed")]),
    # a title and an apposition belong to the speaker
    ('Defense Minister Anna Reed, a former pilot, said: "There is time."', [("direct", "Anna Reed")]),
    ("The group’s president, Anna Reed, said: “There is time.”", [("direct", "Anna Reed")]),
    # party and state in brackets
    ('"There is time," Sen. Anna Reed (D-Ohio) said.', [("direct", "Anna Reed")]),
    # words quoted inside the reporter's own sentence
    ('Anna Reed warned that the plan is "quite reckless and dear".', [("mixed", "Anna Reed")]),
    # straight before, curly behind
    ('Anna Reed said it could "help the city grow.”', [("mixed", "Anna Reed")]),
    # the pronoun is the one who spoke last
    (
        '"It works," Anna Reed said.\n"It will last," she added.',
        [("direct", "Anna Reed"), ("direct", "Anna Reed")],
    ),
    # a second quotation without a verb of its own
    ('"It works," Anna Reed said. "It will last."', [("direct", "Anna Reed"), ("direct", "Anna Reed")]),
    # somebody unnamed spoke last: the pronoun is not the one just named
    (
        'The teacher said Anna Reed was injured. She said: "It is terrible for us."',
        [("indirect", "teacher"), ("direct", "teacher")],
    ),
    # reported without marks, behind the verb, before it, and "according to"
    ("Anna Reed said that the bridge was closed.", [("indirect", "Anna Reed")]),
    ("The bridge was closed on Tuesday, Anna Reed said.", [("indirect", "Anna Reed")]),
    (
        "The bridge was closed, according to the Ministry of Transport.",
        [("indirect", "Ministry of Transport")],
    ),
    # an office and what it is of, whole
    ("Police Chief's Council said it was sad.", [("indirect", "Police Chief's Council")]),
    ("The Lord Mayor's Office said it was sad.", [("indirect", "Lord Mayor's Office")]),
    ("Leader of Leeds City Council said it was sad.", [("indirect", "Leader of Leeds City Council")]),
    ("A Leeds force spokesman said it was sad.", [("indirect", "Leeds force spokesman")]),
    ("A council official said it was sad.", [("indirect", "council official")]),
    ("Chair of the Justice Committee Anna Reed said it was sad.", [("indirect", "Anna Reed")]),
    # whom a preposition only brings in does not speak; half of them may
    ("A source close to Anna Reed said it was sad.", [("indirect", "source")]),
    ("“It is sad,” said a source close to Anna Reed.", [("direct", "source")]),
    ("Friends close to Anna Reed said she left early.", [("indirect", "Friends close to Anna Reed")]),
    ("It rained, but friends close to the Duchess said she left early.", []),
    ("The lawyer hired by Anna Reed said it was sad.", [("indirect", "lawyer")]),
    ("The man who lives near Anna Reed said it was sad.", [("indirect", "man")]),
    ("People opposed to Anna Reed said it was “quite sad”.", [("mixed", "People")]),
    ("Half of voters said it was sad.", [("indirect", "voters")]),
    ("In a letter to Anna Reed, Tom Hale said it was sad.", [("indirect", "Tom Hale")]),
    ("Before Tom Hale said it was sad, it rained.", [("indirect", "Tom Hale")]),
    ("The film shows footage of Anna Reed asking, “Why are we here?”", [("direct", "Anna Reed")]),
    ("A statement issued on Monday by Tom Hale said it was sad.", [("indirect", "Tom Hale")]),
    ("Constable Tom Hale, of Leeds Constabulary said it was sad.", [("indirect", "Tom Hale")]),
    ("The wife of Tom Hale said it was sad.", [("indirect", "wife of Tom Hale")]),
    ("A biography of Tom Hale claims that it was sad.", [("indirect", "biography of Tom Hale")]),
    ("Tom Hale on Anna Reed: “She is brave.”", [("direct", "Tom Hale")]),
    # another one, not who is named before the comma
    ("According to a friend of Anna Reed, the teacher said it was sad.", [("indirect", "teacher")]),
    ("Anna Reed, the teacher, said it was sad.", [("indirect", "Anna Reed")]),
    # what is only supposed to be said
    ("If Tom Hale says it is sad, Anna Reed leaves.", []),
    ("Had Tom Hale said it was sad, Anna Reed would have left.", []),
    # what one person is, back to the article
    ("The oil company executive said it was sad.", [("indirect", "oil company executive")]),
    # Reed's lawyer is not the lawyer named before
    ("Lawyer Tom Hale came. Anna Reed's lawyer said it was sad.", [("indirect", "lawyer")]),
    # two parts of one name, but not who left and who spoke
    ("The Mersey and Dee trust said it was sad.", [("indirect", "Mersey and Dee trust")]),
    ("“It is sad,” the fire and rescue service said.", [("direct", "fire and rescue service")]),
    ("The mayor left and staff said it was sad.", [("indirect", "staff")]),
    ("The bridge fell and police said it was sad.", [("indirect", "police")]),
    # whom a relative clause defines, and not what it ends in
    ("The officer who made the arrest said it was “quick and easy”.", [("mixed", "officer")]),
    ('Anna Reed, 26, whose father runs the Old Mill said: "It is baffling."', [("direct", "Anna Reed")]),
    # a plan announced by somebody is no speaker
    ('Anna Reed welcomed the plan announced by ministers, saying: "It helps."', [("direct", "Anna Reed")]),
    # what is claimed is its owner's, not whose who denies it; with no owner it is nobody's that is known
    ("Tom Hale rejected Anna Reed's claim that the port was “dead and gone”.", [("mixed", "Anna Reed")]),
    (
        "Anna Reed spoke on Monday. Tom Hale denied her allegations he had “sold the port”.",
        [("mixed", "Anna Reed")],
    ),
    ("Tom Hale rejected claims by Anna Reed that the port was “dead and gone”.", [("mixed", "Anna Reed")]),
    (
        "Responding to Anna Reed's claim that the port was “broken”, Tom Hale said it was open.",
        [("mixed", "Anna Reed"), ("indirect", "Tom Hale")],
    ),
    ("Tom Hale denied claims that he had “sold the port”.", [("mixed", "")]),
    ("Tom Hale laughed at the idea that he had “sold the port”.", [("mixed", "")]),
    # the accused says so; a claim repeated is his who repeats it
    ("The accused claims that he was asleep.", [("indirect", "accused")]),
    ("Tom Hale repeated his claim that the vote was “stolen”.", [("mixed", "Tom Hale")]),
    (
        "Despite her claim that the port was closed, Tom Hale called it “open to all”.",
        [("mixed", "Tom Hale")],
    ),
    # whom is told something does not tell it; "who" makes one capital a name
    ("Torvald, who came on Monday for talks, told Anna Reed that “help is near”.", [("mixed", "Torvald")]),
    # of two senators a description means the one most in mind
    (
        "Senator Mark Hall and Senator Anna Reed met in May.\nAnna Reed went home. The senator said it was “far too late”.",
        [("mixed", "Anna Reed")],
    ),
    # a past without an ending is a verb too
    ("The Ohio senator went on tour, saying it was “not all that bad”.", [("mixed", "Ohio senator")]),
    ("Anna Reed went further: “We lose all of it.”", [("direct", "Anna Reed")]),
    # the main clause's subject, not that of the clause before it, an owner, or what a participle acts on
    ("When Dean Hale died, Anna Reed issued a note: “He was dear to us all.”", [("direct", "Anna Reed")]),
    ("When asked, Anna Reed smiled and said, “I wait for the bus.”", [("direct", "Anna Reed")]),
    (
        "His sister Anna Reed left. His firm blocked the plan, saying “it is a mess of a plan”.",
        [("mixed", "")],
    ),
    (
        "The Ohio team sought to calm its critics, saying it was “not all that bad now, or later on”.",
        [("mixed", "")],
    ),
    ("The plan for barring France, the board wrote, asserting “it is over for us”.", [("mixed", "board")]),
    # whose it is belongs to who speaks
    ("Tom Hale left. His office said it was “too late for talks”.", [("mixed", "his office")]),
    # two speak, of whom one is described and named
    (
        "Anna Reed and her husband, Tom Hale, said they were “very glad indeed”.",
        [("mixed", "Anna Reed; Tom Hale")],
    ),
    ("Anna Reed came and the mayor, Tom Hale, said it was “very late indeed”.", [("mixed", "Tom Hale")]),
    # a plural before a verb or "of" is no verb
    (
        "Member states of the Kent Union said the plan was “far too old”.",
        [("mixed", "Member states of the Kent Union")],
    ),
    (
        "Police reports suggested he had left. The minister states that it is over.",
        [("indirect", "minister")],
    ),
    # false claims are nobody's words
    ("False claims that the bridge had fallen spread online.", []),
    # where something was posted says nothing
    ("The fair shared a post on Facebook revealing that it had to close.", []),
    # nouns: what happened, what was said, what takes lives; and a reader told to read
    ("Exeter protests erupt as rioters are seen 'throwing stones'.", []),
    ("Two men who featured in claims of a stabbing were hurt.", []),
    ("He was told off after “unacceptable” comments online.", []),
    ("It was a storm which claimed the lives of three men.", []),
    ("Read more here 'It was as broken as could be'.", [("mixed", "")]),
    # and what is counted, or happens, or stands before "was"
    ("The firm wrote back, calling the two long recent reports “quite misleading”.", [("mixed", "firm")]),
    ("“It is late,” Anna Reed wrote after the jobs report was out.", [("direct", "Anna Reed")]),
    (
        "After the Paris attacks, Anna Reed released an ad, calling it “a danger to us”.",
        [("mixed", "Anna Reed")],
    ),
    # who speaks on is the one quoted, not the one whose words were told by the way
    (
        '"It is grand," Mark Hall assured Anna Reed after Reed said that most liked it. "I will not fail."',
        [("direct", "Mark Hall"), ("indirect", "Anna Reed"), ("direct", "Mark Hall")],
    ),
    # what somebody calls something; where something was posted, before a colon
    ("Under what Mark Hall called “the prior model,” the Kent Club charged a fee.", [("mixed", "Mark Hall")]),
    ("A strange voice praised it on Twitter: “We are here with our trucks.”", [("direct", "")]),
    # an apposition behind a quotation, and one that holds a title
    ("“It is far too late now,” a source, who is not to speak, told Kent News.", [("direct", "source")]),
    (
        "Anna Reed, author of “Going Far,” on news, said it was “a tale that holds us together”.",
        [("mixed", ""), ("mixed", "Anna Reed")],
    ),
    # a clause put before the main one governs nothing in it
    (
        "After Mark Hall criticized her in a debate, Anna Reed shot back, “I bake bread.”",
        [("direct", "Anna Reed")],
    ),
    ("When Mark Hall warned of floods, Anna Reed fired back hotly: “It is dry.”", [("direct", "Anna Reed")]),
    (
        "While Mark Hall praised it, Anna Reed blocked the plan to “go on with it all in the spring”.",
        [("mixed", "Anna Reed")],
    ),
    # what says it by a relative clause; whom a source speaks to, and who only has a letter
    ("Anna Reed posted it under a headline that said, “The bridge will fall.”", [("direct", "headline")]),
    ("A source speaking to Kent News said: “We look into it all.”", [("direct", "source")]),
    (
        "A letter from the Transport Board obtained by Kent News warns that “it is far too late”.",
        [("mixed", "Transport Board")],
    ),
    # who speaks of themselves in the sentence before is nobody named in it
    ('I will reassure Anna Reed about this. "As far as I know, it is safe."', [("direct", "")]),
    # a label begins behind "and", and keeps "those"
    ("And a teacher at the school said it was “quite a day”.", [("mixed", "teacher at the school")]),
    ('Those outside the hall chanted: "We stay here."', [("direct", "Those outside the hall")]),
    # letters behind a name are neither its end nor part of it
    ('The prosecutor, Anna Reed KC, said: "He lied."', [("direct", "Anna Reed")]),
    ('"There is time," Anna Reed MP said.', [("direct", "Anna Reed")]),
    # a plural that owns a body is part of its name
    ("The bridge was closed, the National Bakers' Council said.", [("indirect", "National Bakers' Council")]),
    # two outlets at once
    ("Both have arrived, according to Reuters and TASS.", [("indirect", "Reuters; TASS")]),
    # brackets with a stop in them, and asides one after the other
    ('"There is time," Anna Reed, D-Pa., said.', [("direct", "Anna Reed")]),
    (
        "Anna Reed, 59, of Ashton, Md., who saw the fire, said it “came very fast”.",
        [("mixed", "Anna Reed")],
    ),
    # a name with what belongs to it behind, and a relative clause that names somebody else at its end
    ('"There is time," Anna Reed of the Transport Institute wrote.', [("direct", "Anna Reed")]),
    ('"There is time," Anna Reed, who led the party under Mark Hall, said.', [("direct", "Anna Reed")]),
    # a possessor before the title
    ('"There is time," Mark Hall’s senior adviser Anna Reed said.', [("direct", "Anna Reed")]),
    # a name nothing is known of, before an aside
    ('"There is time," Vonn Q. Kirk, a writer for a weekly, said.', [("direct", "Vonn Q. Kirk")]),
    # nobody named: the words that fill what stands between the mark and the verb
    ('"There is time," a narrator in the film says.', [("direct", "narrator in the film")]),
    ('"Is there time?" a narrator in the film asks.', [("direct", "narrator in the film")]),
    ("The driver of the second bus said: “There is time.”", [("direct", "driver of the second bus")]),
    # what hangs on a noun phrase is not its head
    (
        "A statement by the board confirming the sale read: “There is time.”",
        [("direct", "statement by the board confirming the sale")],
    ),
    # adverbs of manner, "'s" that is "is", verbs that say how
    ('Anna Reed bluntly replied: "There is no time."', [("direct", "Anna Reed")]),
    ("Anna Reed spoke. She’s claiming that it is “a very big problem”.", [("mixed", "Anna Reed")]),
    ('"Go home," Anna Reed barked.', [("direct", "Anna Reed")]),
    ('"There is time," Anna Reed shot back.', [("direct", "Anna Reed")]),
    # a participle shares the subject of the sentence, whoever stands beside it
    ("Anna Reed turned against Mark Hall, calling him “a man of no ideas”.", [("mixed", "Anna Reed")]),
    # no verb of its own: the paragraph before goes on, reported or quoted
    (
        "Anna Reed said that the bridge was closed.\n“It will be so for weeks.”",
        [("indirect", "Anna Reed"), ("direct", "Anna Reed")],
    ),
    (
        '"It works," Anna Reed said. She was in no hurry. "It will last for years."',
        [("direct", "Anna Reed"), ("direct", "Anna Reed")],
    ),
    ('Anna Reed shook her head. "It will last for years."', [("direct", "Anna Reed")]),
    # … but not where another one answers
    (
        '"It works," Anna Reed said.\n“Never in my life,” Mark Hall sulked.',
        [("direct", "Anna Reed"), ("direct", "Mark Hall")],
    ),
    # no verb of saying: the one who acts in the clause around the words
    (
        "Anna Reed blocked every plan “to widen the road along the old harbour”.",
        [("mixed", "Anna Reed")],
    ),
    # a transcript's labels
    ('"REED: There is time for all of us."', [("direct", "REED")]),
    # what somebody holds, put in between, is not what is quoted
    (
        "Anna Reed told TASS that contrary to what Mark Hall believes, it was “a breath of fresh air”.",
        [("mixed", "Anna Reed")],
    ),
    # "it" stands for what was said
    ("Anna Reed says it underscores that Hall is “unfit for the job”.", [("mixed", "Anna Reed")]),
    # verbs of saying that hang on another verb
    ("Anna Reed went on to say it was “a very good day”.", [("mixed", "Anna Reed")]),
    ("Anna Reed began by saying, “There is time for all.”", [("direct", "Anna Reed")]),
    ('"There is time," Anna Reed said. She went on: “A lot of it.”', [("direct", "Anna Reed")] * 2),
    # … or open the sentence
    ("After saying that it was “a very good day”, Anna Reed was gone.", [("mixed", "Anna Reed")]),
    # whose view it is
    ("Anna Reed is glad because to her, “there is nothing more important”.", [("mixed", "Anna Reed")]),
    # "he" and "she" act, whatever the verb
    (
        "Anna Reed came. She wants the board “first and foremost to admit that it is so”.",
        [("mixed", "Anna Reed")],
    ),
    # a word that links a quotation to the one before
    ('"It works," Anna Reed said. But "it will last."', [("direct", "Anna Reed"), ("mixed", "Anna Reed")]),
    # a role without an article
    ('"There is time," Dean Hale, spokesman for the port, said.', [("direct", "Dean Hale")]),
    # what hangs on a noun by a preposition is not the subject
    ("The man on the bus said: “There is time.”", [("direct", "man on the bus")]),
    # neither the reporter's own words nor those of a thing are the next one's
    ("Anna Reed came up, and I laughed, saying: “There is time for all.”", [("direct", "")]),
    ("It attacked Mark Hall, saying he “has offended all of us in this town”.", [("mixed", "")]),
    # a noun that looks like a verb of saying
    ("She was there. In a 2011 message, Anna Reed wrote: “There is time.”", [("direct", "Anna Reed")]),
    # a title with "and" in it is one speaker
    ("Police and Crime Commissioner Anna Reed said: “There is time.”", [("direct", "Anna Reed")]),
    # a signature
    ("“The best day of my life was yesterday.” ― Anna Reed", [("direct", "Anna Reed")]),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_speakers(text: str, expected: list[tuple[str, str]]) -> None:
    quotes = annotate(text).quotes
    assert list(zip(quotes["quote_type"], quotes["speaker"], strict=True)) == expected


PRONOUNS = [
    # each row: a text, and who says its last quotation
    # a surname behind a title is somebody, though nobody names him in full
    ("Mr. Reed arrived. “There is time,” he said.", "Reed"),
    # gender tells who is meant
    ("Mark Hall met Anna Reed. “There is time,” she said.", "Anna Reed"),
    ("“There is time,” said the spokeswoman. Mark Hall left. “A lot of it,” she added.", "spokeswoman"),
    # a surname two people bear is decided by the pronoun
    ("Mark Kerr and Anna Kerr came. Kerr spoke. “There is time,” she said.", "Anna Kerr"),
    # the last subject before an earlier speaker, an aside notwithstanding
    (
        "“It works,” Mark Hall said.\nJohn Roe, who leads the board, saw it the same way. “It will last,” he said.",
        "John Roe",
    ),
    # nobody speaks of himself by name, and "he" is nobody named later in his sentence
    ("John Roe wrote to Mark Hall. “I trust Roe,” he said.", "Mark Hall"),
    ("John Roe spoke after Mark Hall. He called Roe “a man of ideas”.", "Mark Hall"),
    # what a pronoun has told of a name's gender holds on
    ("Robin Reed came with her dog. John Roe waved at her. “There is time,” she said.", "Robin Reed"),
    # a name nothing is known of but that it speaks
    ("John Roe spoke. Carver said no. Carver shrugged. “There is time,” he said.", "Carver"),
    # a possessor of remarks does not speak, nor does an object before "to"
    (
        "John Roe spoke. “It works,” he said.\nMark Hall ignored Roe’s remarks. “It will last,” he said.",
        "Mark Hall",
    ),
    ("Mark Hall forced John Roe to leave. “There is time,” he said.", "Mark Hall"),
    # nor one of whom something is said
    (
        "Brian Kerr, the chairman, for example, said Mark Hall continued to stay. “It is late,” he said.",
        "Brian Kerr",
    ),
    # one of somewhere, with an apposition
    (
        "John Roe came. Mark Hall of New York, a nurse, said it was late. “There is time,” he said.",
        "Mark Hall",
    ),
    # a surname behind an honorific that is no woman's
    ("Mr. Reed spoke. Anna Reed left. “There is time,” he said.", "Reed"),
    # names of several, and of firms, are not "he"
    ("Mark Hall spoke. Allies said so. Allies are late. “There is time,” he said.", "Mark Hall"),
    ("Mark Hall works at Quandt. Quandt said no. “There is time,” he said.", "Mark Hall"),
    # several without a name
    (
        "Critics of the plan are angry. They sent a letter. “There is time,” they wrote.",
        "Critics of the plan",
    ),
    # two behind a preposition are not "they"
    ("It was paid with Mark Hall and John Roe. “There is time,” they wrote.", ""),
    # who asks in the clause before is not who answers, but who asks for something may go on
    ("Anna Reed worked there. When Clara Holt asked who had paid, she said: “The firm did.”", "Anna Reed"),
    ("Anna Reed worked there. When Clara Holt asked for a pause, she said: “I am tired.”", "Clara Holt"),
    ("Mark Hall came first. Asked by his solicitor, John Roe, how he was, he said: “Ill.”", "Mark Hall"),
    ("John Roe spoke. Pressed by Mark Hall, he said: “There is time.”", "John Roe"),
    ("Hired by Anna Reed, Mark Hall left early. “There is time,” she said.", "Anna Reed"),
    # a description apposed to a name
    ("One local woman, Anna Reed, pulled him aside. “There is time,” she told him.", "Anna Reed"),
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_whom_a_pronoun_lets_speak(text: str, expected: str) -> None:
    assert annotate(text).quotes["speaker"].iloc[-1] == expected


def test_two_equally_present_stay_open() -> None:
    quotes = annotate("A letter from Mark Hall to John Roe was found. “There is time,” he said.").quotes
    assert quotes["speaker"].iloc[-1] == ""


def test_a_transcripts_label_is_not_said() -> None:
    assert (
        annotate('"REED: There is time for all of us."').quotes["quote"][0] == "There is time for all of us."
    )


SILENT = [
    # said of somebody, or to somebody, is not said by them
    'Residents were told to "stay away from the river banks".',
    "Anna Reed is said to have left the city.",
    # a denial reports nothing
    "Anna Reed did not say when the bridge would open.",
    # a noun is no verb of saying
    "The remark was short.",
]


@pytest.mark.parametrize("text", SILENT)
def test_nobody_speaks(text: str) -> None:
    assert list(annotate(text).quotes["speaker"].str.strip()) in ([], [""])


def test_scare_quotes_are_no_quotations() -> None:
    assert annotate(
        'The so-called "smart" bridge is open. The film "Long Way Home" begins at noon.'
    ).quotes.empty


def test_a_quoted_noun_for_speech_is_the_reporters_words() -> None:
    quotes = annotate('Anna Reed is asking "a lot of hard questions," state media TASS said.').quotes
    assert list(quotes["speaker"]) == ["TASS"]


DETAILS = [
    # where and when it was said is not what was said
    (
        "Anna Reed told reporters in Paris on Monday that the bridge was closed.",
        "quote",
        "the bridge was closed",
    ),
    ('Anna Reed told CNN: "There is time for all of us."', "addressee", "CNN"),
    ('"There is time," Anna Reed told the Daily Herald.', "addressee", ""),
    (
        '"How was it?" Anna Reed asks, according to video released by the Kremlin.',
        "via",
        "video released by the Kremlin",
    ),
    (
        "All have landed, said the Coast Guard, citing the Ministry of Transport.",
        "via",
        "Ministry of Transport",
    ),
    ("All is quiet, according to state media Russia 1.", "source_type", "state media"),
    ("All is quiet, officials said.", "source_type", "government"),
    ("All is quiet, experts told CNN.", "source_type", "analyst"),
]


@pytest.mark.parametrize(("text", "column", "expected"), DETAILS)
def test_what_goes_with_a_quote(text: str, column: str, expected: str) -> None:
    assert annotate(text).quotes[column][0] == expected


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Anna Reed said on Jan. 15 that no talks were planned.", "no talks were planned"),
        ("Anna Reed told reporters on May 3 the port was open.", "the port was open"),
        ("Anna Reed said on Tuesday 12 people were lost.", "12 people were lost"),
    ],
)
def test_the_day_on_which_something_is_said_is_none_of_what_is_said(text: str, quote: str) -> None:
    assert annotate(text).quotes["quote"].tolist() == [quote]
