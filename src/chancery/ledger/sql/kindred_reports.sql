-- Pairs of some wanted reports with others of different outlets, published near each other, whose
-- signatures share enough rarely used names and numbers. Which pairs come, see `alike_reports`.
-- Where no outlet is stated, the site of the address stands for it.
WITH signed AS (
    SELECT report, keys, coalesce(source,
        nullif(regexp_extract(lower(url), '^https?://(?:www\.)?([^/:]+)', 1), '')) AS source,
        coalesce(published_first, published_last) AS day
    FROM signatures JOIN reports ON reports.id = signatures.report
    WHERE length(meanings) > 0
), wanted AS (
    SELECT report, source, day, unnest(keys) AS key FROM signed
    WHERE report IN (SELECT unnest($wanted))
), spread AS (
    SELECT report, source, day, unnest(keys) AS key FROM signed
), others AS (
    SELECT spread.* FROM spread SEMI JOIN wanted USING (key)
), telling AS (
    SELECT key FROM others GROUP BY key HAVING count(*) BETWEEN 2 AND $most_reports
)
SELECT least(wanted.report, others.report), greatest(wanted.report, others.report)
FROM wanted JOIN telling USING (key) JOIN others USING (key)
WHERE (wanted.report < others.report OR ($new AND wanted.report > others.report
        AND others.report NOT IN (SELECT unnest($wanted))))
    AND (wanted.source IS NULL OR others.source IS NULL OR wanted.source != others.source)
    AND coalesce(abs(datediff('day', wanted.day, others.day)) <= $most_days_apart, true)
GROUP BY wanted.report, others.report
HAVING count(*) >= $least_keys
ORDER BY ALL
