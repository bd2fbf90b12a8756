"""Pages of carbon declarations: the declaration, its files, and a file looked at before it is recorded."""
