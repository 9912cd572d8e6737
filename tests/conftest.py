"""What all tests share: how many cases hypothesis tries.

50 on every run, 10,000 with `HYPOTHESIS_PROFILE=laws`, or as many as `CHANCERY_LAW_CASES` says.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=50, deadline=None, derandomize=True, database=None
)
settings.register_profile(
    "laws",
    max_examples=int(os.environ.get("CHANCERY_LAW_CASES", "10000")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
