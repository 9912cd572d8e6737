-- The claims of the newest runs whose id begins with a name.
SELECT claims.* EXCLUDE (ordinal, added) FROM claims WHERE starts_with(id, $name) ORDER BY id
