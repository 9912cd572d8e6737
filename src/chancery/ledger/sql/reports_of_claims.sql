-- The reports of some claims.
SELECT id, report FROM claims WHERE id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY id
