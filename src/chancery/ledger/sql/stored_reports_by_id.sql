-- Whole reports as stored, by their ids, in the order of the list; `added` bounds narrow the search.
SELECT * EXCLUDE (sketch, added) FROM stored_reports
WHERE list_contains($ids, id) AND added BETWEEN $added_first AND $added_last
ORDER BY list_position($ids, id)
