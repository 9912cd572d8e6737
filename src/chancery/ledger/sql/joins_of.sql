-- Why claims of one happening were joined.
SELECT first_claim, second_claim, reasons FROM joins
WHERE happening = $happening
ORDER BY first_claim, second_claim
