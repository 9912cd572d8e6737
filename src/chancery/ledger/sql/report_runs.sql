-- Every report with the run of its newest reading, none where it was never read.
SELECT stored_reports.id, stored_reports.added, newest.run
FROM stored_reports LEFT JOIN newest ON newest.report = stored_reports.id
ORDER BY stored_reports.added, stored_reports.id
