-- All readings of some reports, in their order.
SELECT report, run, ordinal, unread FROM stored_readings
WHERE list_contains($ids, report) ORDER BY report, ordinal
