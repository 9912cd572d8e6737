-- All names and codes of actors and places in a file.
SELECT actor_key FROM plain UNION SELECT target_key FROM plain UNION SELECT place_key FROM plain
