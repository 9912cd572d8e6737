-- Statements of the newest runs: by the beginning of an id, or of some reports.
SELECT * EXCLUDE (run, ordinal, added) FROM statements
WHERE ($name::VARCHAR IS NULL OR starts_with(id, $name::VARCHAR))
    AND ($reports::VARCHAR[] IS NULL OR report IN (SELECT unnest($reports::VARCHAR[])))
ORDER BY id
