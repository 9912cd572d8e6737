-- Dated happenings under the shared filters, period by period of their earliest possible day: by
-- `step`, or by the finest that has no more than `most` periods with any, and spans no more from
-- the first to the last but for the `aside` share of them at either end.
WITH wanted AS MATERIALIZED (
    SELECT coalesce(when_first, when_last) AS day, type,
        when_last - when_first + 1 AS days -- none where an end is open
    FROM kept_happenings
    WHERE coalesce(when_first, when_last) IS NOT NULL AND {wanted}
), steps AS (
    SELECT unnest(['month', 'quarter', 'year', 'decade']) AS step,
        unnest([1, 3, 12, 120]) AS months
), ends AS (
    SELECT quantile_disc(day, $aside::DOUBLE) AS first_day,
        quantile_disc(day, 1 - $aside::DOUBLE) AS last_day
    FROM wanted
), spans AS (
    SELECT step, any_value(months) AS months, count(DISTINCT date_trunc(step, day)) AS filled,
        datediff(step, any_value(first_day), any_value(last_day)) AS passed
    FROM (SELECT DISTINCT day FROM wanted), ends, steps
    GROUP BY step
), chosen AS (
    SELECT step, months FROM spans
    WHERE CASE WHEN $step::VARCHAR IS NOT NULL THEN step = $step::VARCHAR
        ELSE step = 'decade' OR (filled <= $most::INTEGER AND passed < $most::INTEGER) END
    ORDER BY months LIMIT 1
), placed AS (
    SELECT step, CAST(date_trunc(step, day) AS DATE) AS first,
        CAST(date_trunc(step, day) + to_months(months) AS DATE) - 1 AS last, type, days
    FROM wanted, chosen
)
SELECT step, first, last, count(*)::INTEGER AS happening_count,
    count(*) FILTER (list_contains($cooperation::VARCHAR[], type))::INTEGER AS cooperation,
    count(*) FILTER (NOT list_contains($cooperation::VARCHAR[], type))::INTEGER AS conflict,
    count(*) FILTER (coalesce(days > last - first + 1, true))::INTEGER AS vague
FROM placed
GROUP BY step, first, last
ORDER BY first
