-- All links that follow from the pinned snapshot, in a fixed order.
SELECT * FROM links ORDER BY kind, first, second
