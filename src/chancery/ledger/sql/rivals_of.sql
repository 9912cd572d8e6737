-- The values of the disputed fields of a happening, side by side.
SELECT * FROM rivals WHERE happening = $happening ORDER BY field, NOT leads, shown
