-- All rivals that follow from the pinned snapshot, in a fixed order.
SELECT * FROM rivals ORDER BY happening, field, NOT leads, shown
