"""Many servers: who is who, whose clock is where, both ends of one sync joined, one ordered history."""
