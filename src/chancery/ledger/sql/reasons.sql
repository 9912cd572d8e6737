-- Reasons of the newest runs: of which claims, and on whose word.
SELECT reasons.* EXCLUDE (run, ordinal, added)
FROM reasons JOIN report_days USING (report)
WHERE ($claims::VARCHAR[] IS NULL OR list_contains($claims::VARCHAR[], claim))
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
ORDER BY published_first NULLS LAST, report, passage_start, reasons.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
