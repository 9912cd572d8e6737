-- Happenings under the shared filters, by their earliest possible day,
-- or by the last where the first is open.
SELECT * FROM happenings
WHERE all_take_part(list_concat(actors, targets), $who::VARCHAR[])
    AND frame_is(frame, type, mode, $what::VARCHAR[])
    AND days_meet(when_first, when_last, $since::DATE, $until::DATE)
    AND ($voice::VARCHAR IS NULL
        OR list_bool_or(list_transform(voices, lambda one: code_is(one, $voice::VARCHAR))))
    AND ($certainty::DOUBLE IS NULL OR coalesce(certainty >= $certainty::DOUBLE, false))
ORDER BY coalesce(when_first, when_last) NULLS LAST, when_last NULLS LAST, id
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
