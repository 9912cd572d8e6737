-- Anonymous voices that may be one source, by the day of their report.
SELECT same_sources.* EXCLUDE (run, ordinal, added)
FROM same_sources JOIN report_days USING (report)
WHERE ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
ORDER BY published_first NULLS LAST, report, first_start, second_start, same_sources.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
