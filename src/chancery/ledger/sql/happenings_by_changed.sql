-- A page of happenings under the shared filters, by the day of the newest report that tells of them, the latest first;
-- within one day by date.
WITH wanted AS MATERIALIZED (
    SELECT id, reports, sorted_on, when_last FROM kept_happenings WHERE {wanted}
), told AS (
    SELECT wanted.id, max(coalesce(published_first, published_last)) AS told_on
    FROM (SELECT id, unnest(reports) AS report FROM wanted) AS wanted
    JOIN report_days USING (report)
    GROUP BY wanted.id
), page AS MATERIALIZED (
    SELECT id, sorted_on, told_on FROM wanted JOIN told USING (id)
    ORDER BY told_on DESC NULLS LAST, sorted_on, when_last NULLS LAST, id
    LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET $offset::BIGINT
)
SELECT kept.* EXCLUDE (part, made, parties, sorted_on)
FROM kept_happenings AS kept JOIN page USING (sorted_on, id)
ORDER BY told_on DESC NULLS LAST, sorted_on, when_last NULLS LAST, id
