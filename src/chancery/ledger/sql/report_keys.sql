-- Every report with the input's own name for it.
SELECT id, key FROM stored_reports ORDER BY id
