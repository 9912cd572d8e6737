-- The happenings whose id, or one of whose claims' ids, begins with a name.
SELECT * FROM happenings
WHERE starts_with(id, $name)
    OR list_bool_or(list_transform(claims, lambda one: starts_with(one, $name)))
ORDER BY id
