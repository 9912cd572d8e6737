"""What has come in since a page was opened: offered, never pushed under the reader."""

from __future__ import annotations

from chancery.outputs.words import counted, listed
from chancery.web.page import Page
from chancery.web.visit import Visit


def news(visit: Visit) -> Page:
    """Say how many claims and reports are new since a snapshot, in words and in numbers."""
    since = visit.ledger.snapshot_at(visit.address.get("since") or visit.as_of)
    before = visit.ledger.coverage(as_of=since.id)
    claims = max(0, visit.coverage.claim_count - before.claim_count)
    reports = max(0, visit.coverage.report_count - before.report_count)
    counts = [(claims, "new claim"), (reports, "new report")]
    words = listed(counted(count, noun) for count, noun in counts if count)
    if not words and since.id != visit.as_of:
        words = "something was settled or read again"
    document = {
        "since": since.id, "snapshot": visit.as_of, "claims": claims, "reports": reports,
        "words": words,
    }  # fmt: skip
    return Page(template="news.html", title="News", facts={"words": words}, document=document)
