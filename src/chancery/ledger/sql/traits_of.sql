-- All traits of some reports, of every run, in their order within each.
SELECT * FROM stored_traits WHERE list_contains($ids, report) ORDER BY report, run, ordinal
