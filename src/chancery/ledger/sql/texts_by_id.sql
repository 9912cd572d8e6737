-- The texts of some reports, with what is known of where and when they came out.
SELECT id, title, text, source, coalesce(published_first, published_last) FROM reports
WHERE id IN (SELECT unnest($ids))
