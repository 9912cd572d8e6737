"""The command line: `chancery VERB …`.

In: words typed in a terminal or a script. Out: data on standard output, everything else on
standard error, and an exit code that says how it went. Each file holds one group of commands and
loads only when one of them is called. Read `app.py` first: it lists every command. `options.py`
holds the options that all commands share, `output.py` how rows are printed.
"""

from chancery.cli.app import main

__all__ = ["main"]
