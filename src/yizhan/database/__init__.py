"""How the house speaks with PostgreSQL: addresses, the two roles, migration operations."""
