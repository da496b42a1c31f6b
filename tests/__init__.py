"""The tests of redislog, in the words of the domain."""
