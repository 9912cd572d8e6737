-- Forecasts of the newest runs: on whose word, to come about when; by their last day,
-- those without one after the others.
SELECT forecasts.* EXCLUDE (run, ordinal, added)
FROM forecasts JOIN report_days USING (report)
WHERE all_take_part([coalesce(voice_actor, '')], $who::VARCHAR[])
    AND days_meet(deadline_first, deadline_last, $since::DATE, $until::DATE)
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
    AND ($ids::VARCHAR[] IS NULL OR forecasts.id IN (SELECT unnest($ids::VARCHAR[])))
ORDER BY deadline_last NULLS LAST, published_first NULLS LAST, report, words_start, forecasts.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET coalesce($offset::BIGINT, 0)
