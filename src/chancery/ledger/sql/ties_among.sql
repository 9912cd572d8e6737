-- Why some reports have one root: what ties one to another of them, or one, or a claim of it, to an
-- agency or outlet that has a name.
SELECT * FROM ties
WHERE (list_contains($reports::VARCHAR[], first) OR list_contains($claims::VARCHAR[], first))
    AND (list_contains($reports::VARCHAR[], second)
        OR NOT list_contains($one_story::VARCHAR[], kind))
ORDER BY first, second, kind
