-- What became of forecasts, by their deadlines, those without one last.
SELECT outcomes.*
FROM outcomes
JOIN forecasts ON forecasts.id = outcomes.forecast
JOIN report_days USING (report)
WHERE all_take_part([coalesce(voice_actor, '')], $who::VARCHAR[])
    AND days_meet(
        forecasts.deadline_first, forecasts.deadline_last, $since::DATE, $until::DATE)
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
    AND ($states::VARCHAR[] IS NULL OR list_contains($states::VARCHAR[], state))
    AND ($overdue::BOOLEAN IS NULL OR overdue = $overdue::BOOLEAN)
    AND ($ids::VARCHAR[] IS NULL OR forecasts.id IN (SELECT unnest($ids::VARCHAR[])))
ORDER BY forecasts.deadline_last NULLS LAST, published_first NULLS LAST, report, words_start,
    forecasts.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET coalesce($offset::BIGINT, 0)
