-- The reports that tell what some parties do together, those that tell most of it first: published
-- within some days, or undated.
WITH told AS (
    SELECT unnest(reports) AS report FROM kept_happenings
    WHERE all_are_parties(parties, $who::VARCHAR[])
), counted AS (
    SELECT report, count(*)::INTEGER AS times FROM told GROUP BY report
)
SELECT report, times, coalesce(published_first, published_last) IS NOT NULL AS dated
FROM counted JOIN report_days USING (report)
WHERE NOT list_contains($besides::VARCHAR[], report)
    AND coalesce(
        coalesce(published_first, published_last) BETWEEN $since::DATE AND $until::DATE,
        coalesce(published_first, published_last) IS NULL)
ORDER BY times DESC, report
LIMIT $limit::BIGINT
