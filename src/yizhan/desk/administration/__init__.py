"""What administrators keep in order 系统管理: each act is a small form, and one verb of identity behind it."""
