-- The day on which each report came out, as stated or as a person settled it.
SELECT id, published_first FROM reports
WHERE $reports::VARCHAR[] IS NULL OR id IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY id
