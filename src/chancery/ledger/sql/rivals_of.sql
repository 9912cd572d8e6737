-- The values of the disputed fields of some happenings, side by side.
SELECT * FROM rivals WHERE list_contains($happenings::VARCHAR[], happening)
ORDER BY happening, field, NOT leads, shown
