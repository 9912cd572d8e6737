-- The outlet of each report.
SELECT id, source FROM stored_reports ORDER BY id
