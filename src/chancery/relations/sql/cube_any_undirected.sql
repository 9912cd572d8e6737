-- Whether any row has no direction: where none has, direction need not be grouped by.
SELECT coalesce(bool_or(directed IS FALSE), false) FROM counted
