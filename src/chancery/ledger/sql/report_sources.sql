-- Every report with the outlet it came from.
SELECT id, source FROM stored_reports ORDER BY id
