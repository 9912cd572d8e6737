-- Claims of the newest runs under the shared filters, by their earliest possible day,
-- or by the last where the first is open.
SELECT claims.* EXCLUDE (ordinal, added) FROM claims
WHERE all_take_part(list_concat(actors, targets), $who::VARCHAR[])
    AND frame_is(frame, type, mode, $what::VARCHAR[])
    AND days_meet(when_first, when_last, $since::DATE, $until::DATE)
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($report::VARCHAR IS NULL OR report = $report::VARCHAR)
    AND ($reports::VARCHAR[] IS NULL OR list_contains($reports::VARCHAR[], report))
    AND ($ids::VARCHAR[] IS NULL OR id IN (SELECT unnest($ids::VARCHAR[])))
    AND ($source::VARCHAR IS NULL OR report IN (
        SELECT id FROM stored_reports WHERE slug_of(source) = $source::VARCHAR))
    AND ($score::DOUBLE IS NULL OR score >= $score::DOUBLE)
ORDER BY coalesce(when_first, when_last) NULLS LAST, when_last NULLS LAST, report,
    words_start, trigger_start, id
LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET coalesce($offset::BIGINT, 0)
