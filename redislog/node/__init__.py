"""One server: transition tables as data (`tables`), and the fold over them (`fold`)."""
