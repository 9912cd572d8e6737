-- Reports without their texts, by day of publication.
SELECT reports.id, key, source, title, language, url, published_first, published_last,
    published_basis, published_words_start, published_words_end,
    length(reports.text)::INTEGER AS length, traits, newest_readings.run, newest_readings.unread,
    coalesce(claim_count, 0)::INTEGER AS claim_count,
    coalesce(statement_count, 0)::INTEGER AS statement_count,
    date_decided AS decided
FROM reports
LEFT JOIN (SELECT * FROM readings WHERE newest) AS newest_readings
    ON newest_readings.report = reports.id
WHERE days_meet(published_first, published_last, $since::DATE, $until::DATE)
    AND ($source::VARCHAR IS NULL OR source = $source::VARCHAR)
    AND ($language::VARCHAR IS NULL OR language = $language::VARCHAR)
    AND ($unread::BOOLEAN IS NULL
        OR (newest_readings.run IS NULL OR newest_readings.unread IS NOT NULL) = $unread::BOOLEAN)
    AND ($dated::BOOLEAN IS NULL
        OR (published_first IS NOT NULL OR published_last IS NOT NULL) = $dated::BOOLEAN)
ORDER BY published_first NULLS LAST, published_last NULLS LAST, reports.id
LIMIT coalesce($limit::BIGINT, 9223372036854775807)
