-- The happening with an id.
SELECT * FROM happenings WHERE id = $name
