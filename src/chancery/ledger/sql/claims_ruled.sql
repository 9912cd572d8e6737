-- The claims of the newest runs for which a rule may hold: what it asks of codes is asked here, what
-- it asks of words is left to whoever asks. A condition that is none lets everything through.
SELECT claims.* EXCLUDE (ordinal, added) FROM claims
WHERE ($frame IS NULL OR lower(frame) = $frame)
    AND ($type IS NULL OR lower(type) = $type)
    AND ($mode IS NULL OR lower(mode) = $mode)
    AND ($standing IS NULL OR lower(standing) = $standing)
    AND ($report IS NULL OR report = $report)
    AND ($actor IS NULL OR coalesce(list_bool_or(
        list_transform(actors, lambda code: code_is(lower(code), $actor))), false))
    AND ($target IS NULL OR coalesce(list_bool_or(
        list_transform(targets, lambda code: code_is(lower(code), $target))), false))
