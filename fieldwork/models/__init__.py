"""The tables: what is kept, and the rules the database itself holds to."""
