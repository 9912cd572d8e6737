-- The claims of the newest runs that stand in some reports, or have some ids.
SELECT claims.* EXCLUDE (ordinal, added) FROM claims
WHERE list_contains($reports::VARCHAR[], report) OR list_contains($ids::VARCHAR[], id)
ORDER BY id
