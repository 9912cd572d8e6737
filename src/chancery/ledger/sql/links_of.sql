-- What bears on some happenings, and what they bear on.
SELECT * FROM links
WHERE list_contains($happenings::VARCHAR[], first)
    OR list_contains($happenings::VARCHAR[], second)
ORDER BY first, second, kind, stage
