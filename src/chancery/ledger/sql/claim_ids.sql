-- The ids of all claims of the newest runs.
SELECT id FROM claims ORDER BY id
