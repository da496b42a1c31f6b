"""The court: each kind of witness makes claims, and one table decides between them."""
