-- Happenings under the shared filters by the year of their earliest possible day.
SELECT CAST(year(coalesce(when_first, when_last)) AS VARCHAR) AS name,
    count(*)::INTEGER AS happening_count, []::VARCHAR[] AS parties
FROM kept_happenings
WHERE {wanted}
GROUP BY year(coalesce(when_first, when_last))
ORDER BY year(coalesce(when_first, when_last)) NULLS LAST
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
