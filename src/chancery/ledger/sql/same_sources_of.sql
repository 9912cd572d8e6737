-- All same sources of some reports, of every run, in their order within each.
SELECT * FROM stored_same_sources WHERE list_contains($ids, report) ORDER BY report, run, ordinal
