-- What each claim is found by, and the part of the ledger it belongs to.
CREATE VIEW members AS SELECT * EXCLUDE (made) FROM kept_members
