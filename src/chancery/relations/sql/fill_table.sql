-- Its rows, from lists of values.
INSERT INTO {table} SELECT {picked}
