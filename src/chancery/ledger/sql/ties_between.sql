-- Ties that hold between two of some reports: which two, and of what kind.
SELECT first, second, kind FROM ties
WHERE holds AND list_contains($reports::VARCHAR[], first)
    AND list_contains($reports::VARCHAR[], second)
ORDER BY first, second, kind
