-- Claims of the newest runs by their ids.
SELECT claims.* EXCLUDE (ordinal, added)
FROM claims SEMI JOIN (SELECT unnest($ids) AS id) AS wanted USING (id)
ORDER BY id
