-- Passages of the newest runs that tell states: whose, and of which kind.
SELECT states.* EXCLUDE (run, ordinal, added)
FROM states JOIN report_days USING (report)
WHERE all_take_part(holders, $who::VARCHAR[])
    AND ($kinds::VARCHAR[] IS NULL OR list_contains($kinds::VARCHAR[], kind))
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
ORDER BY published_first NULLS LAST, report, words_start, states.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
