-- What the newest runs found odd about reports, with the reasons.
SELECT * EXCLUDE (run, added) FROM traits
WHERE $reports::VARCHAR[] IS NULL OR report IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY report, ordinal
