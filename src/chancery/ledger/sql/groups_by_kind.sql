-- Happenings under the shared filters by frame, those of the most first.
SELECT frame AS name, count(*)::INTEGER AS happening_count, []::VARCHAR[] AS parties
FROM kept_happenings
WHERE {wanted}
GROUP BY frame
ORDER BY count(*) DESC, frame
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
