-- All outcomes that follow from the pinned snapshot, in a fixed order.
SELECT * FROM outcomes ORDER BY forecast
