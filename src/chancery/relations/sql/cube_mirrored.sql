-- Meeting rows, each with whether another one says the same with exchanged sides.
CREATE OR REPLACE TEMP TABLE meetings AS
WITH numbered AS (
    SELECT *, coalesce({codes}[cameo], cameo, type) AS deed, row_number() OVER (
        PARTITION BY day, key_actor, key_target, coalesce({codes}[cameo], cameo, type), weight
        ORDER BY id) AS nth
    FROM told
    WHERE type IN (SELECT unnest({types})) AND key_actor <> key_target
)
SELECT one.*, other.nth IS NOT NULL AS paired
FROM numbered one LEFT JOIN numbered other
    ON one.day = other.day AND one.key_actor = other.key_target
    AND one.key_target = other.key_actor AND one.deed = other.deed AND one.nth = other.nth
    AND one.weight = other.weight
