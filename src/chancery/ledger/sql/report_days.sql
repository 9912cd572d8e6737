-- The day on which each report came out, as stated or as a person settled it.
SELECT report, published_first FROM report_days
WHERE $reports::VARCHAR[] IS NULL OR report IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY report
