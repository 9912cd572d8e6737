-- The lines that were left out of staging, for one kind of damage or for all.
SELECT DISTINCT line FROM {damage}
WHERE $kind IS NULL OR CAST(error_type AS VARCHAR) = $kind
ORDER BY line
