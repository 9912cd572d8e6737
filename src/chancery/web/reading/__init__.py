"""A report as people read it: its text, what was understood of it, and what can be mended in place.

`material` fetches all that was found in a report, `marks` says what is marked in its text, `cut`
cuts the text at the marks, `margin` says what stands beside it, `head` above it, and `verbs` what
can be settled about words that are picked. `editions` sets the versions of an article side by side.
"""
