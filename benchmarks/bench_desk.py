"""How long the pages wait for a ledger of 100,000 happenings.

    python benchmarks/bench_desk.py make LEDGER TARGET [HAPPENINGS]

`make` writes and reconciles a big ledger from the reports of another (see `desk_ledger`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from desk_ledger import make_ledger

HAPPENINGS = 100_000


def main() -> None:
    """Make a ledger, or print a table of medians."""
    if sys.argv[1:2] == ["make"] and len(sys.argv) >= 4:
        most = int(sys.argv[4]) if sys.argv[4:] else HAPPENINGS
        print(f"{make_ledger(Path(sys.argv[2]), Path(sys.argv[3]), most):,} happenings")
    else:
        print(__doc__)


if __name__ == "__main__":
    main()
