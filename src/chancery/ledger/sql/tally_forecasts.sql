-- How many forecasts came to what, under the filters of outcomes.
SELECT state, count(*)::INTEGER AS times, count(*) FILTER (overdue)::INTEGER AS overdue
FROM outcomes
JOIN forecasts ON forecasts.id = outcomes.forecast
JOIN reports ON reports.id = forecasts.report
WHERE all_take_part([coalesce(voice_actor, '')], $who::VARCHAR[])
    AND days_meet(
        forecasts.deadline_first, forecasts.deadline_last, $since::DATE, $until::DATE)
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($ids::VARCHAR[] IS NULL OR forecasts.id IN (SELECT unnest($ids::VARCHAR[])))
GROUP BY state ORDER BY state
