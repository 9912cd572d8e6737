-- What a snapshot rests on, in numbers.
SELECT count(*)::INTEGER AS report_count,
    count(DISTINCT source)::INTEGER AS source_count,
    count(newest_readings.report)::INTEGER AS read_count,
    count(*) FILTER (newest_readings.report IS NULL OR newest_readings.unread IS NOT NULL)::INTEGER
        AS unread_count,
    count(*) FILTER (published_first IS NULL AND published_last IS NULL)::INTEGER
        AS undated_count,
    coalesce(sum(claim_count), 0)::INTEGER AS claim_count,
    coalesce(sum(statement_count), 0)::INTEGER AS statement_count,
    (SELECT count(*) FROM problems)::INTEGER AS problem_count,
    min(published_first) AS first, max(published_last) AS last,
    coalesce(list_sort(list_distinct(list(language))), []) AS languages
FROM report_days AS reports
LEFT JOIN (SELECT * FROM readings WHERE newest) AS newest_readings
    ON newest_readings.report = reports.report
