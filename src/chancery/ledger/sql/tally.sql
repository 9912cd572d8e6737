-- How many happenings there are under the shared filters, and what stands behind them.
WITH wanted AS MATERIALIZED (
    SELECT when_first, when_last, len(disputed) > 0 AS disputed, len(claims) AS claim_count, reports
    FROM kept_happenings WHERE {wanted}
)
SELECT count(*)::INTEGER AS happening_count,
    count(coalesce(when_first, when_last))::INTEGER AS dated_count,
    count(*) FILTER (when_first IS NULL AND when_last IS NULL)::INTEGER AS undated_count,
    count(*) FILTER (disputed)::INTEGER AS disputed_count,
    coalesce(sum(claim_count), 0)::INTEGER AS claim_count,
    (SELECT count(DISTINCT report) FROM (SELECT unnest(reports) AS report FROM wanted))::INTEGER
        AS report_count,
    year(min(coalesce(when_first, when_last)))::INTEGER AS first_year,
    year(max(coalesce(when_last, when_first)))::INTEGER AS last_year
FROM wanted
