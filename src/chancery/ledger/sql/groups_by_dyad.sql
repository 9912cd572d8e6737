-- Happenings under the shared filters by all their parties, those of the most first. A party is a
-- state, or a body such as `IGO.NATO`: the codes of classes take their second part along.
WITH sided AS (
    SELECT list_concat(actors, targets) AS codes, count(*) AS count
    FROM kept_happenings WHERE {wanted} GROUP BY actors, targets
), parted AS (
    SELECT count, list_sort(list_distinct(list_transform(codes, lambda code:
        CASE WHEN list_contains($class_codes::VARCHAR[], split_part(code, '.', 1))
                AND contains(code, '.')
            THEN split_part(code, '.', 1) || '.' || split_part(code, '.', 2)
            ELSE split_part(code, '.', 1) END))) AS parties
    FROM sided
)
SELECT nullif(array_to_string(parties, ' '), '') AS name, sum(count)::INTEGER AS happening_count, parties
FROM parted
GROUP BY parties
ORDER BY sum(count) DESC, parties
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
