-- How many statements there are under the filters of statements.
SELECT count(*)::INTEGER
FROM statements JOIN reports ON reports.id = statements.report
WHERE all_take_part([coalesce(voice_actor, '')], $who::VARCHAR[])
    AND days_meet(published_first, published_last, $since::DATE, $until::DATE)
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($foresees::BOOLEAN IS NULL OR foresees = $foresees::BOOLEAN)
    AND ($open_ended::BOOLEAN IS NULL
        OR (statements.id IN (SELECT id FROM open_ended)) = $open_ended::BOOLEAN)
    AND ($ids::VARCHAR[] IS NULL OR statements.id IN (SELECT unnest($ids::VARCHAR[])))
