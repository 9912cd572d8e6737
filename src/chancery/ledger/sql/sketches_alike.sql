-- The sketches of the reports worth comparing.
SELECT id, sketch FROM stored_reports
WHERE id IN (
    SELECT unnest([one, other]) FROM alike_pairs($least_shared, $most_reports)
)
