-- All signatures of some reports, of every run.
SELECT * FROM stored_signatures WHERE list_contains($ids, report) ORDER BY report, run, ordinal
