-- Happenings under the shared filters, by their earliest possible day,
-- or by the last where the first is open.
SELECT * EXCLUDE (part, made, parties, sorted_on) FROM kept_happenings
WHERE {wanted}
ORDER BY sorted_on, when_last NULLS LAST, id
