-- All forecasts of some reports, of every run, in their order within each.
SELECT * FROM stored_forecasts WHERE list_contains($ids, report) ORDER BY report, run, ordinal
