"""The pages an analyst works at: addresses in, HTML out, nothing fetched from elsewhere.

An `Address` says what is wanted, a `Visit` is one look at the ledger as of one snapshot, a function
of `pages/` makes a `Page` of it, and `render.py` puts the page into HTML, JSON, CSV or Markdown.
`app.py` serves them, `guard.py` keeps strangers out.
"""
