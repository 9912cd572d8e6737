-- The reports that were added or read after a commit: id, and whether it was added.
SELECT id AS report, true AS new FROM stored_reports WHERE added > $since
UNION
SELECT DISTINCT report, false FROM stored_readings WHERE added > $since
ORDER BY report, new
