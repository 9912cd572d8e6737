-- The happenings that any of some claims belongs to.
SELECT * FROM happenings WHERE list_has_any(claims, $ids::VARCHAR[]) ORDER BY id
