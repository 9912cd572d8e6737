"""Sample reports: nothing comes in, a folder of short news reports goes out.

The reports retell public facts about the United States, Belarus and Russia from 2006 to 2020. They
were written for Chancery: the outlets, the bylines, the web addresses and every person without a
name are invented, and the oddities a reader of news has to cope with (a bad translation, a missing
date, copies, two outlets at odds) were planted. Do not quote them as sources. Read `reports/`
first; `tests/test_samples.py` lists which file carries which oddity.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["sample_folder"]


def sample_folder() -> Path:
    """Return the folder of sample reports, which `chancery demo` reads in order of file name."""
    return Path(__file__).resolve().parent / "reports"
