-- A page of happenings under the shared filters, by their earliest possible day,
-- or by the last where the first is open. The page is found by few columns; its days then say
-- which parts of the files have the others.
WITH page AS MATERIALIZED (
    SELECT sorted_on, id FROM kept_happenings
    WHERE {wanted}
    ORDER BY sorted_on, when_last NULLS LAST, id
    LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET $offset::BIGINT
)
SELECT kept.* EXCLUDE (part, made, parties, sorted_on)
FROM kept_happenings AS kept JOIN page USING (sorted_on, id)
ORDER BY sorted_on, when_last NULLS LAST, id
