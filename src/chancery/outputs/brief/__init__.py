"""Briefs: a question in plain English, answered from the ledger's rows alone, by templates.

In: an open ledger and a question. Out: a `Brief`, every line of which rests on numbered quotations,
or `Unanswered` with the nearest rows. Read `make.py` first. All weights, limits, cue words and
templates are in the TOML tables beside the code; docs/brief.md says what each section rests on.
"""

from chancery.outputs.brief.make import brief as brief
from chancery.outputs.brief.nouns import Brief as Brief
from chancery.outputs.brief.nouns import Line as Line
from chancery.outputs.brief.nouns import Note as Note
from chancery.outputs.brief.nouns import Question as Question
from chancery.outputs.brief.nouns import Saying as Saying
from chancery.outputs.brief.nouns import Section as Section
from chancery.outputs.brief.nouns import Told as Told
from chancery.outputs.brief.nouns import Unanswered as Unanswered
from chancery.outputs.brief.question import read_question as read_question
from chancery.outputs.brief.show import brief_lines as brief_lines
from chancery.outputs.brief.show import brief_markdown as brief_markdown
