"""Time expressions in news text, step by step: vocabulary → tokens → grammar → readers → moments.

`loaders.times` is the way in. The vocabulary gives every word its kind, the grammar is written over kinds,
a reader says what a phrase means where it stands, and a moment is that meaning: a TIMEX3 value and bounds.
"""
