-- The happenings whose id, or one of whose claims' ids, begins with a name. They are found by few
-- columns; their days then say which parts of the files have the others.
WITH found AS MATERIALIZED (
    SELECT sorted_on, id FROM kept_happenings
    WHERE CASE WHEN $whole::BOOLEAN THEN list_contains(claims, $name)
        ELSE starts_with(id, $name)
            OR list_bool_or(list_transform(claims, lambda one: starts_with(one, $name))) END
)
SELECT kept.* EXCLUDE (part, made, parties, sorted_on)
FROM kept_happenings AS kept JOIN found USING (sorted_on, id)
ORDER BY id
