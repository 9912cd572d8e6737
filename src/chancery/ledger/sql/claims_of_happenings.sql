-- The claims of each happening.
SELECT id, claims FROM happenings ORDER BY id
