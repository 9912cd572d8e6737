all_are_parties(parties, $who::VARCHAR[])
    AND frame_is(frame, type, mode, $what::VARCHAR[])
    AND days_meet(when_first, when_last, $since::DATE, $until::DATE)
    AND ($voice::VARCHAR IS NULL
        OR list_bool_or(list_transform(voices, lambda one: code_is(one, $voice::VARCHAR))))
    AND ($certainty::DOUBLE IS NULL OR coalesce(certainty >= $certainty::DOUBLE, false))
    AND ($dated::BOOLEAN IS NULL
        OR (when_first IS NOT NULL OR when_last IS NOT NULL) = $dated::BOOLEAN)
    AND ($report::VARCHAR IS NULL OR list_contains(reports, $report::VARCHAR))
    AND ($reports::VARCHAR[] IS NULL OR list_has_any(reports, $reports::VARCHAR[]))
    AND ($ids::VARCHAR[] IS NULL OR list_contains($ids::VARCHAR[], id))
