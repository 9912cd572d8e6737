-- An outlet by its slug: its names as stated, and what the ledger holds of it.
SELECT min(slug_of(source)) AS slug,
    coalesce(list_sort(list_distinct(list(source) FILTER (source IS NOT NULL))), []) AS names,
    count(*)::INTEGER AS report_count,
    count(*) FILTER (published_first IS NULL AND published_last IS NULL)::INTEGER AS undated_count,
    coalesce(sum(claim_count), 0)::INTEGER AS claim_count,
    coalesce(sum(statement_count), 0)::INTEGER AS statement_count,
    min(published_first) AS first, max(published_last) AS last,
    list_sort(list_distinct(list(language))) AS languages,
    coalesce(list(reports.id ORDER BY reports.id) FILTER (list_contains(traits, 'withdrawn')), [])
        AS withdrawn
FROM reports
LEFT JOIN (SELECT * FROM readings WHERE newest) AS newest_readings
    ON newest_readings.report = reports.id
WHERE slug_of(source) = $outlet::VARCHAR OR slug_of(source) = slug_of($outlet::VARCHAR)
HAVING count(*) > 0
