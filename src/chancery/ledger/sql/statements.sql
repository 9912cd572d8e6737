-- Statements of the newest runs: on whose word, of reports published when.
SELECT statements.* EXCLUDE (run, ordinal, added)
FROM statements JOIN report_days USING (report)
WHERE all_take_part([coalesce(voice_actor, '')], $who::VARCHAR[])
    AND days_meet(published_first, published_last, $since::DATE, $until::DATE)
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
    AND ($foresees::BOOLEAN IS NULL OR foresees = $foresees::BOOLEAN)
    AND ($open_ended::BOOLEAN IS NULL
        OR (statements.id IN (SELECT id FROM open_ended)) = $open_ended::BOOLEAN)
    AND ($ids::VARCHAR[] IS NULL OR statements.id IN (SELECT unnest($ids::VARCHAR[])))
ORDER BY published_first NULLS LAST, report, content_start, statements.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET coalesce($offset::BIGINT, 0)
