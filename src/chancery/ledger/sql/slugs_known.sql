-- Which of some names of voices and outlets, as decisions have them, there are.
SELECT 'voice:' || slug AS about FROM sayings
WHERE 'voice:' || slug IN (SELECT unnest($abouts::VARCHAR[]))
UNION
SELECT 'source:' || slug_of(source) FROM stored_reports
WHERE 'source:' || slug_of(source) IN (SELECT unnest($abouts::VARCHAR[]))
ORDER BY about
