-- Outlets, by their names as stated, with what the ledger holds of each.
SELECT source AS name, count(*)::INTEGER AS report_count,
    coalesce(sum(claim_count), 0)::INTEGER AS claim_count,
    coalesce(sum(statement_count), 0)::INTEGER AS statement_count,
    min(published_first) AS first, max(published_last) AS last,
    list_sort(list_distinct(list(language))) AS languages
FROM reports
LEFT JOIN (SELECT * FROM readings WHERE newest) AS newest_readings
    ON newest_readings.report = reports.id
GROUP BY source
ORDER BY name NULLS LAST
