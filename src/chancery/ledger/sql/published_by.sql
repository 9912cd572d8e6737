-- Who published each report: its stated source and its address.
SELECT id, source, url FROM stored_reports
WHERE $reports::VARCHAR[] IS NULL OR id IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY id
